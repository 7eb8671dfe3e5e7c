// Each rule of scoring by itself, with numbers worked out by hand.

#include "engine/scoring/score.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

// A question with the choices full, half and none of 4 points.
std::string Question(const std::string& id, const std::string& more = "") {
  return absl::StrCat(
      " questions { question_id: '", id, "' text: 'T' type: SINGLE_CHOICE ",
      "choices { choice_id: 'full' label: 'F' points: 4 } ",
      "choices { choice_id: 'half' label: 'H' points: 2 } ",
      "choices { choice_id: 'none' label: 'N' } na { allowed: true } ", more,
      " }");
}

std::string Section(const std::string& id, const std::string& inside) {
  return absl::StrCat(" sections { section_id: '", id, "' title: 'S' ", inside,
                      " }");
}

v1::Form Form(const std::string& inside) {
  return FormOf(absl::StrCat("title: 'F' ", inside));
}

const v1::QuestionScore& Of(const v1::Score& score, const std::string& id) {
  for (const v1::QuestionScore& question : score.questions()) {
    if (question.question_id() == id) return question;
  }
  ADD_FAILURE() << id;
  return score.questions(0);
}

TEST(ScoreTest, EachRuleWeighsTheSameAnswersItsOwnWay) {
  // a: weight 3, 2 of 4; b: weight 1, 4 of 4; c: weight 1, none.
  const std::string form =
      absl::StrCat(Section("s", "weight: 1" + Question("a", "weight: 3") +
                                    Question("b", "weight: 1")),
                   Section("u", "weight: 2" + Question("c", "weight: 1")));
  const struct {
    const char* rule;
    double percent;
    double share_of_a;
  } kTable[] = {{"WEIGHTED_SECTION_MEANS", 20.83, 25},
                {"RULE_UNSPECIFIED", 20.83, 25},
                {"WEIGHTED_QUESTIONS", 50, 60},
                {"SCALED_POINTS", 37.5, 25},
                {"POINTS", 50, 33.3333}};
  for (const auto& row : kTable) {
    const v1::Score score = ScoreOf(
        Form(absl::StrCat("rule: ", row.rule, form)), "a:half b:full c:none");
    EXPECT_EQ(score.percent(), row.percent) << row.rule;
    EXPECT_EQ(Of(score, "a").effective_share(), row.share_of_a) << row.rule;
  }
}

TEST(ScoreTest, AbsentSectionWeightIsTheSumOfWhatIsScoredAndNoBonus) {
  const v1::Score score =
      ScoreOf(Form(absl::StrCat(
                  Section("s", Question("a", "weight: 5") + Question("b") +
                                   Question("plus", "bonus: true") +
                                   " questions { question_id: 't' text: 'T' "
                                   "type: TEXT }"),
                  Section("u", "weight: 1" + Question("c")))),
              "a:full b:full plus:none c:none");
  EXPECT_EQ(score.sections(0).weight(), 9);
  EXPECT_EQ(score.percent(), 90);
}

TEST(ScoreTest, NotApplicableNeverMovesWeightBetweenSections) {
  const v1::Form form = Form(
      absl::StrCat(Section("s", "weight: 3" + Question("a") + Question("b")),
                   Section("u", "weight: 1" + Question("c"))));
  const v1::Score score = ScoreOf(form, "a:na b:none c:full");
  EXPECT_EQ(score.percent(), 25);
  EXPECT_EQ(Of(score, "a").state(), v1::QuestionScore::STATE_NA);
  EXPECT_EQ(Of(score, "a").points_possible(), 4);
  EXPECT_EQ(Of(score, "b").effective_share(), 75);
  EXPECT_EQ(score.sections(1).effective_share(), 25);
  const v1::Score dropped = ScoreOf(form, "a:na b:na c:full");
  EXPECT_EQ(dropped.percent(), 100);
  EXPECT_FALSE(dropped.sections(0).has_percent());
  EXPECT_EQ(dropped.sections(1).effective_share(), 100);
}

