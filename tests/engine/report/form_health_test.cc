// The figures of form health, without a store.

#include "engine/report/form_health.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/contest_figures.h"
#include "engine/report/form_health_findings.h"
#include "tests/engine/center_test.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using Contacts = absl::flat_hash_set<std::string>;

v1::Evaluation Scored(const std::string& contact, const std::string& words) {
  v1::Evaluation evaluation;
  evaluation.set_contact(contact);
  evaluation.set_state(v1::Evaluation::STATE_SUBMITTED);
  *evaluation.mutable_answers() = Chosen(words);
  *evaluation.mutable_score() = ScoreOf(SmallForm(), words);
  return evaluation;
}

// Pearson's r in two passes.
double CorrelationOf(const std::vector<double>& x,
                     const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return xy / std::sqrt(xx * yy);
}

TEST(FormHealthTest, DiscriminationIsAgainstTheRestOfTheForm) {
  const Contacts none;
  FormHealthTally tally(none);
  std::vector<double> warmth;
  std::vector<double> rest;
  for (int i = 0; i < 24; ++i) {
    const int warm = i % 3;
    const bool solved = i % 4 != 0;
    const bool leak = i % 5 == 0 && warm != 2;
    tally.Add(Scored("c", absl::StrCat("warmth:",
                                       warm == 0   ? "no"
                                       : warm == 1 ? "half"
                                                   : "yes",
                                       " solved:", solved ? "yes" : "no",
                                       " leak:", leak ? "yes" : "no")));
    warmth.push_back(warm * 50);
    // Both questions have 10 points: the rest is what solution earned.
    rest.push_back((solved ? 50 : 0) + (leak ? 0 : 50));
  }
  const v1::FormHealth health = tally.Result(SmallForm());
  const v1::Discrimination& found = health.questions(0).discrimination();
  EXPECT_EQ(found.n(), 24);
  EXPECT_NEAR(found.correlation(), CorrelationOf(warmth, rest), 0.00005);
  EXPECT_EQ(found.reason(), "");
}

TEST(FormHealthTest, HiddenAndUnappliedQuestionsAreToldApart) {
  v1::Form form = SmallForm();
  v1::VisibleWhen& when =
      *form.mutable_sections(1)->mutable_questions(0)->add_visible_when();
  when.set_question_id("warmth");
  when.add_choice_ids("yes");
  const Contacts none;
  FormHealthTally tally(none);
  for (const char* words :
       {"warmth:yes solved:na leak:no", "warmth:yes solved:yes leak:no",
        "warmth:half leak:no", "warmth:no leak:no"}) {
    v1::Evaluation evaluation;
    *evaluation.mutable_score() = ScoreOf(form, words);
    tally.Add(evaluation);
  }
  const v1::FormHealth health = tally.Result(form);
  ASSERT_EQ(health.questions_size(), 3);
  const v1::QuestionHealth& solved = health.questions(1);
  EXPECT_EQ(solved.question_id(), "solved");
  EXPECT_EQ(solved.asked(), 2);
  EXPECT_EQ(solved.scored(), 1);
  EXPECT_EQ(solved.na_percent(), 50);
  EXPECT_EQ(solved.hidden_percent(), 50);
  EXPECT_EQ(solved.share_percent(), 20);
}

TEST(FormHealthTest, QuestionsThatTheFormLacksComeLastAsRetired) {
  const Contacts none;
  FormHealthTally tally(none);
  tally.Add(Scored("c", "warmth:yes solved:yes leak:no"));
  v1::Form form = SmallForm();
  form.mutable_sections(0)->mutable_questions(0)->set_question_id("kindness");
  const v1::FormHealth health = tally.Result(form);
  ASSERT_EQ(health.questions_size(), 4);
  EXPECT_EQ(health.questions(0).question_id(), "kindness");
  EXPECT_EQ(health.questions(0).asked(), 0);
  EXPECT_FALSE(health.questions(0).has_pass_percent());
  EXPECT_EQ(health.questions(0).discrimination().reason(), "no_data");
  EXPECT_EQ(health.questions(3).question_id(), "warmth");
  EXPECT_TRUE(health.questions(3).retired());
  EXPECT_EQ(health.questions(3).text(), "");
}

// Two raters on 50 calls: both yes 20, yes and no 5, no and yes 10, both no 15.
TEST(FormHealthTest, AgreementIsFleissKappaOfTheRatersOwnAnswers) {
  Contacts twice;
  for (int i = 0; i < 50; ++i) twice.insert(absl::StrCat("c", i));
  FormHealthTally left(twice);
  FormHealthTally right(twice);
  for (int i = 0; i < 50; ++i) {
    const bool first = i < 25;
    const bool second = i < 20 || (i >= 25 && i < 35);
    const auto words = [](bool yes) {
      return absl::StrCat("warmth:", yes ? "yes" : "no", " solved:na leak:no");
    };
    v1::Evaluation ruled = Scored(absl::StrCat("c", i), words(first));
    *ruled.mutable_ruled_score() =
        ScoreOf(SmallForm(), "warmth:yes solved:na leak:no");
    left.Add(ruled);
    right.Add(Scored(absl::StrCat("c", i), words(second)));
  }
  left.Merge(right);
  const v1::FormHealth health = left.Result(SmallForm());
  EXPECT_EQ(health.contacts_scored_twice(), 50);
  const v1::RaterAgreement& warmth = health.questions(0).agreement();
  EXPECT_EQ(warmth.contacts(), 50);
  EXPECT_EQ(warmth.pairs(), 50);
  EXPECT_EQ(warmth.agreement_percent(), 70);
  EXPECT_EQ(warmth.kappa(), 0.3939);  // (0.7 - 0.505) / (1 - 0.505)
  const v1::RaterAgreement& solved = health.questions(1).agreement();
  EXPECT_EQ(solved.pairs(), 0);  // N/A is no rating
  EXPECT_EQ(solved.reason(), "no_data");
  const v1::RaterAgreement& leak = health.questions(2).agreement();
  EXPECT_EQ(leak.agreement_percent(), 100);
  EXPECT_FALSE(leak.has_kappa());
  EXPECT_EQ(leak.reason(), "no_variation");
}

