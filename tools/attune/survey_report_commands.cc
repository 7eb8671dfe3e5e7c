// attune nps and attune report surveys: what customers' answers come to.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
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

constexpr int kPlaces = 2;
constexpr int kTestPlaces = 4;

struct SurveyOptions {
  std::string measure;
  std::string agent;
  std::string team;
  std::string queue;
  std::string channel;
  std::string form;
  std::string period;
  std::string since;
  std::string until;
  std::string by;
};

std::optional<double> IfPresent(bool present, double value) {
  return present ? std::optional<double>(value) : std::nullopt;
}

template <typename Message>
std::optional<Interval> IntervalOf(const Message& message) {
  if (!message.has_low() || !message.has_high()) return std::nullopt;
  return Interval{message.low(), message.high()};
}

ordered_json WordOrNull(const std::string& word) {
  if (word.empty()) return nullptr;
  return word;
}

bool IsMean(v1::SurveyMeasure measure) {
  return measure == v1::SURVEY_MEASURE_CSAT ||
         measure == v1::SURVEY_MEASURE_PARTNER_RATING;
}

// What a measure's value is called.
const char* ValueKey(v1::SurveyMeasure measure) {
  if (measure == v1::SURVEY_MEASURE_NPS) return "nps";
  return IsMean(measure) ? "mean" : "percent";
}

void AddFigure(v1::SurveyMeasure measure, const v1::SurveyFigure& figure,
               ordered_json& json) {
  json["n"] = figure.n();
  if (measure == v1::SURVEY_MEASURE_NPS) {
    json["promoters"] = figure.promoters();
    json["passives"] = figure.passives();
    json["detractors"] = figure.detractors();
  } else if (!IsMean(measure)) {
    json["yes"] = figure.yes();
    json["no"] = figure.no();
  }
  json[ValueKey(measure)] =
      JsonOf(IfPresent(figure.has_value(), figure.value()));
  json["margin"] = JsonOf(IfPresent(figure.has_margin(), figure.margin()));
  json["ci"] = JsonOf(IntervalOf(figure));
  json["reason"] = WordOrNull(figure.reason());
  json["blank"] = figure.blank();
  json["responses"] = figure.responses();
  json["answered"] = figure.answered();
  json["response_rate"] =
      JsonOf(IfPresent(figure.has_response_rate(), figure.response_rate()));
}

ordered_json ChangeJson(v1::SurveyMeasure measure,
                        const v1::SurveyChange& change) {
  ordered_json json;
  json["before"] = ordered_json::object();
  AddFigure(measure, change.before(), json["before"]);
  json["change"] = JsonOf(IfPresent(change.has_change(), change.change()));
  json["ci"] = JsonOf(IntervalOf(change));
  json["p"] = JsonOf(IfPresent(change.has_p(), change.p()));
  json["p_adjusted"] =
      JsonOf(IfPresent(change.has_p_adjusted(), change.p_adjusted()));
  json["significant"] = change.significant();
  json["reason"] = WordOrNull(change.reason());
  json["sentence"] = change.sentence();
  return json;
}

ordered_json GroupsJson(
    v1::SurveyMeasure measure, const std::string& key,
    const google::protobuf::RepeatedPtrField<v1::SurveyGroup>& groups) {
  ordered_json list = ordered_json::array();
  for (const v1::SurveyGroup& group : groups) {
    ordered_json one;
    one[key] = group.key();
    if (group.display_name() != group.key()) {
      one["display_name"] = group.display_name();
    }
    AddFigure(measure, group.figure(), one);
    if (group.has_change()) one["change"] = ChangeJson(measure, group.change());
    list.push_back(std::move(one));
  }
  return list;
}

ordered_json PeriodJson(const v1::Period& period) {
  return {{"first_day", WordOrNull(period.first_day())},
          {"last_day", WordOrNull(period.last_day())}};
}

ordered_json ReportJson(const v1::SurveyReport& report) {
  const v1::SurveyMeasure measure = report.measure();
  ordered_json json;
  AddFigure(measure, report.overall(), json);
  json["measure"] = MeasureWord(measure);
  json["person"] = WordOrNull(report.person());
  json["team"] = WordOrNull(report.team());
  json["period"] = PeriodJson(report.period());
  if (report.has_change()) {
    json["period_before"] = PeriodJson(report.period_before());
    json["change"] = ChangeJson(measure, report.change());
  }
  json["groups"] = GroupsJson(measure, "key", report.groups());
  json["months"] = GroupsJson(measure, "month", report.months());
  return json;
}

