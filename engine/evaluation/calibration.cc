#include "engine/evaluation/calibration.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/names.h"
#include "engine/texts.h"

namespace attune {
namespace {

constexpr int kMostContacts = 50;
constexpr int kFewestRaters = 2;
constexpr int kMostRaters = 20;

void CheckContacts(const v1::Calibration& wanted, Violations& bad) {
  if (wanted.contacts().empty() || wanted.contacts_size() > kMostContacts) {
    bad.Add("calibration.contacts", "CONTACTS_SIZE",
            absl::StrCat("A calibration is on 1 to ", kMostContacts,
                         " contacts, not ", wanted.contacts_size(), "."));
    return;
  }
  std::set<std::string> seen;
  for (int i = 0; i < wanted.contacts_size(); ++i) {
    const std::string path = absl::StrCat("calibration.contacts[", i, "]");
    if (!ParseContactName(wanted.contacts(i))) {
      bad.Add(path, "NAME_INVALID",
              "A contact is people/{person}/contacts/{contact}.");
    } else if (!seen.insert(wanted.contacts(i)).second) {
      bad.Add(path, "CONTACT_DUPLICATE", "A contact is rated once.");
    }
  }
}

void CheckRaters(const v1::Calibration& wanted, Violations& bad) {
  if (wanted.raters_size() < kFewestRaters ||
      wanted.raters_size() > kMostRaters) {
    bad.Add(
        "calibration.raters", "RATERS_SIZE",
        absl::StrCat("A calibration has ", kFewestRaters, " to ", kMostRaters,
                     " raters, not ", wanted.raters_size(), "."));
  }
  std::set<std::string> seen;
  for (int i = 0; i < wanted.raters_size(); ++i) {
    const std::string path = absl::StrCat("calibration.raters[", i, "]");
    if (!ParsePersonName(wanted.raters(i))) {
      bad.Add(path, "NAME_INVALID", "A rater is people/{person}.");
    } else if (!seen.insert(wanted.raters(i)).second) {
      bad.Add(path, "RATER_DUPLICATE", "A rater rates once.");
    }
  }
  if (!wanted.reference_rater().empty() &&
      seen.count(wanted.reference_rater()) == 0) {
    bad.Add("calibration.reference_rater", "REFERENCE_NOT_A_RATER",
            "The reference rater is one of the raters.");
  }
}

}  // namespace

Violations CheckCalibration(const v1::Calibration& wanted) {
  Violations bad;
  if (wanted.title().empty()) {
    bad.Add("calibration.title", "TITLE_MISSING",
            "Say what the calibration is about.");
  }
  CheckText(wanted.title(), "calibration.title", bad);
  if (!ParseFormName(wanted.form_revision()) &&
      !ParseFormRevisionName(wanted.form_revision())) {
    bad.Add("calibration.form_revision", "NAME_INVALID",
            "Name forms/{form}, or forms/{form}/revisions/{revision}.");
  }
  CheckContacts(wanted, bad);
  CheckRaters(wanted, bad);
  // Also refuses what is no number.
  if (wanted.has_tolerance() &&
      !(wanted.tolerance() >= 0 && wanted.tolerance() <= 100)) {
    bad.Add("calibration.tolerance", "TOLERANCE_OUT_OF_RANGE",
            "The tolerance is 0 to 100 points of the total.");
  }
  return bad;
}

bool MayRate(RoleSet roles) {
  return roles.Has(v1::ROLE_ADVOCATE) || roles.Has(v1::ROLE_LEAD) ||
         roles.Has(v1::ROLE_QA_LEAD);
}

bool RatesIn(absl::string_view person, const v1::Calibration& calibration) {
  return !person.empty() &&
         std::count(calibration.raters().begin(), calibration.raters().end(),
                    PersonName(person)) > 0;
}

}  // namespace attune
