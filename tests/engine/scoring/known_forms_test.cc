// Real forms of other centers, written down as ours, with the scores that they
// are known to give.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

struct Item {
  const char* id;
  double weight;  // 0: its points
};
struct Group {
  const char* id;
  double weight;
  std::vector<Item> items;
};

// Items with choices p0, p1, ... of that many points, all of which may be N/A.
v1::Form FormOfGroups(const std::vector<Group>& groups, int most) {
  v1::Form form;
  form.set_title("Known");
  for (const Group& group : groups) {
    v1::Section& section = *form.add_sections();
    section.set_section_id(group.id);
    section.set_title(group.id);
    section.set_weight(group.weight);
    for (const Item& item : group.items) {
      v1::Question& question = *section.add_questions();
      question.set_question_id(item.id);
      question.set_text(item.id);
      question.set_type(v1::Question::SINGLE_CHOICE);
      if (item.weight > 0) question.set_weight(item.weight);
      question.mutable_na()->set_allowed(true);
      for (int points = 0; points <= most; ++points) {
        v1::Choice& choice = *question.add_choices();
        choice.set_choice_id(absl::StrCat("p", points));
        choice.set_label("label");
        choice.set_points(points);
      }
    }
  }
  return form;
}

// Eight sections with multipliers; items earn 3, 2 or 0.
v1::Form EightSections() {
  return FormOfGroups(
      {{"courtesies",
        1,
        {{"opening", 0}, {"name", 0}, {"lead_in", 0}, {"closing", 0}}},
       {"empathy", 2, {{"offered", 0}}},
       {"verify", 1, {{"verified", 0}}},
       {"security", 2, {{"secure", 0}}},
       {"connection", 3, {{"connected", 0}}},
       {"solutions", 3, {{"solved", 0}}},
       {"vip", 1, {{"recognized", 0}, {"site", 0}}},
       {"essentials", 1, {{"tone", 0}, {"yield", 0}, {"fluidity", 0}}}},
      3);
}

TEST(KnownFormsTest, EightSectionsOf2013) {
  EXPECT_EQ(ScoreOf(EightSections(),
                    "opening:p3 name:p3 lead_in:p3 closing:p0 offered:p2 "
                    "verified:p3 secure:p3 connected:p0 solved:p3 "
                    "recognized:na site:na tone:p3 yield:p3 fluidity:p3")
                .percent(),
            69.87);
  EXPECT_EQ(ScoreOf(EightSections(),
                    "opening:p3 name:p3 lead_in:p3 closing:p3 offered:p2 "
                    "verified:p3 secure:p3 connected:p3 solved:p3 "
                    "recognized:na site:na tone:p3 yield:p3 fluidity:p3")
                .percent(),
            94.87);
  const v1::Score score =
      ScoreOf(EightSections(),
              "opening:p0 name:p3 lead_in:p3 closing:p0 offered:na "
              "verified:p3 secure:p0 connected:p3 solved:p3 "
              "recognized:p3 site:p0 tone:p3 yield:p0 fluidity:p3");
  EXPECT_EQ(score.percent(), 72.22);
  EXPECT_EQ(score.sections(4).effective_share(), 25);
}

TEST(KnownFormsTest, EightSectionsBreakTheLeadingValueCheckByATie) {
  v1::Form form = EightSections();
  form.mutable_sections(4)->set_value("connection");
  form.mutable_sections(5)->set_value("solution");
  form.set_leading_value("connection");
  EXPECT_FALSE(CompiledForm::Make(form).ok());
  form.mutable_sections(1)->set_value("connection");
  EXPECT_TRUE(CompiledForm::Make(form).ok());
}

// Fifteen questions on a scale to 5, with weights at both levels.
v1::Form GeneralEvaluation(v1::Form::Rule rule) {
  v1::Form form = FormOfGroups(
      {{"opening",
        15,
        {{"greeting", 40}, {"verification", 35}, {"purpose", 25}}},
       {"communication",
        25,
        {{"listening", 30}, {"clarity", 25}, {"empathy", 25}, {"tone", 20}}},
       {"resolution",
        30,
        {{"understanding", 25}, {"solution", 35}, {"first_call", 40}}},
       {"knowledge",
        20,
        {{"product", 50}, {"procedure", 30}, {"resources", 20}}},
       {"closing", 10, {{"summary", 50}, {"farewell", 50}}}},
      5);
  form.set_rule(rule);
  return form;
}

constexpr char kGeneralA[] =
    "greeting:p5 verification:p4 purpose:p3 listening:p5 clarity:p4 "
    "empathy:p2 tone:p5 understanding:p3 solution:p4 first_call:p5 product:p1 "
    "procedure:p5 resources:p4 summary:p3 farewell:p5";
constexpr char kGeneralB[] =
    "greeting:p4 verification:na purpose:p3 listening:p4 clarity:p5 "
    "empathy:p3 tone:p4 understanding:p5 solution:p3 first_call:p4 product:p5 "
    "procedure:p3 resources:p4 summary:na farewell:na";

