// What becomes of each part of a Genesys Cloud form.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include "tests/engine/form/vendors/vendor_forms.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;
using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

Json YesNo(const std::string& id, const Json& more = Json::object()) {
  Json question = {
      {"id", id},
      {"text", id},
      {"helpText", "Help."},
      {"type", "multipleChoiceQuestion"},
      {"answerOptions",
       {{{"text", "Yes"}, {"value", 2}}, {{"text", "No"}, {"value", 0}}}}};
  question.update(more);
  return question;
}

Json Group(const Json& questions, const Json& more = Json::object()) {
  Json group = {
      {"id", "g"}, {"name", "G"}, {"weight", 1}, {"questions", questions}};
  group.update(more);
  return group;
}

Json FormWith(const Json& groups) {
  return {{"name", "F"}, {"questionGroups", groups}};
}

Json When(const std::string& operation, const Json& predicates) {
  return {{"visibilityCondition",
           {{"combiningOperation", operation}, {"predicates", predicates}}}};
}

std::string Answer(int group, int question, int answer) {
  return absl::StrCat("/form/questionGroup/", group, "/question/", question,
                      "/answer/", answer);
}

ImportedForm ImportedOf(const Json& file) {
  return Imported(Vendor::kGenesys, file.dump());
}

void ExpectQuestion(const v1::Question& got, const std::string& want) {
  v1::Question question;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(want, &question));
  std::string difference;
  MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  EXPECT_TRUE(differencer.Compare(question, got)) << difference;
}

TEST(GenesysTest, TheSampleKeepsItsWeightsConditionsAndFatals) {
  const ImportedForm imported =
      Imported(Vendor::kGenesys, VendorFile("genesys.json"));
  const v1::Form& form = imported.form;
  EXPECT_EQ(form.title(), "Example Evaluation Form");
  EXPECT_EQ(form.rule(), v1::Form::SCALED_POINTS);
  ASSERT_EQ(form.sections_size(), 3);
  EXPECT_EQ(form.sections(1).section_id(), "g1");
  EXPECT_EQ(form.sections(1).weight(), 1.5);
  ExpectQuestion(form.sections(0).questions(0), R"pb(
    question_id: "g0q0"
    text: "Yes or no question."
    guidance: "Choose Yes or No."
    type: SINGLE_CHOICE
    choices { choice_id: "yes" label: "Yes" points: 1 comment_required: true }
    choices { choice_id: "no" label: "No" comment_required: true }
    na { allowed: true }
    critical { category: COMPLIANCE effect: ZERO_FORM }
    boundary: true
  )pb");
  ExpectQuestion(form.sections(1).questions(0), R"pb(
    question_id: "g1q0"
    text: "Multiple Choice Question."
    type: SINGLE_CHOICE
    choices { choice_id: "choice_1" label: "1" points: 1 }
    choices { choice_id: "choice_2" label: "2" points: 2 }
    choices { choice_id: "choice_3" label: "3" points: 3 }
    visible_when { question_id: "g0q0" choice_ids: "yes" }
  )pb");
  ExpectQuestion(form.sections(2).questions(1), R"pb(
    question_id: "g2q0_b"
    text: "Multiple Select Question with options. Option B - With Visibility"
    type: SINGLE_CHOICE
    choices { choice_id: "selected" label: "Selected" points: 2 }
    choices { choice_id: "unselected" label: "Unselected" }
    critical { category: COMPLIANCE effect: ZERO_FORM }
    boundary: true
  )pb");
  EXPECT_EQ(form.sections(2).questions(0).critical().effect(),
            v1::Critical::FLAG);
  EXPECT_EQ(LintErrorsOf(form), "");
  const std::string notes = NotesOf(imported);
  EXPECT_THAT(notes, HasSubstr("defaultAnswersToHighest"));
  EXPECT_THAT(notes, HasSubstr("the score of the critical questions alone"));
  EXPECT_THAT(notes, HasSubstr("$.questionGroups[2].questions[0]: a multiple"));
}