// `rose`, `fell`, `as before`, `too few`.
std::string Verdict(const v1::SurveyChange& change) {
  if (!change.reason().empty()) {
    return change.reason() == "no_variation" ? "all the same" : "too few";
  }
  if (!change.significant()) return "as before";
  return change.change() > 0 ? "rose" : "fell";
}

// A person's or a team's id, which says who it is in other commands.
std::string ShownKey(const std::string& key) {
  return key.empty() ? "-" : LastPart(key);
}

StatsTable GroupTable(
    v1::SurveyMeasure measure, const std::string& key, bool named,
    bool with_change,
    const google::protobuf::RepeatedPtrField<v1::SurveyGroup>& groups) {
  StatsTable table;
  table.columns.emplace_back(key, Align::kLeft);
  if (named) table.columns.emplace_back("display_name", Align::kLeft);
  table.columns.emplace_back("n", Align::kRight);
  if (measure == v1::SURVEY_MEASURE_NPS) {
    table.columns.emplace_back("promoters", Align::kRight);
    table.columns.emplace_back("passives", Align::kRight);
    table.columns.emplace_back("detractors", Align::kRight);
  }
  table.columns.emplace_back(ValueKey(measure), Align::kRight);
  table.columns.emplace_back("low", Align::kRight);
  table.columns.emplace_back("high", Align::kRight);
  if (with_change) {
    table.columns.emplace_back("before", Align::kRight);
    table.columns.emplace_back("p", Align::kRight);
    table.columns.emplace_back("change", Align::kLeft);
  }
  for (const v1::SurveyGroup& group : groups) {
    const v1::SurveyFigure& figure = group.figure();
    std::vector<std::string> row = {ShownKey(group.key())};
    if (named) row.push_back(group.display_name());
    row.push_back(absl::StrCat(figure.n()));
    if (measure == v1::SURVEY_MEASURE_NPS) {
      row.push_back(absl::StrCat(figure.promoters()));
      row.push_back(absl::StrCat(figure.passives()));
      row.push_back(absl::StrCat(figure.detractors()));
    }
    row.push_back(figure.has_value()
                      ? Shown(std::optional<double>(figure.value()), kPlaces)
                      : "too few to tell");
    const auto interval = IntervalOf(figure);
    row.push_back(
        Shown(IfPresent(interval.has_value(), figure.low()), kPlaces));
    row.push_back(
        Shown(IfPresent(interval.has_value(), figure.high()), kPlaces));
    if (with_change) {
      const v1::SurveyChange& change = group.change();
      row.push_back(
          Shown(IfPresent(change.before().has_value(), change.before().value()),
                kPlaces));
      row.push_back(
          Shown(IfPresent(change.has_p_adjusted(), change.p_adjusted()),
                kTestPlaces));
      row.push_back(group.has_change() ? Verdict(change) : "");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

StatsTable OverallTable(const v1::SurveyReport& report) {
  v1::SurveyReport alone;
  v1::SurveyGroup& group = *alone.add_groups();
  *group.mutable_figure() = report.overall();
  group.set_key(report.person().empty() ? report.team() : report.person());
  if (report.has_change()) *group.mutable_change() = report.change();
  return GroupTable(report.measure(), "of", false, report.has_change(),
                    alone.groups());
}

std::string TitleOf(v1::SurveyMeasure measure) {
  switch (measure) {
    case v1::SURVEY_MEASURE_NPS:
      return "NPS";
    case v1::SURVEY_MEASURE_CSAT:
      return "CSAT (1 to 5)";
    case v1::SURVEY_MEASURE_PARTNER_RATING:
      return "Partner rating (0 to 10)";
    case v1::SURVEY_MEASURE_WOULD_HIRE:
      return "Would hire the agent, %";
    case v1::SURVEY_MEASURE_DID_REFER:
      return "Did refer somebody, %";
    default:
      return "Would recommend, %";
  }
}

std::string Headline(const v1::SurveyReport& report) {
  const v1::SurveyFigure& figure = report.overall();
  const std::string title = TitleOf(report.measure());
  std::string text =
      figure.has_value()
          ? absl::StrCat(title, ": ",
                         Shown(std::optional<double>(figure.value()), kPlaces),
                         " from ", figure.n(), " answers")
          : absl::StrCat(title, ": too few answers to tell (", figure.n(), ")");
  if (const auto interval = IntervalOf(figure)) {
    absl::StrAppend(&text, ", 95 % interval ", Shown(interval, kPlaces));
  }
  if (report.measure() == v1::SURVEY_MEASURE_NPS) {
    absl::StrAppend(&text, "; ", figure.promoters(), " promoters, ",
                    figure.passives(), " passives, ", figure.detractors(),
                    " detractors");
  }
  absl::StrAppend(&text, ".\n", figure.responses(), " surveys, ",
                  figure.answered(), " answered, ", figure.blank(),
                  " of them without this answer.");
  if (report.has_change()) {
    absl::StrAppend(&text, "\nAgainst ", report.period_before().first_day(),
                    " to ", report.period_before().last_day(), ": ",
                    report.change().sentence());
  }
  return text;
}

absl::Status Show(Session& session, const SurveyOptions& options) {
  v1::GetSurveyReportRequest request;
  request.set_measure(ParseMeasure(options.measure));
  request.set_group_by(ParseGrouping(options.by));
  request.set_queue(options.queue);
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_person(), PersonArgument(options.agent));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.channel.empty()) {
    request.set_channel(*ParseChannel(options.channel));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  ASSIGN_OR_RETURN(
      *request.mutable_period(),
      SurveyPeriodArgument(options.period, options.since, options.until));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::SurveyReport report,
      client->Call(&v1::VoiceService::Stub::GetSurveyReport, request));
  StatsReport shown;
  shown.json = ReportJson(report);
  shown.headline = Headline(report);
  const bool by_month = request.group_by() == v1::SurveyReport::GROUPING_MONTH;
  if (!options.by.empty()) {
    const bool named = request.group_by() == v1::SurveyReport::GROUPING_AGENT ||
                       request.group_by() == v1::SurveyReport::GROUPING_TEAM;
    shown.tables.push_back(GroupTable(report.measure(), options.by, named,
                                      by_month || report.has_change(),
                                      report.groups()));
  } else if (!session.is_table() || !session.output.fields.empty()) {
    shown.tables.push_back(OverallTable(report));
  }
  if (!by_month && report.months_size() > 1) {
    shown.tables.push_back(
        GroupTable(report.measure(), "month", false, false, report.months()));
  }
  return PrintStats(session, shown);
}

void AddOptions(CLI::App& command, Session& session,
                const std::shared_ptr<SurveyOptions>& options) {
  AddOption(command, "--agent", options->agent, "Only this person.");
  AddOption(command, "--team", options->team,
            "Only people who are in this team now.");
  AddOption(command, "--queue", options->queue,
            "Only contacts of this queue (their label `queue`).");
  AddOption(command, "--channel", options->channel, "Only this channel.")
      .OneOf(ChannelWords());
  AddOption(command, "--form", options->form,
            "Only contacts with a counted score on this form.");
  AddOption(command, "--period", options->period,
            "2026, 2026-Q1, 2026-03 or 2026-03-15, compared with as many "
            "days before.")
      .TypeName("PERIOD");
  AddOption(command, "--since", options->since, "First day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day, UTC.")
      .TypeName("DAY");
  AddOption(command, "--by", options->by,
            "One line for each of these, the lowest first.")
      .OneOf(GroupingWords());
  OnRun(command, session,
        [&session, options] { return Show(session, *options); });
}

}  // namespace

void AddNpsCommand(CLI::App& root, Session& session) {
  auto options = std::make_shared<SurveyOptions>();
  options->measure = "nps";
  AddOptions(
      AddCommand(root, "nps",
                 "The Net Promoter Score of customers' answers, with its 95 % "
                 "interval and whether it changed.",
                 "attune nps\n"
                 "attune nps --team red --period 2026-03 --by agent\n"
                 "attune nps --agent 28 --by month -o json"),
      session, options);
}

void AddSurveyReport(CLI::App& group, Session& session) {
  CLI::App& surveys = AddCommand(
      group, "surveys",
      "Any measure of customers' answers: value, interval, change, months.",
      "attune report surveys --measure csat --by agent\n"
      "attune report surveys --measure would_hire --agent 28 --period 2026-Q1");
  auto options = std::make_shared<SurveyOptions>();
  options->measure = "nps";
  AddOption(surveys, "--measure", options->measure, "Which; default nps.")
      .OneOf(MeasureWords());
  AddOptions(surveys, session, options);
}

}  // namespace attune
