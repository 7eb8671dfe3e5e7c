// A calendar month, UTC, with the six before it, and what a theme weighs in it.

#ifndef ATTUNE_ENGINE_VOICE_VOICE_MONTH_H_
#define ATTUNE_ENGINE_VOICE_VOICE_MONTH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/voice_report.pb.h"
#include "engine/violations.h"

namespace attune {

inline constexpr size_t kVoiceMonths = 7;  // the report's month is the last

// The months of a report.
class VoiceMonths {
 public:
  // `month` as YYYY-MM; empty for the last one that is over on `today`, a day
  // since 1970-01-01.  Violations at `month`: MONTH_INVALID, MONTH_IN_FUTURE.
  static VoiceMonths Of(absl::string_view month, int64_t today,
                        Violations& bad);

  // YYYY-MM.
  std::string Name(size_t place) const;
  int64_t FirstDay(size_t place) const { return begins_[place]; }
  int64_t LastDay(size_t place) const { return begins_[place + 1] - 1; }
  // Days of all seven, the last not included.
  int64_t begin() const { return begins_.front(); }
  int64_t end() const { return begins_.back(); }
  // In which of them a day within [begin, end) is.
  size_t PlaceOf(int64_t day) const;

 private:
  std::array<int64_t, kVoiceMonths + 1> begins_ = {};
};

// What a theme weighs, as told in voice_report.proto; and how often it came up.
int64_t WeightOf(const v1::ThemeCounts& counts);
int64_t CountOf(const v1::ThemeCounts& counts);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_VOICE_MONTH_H_
