// Answers as people write them.

#include "engine/scoring/answers_json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"
#include "tests/status_matchers.h"

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
      choices { choice_id: "no" label: "No" }
      na { allowed: true }
    }
    questions {
      question_id: "many"
      text: "Any of them"
      type: MULTI_CHOICE
      choices { choice_id: "a" label: "A" points: 1 }
      choices { choice_id: "na" label: "None" points: 2 }
    }
    questions {
      question_id: "number"
      text: "How many"
      type: NUMBER
      ranges { from: 1 to: 4 points: 1 }
    }
    questions { question_id: "text" text: "What" type: TEXT }
    questions { question_id: "date" text: "When" type: DATE }
  })pb";

absl::StatusOr<AnswerList> Read(const std::string& json) {
  static const CompiledForm& form = *new CompiledForm(Compiled(FormOf(kForm)));
  return ParseAnswersJson(form, json);
}

std::string Texts(const AnswerList& answers) {
  std::string result;
  for (const v1::Answer& answer : answers) {
    absl::StrAppend(&result, answer.ShortDebugString(), "\n");
  }
  return result;
}

std::vector<std::string> Problems(const std::string& json) {
  std::vector<std::string> result;
  const auto answers = Read(json);
  EXPECT_FALSE(answers.ok()) << json;
  const Violations bad = Violations::FromStatus(answers.status());
  for (const Violation& violation : bad.all()) {
    result.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return result;
}

using List = std::vector<std::string>;

TEST(AnswersJsonTest, EachTypeReadsItsOwnKindOfValue) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const AnswerList answers,
      Read(R"({"single": "yes", "many": ["a", "na"], "number": 2.5,
               "text": "what was said", "date": "2024-02-29"})"));
  EXPECT_EQ(Texts(answers),
            "question_id: \"single\" choice_id: \"yes\"\n"
            "question_id: \"many\" choice_ids: \"a\" choice_ids: \"na\"\n"
            "question_id: \"number\" number: 2.5\n"
            "question_id: \"text\" text: \"what was said\"\n"
            "question_id: \"date\" date: \"2024-02-29\"\n");
}

TEST(AnswersJsonTest, NaIsNotApplicableUnlessAChoiceHasThatId) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const AnswerList answers,
                              Read(R"({"single": "na", "many": "na"})"));
  EXPECT_EQ(Texts(answers),
            "question_id: \"single\" na: true\n"
            "question_id: \"many\" choice_ids: \"na\"\n");
  EXPECT_EQ(Problems(R"({"number": "na"})"), List{"number NA_NOT_ALLOWED"});
}

TEST(AnswersJsonTest, AnObjectCarriesAComment) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const AnswerList answers,
      Read(R"({"single": {"answer": "no", "comment": "why"},
               "text": {"comment": "later"}, "number": {"answer": null}})"));
  EXPECT_EQ(Texts(answers),
            "question_id: \"single\" choice_id: \"no\" comment: \"why\"\n"
            "question_id: \"text\" comment: \"later\"\n"
            "question_id: \"number\"\n");
}

TEST(AnswersJsonTest, NullIsNoAnswerAndAnEmptyArrayIsNoneOfTheChoices) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const AnswerList answers,
                              Read(R"({"single": null, "many": []})"));
  EXPECT_EQ(Texts(answers), "question_id: \"many\"\n");
}

TEST(AnswersJsonTest, EveryMisfitIsToldUnderItsQuestion) {
  EXPECT_EQ(Problems(R"({"stranger": "yes", "single": "maybe",
                         "many": ["a", 1], "number": "3", "text": 7,
                         "date": "2023-02-29"})"),
            (List{"stranger QUESTION_UNKNOWN", "many ANSWER_WRONG_TYPE",
                  "number ANSWER_WRONG_TYPE", "text ANSWER_WRONG_TYPE",
                  "single CHOICE_UNKNOWN", "date DATE_INVALID"}));
  EXPECT_EQ(Problems(R"({"single": ["yes"]})"),
            List{"single ANSWER_WRONG_TYPE"});
  EXPECT_EQ(Problems(R"({"single": true})"), List{"single ANSWER_WRONG_TYPE"});
  EXPECT_EQ(Problems(R"({"number": 9})"), List{"number NUMBER_OUT_OF_RANGE"});
  EXPECT_EQ(Problems(R"({"single": {"answers": "yes"}})"),
            List{"single FIELD_UNKNOWN"});
  EXPECT_EQ(Problems(R"({"many": {"comment": "none?"}})"),
            List{"many ANSWER_MISSING"});
  EXPECT_EQ(Problems("{\"text\": \"a\\u0000b\"}"), List{"text TEXT_NOT_CLEAN"});
}

TEST(AnswersJsonTest, WhatIsNoJsonIsToldWithItsPlace) {
  const auto cut = Read("{\"single\":\n \"ye");
  EXPECT_THAT(cut, HasReason("JSON_INVALID"));
  EXPECT_EQ(std::string(cut.status().message()).substr(0, 17),
            "line 2, column 5:");
}

TEST(AnswersJsonTest, OtherShapesAreRefused) {
  for (const char* json : {"", "[]", "7", "\"yes\"", "null", "{} {}",
                           R"({"single": "yes", "single": "no"})",
                           R"({"many": {"answer": ["a", ["a"]]}})",
                           R"({"number": 1e999})", "{\"text\": \"\xff\"}"}) {
    EXPECT_THAT(Read(json), HasReason("JSON_INVALID")) << json;
  }
  EXPECT_THAT(Read(std::string(5 << 20, ' ')), HasReason("JSON_TOO_LARGE"));
  std::string many = "{\"q0\": null";
  for (int i = 1; i < 2000; ++i) absl::StrAppend(&many, ",\"q", i, "\": 1");
  EXPECT_THAT(Read(many + "}"), HasReason("JSON_INVALID"));
}

}  // namespace
}  // namespace attune
