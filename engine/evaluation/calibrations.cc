#include "engine/evaluation/calibrations.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/calibration.h"
#include "engine/evaluation/calibration_result.h"
#include "engine/evaluation/calibration_rows.h"
#include "engine/evaluation/evaluation_new.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

// The session of this name, if the caller may see it.
absl::StatusOr<v1::Calibration> FindFor(Transaction& tx, const Caller& caller,
                                        absl::string_view name) {
  const auto id = ParseCalibrationName(name);
  if (!id) {
    return Invalid("name", "NAME_INVALID",
                   "A calibration is calibrations/{calibration}.");
  }
  ASSIGN_OR_RETURN(v1::Calibration calibration, FindCalibration(tx, *id));
  const bool rates = caller.reach.rated && RatesIn(caller.person, calibration);
  if (!caller.reach.all && !rates) return NotFound(name);
  return calibration;
}

absl::StatusOr<v1::Calibration> WithProgress(Transaction& tx,
                                             v1::Calibration calibration) {
  RETURN_IF_ERROR(AddProgress(tx, {&calibration}));
  return calibration;
}

// Puts the full names of the contacts in; their agents.
absl::StatusOr<std::set<std::string>> ResolveContacts(
    Transaction& tx, v1::Calibration& calibration) {
  std::set<std::string> agents;
  std::set<std::string> seen;
  Violations bad;
  for (int i = 0; i < calibration.contacts_size(); ++i) {
    ASSIGN_OR_RETURN(
        const v1::Contact contact,
        FindContact(
            tx,
            ParseContactName(calibration.contacts(i)).value_or(PersonPart{})));
    if (!seen.insert(contact.name()).second) {
      bad.Add(absl::StrCat("calibration.contacts[", i, "]"),
              "CONTACT_DUPLICATE", "A contact is rated once.");
    }
    calibration.set_contacts(i, contact.name());
    agents.insert(ParseContactName(contact.name())->person);
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return agents;
}

absl::Status CheckPeople(Transaction& tx, const std::set<std::string>& agents,
                         const v1::Calibration& calibration) {
  Violations bad;
  for (int i = 0; i < calibration.raters_size(); ++i) {
    const std::string id = ParsePersonName(calibration.raters(i)).value_or("");
    ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, id));
    RoleSet roles;
    for (const int role : person.roles()) {
      roles.Add(static_cast<v1::Role>(role));
    }
    const std::string path = absl::StrCat("calibration.raters[", i, "]");
    if (!MayRate(roles)) {
      bad.Add(path, "RATER_ROLE",
              absl::StrCat(person.name(), " is no advocate, lead or qa_lead."));
    }
    if (agents.count(id) > 0) {
      bad.Add(path, "RATER_IS_AGENT",
              absl::StrCat("Nobody rates a contact of their own: one of the "
                           "contacts is ",
                           person.name(), "'s."));
    }
  }
  return bad.ToStatus();
}

uint32_t RandomSeed() {
  const std::string bytes = RandomBytes(sizeof(uint32_t));
  uint32_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

// Shows a submitted rating to the others.
absl::Status Release(Transaction& tx, int64_t now_us,
                     v1::Evaluation& evaluation) {
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(evaluation, ""));
  evaluation.set_withheld(false);
  evaluation.set_etag(absl::StrCat(version));
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  return UpdateEvaluation(tx, evaluation);
}

}  // namespace

absl::StatusOr<v1::Calibration> Calibrations::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateCalibrationRequest& request) const {
  const v1::Calibration& wanted = request.calibration();
  RETURN_IF_ERROR(CheckCalibration(wanted).ToStatus());
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, wanted.form_revision()));
  v1::Calibration calibration;
  calibration.set_name(CalibrationName(MakeUuid(now_us)));
  calibration.set_title(wanted.title());
  calibration.set_form_revision(revision->document.name());
  *calibration.mutable_contacts() = wanted.contacts();
  *calibration.mutable_raters() = wanted.raters();
  calibration.set_reference_rater(wanted.reference_rater());
  calibration.set_tolerance(wanted.has_tolerance() ? wanted.tolerance()
                                                   : kDefaultTolerance);
  calibration.set_seed(wanted.has_seed() ? wanted.seed() : RandomSeed());
  ASSIGN_OR_RETURN(const std::set<std::string> agents,
                   ResolveContacts(tx, calibration));
  RETURN_IF_ERROR(CheckPeople(tx, agents, calibration));
  calibration.set_state(v1::Calibration::STATE_OPEN);
  calibration.set_etag("1");
  *calibration.mutable_create_time() = ToTimestamp(now_us);
  *calibration.mutable_update_time() = ToTimestamp(now_us);
  if (!caller.person.empty()) {
    calibration.set_creator(PersonName(caller.person));
  }
  RETURN_IF_ERROR(InsertCalibration(tx, calibration));
  return WithProgress(tx, std::move(calibration));
}

absl::StatusOr<v1::Calibration> Calibrations::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetCalibrationRequest& request) const {
  ASSIGN_OR_RETURN(v1::Calibration calibration,
                   FindFor(tx, caller, request.name()));
  return WithProgress(tx, std::move(calibration));
}