TEST(ScoreTest, AQuestionMayOverrideTheFormsPolicy) {
  const v1::Form form = Form(absl::StrCat(
      "na_policy: FULL_CREDIT rule: POINTS",
      Section("s", Question("a") + Question("b", "na_policy: EXCLUDE") +
                       Question("c"))));
  const v1::Score score = ScoreOf(form, "a:na b:na c:none");
  EXPECT_EQ(score.percent(), 50);
  EXPECT_EQ(Of(score, "a").state(), v1::QuestionScore::STATE_NA_FULL_CREDIT);
  EXPECT_EQ(Of(score, "a").points_earned(), 4);
  EXPECT_EQ(Of(score, "b").state(), v1::QuestionScore::STATE_NA);
}

TEST(ScoreTest, FullCreditNeverSavesAHiddenQuestion) {
  const v1::Score score =
      ScoreOf(Form(absl::StrCat(
                  "na_policy: FULL_CREDIT",
                  Section("s", Question("a") +
                                   Question("b",
                                            "visible_when { question_id: 'a' "
                                            "choice_ids: 'none' }")))),
              "a:half b:na");
  EXPECT_EQ(score.percent(), 50);
  EXPECT_EQ(Of(score, "b").state(), v1::QuestionScore::STATE_HIDDEN);
}

TEST(ScoreTest, AHiddenQuestionHidesThoseThatDependOnIt) {
  const v1::Form form = Form(Section(
      "s",
      Question("a") +
          Question("b",
                   "visible_when { question_id: 'a' choice_ids: 'full' }") +
          Question("c",
                   "visible_when { question_id: 'b' choice_ids: 'none' }") +
          Question("d",
                   "any_of: true "
                   "visible_when { question_id: 'c' choice_ids: 'half' } "
                   "visible_when { question_id: 'a' choice_ids: ['half', "
                   "'none'] }")));
  const v1::Score open = ScoreOf(form, "a:full b:none c:half d:none");
  EXPECT_EQ(open.percent(), 37.5);
  const v1::Score closed = ScoreOf(form, "a:half b:none c:half d:full");
  EXPECT_EQ(closed.percent(), 75);
  EXPECT_EQ(Of(closed, "b").state(), v1::QuestionScore::STATE_HIDDEN);
  EXPECT_EQ(Of(closed, "c").state(), v1::QuestionScore::STATE_HIDDEN);
  const v1::Score neither = ScoreOf(form, "a:full b:full");
  EXPECT_EQ(neither.percent(), 100);
  EXPECT_EQ(Of(neither, "d").state(), v1::QuestionScore::STATE_HIDDEN);
}

TEST(ScoreTest, NothingApplicableGivesNoScore) {
  const v1::Score score =
      ScoreOf(Form("floor_percent: 50" + Section("s", Question("a"))), "a:na");
  EXPECT_FALSE(score.has_percent());
  EXPECT_FALSE(score.has_percent_before_critical());
  EXPECT_FALSE(score.has_percent_so_far());
  EXPECT_FALSE(score.below_floor());
}

TEST(ScoreTest, BonusAloneDropsOutUnderEveryRule) {
  for (const char* rule : {"WEIGHTED_SECTION_MEANS", "WEIGHTED_QUESTIONS",
                           "SCALED_POINTS", "POINTS"}) {
    const v1::Form form =
        Form(absl::StrCat("bonus_cap_percent: 200 rule: ", rule,
                          Section("s", "weight: 1" + Question("a") +
                                           Question("plus", "bonus: true")),
                          Section("u", "weight: 1" + Question("b"))));
    const v1::Score score = ScoreOf(form, "a:na plus:full b:half");
    EXPECT_EQ(score.percent(), 50) << rule;
    EXPECT_FALSE(score.sections(0).has_percent()) << rule;
    EXPECT_EQ(score.sections(1).effective_share(), 100) << rule;
  }
}

