// The figures of a closed calibration, from ratings that were really stored.

#include "engine/evaluation/calibration_result.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/evaluation/calibration_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

// Rows are contacts, columns the raters ada, abe, amy and art.
using Table = std::vector<std::vector<std::optional<int>>>;
constexpr std::nullopt_t kGap = std::nullopt;

// Shrout and Fleiss 1979, six targets by four judges.
Table SixByFour() {
  return {{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
          {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
}

// Krippendorff 2011, four observers, twelve units, with gaps.
Table TwelveByFour() {
  return {{1, 1, kGap, 1}, {2, 2, 3, 2},       {3, 3, 3, 3},
          {3, 3, 3, 3},    {2, 2, 2, 2},       {1, 2, 3, 4},
          {4, 4, 4, 4},    {1, 1, 2, 1},       {2, 2, 2, 2},
          {kGap, 5, 5, 5}, {kGap, kGap, 1, 1}, {kGap, 3, kGap, kGap}};
}

// Adds the form `scale`, one question with 0 to 10 points (a total of ten times
// that), raters amy and art, and contacts k-1 to k-12 of bob.
class CalibrationResultTest : public CalibrationTest {
 protected:
  void SetUp() override {
    CalibrationTest::SetUp();
    ASSERT_THAT(InWrite([&](Transaction& tx) { return AddMore(tx); }), IsOk());
  }

  absl::Status AddMore(Transaction& tx) {
    for (const char* id : {"amy", "art"}) {
      v1::CreatePersonRequest request;
      request.set_person_id(id);
      request.mutable_person()->add_roles(v1::ROLE_ADVOCATE);
      EXPECT_THAT(people_.Create(tx, admin_, request), IsOk());
    }
    for (int i = 1; i <= 12; ++i) {
      v1::CreateContactRequest request;
      request.set_parent("people/bob");
      request.set_contact_id(absl::StrCat("k-", i));
      request.mutable_contact()->set_channel(v1::CHANNEL_CHAT);
      request.mutable_contact()->mutable_start_time()->set_seconds(
          1'772'400'000 + i);
      EXPECT_THAT(contacts_.Create(tx, admin_, request), IsOk());
    }
    v1::CreateFormRequest create;
    create.set_form_id("scale");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        R"(title: "Scale"
           sections {
             section_id: "all" title: "All"
             questions {
               question_id: "level" text: "How good?" guidance: "Listen."
               type: SINGLE_CHOICE
             }
           })",
        create.mutable_form()));
    for (int i = 0; i <= 10; ++i) {
      v1::Choice& choice = *create.mutable_form()
                                ->mutable_sections(0)
                                ->mutable_questions(0)
                                ->add_choices();
      choice.set_choice_id(absl::StrCat("c", i));
      choice.set_label(absl::StrCat(i));
      choice.set_points(i);
    }
    EXPECT_THAT(forms_.Create(tx, quinn_, create), IsOk());
    v1::PublishFormRequest publish;
    publish.set_name("forms/scale");
    publish.set_etag("1");
    publish.set_change_note("The first.");
    return forms_.Publish(tx, quinn_, publish).status();
  }

  static v1::Evaluation Level(int level) {
    v1::Evaluation evaluation;
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id("level");
    answer.set_choice_id(absl::StrCat("c", level));
    return evaluation;
  }

  // What a session on `scale` with these ratings comes to.
  v1::CalibrationResult ResultOf(const Table& table,
                                 const std::string& reference = "") {
    v1::Calibration wanted = Wanted({});
    wanted.set_form_revision("forms/scale");
    wanted.add_raters("people/amy");
    wanted.add_raters("people/art");
    wanted.set_reference_rater(reference);
    for (size_t i = 0; i < table.size(); ++i) {
      wanted.add_contacts(absl::StrCat("people/bob/contacts/k-", i + 1));
    }
    const auto session = Create(wanted);
    EXPECT_THAT(session, IsOk());
    const Caller raters[] = {ada_, abe_,
                             CallerOf("amy", "", v1::ROLE_ADVOCATE, kAll),
                             CallerOf("art", "", v1::ROLE_ADVOCATE, kAll)};
    for (size_t i = 0; i < table.size(); ++i) {
      for (size_t j = 0; j < table[i].size(); ++j) {
        if (!table[i][j]) continue;
        EXPECT_THAT(
            Rate(raters[j], *session, session->contacts(static_cast<int>(i)),
                 Level(*table[i][j])),
            IsOk());
      }
    }
    EXPECT_THAT(Close(quinn_, *session), IsOk());
    const auto result = Result(quinn_, *session);
    EXPECT_THAT(result, IsOk());
    return result.value_or(v1::CalibrationResult());
  }
};

TEST_P(CalibrationResultTest, TotalsGiveThePublishedIcc) {
  const v1::CalibrationResult result = ResultOf(SixByFour());
  const v1::IntervalAgreement& totals = result.totals();
  EXPECT_NEAR(totals.icc_single().value(), 0.289764, 5e-7);
  EXPECT_NEAR(totals.icc_average().value(), 0.620051, 5e-7);
  EXPECT_EQ(totals.icc_single().n(), 6);
  EXPECT_LT(totals.icc_single().low(), totals.icc_single().value());
  EXPECT_GT(totals.icc_single().high(), totals.icc_single().value());
  EXPECT_EQ(totals.icc_dropped(), 0);
  EXPECT_EQ(totals.ratings(), 24);
  // Points are a tenth of the total: the same ICC.
  ASSERT_EQ(result.questions_size(), 1);
  EXPECT_NEAR(result.questions(0).points().icc_single().value(), 0.289764,
              5e-7);
}

TEST_P(CalibrationResultTest, GapsGiveThePublishedAlphaAndKappa) {
  const v1::CalibrationResult result = ResultOf(TwelveByFour());
  EXPECT_NEAR(result.totals().krippendorff_alpha().value(), 0.849107, 5e-7);
  EXPECT_EQ(result.totals().krippendorff_alpha().n(), 11);
  ASSERT_EQ(result.questions_size(), 1);
  const v1::CalibrationQuestion& level = result.questions(0);
  EXPECT_EQ(level.question_id(), "level");
  EXPECT_EQ(level.section_id(), "all");
  EXPECT_NEAR(level.answers().percent_agreement().value(), 0.81818, 5e-6);
  EXPECT_EQ(level.answers().percent_agreement().n(), 11);
  EXPECT_NEAR(level.answers().fleiss_kappa().value(), 0.76117, 5e-6);
  EXPECT_NEAR(level.answers().krippendorff_alpha().value(), 0.743421, 5e-7);
  EXPECT_NEAR(level.points().krippendorff_alpha().value(), 0.849107, 5e-7);
  EXPECT_NEAR(result.mean_question_kappa().value(), 0.76117, 5e-6);
  EXPECT_EQ(result.mean_question_kappa().n(), 1);
  EXPECT_FALSE(level.has_applicability());
  const v1::CalibrationFigure& alpha = level.answers().krippendorff_alpha();
  EXPECT_LE(alpha.low(), alpha.value());
  EXPECT_GE(alpha.high(), alpha.value());
  // Under four fifths of the contacts are complete.
  EXPECT_TRUE(result.totals().icc_single().has_value());
  EXPECT_FALSE(result.totals().icc_single().has_low());
  EXPECT_EQ(result.totals().icc_average().reason(), "too_few");
}

TEST_P(CalibrationResultTest, TheSameRatingsAndSeedGiveTheSameIntervals) {
  const v1::CalibrationResult first = ResultOf(TwelveByFour());
  const v1::CalibrationResult second = ResultOf(TwelveByFour());
  EXPECT_EQ(first.seed(), 7u);
  EXPECT_EQ(first.totals().SerializeAsString(),
            second.totals().SerializeAsString());
  EXPECT_EQ(first.questions(0).SerializeAsString(),
            second.questions(0).SerializeAsString());
}

TEST_P(CalibrationResultTest, TwoTotalsAgreeWithinTheTolerance) {
  // Totals 50 60 | 50 50: tolerance 5 leaves one pair out of two.
  EXPECT_EQ(ResultOf({{5, 6}, {5, 5}}).percent_agreement().value(), 0.5);
}

TEST_P(CalibrationResultTest, DistancesAreFromTheMeanOfTheOthers) {
  // Totals 100 70 40 | 80 80 50.
  const v1::CalibrationResult result = ResultOf({{10, 7, 4}, {8, 8, 5}});
  std::vector<std::string> told;
  for (const v1::RaterDistance& rater : result.distances()) {
    told.push_back(absl::StrCat(rater.rater(), " ", rater.mean(), " ",
                                Text(rater.signed_distance()), " ",
                                Text(rater.absolute_distance())));
  }
  // ada: 100 - 55 and 80 - 65; abe: 70 - 70 and 80 - 65; amy: 40 - 85, 50 - 80.
  EXPECT_THAT(
      told, ElementsAre("people/ada 90 30.00 30.00", "people/abe 75 7.50 7.50",
                        "people/amy 45 -37.50 37.50"));
  EXPECT_THAT(result.absent_raters(), ElementsAre("people/art"));
  // In points of the question: a tenth.
  EXPECT_EQ(Text(result.questions(0).distances(0).signed_distance()), "3.00");
}

TEST_P(CalibrationResultTest, DistancesAreFromTheReferenceIfOneIsNamed) {
  const v1::CalibrationResult result =
      ResultOf({{10, 7, 4}, {8, 8, 9}}, "people/abe");
  std::vector<std::string> told;
  for (const v1::RaterDistance& rater : result.distances()) {
    told.push_back(absl::StrCat(Text(rater.signed_distance()), " ",
                                Text(rater.absolute_distance()), " ",
                                rater.signed_distance().n()));
  }
  EXPECT_THAT(told, ElementsAre("15.00 15.00 2", "- reference - reference 0",
                                "-10.00 20.00 2"));
}

TEST_P(CalibrationResultTest, AReferenceWhoRatedNothingMeasuresNobody) {
  const v1::CalibrationResult result =
      ResultOf({{10, 7}, {8, 8}}, "people/art");
  for (const v1::RaterDistance& rater : result.distances()) {
    EXPECT_EQ(Text(rater.signed_distance()), "- no_pairable_values");
  }
}

TEST_P(CalibrationResultTest, WhatIsUndefinedSaysWhy) {
  const v1::CalibrationResult same = ResultOf({{5, 5}, {5, 5}});
  EXPECT_EQ(Text(same.percent_agreement()), "1.00");
  EXPECT_EQ(Text(same.totals().krippendorff_alpha()), "- no_variation");
  EXPECT_EQ(Text(same.totals().icc_single()), "- no_variation");
  EXPECT_EQ(Text(same.questions(0).answers().fleiss_kappa()), "- no_variation");
  EXPECT_EQ(Text(same.mean_question_kappa()), "- no_data");
  const v1::CalibrationResult nothing = ResultOf({{}, {}});
  EXPECT_EQ(nothing.ratings(), 0);
  EXPECT_EQ(Text(nothing.percent_agreement()), "- no_data");
  EXPECT_EQ(Text(nothing.totals().icc_single()), "- no_data");
  EXPECT_EQ(nothing.distances_size(), 0);
  const v1::CalibrationResult alone = ResultOf({{5}, {6}});
  EXPECT_EQ(Text(alone.percent_agreement()), "- no_pairable_values");
  EXPECT_EQ(Text(alone.totals().icc_single()), "- one_rater");
}

TEST_P(CalibrationResultTest, WhetherAQuestionAppliesIsAFigureOfItsOwn) {
  v1::Calibration wanted = Wanted({"call-1", "call-2"});
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration session, Create(wanted));
  ASSERT_THAT(
      Rate(ada_, session, session.contacts(0), AnswersTo("half", "na", "no")),
      IsOk());
  ASSERT_THAT(
      Rate(abe_, session, session.contacts(0), AnswersTo("half", "yes", "no")),
      IsOk());
  for (const Caller& rater : {ada_, abe_}) {
    ASSERT_THAT(
        Rate(rater, session, session.contacts(1), AnswersTo("no", "no", "no")),
        IsOk());
  }
  ASSERT_THAT(Close(quinn_, session), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CalibrationResult result,
                              Result(quinn_, session));
  ASSERT_EQ(result.questions_size(), 3);
  const v1::CalibrationQuestion& solved = result.questions(1);
  EXPECT_EQ(solved.question_id(), "solved");
  // "Not applicable" is no answer: one contact is left, on which both agree.
  EXPECT_EQ(solved.answers().ratings(), 3);
  EXPECT_EQ(solved.answers().percent_agreement().value(), 1.0);
  EXPECT_EQ(solved.answers().percent_agreement().n(), 1);
  EXPECT_EQ(solved.applicability().ratings(), 4);
  EXPECT_EQ(solved.applicability().percent_agreement().value(), 0.5);
  EXPECT_FALSE(result.questions(0).has_applicability());
}

ATTUNE_ON_EVERY_BACKEND(CalibrationResultTest);

}  // namespace
}  // namespace attune
