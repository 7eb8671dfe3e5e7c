// Forms tried out on the stored evaluations.

#ifndef ATTUNE_ENGINE_REPORT_BACKTESTS_H_
#define ATTUNE_ENGINE_REPORT_BACKTESTS_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attune/v1/form_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.
class Backtests {
 public:
  // Hears of progress; its error ends the work.
  using Tell = std::function<absl::Status(const v1::BacktestFormResponse&)>;

  explicit Backtests(Clock clock) : clock_(std::move(clock)) {}

  // The message with the result.  INVALID_ARGUMENT, NOT_FOUND;
  // FAILED_PRECONDITION (FORM_NOT_PUBLISHED) for a form without history.
  absl::StatusOr<v1::BacktestFormResponse> Run(
      Transaction& tx, const Caller& caller,
      const v1::BacktestFormRequest& request, const Tell& tell) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_BACKTESTS_H_
