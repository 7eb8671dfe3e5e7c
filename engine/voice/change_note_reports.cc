#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/report/report_filter.h"
#include "engine/status_macros.h"
#include "engine/store/rollups.h"
#include "engine/store/survey_rollups.h"
#include "engine/violations.h"
#include "engine/voice/change_notes.h"
#include "engine/voice/survey_figure.h"
#include "engine/voice/survey_reports.h"

namespace attune {
namespace {

constexpr int32_t kDefaultDays = 60;
constexpr int32_t kMostDays = 3650;

// As many days on each side; the note's day is the first after.
struct Windows {
  int64_t before_first;
  int64_t day;
  int64_t after_last;
};

absl::StatusOr<SurveyTally> SumSurveys(Transaction& tx, SurveyFilter filter,
                                       v1::SurveyMeasure measure, int64_t first,
                                       int64_t last) {
  filter.first_day = first;
  filter.last_day = last;
  SurveyTally all;
  RETURN_IF_ERROR(SumSurveys(tx, filter, measure, SurveyGrouping::kChannel,
                             [&](const Value&, const SurveyTally& tally) {
                               all.Add(tally);
                               return absl::OkStatus();
                             }));
  return all;
}

absl::StatusOr<Sums> SumQuality(Transaction& tx, RollupFilter filter,
                                int64_t first, int64_t last) {
  filter.first_day = first;
  filter.last_day = last;
  Sums all;
  RETURN_IF_ERROR(
      ScanRollups(tx, filter, [&](const RollupKey&, const Tally& tally) {
        all.Add(tally.percent);
        return absl::OkStatus();
      }));
  return all;
}

v1::Average AverageOf(const Sums& sums) {
  const Mean mean = MeanOf(sums);
  v1::Average average;
  average.set_n(mean.n);
  if (mean.percent) average.set_percent(*mean.percent);
  if (mean.deviation) average.set_deviation(*mean.deviation);
  if (mean.low) average.set_low(*mean.low);
  if (mean.high) average.set_high(*mean.high);
  average.set_reason(std::string(mean.reason));
  return average;
}

std::string QualitySentence(const v1::QualityChange& change) {
  if (!change.has_low()) {
    return absl::StrCat("Quality: too few scores to tell (",
                        change.before().n(), " before, ", change.after().n(),
                        " after).");
  }
  const bool clear = change.low() > 0 || change.high() < 0;
  return absl::StrFormat(
      "Quality%s %+.2f points (95 %% interval %+.2f to %+.2f).",
      !clear                ? ": no change that chance would not explain,"
      : change.change() > 0 ? " rose:"
                            : " fell:",
      change.change(), change.low(), change.high());
}

absl::Status AddQuality(Transaction& tx, const SurveyFilter& scope,
                        const Windows& windows, v1::ChangeNoteReport& report) {
  RollupFilter filter;
  filter.team = scope.team;
  filter.form = scope.form;
  filter.kind = v1::Evaluation::KIND_QA;
  ASSIGN_OR_RETURN(
      const Sums before,
      SumQuality(tx, filter, windows.before_first, windows.day - 1));
  ASSIGN_OR_RETURN(const Sums after,
                   SumQuality(tx, filter, windows.day, windows.after_last));
  const Change change = ChangeOf(before, after);
  v1::QualityChange& quality = *report.mutable_quality();
  *quality.mutable_before() = AverageOf(before);
  *quality.mutable_after() = AverageOf(after);
  if (change.change) quality.set_change(*change.change);
  if (change.low) quality.set_low(*change.low);
  if (change.high) quality.set_high(*change.high);
  quality.set_reason(std::string(change.reason));
  report.set_sentence(QualitySentence(quality));
  return absl::OkStatus();
}

absl::Status AddVoice(Transaction& tx, const SurveyFilter& scope,
                      const Windows& windows, v1::ChangeNoteReport& report) {
  ASSIGN_OR_RETURN(const SurveyTally before,
                   SumSurveys(tx, scope, report.measure(), windows.before_first,
                              windows.day - 1));
  ASSIGN_OR_RETURN(
      const SurveyTally after,
      SumSurveys(tx, scope, report.measure(), windows.day, windows.after_last));
  *report.mutable_figure() = FigureOf(report.measure(), after);
  *report.mutable_change() = ChangeOf(report.measure(), before, after);
  report.set_sentence(report.change().sentence());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ChangeNoteReport> SurveyReports::GetChangeNoteReport(
    Transaction& tx, const Caller& caller,
    const v1::GetChangeNoteReportRequest& request) const {
  Violations bad;
  const auto id = ParseChangeNoteName(request.name());
  if (!id) bad.Add("name", "NAME_INVALID", "A note is changeNotes/{id}.");
  if (!v1::SurveyMeasure_IsValid(request.measure())) {
    bad.Add("measure", "MEASURE_UNKNOWN", "There is no such measure.");
  }
  if (request.days() < 0 || request.days() > kMostDays) {
    bad.Add("days", "DAYS_INVALID",
            absl::StrCat("A window has 1 to ", kMostDays, " days."));
  }
  RETURN_IF_ERROR(bad.ToStatus());
  v1::ChangeNoteReport report;
  ASSIGN_OR_RETURN(*report.mutable_note(), FindChangeNote(tx, caller, *id));
  SurveyFilter scope;
  ASSIGN_OR_RETURN(
      scope.team,
      FindTeamInReach(tx, caller, ParseTeamName(report.note().team())));
  scope.form = ParseFormName(report.note().form());

  const int32_t days = request.days() == 0 ? kDefaultDays : request.days();
  const int64_t day = ParseDay(report.note().day()).value_or(0);
  const Windows windows{day - days, day, day + days - 1};
  report.set_measure(request.measure());
  report.set_days(days);
  if (scope.team) report.set_team(TeamName(*scope.team));
  report.mutable_before()->set_first_day(FormatDay(windows.before_first));
  report.mutable_before()->set_last_day(FormatDay(day - 1));
  report.mutable_after()->set_first_day(FormatDay(day));
  report.mutable_after()->set_last_day(FormatDay(windows.after_last));
  report.set_unfinished(DayOf(clock_()) <= windows.after_last);
  RETURN_IF_ERROR(request.measure() == v1::SURVEY_MEASURE_UNSPECIFIED
                      ? AddQuality(tx, scope, windows, report)
                      : AddVoice(tx, scope, windows, report));
  if (report.unfinished()) {
    report.set_sentence(absl::StrCat(report.sentence(),
                                     "  The window after ends only on ",
                                     report.after().last_day(), "."));
  }
  return report;
}

}  // namespace attune
