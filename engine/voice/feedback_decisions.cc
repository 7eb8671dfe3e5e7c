// What owners do with feedback: answer it, hand it on, mark the best.

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/texts.h"
#include "engine/violations.h"
#include "engine/voice/feedback.h"
#include "engine/voice/feedback_owners.h"
#include "engine/voice/feedback_rows.h"
#include "engine/voice/feedbacks.h"
#include "engine/voice/theme_tag_rows.h"

namespace attune {
namespace {

// The number in the statement below.
static_assert(v1::Feedback::STATE_OPEN == 1);

constexpr int64_t kWeekUs = 7 * kMicrosPerDay;
constexpr int64_t kTwoWeeksUs = 14 * kMicrosPerDay;
constexpr int64_t kMonthUs = 30 * kMicrosPerDay;

constexpr char kUnanswered[] = R"sql(
  SELECT f.owner, COUNT(*), MIN(f.create_us))sql";

absl::Status NotTheOwner(const v1::Feedback& feedback) {
  return PermissionDenied(
      feedback.owner().empty()
          ? "Nobody owns it; give it to somebody first."
          : absl::StrCat("Its owner answers: ", feedback.owner(), "."));
}

absl::Status Decided(const v1::Feedback& feedback) {
  return FailedPrecondition(
      "DECIDED",
      absl::StrCat(feedback.name(), " is ",
                   absl::AsciiStrToLower(absl::StripPrefix(
                       v1::Feedback::State_Name(feedback.state()), "STATE_")),
                   ", which this step does not follow."));
}

// The item, if the caller is its owner and `etag` fits.
absl::StatusOr<v1::Feedback> FindOwned(Transaction& tx, const Caller& caller,
                                       const std::string& name,
                                       const std::string& etag) {
  ASSIGN_OR_RETURN(FeedbackRow row, FindFeedback(tx, caller, name));
  if (!IsOwner(caller, row.feedback)) return NotTheOwner(row.feedback);
  RETURN_IF_ERROR(NextVersion(row.feedback, etag).status());
  return std::move(row.feedback);
}

absl::StatusOr<v1::Feedback> Store(Transaction& tx, int64_t now_us,
                                   v1::Feedback feedback) {
  RETURN_IF_ERROR(UpdateFeedback(tx, now_us, feedback));
  RETURN_IF_ERROR(TellThemes(tx, {&feedback}));
  return feedback;
}

}  // namespace

absl::StatusOr<v1::Feedback> Feedbacks::Decide(
    Transaction& tx, const Caller& caller,
    const v1::DecideFeedbackRequest& request) const {
  Violations bad;
  if (!MayBecome(v1::Feedback::STATE_OPEN, request.state())) {
    bad.Add("state", "STATE_MISSING", "Accept, decline, or say it is done.");
  }
  CheckPlainReason(request.words(), "words", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::Feedback feedback,
                   FindOwned(tx, caller, request.name(), request.etag()));
  if (!MayBecome(feedback.state(), request.state())) return Decided(feedback);
  const int64_t now_us = clock_();
  feedback.set_state(request.state());
  v1::Feedback::Decision& decision = *feedback.add_decisions();
  decision.set_state(request.state());
  decision.set_words(request.words());
  decision.set_decider(PersonName(caller.person));
  *decision.mutable_decide_time() = ToTimestamp(now_us);
  if (request.state() == v1::Feedback::STATE_DECLINED) {
    feedback.clear_for_revision();
    feedback.clear_for_monthly_report();
  }
  return Store(tx, now_us, std::move(feedback));
}

