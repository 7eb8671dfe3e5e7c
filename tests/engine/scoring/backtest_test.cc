#include "engine/scoring/backtest.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/random_form.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;

// Connection 60: warmth yes 30, half 15, no 0.  Solution 40: solved 10, N/A
// allowed; leak 10, critical.
constexpr char kForm[] = R"(
  title: "Small" floor_percent: 30
  bands { title: "Wow" from_percent: 85 }
  bands { title: "Fair" from_percent: 45 }
  sections {
    section_id: "connection" title: "Connection" weight: 60
    questions {
      question_id: "warmth" text: "Was it warm?" guidance: "Listen."
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 30 }
      choices { choice_id: "half" label: "Half" points: 15 }
      choices { choice_id: "no" label: "No" points: 0 }
    }
  }
  sections {
    section_id: "solution" title: "Solution" weight: 40
    questions {
      question_id: "solved" text: "Was it solved?" guidance: "Look."
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 10 }
      choices { choice_id: "no" label: "No" points: 0 }
      na { allowed: true }
    }
    questions {
      question_id: "leak" text: "Was something given away?" guidance: "Ask."
      type: SINGLE_CHOICE boundary: true
      choices { choice_id: "no" label: "No" points: 10 }
      choices { choice_id: "yes" label: "Yes" points: 0 }
      critical { category: CUSTOMER effect: FLAG }
    }
  })";

// 100, 50 and 40 on kForm.
const std::vector<std::string>& History() {
  static const auto& history = *new std::vector<std::string>{
      "warmth:yes solved:yes leak:no", "warmth:half solved:yes leak:yes",
      "warmth:no solved:na leak:no"};
  return history;
}

v1::Backtest Try(const v1::Form& history, const CompiledForm& draft,
                 const std::vector<std::string>& evaluations) {
  BacktestTally tally(draft);
  for (const std::string& words : evaluations) {
    tally.Add("people/ann", Chosen(words), ScoreOf(history, words));
  }
  return tally.Result();
}

// Each driver as `id: before -> after, adds`.
std::vector<std::string> Drivers(
    const google::protobuf::RepeatedPtrField<v1::Backtest::Driver>& drivers) {
  std::vector<std::string> told;
  for (const auto& driver : drivers) {
    told.push_back(absl::StrCat(
        driver.section_id(), driver.question_id().empty() ? "" : "/",
        driver.question_id(), ": ", driver.lost_before(), " -> ",
        driver.lost_after(), ", ", driver.contribution()));
  }
  return told;
}

TEST(BacktestTest, AHeavierConnectionByHand) {
  const v1::Form form = FormOf(kForm);
  v1::Form heavier = form;
  heavier.mutable_sections(0)->set_weight(80);
  heavier.mutable_sections(1)->set_weight(20);
  const CompiledForm draft = Compiled(heavier);
  const v1::Backtest result = Try(form, draft, History());
  EXPECT_EQ(result.evaluations(), 3);
  EXPECT_EQ(result.compared(), 3);
  EXPECT_EQ(result.raised(), 0);
  EXPECT_EQ(result.lowered(), 1);  // 40 to 20; 100 and 50 stay
  EXPECT_EQ(result.with_missing_answers(), 0);
  EXPECT_EQ(result.before().mean_percent(), 63.33);  // 190 / 3
  EXPECT_EQ(result.after().mean_percent(), 56.67);   // 170 / 3
  EXPECT_EQ(result.before().deviation(), 32.15);     // sqrt(2066.67 / 2)
  EXPECT_EQ(result.before().percentile_5(), 40);
  EXPECT_EQ(result.before().median(), 50);
  EXPECT_EQ(result.before().percentile_75(), 100);
  EXPECT_EQ(result.after().percentile_25(), 20);
  ASSERT_EQ(result.bins_size(), 20);
  for (int bin = 0; bin < 20; ++bin) {
    EXPECT_EQ(result.bins(bin).from_percent(), bin * 5);
    EXPECT_EQ(result.bins(bin).before(),
              bin == 8 || bin == 10 || bin == 19 ? 1 : 0);
    EXPECT_EQ(result.bins(bin).after(),
              bin == 4 || bin == 10 || bin == 19 ? 1 : 0);
  }
  // Lost in connection: (0 + 30 + 60) / 3, then (0 + 40 + 80) / 3.
  EXPECT_EQ(Drivers(result.sections()),
            (std::vector<std::string>{"connection: 30 -> 40, -10",
                                      "solution: 6.6667 -> 3.3333, 3.3333"}));
  EXPECT_EQ(Drivers(result.questions()),
            (std::vector<std::string>{"connection/warmth: 30 -> 40, -10",
                                      "solution/leak: 6.6667 -> 3.3333, 3.3333",
                                      "solution/solved: 0 -> 0, 0"}));
  EXPECT_EQ(result.bonus_change(), 0);
  EXPECT_EQ(result.critical_change(), 0);
}

