// How often each theme came up in each of seven months, and by what.

#ifndef ATTUNE_ENGINE_VOICE_THEME_COUNTS_H_
#define ATTUNE_ENGINE_VOICE_THEME_COUNTS_H_

#include <array>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/theme.pb.h"
#include "attune/v1/voice_report.pb.h"
#include "engine/store/database.h"
#include "engine/voice/voice_month.h"

namespace attune {

using MonthlyCounts = std::array<v1::ThemeCounts, kVoiceMonths>;

// By the theme's id; of one team's agents or of everybody's.  `themes` by id
// say which reasons of cancellations count as which.
absl::StatusOr<std::map<std::string, MonthlyCounts>> CountThemes(
    Transaction& tx, const VoiceMonths& months,
    const std::optional<std::string>& team,
    const std::map<std::string, v1::Theme>& themes);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_THEME_COUNTS_H_