TEST(GenesysTest, APlainMultipleSelectStaysOneQuestion) {
  const Json parts = {YesNo("a"), YesNo("b"), YesNo("c")};
  const Json file = FormWith(Json::array(
      {Group({{{"id", "m"},
               {"text", "Which?"},
               {"type", "multipleSelectQuestion"},
               {"naEnabled", true},
               {"multipleSelectOptionQuestions", parts}},
              YesNo("later", When("AND", {"../question/0/"
                                          "multipleSelectOptionQuestion/1/"
                                          "answer/0"}))})}));
  const ImportedForm imported = ImportedOf(file);
  ExpectQuestion(imported.form.sections(0).questions(0), R"pb(
    question_id: "m"
    text: "Which?"
    type: MULTI_CHOICE
    choices { choice_id: "a" label: "a" points: 2 }
    choices { choice_id: "b" label: "b" points: 2 }
    choices { choice_id: "c" label: "c" points: 2 }
    na { allowed: true }
  )pb");
  const v1::VisibleWhen& when =
      imported.form.sections(0).questions(1).visible_when(0);
  EXPECT_EQ(when.question_id(), "m");
  EXPECT_EQ(when.choice_ids(0), "b");
  EXPECT_EQ(LintErrorsOf(imported.form), "");
}

TEST(GenesysTest, ConditionsOfGroupAndQuestionBothHold) {
  const Json asked = YesNo("c", When("AND", {Answer(0, 1, 1)}));
  const Json file =
      FormWith({Group({YesNo("a"), YesNo("b")}),
                Group(Json::array({asked}),
                      When("OR", {Answer(0, 0, 0), Answer(0, 0, 1)}))});
  const v1::Question question = ImportedOf(file).form.sections(1).questions(0);
  ASSERT_EQ(question.visible_when_size(), 2);
  EXPECT_FALSE(question.any_of());
  // Any of one question's answers is one term.
  EXPECT_EQ(question.visible_when(0).choice_ids_size(), 2);
  EXPECT_EQ(question.visible_when(1).question_id(), "b");
}

TEST(GenesysTest, AnyOfSeveralQuestionsIsAnyOf) {
  const Json any = When("OR", {Answer(0, 0, 0), Answer(0, 1, 0)});
  const ImportedForm imported =
      ImportedOf(FormWith({Group({YesNo("a"), YesNo("b")}),
                           Group(Json::array({YesNo("c")}), any)}));
  const v1::Question& question = imported.form.sections(1).questions(0);
  EXPECT_TRUE(question.any_of());
  EXPECT_EQ(question.visible_when_size(), 2);
  // Beside another condition it cannot be said.
  const ImportedForm both = ImportedOf(FormWith(
      {Group({YesNo("a"), YesNo("b")}),
       Group(Json::array({YesNo("c", When("AND", {Answer(0, 0, 0)}))}), any)}));
  EXPECT_EQ(both.form.sections(1).questions(0).visible_when_size(), 1);
  EXPECT_THAT(NotesOf(both), HasSubstr("any of several conditions"));
}

TEST(GenesysTest, ConditionsOnLaterOrMissingAnswersAreNoted) {
  const ImportedForm imported = ImportedOf(FormWith(Json::array(
      {Group({YesNo("a", When("AND", {Answer(0, 1, 0), Answer(9, 9, 9)})),
              YesNo("b", When("AND", {Answer(0, 0, 7)}))})})));
  EXPECT_TRUE(imported.form.sections(0).questions(0).visible_when().empty());
  EXPECT_EQ(imported.notes[0].count, 3);
  EXPECT_THAT(NotesOf(imported),
              HasSubstr("predicates[0]: a condition on an answer"));
}

