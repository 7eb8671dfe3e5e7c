#include "tools/attune/self_check_view.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "engine/names.h"
#include "tools/attune/arguments.h"

namespace attune {
namespace {

std::string Word(const std::string& name, absl::string_view prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(name, prefix));
}

std::string Day(const google::protobuf::Timestamp& time) {
  return ShortTime(time).substr(0, 10);
}

template <typename Time>
std::string DayIf(bool has, const Time& time) {
  return has ? Day(time) : "";
}

std::string Signed(bool has, double gap) {
  return has ? absl::StrFormat("%+.2f", gap) : "";
}

std::string Percent(bool has, double percent) {
  return has ? absl::StrFormat("%.2f", percent) : "";
}

std::string PersonOf(const v1::SelfCheck& check) {
  const auto name = ParseSelfCheckName(check.name());
  return name ? name->person : "";
}

std::string PickText(const v1::SelfCheck& check,
                     v1::SelfCheckPick::Chooser chooser) {
  for (const v1::SelfCheckPick& pick : check.picks()) {
    if (pick.chooser() == chooser) return LastPart(pick.contact());
  }
  return "";
}

std::string PickStep(const v1::SelfCheckPick& pick) {
  if (pick.has_done_time()) return "both sides graded it";
  if (pick.has_self_submit_time()) return "graded by the agent";
  return pick.self_evaluation().empty() ? "picked" : "being graded";
}

TableLook LookOf(const Session& session) {
  return {session.output.headers, session.terminal.out_color,
          session.output.wide ? 0 : session.terminal.width, 0};
}

void PrintPicks(Session& session, const v1::SelfCheck& check) {
  if (check.picks().empty()) return;
  Table table({{"CALL", Align::kLeft},
               {"CHOSEN BY", Align::kLeft},
               {"WHERE IT STANDS", Align::kLeft},
               {"SELF", Align::kRight},
               {"ADVOCATE", Align::kRight},
               {"GAP", Align::kRight}});
  for (const v1::SelfCheckPick& pick : check.picks()) {
    const v1::SelfCheckGap& gap = pick.gap();
    table.AddRow(
        {LastPart(pick.contact()),
         Word(v1::SelfCheckPick::Chooser_Name(pick.chooser()), "CHOOSER_"),
         PickStep(pick), Percent(gap.has_self_percent(), gap.self_percent()),
         Percent(gap.has_advocate_percent(), gap.advocate_percent()),
         Signed(gap.has_gap(), gap.gap())});
  }
  session.terminal.out << "\n" << table.Render(LookOf(session));
}

void PrintSections(Session& session, const v1::SelfCheckGap& gap) {
  if (gap.sections().empty()) return;
  Table table({{"SECTION", Align::kLeft},
               {"SELF", Align::kRight},
               {"ADVOCATE", Align::kRight},
               {"GAP", Align::kRight},
               {"N", Align::kRight}});
  for (const v1::SectionGap& section : gap.sections()) {
    table.AddRow({section.title(), Percent(true, section.self_percent()),
                  Percent(true, section.advocate_percent()),
                  Signed(true, section.gap()), absl::StrCat(section.n())});
  }
  session.terminal.out << "\n" << table.Render(LookOf(session));
}

std::string MeanText(const v1::MeanGap& gap) {
  if (!gap.has_gap()) return "none";
  return absl::StrFormat("%+.2f from %d calls", gap.gap(), gap.n());
}

void PrintTally(Session& session, const v1::SelfCheckTally& tally) {
  session.terminal.out << "\n";
  PrintFacts(session.terminal,
             {{"done", absl::StrCat(tally.done_count())},
              {"begun", absl::StrCat(tally.begun_count())},
              {"missing", absl::StrCat(tally.missing_count())},
              {"mean gap", MeanText(tally.gap())},
              {"too kind", absl::StrCat(tally.too_kind_count())},
              {"too harsh", absl::StrCat(tally.too_harsh_count())},
              {"feedback", absl::StrCat(tally.feedback_count())},
              {"ideas", absl::StrCat(tally.idea_count())}});
  if (!tally.section_gaps().empty()) {
    Table sections({{"SECTION", Align::kLeft},
                    {"GAP", Align::kRight},
                    {"N", Align::kRight}});
    for (const v1::MeanGap& gap : tally.section_gaps()) {
      sections.AddRow({gap.section_id(), Signed(gap.has_gap(), gap.gap()),
                       absl::StrCat(gap.n())});
    }
    session.terminal.out << "\n" << sections.Render(LookOf(session));
  }
  if (tally.questions().empty()) return;
  Table questions({{"QUESTION", Align::kLeft},
                   {"KEEP", Align::kRight},
                   {"CHANGE", Align::kRight},
                   {"DROP", Align::kRight},
                   {"UNCLEAR", Align::kRight}});
  for (const v1::QuestionTally& question : tally.questions()) {
    questions.AddRow({question.question_id(),
                      absl::StrCat(question.keep_count()),
                      absl::StrCat(question.change_count()),
                      absl::StrCat(question.drop_count()),
                      absl::StrCat(question.unclear_count())});
  }
  session.terminal.out << "\n" << questions.Render(LookOf(session));
}

// Those of a list, and the gap, which lists leave out.
std::vector<Column<v1::SelfCheck>> WholeColumns() {
  using Row = v1::SelfCheck;
  std::vector<Column<Row>> columns = SelfCheckColumns();
  columns.push_back({"gap", Align::kRight, [](const Row& row) {
                       return Signed(row.gap().has_gap(), row.gap().gap());
                     }});
  columns.push_back({"reading", Align::kLeft,
                     [](const Row& row) { return ReadingWord(row.gap()); }});
  return columns;
}

// Whether text is asked for, rather than rows or JSON.
bool WantsText(const Session& session) {
  return session.is_table() && session.output.fields.empty();
}

}  // namespace

