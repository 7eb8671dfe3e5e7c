// Which themes come up, and which more than they used to.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/errors.h"
#include "engine/names.h"
#include "engine/report/period.h"
#include "engine/report/report_filter.h"
#include "engine/stats/control_limits.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/theme_tags.h"

namespace attune {
namespace {

constexpr int64_t kDefaultDays = 30;
constexpr int64_t kMaxDays = 366;
constexpr int kEarlier = 6;

constexpr char kCounts[] = R"sql(
  SELECT t.theme, t.day, COUNT(*) FROM theme_tag t WHERE)sql";

constexpr char kThemes[] = R"sql(
  SELECT body FROM theme)sql";

// Tags in each of seven periods, the latest last.
using Counts = std::array<int64_t, kEarlier + 1>;

struct Days {
  int64_t first = 0;
  int64_t count = 0;
};

absl::StatusOr<Days> DaysOf(const v1::Period& period, int64_t today,
                            Violations& bad) {
  const DayRange range = ParsePeriod(period, bad);
  if (range.first.has_value() != range.last.has_value()) {
    bad.Add("period", "PERIOD_OPEN",
            "Give both its days, so that the periods before it can be as "
            "long.");
  }
  Days days{today - kDefaultDays + 1, kDefaultDays};
  if (range.first && range.last) {
    days = {*range.first, *range.last - *range.first + 1};
  }
  if (days.count > kMaxDays) {
    bad.Add("period", "PERIOD_TOO_LONG", "At most 366 days.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return days;
}

absl::StatusOr<std::map<std::string, Counts>> CountTags(
    Transaction& tx, const Days& days, const std::optional<std::string>& team) {
  const int64_t begin = days.first - kEarlier * days.count;
  Query query(kCounts);
  query.Add(" t.day >= ? AND t.day < ?", {begin, days.first + days.count});
  if (team) {
    query.Add(" AND t.person IN (SELECT id FROM person WHERE team = ?)",
              {*team});
  }
  query.Add(" GROUP BY t.theme, t.day");
  std::map<std::string, Counts> counts;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
    Cells cells(row);
    const std::string theme = cells.Text();
    const int64_t day = cells.Int();
    const int64_t n = cells.Int();
    RETURN_IF_ERROR(cells.Done());
    const auto place = static_cast<size_t>((day - begin) / days.count);
    counts.try_emplace(theme, Counts{}).first->second.at(place) += n;
    return absl::OkStatus();
  }));
  return counts;
}

v1::ThemeReport::Line LineOf(const v1::Theme& theme, const Counts& counts) {
  const ThemeRise rise =
      ThemeRiseOf(counts.back(), absl::MakeConstSpan(counts.data(), kEarlier));
  v1::ThemeReport::Line line;
  line.set_theme(theme.name());
  line.set_label(theme.label());
  line.set_kind(theme.kind());
  line.set_count(counts.back());
  line.set_usual(std::round(rise.usual * 100) / 100);
  line.set_p(std::round(rise.p * 1e6) / 1e6);
  line.set_rising(rise.alert);
  return line;
}

}  // namespace

absl::StatusOr<v1::ThemeReport> ThemeTags::Report(
    Transaction& tx, const Caller& caller,
    const v1::GetThemeReportRequest& request) const {
  Violations bad;
  const auto asked = CheckTeam(request.team(), bad);
  ASSIGN_OR_RETURN(const Days days,
                   DaysOf(request.period(), DayOf(clock_()), bad));
  ASSIGN_OR_RETURN(const auto team, FindTeamInReach(tx, caller, asked));
  ASSIGN_OR_RETURN(const auto counts, CountTags(tx, days, team));
  v1::ThemeReport report;
  report.mutable_period()->set_first_day(FormatDay(days.first));
  report.mutable_period()->set_last_day(FormatDay(days.first + days.count - 1));
  if (team) report.set_team(TeamName(*team));
  std::vector<v1::ThemeReport::Line> lines;
  RETURN_IF_ERROR(tx.Scan(kThemes, {}, [&](const Row& row) {
    v1::Theme theme;
    Cells cells(row);
    cells.Message(theme);
    RETURN_IF_ERROR(cells.Done());
    const auto found = counts.find(ParseThemeName(theme.name()).value_or(""));
    if (found != counts.end()) lines.push_back(LineOf(theme, found->second));
    return absl::OkStatus();
  }));
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(-a.kind(), -a.count(), a.theme()) <
           std::make_tuple(-b.kind(), -b.count(), b.theme());
  });
  report.mutable_themes()->Assign(lines.begin(), lines.end());
  return report;
}

}  // namespace attune
