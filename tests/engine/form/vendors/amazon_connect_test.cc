// What becomes of each part of an Amazon Connect form.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include "tests/engine/form/vendors/vendor_forms.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;
using Json = nlohmann::ordered_json;
using testing::HasSubstr;

constexpr char kEveryKind[] = R"json({
  "EvaluationForm": {
    "Title": "Every kind",
    "ScoringStrategy": {"Mode": "QUESTION_ONLY", "Status": "ENABLED"},
    "Items": [
      {"Section": {"Title": "Outer", "RefId": "Outer-1", "Weight": 60,
        "Items": [
        {"Question": {"Title": "Greeting?", "RefId": "q.1", "Weight": 50,
          "Instructions": "Names the company.", "NotApplicableEnabled": false,
          "QuestionType": "SINGLESELECT", "QuestionTypeProperties":
            {"SingleSelect": {"Options": [
              {"RefId": "y", "Text": "Yes", "Score": 10},
              {"RefId": "n", "Text": "No", "Score": 0, "AutomaticFail": true}
            ]}}}},
        {"Section": {"Title": "Inner", "RefId": "inner", "Weight": 50,
          "Items": [
          {"Question": {"Title": "Minutes on hold", "RefId": "hold",
            "Weight": 100, "NotApplicableEnabled": true,
            "QuestionType": "NUMERIC", "QuestionTypeProperties": {"Numeric": {
              "MinValue": 0, "MaxValue": 60, "Options": [
                {"MinValue": 0, "MaxValue": 2, "Score": 10},
                {"MinValue": 3, "MaxValue": 60, "Score": 4}]}}}}]}}]}},
      {"Section": {"Title": "Rest", "RefId": "rest", "Weight": 40, "Items": [
        {"Question": {"Title": "Polite?", "RefId": "polite", "Weight": 100,
          "NotApplicableEnabled": true, "QuestionType": "SINGLESELECT",
          "QuestionTypeProperties": {"SingleSelect": {"Options": [
            {"RefId": "y", "Text": "Yes", "Score": 10},
            {"RefId": "n", "Text": "No", "Score": 5,
             "AutomaticFailConfiguration": {"TargetSection": "rest"}}]}}}},
        {"Question": {"Title": "Products", "RefId": "products",
          "NotApplicableEnabled": true, "QuestionType": "MULTISELECT",
          "QuestionTypeProperties": {"MultiSelect": {"Options": [
            {"RefId": "a", "Text": "Shoes"},
            {"RefId": "b", "Text": "Clothes"}]}}}},
        {"Question": {"Title": "Remarks", "RefId": "remarks",
          "QuestionType": "TEXT"}},
        {"Question": {"Title": "Call back on", "RefId": "back",
          "QuestionType": "DATETIME"}}]}}]}})json";

constexpr char kEveryKindImported[] = R"pb(
  title: "Every kind"
  rule: WEIGHTED_QUESTIONS
  sections {
    section_id: "outer_1"
    title: "Outer"
    questions {
      question_id: "q_1"
      text: "Greeting?"
      guidance: "Names the company."
      type: SINGLE_CHOICE
      weight: 30
      choices { choice_id: "y" label: "Yes" points: 10 }
      choices { choice_id: "n" label: "No" }
      critical { category: COMPLIANCE effect: ZERO_FORM }
      boundary: true
    }
  }
  sections {
    section_id: "inner"
    title: "Inner"
    questions {
      question_id: "hold"
      text: "Minutes on hold"
      type: NUMBER
      weight: 30
      ranges { from: 0 to: 2 points: 10 }
      ranges { from: 3 to: 60 points: 4 }
      na { allowed: true }
    }
  }
  sections {
    section_id: "rest_unscored"
    title: "Rest (not scored)"
    weight: 0
    questions {
      question_id: "products"
      text: "Products"
      type: MULTI_CHOICE
      choices { choice_id: "a" label: "Shoes" }
      choices { choice_id: "b" label: "Clothes" }
      na { allowed: true }
    }
  }
  sections {
    section_id: "rest"
    title: "Rest"
    questions {
      question_id: "polite"
      text: "Polite?"
      type: SINGLE_CHOICE
      weight: 40
      choices { choice_id: "y" label: "Yes" points: 10 }
      choices { choice_id: "n" label: "No" points: 5 }
      na { allowed: true }
      critical { category: COMPLIANCE effect: ZERO_SECTION }
      boundary: true
    }
    questions { question_id: "remarks" text: "Remarks" type: TEXT }
    questions { question_id: "back" text: "Call back on" type: DATE }
  })pb";

