#include <gtest/gtest.h>

#include "engine/stats/cohen_kappa.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/krippendorff_alpha.h"
#include "engine/stats/percent_agreement.h"
#include "engine/stats/random_stream.h"
#include "tests/engine/stats/rating_rows.h"

namespace attune {
namespace {

constexpr double kExact = 1e-12;
constexpr Level kLevels[] = {Level::kNominal, Level::kOrdinal, Level::kInterval,
                             Level::kRatio};

TEST(PercentAgreementTest, CountsPairsWithinTheTolerance) {
  const Ratings ratings = RatingsOf({{1, 2, 3}});
  EXPECT_EQ(PairwiseAgreement(ratings, 0).share.value, 0.0);
  EXPECT_DOUBLE_EQ(*PairwiseAgreement(ratings, 1).share.value, 2.0 / 3);
  EXPECT_EQ(UnanimousAgreement(ratings, 1).share.value, 0.0);
  EXPECT_EQ(UnanimousAgreement(ratings, 2).share.value, 1.0);
}

TEST(PercentAgreementTest, ToleranceIsMeantInDecimals) {
  EXPECT_EQ(PairwiseAgreement(RatingsOf({{0.4, 0.3}}), 0.1).share.value, 1.0);
  EXPECT_EQ(PairwiseAgreement(RatingsOf({{0.401, 0.3}}), 0.1).share.value, 0.0);
}

TEST(PercentAgreementTest, UnitsRatedOnceAreCountedApart) {
  const PercentAgreement agreement =
      PairwiseAgreement(RatingsOf({{1, kGap}, {kGap, 2}}), 0);
  EXPECT_EQ(agreement.share.value, std::nullopt);
  EXPECT_EQ(agreement.share.reason, Reason::kNoPairableValues);
  EXPECT_EQ(agreement.n_single, 2);
  EXPECT_EQ(PairwiseAgreement(Ratings(3, 2), 0).share.reason, Reason::kNoData);
}

TEST(CohenKappaTest, CategoriesComeFromTheFormNotFromTheRatings) {
  const Ratings ratings =
      RatingsOf({{1, 1}, {1, 2}, {2, 2}, {5, 5}, {5, 2}, {2, 1}});
  const std::vector<double> form = {1, 2, 3, 4, 5};
  const std::vector<double> chosen = {1, 2, 5};
  const auto linear = [](size_t size) {
    std::vector<double> ranks;
    for (size_t i = 0; i < size; ++i) ranks.push_back(static_cast<double>(i));
    return LinearWeights(ranks);
  };
  // 1 - (5/24) / (29/72) and 1 - (1/4) / (5/12).
  EXPECT_NEAR(
      *CohenKappaOf(CrossTabulate(ratings, 0, 1, form), linear(5)).kappa.value,
      14.0 / 29, kExact);
  EXPECT_NEAR(*CohenKappaOf(CrossTabulate(ratings, 0, 1, chosen), linear(3))
                   .kappa.value,
              0.4, kExact);
}

TEST(CohenKappaTest, PerfectAgreementIsOneWithoutError) {
  PairTable table(2);
  table.At(0, 0) = 5;
  table.At(1, 1) = 5;
  const CohenKappa kappa = CohenKappaOf(table, Unweighted(2));
  EXPECT_EQ(kappa.kappa.value, 1.0);
  EXPECT_EQ(kappa.se, 0.0);
  EXPECT_EQ(kappa.interval->low, 1.0);
  EXPECT_EQ(kappa.interval->high, 1.0);
}

TEST(CohenKappaTest, RelabellingTheRatersChangesNothing) {
  PairTable table(3);
  PairTable other(3);
  int64_t next = 1;
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) {
      table.At(i, j) = other.At(j, i) = next;
      next += 3;
    }
  }
  const AgreementWeights weights = QuadraticWeights({0, 1, 2});
  const CohenKappa a = CohenKappaOf(table, weights);
  const CohenKappa b = CohenKappaOf(other, weights);
  EXPECT_NEAR(*a.kappa.value, *b.kappa.value, kExact);
  EXPECT_NEAR(*a.se, *b.se, kExact);
  EXPECT_NEAR(*a.se0, *b.se0, kExact);
}

TEST(CohenKappaTest, IntervalStaysWithinMinusOneAndOne) {
  PairTable table(2);
  table.At(0, 1) = 1;
  table.At(1, 0) = 1;
  const CohenKappa opposite = CohenKappaOf(table, Unweighted(2));
  EXPECT_EQ(opposite.kappa.value, -1.0);  // negative values are reported
  table.At(0, 0) = 1;
  EXPECT_EQ(CohenKappaOf(table, Unweighted(2)).interval->low, -1.0);
}