absl::StatusOr<v1::ListCalibrationsResponse> Calibrations::List(
    Transaction& tx, const Caller& caller,
    const v1::ListCalibrationsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  const auto rater = ParsePersonName(request.rater());
  if (!request.rater().empty() && !rater) {
    return Invalid("rater", "NAME_INVALID", "A rater is people/{person}.");
  }
  Query query("SELECT c.id, c.body FROM calibration c WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("c.id < ?", {page.after[0]});
  }
  const auto of_rater = [&query](const std::string& person) {
    query.Add(
        " AND c.id IN (SELECT calibration FROM calibration_rater"
        " WHERE rater = ?)",
        {person});
  };
  if (!caller.reach.all) of_rater(caller.reach.rated ? caller.person : "");
  if (rater) of_rater(*rater);
  if (request.state() != v1::Calibration::STATE_UNSPECIFIED) {
    query.Add(" AND c.state = ?", {int64_t{request.state()}});
  }
  query.Add(" ORDER BY c.id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListCalibrationsResponse response;
  std::vector<v1::Calibration*> listed;
  std::string last;
  for (const Row& row : rows) {
    if (response.calibrations_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    listed.push_back(response.add_calibrations());
    cells.Message(*listed.back());
    RETURN_IF_ERROR(cells.Done());
  }
  RETURN_IF_ERROR(AddProgress(tx, listed));
  return response;
}

absl::StatusOr<v1::Evaluation> Calibrations::Begin(
    Transaction& tx, const Caller& caller,
    const v1::BeginCalibrationEvaluationRequest& request) const {
  ASSIGN_OR_RETURN(const v1::Calibration calibration,
                   FindFor(tx, caller, request.name()));
  if (!RatesIn(caller.person, calibration)) {
    return FailedPrecondition("NOT_A_RATER",
                              absl::StrCat("You are not one of the raters of ",
                                           calibration.name(), "."));
  }
  if (calibration.state() != v1::Calibration::STATE_OPEN) {
    return CalibrationClosed(calibration.name());
  }
  const auto& contacts = calibration.contacts();
  if (std::count(contacts.begin(), contacts.end(), request.contact()) == 0) {
    return Invalid("contact", "CONTACT_NOT_RATED_HERE",
                   "Name one of the calibration's contacts, as it names it.");
  }
  const PersonPart contact_name =
      ParseContactName(request.contact()).value_or(PersonPart{});
  const std::string id = ParseCalibrationName(calibration.name()).value_or("");
  ASSIGN_OR_RETURN(std::vector<v1::Evaluation> begun,
                   FindRating(tx, id, caller.person, contact_name));
  if (!begun.empty()) {
    if (begun[0].state() == v1::Evaluation::STATE_DRAFT) {
      return std::move(begun[0]);
    }
    return ScoredBefore(IdentityOf(begun[0]));
  }
  ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, contact_name));
  const int64_t now_us = clock_();
  v1::Evaluation evaluation;
  evaluation.set_name(EvaluationName(contact_name.person, MakeUuid(now_us)));
  evaluation.set_contact(contact.name());
  evaluation.set_form_revision(calibration.form_revision());
  evaluation.set_rater(PersonName(caller.person));
  evaluation.set_kind(v1::Evaluation::KIND_CALIBRATION);
  evaluation.set_state(v1::Evaluation::STATE_DRAFT);
  evaluation.set_withheld(true);
  evaluation.set_calibration(calibration.name());
  evaluation.set_etag("1");
  *evaluation.mutable_create_time() = ToTimestamp(now_us);
  *evaluation.mutable_update_time() = ToTimestamp(now_us);
  *evaluation.mutable_contact_time() = contact.start_time();
  RETURN_IF_ERROR(InsertEvaluation(tx, evaluation));
  return evaluation;
}

absl::StatusOr<v1::Calibration> Calibrations::Close(
    Transaction& tx, const Caller& caller,
    const v1::CloseCalibrationRequest& request) const {
  if (request.etag().empty()) {
    return Invalid("etag", "ETAG_MISSING", "Send the etag that was read.");
  }
  ASSIGN_OR_RETURN(v1::Calibration calibration,
                   FindFor(tx, caller, request.name()));
  if (calibration.state() != v1::Calibration::STATE_OPEN) {
    return CalibrationClosed(calibration.name());
  }
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(calibration, request.etag()));
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(
      const auto revision,
      FindWantedRevision(tx, *revisions_, now_us, calibration.form_revision()));
  ASSIGN_OR_RETURN(
      std::vector<v1::Evaluation> ratings,
      FindRatings(tx, ParseCalibrationName(calibration.name()).value_or("")));
  const auto drafts = std::stable_partition(
      ratings.begin(), ratings.end(), [](const v1::Evaluation& rating) {
        return rating.state() != v1::Evaluation::STATE_DRAFT;
      });
  const int64_t unsubmitted = ratings.end() - drafts;
  ratings.erase(drafts, ratings.end());
  RETURN_IF_ERROR(
      InsertResult(tx, CalibrationResultOf(calibration, revision->compiled,
                                           ratings, unsubmitted)));
  for (v1::Evaluation& rating : ratings) {
    RETURN_IF_ERROR(Release(tx, now_us, rating));
  }
  calibration.set_state(v1::Calibration::STATE_CLOSED);
  calibration.set_etag(absl::StrCat(version));
  *calibration.mutable_update_time() = ToTimestamp(now_us);
  *calibration.mutable_close_time() = ToTimestamp(now_us);
  if (!caller.person.empty()) {
    calibration.set_closer(PersonName(caller.person));
  }
  RETURN_IF_ERROR(UpdateCalibration(tx, calibration));
  return WithProgress(tx, std::move(calibration));
}

absl::StatusOr<v1::CalibrationResult> Calibrations::GetResult(
    Transaction& tx, const Caller& caller,
    const v1::GetCalibrationResultRequest& request) const {
  ASSIGN_OR_RETURN(const v1::Calibration calibration,
                   FindFor(tx, caller, request.name()));
  if (calibration.state() == v1::Calibration::STATE_OPEN) {
    return FailedPrecondition(
        "CALIBRATION_OPEN",
        absl::StrCat(calibration.name(),
                     " is open: nobody sees a rating before it is closed."));
  }
  return FindResult(tx, ParseCalibrationName(calibration.name()).value_or(""));
}

}  // namespace attune
