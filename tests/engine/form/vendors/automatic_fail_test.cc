#include "engine/form/vendors/automatic_fail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using testing::HasSubstr;

struct Failing {
  v1::Form form;
  std::string notes;

  v1::Score Choose(int choice) const {
    return ScoreOf(form, absl::StrCat("q:c", choice, " other:all"));
  }
};

// A question of such points, and one that always earns its 10.
Failing Make(const std::vector<double>& points, const std::vector<bool>& fails,
             v1::Critical::Effect effect = v1::Critical::ZERO_FORM) {
  Failing made;
  made.form = FormOf(R"pb(
    title: "Fails"
    rule: WEIGHTED_QUESTIONS
    sections {
      section_id: "s"
      title: "S"
      questions { question_id: "q" text: "Q" type: SINGLE_CHOICE weight: 10 }
      questions {
        question_id: "other"
        text: "O"
        type: SINGLE_CHOICE
        choices { choice_id: "all" label: "All" points: 10 }
      }
    })pb");
  v1::Question& question = *made.form.mutable_sections(0)->mutable_questions(0);
  for (size_t i = 0; i < points.size(); ++i) {
    v1::Choice& choice = *question.add_choices();
    choice.set_choice_id(absl::StrCat("c", i));
    choice.set_label("C");
    choice.set_points(points[i]);
  }
  ImportLog log;
  SetAutomaticFail(fails, effect, question, "$", log);
  for (const ImportNote& note : log.TakeNotes()) {
    absl::StrAppend(&made.notes, note.what, ": ", note.why, "\n");
  }
  return made;
}

TEST(AutomaticFailTest, OnlyTheFailingAnswerMakesTheTotalZero) {
  const Failing made = Make({10, 5, 0}, {false, false, true});
  EXPECT_EQ(made.Choose(0).percent(), 100);
  EXPECT_EQ(made.Choose(1).percent(), 75);
  EXPECT_EQ(made.Choose(2).percent(), 0);
  EXPECT_EQ(made.Choose(2).percent_before_critical(), 50);
  EXPECT_TRUE(made.Choose(1).critical_failures().empty());
}

TEST(AutomaticFailTest, AnAwkwardThirdIsStillToldApart) {
  const Failing made = Make({3, 1, 0.9999}, {false, false, true});
  EXPECT_EQ(made.Choose(1).percent(), 66.67);
  EXPECT_EQ(made.Choose(2).percent(), 0);
}

TEST(AutomaticFailTest, AFailThatEarnsMoreThanOthersEarnsNothing) {
  const Failing made = Make({10, 2, 5}, {false, false, true});
  EXPECT_THAT(made.notes, HasSubstr("0 here"));
  EXPECT_EQ(made.Choose(1).percent(), 60);
  EXPECT_EQ(made.Choose(2).percent(), 0);
}

TEST(AutomaticFailTest, AnAnswerOfNoPointsBesideItDoesNotFail) {
  const Failing made = Make({10, 0, 0}, {false, false, true});
  EXPECT_THAT(made.notes, HasSubstr("smallest part"));
  EXPECT_EQ(made.Choose(0).percent(), 100);
  EXPECT_EQ(made.Choose(1).percent(), 50);
  EXPECT_EQ(made.Choose(2).percent(), 0);
}

TEST(AutomaticFailTest, WithoutPointsItFailsAndWeighsNothing) {
  const Failing made = Make({0, 0}, {false, true});
  EXPECT_EQ(made.Choose(0).percent(), 100);
  EXPECT_EQ(made.Choose(1).percent(), 0);
  EXPECT_EQ(made.Choose(0).questions(0).effective_share(), 0);
}

TEST(AutomaticFailTest, WhatCannotBeToldApartIsNotedAndStays) {
  for (const auto& [points, fails] :
       std::vector<std::pair<std::vector<double>, std::vector<bool>>>{
           {{10, 0}, {true, false}},
           {{10, 5}, {true, true}},
           {{10, 5, 2}, {true, false, false}}}) {
    const Failing made = Make(points, fails);
    EXPECT_THAT(made.notes, HasSubstr("cannot be told"));
    EXPECT_EQ(made.form.sections(0).questions(0).choices(0).points(), 10);
    EXPECT_FALSE(made.form.sections(0).questions(0).has_critical());
  }
  // A flag changes no total, so points may not change for it.
  EXPECT_THAT(Make({10, 0, 0}, {false, false, true}, v1::Critical::FLAG).notes,
              HasSubstr("cannot be told"));
}

TEST(AutomaticFailTest, NoFailLeavesTheQuestionAlone) {
  const Failing made = Make({10, 0}, {false, false});
  EXPECT_EQ(made.notes, "");
  EXPECT_FALSE(made.form.sections(0).questions(0).boundary());
}

}  // namespace
}  // namespace attune
