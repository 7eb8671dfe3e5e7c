// What is tagged with themes, and how often each comes up.

#ifndef ATTUNE_ENGINE_VOICE_THEME_TAGS_H_
#define ATTUNE_ENGINE_VOICE_THEME_TAGS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "attune/v1/inbox_service.pb.h"
#include "engine/access/caller.h"
#include "engine/clock.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe.  The codes of each method are told in inbox_service.proto.
class ThemeTags {
 public:
  explicit ThemeTags(Clock clock) : clock_(std::move(clock)) {}

  absl::StatusOr<v1::TagThemeResponse> Tag(
      Transaction& tx, const Caller& caller,
      const v1::TagThemeRequest& request) const;
  absl::StatusOr<v1::UntagThemeResponse> Untag(
      Transaction& tx, const Caller& caller,
      const v1::UntagThemeRequest& request) const;
  absl::StatusOr<v1::ListThemeTagsResponse> List(
      Transaction& tx, const Caller& caller,
      const v1::ListThemeTagsRequest& request) const;
  // theme_reports.cc has the report.
  absl::StatusOr<v1::ThemeReport> Report(
      Transaction& tx, const Caller& caller,
      const v1::GetThemeReportRequest& request) const;

 private:
  Clock clock_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_THEME_TAGS_H_