TEST(BacktestTest, LinesAreTheDraftsTheFloorFirst) {
  const v1::Form form = FormOf(kForm);
  v1::Form heavier = form;
  heavier.mutable_sections(0)->set_weight(80);
  heavier.mutable_sections(1)->set_weight(20);
  const CompiledForm draft = Compiled(heavier);
  const v1::Backtest result = Try(form, draft, History());
  ASSERT_EQ(result.lines_size(), 3);
  EXPECT_EQ(result.lines(0).band(), "");
  EXPECT_EQ(result.lines(0).percent(), 30);
  EXPECT_EQ(result.lines(0).below_before(), 0);
  EXPECT_EQ(result.lines(0).below_after(), 1);
  EXPECT_EQ(result.lines(0).rose(), 0);
  EXPECT_EQ(result.lines(0).fell(), 1);
  EXPECT_EQ(result.lines(0).fell_percent(), 33.33);
  EXPECT_EQ(result.lines(1).band(), "Fair");
  EXPECT_EQ(result.lines(1).below_before(), 1);
  EXPECT_EQ(result.lines(1).fell(), 0);
  EXPECT_EQ(result.lines(2).band(), "Wow");
  EXPECT_EQ(result.lines(2).below_after(), 2);

  const v1::Backtest back = Try(heavier, Compiled(form), History());
  EXPECT_EQ(back.lines(0).rose(), 1);
  EXPECT_EQ(back.lines(0).rose_percent(), 33.33);
  EXPECT_EQ(back.lines(0).fell(), 0);
}

TEST(BacktestTest, WhatDoesNotMatchIsListedAndCountsAsNotApplicable) {
  const v1::Form form = FormOf(kForm);
  v1::Form other = form;
  // Without `half`; without `solved`, with `speed` in its place.
  other.mutable_sections(0)
      ->mutable_questions(0)
      ->mutable_choices()
      ->DeleteSubrange(1, 1);
  v1::Question& speed = *other.mutable_sections(1)->mutable_questions(0);
  speed.set_question_id("speed");
  speed.set_na_policy(v1::Form::FULL_CREDIT);
  const CompiledForm draft = Compiled(other);
  const v1::Backtest result = Try(form, draft, History());
  EXPECT_EQ(result.compared(), 3);
  EXPECT_EQ(result.with_missing_answers(), 3);
  // 100; without connection 0; (0 + 40) / 100.
  EXPECT_EQ(result.after().mean_percent(), 46.67);
  ASSERT_EQ(result.questions_without_history_size(), 1);
  EXPECT_EQ(result.questions_without_history(0).question_id(), "speed");
  EXPECT_EQ(result.questions_without_history(0).section_id(), "solution");
  EXPECT_EQ(result.questions_without_history(0).evaluations(), 3);
  ASSERT_EQ(result.questions_left_out_size(), 1);
  EXPECT_EQ(result.questions_left_out(0).question_id(), "solved");
  EXPECT_EQ(result.questions_left_out(0).evaluations(), 3);
  ASSERT_EQ(result.unmatched_answers_size(), 1);
  EXPECT_EQ(result.unmatched_answers(0).question_id(), "warmth");
  EXPECT_EQ(result.unmatched_answers(0).choice_id(), "half");
  EXPECT_EQ(result.unmatched_answers(0).evaluations(), 1);
}

TEST(BacktestTest, NotApplicableWhereItIsNoLongerAllowedIsUnmatched) {
  const v1::Form form = FormOf(kForm);
  v1::Form strict = form;
  strict.mutable_sections(1)->mutable_questions(0)->clear_na();
  const CompiledForm draft = Compiled(strict);
  const v1::Backtest result = Try(form, draft, History());
  EXPECT_EQ(result.with_missing_answers(), 1);
  ASSERT_EQ(result.unmatched_answers_size(), 1);
  EXPECT_EQ(result.unmatched_answers(0).question_id(), "solved");
  EXPECT_EQ(result.unmatched_answers(0).choice_id(), "");
  EXPECT_EQ(result.questions_without_history_size(), 0);
  EXPECT_EQ(result.lowered() + result.raised(), 0);
}

