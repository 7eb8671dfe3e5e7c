// Forms and answers written down in tests.

#ifndef ATTUNE_TESTS_ENGINE_SCORING_SCORING_FORMS_H_
#define ATTUNE_TESTS_ENGINE_SCORING_SCORING_FORMS_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "attune/v1/form.pb.h"
#include "attune/v1/score.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/score.h"

namespace attune {

using AnswerList = google::protobuf::RepeatedPtrField<v1::Answer>;

inline v1::Form FormOf(const std::string& text) {
  v1::Form form;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &form));
  return form;
}

inline CompiledForm Compiled(const v1::Form& form) {
  auto compiled = CompiledForm::Make(form);
  EXPECT_TRUE(compiled.ok()) << compiled.status();
  return *std::move(compiled);
}

// "late" is a choice, "na" not applicable; of the form "q:late p:na".
inline AnswerList Chosen(const std::string& words) {
  AnswerList answers;
  for (absl::string_view word :
       absl::StrSplit(words, ' ', absl::SkipWhitespace())) {
    const std::vector<std::string> parts = absl::StrSplit(word, ':');
    v1::Answer& answer = *answers.Add();
    answer.set_question_id(parts[0]);
    if (parts[1] == "na") {
      answer.set_na(true);
    } else {
      answer.set_choice_id(parts[1]);
    }
  }
  return answers;
}

inline AnswerList ListOf(const std::vector<v1::Answer>& answers) {
  return AnswerList(answers.begin(), answers.end());
}

inline v1::Score ScoreOf(const v1::Form& form, const std::string& words) {
  return ExplainScore(Compiled(form), Chosen(words));
}

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_SCORING_SCORING_FORMS_H_
