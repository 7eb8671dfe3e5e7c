#include "engine/voice/voice_month.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "engine/clock.h"

namespace attune {
namespace {

constexpr int64_t kHeavy = 3;
constexpr size_t kMonthBytes = 7;

const absl::CivilDay kEpoch(1970, 1, 1);

int64_t DayOf(absl::CivilMonth month) { return absl::CivilDay(month) - kEpoch; }

}  // namespace

VoiceMonths VoiceMonths::Of(absl::string_view month, int64_t today,
                            Violations& bad) {
  const absl::CivilMonth now(kEpoch + today);
  absl::CivilMonth last = now - 1;
  if (!month.empty()) {
    const auto first = ParseDay(absl::StrCat(month, "-01"));
    if (!first || month.size() != kMonthBytes) {
      bad.Add("month", "MONTH_INVALID", "A month is like 2026-10.");
    } else {
      last = absl::CivilMonth(kEpoch + *first);
      if (last > now) {
        bad.Add("month", "MONTH_IN_FUTURE",
                absl::StrCat(month, " has not begun."));
      }
    }
  }
  VoiceMonths months;
  for (size_t i = 0; i < months.begins_.size(); ++i) {
    months.begins_[i] =
        DayOf(last - static_cast<int>(kVoiceMonths - 1) + static_cast<int>(i));
  }
  return months;
}

std::string VoiceMonths::Name(size_t place) const {
  return FormatDay(begins_[place]).substr(0, kMonthBytes);
}

size_t VoiceMonths::PlaceOf(int64_t day) const {
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), day);
  return static_cast<size_t>(after - begins_.begin()) - 1;
}

int64_t WeightOf(const v1::ThemeCounts& counts) {
  return kHeavy * (counts.great_calls() + counts.props() + counts.losses() +
                   counts.told()) +
         counts.promoters() + counts.detractors() + counts.kept() +
         counts.others();
}

int64_t CountOf(const v1::ThemeCounts& counts) {
  return counts.great_calls() + counts.props() + counts.promoters() +
         counts.detractors() + counts.losses() + counts.kept() + counts.told() +
         counts.others();
}

}  // namespace attune