TEST(CohenKappaTest, GivenDisagreementsAreScaledByTheLargest) {
  SquareTable<double> disagreement(2);
  disagreement.At(0, 1) = 6;
  disagreement.At(1, 0) = 3;
  const AgreementWeights weights = WeightsAgainst(disagreement);
  EXPECT_EQ(weights.cells, (std::vector<double>{1, 0, 0.5, 1}));
}

TEST(LightKappaTest, IsTheMeanOfAllPairs) {
  // Raters 1 and 2 agree always; rater 3 gives everything a 2.
  const Ratings ratings =
      RatingsOf({{1, 1, 2}, {2, 2, 2}, {1, 1, 2}, {2, 2, 2}});
  const std::vector<double> categories = {1, 2};
  const LightKappa kappa = LightKappaOf(ratings, categories, Unweighted(2));
  // 1, and twice 0: half of the ratings agree, as by chance.
  EXPECT_EQ(kappa.pairs, 3);
  EXPECT_NEAR(*kappa.kappa.value, 1.0 / 3, kExact);
  EXPECT_EQ(
      LightKappaOf(RatingsOf({{1}}), categories, Unweighted(2)).kappa.reason,
      Reason::kOneRater);
}

TEST(FleissKappaTest, SaysWhyThereIsNone) {
  CategoryCounts none(3, 2);
  EXPECT_EQ(FleissKappaOf(none).kappa.reason, Reason::kNoData);
  CategoryCounts single(2, 2);
  single.Add(0, 0, 1);
  single.Add(1, 1, 1);
  EXPECT_EQ(FleissKappaOf(single).kappa.reason, Reason::kNoPairableValues);
  CategoryCounts same(2, 2);
  same.Add(0, 1, 3);
  same.Add(1, 1, 4);
  EXPECT_EQ(FleissKappaOf(same).kappa.reason, Reason::kNoVariation);
  EXPECT_EQ(FleissKappaOf(same).pa, 1.0);
}

TEST(FleissKappaTest, ErrorsNeedEquallyManyRatings) {
  CategoryCounts counts(2, 3);
  counts.Add(0, 0, 2);
  counts.Add(1, 1, 2);
  const FleissKappa equal = FleissKappaOf(counts);
  EXPECT_EQ(equal.kappa.value, 1.0);
  EXPECT_TRUE(equal.se0.has_value());
  EXPECT_EQ(equal.category_kappas[0].value, 1.0);
  EXPECT_EQ(equal.category_kappas[2].reason, Reason::kNoVariation);
  counts.Add(1, 1, 1);
  const FleissKappa unequal = FleissKappaOf(counts);
  EXPECT_EQ(unequal.kappa.value, 1.0);
  EXPECT_EQ(unequal.se0, std::nullopt);
  EXPECT_TRUE(unequal.category_kappas.empty());
}

TEST(FleissKappaTest, AcOneSurvivesWhatKappaDoesNot) {
  // 49 of 50 units get two passes, one a pass and a fail.
  CategoryCounts counts(50, 2);
  for (size_t unit = 0; unit < 49; ++unit) counts.Add(unit, 0, 2);
  counts.Add(49, 0, 1);
  counts.Add(49, 1, 1);
  EXPECT_NEAR(*FleissKappaOf(counts).kappa.value, -1.0 / 99, kExact);
  // (0.98 - 0.0198) / (1 - 0.0198)
  EXPECT_NEAR(*GwetAc1Of(counts).ac1.value, 0.9602 / 0.9802, kExact);
}

TEST(CongerKappaTest, IsCohensForTwoRaters) {
  const Ratings ratings =
      RatingsOf({{1, 1}, {1, 2}, {2, 2}, {3, 3}, {3, 1}, {2, kGap}});
  const std::vector<double> categories = {1, 2, 3};
  EXPECT_NEAR(
      *CongerKappaOf(ratings, categories).value,
      *CohenKappaOf(CrossTabulate(ratings, 0, 1, categories), Unweighted(3))
           .kappa.value,
      kExact);
}

TEST(KrippendorffAlphaTest, RelabellingTheRatersChangesNothing) {
  for (const Level level : kLevels) {
    EXPECT_NEAR(
        *AlphaOf(RatingsOf(CanonicalRows()), level).alpha.value,
        *AlphaOf(RatingsOf(Relabelled(CanonicalRows())), level).alpha.value,
        kExact);
  }
}

