#include "engine/evaluation/self_gap.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/evaluation/self_check_tally.h"

namespace attune {
namespace {

// A score of this total, and of sections `a` and `b` where they are 0 or more.
v1::Evaluation Scored(double total, double a = -1, double b = -1) {
  v1::Evaluation evaluation;
  v1::Score& score = *evaluation.mutable_score();
  if (total >= 0) score.set_percent(total);
  for (const auto& [id, percent] :
       {std::make_pair("a", a), std::make_pair("b", b)}) {
    v1::SectionScore& section = *score.add_sections();
    section.set_section_id(id);
    section.set_title(absl::StrCat("Section ", id));
    if (percent >= 0) section.set_percent(percent);
  }
  return evaluation;
}

// `66.67 - 80.00 = -13.33 normal n=3; a: ...`.
std::string Describe(const v1::SelfCheckGap& gap) {
  std::string text =
      gap.has_gap()
          ? absl::StrFormat("%.2f - %.2f = %+.2f %d n=%d", gap.self_percent(),
                            gap.advocate_percent(), gap.gap(), gap.reading(),
                            gap.n())
          : "no gap";
  for (const v1::SectionGap& section : gap.sections()) {
    absl::StrAppendFormat(&text, "; %s: %.2f - %.2f = %+.2f n=%d",
                          section.section_id(), section.self_percent(),
                          section.advocate_percent(), section.gap(),
                          section.n());
  }
  return text;
}

TEST(SelfGapTest, OfOneCallFollowsTheTable) {
  const struct {
    v1::Evaluation self;
    std::vector<v1::Evaluation> advocates;
    const char* want;
  } kTable[] = {
      {Scored(70, 50, 100),
       {Scored(100, 100, 100)},
       "70.00 - 100.00 = -30.00 3 n=1; a: 50.00 - 100.00 = -50.00 n=1; "
       "b: 100.00 - 100.00 = +0.00 n=1"},
      // 80, 80 and 81 are 241 / 3 = 80.333..., shown as 80.33.
      {Scored(90),
       {Scored(80), Scored(80), Scored(81)},
       "90.00 - 80.33 = +9.67 1 n=3"},
      // A half goes up: 66.665 is 66.67.
      {Scored(66.67),
       {Scored(66.66), Scored(66.67)},
       "66.67 - 66.67 = +0.00 1 n=2"},
      {Scored(-1, 40),
       {Scored(80, 60)},
       "no gap; a: 40.00 - 60.00 = -20.00 n=1"},
      {Scored(50), {}, "no gap"},
      {Scored(50), {Scored(-1)}, "no gap"},
      // A section that only one side has is left out.
      {Scored(50, 40), {Scored(50, -1, 30)}, "50.00 - 50.00 = +0.00 1 n=1"},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(Describe(GapOf(row.self, row.advocates)), row.want);
  }
}

TEST(SelfGapTest, ARuledScoreCounts) {
  v1::Evaluation ruled = Scored(60);
  *ruled.mutable_ruled_score() = Scored(75).score();
  EXPECT_EQ(Describe(GapOf(Scored(70), {ruled})),
            "70.00 - 75.00 = -5.00 1 n=1");
}

TEST(SelfGapTest, IsReadAtItsLimits) {
  EXPECT_EQ(ReadGap(0), v1::SelfCheckGap::READING_NORMAL);
  EXPECT_EQ(ReadGap(10'00), v1::SelfCheckGap::READING_NORMAL);
  EXPECT_EQ(ReadGap(10'01), v1::SelfCheckGap::READING_TOO_KIND);
  EXPECT_EQ(ReadGap(-15'00), v1::SelfCheckGap::READING_NORMAL);
  EXPECT_EQ(ReadGap(-15'01), v1::SelfCheckGap::READING_TOO_HARSH);
}

TEST(SelfGapTest, HalvesGoAwayFromZero) {
  EXPECT_EQ(RoundedGap(5, 2), 0.03);
  EXPECT_EQ(RoundedGap(-5, 2), -0.03);
  EXPECT_EQ(RoundedGap(-4, 3), -0.01);
  EXPECT_EQ(RoundedGap(0, 3), 0.0);
}

TEST(SelfGapTest, OfASessionIsTheMeanOfItsCalls) {
  const v1::SelfCheckGap one = GapOf(Scored(70, 50), {Scored(100, 100)});
  const v1::SelfCheckGap two =
      GapOf(Scored(80.01, 90, 10), {Scored(70, 90, 20)});
  EXPECT_EQ(Describe(MeanOfGaps({one, two})),
            // (-30.00 + 10.01) / 2 = -9.995
            "75.01 - 85.00 = -10.00 1 n=2; a: 70.00 - 95.00 = -25.00 n=2; "
            "b: 10.00 - 20.00 = -10.00 n=1");
  EXPECT_EQ(Describe(MeanOfGaps({one, v1::SelfCheckGap()})), Describe(one));
  EXPECT_EQ(Describe(MeanOfGaps({})), "no gap");
}

TEST(SelfCheckTallyTest, OfNothingHasNoMean) {
  const v1::SelfCheckTally tally = SelfCheckTallyBuilder().Build();
  EXPECT_FALSE(tally.gap().has_gap());
  EXPECT_EQ(tally.gap().n(), 0);
  EXPECT_EQ(tally.section_gaps_size() + tally.questions_size(), 0);
}

}  // namespace
}  // namespace attune
