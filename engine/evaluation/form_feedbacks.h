// What agents said of forms in their self-checks.

#ifndef ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACKS_H_
#define ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACKS_H_

#include <memory>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/self_check_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/store/database.h"

namespace attune {

class Revisions;

// Thread-safe.  The codes of each method are told in self_check_service.proto.
class FormFeedbacks {
 public:
  FormFeedbacks(Clock clock, std::shared_ptr<Revisions> revisions)
      : clock_(std::move(clock)), revisions_(std::move(revisions)) {}

  absl::StatusOr<v1::FormFeedback> Submit(
      Transaction& tx, const Caller& caller,
      const v1::SubmitFormFeedbackRequest& request) const;
  absl::StatusOr<v1::ListFormFeedbackResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListFormFeedbackRequest& request) const;

 private:
  Clock clock_;
  std::shared_ptr<Revisions> revisions_;
};

// Hands over what agents said of the filter's form, and of its revision where
// it has one, given or changed on its days.
absl::Status ScanFeedback(Transaction& tx, const CountedFilter& filter,
                          absl::FunctionRef<void(const v1::FormFeedback&)> see);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_FORM_FEEDBACKS_H_