TEST(KrippendorffAlphaTest, AConstantChangesNoInterval) {
  const auto shifted =
      Changed(CanonicalRows(), [](double value) { return value + 1000; });
  const double interval =
      *AlphaOf(RatingsOf(shifted), Level::kInterval).alpha.value;
  EXPECT_NEAR(
      interval,
      *AlphaOf(RatingsOf(CanonicalRows()), Level::kInterval).alpha.value,
      kExact);
  EXPECT_GT(*AlphaOf(RatingsOf(shifted), Level::kRatio).alpha.value, 0.8);
}

TEST(KrippendorffAlphaTest, OrderIsAllThatOrdinalSees) {
  const auto cubes = Changed(
      CanonicalRows(), [](double value) { return value * value * value; });
  EXPECT_NEAR(*AlphaOf(RatingsOf(cubes), Level::kOrdinal).alpha.value,
              *AlphaOf(RatingsOf(CanonicalRows()), Level::kOrdinal).alpha.value,
              kExact);
}

TEST(KrippendorffAlphaTest, SaysWhyThereIsNone) {
  for (const Level level : kLevels) {
    EXPECT_EQ(AlphaOf(Ratings(2, 2), level).alpha.reason,
              Reason::kNoPairableValues);
    // 0.1 and 0.7 in the middle of nowhere, yet the same.
    EXPECT_EQ(AlphaOf(RatingsOf({{0.7, 0.7}, {0.7, 0.7}, {0.1, kGap}}), level)
                  .alpha.reason,
              Reason::kNoVariation);
  }
  EXPECT_EQ(AlphaOf(RatingsOf({{-1, 1}}), Level::kRatio).alpha.reason,
            Reason::kDegenerate);
}

TEST(AlphaIntervalTest, IsTheSameForTheSameSeed) {
  const Ratings ratings = RatingsOf(CanonicalRows());
  for (const Level level : kLevels) {
    const double alpha = *AlphaOf(ratings, level).alpha.value;
    const auto one = AlphaIntervalOf(ratings, level, 500, 7);
    const auto same = AlphaIntervalOf(ratings, level, 500, 7);
    const auto other = AlphaIntervalOf(ratings, level, 500, 8);
    EXPECT_EQ(one.interval->low, same.interval->low);
    EXPECT_EQ(one.interval->high, same.interval->high);
    EXPECT_NE(one.interval->low, other.interval->low);
    EXPECT_LE(one.interval->low, alpha);
    EXPECT_GE(one.interval->high, alpha);
    EXPECT_EQ(one.seed, 7u);
    EXPECT_EQ(one.draws, 500);
  }
}

TEST(AlphaIntervalTest, DrawsWithoutVariationAreSkippedAndCounted) {
  // Either unit alone does not vary.
  RandomStream random(3);
  std::vector<uint32_t> counts(2);
  int64_t alike = 0;
  for (int draw = 0; draw < 100; ++draw) {
    DrawCounts(random, counts);
    alike += counts[0] != 1 ? 1 : 0;
  }
  for (const Level level : kLevels) {
    const auto drawn =
        AlphaIntervalOf(RatingsOf({{1, 1}, {2, 2}}), level, 100, 3);
    EXPECT_EQ(drawn.skipped, alike);
    EXPECT_EQ(drawn.interval->low, 1.0);
    EXPECT_EQ(drawn.interval->high, 1.0);
  }
}

TEST(AlphaIntervalTest, OneUnitAndNoDrawsHaveNone) {
  EXPECT_FALSE(AlphaIntervalOf(RatingsOf({{1, 2}}), Level::kInterval, 10, 1)
                   .interval.has_value());
  EXPECT_FALSE(
      AlphaIntervalOf(RatingsOf(CanonicalRows()), Level::kInterval, 0, 1)
          .interval.has_value());
}

TEST(RandomStreamTest, GivesTheReferenceNumbers) {
  RandomStream random(0);
  EXPECT_EQ(random.Next(), 0x99ec5f36cb75f2b4u);
  EXPECT_EQ(random.Next(), 0xbf6e1f784956452au);
  EXPECT_EQ(random.Next(), 0x1a5f849d4933e6e0u);
}

TEST(RandomStreamTest, EveryDrawTakesAsManyAsThereAre) {
  RandomStream random(1);
  std::vector<uint32_t> counts(10);
  std::vector<uint32_t> sums(10);
  for (int draw = 0; draw < 1000; ++draw) {
    DrawCounts(random, counts);
    uint32_t all = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
      all += counts[i];
      sums[i] += counts[i];
    }
    ASSERT_EQ(all, 10u);
  }
  // 1000 expected, deviation 30.
  for (const uint32_t sum : sums) EXPECT_NEAR(sum, 1000, 150);
}

}  // namespace
}  // namespace attune