TEST(BacktestTest, CriticalFailuresAreToldApart) {
  const v1::Form form = FormOf(kForm);
  v1::Form zero = form;
  zero.mutable_sections(1)
      ->mutable_questions(1)
      ->mutable_critical()
      ->set_effect(v1::Critical::ZERO_FORM);
  const CompiledForm draft = Compiled(zero);
  const v1::Backtest result = Try(form, draft, History());
  EXPECT_EQ(result.after().mean_percent(), 46.67);  // 100, 0, 40
  EXPECT_EQ(result.critical_change(), -16.6667);    // -50 / 3
  EXPECT_EQ(result.bonus_change(), 0);
  for (const auto& section : result.sections()) {
    EXPECT_EQ(section.contribution(), 0) << section.section_id();
  }
}

TEST(BacktestTest, ScoresThatComeOrGoAreCountedAndNotCompared) {
  const v1::Form form = FormOf(kForm);
  v1::Form notes = form;
  notes.set_feedback_only(true);
  const auto silent = CompiledForm::MakeDraft(notes);
  ASSERT_TRUE(silent.has_value());
  const v1::Backtest lost = Try(form, *silent, History());
  EXPECT_EQ(lost.compared(), 0);
  EXPECT_EQ(lost.score_lost(), 3);
  EXPECT_FALSE(lost.before().has_mean_percent());
  const CompiledForm draft = Compiled(form);
  BacktestTally gained(draft);
  gained.Add("people/ann", Chosen(History()[0]), v1::Score());
  EXPECT_EQ(gained.Result().score_gained(), 1);
}

TEST(BacktestTest, AgentsAreRankedFromFiveEvaluationsOn) {
  const v1::Form form = FormOf(kForm);
  v1::Form heavier = form;
  heavier.mutable_sections(0)->set_weight(80);
  heavier.mutable_sections(1)->set_weight(20);
  const CompiledForm draft = Compiled(heavier);
  BacktestTally tally(draft);
  const auto add = [&](const std::string& agent, const std::string& words,
                       int times) {
    for (int i = 0; i < times; ++i) {
      tally.Add(agent, Chosen(words), ScoreOf(form, words));
    }
  };
  add("people/ann", "warmth:no solved:yes leak:no", 5);    // 40, then 20
  add("people/bob", "warmth:half solved:no leak:yes", 5);  // 30, then 40
  add("people/cat", "warmth:yes solved:yes leak:no", 5);   // 100
  add("people/dan", "warmth:half solved:no leak:yes", 5);  // 30, then 40
  add("people/eve", "warmth:no solved:yes leak:no", 4);
  const v1::Backtest result = tally.Result();
  EXPECT_EQ(result.agents_with_too_few(), 1);
  std::vector<std::string> told;
  for (const auto& agent : result.agents()) {
    told.push_back(absl::StrCat(agent.person(), " ", agent.before_percent(),
                                " ", agent.after_percent(), " ", agent.change(),
                                " ", agent.rank_before(), " ",
                                agent.rank_after()));
  }
  EXPECT_EQ(told, (std::vector<std::string>{
                      "people/ann 40 20 -20 2 4", "people/bob 30 40 10 3 2",
                      "people/dan 30 40 10 3 2", "people/cat 100 100 0 1 1"}));
}