TEST(GenesysTest, TextAndRatingsAreNotScored) {
  const ImportedForm imported = ImportedOf(FormWith(Json::array({Group(
      {YesNo("a"),
       {{"text", "Why?"}, {"type", "freeTextQuestion"}},
       {{"text", "Would they recommend us?"}, {"type", "npsQuestion"}},
       {{"text", "Now listen."}, {"type", "readOnlyTextBlockQuestion"}},
       YesNo("none", {{"answerOptions", {{{"text", "Ok"}, {"value", 0}}}},
                      {"isKill", true}})})})));
  ASSERT_EQ(imported.form.sections_size(), 2);
  const v1::Section& apart = imported.form.sections(0);
  EXPECT_EQ(apart.section_id(), "g_unscored");
  ASSERT_EQ(apart.questions_size(), 2);
  EXPECT_EQ(apart.questions(0).ranges(0).to(), 10);
  EXPECT_EQ(imported.form.sections(1).questions(1).type(), v1::Question::TEXT);
  const std::string notes = NotesOf(imported);
  EXPECT_THAT(notes, HasSubstr("read-only text: Now listen."));
  EXPECT_THAT(notes, HasSubstr("fatal or critical question without points"));
  EXPECT_EQ(LintErrorsOf(imported.form), "");
}

TEST(GenesysTest, AnUnscoredQuestionThatDependsOnOthersStandsAfterThem) {
  const Json none = {{"answerOptions", {{{"text", "Ok"}, {"value", 0}}}}};
  Json late = YesNo("late", none);
  late.update(When("AND", {Answer(0, 0, 0)}));
  const ImportedForm imported =
      ImportedOf(FormWith(Json::array({Group({YesNo("a"), late})})));
  EXPECT_EQ(imported.form.sections(1).section_id(), "g_unscored");
  EXPECT_EQ(LintErrorsOf(imported.form), "");
}

TEST(GenesysTest, AnUnscoredQuestionBetweenOthersKeepsItsPlace) {
  Json between =
      YesNo("between", {{"answerOptions", {{{"text", "Ok"}, {"value", 0}}}}});
  between.update(When("AND", {Answer(0, 0, 0)}));
  const v1::Form form =
      ImportedOf(FormWith({Group({YesNo("a"), between,
                                  YesNo("c", When("AND", {Answer(0, 1, 0)}))},
                                 {{"weight", 3}}),
                           Group({YesNo("d"), YesNo("e")}, {{"id", "h"}})}))
          .form;
  EXPECT_EQ(LintErrorsOf(form), "");
  ASSERT_EQ(form.sections_size(), 4);
  EXPECT_EQ(form.sections(0).section_id(), "g");
  EXPECT_EQ(form.sections(1).section_id(), "g_unscored");
  EXPECT_EQ(form.sections(2).section_id(), "g_2");
  // (2 + 0) * 3 + (2 + 0) * 1 of (2 + 2) * 3 + (2 + 2) * 1.
  EXPECT_EQ(ScoreOf(form, "a:yes between:ok c:no d:yes e:no").percent(), 50);
  EXPECT_EQ(ScoreOf(form, "a:yes between:ok c:yes d:no e:no").percent(), 75);
}

TEST(GenesysTest, WhatIsTakenAsItStandsIsNoted) {
  const ImportedForm imported = ImportedOf(
      FormWith({Group(Json::array({YesNo("a")}), {{"weight", nullptr}}),
                Group(Json::array({YesNo("b")}), {{"manualWeight", false}}),
                Group(Json::array())}));
  const std::string notes = NotesOf(imported);
  EXPECT_THAT(notes, HasSubstr("[0].weight: no weight of a group"));
  EXPECT_THAT(notes, HasSubstr("[1].manualWeight: a weight that was not set"));
  EXPECT_THAT(notes, HasSubstr("[2]: a group without questions"));
  EXPECT_THAT(notes, Not(HasSubstr("multiplied")));
  EXPECT_EQ(imported.form.sections_size(), 2);
}

}  // namespace
}  // namespace attune
