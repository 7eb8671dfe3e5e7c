#include "engine/voice/recovery_action.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/texts.h"

namespace attune {
namespace {

using Action = v1::RecoveryAction;

constexpr int64_t kMaxMinorUnits = 1'000'000'000'000;

bool IsCurrency(const std::string& code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(),
                     [](unsigned char c) { return absl::ascii_isupper(c); });
}

void CheckCost(const v1::Cost& cost, absl::string_view path, Violations& bad) {
  if (cost.minor_units() < 0 || cost.minor_units() > kMaxMinorUnits) {
    bad.Add(
        absl::StrCat(path, ".minor_units"), "COST_OUT_OF_RANGE",
        absl::StrCat("A cost is 0 to ", kMaxMinorUnits,
                     " of the smallest unit, not ", cost.minor_units(), "."));
  }
  const bool needed = cost.minor_units() != 0 || !cost.currency_code().empty();
  if (needed && !IsCurrency(cost.currency_code())) {
    bad.Add(absl::StrCat(path, ".currency_code"), "CURRENCY_INVALID",
            "A currency is three capital letters of ISO 4217, such as EUR.");
  }
}

}  // namespace

void CheckNewRecoveryAction(const Action& action, int64_t now_us,
                            Violations& bad) {
  if (!ParseContactName(action.contact())) {
    bad.Add("recovery_action.contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (action.kind() == Action::KIND_UNSPECIFIED ||
      !Action::Kind_IsValid(action.kind())) {
    bad.Add("recovery_action.kind", "KIND_MISSING",
            "It is a call back, a refund, a note or something else.");
  }
  CheckPlainReason(action.note(), "recovery_action.note", bad);
  if (action.has_cost()) CheckCost(action.cost(), "recovery_action.cost", bad);
  if (!action.owner().empty() && !ParsePersonName(action.owner())) {
    bad.Add("recovery_action.owner", "NAME_INVALID",
            "An owner is people/{person}.");
  }
  if (action.has_due_time() &&
      (!IsValid(action.due_time()) || ToMicros(action.due_time()) <= now_us)) {
    bad.Add("recovery_action.due_time", "TIME_INVALID",
            "It is due in the future.");
  }
}

void CheckClosing(const v1::CloseRecoveryActionRequest& request,
                  Violations& bad) {
  const bool done = request.state() == Action::STATE_DONE;
  const bool named = request.outcome() != Action::OUTCOME_UNSPECIFIED;
  if (!done && request.state() != Action::STATE_ABANDONED) {
    bad.Add("state", "STATE_MISSING", "Say whether it is done or given up.");
  }
  if (done && (!named || !Action::Outcome_IsValid(request.outcome()))) {
    bad.Add("outcome", "OUTCOME_MISSING",
            "Say whether it is fixed, partly fixed or not fixed.");
  }
  if (!done && named) {
    bad.Add("outcome", "OUTCOME_OF_NOTHING",
            "Only what is done has an outcome.");
  }
  CheckPlainReason(request.words(), "words", bad);
  if (request.has_cost()) CheckCost(request.cost(), "cost", bad);
}

}  // namespace attune
