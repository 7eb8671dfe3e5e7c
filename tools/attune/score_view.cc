#include "tools/attune/score_view.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/attune/table.h"
#include "tools/attune/terminal.h"
#include "tools/attune/transcript_view.h"

namespace attune {
namespace {

std::string Number(double value) { return absl::StrFormat("%.2f", value); }

// Points as a form gives them: no more places than they need.
std::string Points(double value) { return absl::StrCat(value); }

std::string Words(absl::string_view enum_name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(enum_name), {{"_", " "}});
}

std::string StateText(v1::QuestionScore::State state) {
  switch (state) {
    case v1::QuestionScore::STATE_NA:
      return "does not apply";
    case v1::QuestionScore::STATE_NA_FULL_CREDIT:
      return "does not apply, full credit";
    case v1::QuestionScore::STATE_HIDDEN:
      return "hidden by the form";
    case v1::QuestionScore::STATE_UNSCORED:
      return "not scored";
    case v1::QuestionScore::STATE_UNANSWERED:
      return "UNANSWERED";
    default:
      return "";
  }
}

std::string QuestionWords(const v1::Form& form, const std::string& id) {
  const v1::Question* question = FindQuestion(form, id);
  return question == nullptr || question->text().empty() ? id
                                                         : question->text();
}

std::string SectionWords(const v1::Score& score, const std::string& id) {
  for (const v1::SectionScore& section : score.sections()) {
    if (section.section_id() == id && !section.title().empty()) {
      return section.title();
    }
  }
  return id;
}

std::string CriticalLines(const v1::Form& form, const v1::Score& score,
                          const ScoreLook& look) {
  if (score.critical_failures_size() == 0) return "";
  std::string text = Toned("\nCritical failures\n", Tone::kBad, look.color);
  for (const v1::CriticalFailure& failure : score.critical_failures()) {
    absl::StrAppend(
        &text, "  ",
        Printable(failure.question_id().empty()
                      ? SectionWords(score, failure.section_id())
                      : QuestionWords(form, failure.question_id())),
        ": hurts the ",
        failure.category() == v1::Critical::COMPLIANCE
            ? "law's demands"
            : Words(v1::Critical::Category_Name(failure.category())),
        "; effect: ", Words(v1::Critical::Effect_Name(failure.effect())), "\n");
  }
  return text;
}

std::string SectionsTable(const v1::Score& score, const ScoreLook& look) {
  Table table({{"SECTION"},
               {"WEIGHT", Align::kRight},
               {"SHARE", Align::kRight},
               {"PERCENT", Align::kRight},
               {"LOST", Align::kRight},
               {""}});
  for (const v1::SectionScore& section : score.sections()) {
    table.AddRow(
        {section.title().empty() ? section.section_id() : section.title(),
         Points(section.weight()), Number(section.effective_share()),
         section.has_percent() ? Number(section.percent()) : "n/a",
         Number(section.lost()),
         section.zeroed() ? "zeroed by a critical failure" : ""});
  }
  return table.Render({true, look.color, look.width, 0});
}

// What the rater wrote on one answer, a line each.
std::string Remarks(const v1::Answer* answer, const ScoreLook& look) {
  constexpr int kMargin = 6;
  if (answer == nullptr) return "";
  std::string text;
  const auto add = [&](const std::string& line) {
    absl::StrAppend(&text, std::string(kMargin, ' '),
                    Wrapped(Printable(line), look.width - kMargin, kMargin),
                    "\n");
  };
  if (!answer->comment().empty()) add(answer->comment());
  for (const v1::Evidence& evidence : answer->evidence()) {
    add(absl::StrCat("at ", Clocked(evidence.start_ms()),
                     evidence.end_ms() > 0
                         ? absl::StrCat(" to ", Clocked(evidence.end_ms()))
                         : "",
                     evidence.quote().empty()
                         ? ""
                         : absl::StrCat(": \"", evidence.quote(), "\"")));
  }
  return text;
}

std::string QuestionLines(const v1::Form& form, const AnswerList& answers,
                          const v1::Score& score, const ScoreLook& look) {
  Table table({{"LOST", Align::kRight},
               {"POINTS", Align::kRight},
               {"SHARE", Align::kRight},
               {"ANSWER"},
               {"QUESTION"}});
  for (const v1::QuestionScore& question : score.questions()) {
    const bool counted =
        question.state() == v1::QuestionScore::STATE_SCORED ||
        question.state() == v1::QuestionScore::STATE_NA_FULL_CREDIT;
    std::string answer =
        AnswerText(FindQuestion(form, question.question_id()),
                   FindAnswer(answers, question.question_id()));
    const std::string state = StateText(question.state());
    if (answer.empty() || answer == "n/a") {
      answer = state;
    } else if (!state.empty()) {
      absl::StrAppend(&answer, " (", state, ")");
    }
    if (question.bonus()) answer += " (bonus)";
    table.AddRow(
        {counted && question.lost() > 0 ? Number(question.lost()) : "",
         counted ? absl::StrCat(Points(question.points_earned()), "/",
                                Points(question.points_possible()))
                 : "",
         counted ? Number(question.effective_share()) : "", answer,
         absl::StrCat(question.question_id(), ": ",
                      QuestionWords(form, question.question_id()))},
        counted && question.lost() > 0 ? Tone::kWarning : Tone::kPlain);
  }
  const std::vector<std::string> lines =
      absl::StrSplit(table.Render({true, look.color, look.width, 2}), '\n');
  std::string text = absl::StrCat(lines[0], "\n");
  std::string section;
  for (int i = 0; i < score.questions_size(); ++i) {
    const v1::QuestionScore& question = score.questions(i);
    if (question.section_id() != section) {
      section = question.section_id();
      absl::StrAppend(&text,
                      Toned(Printable(SectionWords(score, section)),
                            Tone::kStrong, look.color),
                      "\n");
    }
    absl::StrAppend(&text, lines[static_cast<size_t>(i) + 1], "\n",
                    Remarks(FindAnswer(answers, question.question_id()), look));
  }
  return text;
}

std::string LossLines(const v1::Form& form, const v1::Score& score,
                      const ScoreLook& look) {
  if (score.largest_losses_size() == 0) return "";
  std::string text = "\nWhere most was lost\n";
  for (const v1::Loss& loss : score.largest_losses()) {
    absl::StrAppend(&text, absl::StrFormat("  %6s  ", Number(loss.lost())),
                    Wrapped(Printable(absl::StrCat(
                                QuestionWords(form, loss.question_id()), " (",
                                SectionWords(score, loss.section_id()), ")")),
                            look.width - 10, 10),
                    "\n");
  }
  return text;
}

}  // namespace