TEST(ScoreTest, TheCapHoldsForEverySectionBeforeItEntersTheMean) {
  const std::string sections =
      absl::StrCat(Section("s", "weight: 1" + Question("a") +
                                    Question("plus", "bonus: true")),
                   Section("u", "weight: 1" + Question("b")));
  const std::string words = "a:full plus:full b:none";
  EXPECT_EQ(ScoreOf(Form(sections), words).percent(), 50);
  EXPECT_EQ(ScoreOf(Form("bonus_cap_percent: 150" + sections), words).percent(),
            75);
  // Sums are capped as a whole, so here the bonus fills the other section.
  EXPECT_EQ(ScoreOf(Form("rule: POINTS" + sections), words).percent(), 100);
  const v1::Score score =
      ScoreOf(Form("bonus_cap_percent: 133.3333" + sections), words);
  EXPECT_EQ(score.sections(0).percent(), 133.33);
  EXPECT_EQ(score.percent(), 66.67);
}

TEST(ScoreTest, BonusLosesNothing) {
  const v1::Score score = ScoreOf(
      Form(Section("s", Question("a") + Question("plus", "bonus: true"))),
      "a:half plus:none");
  EXPECT_EQ(Of(score, "plus").effective_share(), 0);
  EXPECT_EQ(Of(score, "plus").lost(), 0);
  EXPECT_EQ(score.sections(0).lost(), 50);
  EXPECT_EQ(score.largest_losses_size(), 1);
}

TEST(ScoreTest, CriticalEffectsUnderEveryRule) {
  const struct {
    const char* rule;
    double before;
    double zeroed;
  } kTable[] = {{"WEIGHTED_SECTION_MEANS", 87.5, 50},
                {"WEIGHTED_QUESTIONS", 83.33, 33.33},
                {"SCALED_POINTS", 83.33, 33.33},
                {"POINTS", 83.33, 33.33}};
  for (const auto& row : kTable) {
    const std::string form =
        absl::StrCat("rule: ", row.rule,
                     Section("s", "weight: 2" +
                                      Question("a",
                                               "boundary: true critical { "
                                               "category: BUSINESS effect: "
                                               "EFFECT }") +
                                      Question("b")),
                     Section("u", "weight: 2" + Question("c")));
    const auto with = [&](const std::string& effect) {
      return ScoreOf(Form(absl::StrReplaceAll(form, {{"EFFECT", effect}})),
                     "a:half b:full c:full");
    };
    EXPECT_EQ(with("FLAG").percent(), row.before) << row.rule;
    EXPECT_EQ(with("EFFECT_UNSPECIFIED").critical_failures(0).effect(),
              v1::Critical::FLAG);
    EXPECT_EQ(with("ZERO_SECTION").percent(), row.zeroed) << row.rule;
    EXPECT_EQ(with("ZERO_SECTION").percent_before_critical(), row.before);
    EXPECT_EQ(with("ZERO_SECTION").sections(0).percent(), 0);
    EXPECT_TRUE(with("ZERO_SECTION").sections(0).zeroed());
    EXPECT_EQ(with("ZERO_FORM").percent(), 0) << row.rule;
    EXPECT_EQ(with("ZERO_FORM").percent_before_critical(), row.before);
    EXPECT_EQ(with("ZERO_FORM").critical_failures(0).question_id(), "a");
    EXPECT_EQ(with("ZERO_FORM").critical_failures(0).category(),
              v1::Critical::BUSINESS);
  }
}

TEST(ScoreTest, BelowPercentIsExclusive) {
  const v1::Form form =
      Form(Section("s", Question("a",
                                 "boundary: true critical { category: CUSTOMER "
                                 "below_percent: 50 effect: ZERO_FORM }") +
                            Question("b")));
  EXPECT_EQ(ScoreOf(form, "a:half b:full").percent(), 75);
  EXPECT_EQ(ScoreOf(form, "a:none b:full").percent(), 0);
  EXPECT_EQ(ScoreOf(form, "a:na b:half").critical_failures_size(), 0);
}