absl::StatusOr<v1::Feedback> Feedbacks::Reassign(
    Transaction& tx, const Caller& caller,
    const v1::ReassignFeedbackRequest& request) const {
  Violations bad;
  const auto owner = ParsePersonName(request.owner());
  if (!owner) {
    bad.Add("owner", "NAME_INVALID", "An owner is people/{person}.");
  }
  CheckPlainReason(request.reason(), "reason", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(FeedbackRow row, FindFeedback(tx, caller, request.name()));
  v1::Feedback& feedback = row.feedback;
  RETURN_IF_ERROR(NextVersion(feedback, request.etag()).status());
  if (!MayBeReassigned(feedback.state())) return Decided(feedback);
  if (feedback.owner() == request.owner()) {
    RETURN_IF_ERROR(TellThemes(tx, {&feedback}));
    return std::move(feedback);
  }
  ASSIGN_OR_RETURN(const bool can, CanOwn(tx, *owner, feedback.audience()));
  if (!can) {
    return Invalid(
        "owner", "OWNER_UNFIT",
        absl::StrCat("An owner is ", WhoAnswers(feedback.audience()), "."));
  }
  const int64_t now_us = clock_();
  v1::Feedback::Handover& handover = *feedback.add_handovers();
  handover.set_from(feedback.owner());
  handover.set_to(request.owner());
  if (!caller.person.empty()) handover.set_by(PersonName(caller.person));
  handover.set_reason(request.reason());
  *handover.mutable_hand_over_time() = ToTimestamp(now_us);
  feedback.set_owner(request.owner());
  return Store(tx, now_us, std::move(feedback));
}

absl::StatusOr<v1::Feedback> Feedbacks::Mark(
    Transaction& tx, const Caller& caller,
    const v1::MarkFeedbackRequest& request) const {
  ASSIGN_OR_RETURN(v1::Feedback feedback,
                   FindOwned(tx, caller, request.name(), request.etag()));
  if (request.has_customer_consents()) {
    feedback.set_customer_consents(request.customer_consents());
    if (!request.customer_consents() && NeedsConsent(feedback)) {
      feedback.clear_for_monthly_report();
    }
  }
  if (request.has_for_revision()) {
    feedback.set_for_revision(request.for_revision());
  }
  if (request.has_for_monthly_report()) {
    feedback.set_for_monthly_report(request.for_monthly_report());
  }
  if ((feedback.for_revision() || feedback.for_monthly_report()) &&
      feedback.state() == v1::Feedback::STATE_DECLINED) {
    return Decided(feedback);
  }
  if (feedback.for_revision() && feedback.form().empty()) {
    return FailedPrecondition(
        "NOT_ABOUT_A_FORM",
        absl::StrCat(feedback.name(),
                     " is about no form, so no revision can take it up."));
  }
  if (feedback.for_monthly_report() && NeedsConsent(feedback) &&
      !feedback.customer_consents()) {
    return FailedPrecondition(
        "NO_CONSENT",
        "The customer has not agreed that this is told to others.");
  }
  return Store(tx, clock_(), std::move(feedback));
}

absl::StatusOr<v1::UnansweredFeedback> Feedbacks::Unanswered(
    Transaction& tx, const Caller& caller,
    const v1::GetUnansweredFeedbackRequest&) const {
  const int64_t now_us = clock_();
  Query query(kUnanswered);
  for (const int64_t age_us : {kWeekUs, kTwoWeeksUs, kMonthUs}) {
    query.Add(
        ", CAST(SUM(CASE WHEN f.create_us >= ? THEN 1 ELSE 0 END) AS BIGINT)",
        {now_us - age_us});
  }
  query.Add(" FROM feedback f WHERE f.state = 1");
  AddFeedbackReach(caller, query);
  query.Add(" GROUP BY f.owner ORDER BY MIN(f.create_us), f.owner");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::UnansweredFeedback report;
  for (const Row& row : rows) {
    v1::UnansweredFeedback::Owner& owner = *report.add_owners();
    Cells cells(row);
    const std::string person = cells.TextOr("");
    if (!person.empty()) owner.set_owner(PersonName(person));
    owner.set_unanswered(cells.Int());
    *owner.mutable_oldest_time() = ToTimestamp(cells.Int());
    const int64_t week = cells.Int();
    const int64_t two_weeks = cells.Int();
    const int64_t month = cells.Int();
    RETURN_IF_ERROR(cells.Done());
    owner.set_up_to_7_days(week);
    owner.set_up_to_14_days(two_weeks - week);
    owner.set_up_to_30_days(month - two_weeks);
    owner.set_over_30_days(owner.unanswered() - month);
  }
  return report;
}

}  // namespace attune
