#include "tools/attune/report_view.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

constexpr char kNotEnough[] = "not enough data";

std::string Number(double value) { return absl::StrFormat("%.2f", value); }

std::string CountText(int64_t count, absl::string_view one,
                      absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

std::string CriticalText(const v1::AgentSummary& summary) {
  std::vector<std::string> parts;
  for (const v1::CriticalCount& count : summary.critical_counts()) {
    parts.push_back(absl::StrCat(
        count.evaluations(), " ",
        absl::AsciiStrToLower(v1::Critical::Category_Name(count.category()))));
  }
  return absl::StrCat(
      summary.critical_evaluations(),
      parts.empty() ? "" : absl::StrCat(" (", absl::StrJoin(parts, ", "), ")"));
}

std::string Overview(const v1::AgentSummary& summary, const ReportLook& look) {
  const v1::Average& average = summary.average();
  std::string text = absl::StrCat(
      "Average ",
      Toned(AverageText(average),
            summary.below_floor() ? Tone::kBad : Tone::kStrong, look.color),
      " from ", CountText(average.n(), "evaluation", "evaluations"),
      ", 95 % interval ", IntervalText(average),
      summary.below_floor() ? ", BELOW THE FLOOR" : "", "\n");
  absl::StrAppend(&text, "Trend ", TrendText(summary.trend()),
                  "; critical failures in ", CriticalText(summary),
                  "; not acknowledged ", summary.unacknowledged(), "\n");
  if (!summary.focus().empty()) {
    absl::StrAppend(&text, "Coach first: ",
                    Wrapped(Printable(summary.focus()), look.width - 13, 13),
                    "\n");
  }
  return text;
}

std::string AgentsTable(const v1::TeamCoachingReport& report,
                        const ReportLook& look) {
  Table table({{"AGENT"},
               {"N", Align::kRight},
               {"AVERAGE", Align::kRight},
               {"95 % INTERVAL", Align::kRight},
               {"TREND", Align::kRight},
               {"CRITICAL", Align::kRight},
               {"UNREAD", Align::kRight},
               {"WEAKEST SECTION"},
               {"LOSES", Align::kRight}});
  for (const v1::AgentSummary& agent : report.agents()) {
    const bool lost =
        agent.sections_size() > 0 && agent.sections(0).weighted_loss() > 0;
    table.AddRow({absl::StrCat(NameText(agent.display_name(), agent.person()),
                               agent.below_floor() ? " !" : ""),
                  absl::StrCat(agent.average().n()),
                  AverageText(agent.average()), IntervalText(agent.average()),
                  agent.trend().has_change()
                      ? absl::StrFormat("%+.2f", agent.trend().change())
                      : kNotEnough,
                  absl::StrCat(agent.critical_evaluations()),
                  absl::StrCat(agent.unacknowledged()),
                  lost ? agent.sections(0).title() : "",
                  lost ? Number(agent.sections(0).weighted_loss()) : ""},
                 agent.below_floor() ? Tone::kBad : Tone::kPlain);
  }
  return table.Render({true, look.color, 0, 0});
}

// `75.56 (-6.11)`; the loss only if there is one.
std::string SectionCell(const v1::SectionAverage& section) {
  const std::string percent = Number(section.average().percent());
  if (section.weighted_loss() < 0.005) return percent;
  return absl::StrCat(percent, " (-", Number(section.weighted_loss()), ")");
}

// Columns are the sections, in the order of the team's losses.
std::string SectionMatrix(const v1::TeamCoachingReport& report,
                          const std::string& form, const ReportLook& look) {
  std::vector<TableColumn> columns = {{"AGENT"}};
  std::vector<std::string> ids;
  for (const v1::SectionAverage& section : report.overall().sections()) {
    if (section.form() != form) continue;
    ids.push_back(section.section_id());
    columns.push_back({section.title(), Align::kRight});
  }
  Table table(std::move(columns));
  const auto add = [&](const std::string& name, const v1::AgentSummary& summary,
                       Tone tone) {
    std::map<std::string, const v1::SectionAverage*> by_id;
    for (const v1::SectionAverage& section : summary.sections()) {
      if (section.form() == form) by_id[section.section_id()] = &section;
    }
    if (by_id.empty()) return;
    std::vector<std::string> cells = {name};
    for (const std::string& id : ids) {
      const auto found = by_id.find(id);
      const bool known =
          found != by_id.end() && found->second->average().has_percent();
      cells.push_back(known ? SectionCell(*found->second) : "n/a");
    }
    table.AddRow(std::move(cells), tone);
  };
  add("all agents", report.overall(), Tone::kStrong);
  for (const v1::AgentSummary& agent : report.agents()) {
    add(NameText(agent.display_name(), agent.person()), agent, Tone::kPlain);
  }
  return table.Render({true, look.color, 0, 0});
}

std::vector<std::string> FormsOf(const v1::AgentSummary& summary) {
  std::vector<std::string> forms;
  for (const v1::SectionAverage& section : summary.sections()) {
    if (std::find(forms.begin(), forms.end(), section.form()) == forms.end()) {
      forms.push_back(section.form());
    }
  }
  return forms;
}

std::string SectionsTable(const v1::AgentSummary& summary,
                          const ReportLook& look) {
  const bool several = FormsOf(summary).size() > 1;
  std::vector<TableColumn> columns = {{"SECTION"}};
  if (several) columns.push_back({"FORM"});
  columns.insert(columns.end(), {{"N", Align::kRight},
                                 {"AVERAGE", Align::kRight},
                                 {"0        50       100"},
                                 {"95 % INTERVAL", Align::kRight},
                                 {"LOSES", Align::kRight},
                                 {"CRITICAL", Align::kRight}});
  Table table(std::move(columns));
  for (const v1::SectionAverage& section : summary.sections()) {
    std::vector<std::string> cells = {section.title()};
    if (several) cells.push_back(LastPart(section.form()));
    const v1::Average& average = section.average();
    cells.insert(cells.end(),
                 {absl::StrCat(average.n()), AverageText(average),
                  average.has_percent() ? Bar(average.percent(), 20) : "",
                  IntervalText(average), Number(section.weighted_loss()),
                  absl::StrCat(section.critical_failures())});
    table.AddRow(std::move(cells));
  }
  return table.Render({true, look.color, 0, 0});
}

std::string RowsTable(const v1::AgentScorecard& scorecard,
                      const ReportLook& look) {
  Table table({{"DAY"},
               {"CALL"},
               {"FORM"},
               {"RATER"},
               {"PERCENT", Align::kRight},
               {"CRITICAL"},
               {"READ"},
               {"CONTESTED"},
               {"EVALUATION"}});
  for (const v1::ScorecardRow& row : scorecard.rows()) {
    table.AddRow({row.day(), LastPart(row.contact()),
                  ShortRevision(row.form_revision()), LastPart(row.rater()),
                  row.has_percent() ? Number(row.percent()) : "no score",
                  row.critical() ? "yes" : "", row.acknowledged() ? "yes" : "",
                  row.contested() ? "yes" : "", LastPart(row.evaluation())});
  }
  return table.Render({true, look.color, 0, 0});
}

}  // namespace