TEST(ScoreTest, ACriticalSectionIsComparedBeforeItsQuestionsZeroIt) {
  const v1::Form form = Form(absl::StrCat(
      Section("s",
              "critical { category: COMPLIANCE below_percent: 60 effect: "
              "ZERO_FORM } weight: 1" +
                  Question("a",
                           "boundary: true critical { category: "
                           "CUSTOMER effect: ZERO_SECTION }") +
                  Question("b") + Question("c")),
      Section("u", "weight: 1" + Question("d"))));
  const v1::Score kept = ScoreOf(form, "a:none b:full c:full d:full");
  EXPECT_EQ(kept.critical_failures_size(), 1);
  EXPECT_EQ(kept.percent(), 50);
  EXPECT_EQ(kept.percent_before_critical(), 83.33);
  const v1::Score failed = ScoreOf(form, "a:none b:full c:none d:full");
  ASSERT_EQ(failed.critical_failures_size(), 2);
  EXPECT_EQ(failed.critical_failures(1).question_id(), "");
  EXPECT_EQ(failed.critical_failures(1).section_id(), "s");
  EXPECT_EQ(failed.percent(), 0);
  EXPECT_EQ(ScoreOf(form, "a:na b:na c:na d:full").critical_failures_size(), 0);
}

TEST(ScoreTest, RoundsHalfUpFromTheExactQuotient) {
  // 1/8 of 100 at two places is exact; 1/800 gives the tie 0.125.
  const auto form = [](const std::string& points) {
    return Form(
        "rule: POINTS sections { section_id: 's' title: 'S' questions "
        "{ question_id: 'q' text: 'T' type: SINGLE_CHOICE choices { "
        "choice_id: 'all' label: 'A' points: 800 } choices { "
        "choice_id: 'x' label: 'X' points: " +
        points + " } } }");
  };
  EXPECT_EQ(ScoreOf(form("1"), "q:x").percent(), 0.13);
  EXPECT_EQ(ScoreOf(form("0.9999"), "q:x").percent(), 0.12);
  EXPECT_EQ(ScoreOf(form("799.96"), "q:x").percent(), 100);
  EXPECT_EQ(ScoreOf(form("799.9599"), "q:x").percent(), 99.99);
}

TEST(ScoreTest, MultiChoiceEarnsTheSumUpToItsMaximum) {
  const v1::Form form = Form(
      "sections { section_id: 's' title: 'S' questions { question_id: 'q' "
      "text: 'T' type: MULTI_CHOICE max_points: 4 "
      "choices { choice_id: 'a' label: 'A' points: 1.5 } "
      "choices { choice_id: 'b' label: 'B' points: 2 } "
      "choices { choice_id: 'c' label: 'C' points: 3 } } }");
  const CompiledForm compiled = Compiled(form);
  const auto percent = [&](const std::vector<std::string>& choices) {
    v1::Answer answer;
    answer.set_question_id("q");
    for (const std::string& choice : choices) answer.add_choice_ids(choice);
    return ExplainScore(compiled, ListOf({answer})).percent();
  };
  EXPECT_EQ(percent({"a"}), 37.5);
  EXPECT_EQ(percent({"b", "a"}), 87.5);
  EXPECT_EQ(percent({"b", "c"}), 100);
  EXPECT_EQ(percent({}), 0);
}

TEST(ScoreTest, NumbersEarnByTheirRangeBothEndsIncluded) {
  const CompiledForm form = Compiled(Form(
      "sections { section_id: 's' title: 'S' questions { question_id: 'q' "
      "text: 'T' type: NUMBER ranges { from: -2 to: 0.1 points: 1 } ranges { "
      "from: 0.2 to: 9 points: 4 } } }"));
  const auto score = [&](double number) {
    v1::Answer answer;
    answer.set_question_id("q");
    answer.set_number(number);
    return ExplainScore(form, ListOf({answer}));
  };
  EXPECT_EQ(score(-2).percent(), 25);
  EXPECT_EQ(score(0.1).percent(), 25);
  EXPECT_EQ(score(0.2).percent(), 100);
  EXPECT_EQ(score(9).percent(), 100);
  EXPECT_FALSE(score(0.15).has_percent());
  EXPECT_EQ(score(0.15).unanswered_size(), 1);
}

