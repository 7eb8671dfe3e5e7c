// Every score of expected.json: the vendors' own rules on their own forms,
// reproduced by import and scoring.

#include <cmath>
#include <map>
#include <string>

#include "engine/scoring/answers.h"
#include "tests/engine/form/vendors/vendor_forms.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

const std::map<std::string, Vendor>& Vendors() {
  static const auto& vendors = *new std::map<std::string, Vendor>{
      {"amazon-connect", Vendor::kAmazonConnect},
      {"genesys", Vendor::kGenesys},
      {"google", Vendor::kGoogle}};
  return vendors;
}

double Hundredths(double percent) { return std::round(percent * 100) / 100; }

// The choice that earns `points`.
std::string ChoiceOf(const v1::Form& form, const std::string& question_id,
                     double points) {
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& question : section.questions()) {
      if (question.question_id() != question_id) continue;
      for (const v1::Choice& choice : question.choices()) {
        if (choice.points() == points) return choice.choice_id();
      }
    }
  }
  ADD_FAILURE() << question_id << " has no choice of " << points;
  return "";
}

AnswerList AnswersOf(const v1::Form& form, const Json& answers) {
  AnswerList list;
  for (const auto& [question_id, points] : answers.items()) {
    v1::Answer& answer = *list.Add();
    answer.set_question_id(question_id);
    if (points.is_null()) {
      answer.set_na(true);
    } else {
      answer.set_choice_id(ChoiceOf(form, question_id, points));
      answer.set_comment("Why.");
    }
  }
  return list;
}

void CheckScore(const v1::Score& score, const Json& expected) {
  ASSERT_TRUE(score.has_percent());
  EXPECT_EQ(score.percent(), Hundredths(expected["percent"]));
  if (expected.contains("before")) {
    EXPECT_EQ(score.percent_before_critical(), Hundredths(expected["before"]));
    EXPECT_EQ(score.percent() != score.percent_before_critical(),
              expected["fatal"].get<bool>());
  }
  if (!expected.contains("sections")) return;
  for (const v1::SectionScore& section : score.sections()) {
    SCOPED_TRACE(section.section_id());
    const Json& percent = expected["sections"][section.section_id()];
    ASSERT_EQ(section.has_percent(), !percent.is_null());
    if (section.has_percent()) {
      EXPECT_EQ(section.percent(), Hundredths(percent));
    }
  }
}

TEST(VendorScoresTest, EveryExpectedScoreIsReproduced) {
  const Json expected = VendorFileJson("expected.json");
  ASSERT_EQ(expected["cases"].size(), 17u);
  for (const Json& one : expected["cases"]) {
    SCOPED_TRACE(one.dump());
    const ImportedForm imported =
        Imported(Vendors().at(one["from"]), VendorFile(one["file"]),
                 one.value("na_weight", "") == "section" ? NaWeight::kSection
                                                         : NaWeight::kForm);
    EXPECT_EQ(LintErrorsOf(imported.form), "");
    const CompiledForm form = Compiled(imported.form);
    const AnswerList answers = AnswersOf(imported.form, one["answers"]);
    EXPECT_TRUE(CheckAnswers(form, answers, Completeness::kPartial).empty());
    CheckScore(ExplainScore(form, answers), one);
  }
}

// The printed example: N/A weight goes to all others in proportion.
TEST(VendorScoresTest, AmazonsOwnExampleOfWeights) {
  Json items = Json::array();
  for (const int weight : {40, 20, 20, 20}) {
    const std::string id = absl::StrCat("Q", items.size() + 1);
    items.push_back({{"Question",
                      {{"Title", id},
                       {"RefId", id},
                       {"QuestionType", "SINGLESELECT"},
                       {"NotApplicableEnabled", true},
                       {"QuestionTypeProperties",
                        {{"Options",
                          {{{"Text", "A1"}, {"Score", 10}},
                           {{"Text", "A2"}, {"Score", 5}},
                           {{"Text", "A3"}, {"Score", 0}}}}}},
                       {"Weight", weight}}}});
  }
  const Json file = {
      {"Title", "Weights"},
      {"Items",
       {{{"Section",
          {{"Title", "All"}, {"RefId", "all"}, {"Items", items}}}}}}};
  const v1::Form form = Imported(Vendor::kAmazonConnect, file.dump()).form;
  EXPECT_EQ(ScoreOf(form, "q1:a1 q2:a2 q3:a2 q4:a3").percent(), 60);
  EXPECT_EQ(ScoreOf(form, "q1:a1 q2:a2 q3:a2 q4:na").percent(), 75);
}

// The printed example: points times the weight of their group.
TEST(VendorScoresTest, GenesysOwnExampleOfWeights) {
  const auto question = [](const std::string& id) {
    return Json{
        {"id", id},
        {"text", id},
        {"answerOptions",
         {{{"text", "Yes"}, {"value", 1}}, {{"text", "No"}, {"value", 0}}}}};
  };
  const Json file = {{"name", "Example"},
                     {"questionGroups",
                      {{{"name", "One"},
                        {"weight", 40},
                        {"questions", {question("a"), question("b")}}},
                       {{"name", "Two"},
                        {"weight", 20},
                        {"questions", Json::array({question("c")})}}}}};
  const v1::Form form = Imported(Vendor::kGenesys, file.dump()).form;
  EXPECT_EQ(ScoreOf(form, "a:yes b:no c:yes").percent(), 60);
}

}  // namespace
}  // namespace attune
