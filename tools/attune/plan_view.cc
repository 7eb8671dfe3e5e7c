#include "tools/attune/plan_view.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

std::string LowerWord(const std::string& name, const char* prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(name, prefix));
}

template <typename Names>
std::string Ids(const Names& names) {
  return absl::StrJoin(names, ", ", [](std::string* out, const auto& name) {
    absl::StrAppend(out, LastPart(name));
  });
}

std::string PerAgent(const v1::SamplingPlan& plan) {
  if (plan.has_count_per_agent()) return absl::StrCat(plan.count_per_agent());
  const std::string percent = absl::StrCat(plan.percent_per_agent(), " %");
  return plan.minimum_per_agent() == 0
             ? percent
             : absl::StrCat(percent, ", at least ", plan.minimum_per_agent());
}

std::string OfWhom(const v1::SamplingPlan& plan) {
  const auto& population = plan.population();
  if (population.teams().empty() && population.people().empty()) {
    return "everyone";
  }
  std::vector<std::string> parts;
  for (const auto* names : {&population.teams(), &population.people()}) {
    if (!names->empty()) parts.push_back(Ids(*names));
  }
  return absl::StrJoin(parts, ", ");
}

template <typename Item>
Column<Item> Number(const std::string& key, int32_t (Item::*get)() const) {
  return {key, Align::kRight,
          [get](const Item& item) { return absl::StrCat((item.*get)()); }};
}

void PrintAgents(Session& session, const v1::Draw& draw) {
  Table table({{"AGENT"},
               {"FRAME", Align::kRight},
               {"WANTED", Align::kRight},
               {"DRAWN", Align::kRight},
               {"DONE", Align::kRight},
               {"LOST", Align::kRight},
               {"SHORTFALL", Align::kRight}});
  for (const v1::Draw::Agent& agent : draw.agents()) {
    table.AddRow(
        {LastPart(agent.agent()), absl::StrCat(agent.frame_count()),
         absl::StrCat(agent.wanted_count()), absl::StrCat(agent.drawn_count()),
         absl::StrCat(agent.done_count()), absl::StrCat(agent.lost_count()),
         absl::StrCat(agent.shortfall_count())});
  }
  session.terminal.out << "\n"
                       << table.Render({session.output.headers,
                                        session.terminal.out_color,
                                        session.terminal.width, 0});
}

void PrintLoads(Session& session, const v1::Draw& draw) {
  Table table({{"ADVOCATE"}, {"CALLS", Align::kRight}});
  for (const v1::Draw::Load& load : draw.loads()) {
    table.AddRow({LastPart(load.advocate()), absl::StrCat(load.count())});
  }
  session.terminal.out << "\n"
                       << table.Render({session.output.headers,
                                        session.terminal.out_color,
                                        session.terminal.width, 0});
}

}  // namespace

const std::vector<Column<v1::SamplingPlan>>& PlanColumns() {
  using Row = v1::SamplingPlan;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"plan_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
      {"title", Align::kLeft, [](const Row& row) { return row.title(); }},
      {"form", Align::kLeft,
       [](const Row& row) { return LastPart(row.form()); }},
      {"of", Align::kLeft, &OfWhom},
      {"per_agent", Align::kLeft, &PerAgent},
      {"period", Align::kLeft,
       [](const Row& row) {
         return LowerWord(Row::Period_Name(row.period()), "PERIOD_");
       }},
      {"advocates", Align::kLeft,
       [](const Row& row) {
         return row.advocates().empty() ? "everyone" : Ids(row.advocates());
       }},
      {"overlap_percent", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.overlap_percent()); }},
      {"seed", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.seed()); }},
      {"state", Align::kLeft,
       [](const Row& row) {
         return LowerWord(Row::State_Name(row.state()), "STATE_");
       }},
  };
  return columns;
}

const std::vector<Column<v1::Draw>>& DrawColumns() {
  using Row = v1::Draw;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"period", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
      Number("frame", &Row::frame_count),
      Number("drawn", &Row::drawn_count),
      Number("overlap", &Row::overlap_count),
      {"connected", Align::kLeft,
       [](const Row& row) { return row.connected() ? "yes" : "no"; }},
      Number("done", &Row::done_count),
      Number("lost", &Row::lost_count),
      Number("shortfall", &Row::shortfall_count),
      {"drawn_at", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
  };
  return columns;
}

absl::Status PrintDraw(Session& session, const v1::Draw& draw) {
  if (session.output.format == Format::kCsv) {
    const std::vector<Column<v1::Draw::Pick>> columns = {
        {"contact", Align::kLeft,
         [](const v1::Draw::Pick& pick) { return pick.contact(); }},
        {"advocates", Align::kLeft,
         [](const v1::Draw::Pick& pick) { return Ids(pick.advocates()); }}};
    ListPrinter<v1::Draw::Pick> printer(session.terminal, session.output,
                                        columns);
    RETURN_IF_ERROR(printer.Begin());
    for (const v1::Draw::Pick& pick : draw.picks()) printer.Add(pick);
    printer.End();
    return absl::OkStatus();
  }
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, DrawColumns(), draw);
  }
  PrintFacts(
      session.terminal,
      {{"draw", draw.name()},
       {"seed", absl::StrCat(draw.seed())},
       {"calls", absl::StrCat(draw.drawn_count(), " of ", draw.frame_count(),
                              ", ", draw.overlap_count(), " of them twice")},
       {"data", draw.frame_hash()},
       {"raters comparable", draw.connected() ? "yes" : "no"},
       {"shortfall", absl::StrCat(draw.shortfall_count())},
       {"drawn at", ShortTime(draw.create_time())}});
  PrintAgents(session, draw);
  PrintLoads(session, draw);
  return absl::OkStatus();
}

}  // namespace attune