std::string TotalText(const v1::Score& score) {
  if (score.unanswered_size() > 0) {
    return absl::StrCat(
        score.has_percent_so_far()
            ? absl::StrCat("so far ", Number(score.percent_so_far()))
            : "nothing scored so far",
        ", ", score.unanswered_size(),
        score.unanswered_size() == 1 ? " question to go" : " questions to go");
  }
  if (!score.has_percent()) return "no score (nothing applies)";
  std::string text = absl::StrCat(Number(score.percent()), " of 100");
  if (!score.band().empty()) absl::StrAppend(&text, ", band ", score.band());
  if (score.below_floor()) absl::StrAppend(&text, ", BELOW THE FLOOR");
  if (score.has_percent_before_critical() &&
      score.percent_before_critical() != score.percent()) {
    absl::StrAppend(&text, " (", Number(score.percent_before_critical()),
                    " before critical failures)");
  }
  return text;
}

const std::vector<Column<v1::QuestionScore>>& QuestionScoreColumns() {
  using Row = v1::QuestionScore;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"question_id", Align::kLeft,
       [](const Row& row) { return row.question_id(); }},
      {"section_id", Align::kLeft,
       [](const Row& row) { return row.section_id(); }},
      {"state", Align::kLeft,
       [](const Row& row) {
         return absl::AsciiStrToLower(
             v1::QuestionScore::State_Name(row.state()).substr(6));
       }},
      {"points_earned", Align::kRight,
       [](const Row& row) { return Points(row.points_earned()); }},
      {"points_possible", Align::kRight,
       [](const Row& row) { return Points(row.points_possible()); }},
      {"effective_share", Align::kRight,
       [](const Row& row) { return Points(row.effective_share()); }},
      {"lost", Align::kRight,
       [](const Row& row) { return Points(row.lost()); }},
      {"bonus", Align::kLeft,
       [](const Row& row) { return row.bonus() ? "yes" : "no"; }},
  };
  return columns;
}

std::string AnswerText(const v1::Question* question, const v1::Answer* answer) {
  if (answer == nullptr) return "";
  if (answer->na()) return "n/a";
  const auto label = [question](const std::string& id) {
    if (question != nullptr) {
      for (const v1::Choice& choice : question->choices()) {
        if (choice.choice_id() == id && !choice.label().empty()) {
          return choice.label();
        }
      }
    }
    return id;
  };
  if (!answer->choice_id().empty()) return label(answer->choice_id());
  if (answer->choice_ids_size() > 0) {
    return absl::StrJoin(
        answer->choice_ids(), "; ",
        [&](std::string* out, const std::string& id) { *out += label(id); });
  }
  if (answer->has_number()) return absl::StrCat(answer->number());
  if (!answer->text().empty()) return answer->text();
  if (!answer->date().empty()) return answer->date();
  return "none";
}

const v1::Question* FindQuestion(const v1::Form& form,
                                 const std::string& question_id) {
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& question : section.questions()) {
      if (question.question_id() == question_id) return &question;
    }
  }
  return nullptr;
}

const v1::Answer* FindAnswer(const AnswerList& answers,
                             const std::string& question_id) {
  for (const v1::Answer& answer : answers) {
    if (answer.question_id() == question_id) return &answer;
  }
  return nullptr;
}

std::string ScoreText(const v1::Form& form, const AnswerList& answers,
                      const v1::Score& score, const ScoreLook& look) {
  const Tone tone = score.below_floor() || score.critical_failures_size() > 0
                        ? Tone::kBad
                        : Tone::kStrong;
  return absl::StrCat(
      form.title().empty() ? "" : absl::StrCat(Printable(form.title()), ": "),
      Toned(TotalText(score), tone, look.color), "\n",
      CriticalLines(form, score, look), "\n", SectionsTable(score, look), "\n",
      QuestionLines(form, answers, score, look), LossLines(form, score, look));
}

}  // namespace attune