TEST(ScoreTest, UnscoredPartsNeverCount) {
  const v1::Score score =
      ScoreOf(Form(absl::StrCat(Section("s", Question("a")),
                                Section("z", "weight: 0" + Question("noted")))),
              "a:half noted:none");
  EXPECT_EQ(score.percent(), 50);
  EXPECT_EQ(Of(score, "noted").state(), v1::QuestionScore::STATE_UNSCORED);
  EXPECT_EQ(Of(score, "noted").points_possible(), 0);
  EXPECT_FALSE(score.sections(1).has_percent());
}

TEST(ScoreTest, FeedbackOnlyComputesNoNumber) {
  const v1::Score score = ScoreOf(Form("feedback_only: true floor_percent: 50" +
                                       Section("s", Question("a"))),
                                  "a:half");
  EXPECT_FALSE(score.has_percent());
  EXPECT_FALSE(score.sections(0).has_percent());
  EXPECT_EQ(score.questions(0).state(), v1::QuestionScore::STATE_UNSCORED);
  EXPECT_EQ(score.unanswered_size(), 0);
}

TEST(ScoreTest, WhatIsUnansweredIsToldWithThePercentSoFar) {
  const v1::Form form =
      Form("floor_percent: 90 bands { title: 'Any' }" +
           Section("s", Question("a") + Question("b") +
                            " questions { question_id: 't' text: 'T' "
                            "type: TEXT required: true }"));
  const v1::Score score = ScoreOf(form, "b:half");
  EXPECT_FALSE(score.has_percent());
  EXPECT_FALSE(score.has_percent_before_critical());
  EXPECT_EQ(score.percent_so_far(), 50);
  EXPECT_EQ(score.sections(0).percent(), 50);
  ASSERT_EQ(score.unanswered_size(), 2);
  EXPECT_EQ(score.unanswered(0), "a");
  EXPECT_EQ(score.unanswered(1), "t");
  EXPECT_EQ(score.band(), "");
  EXPECT_FALSE(score.below_floor());
  EXPECT_FALSE(ScoreOf(form, "").has_percent_so_far());
}

TEST(ScoreTest, BandsAndFloorTakeTheRoundedPercent) {
  const v1::Form form = Form(
      "floor_percent: 75 bands { title: 'Low' } bands { title: 'High' "
      "from_percent: 75 } bands { title: 'Middle' from_percent: 50 }" +
      Section("s", Question("a") + Question("b")));
  EXPECT_EQ(ScoreOf(form, "a:full b:half").band(), "High");
  EXPECT_FALSE(ScoreOf(form, "a:full b:half").below_floor());
  EXPECT_EQ(ScoreOf(form, "a:full b:none").band(), "Middle");
  EXPECT_TRUE(ScoreOf(form, "a:full b:none").below_floor());
  EXPECT_EQ(ScoreOf(form, "a:half b:none").band(), "Low");
}

TEST(ScoreTest, LargestLossesAreThreeWithTiesInFormOrder) {
  const v1::Score score =
      ScoreOf(Form(Section("s", Question("a") + Question("b") + Question("c") +
                                    Question("d") + Question("e"))),
              "a:full b:half c:none d:half e:half");
  ASSERT_EQ(score.largest_losses_size(), 3);
  EXPECT_EQ(score.largest_losses(0).question_id(), "c");
  EXPECT_EQ(score.largest_losses(0).lost(), 20);
  EXPECT_EQ(score.largest_losses(1).question_id(), "b");
  EXPECT_EQ(score.largest_losses(2).question_id(), "d");
}

}  // namespace
}  // namespace attune
