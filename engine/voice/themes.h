// The stored taxonomy of themes.

#ifndef ATTUNE_ENGINE_VOICE_THEMES_H_
#define ATTUNE_ENGINE_VOICE_THEMES_H_

#include "absl/status/statusor.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in inbox_service.proto.
class Themes {
 public:
  absl::StatusOr<v1::ApplyThemesResponse> Apply(
      Transaction& tx, const Caller& caller,
      const v1::ApplyThemesRequest& request) const;
  absl::StatusOr<v1::ListThemesResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListThemesRequest& request) const;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_THEMES_H_
