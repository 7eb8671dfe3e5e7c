// Evaluations::Import: a whole stream, checked first, then stored.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_gate.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/evaluation_new.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/evaluation/evaluations.h"
#include "engine/evaluation/withheld_evaluations.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxFailures = 1000;

// Whether the message is to blame, and not the store.
bool IsMessageAtFault(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return true;
    default:
      return false;
  }
}

void AddFailures(size_t index, const absl::Status& status,
                 v1::ImportEvaluationsResponse& response) {
  response.set_failed_count(response.failed_count() + 1);
  std::vector<Violation> violations = Violations::FromStatus(status).all();
  if (violations.empty()) {
    violations.push_back({"", ReasonOf(status), std::string(status.message())});
  }
  for (Violation& violation : violations) {
    if (response.failures_size() >= kMaxFailures) return;
    auto* failure = response.add_failures();
    failure->set_index(static_cast<int32_t>(index));
    failure->set_field(std::move(violation.field));
    failure->set_reason(std::move(violation.reason));
    failure->set_description(std::move(violation.description));
  }
}

// The failures as the violations of a request that is refused whole.
absl::Status Refusal(const v1::ImportEvaluationsResponse& response) {
  Violations bad;
  for (const auto& failure : response.failures()) {
    bad.Add(absl::StrCat("messages[", failure.index(), "]",
                         failure.field().empty() ? "" : ".", failure.field()),
            failure.reason(), failure.description());
  }
  return bad.ToStatus();
}

}  // namespace

absl::StatusOr<v1::ImportEvaluationsResponse> Evaluations::Import(
    Transaction& tx, const Caller& caller,
    absl::Span<const v1::ImportEvaluationsRequest> messages) const {
  if (messages.empty()) {
    return Invalid("evaluation", "IMPORT_EMPTY", "The stream had no message.");
  }
  if (messages.size() > kMaxImport) {
    return Invalid("evaluation", "IMPORT_TOO_LONG",
                   absl::StrCat("A stream holds at most ", kMaxImport,
                                " messages; send several."));
  }
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(FloorGate().Check(tx, caller, now_us));
  v1::ImportEvaluationsResponse response;
  std::vector<NewEvaluation> all;
  std::set<EvaluationIdentity> seen;

  const auto prepare = [&](const v1::Evaluation& wanted) -> absl::Status {
    ASSIGN_OR_RETURN(
        NewEvaluation made,
        MakeEvaluation(tx, caller, *revisions_, now_us, "people/-", wanted));
    RETURN_IF_ERROR(
        Freeze(made.revision->compiled, "evaluation", now_us, made.evaluation));
    RETURN_IF_ERROR(Withhold(tx, made.blind_in, made.evaluation));
    OpenToContest(now_us, contest_days_, made.evaluation);
    const EvaluationIdentity identity = IdentityOf(made.evaluation);
    ASSIGN_OR_RETURN(const bool stored, IsStored(tx, identity));
    if (stored || !seen.insert(identity).second) return ScoredBefore(identity);
    all.push_back(std::move(made));
    return absl::OkStatus();
  };
  for (size_t i = 0; i < messages.size(); ++i) {
    const absl::Status status = prepare(messages[i].evaluation());
    if (status.ok()) continue;
    if (!IsMessageAtFault(status)) return status;
    AddFailures(i, status, response);
  }

  const v1::ImportEvaluationsRequest& first = messages.front();
  response.set_imported_count(static_cast<int32_t>(all.size()));
  if (first.validate_only()) return response;
  if (response.failed_count() > 0 && !first.skip_bad()) {
    return Refusal(response);
  }
  for (const NewEvaluation& made : all) {
    RETURN_IF_ERROR(InsertEvaluation(tx, made.evaluation));
    RETURN_IF_ERROR(CountEvaluation(tx, made.evaluation, made.revision->slots));
    RETURN_IF_ERROR(TellSelfCheck(tx, made.blind_in, {now_us, contest_days_},
                                  made.evaluation));
    RETURN_IF_ERROR(CompleteAssignment(tx, made.evaluation, now_us));
  }
  return response;
}

}  // namespace attune
