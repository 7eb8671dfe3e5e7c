// Every case of tests/vectors/scoring.json: printed examples of other vendors
// and hand computations, in a neutral shape.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using Json = nlohmann::json;

struct VectorCase {
  v1::Form form;
  AnswerList answers;
};

v1::Choice* AddChoice(v1::Question& question, const std::string& id,
                      double points) {
  v1::Choice* choice = question.add_choices();
  choice->set_choice_id(id);
  choice->set_label(id);
  choice->set_points(points);
  return choice;
}

void AddQuestion(const Json& neutral, v1::Section& section,
                 VectorCase& result) {
  v1::Question& question = *section.add_questions();
  question.set_question_id(neutral["id"]);
  question.set_text("text");
  question.set_type(v1::Question::SINGLE_CHOICE);
  if (neutral.contains("weight")) question.set_weight(neutral["weight"]);
  question.mutable_na()->set_allowed(true);
  question.set_bonus(neutral.value("bonus", false));
  AddChoice(question, "full", neutral["max"]);
  if (neutral.contains("critical")) {
    question.set_boundary(true);
    v1::Critical& critical = *question.mutable_critical();
    critical.set_category(v1::Critical::CUSTOMER);
    v1::Critical::Effect effect = v1::Critical::FLAG;
    ASSERT_TRUE(
        v1::Critical::Effect_Parse(neutral["critical"]["effect"], &effect));
    critical.set_effect(effect);
    if (neutral["critical"].contains("below_percent")) {
      critical.set_below_percent(neutral["critical"]["below_percent"]);
    }
  }
  if (neutral.value("hidden", false)) {
    v1::VisibleWhen& never = *question.add_visible_when();
    never.set_question_id("gate");
    never.add_choice_ids("open");
    return;
  }
  v1::Answer& answer = *result.answers.Add();
  answer.set_question_id(neutral["id"]);
  if (neutral.value("na", false)) {
    answer.set_na(true);
  } else {
    AddChoice(question, "given", neutral["points"]);
    answer.set_choice_id("given");
  }
}

// A question that hides those marked hidden, outside the score.
void AddGate(VectorCase& result) {
  v1::Section& section = *result.form.add_sections();
  section.set_section_id("gates");
  section.set_title("Gates");
  section.set_weight(0);
  v1::Question& question = *section.add_questions();
  question.set_question_id("gate");
  question.set_text("text");
  question.set_type(v1::Question::SINGLE_CHOICE);
  AddChoice(question, "open", 0);
}

VectorCase MakeCase(const Json& neutral) {
  VectorCase result;
  result.form.set_title(neutral["name"]);
  v1::Form::Rule rule = v1::Form::RULE_UNSPECIFIED;
  EXPECT_TRUE(v1::Form::Rule_Parse(neutral["rule"], &rule));
  result.form.set_rule(rule);
  if (neutral.contains("na_policy")) {
    v1::Form::NaPolicy policy = v1::Form::EXCLUDE;
    EXPECT_TRUE(v1::Form::NaPolicy_Parse(neutral["na_policy"], &policy));
    result.form.set_na_policy(policy);
  }
  if (neutral.contains("bonus_cap_percent")) {
    result.form.set_bonus_cap_percent(neutral["bonus_cap_percent"]);
  }
  AddGate(result);
  for (const Json& part : neutral["sections"]) {
    v1::Section& section = *result.form.add_sections();
    section.set_section_id(part["id"]);
    section.set_title(part["id"]);
    section.set_weight(part["weight"]);
    for (const Json& question : part["questions"]) {
      AddQuestion(question, section, result);
    }
  }
  return result;
}

TEST(ScoringVectorsTest, EveryCaseGivesItsExpectedNumbers) {
  std::ifstream file(
      absl::StrCat(ATTUNE_SOURCE_DIR, "/tests/vectors/scoring.json"));
  const Json vectors = Json::parse(file, nullptr, false);
  ASSERT_FALSE(vectors.is_discarded());
  ASSERT_GE(vectors["cases"].size(), 14u);
  for (const Json& neutral : vectors["cases"]) {
    SCOPED_TRACE(neutral["name"]);
    const VectorCase made = MakeCase(neutral);
    const v1::Score score = ExplainScore(Compiled(made.form), made.answers);
    const Json& expect = neutral["expect"];
    ASSERT_EQ(score.has_percent(), !expect["percent"].is_null());
    if (score.has_percent()) {
      EXPECT_EQ(score.percent(), expect["percent"].get<double>());
    }
    if (expect.contains("percent_before_critical")) {
      EXPECT_EQ(score.percent_before_critical(),
                expect["percent_before_critical"].get<double>());
    }
    if (!expect.contains("shares")) continue;
    for (const v1::QuestionScore& question : score.questions()) {
      EXPECT_EQ(question.effective_share(),
                expect["shares"].value(question.question_id(), 0.0))
          << question.question_id();
    }
  }
}

}  // namespace
}  // namespace attune
