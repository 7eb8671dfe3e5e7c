// Files that are no form of the vendor: all that is wrong, each with its path.

#include <gmock/gmock.h>

#include "engine/errors.h"
#include "tests/engine/form/vendors/vendor_forms.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> ProblemsOf(Vendor vendor, const std::string& json) {
  const auto imported = ImportVendorForm(vendor, json);
  EXPECT_FALSE(imported.ok()) << json;
  EXPECT_EQ(ReasonOf(imported.status()), "VENDOR_FORM_INVALID");
  std::vector<std::string> problems;
  const Violations told = Violations::FromStatus(imported.status());
  for (const Violation& problem : told.all()) {
    EXPECT_FALSE(problem.description.empty());
    problems.push_back(absl::StrCat(problem.field, " ", problem.reason));
  }
  return problems;
}

TEST(WrongFilesTest, EveryVendorTellsWhatIsNoJson) {
  const struct {
    std::string json;
    const char* reason;
    const char* message;
  } kTable[] = {
      {"", "JSON_INVALID", "line 1, column 1"},
      {"{\n\"Items\": [", "JSON_INVALID", "line 2"},
      {"{\"a\": 1, \"a\": 2}", "JSON_INVALID", "\"a\" stands twice"},
      {"{\"a\": 1e999}", "JSON_INVALID", "1e999"},
      {"{\"a\": \"\xff\"}", "JSON_INVALID", "UTF-8"},
      {std::string(5000, '['), "JSON_INVALID", "Nested more than 40 deep"},
      {std::string(kMaxVendorFormBytes + 1, ' '), "JSON_TOO_LARGE", "4194304"},
  };
  for (const Vendor vendor :
       {Vendor::kAmazonConnect, Vendor::kGenesys, Vendor::kGoogle}) {
    for (const auto& row : kTable) {
      const auto imported = ImportVendorForm(vendor, row.json);
      EXPECT_EQ(ReasonOf(imported.status()), row.reason);
      EXPECT_THAT(std::string(imported.status().message()),
                  HasSubstr(row.message));
    }
  }
}

TEST(WrongFilesTest, EveryVendorTellsWhatIsNoForm) {
  for (const Vendor vendor :
       {Vendor::kAmazonConnect, Vendor::kGenesys, Vendor::kGoogle}) {
    EXPECT_THAT(ProblemsOf(vendor, "[]"), ElementsAre("$ WRONG_SHAPE"));
    EXPECT_THAT(ProblemsOf(vendor, "null"), ElementsAre("$ WRONG_SHAPE"));
  }
  EXPECT_THAT(ProblemsOf(Vendor::kAmazonConnect, "{}"),
              ElementsAre("$.Title MISSING", "$.Items MISSING"));
  EXPECT_THAT(ProblemsOf(Vendor::kGenesys, "{}"),
              ElementsAre("$.name MISSING", "$.questionGroups MISSING"));
  EXPECT_THAT(ProblemsOf(Vendor::kGoogle, "{}"),
              ElementsAre("$.qaQuestions MISSING"));
}

TEST(WrongFilesTest, AmazonConnectTellsEverythingAtOnce) {
  EXPECT_THAT(
      ProblemsOf(Vendor::kAmazonConnect, R"json({
        "EvaluationFormTitle": 7,
        "ScoringStrategy": {"Mode": "BY_MOOD", "Status": "MAYBE"},
        "Items": [
          {},
          3,
          {"Section": {"Title": "", "Weight": -1, "Items": [
            {"Question": {"Title": "A", "QuestionType": "SMELL"}},
            {"Question": {"Title": "B", "QuestionType": "SINGLESELECT"}},
            {"Question": {"Title": "C", "QuestionType": "SINGLESELECT",
              "Weight": "heavy", "NotApplicableEnabled": "no",
              "QuestionTypeProperties": {"Options": [
                {"Score": -2}, {"Text": "x", "Score": 1e10}]}}},
            {"Question": {"Title": "D", "QuestionType": "NUMERIC",
              "QuestionTypeProperties": {"Ranges": [{"MinValue": 1}]}}},
            {"Question": {"QuestionType": "SINGLESELECT",
              "QuestionTypeProperties": {"Options": []}}}]}}]})json"),
      ElementsAre(
          "$.EvaluationFormTitle WRONG_TYPE",
          "$.ScoringStrategy.Mode TYPE_UNKNOWN",
          "$.ScoringStrategy.Status TYPE_UNKNOWN", "$.Items[1] WRONG_TYPE",
          "$.Items[0] WRONG_SHAPE", "$.Items[1] WRONG_SHAPE",
          "$.Items[2].Section.Title MISSING",
          "$.Items[2].Section.Weight OUT_OF_RANGE",
          "$.Items[2].Section.Items[0].Question.QuestionType TYPE_UNKNOWN",
          "$.Items[2].Section.Items[1].Question.QuestionTypeProperties MISSING",
          "$.Items[2].Section.Items[2].Question.Weight WRONG_TYPE",
          "$.Items[2].Section.Items[2].Question.QuestionTypeProperties"
          ".Options[0].Text MISSING",
          "$.Items[2].Section.Items[2].Question.QuestionTypeProperties"
          ".Options[0].Score OUT_OF_RANGE",
          "$.Items[2].Section.Items[2].Question.QuestionTypeProperties"
          ".Options[1].Score OUT_OF_RANGE",
          "$.Items[2].Section.Items[2].Question.NotApplicableEnabled "
          "WRONG_TYPE",
          "$.Items[2].Section.Items[3].Question.QuestionTypeProperties"
          ".Ranges[0].MaxValue MISSING",
          "$.Items[2].Section.Items[4].Question.Title MISSING",
          "$.Items[2].Section.Items[4].Question.QuestionTypeProperties"
          ".Options MISSING"));
}

