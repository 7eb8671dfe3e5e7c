// What a set of answers may be.

#include "engine/scoring/answers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

constexpr char kForm[] = R"pb(
  title: "Every kind"
  sections {
    section_id: "all"
    title: "All"
    questions {
      question_id: "single"
      text: "One of them"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 2 }
      choices { choice_id: "no" label: "No" comment_required: true }
      na { allowed: true }
    }
    questions {
      question_id: "many"
      text: "Any of them"
      type: MULTI_CHOICE
      choices { choice_id: "a" label: "A" points: 1 }
      choices { choice_id: "b" label: "B" points: 2 comment_required: true }
    }
    questions {
      question_id: "number"
      text: "How many"
      type: NUMBER
      ranges { from: 1 to: 4 points: 1 }
      ranges { from: 6 to: 9 points: 3 }
    }
    questions { question_id: "text" text: "What" type: TEXT }
    questions { question_id: "date" text: "When" type: DATE required: true }
    questions {
      question_id: "hidden"
      text: "If so"
      type: SINGLE_CHOICE
      choices { choice_id: "x" label: "X" points: 1 }
      visible_when { question_id: "single" choice_ids: "yes" }
    }
  })pb";

AnswerList AnswersOf(const std::vector<std::string>& texts) {
  AnswerList answers;
  for (const std::string& text : texts) {
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(text, answers.Add()))
        << text;
  }
  return answers;
}

