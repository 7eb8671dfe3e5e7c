// What may be told of customers: props and stories with their consent, and why
// calls are great.

#ifndef ATTUNE_ENGINE_VOICE_STORIES_H_
#define ATTUNE_ENGINE_VOICE_STORIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "attune/v1/voice_report.pb.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// A story that is tagged with a theme.
struct ThemeStory {
  std::string theme;  // id
  v1::VoiceStory story;
};

// Those of the days from `first` to `last`, of one team's people or
// everybody's: props first, then feedback, then great calls, the newest first
// of each.
absl::StatusOr<std::vector<ThemeStory>> FindThemeStories(
    Transaction& tx, int64_t first, int64_t last,
    const std::optional<std::string>& team);

// The newest story of each team that was not told there; of one team or of all.
absl::StatusOr<std::vector<v1::VoiceStory>> FindInsights(
    Transaction& tx, const std::optional<std::string>& team);

// Thread-safe.  The codes are told in voice_service.proto.
class Stories {
 public:
  explicit Stories(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::VoiceStory> Tell(
      Transaction& tx, const Caller& caller,
      const v1::TellStoryRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_STORIES_H_