TEST(FormHealthTest, ThreeRatersOfOneContactAreThreePairs) {
  const Contacts twice = {"c"};
  FormHealthTally tally(twice);
  for (const char* warmth : {"yes", "yes", "no"}) {
    tally.Add(
        Scored("c", absl::StrCat("warmth:", warmth, " solved:yes leak:no")));
  }
  const v1::FormHealth health = tally.Result(SmallForm());
  const v1::RaterAgreement& warmth = health.questions(0).agreement();
  EXPECT_EQ(warmth.contacts(), 1);
  EXPECT_EQ(warmth.pairs(), 3);
  EXPECT_EQ(warmth.agreement_percent(), 33.33);
  EXPECT_EQ(warmth.reason(), "too_few");
}

v1::QuestionHealth Question(const std::string& text) {
  v1::QuestionHealth question;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &question));
  AddFindings(question);
  return question;
}

std::string Reasons(const std::string& text) {
  std::string reasons;
  const v1::QuestionHealth question = Question(text);
  for (const v1::QuestionFinding& finding : question.findings()) {
    EXPECT_NE(finding.words(), "");
    absl::StrAppend(&reasons, reasons.empty() ? "" : " ",
                    v1::QuestionFinding::Reason_Name(finding.reason()));
  }
  return reasons;
}

TEST(FormHealthFindingsTest, EachHasItsThresholdAndNeedsEnoughData) {
  const struct {
    const char* question;
    const char* reasons;
  } kTable[] = {
      {"asked: 29 scored: 29 pass_percent: 100 share_percent: 1",
       "REASON_NOT_ENOUGH_DATA"},
      {"asked: 30 scored: 30 pass_percent: 98 share_percent: 2",
       "REASON_ALWAYS_PASSED"},
      {"asked: 30 scored: 30 pass_percent: 97.99 share_percent: 2", ""},
      {"asked: 40 scored: 29 pass_percent: 100 share_percent: 1", ""},
      {"asked: 30 scored: 30 pass_percent: 2 share_percent: 2",
       "REASON_NEVER_PASSED"},
      {"asked: 30 scored: 30 pass_percent: 2.01 share_percent: 1.99",
       "REASON_DECIDES_TOO_LITTLE"},
      {"asked: 30 na_percent: 50.01", "REASON_MOSTLY_NOT_APPLICABLE"},
      {"asked: 30 na_percent: 50", ""},
      {"asked: 30 agreement { contacts: 20 kappa: 0.39 agreement_percent: 89 }",
       "REASON_RATERS_DISAGREE"},
      {"asked: 30 agreement { contacts: 19 kappa: 0.39 agreement_percent: 89 }",
       ""},
      {"asked: 30 agreement { contacts: 20 kappa: 0.4 agreement_percent: 89 }",
       ""},
      {"asked: 30 agreement { contacts: 20 kappa: 0.1 agreement_percent: 90 }",
       ""},
      {"asked: 50 contests { items: 5 rate_percent: 10 }",
       "REASON_OFTEN_CONTESTED"},
      {"asked: 40 contests { items: 4 rate_percent: 10 }", ""},
      {"asked: 51 contests { items: 5 rate_percent: 9.8 }", ""},
      {"asked: 50 discrimination { n: 50 correlation: 0.0999 }",
       "REASON_DOES_NOT_DISCRIMINATE"},
      {"asked: 50 discrimination { n: 49 correlation: 0 }", ""},
      {"asked: 50 discrimination { n: 50 correlation: 0.1 }", ""},
      {"asked: 50 discrimination { n: 50 reason: 'no_variation' }", ""},
      {"asked: 30 feedback { keep_count: 2 change_count: 1 unclear_count: 2 }",
       "REASON_AGENTS_WOULD_CHANGE"},
      {"asked: 30 feedback { keep_count: 4 drop_count: 4 }",
       "REASON_AGENTS_WOULD_CHANGE"},
      {"asked: 30 feedback { keep_count: 4 drop_count: 3 }", ""},
      {"asked: 30 feedback { drop_count: 4 }", ""},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(Reasons(row.question), row.reasons) << row.question;
  }
}

TEST(FormHealthFindingsTest, SaysWhatToDo) {
  EXPECT_EQ(
      Question("asked: 40 scored: 40 pass_percent: 100 share_percent: 5")
          .findings(0)
          .words(),
      "Always yes: tells nothing. Full points in 100.00 % of 40; drop it, or "
      "ask for more.");
}

TEST(ContestFiguresTest, SharesAreOfWhatWasRuled) {
  const v1::ContestFigures figures =
      FiguresOf({.open = 2, .upheld = 2, .changed = 1, .closed = 1}, 40);
  EXPECT_EQ(figures.items(), 6);
  EXPECT_EQ(figures.changed_percent(), 33.33);
  EXPECT_EQ(figures.rate_percent(), 15);
  EXPECT_FALSE(FiguresOf({.open = 3}, 0).has_changed_percent());
  EXPECT_FALSE(FiguresOf({.open = 3}, 0).has_rate_percent());
}

}  // namespace
}  // namespace attune