std::string SelfCheckStateWord(const v1::SelfCheck& check) {
  return Word(v1::SelfCheck::State_Name(check.state()), "STATE_");
}

std::string ReadingWord(const v1::SelfCheckGap& gap) {
  if (!gap.has_gap()) return "";
  return Word(v1::SelfCheckGap::Reading_Name(gap.reading()), "READING_");
}

std::string VerdictWord(v1::QuestionFeedback::Verdict verdict) {
  return Word(v1::QuestionFeedback::Verdict_Name(verdict), "VERDICT_");
}

std::string ReadingAdvice(v1::SelfCheckGap::Reading reading) {
  switch (reading) {
    case v1::SelfCheckGap::READING_NORMAL:
      return "normal: agents are mostly a little harsher on themselves";
    case v1::SelfCheckGap::READING_TOO_KIND:
      return "too kind: talk about how the form is meant";
    case v1::SelfCheckGap::READING_TOO_HARSH:
      return "too harsh: encourage";
    default:
      return "";
  }
}

const std::vector<Column<v1::SelfCheckCycle>>& CycleColumns() {
  using Row = v1::SelfCheckCycle;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"cycle_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
      {"title", Align::kLeft, [](const Row& row) { return row.title(); }},
      {"form", Align::kLeft,
       [](const Row& row) { return LastPart(row.form()); }},
      {"state", Align::kLeft,
       [](const Row& row) {
         return Word(v1::SelfCheckCycle::State_Name(row.state()), "STATE_");
       }},
      {"opens", Align::kLeft,
       [](const Row& row) { return ShortTime(row.open_time()); }},
      {"closes", Align::kLeft,
       [](const Row& row) { return ShortTime(row.close_time()); }},
      {"closed", Align::kLeft,
       [](const Row& row) {
         return row.has_actual_close_time() ? ShortTime(row.actual_close_time())
                                            : "";
       }},
  };
  return columns;
}

const std::vector<Column<v1::SelfCheck>>& SelfCheckColumns() {
  using Row = v1::SelfCheck;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"agent", Align::kLeft, &PersonOf},
      {"cycle_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.cycle()); }},
      {"state", Align::kLeft, &SelfCheckStateWord},
      {"own_call", Align::kLeft,
       [](const Row& row) {
         return PickText(row, v1::SelfCheckPick::CHOOSER_AGENT);
       }},
      {"leads_call", Align::kLeft,
       [](const Row& row) {
         return PickText(row, v1::SelfCheckPick::CHOOSER_LEAD);
       }},
      {"last_done", Align::kLeft,
       [](const Row& row) {
         return DayIf(row.has_last_done_time(), row.last_done_time());
       }},
      {"due", Align::kLeft, [](const Row& row) { return Day(row.due_time()); }},
      {"overdue", Align::kLeft,
       [](const Row& row) { return row.overdue() ? "yes" : "no"; }},
  };
  return columns;
}

const std::vector<Column<v1::CallToScore>>& CallToScoreColumns() {
  using Row = v1::CallToScore;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"agent", Align::kLeft,
       [](const Row& row) {
         const auto contact = ParseContactName(row.contact());
         return contact ? contact->person : "";
       }},
      {"form", Align::kLeft,
       [](const Row& row) { return LastPart(row.form()); }},
      {"cycle_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.cycle()); }},
  };
  return columns;
}

const std::vector<Column<v1::CycleGap>>& CycleGapColumns() {
  using Row = v1::CycleGap;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"cycle_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.cycle()); }},
      {"opened", Align::kLeft,
       [](const Row& row) { return Day(row.open_time()); }},
      {"form", Align::kLeft,
       [](const Row& row) { return ShortRevision(row.form_revision()); }},
      {"calls", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.gap().n()); }},
      {"self", Align::kRight,
       [](const Row& row) { return Percent(true, row.gap().self_percent()); }},
      {"advocate", Align::kRight,
       [](const Row& row) {
         return Percent(true, row.gap().advocate_percent());
       }},
      {"gap", Align::kRight,
       [](const Row& row) { return Signed(true, row.gap().gap()); }},
      {"reading", Align::kLeft,
       [](const Row& row) { return ReadingWord(row.gap()); }},
  };
  return columns;
}

absl::Status PrintSelfCheck(Session& session, const v1::SelfCheck& check) {
  if (!WantsText(session)) {
    return PrintOne(session.terminal, session.output, WholeColumns(), check);
  }
  std::vector<std::pair<std::string, std::string>> facts = {
      {"self-check", check.name()},
      {"state", InWords(SelfCheckStateWord(check))},
      {"form", check.form_revision()},
      {"last done", DayIf(check.has_last_done_time(), check.last_done_time())},
      {"due", absl::StrCat(Day(check.due_time()),
                           check.overdue() ? ", OVERDUE" : "")}};
  if (check.gap().has_gap()) {
    facts.emplace_back("gap",
                       absl::StrCat(Signed(true, check.gap().gap()), ", ",
                                    ReadingAdvice(check.gap().reading())));
  }
  PrintFacts(session.terminal, facts);
  PrintPicks(session, check);
  PrintSections(session, check.gap());
  return absl::OkStatus();
}

absl::Status PrintCycle(Session& session, const v1::SelfCheckCycle& cycle) {
  const absl::Status status =
      PrintOne(session.terminal, session.output, CycleColumns(), cycle);
  if (status.ok() && WantsText(session) && cycle.has_tally()) {
    PrintTally(session, cycle.tally());
  }
  return status;
}

}  // namespace attune
