#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/errors.h"
#include "engine/evaluation/answered_evaluations.h"
#include "engine/evaluation/standing.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/report/report_filter.h"
#include "engine/stats/drivers.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "engine/voice/driver_rows.h"
#include "engine/voice/survey_figure.h"
#include "engine/voice/survey_reports.h"

namespace attune {
namespace {

constexpr uint64_t kSeed = 1;
// A draw with many predictors takes long, and then only widths are rougher.
constexpr int32_t kDraws = 1000;
constexpr int32_t kDrawsOfMany = 200;
constexpr double kFull = 100;

CountedFilter CheckRequest(const v1::GetDriverReportRequest& request,
                           Violations& bad) {
  CountedFilter filter{CheckPeriod(request.period(), bad)};
  filter.rollups.team = CheckTeam(request.team(), bad);
  filter.rollups.form = ParseFormName(request.form());
  if (!filter.rollups.form) {
    bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (request.outcome() != v1::SURVEY_MEASURE_UNSPECIFIED &&
      request.outcome() != v1::SURVEY_MEASURE_NPS &&
      request.outcome() != v1::SURVEY_MEASURE_CSAT) {
    bad.Add("outcome", "OUTCOME_INVALID", "An outcome is NPS or CSAT.");
  }
  if (!v1::DriverReport::Level_IsValid(request.level())) {
    bad.Add("level", "LEVEL_UNKNOWN", "A level is sections or questions.");
  }
  return filter;
}

absl::Status Gather(Transaction& tx, const CountedFilter& filter,
                    v1::SurveyMeasure outcome, DriverRows& rows) {
  std::optional<PersonPart> contact;
  return ScanAnswered(tx, filter,
                      outcome == v1::SURVEY_MEASURE_CSAT ? CustomerAnswer::kCsat
                                                         : CustomerAnswer::kNps,
                      [&](const AnsweredEvaluation& row) {
                        if (!contact || contact->id != row.contact.id ||
                            contact->person != row.contact.person) {
                          rows.Begin(static_cast<double>(row.answer));
                          contact = row.contact;
                        }
                        rows.Add(EffectiveScore(row.evaluation));
                      });
}

Drivers Fit(const DriverData& data, int32_t draws) {
  const auto n = static_cast<int64_t>(data.outcome.size());
  if (n > 0 && !EnoughRows(n, data.predictors.size())) {
    Drivers few;
    few.n = n;
    few.r2 = Figure::Undefined(Reason::kTooFew);
    return few;
  }
  return DriversWithIntervals(data, draws, kSeed);
}

std::string NounOf(v1::DriverReport::Level level) {
  return level == v1::DriverReport::LEVEL_QUESTION ? "questions" : "sections";
}

std::string SentenceOf(const v1::DriverReport& report,
                       const v1::Driver& driver) {
  std::string text = absl::StrCat(
      driver.title(),
      absl::StrFormat(" weighs %.1f %% of the form; ", driver.weight()));
  if (!driver.has_share()) {
    return absl::StrCat(text, "the ", NounOf(report.level()),
                        " explain nothing of the ", TitleOf(report.outcome()),
                        " answers.");
  }
  absl::StrAppend(&text,
                  absl::StrFormat("%.1f %% of what the %s explain of the %s "
                                  "answers comes with it",
                                  driver.share(), NounOf(report.level()),
                                  TitleOf(report.outcome())));
  return absl::StrCat(
      text, driver.sign() < 0 ? ", more of it going with lower answers." : ".");
}

void AddPredictors(const DriverRows::Complete& rows, const Drivers& drivers,
                   v1::DriverReport& report) {
  for (size_t j = 0; j < drivers.predictors.size(); ++j) {
    const Driver& driver = drivers.predictors[j];
    if (driver.dropped) {
      report.add_dropped(rows.predictors[j].id);
      continue;
    }
    v1::Driver& told = *report.add_predictors();
    told.set_id(rows.predictors[j].id);
    told.set_title(rows.predictors[j].title);
    told.set_weight(rows.weights[j]);
    if (driver.lmg) told.set_lmg(*driver.lmg);
    told.set_relative_weight(driver.relative_weight);
    if (*drivers.r2.value > 0) {
      told.set_share(kFull * driver.lmg.value_or(driver.relative_weight) /
                     *drivers.r2.value);
    }
    if (driver.interval) {
      told.set_low(driver.interval->low);
      told.set_high(driver.interval->high);
    }
    told.set_sign(driver.sign);
    told.set_sentence(SentenceOf(report, told));
  }
  std::stable_sort(report.mutable_predictors()->begin(),
                   report.mutable_predictors()->end(),
                   [](const v1::Driver& a, const v1::Driver& b) {
                     return a.share() > b.share();
                   });
}

std::string SummaryOf(const v1::DriverReport& report) {
  const std::string rows = absl::StrCat(
      report.contacts(),
      report.outcome() == v1::SURVEY_MEASURE_NPS ? " contacts with an "
                                                 : " contacts with a ",
      TitleOf(report.outcome()), " answer and an evaluation, ", report.n(),
      " of them with every one of the ", NounOf(report.level()),
      " looked at applicable");
  if (report.has_r2()) {
    return absl::StrCat(
        rows, absl::StrFormat(": together the %s explain %.1f %% of how the "
                              "answers differ.",
                              NounOf(report.level()), kFull * report.r2()));
  }
  if (report.reason() == ReasonWord(Reason::kTooFew)) {
    return absl::StrCat(rows,
                        ": too few to tell; from 50 on, and 10 for each "
                        "of the ",
                        NounOf(report.level()), ", there is an answer.");
  }
  if (report.reason() == ReasonWord(Reason::kNoVariation)) {
    return absl::StrCat(rows, ": every answer is the same.");
  }
  return absl::StrCat(rows, ".");
}

}  // namespace

absl::StatusOr<v1::DriverReport> SurveyReports::GetDriverReport(
    Transaction& tx, const Caller& caller,
    const v1::GetDriverReportRequest& request) const {
  Violations bad;
  CountedFilter filter = CheckRequest(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(filter.rollups.team,
                   FindTeamInReach(tx, caller, filter.rollups.team));
  const std::string form = *filter.rollups.form;
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FindRevision(tx, RevisionName{form, 0}, clock_()));
  v1::DriverReport report;
  report.set_form(FormName(form));
  report.set_outcome(request.outcome() == v1::SURVEY_MEASURE_CSAT
                         ? v1::SURVEY_MEASURE_CSAT
                         : v1::SURVEY_MEASURE_NPS);
  report.set_level(request.level() == v1::DriverReport::LEVEL_QUESTION
                       ? v1::DriverReport::LEVEL_QUESTION
                       : v1::DriverReport::LEVEL_SECTION);
  if (filter.rollups.team) report.set_team(TeamName(*filter.rollups.team));
  *report.mutable_period() = request.period();

  DriverRows gathered(report.level(),
                      PredictorsOf(report.level(), revision.form()));
  RETURN_IF_ERROR(Gather(tx, filter, report.outcome(), gathered));
  const DriverRows::Complete rows = gathered.Finish();
  report.set_draws(rows.predictors.size() > kMostLmgPredictors ? kDrawsOfMany
                                                               : kDraws);
  report.set_seed(kSeed);
  const Drivers drivers = Fit(rows.data, report.draws());
  report.set_contacts(rows.contacts);
  report.set_n(drivers.n);
  report.set_reason(std::string(ReasonWord(drivers.r2.reason)));
  report.set_collinear(drivers.collinear);
  if (drivers.r2.value) {
    report.set_r2(*drivers.r2.value);
    AddPredictors(rows, drivers, report);
  }
  for (const Predictor& rare : rows.rare) report.add_dropped(rare.id);
  report.set_summary(SummaryOf(report));
  return report;
}

}  // namespace attune