std::string PeriodText(const v1::Period& period) {
  if (period.first_day().empty() && period.last_day().empty()) {
    return "all scores to date";
  }
  if (period.first_day().empty()) {
    return absl::StrCat("up to ", period.last_day());
  }
  if (period.last_day().empty()) {
    return absl::StrCat("from ", period.first_day());
  }
  return absl::StrCat(period.first_day(), " to ", period.last_day());
}

std::string NameText(const std::string& display_name,
                     const std::string& resource) {
  const std::string id = LastPart(resource);
  if (display_name.empty() || display_name == id) return id;
  return absl::StrCat(display_name, " (", id, ")");
}

std::string AverageText(const v1::Average& average) {
  return average.has_percent() ? Number(average.percent()) : kNotEnough;
}

std::string IntervalText(const v1::Average& average) {
  if (!average.has_low() || !average.has_high()) return kNotEnough;
  return absl::StrCat(Number(average.low()), " to ", Number(average.high()));
}

std::string TrendText(const v1::Trend& trend) {
  if (!trend.has_change()) return kNotEnough;
  std::string text = absl::StrFormat("%+.2f", trend.change());
  if (trend.has_low() && trend.has_high()) {
    absl::StrAppend(
        &text, absl::StrFormat(" (%+.2f to %+.2f)", trend.low(), trend.high()));
  }
  return text;
}

std::string Bar(double percent, int width) {
  const double share = std::clamp(percent, 0.0, 100.0) / 100;
  return std::string(static_cast<size_t>(std::lround(share * width)), '#');
}

std::string Sparkline(const std::vector<double>& percents) {
  static constexpr const char* kBlocks[] = {"▁", "▂", "▃", "▄",
                                            "▅", "▆", "▇", "█"};
  std::string line;
  for (const double percent : percents) {
    const double share = std::clamp(percent, 0.0, 100.0) / 100;
    line += kBlocks[std::min<size_t>(static_cast<size_t>(share * 8), 7)];
  }
  return line;
}

std::string TeamReportText(const v1::TeamCoachingReport& report,
                           const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned(absl::StrCat(
                "Coaching report: ",
                Printable(NameText(report.display_name(), report.team()))),
            Tone::kStrong, look.color),
      ", ", PeriodText(report.period()), "\n", Overview(report.overall(), look),
      "\nAgents, those who need help first");
  const bool floor = std::any_of(
      report.agents().begin(), report.agents().end(),
      [](const v1::AgentSummary& agent) { return agent.below_floor(); });
  absl::StrAppend(&text, floor ? " (! is below the floor)\n" : "\n",
                  AgentsTable(report, look));
  for (const std::string& form : FormsOf(report.overall())) {
    absl::StrAppend(&text, "\nSections of ", form,
                    ": average (points of the total lost per evaluation)\n",
                    SectionMatrix(report, form, look));
  }
  return text;
}

std::string AgentReportText(const v1::AgentScorecard& scorecard,
                            const ReportLook& look) {
  const v1::AgentSummary& summary = scorecard.summary();
  std::string text = absl::StrCat(
      Toned(absl::StrCat(
                "Scorecard: ",
                Printable(NameText(summary.display_name(), summary.person()))),
            Tone::kStrong, look.color),
      ", ", PeriodText(scorecard.period()), "\n", Overview(summary, look));
  if (summary.sections_size() > 0) {
    absl::StrAppend(&text, "\nSections, the most points lost first\n",
                    SectionsTable(summary, look));
  }
  if (scorecard.days_size() > 1) {
    std::vector<double> percents;
    for (const v1::DayAverage& day : scorecard.days()) {
      percents.push_back(day.percent());
    }
    absl::StrAppend(&text, "\nDays ", scorecard.days(0).day(), " to ",
                    scorecard.days().rbegin()->day(), ": ", Sparkline(percents),
                    "\n");
  }
  if (scorecard.rows_size() > 0) {
    absl::StrAppend(&text, "\nNewest evaluations\n",
                    RowsTable(scorecard, look));
  }
  return text;
}

}  // namespace attune