TEST(WrongFilesTest, GenesysTellsEverythingAtOnce) {
  EXPECT_THAT(
      ProblemsOf(Vendor::kGenesys, R"json({
        "name": "F",
        "questionGroups": [
          {"name": "G", "weight": true, "naEnabled": 1, "questions": [
            {"text": "A", "type": "essayQuestion"},
            {"text": "B", "visibilityCondition":
              {"combiningOperation": "XOR", "predicates": ["first", 2]}},
            {"text": "C", "type": "multipleSelectQuestion",
              "multipleSelectOptionQuestions": []},
            {"text": "D", "answerOptions": [{"text": "x", "value": "1"}]}]},
          {"questions": "none"}]})json"),
      ElementsAre(
          "$.questionGroups[0].naEnabled WRONG_TYPE",
          "$.questionGroups[0].weight WRONG_TYPE",
          "$.questionGroups[0].questions[0].type TYPE_UNKNOWN",
          "$.questionGroups[0].questions[1].visibilityCondition"
          ".combiningOperation TYPE_UNKNOWN",
          "$.questionGroups[0].questions[1].visibilityCondition.predicates[1] "
          "WRONG_TYPE",
          "$.questionGroups[0].questions[1].visibilityCondition.predicates[0] "
          "REFERENCE_UNKNOWN",
          "$.questionGroups[0].questions[1].visibilityCondition.predicates[1] "
          "REFERENCE_UNKNOWN",
          "$.questionGroups[0].questions[1].answerOptions MISSING",
          "$.questionGroups[0].questions[2].multipleSelectOptionQuestions "
          "MISSING",
          "$.questionGroups[0].questions[3].answerOptions[0].value WRONG_TYPE",
          "$.questionGroups[1].name MISSING",
          "$.questionGroups[1].questions WRONG_TYPE"));
}

TEST(WrongFilesTest, GoogleTellsEverythingAtOnce) {
  EXPECT_THAT(
      ProblemsOf(Vendor::kGoogle, R"json({
        "snapshot": {"displayName": null},
        "qaQuestions": [
          {"questionBody": "A", "order": "1", "answerChoices": [
            {"key": "x"}, {"key": "y", "strValue": "Y", "score": -1}]},
          {"questionBody": "B", "tags": [1], "answerChoices": [
            {"naValue": true}]}]})json"),
      ElementsAre("$.snapshot.displayName MISSING",
                  "$.qaQuestions[0].order WRONG_TYPE",
                  "$.qaQuestions[0].answerChoices[0] MISSING",
                  "$.qaQuestions[0].answerChoices[1].score OUT_OF_RANGE",
                  "$.qaQuestions[1].answerChoices MISSING",
                  "$.qaQuestions[1].tags[0] WRONG_TYPE"));
}

TEST(WrongFilesTest, AThousandProblemsAreCountedAndAHundredShown) {
  std::string items;
  for (int i = 0; i < 1000; ++i) {
    absl::StrAppend(&items, i == 0 ? "" : ",", "{}");
  }
  const auto imported = ImportVendorForm(
      Vendor::kAmazonConnect,
      absl::StrCat("{\"Title\": \"F\", \"Items\": [", items, "]}"));
  EXPECT_EQ(imported.status().message(),
            "1000 things are wrong; the first 100 are:");
  EXPECT_EQ(Violations::FromStatus(imported.status()).all().size(), 100u);
}

}  // namespace
}  // namespace attune