// One section of questions, each as `Weight` and what else it has.
Json FormWith(const Json& questions, const Json& section = Json::object()) {
  Json items = Json::array();
  for (const Json& more : questions) {
    Json question = {
        {"Title", absl::StrCat("Q", items.size())},
        {"QuestionType", "SINGLESELECT"},
        {"NotApplicableEnabled", true},
        {"QuestionTypeProperties",
         {{"Options", {{{"Text", "Yes"}, {"Score", 4}}, {{"Text", "No"}}}}}}};
    question.update(more);
    items.push_back({{"Question", question}});
  }
  Json whole = {{"Title", "S"}, {"Items", items}};
  whole.update(section);
  return {{"EvaluationFormTitle", "F"},
          {"Items", Json::array({{{"Section", whole}}})}};
}

v1::Form FormOfJson(const Json& file, NaWeight na_weight = NaWeight::kForm) {
  return Imported(Vendor::kAmazonConnect, file.dump(), na_weight).form;
}

TEST(AmazonConnectTest, EveryKindOfQuestionBecomesItsCounterpart) {
  const ImportedForm imported = Imported(Vendor::kAmazonConnect, kEveryKind);
  MessageDifferencer differencer;
  std::string difference;
  differencer.ReportDifferencesToString(&difference);
  EXPECT_TRUE(differencer.Compare(FormOf(kEveryKindImported), imported.form))
      << difference;
  EXPECT_EQ(LintErrorsOf(imported.form), "");
  const std::string notes = NotesOf(imported);
  EXPECT_THAT(notes,
              HasSubstr("Question.QuestionType: the time of a DATETIME"));
  EXPECT_THAT(notes, HasSubstr("a question that earns no points"));
  EXPECT_THAT(notes, HasSubstr("whom a failure hurts"));
}

TEST(AmazonConnectTest, ATemplateKeepsItsIdsWordsAndProducts) {
  const ImportedForm imported =
      Imported(Vendor::kAmazonConnect,
               VendorFile("amazon-connect/general_evaluation.json"));
  ASSERT_EQ(imported.form.sections_size(), 5);
  const v1::Section& opening = imported.form.sections(0);
  EXPECT_EQ(opening.section_id(), "opening_section");
  EXPECT_EQ(opening.title(), "Opening & Customer Identification");
  EXPECT_FALSE(opening.has_weight());
  const v1::Question& greeting = opening.questions(0);
  EXPECT_EQ(greeting.question_id(), "professional_greeting");
  EXPECT_EQ(greeting.text(), "Professional Greeting");
  EXPECT_EQ(greeting.guidance(),
            "Did the agent provide a professional and welcoming greeting?");
  EXPECT_EQ(greeting.weight(), 6);  // 40 % of 15 %
  ASSERT_EQ(greeting.choices_size(), 5);
  EXPECT_EQ(greeting.choices(4).points(), 1);
  EXPECT_EQ(greeting.choices(4).choice_id(),
            "unsatisfactory_no_greeting_or_unprofessional");
  double sum = 0;
  for (const v1::Section& section : imported.form.sections()) {
    for (const v1::Question& question : section.questions()) {
      sum += question.weight();
    }
  }
  EXPECT_EQ(sum, 100);
  EXPECT_THAT(NotesOf(imported), HasSubstr("$.Description: Standard"));
  EXPECT_EQ(LintErrorsOf(imported.form), "");
}

TEST(AmazonConnectTest, NaWeightSectionKeepsBothLevels) {
  const v1::Form form =
      Imported(Vendor::kAmazonConnect,
               VendorFile("amazon-connect/general_evaluation.json"),
               NaWeight::kSection)
          .form;
  EXPECT_EQ(form.rule(), v1::Form::WEIGHTED_SECTION_MEANS);
  EXPECT_EQ(form.sections(0).weight(), 15);
  EXPECT_EQ(form.sections(0).questions(0).weight(), 40);
}

TEST(AmazonConnectTest, ProductsOfFineWeightsAreExactAndSaidSo) {
  const ImportedForm imported = Imported(
      Vendor::kAmazonConnect,
      FormWith({{{"Weight", 33.33}}, {{"Weight", 66.67}}}, {{"Weight", 16.67}})
          .dump());
  EXPECT_EQ(imported.form.sections(0).questions(0).weight(), 555.6111);
  EXPECT_EQ(imported.form.sections(0).questions(1).weight(), 1111.3889);
  EXPECT_THAT(NotesOf(imported),
              HasSubstr("weights of questions: all multiplied by 100 "));
}