TEST(KnownFormsTest, AGeneralEvaluationBySectionMeans) {
  const v1::Form form = GeneralEvaluation(v1::Form::WEIGHTED_SECTION_MEANS);
  const v1::Score a = ScoreOf(form, kGeneralA);
  EXPECT_EQ(a.percent(), 76.55);
  const double kSections[] = {83, 80, 83, 56, 80};
  for (int s = 0; s < 5; ++s) EXPECT_EQ(a.sections(s).percent(), kSections[s]);
  const v1::Score b = ScoreOf(form, kGeneralB);
  EXPECT_EQ(b.percent(), 78.94);
  EXPECT_EQ(b.sections(0).percent(), 72.31);
  EXPECT_FALSE(b.sections(4).has_percent());
}

TEST(KnownFormsTest, AGeneralEvaluationByQuestionWeightsAlone) {
  const v1::Form form = GeneralEvaluation(v1::Form::WEIGHTED_QUESTIONS);
  EXPECT_EQ(ScoreOf(form, kGeneralA).percent(), 76.4);
  EXPECT_EQ(ScoreOf(form, kGeneralB).percent(), 79.18);
}

// Seventeen items, points alone.
v1::Form Helpline() {
  v1::Form form =
      FormOfGroups({{"opening", 1, {{"o1", 0}}},
                    {"listening",
                     1,
                     {{"l1", 0}, {"l2", 0}, {"l3", 0}, {"l4", 0}, {"l5", 0}}},
                    {"initiative", 1, {{"i1", 0}, {"i2", 0}, {"i3", 0}}},
                    {"resolution",
                     1,
                     {{"r1", 0}, {"r2", 0}, {"r3", 0}, {"r4", 0}, {"r5", 0}}},
                    {"hold", 1, {{"h1", 0}, {"h2", 0}}},
                    {"closing", 1, {{"c1", 0}}}},
                   2);
  form.set_rule(v1::Form::POINTS);
  return form;
}

TEST(KnownFormsTest, AHelplineByPoints) {
  const v1::Score a = ScoreOf(
      Helpline(),
      "o1:p2 l1:p2 l2:p2 l3:p1 l4:p2 l5:p1 i1:p1 i2:p2 i3:p0 r1:p2 r2:p2 "
      "r3:p2 r4:p1 r5:p2 h1:p2 h2:p1 c1:p2");
  EXPECT_EQ(a.percent(), 79.41);
  const double kSections[] = {100, 80, 50, 90, 75, 100};
  for (int s = 0; s < 6; ++s) EXPECT_EQ(a.sections(s).percent(), kSections[s]);
  const std::string rest =
      "o1:p0 l1:p1 l2:p1 l3:p1 l4:p1 l5:p1 i1:p0 i2:p0 i3:p0 r1:p2 r2:p0 "
      "r3:p1 r4:p0 r5:p1 c1:p1 ";
  EXPECT_EQ(ScoreOf(Helpline(), rest + "h1:p0 h2:p0").percent(), 29.41);
  EXPECT_EQ(ScoreOf(Helpline(), rest + "h1:na h2:na").percent(), 33.33);
}

constexpr char kFatal[] = R"pb(
  title: "Groups with weights, a fatal question and hidden ones"
  rule: SCALED_POINTS
  sections {
    section_id: "g0"
    title: "Group 1"
    weight: 1
    questions {
      question_id: "g0q0"
      text: "Yes or no"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 1 }
      choices { choice_id: "no" label: "No" }
      na { allowed: true }
      boundary: true
      critical { category: BUSINESS effect: ZERO_FORM }
    }
    questions {
      question_id: "g0q1"
      text: "Shown after a yes"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 1 }
      choices { choice_id: "no" label: "No" }
      visible_when { question_id: "g0q0" choice_ids: "yes" }
    }
  }
  sections {
    section_id: "g1"
    title: "Group 2"
    weight: 1.5
    questions {
      question_id: "g1q0"
      text: "One to three"
      type: SINGLE_CHOICE
      choices { choice_id: "one" label: "1" points: 1 }
      choices { choice_id: "two" label: "2" points: 2 }
      choices { choice_id: "three" label: "3" points: 3 }
      visible_when { question_id: "g0q0" choice_ids: "yes" }
    }
  }
  sections {
    section_id: "g2"
    title: "Group 3"
    weight: 2
    questions {
      question_id: "a"
      text: "Option A"
      type: SINGLE_CHOICE
      choices { choice_id: "on" label: "On" points: 1 }
      choices { choice_id: "off" label: "Off" }
      na { allowed: true }
    }
    questions {
      question_id: "b"
      text: "Option B"
      type: SINGLE_CHOICE
      choices { choice_id: "on" label: "On" points: 2 }
      choices { choice_id: "off" label: "Off" }
    }
    questions {
      question_id: "c"
      text: "Option C"
      type: SINGLE_CHOICE
      choices { choice_id: "on" label: "On" points: 1 }
      choices { choice_id: "off" label: "Off" }
    }
  })pb";

TEST(KnownFormsTest, GroupsWithAFatalQuestionByScaledPoints) {
  const v1::Form form = FormOf(kFatal);
  EXPECT_EQ(
      ScoreOf(form, "g0q0:yes g0q1:yes g1q0:two a:on b:on c:off").percent(),
      75.86);
  EXPECT_EQ(ScoreOf(form, "g0q0:na a:na b:on c:off").percent(), 66.67);
  const v1::Score fatal = ScoreOf(form, "g0q0:no a:on b:on c:on");
  EXPECT_EQ(fatal.percent(), 0);
  EXPECT_EQ(fatal.percent_before_critical(), 88.89);
}

}  // namespace
}  // namespace attune
