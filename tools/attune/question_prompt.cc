#include "tools/attune/question_prompt.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "engine/clock.h"
#include "tools/attune/terminal.h"

namespace attune {
namespace {

absl::Status Again(absl::string_view message) {
  return absl::InvalidArgumentError(std::string(message));
}

std::string Expected(const v1::Question& question) {
  switch (question.type()) {
    case v1::Question::SINGLE_CHOICE:
      return absl::StrCat("Type a number from 1 to ", question.choices_size());
    case v1::Question::MULTI_CHOICE:
      return absl::StrCat("Type numbers from 1 to ", question.choices_size(),
                          " with blanks between them, 0 for none");
    case v1::Question::NUMBER:
      return "Type a number";
    case v1::Question::DATE:
      return "Type a day as YYYY-MM-DD";
    default:
      return "Type a text of more than one letter";
  }
}

// The choice with this number, from 1.
absl::StatusOr<std::string> ChoiceAt(const v1::Question& question,
                                     absl::string_view typed) {
  int number = 0;
  if (!absl::SimpleAtoi(typed, &number) || number < 1 ||
      number > question.choices_size()) {
    return Again(absl::StrCat(Expected(question), "."));
  }
  return question.choices(number - 1).choice_id();
}

absl::Status ReadChoices(const v1::Question& question, absl::string_view typed,
                         v1::Answer& answer) {
  if (typed == "0") return absl::OkStatus();
  for (absl::string_view word :
       absl::StrSplit(typed, absl::ByAnyChar(", "), absl::SkipEmpty())) {
    const absl::StatusOr<std::string> id = ChoiceAt(question, word);
    if (!id.ok()) return id.status();
    const auto& ids = answer.choice_ids();
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) {
      answer.add_choice_ids(*id);
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string QuestionPrompt(const v1::Question& question,
                           const v1::Answer* current, const ScoreLook& look) {
  std::string text =
      absl::StrCat(Toned(Wrapped(Printable(question.text()), look.width, 0),
                         Tone::kStrong, look.color),
                   "\n");
  if (!question.guidance().empty()) {
    absl::StrAppend(
        &text, "  ",
        Toned(Wrapped(Printable(question.guidance()), look.width - 2, 2),
              Tone::kFaint, look.color),
        "\n");
  }
  for (int i = 0; i < question.choices_size(); ++i) {
    const v1::Choice& choice = question.choices(i);
    absl::StrAppend(
        &text, absl::StrFormat("  %2d  ", i + 1),
        Wrapped(Printable(absl::StrCat(
                    choice.label(), "  [", choice.points(),
                    choice.points() == 1 ? " point" : " points",
                    choice.comment_required() ? ", with a comment]" : "]")),
                look.width - 6, 6),
        "\n");
  }
  for (const v1::Range& range : question.ranges()) {
    absl::StrAppend(
        &text, absl::StrFormat("      %g to %g  [%g points]\n", range.from(),
                               range.to(), range.points()));
  }
  if (question.na().allowed()) {
    absl::StrAppend(
        &text, "   n  does not apply",
        question.na().condition().empty()
            ? ""
            : absl::StrCat(": ", Printable(question.na().condition())),
        "\n");
  }
  if (current != nullptr) {
    absl::StrAppend(
        &text, "  Answer so far: ", Printable(AnswerText(&question, current)),
        current->comment().empty()
            ? ""
            : absl::StrCat(" (", Printable(current->comment()), ")"),
        "\n");
  }
  return text;
}

absl::StatusOr<v1::Answer> ReadTyped(const v1::Question& question,
                                     absl::string_view typed) {
  v1::Answer answer;
  answer.set_question_id(question.question_id());
  if (typed == "n") {
    if (!question.na().allowed()) {
      return Again("This question always applies.");
    }
    answer.set_na(true);
    return answer;
  }
  switch (question.type()) {
    case v1::Question::SINGLE_CHOICE: {
      const absl::StatusOr<std::string> id = ChoiceAt(question, typed);
      if (!id.ok()) return id.status();
      answer.set_choice_id(*id);
      return answer;
    }
    case v1::Question::MULTI_CHOICE:
      if (absl::Status status = ReadChoices(question, typed, answer);
          !status.ok()) {
        return status;
      }
      return answer;
    case v1::Question::NUMBER: {
      double number = 0;
      if (!absl::SimpleAtod(typed, &number) || !std::isfinite(number)) {
        return Again(absl::StrCat(Expected(question), "."));
      }
      answer.set_number(number);
      return answer;
    }
    case v1::Question::DATE:
      if (!ParseDay(typed)) {
        return Again(absl::StrCat(Expected(question), "."));
      }
      answer.set_date(std::string(typed));
      return answer;
    default:
      if (typed.size() < 2) return Again(absl::StrCat(Expected(question), "."));
      answer.set_text(std::string(typed));
      return answer;
  }
}

bool NeedsComment(const v1::Question& question, const v1::Answer& answer) {
  for (const v1::Choice& choice : question.choices()) {
    const auto& ids = answer.choice_ids();
    if (choice.comment_required() &&
        (choice.choice_id() == answer.choice_id() ||
         std::find(ids.begin(), ids.end(), choice.choice_id()) != ids.end())) {
      return true;
    }
  }
  return false;
}

}  // namespace attune
