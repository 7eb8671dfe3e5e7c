// What becomes of each part of a scorecard of Contact Center AI Insights.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include "tests/engine/form/vendors/vendor_forms.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;
using google::protobuf::util::MessageDifferencer;
using testing::HasSubstr;

TEST(GoogleTest, TheSampleIsGroupedByTagAndInOrder) {
  const ImportedForm imported =
      Imported(Vendor::kGoogle, VendorFile("google.json"));
  std::string difference;
  MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  EXPECT_TRUE(differencer.Compare(
      FormOf(R"pb(
        title: "Calls"
        rule: POINTS
        sections {
          section_id: "customer"
          title: "CUSTOMER"
          questions {
            question_id: "did_the_agent_greet_the_customer"
            text: "Did the agent greet the customer?"
            guidance: "A greeting names the company."
            type: SINGLE_CHOICE
            choices { choice_id: "y" label: "Yes" points: 2 }
            choices { choice_id: "n" label: "No" }
            na { allowed: true }
          }
          questions {
            question_id: "solved"
            text: "How well was the problem solved?"
            type: SINGLE_CHOICE
            choices { choice_id: "all" label: "10" points: 10 }
            choices { choice_id: "part" label: "5" points: 4.5 }
            choices { choice_id: "none" label: "0" }
          }
        }
        sections {
          section_id: "compliance"
          title: "COMPLIANCE"
          questions {
            question_id: "was_the_caller_s_identity_verified"
            text: "Was the caller's identity verified?"
            type: SINGLE_CHOICE
            choices { choice_id: "full" label: "In full" points: 5 }
            choices { choice_id: "half" label: "In part" points: 2 }
            choices { choice_id: "no" label: "Not at all" }
            na { allowed: true }
          }
        }
        sections {
          section_id: "questions"
          title: "Questions"
          weight: 0
          questions {
            question_id: "which_product_was_it_about"
            text: "Which product was it about?"
            type: SINGLE_CHOICE
            choices { choice_id: "a" label: "Shoes" }
            choices { choice_id: "b" label: "Clothes" }
          }
        })pb"),
      imported.form))
      << difference;
  EXPECT_EQ(LintErrorsOf(imported.form), "");
  const std::string notes = NotesOf(imported);
  EXPECT_THAT(notes, HasSubstr("$.qaQuestions[0].tags: further tags"));
  EXPECT_THAT(notes, HasSubstr("$.qaQuestions[3]: a question that earns no"));
  EXPECT_THAT(notes, HasSubstr("$.snapshot.description: For every call."));
}

TEST(GoogleTest, TheRevisionMayStandBesideItsQuestionsOrBeAbsent) {
  Json sample = VendorFileJson("google.json");
  const Json questions = sample["qaQuestions"];
  sample.erase("qaQuestions");
  const Json beside = {{"qaScorecardRevision", sample},
                       {"questions", questions}};
  EXPECT_EQ(Imported(Vendor::kGoogle, beside.dump()).form.title(), "Calls");
  const ImportedForm alone =
      Imported(Vendor::kGoogle, Json({{"qaQuestions", questions}}).dump());
  EXPECT_EQ(alone.form.title(), "Scorecard");
  EXPECT_THAT(NotesOf(alone), HasSubstr("$.snapshot: the title of the form"));
}

TEST(GoogleTest, FineScoresKeepTheirProportions) {
  Json sample = VendorFileJson("google.json");
  sample["qaQuestions"][0]["answerChoices"][1]["score"] = 0.33333;
  const ImportedForm imported = Imported(Vendor::kGoogle, sample.dump());
  EXPECT_EQ(imported.form.sections(0).questions(1).choices(1).points(), 3.3333);
  EXPECT_EQ(imported.form.sections(0).questions(0).choices(0).points(), 20);
  EXPECT_THAT(NotesOf(imported), HasSubstr("points: all multiplied by 10 "));
}

}  // namespace
}  // namespace attune