TEST(AmazonConnectTest, WithoutQuestionWeightsASectionIsSharedEqually) {
  Json file = FormWith({Json::object(), Json::object(), Json::object()},
                       {{"Weight", 70}});
  Json second =
      FormWith(Json::array({Json::object()}), {{"Weight", 30}, {"Title", "T"}});
  file["Items"].push_back(second["Items"][0]);
  for (const NaWeight na_weight : {NaWeight::kForm, NaWeight::kSection}) {
    const v1::Score score =
        ScoreOf(FormOfJson(file, na_weight), "q0:yes q1:yes q2:no q0_2:no");
    EXPECT_EQ(score.percent(), 46.67);
    EXPECT_EQ(score.sections(0).effective_share(), 70);
  }
}

TEST(AmazonConnectTest, WithoutAnyWeightsQuestionsCountTheSame) {
  const v1::Form form =
      FormOfJson(FormWith({Json::object(), Json::object(), Json::object()}));
  EXPECT_EQ(ScoreOf(form, "q0:yes q1:no q2:no").percent(), 33.33);
}

TEST(AmazonConnectTest, AMissingWeightBesideOthersCountsAsNothing) {
  const ImportedForm imported =
      Imported(Vendor::kAmazonConnect,
               FormWith({{{"Weight", 50}}, Json::object()}).dump());
  EXPECT_EQ(ScoreOf(imported.form, "q0:yes q1:no").percent(), 100);
  EXPECT_THAT(NotesOf(imported), HasSubstr("it counts as 0"));
}

TEST(AmazonConnectTest, ASectionOfWeightZeroIsNotScored) {
  Json file = FormWith(Json::array({{{"Weight", 100}}}), {{"Weight", 100}});
  Json second = FormWith(Json::array({{{"Weight", 100}}}),
                         {{"Weight", 0}, {"Title", "T"}});
  file["Items"].push_back(second["Items"][0]);
  EXPECT_EQ(ScoreOf(FormOfJson(file), "q0:yes q0_2:no").percent(), 100);
}

TEST(AmazonConnectTest, DisabledScoringIsFeedbackOnly) {
  Json file = FormWith(Json::array({Json::object()}));
  file["ScoringStrategy"] = {{"Mode", "SECTION_ONLY"}, {"Status", "DISABLED"}};
  EXPECT_TRUE(FormOfJson(file).feedback_only());
}

TEST(AmazonConnectTest, AllowsNaUnlessTheFileForbidsIt) {
  Json file = FormWith(
      {{{"NotApplicableEnabled", nullptr}}, {{"NotApplicableEnabled", false}}});
  const ImportedForm imported = Imported(Vendor::kAmazonConnect, file.dump());
  EXPECT_TRUE(imported.form.sections(0).questions(0).na().allowed());
  EXPECT_FALSE(imported.form.sections(0).questions(1).na().allowed());
  EXPECT_THAT(NotesOf(imported), HasSubstr("whether N/A is allowed"));
}

TEST(AmazonConnectTest, WhatHasNoCounterpartIsNoted) {
  const Json options = {
      {{"Text", "Yes"}, {"Score", 4}},
      {{"Text", "No"},
       {"AutomaticFailConfiguration", {{"TargetSection", "another"}}}}};
  Json file = FormWith(
      {{{"Enablement", {{"Action", "ENABLE"}}},
        {"QuestionTypeProperties",
         {{"Options", options}, {"DisplayAs", "RADIO"}}}},
       {{"QuestionType", "MULTISELECT"},
        {"QuestionTypeProperties",
         {{"Options",
           {{{"Text", "A"}, {"Score", 1}, {"AutomaticFail", true}}}}}}},
       {{"QuestionType", "TEXT"}, {"Weight", 5}}},
      {{"Instructions", "Be kind."}});
  file["LanguageConfiguration"] = {{"FormLanguage", "en-US"}};
  file["Items"].push_back(
      {{"Section", {{"Title", "E"}, {"Items", Json::array()}}}});
  const std::string notes =
      NotesOf(Imported(Vendor::kAmazonConnect, file.dump()));
  for (const char* want :
       {"Enablement: the condition of a question",
        "TargetSection: an automatic fail of another section",
        "an automatic fail of a MULTISELECT option", "DisplayAs: DisplayAs",
        "Instructions: Be kind.", "weight of a question without points",
        "$.LanguageConfiguration: LanguageConfiguration",
        "$.Items[1].Section: a section without items"}) {
    EXPECT_THAT(notes, HasSubstr(want));
  }
}

}  // namespace
}  // namespace attune