TEST(ScoreCountsTest, OneHundredIsInTheBinBelowIt) {
  ScoreCounts counts;
  for (const int64_t score : {0, 499, 500, 9'999, 10'000, 10'001}) {
    counts.Add(score);
  }
  const std::vector<int64_t> bins = counts.Bins();
  ASSERT_EQ(bins.size(), 21u);
  EXPECT_EQ(bins[0], 2);
  EXPECT_EQ(bins[1], 1);
  EXPECT_EQ(bins[19], 2);
  EXPECT_EQ(bins[20], 1);
  EXPECT_EQ(counts.Percentile(50), 500);
  EXPECT_EQ(counts.Percentile(100), 10'001);
  EXPECT_EQ(ScoreCounts().Percentile(50), std::nullopt);
}

// Random forms with a few sets of answers that have a score.
struct Case {
  v1::Form form;
  std::vector<AnswerList> answers;
  std::vector<v1::Score> scores;
};

Case CaseOf(uint64_t seed) {
  RandomForms random(seed);
  Case result;
  result.form = random.NextForm();
  const auto compiled = CompiledForm::MakeDraft(result.form);
  for (int i = 0; compiled && i < 8; ++i) {
    const AnswerList answers = ListOf(random.NextAnswers(result.form));
    v1::Score score = ExplainScore(*compiled, answers);
    if (!score.has_percent()) continue;
    result.answers.push_back(answers);
    result.scores.push_back(std::move(score));
  }
  return result;
}

constexpr uint64_t kCases = 1'500;

TEST(BacktestPropertiesTest, TheSameFormChangesNothing) {
  int64_t compared = 0;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case one = CaseOf(seed);
    const auto draft = CompiledForm::MakeDraft(one.form);
    BacktestTally tally(*draft);
    for (size_t i = 0; i < one.answers.size(); ++i) {
      tally.Add("people/ann", one.answers[i], one.scores[i]);
    }
    const v1::Backtest result = tally.Result();
    compared += result.compared();
    ASSERT_EQ(result.compared(), static_cast<int64_t>(one.answers.size()));
    ASSERT_EQ(result.raised() + result.lowered(), 0) << "seed " << seed;
    ASSERT_EQ(result.with_missing_answers(), 0) << "seed " << seed;
    ASSERT_EQ(result.before().SerializeAsString(),
              result.after().SerializeAsString());
    ASSERT_EQ(result.bonus_change(), 0) << "seed " << seed;
    ASSERT_EQ(result.critical_change(), 0) << "seed " << seed;
    for (const auto& section : result.sections()) {
      ASSERT_EQ(section.contribution(), 0) << "seed " << seed;
    }
    for (const auto& question : result.questions()) {
      ASSERT_EQ(question.contribution(), 0) << "seed " << seed;
    }
  }
  EXPECT_GT(compared, 1'000);
}

TEST(BacktestPropertiesTest, ReweightingEqualsScoringEachAnew) {
  int64_t changed = 0;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    const Case one = CaseOf(seed);
    RandomForms random(seed + kCases);
    v1::Form other = one.form;
    for (v1::Section& section : *other.mutable_sections()) {
      section.set_weight(1 + random.Below(50));
    }
    other.clear_leading_value();
    const auto draft = CompiledForm::MakeDraft(other);
    if (!draft) continue;
    for (size_t i = 0; i < one.answers.size(); ++i) {
      BacktestTally tally(*draft);
      tally.Add("people/ann", one.answers[i], one.scores[i]);
      const v1::Backtest result = tally.Result();
      const v1::Score anew = ExplainScore(*draft, one.answers[i]);
      const bool scored = anew.has_percent() || anew.has_percent_so_far();
      ASSERT_EQ(result.compared(), scored ? 1 : 0) << "seed " << seed;
      if (!scored) continue;
      const double after =
          anew.has_percent() ? anew.percent() : anew.percent_so_far();
      ASSERT_EQ(result.after().mean_percent(), after) << "seed " << seed;
      changed += after == one.scores[i].percent() ? 0 : 1;
      double sum = result.bonus_change() + result.critical_change();
      for (const auto& section : result.sections()) {
        sum += section.contribution();
      }
      ASSERT_NEAR(sum, after - one.scores[i].percent(), 1e-6)
          << "seed " << seed;
    }
  }
  EXPECT_GT(changed, 500);
}

TEST(BacktestPropertiesTest, SharesOfTheWorkAddUpToTheWhole) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Case one = CaseOf(seed);
    v1::Form other = one.form;
    other.mutable_sections(0)->set_weight(17);
    const auto draft = CompiledForm::MakeDraft(other);
    if (!draft) continue;
    BacktestTally whole(*draft);
    BacktestTally odd(*draft);
    BacktestTally even(*draft);
    for (size_t i = 0; i < one.answers.size(); ++i) {
      const std::string agent = absl::StrCat("people/", i % 3);
      whole.Add(agent, one.answers[i], one.scores[i]);
      (i % 2 == 0 ? even : odd).Add(agent, one.answers[i], one.scores[i]);
    }
    odd.Merge(even);
    ASSERT_TRUE(MessageDifferencer::Equals(whole.Result(), odd.Result()))
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace attune
