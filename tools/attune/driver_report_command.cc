// attune report drivers: which sections move customers' answers.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/report_print.h"
#include "tools/attune/stats_view.h"
#include "tools/attune/survey_arguments.h"

namespace attune {
namespace {

using nlohmann::ordered_json;

struct DriverOptions {
  std::string form;
  std::string outcome = "nps";
  std::string team;
  std::string period;
  std::string since;
  std::string until;
  bool questions = false;
};

std::optional<double> IfPresent(bool present, double value) {
  return present ? std::optional<double>(value) : std::nullopt;
}

std::optional<Interval> IntervalOf(const v1::Driver& driver) {
  if (!driver.has_low()) return std::nullopt;
  return Interval{driver.low(), driver.high()};
}

ordered_json DriverJson(const v1::DriverReport& report) {
  ordered_json json;
  json["n"] = report.n();
  json["r2"] = JsonOf(IfPresent(report.has_r2(), report.r2()));
  json["predictors"] = ordered_json::array();
  for (const v1::Driver& driver : report.predictors()) {
    json["predictors"].push_back(
        {{"name", driver.id()},
         {"lmg", JsonOf(IfPresent(driver.has_lmg(), driver.lmg()))},
         {"relative_weight", driver.relative_weight()},
         {"share", JsonOf(IfPresent(driver.has_share(), driver.share()))},
         {"sign", driver.sign()},
         {"ci", JsonOf(IntervalOf(driver))},
         {"title", driver.title()},
         {"weight", driver.weight()},
         {"sentence", driver.sentence()}});
  }
  json["dropped"] = ordered_json::array();
  for (const std::string& id : report.dropped()) json["dropped"].push_back(id);
  json["reason"] = nullptr;
  if (!report.reason().empty()) json["reason"] = report.reason();
  json["form"] = report.form();
  json["outcome"] = MeasureWord(report.outcome());
  json["contacts"] = report.contacts();
  json["rows_dropped"] = report.contacts() - report.n();
  json["draws"] = report.draws();
  json["seed"] = report.seed();
  json["summary"] = report.summary();
  return json;
}

StatsTable TableOf(const v1::DriverReport& report) {
  constexpr int kPercentPlaces = 1;
  constexpr int kPlaces = 4;
  StatsTable table{"",
                   {{"name", Align::kLeft},
                    {"weight", Align::kRight},
                    {"share", Align::kRight},
                    {"sign", Align::kRight},
                    {"lmg", Align::kRight},
                    {"low", Align::kRight},
                    {"high", Align::kRight},
                    {"relative_weight", Align::kRight}},
                   {}};
  for (const v1::Driver& driver : report.predictors()) {
    const auto interval = IntervalOf(driver);
    table.rows.push_back(
        {driver.id(),
         Shown(std::optional<double>(driver.weight()), kPercentPlaces),
         Shown(IfPresent(driver.has_share(), driver.share()), kPercentPlaces),
         driver.sign() > 0   ? "+"
         : driver.sign() < 0 ? "-"
                             : "",
         Shown(IfPresent(driver.has_lmg(), driver.lmg()), kPlaces),
         interval ? Shown(std::optional<double>(interval->low), kPlaces) : "",
         interval ? Shown(std::optional<double>(interval->high), kPlaces) : "",
         Shown(std::optional<double>(driver.relative_weight()), kPlaces)});
  }
  return table;
}

absl::Status Show(Session& session, const DriverOptions& options) {
  v1::GetDriverReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  request.set_outcome(ParseMeasure(options.outcome));
  request.set_level(options.questions ? v1::DriverReport::LEVEL_QUESTION
                                      : v1::DriverReport::LEVEL_SECTION);
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(
      *request.mutable_period(),
      SurveyPeriodArgument(options.period, options.since, options.until));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::DriverReport report,
      client->Call(&v1::VoiceService::Stub::GetDriverReport, request));
  StatsReport shown;
  shown.json = DriverJson(report);
  shown.headline = report.summary();
  for (const v1::Driver& driver : report.predictors()) {
    absl::StrAppend(&shown.headline, "\n  ", driver.sentence());
  }
  if (!report.predictors().empty() || !session.is_table()) {
    shown.tables.push_back(TableOf(report));
  }
  if (!report.dropped().empty()) {
    shown.remarks.push_back(
        absl::StrCat("Left out, because they do not vary or seldom apply: ",
                     absl::StrJoin(report.dropped(), ", "), "."));
  }
  if (report.collinear()) {
    shown.remarks.push_back(
        "Some follow from the others: their shares cannot be told apart.");
  }
  return PrintStats(session, shown);
}

}  // namespace

void AddDriverReport(CLI::App& group, Session& session) {
  CLI::App& drivers = AddCommand(
      group, "drivers",
      "Which sections of a form move customers' answers, beside what they "
      "weigh.",
      "attune report drivers --form call\n"
      "attune report drivers --form call --outcome csat --questions -o json");
  auto options = std::make_shared<DriverOptions>();
  AddOption(drivers, "--form", options->form, "Scores on which form.")
      .Required();
  AddOption(drivers, "--outcome", options->outcome,
            "nps (the answer of 0 to 10) or csat; default nps.")
      .OneOf({"nps", "csat"});
  AddFlag(drivers, "--questions", options->questions,
          "Questions instead of sections.");
  AddOption(drivers, "--team", options->team,
            "Only people who are in this team now.");
  AddOption(drivers, "--period", options->period,
            "2026, 2026-Q1, 2026-03 or 2026-03-15.")
      .TypeName("PERIOD");
  AddOption(drivers, "--since", options->since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(drivers, "--until", options->until, "Last day, UTC.")
      .TypeName("DAY");
  OnRun(drivers, session,
        [&session, options] { return Show(session, *options); });
}

}  // namespace attune
