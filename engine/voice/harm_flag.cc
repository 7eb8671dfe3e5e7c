#include "engine/voice/harm_flag.h"

#include "absl/strings/ascii.h"
#include "engine/clock.h"
#include "engine/texts.h"

namespace attune {
namespace {

using HarmFlag = v1::HarmFlag;

constexpr size_t kMaxPracticeBytes = 256;

}  // namespace

v1::HarmFlag::Level LevelOf(int64_t contacts, int64_t age_us) {
  if (contacts >= kManagerContacts || age_us >= kManagerDays * kMicrosPerDay) {
    return HarmFlag::LEVEL_MANAGER;
  }
  return contacts >= kQaLeadContacts ? HarmFlag::LEVEL_QA_LEAD
                                     : HarmFlag::LEVEL_LEAD;
}

bool MayAnswer(RoleSet roles, HarmFlag::Level level) {
  if (roles.Has(v1::ROLE_ADMIN)) return true;
  if (level == HarmFlag::LEVEL_MANAGER) return false;
  if (roles.Has(v1::ROLE_QA_LEAD)) return true;
  return level != HarmFlag::LEVEL_QA_LEAD && roles.Has(v1::ROLE_LEAD);
}

bool SeesEveryFlag(RoleSet roles) {
  return roles.Has(v1::ROLE_LEAD) || roles.Has(v1::ROLE_QA_LEAD) ||
         roles.Has(v1::ROLE_ADMIN);
}

std::string PracticeKey(absl::string_view practice) {
  std::string key = absl::AsciiStrToLower(practice);
  absl::RemoveExtraAsciiWhitespace(&key);
  for (char& c : key) {
    if (absl::ascii_isspace(static_cast<unsigned char>(c))) c = ' ';
  }
  return key;
}

void CheckRaising(const v1::RaiseHarmFlagRequest& request, Violations& bad) {
  if (PracticeKey(request.practice()).empty()) {
    bad.Add("practice", "PRACTICE_MISSING", "Name the practice.");
  }
  CheckPlainText(request.practice(), kMaxPracticeBytes, "practice", bad);
  CheckPlainReason(request.text(), "text", bad);
  if (request.has_customers_estimate() && request.customers_estimate() < 0) {
    bad.Add("customers_estimate", "NEGATIVE",
            "It hurts 0 customers or more; leave it out if nobody knows.");
  }
}

}  // namespace attune
