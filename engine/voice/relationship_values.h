// The stored relationship values and their report.

#ifndef ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUES_H_
#define ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUES_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in voice_service.proto.
class RelationshipValues {
 public:
  explicit RelationshipValues(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::RelationshipValue> Create(
      Transaction& tx, const Caller& caller,
      const v1::CreateRelationshipValueRequest& request) const;
  absl::StatusOr<v1::ListRelationshipValuesResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListRelationshipValuesRequest& request) const;
  absl::StatusOr<v1::RelationshipValueReport> Report(
      Transaction& tx, const Caller& caller,
      const v1::GetRelationshipValueReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUES_H_
