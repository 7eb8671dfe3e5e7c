// The stored cancellation calls and their report.

#ifndef ATTUNE_ENGINE_VOICE_CANCELLATIONS_H_
#define ATTUNE_ENGINE_VOICE_CANCELLATIONS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto.
class Cancellations {
 public:
  explicit Cancellations(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::Cancellation> Record(
      Transaction& tx, const Caller& caller,
      const v1::RecordCancellationRequest& request) const;
  absl::StatusOr<v1::Cancellation> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetCancellationRequest& request) const;
  absl::StatusOr<v1::ListCancellationsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListCancellationsRequest& request) const;
  absl::StatusOr<v1::CancellationReport> Report(
      Transaction& tx, const Caller& caller,
      const v1::GetCancellationReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_CANCELLATIONS_H_
