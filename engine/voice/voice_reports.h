// The month's top successes and frustrations.

#ifndef ATTUNE_ENGINE_VOICE_VOICE_REPORTS_H_
#define ATTUNE_ENGINE_VOICE_VOICE_REPORTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_report.pb.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes are told in voice_service.proto.
class VoiceReports {
 public:
  explicit VoiceReports(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::VoiceReport> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetVoiceReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_VOICE_REPORTS_H_