std::vector<std::string> Problems(const AnswerList& answers,
                                  Completeness completeness) {
  static const CompiledForm& form = *new CompiledForm(Compiled(FormOf(kForm)));
  std::vector<std::string> result;
  const Violations bad = CheckAnswers(form, answers, completeness);
  for (const Violation& violation : bad.all()) {
    EXPECT_FALSE(violation.description.empty());
    result.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return result;
}

using List = std::vector<std::string>;

const std::vector<std::string>& Complete() {
  static const auto& answers = *new std::vector<std::string>{
      "question_id: 'single' choice_id: 'yes'",
      "question_id: 'many' choice_ids: 'a'", "question_id: 'number' number: 4",
      "question_id: 'date' date: '2024-02-29'",
      "question_id: 'hidden' choice_id: 'x'"};
  return answers;
}

TEST(AnswersTest, ACompleteSetFits) {
  EXPECT_EQ(Problems(AnswersOf(Complete()), Completeness::kComplete), List());
}

TEST(AnswersTest, EachMisfitIsToldWithItsPathAndReason) {
  const struct {
    const char* answer;
    const char* problem;
  } kTable[] = {
      {"question_id: 'stranger'", "answers[0].question_id QUESTION_UNKNOWN"},
      {"question_id: 'single' choice_id: 'q'",
       "answers[0].choice_id CHOICE_UNKNOWN"},
      {"question_id: 'single' choice_ids: 'yes'",
       "answers[0].choice_ids ANSWER_WRONG_TYPE"},
      {"question_id: 'single' number: 1",
       "answers[0].number ANSWER_WRONG_TYPE"},
      {"question_id: 'single' text: 'yes'",
       "answers[0].text ANSWER_WRONG_TYPE"},
      {"question_id: 'single' date: '2024-01-01'",
       "answers[0].date ANSWER_WRONG_TYPE"},
      {"question_id: 'single' choice_id: 'yes' na: true",
       "answers[0] ANSWER_AMBIGUOUS"},
      {"question_id: 'many' na: true", "answers[0].na NA_NOT_ALLOWED"},
      {"question_id: 'many' choice_id: 'a'",
       "answers[0].choice_id ANSWER_WRONG_TYPE"},
      {"question_id: 'many' choice_ids: ['a', 'q']",
       "answers[0].choice_ids[1] CHOICE_UNKNOWN"},
      {"question_id: 'many' choice_ids: ['a', 'a']",
       "answers[0].choice_ids[1] CHOICE_DUPLICATE"},
      {"question_id: 'number' number: 5",
       "answers[0].number NUMBER_OUT_OF_RANGE"},
      {"question_id: 'number' number: nan",
       "answers[0].number NUMBER_NOT_FINITE"},
      {"question_id: 'number' choice_id: '4'",
       "answers[0].choice_id ANSWER_WRONG_TYPE"},
      {"question_id: 'text' text: 'a\\000b'", "answers[0].text TEXT_NOT_CLEAN"},
      {"question_id: 'text' comment: '\\377'",
       "answers[0].comment TEXT_NOT_CLEAN"},
      {"question_id: 'date' date: '2023-02-29'",
       "answers[0].date DATE_INVALID"},
      {"question_id: 'date' date: '29.2.2024'", "answers[0].date DATE_INVALID"},
      {"question_id: 'single' evidence { start_ms: -1 }",
       "answers[0].evidence[0].start_ms EVIDENCE_INVALID"},
      {"question_id: 'single' evidence {} evidence { start_ms: 5 end_ms: 4 }",
       "answers[0].evidence[1].end_ms EVIDENCE_INVALID"},
      {"question_id: 'single' evidence { quote: '\\000' }",
       "answers[0].evidence[0].quote TEXT_NOT_CLEAN"}};
  for (const auto& row : kTable) {
    EXPECT_EQ(Problems(AnswersOf({row.answer}), Completeness::kPartial),
              List{row.problem})
        << row.answer;
  }
}

TEST(AnswersTest, EverythingWrongIsToldAtOnce) {
  EXPECT_EQ(Problems(AnswersOf({"question_id: 'stranger'",
                                "question_id: 'number' number: 100",
                                "question_id: 'number' number: 1"}),
                     Completeness::kPartial),
            (List{"answers[0].question_id QUESTION_UNKNOWN",
                  "answers[1].number NUMBER_OUT_OF_RANGE",
                  "answers[2].question_id ANSWER_DUPLICATE"}));
}

TEST(AnswersTest, TextsAndEvidenceHaveLimits) {
  AnswerList answers = AnswersOf({"question_id: 'text'"});
  answers[0].set_text(std::string(4096, 'a'));
  EXPECT_EQ(Problems(answers, Completeness::kPartial), List());
  answers[0].set_text(std::string(4097, 'a'));
  answers[0].set_comment(std::string(4097, 'a'));
  for (int i = 0; i < 33; ++i) answers[0].add_evidence();
  EXPECT_EQ(
      Problems(answers, Completeness::kPartial),
      (List{"answers[0].text TEXT_TOO_LONG", "answers[0].comment TEXT_TOO_LONG",
            "answers[0].evidence EVIDENCE_INVALID"}));
}

TEST(AnswersTest, TenThousandAnswersAreRefusedAsOne) {
  AnswerList answers;
  for (int i = 0; i < 10'000; ++i) answers.Add()->set_question_id("single");
  EXPECT_EQ(Problems(answers, Completeness::kPartial),
            List{"answers TOO_MANY_ANSWERS"});
}

TEST(AnswersTest, OnlyACompleteSetNeedsAnswersCommentsAndVisibility) {
  const AnswerList answers =
      AnswersOf({"question_id: 'single' choice_id: 'no'",
                 "question_id: 'many' choice_ids: 'b' comment: ' '",
                 "question_id: 'hidden' choice_id: 'x'"});
  EXPECT_EQ(Problems(answers, Completeness::kPartial), List());
  EXPECT_EQ(Problems(answers, Completeness::kExample),
            (List{"answers[2].question_id ANSWER_HIDDEN",
                  "answers ANSWER_MISSING", "answers ANSWER_MISSING"}));
  EXPECT_EQ(Problems(answers, Completeness::kComplete),
            (List{"answers[0].comment COMMENT_MISSING",
                  "answers[1].comment COMMENT_MISSING",
                  "answers[2].question_id ANSWER_HIDDEN",
                  "answers ANSWER_MISSING", "answers ANSWER_MISSING"}));
}

TEST(AnswersTest, NoneOfTheChoicesIsAnAnswer) {
  std::vector<std::string> texts = Complete();
  texts[1] = "question_id: 'many'";
  EXPECT_EQ(Problems(AnswersOf(texts), Completeness::kComplete), List());
}

TEST(AnswersTest, ACommentAloneAnswersNothing) {
  std::vector<std::string> texts = Complete();
  texts[2] = "question_id: 'number' comment: 'lost count'";
  EXPECT_EQ(Problems(AnswersOf(texts), Completeness::kPartial), List());
  EXPECT_EQ(Problems(AnswersOf(texts), Completeness::kComplete),
            List{"answers ANSWER_MISSING"});
}

TEST(AnswersTest, AMisfitIsNotCalledMissingToo) {
  std::vector<std::string> texts = Complete();
  texts[2] = "question_id: 'number' number: 5";
  EXPECT_EQ(Problems(AnswersOf(texts), Completeness::kComplete),
            List{"answers[2].number NUMBER_OUT_OF_RANGE"});
}

}  // namespace
}  // namespace attune
