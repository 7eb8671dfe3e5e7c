#include "tools/attune/answer_argument.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/errors.h"
#include "tools/attune/failure.h"
#include "tools/attune/score_view.h"

namespace attune {
namespace {

// The id of the choice with this id or label.
std::string ChoiceId(const v1::Question* question, absl::string_view text) {
  if (question != nullptr) {
    for (const v1::Choice& choice : question->choices()) {
      if (absl::EqualsIgnoreCase(choice.label(), text)) {
        return choice.choice_id();
      }
    }
  }
  return std::string(text);
}

}  // namespace

absl::StatusOr<std::vector<ItemArgument>> ItemArguments(
    const std::vector<std::string>& items,
    const std::vector<std::string>& reasons) {
  if (items.empty()) return UsageError("Name an item: --item QUESTION=ANSWER.");
  if (items.size() != reasons.size()) {
    return UsageError(absl::StrCat("Each --item has its --reason: there are ",
                                   items.size(), " items and ", reasons.size(),
                                   " reasons."));
  }
  std::vector<ItemArgument> result;
  for (size_t i = 0; i < items.size(); ++i) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(items[i], absl::MaxSplits('=', 1));
    if (parts.first.empty() || parts.second.empty()) {
      return UsageError(
          absl::StrCat("An item is QUESTION=ANSWER, as empathy=at_once, not ",
                       items[i], "."));
    }
    result.push_back({parts.first, parts.second, reasons[i]});
  }
  return result;
}

absl::StatusOr<v1::Answer> AnswerArgument(const v1::Form& form,
                                          const std::string& question_id,
                                          const std::string& text) {
  v1::Answer answer;
  answer.set_question_id(question_id);
  if (text == "na") {
    answer.set_na(true);
    return answer;
  }
  const v1::Question* question = FindQuestion(form, question_id);
  switch (question == nullptr ? v1::Question::SINGLE_CHOICE
                              : question->type()) {
    case v1::Question::MULTI_CHOICE:
      for (absl::string_view id : absl::StrSplit(text, ',')) {
        answer.add_choice_ids(ChoiceId(question, id));
      }
      return answer;
    case v1::Question::NUMBER: {
      double number = 0;
      if (!absl::SimpleAtod(text, &number)) {
        return UsageError(
            absl::StrCat(question_id, " is a number, not ", text, "."));
      }
      answer.set_number(number);
      return answer;
    }
    case v1::Question::TEXT:
      answer.set_text(text);
      return answer;
    case v1::Question::DATE:
      answer.set_date(text);
      return answer;
    default:
      answer.set_choice_id(ChoiceId(question, text));
      return answer;
  }
}

}  // namespace attune
