#include "tools/attune/backtest_view.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/attune/arguments.h"
#include "tools/attune/table.h"

namespace attune {
namespace {

constexpr int kMostQuestions = 10;
constexpr int kMostAgents = 20;
constexpr int kBarWidth = 20;

std::string Number(double value) { return absl::StrFormat("%.2f", value); }

// `+3.10`; what rounds to nothing has no sign.
std::string Signed(double value) {
  return std::abs(value) < 0.005 ? "0.00" : absl::StrFormat("%+.2f", value);
}

std::string Overview(const v1::Backtest& backtest) {
  std::string text = absl::StrCat(
      backtest.evaluations(), " evaluations read, ", backtest.compared(),
      " compared: ", backtest.raised(), " higher, ", backtest.lowered(),
      " lower, ", backtest.compared() - backtest.raised() - backtest.lowered(),
      " the same\n");
  if (backtest.score_lost() + backtest.score_gained() > 0) {
    absl::StrAppend(&text, backtest.score_lost(),
                    " would have no score any more, ", backtest.score_gained(),
                    " would get one\n");
  }
  if (backtest.with_missing_answers() > 0) {
    absl::StrAppend(&text, "In ", backtest.with_missing_answers(),
                    " a question of the form has no answer; it counts as not "
                    "applicable here\n");
  }
  for (const auto& question : backtest.questions_without_history()) {
    absl::StrAppend(&text, "Not in history: ", question.question_id(), "\n");
  }
  for (const auto& question : backtest.questions_left_out()) {
    absl::StrAppend(&text, "Not in the form: ", question.question_id(), " (",
                    question.evaluations(), " evaluations)\n");
  }
  for (const auto& answer : backtest.unmatched_answers()) {
    absl::StrAppend(
        &text, "Answer that does not fit: ", answer.question_id(),
        answer.choice_id().empty() ? "" : absl::StrCat("=", answer.choice_id()),
        " (", answer.evaluations(), " evaluations)\n");
  }
  return text;
}

std::string DistributionTable(const v1::Backtest& backtest,
                              const ReportLook& look) {
  Table table({{"TOTAL"},
               {"MEAN", Align::kRight},
               {"SD", Align::kRight},
               {"5 %", Align::kRight},
               {"25 %", Align::kRight},
               {"MEDIAN", Align::kRight},
               {"75 %", Align::kRight},
               {"95 %", Align::kRight}});
  const auto add = [&](const char* name,
                       const v1::Backtest::Distribution& totals) {
    table.AddRow({name, Number(totals.mean_percent()),
                  totals.has_deviation() ? Number(totals.deviation()) : "-",
                  Number(totals.percentile_5()), Number(totals.percentile_25()),
                  Number(totals.median()), Number(totals.percentile_75()),
                  Number(totals.percentile_95())});
  };
  add("before", backtest.before());
  add("after", backtest.after());
  return table.Render({true, look.color, 0, 0});
}

std::string BinsTable(const v1::Backtest& backtest, const ReportLook& look) {
  Table table({{"FROM", Align::kRight},
               {"BEFORE", Align::kRight},
               {"AFTER", Align::kRight},
               {"BEFORE"},
               {"AFTER"}});
  int64_t most = 1;
  for (const auto& bin : backtest.bins()) {
    most = std::max({most, bin.before(), bin.after()});
  }
  const auto bar = [&](int64_t count) {
    std::string drawn =
        Bar(100.0 * static_cast<double>(count) / static_cast<double>(most),
            kBarWidth);
    drawn.resize(kBarWidth, ' ');
    return drawn;
  };
  // Without the empty ones at both ends.
  const auto is_empty = [](const v1::Backtest::Bin& bin) {
    return bin.before() + bin.after() == 0;
  };
  const auto& bins = backtest.bins();
  const auto first = std::find_if_not(bins.begin(), bins.end(), is_empty);
  const auto last = std::find_if_not(bins.rbegin(), bins.rend(), is_empty);
  for (auto at = first; at != last.base(); ++at) {
    const v1::Backtest::Bin& bin = *at;
    table.AddRow({absl::StrCat(bin.from_percent()), absl::StrCat(bin.before()),
                  absl::StrCat(bin.after()), bar(bin.before()),
                  bar(bin.after())});
  }
  return table.Render({true, look.color, 0, 0});
}

std::string LinesTable(const v1::Backtest& backtest, const ReportLook& look) {
  Table table({{"LINE"},
               {"AT", Align::kRight},
               {"BELOW BEFORE", Align::kRight},
               {"BELOW AFTER", Align::kRight},
               {"ROSE %", Align::kRight},
               {"FELL %", Align::kRight}});
  for (const auto& line : backtest.lines()) {
    table.AddRow({line.band().empty() ? "floor" : line.band(),
                  absl::StrCat(line.percent()),
                  absl::StrCat(line.below_before()),
                  absl::StrCat(line.below_after()), Number(line.rose_percent()),
                  Number(line.fell_percent())});
  }
  return table.Render({true, look.color, 0, 0});
}

using Drivers = google::protobuf::RepeatedPtrField<v1::Backtest::Driver>;

void AddDrivers(const Drivers& drivers, int most, Table& table) {
  int added = 0;
  for (const auto& driver : drivers) {
    if (added++ == most) return;
    table.AddRow({driver.question_id().empty() ? driver.section_id()
                                               : driver.question_id(),
                  Number(driver.lost_before()), Number(driver.lost_after()),
                  Signed(driver.contribution())});
  }
}

Table DriverTable(const char* head) {
  return Table({{head},
                {"LOST BEFORE", Align::kRight},
                {"LOST AFTER", Align::kRight},
                {"ADDS", Align::kRight}});
}

std::string DriversText(const v1::Backtest& backtest, const ReportLook& look) {
  Table sections = DriverTable("SECTION");
  AddDrivers(backtest.sections(), backtest.sections_size(), sections);
  sections.AddRow({"bonus and caps", "", "", Signed(backtest.bonus_change())});
  sections.AddRow(
      {"critical failures", "", "", Signed(backtest.critical_change())});
  Table questions = DriverTable("QUESTION");
  AddDrivers(backtest.questions(), kMostQuestions, questions);
  return absl::StrCat(
      "\nWhat drives the change: points of the total lost, on average\n",
      sections.Render({true, look.color, 0, 0}), "\n",
      questions.Render({true, look.color, 0, 0}));
}

std::string AgentsText(const v1::Backtest& backtest, const ReportLook& look) {
  Table table({{"AGENT"},
               {"N", Align::kRight},
               {"BEFORE", Align::kRight},
               {"AFTER", Align::kRight},
               {"CHANGE", Align::kRight},
               {"RANK BEFORE", Align::kRight},
               {"RANK AFTER", Align::kRight}});
  int added = 0;
  for (const auto& agent : backtest.agents()) {
    if (added++ == kMostAgents) break;
    table.AddRow({LastPart(agent.person()), absl::StrCat(agent.n()),
                  Number(agent.before_percent()), Number(agent.after_percent()),
                  Signed(agent.change()), absl::StrCat(agent.rank_before()),
                  absl::StrCat(agent.rank_after())});
  }
  std::string text;
  if (!table.empty()) {
    absl::StrAppend(&text, "\nAgents, the largest change first",
                    backtest.agents_size() > kMostAgents
                        ? absl::StrCat(" (", kMostAgents, " of ",
                                       backtest.agents_size(), ")")
                        : "",
                    "\n", table.Render({true, look.color, 0, 0}));
  }
  if (backtest.agents_with_too_few() > 0) {
    absl::StrAppend(&text, "Not enough data on ",
                    backtest.agents_with_too_few(),
                    " agents: under 5 evaluations\n");
  }
  return text;
}

}  // namespace

std::string BacktestText(const v1::Backtest& backtest, const ReportLook& look) {
  // Ids come from whoever wrote the forms.
  std::string text = PrintableLines(Overview(backtest));
  if (backtest.compared() == 0) return text;
  absl::StrAppend(&text, "\n", DistributionTable(backtest, look), "\n",
                  BinsTable(backtest, look));
  if (backtest.lines_size() > 0) {
    absl::StrAppend(&text, "\n", LinesTable(backtest, look));
  }
  return absl::StrCat(text, DriversText(backtest, look),
                      AgentsText(backtest, look));
}

}  // namespace attune
