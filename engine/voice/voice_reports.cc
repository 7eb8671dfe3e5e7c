#include "engine/voice/voice_reports.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/report/report_filter.h"
#include "engine/stats/control_limits.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/survey_rollups.h"
#include "engine/violations.h"
#include "engine/voice/stories.h"
#include "engine/voice/survey_figure.h"
#include "engine/voice/theme_counts.h"
#include "engine/voice/voice_month.h"

namespace attune {
namespace {

constexpr size_t kNow = kVoiceMonths - 1;
constexpr v1::SurveyMeasure kMeasures[] = {
    v1::SURVEY_MEASURE_NPS, v1::SURVEY_MEASURE_CSAT,
    v1::SURVEY_MEASURE_WOULD_HIRE, v1::SURVEY_MEASURE_WOULD_RECOMMEND};

constexpr char kThemes[] = "SELECT body FROM theme";

// One number each; `{days}` is what tells the month, `{agents}` the team.
struct Total {
  void (v1::VoiceTotals::*set)(int64_t);
  const char* select;
  const char* day;     // a column of days, or of times in `us`
  const char* person;  // a column
};
constexpr Total kTotals[] = {
    {&v1::VoiceTotals::set_props,
     "COUNT(*) FROM prop x JOIN contact c ON c.id = x.contact AND "
     "c.person = x.person WHERE x.state = 2",
     "c.start_us", "x.person"},
    {&v1::VoiceTotals::set_great_calls,
     "COUNT(*) FROM great_call x JOIN contact c ON c.id = x.contact AND "
     "c.person = x.person WHERE x.state = 2",
     "c.start_us", "x.person"},
    {&v1::VoiceTotals::set_kudos,
     "CAST(COALESCE(SUM(x.kudos), 0) AS BIGINT) FROM great_call x JOIN contact "
     "c ON c.id = x.contact AND c.person = x.person WHERE x.state = 2",
     "c.start_us", "x.person"},
    {&v1::VoiceTotals::set_relationship_units,
     "CAST(COALESCE(SUM(x.units), 0) AS BIGINT) FROM relationship_value x "
     "WHERE 1 = 1",
     "x.day", "x.person"},
    {&v1::VoiceTotals::set_cancellations,
     "COUNT(*) FROM cancellation x WHERE 1 = 1", "x.day", "x.person"},
    {&v1::VoiceTotals::set_losses,
     "COUNT(*) FROM cancellation x WHERE x.result = 1", "x.day", "x.person"},
    {&v1::VoiceTotals::set_recoveries,
     "COUNT(*) FROM recovery_action x WHERE x.state = 2", "x.close_us",
     "x.person"},
};

absl::StatusOr<int64_t> OneNumber(Transaction& tx, const Query& query) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  Cells cells(rows.at(0));
  const int64_t number = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return number;
}

absl::StatusOr<v1::VoiceTotals> FindTotals(
    Transaction& tx, const VoiceMonths& months,
    const std::optional<std::string>& team) {
  v1::VoiceTotals totals;
  for (const Total& total : kTotals) {
    const bool in_days = absl::string_view(total.day) == "x.day";
    const int64_t unit = in_days ? 1 : kMicrosPerDay;
    Query query(absl::StrCat("SELECT ", total.select));
    query.Add(absl::StrCat(" AND ", total.day, " >= ? AND ", total.day, " < ?"),
              {months.FirstDay(kNow) * unit, months.end() * unit});
    if (team) {
      query.Add(absl::StrCat(" AND ", total.person,
                             " IN (SELECT id FROM person WHERE team = ?)"),
                {*team});
    }
    ASSIGN_OR_RETURN(const int64_t number, OneNumber(tx, query));
    (totals.*total.set)(number);
  }
  ASSIGN_OR_RETURN(
      const int64_t open,
      OneNumber(tx, Query("SELECT COUNT(*) FROM harm_flag WHERE state = 1")));
  totals.set_harm_flags_open(open);
  return totals;
}

absl::StatusOr<std::map<std::string, v1::Theme>> FindThemes(Transaction& tx) {
  std::map<std::string, v1::Theme> themes;
  RETURN_IF_ERROR(tx.Scan(kThemes, {}, [&](const Row& row) {
    v1::Theme theme;
    Cells cells(row);
    cells.Message(theme);
    themes[ParseThemeName(theme.name()).value_or("")] = theme;
    return cells.Done();
  }));
  return themes;
}

v1::VoiceTheme Tell(const v1::Theme& theme, const MonthlyCounts& counts) {
  v1::VoiceTheme told;
  told.set_theme(theme.name());
  told.set_label(theme.label());
  told.set_kind(theme.kind());
  told.set_weight(WeightOf(counts[kNow]));
  told.set_weight_before(WeightOf(counts[kNow - 1]));
  *told.mutable_counts() = counts[kNow];
  for (const v1::ThemeCounts& month : counts) told.add_months(CountOf(month));
  const ThemeRise rise =
      ThemeRiseOf(told.months(static_cast<int>(kNow)),
                  absl::MakeConstSpan(told.months()).first(kNow));
  told.set_usual(std::round(rise.usual * 100) / 100);
  told.set_p(std::round(rise.p * 1e6) / 1e6);
  told.set_rising(rise.alert);
  return told;
}

void Rank(google::protobuf::RepeatedPtrField<v1::VoiceTheme>& themes) {
  std::sort(themes.begin(), themes.end(),
            [](const v1::VoiceTheme& a, const v1::VoiceTheme& b) {
              return std::make_tuple(-a.weight(), a.theme()) <
                     std::make_tuple(-b.weight(), b.theme());
            });
}

// Each theme gets one that no theme before it has.
void AddStories(const std::vector<ThemeStory>& stories,
                google::protobuf::RepeatedPtrField<v1::VoiceTheme>& themes,
                std::set<std::string>& taken) {
  for (v1::VoiceTheme& theme : themes) {
    const std::string id = ParseThemeName(theme.theme()).value_or("");
    for (const ThemeStory& each : stories) {
      if (each.theme != id || !taken.insert(each.story.subject()).second) {
        continue;
      }
      *theme.mutable_story() = each.story;
      break;
    }
  }
}

absl::Status AddOutcomes(Transaction& tx, const VoiceMonths& months,
                         const std::optional<std::string>& team,
                         v1::VoiceReport& report) {
  for (const v1::SurveyMeasure measure : kMeasures) {
    SurveyFilter filter;
    filter.team = team;
    filter.first_day = months.begin();
    filter.last_day = months.end() - 1;
    std::array<SurveyTally, kVoiceMonths> tallies;
    RETURN_IF_ERROR(SumSurveys(
        tx, filter, measure, SurveyGrouping::kDay,
        [&](const Value& day, const SurveyTally& tally) {
          tallies.at(months.PlaceOf(std::get<int64_t>(day))).Add(tally);
          return absl::OkStatus();
        }));
    v1::SurveyFigure now = FigureOf(measure, tallies[kNow]);
    if (now.n() + FigureOf(measure, tallies[kNow - 1]).n() == 0) continue;
    v1::VoiceOutcome& outcome = *report.add_outcomes();
    outcome.set_measure(measure);
    *outcome.mutable_figure() = std::move(now);
    *outcome.mutable_change() =
        ChangeOf(measure, tallies[kNow - 1], tallies[kNow]);
    for (size_t i = 0; i < kVoiceMonths; ++i) {
      v1::SurveyGroup& month = *outcome.add_months();
      month.set_key(months.Name(i));
      month.set_display_name(month.key());
      *month.mutable_figure() = FigureOf(measure, tallies[i]);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::VoiceReport> VoiceReports::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetVoiceReportRequest& request) const {
  Violations bad;
  const VoiceMonths months =
      VoiceMonths::Of(request.month(), DayOf(clock_()), bad);
  std::optional<std::string> team = CheckTeam(request.team(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  // The company's is everybody's.
  if (team) {
    ASSIGN_OR_RETURN(team, FindTeamInReach(tx, caller, team));
  }
  v1::VoiceReport report;
  report.set_month(months.Name(kNow));
  report.mutable_period()->set_first_day(FormatDay(months.FirstDay(kNow)));
  report.mutable_period()->set_last_day(FormatDay(months.LastDay(kNow)));
  if (team) report.set_team(TeamName(*team));
  ASSIGN_OR_RETURN(const auto themes, FindThemes(tx));
  ASSIGN_OR_RETURN(const auto counts, CountThemes(tx, months, team, themes));
  for (const auto& [id, theme] : themes) {
    const auto found = counts.find(id);
    if (found == counts.end() || CountOf(found->second[kNow]) == 0) continue;
    *(theme.kind() == v1::Theme::KIND_SUCCESS ? report.add_successes()
                                              : report.add_frustrations()) =
        Tell(theme, found->second);
  }
  ASSIGN_OR_RETURN(
      const std::vector<ThemeStory> stories,
      FindThemeStories(tx, months.FirstDay(kNow), months.LastDay(kNow), team));
  std::set<std::string> taken;
  for (auto* ranked :
       {report.mutable_successes(), report.mutable_frustrations()}) {
    Rank(*ranked);
    AddStories(stories, *ranked, taken);
  }
  RETURN_IF_ERROR(AddOutcomes(tx, months, team, report));
  ASSIGN_OR_RETURN(*report.mutable_totals(), FindTotals(tx, months, team));
  ASSIGN_OR_RETURN(const std::vector<v1::VoiceStory> insights,
                   FindInsights(tx, team));
  report.mutable_insights()->Assign(insights.begin(), insights.end());
  return report;
}

}  // namespace attune
