// Calibrations: all advocates and Quinn rate five calls of January, blind.

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

using Calibrations = v1::CalibrationService::Stub;
using Evaluations = v1::EvaluationService::Stub;

constexpr size_t kCalls = 5;
constexpr size_t kRaters = 7;  // quinn, who is the reference, and the advocates

// Calls worth 15, 35, 55, 75 and 95: the first ones without the customer's
// name.
std::vector<Call> CallsToRate() {
  std::vector<Call> calls;
  for (const int64_t worth : {15, 35, 55, 75, 95}) {
    for (const Call& call : CallsOf(1)) {
      if (TotalOf(call.truth, 1) != worth * 100) continue;
      calls.push_back(call);
      break;
    }
  }
  return calls;
}

v1::Calibration Open(Center& center, const char* title) {
  v1::CreateCalibrationRequest request;
  v1::Calibration& calibration = *request.mutable_calibration();
  calibration.set_title(title);
  calibration.set_form_revision("forms/call");
  calibration.set_reference_rater("people/quinn");
  calibration.set_seed(7);
  calibration.add_raters("people/quinn");
  for (const char* advocate : kAdvocates) {
    calibration.add_raters(absl::StrCat("people/", advocate));
  }
  for (const Call& call : CallsToRate()) calibration.add_contacts(call.name());
  return center.Do("quinn", &Calibrations::CreateCalibration, request);
}

v1::Evaluation Begin(Center& center, const std::string& rater,
                     const v1::Calibration& calibration, const Call& call) {
  return center.Do(rater, &Calibrations::BeginCalibrationEvaluation,
                   absl::StrCat("name: '", calibration.name(), "' contact: '",
                                call.name(), "'"));
}

v1::Evaluation Rate(Center& center, const std::string& rater,
                    const v1::Calibration& calibration, const Call& call,
                    const Sheet& sheet) {
  const v1::Evaluation draft = Begin(center, rater, calibration, call);
  v1::SubmitEvaluationRequest request;
  request.mutable_evaluation()->set_name(draft.name());
  request.mutable_evaluation()->set_etag(draft.etag());
  AddAnswers(sheet, draft.form_revision().back() - '0',
             *request.mutable_evaluation());
  v1::Evaluation rated =
      center.Do(rater, &Evaluations::SubmitEvaluation, request);
  EXPECT_TRUE(rated.withheld());
  return rated;
}

absl::StatusOr<v1::CalibrationResult> ResultOf(
    Center& center, const std::string& person,
    const v1::Calibration& calibration) {
  v1::GetCalibrationResultRequest request;
  request.set_name(calibration.name());
  return center.As(person).Call(&Calibrations::GetCalibrationResult, request);
}

v1::Calibration Close(Center& center, const v1::Calibration& calibration) {
  const v1::Calibration now =
      center.Do("ada", &Calibrations::GetCalibration,
                absl::StrCat("name: '", calibration.name(), "'"));
  return center.Do(
      "quinn", &Calibrations::CloseCalibration,
      absl::StrCat("name: '", now.name(), "' etag: '", now.etag(), "'"));
}

void ExpectNoPeeking(Center& center, const v1::Calibration& calibration,
                     const v1::Evaluation& of_ada) {
  for (const char* other : {"ben", "quinn", "lead-red"}) {
    EXPECT_THAT(center.Read(other, of_ada.name()),
                StatusIs(absl::StatusCode::kNotFound))
        << other;
  }
  for (const char* rater : {"ada", "quinn"}) {
    EXPECT_THAT(ResultOf(center, rater, calibration),
                HasReason("CALIBRATION_OPEN"))
        << rater;
  }
  EXPECT_THAT(center.Try("lead-red", &Calibrations::GetCalibration,
                         absl::StrCat("name: '", calibration.name(), "'")),
              StatusIs(absl::StatusCode::kNotFound));
}

const v1::CalibrationQuestion& QuestionOf(const v1::CalibrationResult& result,
                                          size_t question) {
  for (const v1::CalibrationQuestion& one : result.questions()) {
    if (one.question_id() == FactsOf(question).id) return one;
  }
  ADD_FAILURE() << "There is no " << FactsOf(question).id;
  return v1::CalibrationQuestion::default_instance();
}

// Six of seven give the truth, the severe one 10 less for the greeting.
//
// Of the 21 pairs of raters 15 agree within 5 points: 5/7.
//
// Greeting, the same on each call: "yes" from 6/7, "no" from 1/7.  By chance
// (36 + 1) / 49 agree, so that kappa is (35/49 - 37/49) / (12/49) = -1/6.
//
// Totals: the truths are 15, 35, 55, 75, 95, mean 55, squared deviations
// 1600 + 400 + 0 + 400 + 1600 = 4000.
//   ICC: of the calls' means, MSR = 7 x 4000 / 4 = 7000; of the raters' means,
//   of which one is 10 lower, MSC = 5 x (600 / 7) / 6 = 500/7; no residual.
//   (2,1) is 7000 / (7000 + 7 x 500/7 / 5), (2,k) is 7000 / (7000 + 500/7 / 5).
//   Alpha: of the 42 ordered pairs on a call 12 differ by 10, so that
//   Do = 1200 / 42.  All 35 numbers have 7 x 4000 + 5 x 600/7 squares about
//   their mean, and De is twice that over 34.
void ExpectOneSevere(const v1::CalibrationResult& result) {
  EXPECT_EQ(result.ratings(), 35);
  EXPECT_EQ(result.unsubmitted(), 0);
  EXPECT_EQ(result.absent_raters_size(), 0);
  EXPECT_NEAR(result.percent_agreement().value(), 5.0 / 7, 1e-12);
  const v1::IntervalAgreement& totals = result.totals();
  EXPECT_NEAR(totals.icc_single().value(), 7000.0 / 7100, 1e-9);
  EXPECT_NEAR(totals.icc_average().value(), 7000 / (7000 + 100.0 / 7), 1e-9);
  EXPECT_NEAR(totals.krippendorff_alpha().value(),
              1 - (1200.0 / 42) / (2 * (28000 + 3000.0 / 7) / 34), 1e-12);
  EXPECT_LE(totals.krippendorff_alpha().low(),
            totals.krippendorff_alpha().value());

  const v1::NominalAgreement greeting = QuestionOf(result, kGreeting).answers();
  EXPECT_NEAR(greeting.percent_agreement().value(), 5.0 / 7, 1e-12);
  EXPECT_NEAR(greeting.fleiss_kappa().value(), -1.0 / 6, 1e-12);
  EXPECT_EQ(QuestionOf(result, kTries).answers().fleiss_kappa().value(), 1);
  EXPECT_EQ(QuestionOf(result, kVerified).answers().fleiss_kappa().reason(),
            "no_variation");
  // Tries, rapport, solved, owned and tone: 1; greeting: -1/6; nobody said the
  // name, and everybody verified.
  EXPECT_EQ(result.mean_question_kappa().n(), 6);
  EXPECT_NEAR(result.mean_question_kappa().value(), (5 - 1.0 / 6) / 6, 1e-12);

  ASSERT_EQ(result.distances_size(), static_cast<int>(kRaters));
  EXPECT_EQ(result.distances(0).signed_distance().reason(), "reference");
  EXPECT_EQ(result.distances(0).mean(), 55);
  for (size_t i = 1; i < kRaters; ++i) {
    const v1::RaterDistance& distance = result.distances(static_cast<int>(i));
    const bool severe = distance.rater() == absl::StrCat("people/", kSevere);
    EXPECT_EQ(distance.signed_distance().value(), severe ? -10 : 0);
    EXPECT_EQ(distance.absolute_distance().value(), severe ? 10 : 0);
    EXPECT_EQ(distance.mean(), severe ? 45 : 55);
  }
}

}  // namespace

void FirstCalibration(Center& center) {
  center.At("2026-04-07", 9);
  const std::vector<Call> calls = CallsToRate();
  ASSERT_EQ(calls.size(), kCalls);
  const v1::Calibration calibration = Open(center, "What is a greeting?");
  EXPECT_EQ(calibration.form_revision(), "forms/call/revisions/1");
  const v1::Evaluation of_ada =
      Rate(center, "ada", calibration, calls[0], calls[0].truth);
  ExpectNoPeeking(center, calibration, of_ada);
  for (const Call& call : calls) {
    Rate(center, "quinn", calibration, call, call.truth);
    for (const char* advocate : kAdvocates) {
      if (call.name() == calls[0].name() &&
          absl::string_view(advocate) == "ada") {
        continue;
      }
      Rate(center, advocate, calibration, call, RatedBy(advocate, call));
    }
  }
  center.At("2026-04-08", 9);
  Close(center, calibration);
  const v1::CalibrationResult result =
      Must(ResultOf(center, kSevere, calibration));
  ExpectOneSevere(result);
  EXPECT_EQ(Must(ResultOf(center, "quinn", calibration)).DebugString(),
            result.DebugString());
  EXPECT_THAT(center.Read("ben", of_ada.name()), IsOk());
  EXPECT_THAT(center.Read(AgentId(calls[0].agent), of_ada.name()),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(center.Try("ada", &Calibrations::BeginCalibrationEvaluation,
                         absl::StrCat("name: '", calibration.name(),
                                      "' contact: '", calls[1].name(), "'")),
              HasReason("CALIBRATION_CLOSED"));
  ExpectTeamFigures(center);  // no rating is in them
}

// On revision 2 nobody is severe any more.  Uma rates nothing, and Ben leaves
// the last call unfinished.
void SecondCalibration(Center& center) {
  center.At("2026-06-18", 9);
  const std::vector<Call> calls = CallsToRate();
  const v1::Calibration calibration = Open(center, "Do we agree now?");
  EXPECT_EQ(calibration.form_revision(), "forms/call/revisions/2");
  for (const Call& call : calls) {
    Rate(center, "quinn", calibration, call, call.truth);
    for (const std::string advocate : kAdvocates) {
      if (advocate == "uma") continue;
      if (advocate == "ben" && call.name() == calls[4].name()) {
        Begin(center, advocate, calibration, call);
        continue;
      }
      Rate(center, advocate, calibration, call, call.truth);
    }
  }
  Close(center, calibration);
  const v1::CalibrationResult result =
      Must(ResultOf(center, "quinn", calibration));
  EXPECT_EQ(result.ratings(), 29);
  EXPECT_EQ(result.unsubmitted(), 1);
  ASSERT_EQ(result.absent_raters_size(), 1);
  EXPECT_EQ(result.absent_raters(0), "people/uma");
  EXPECT_EQ(result.percent_agreement().value(), 1);
  EXPECT_EQ(result.totals().krippendorff_alpha().value(), 1);
  EXPECT_EQ(result.totals().icc_dropped(), 1);
  EXPECT_NEAR(result.totals().icc_single().value(), 1, 1e-12);
  EXPECT_EQ(QuestionOf(result, kGreeting).answers().fleiss_kappa().reason(),
            "no_variation");
  EXPECT_EQ(QuestionOf(result, kTries).answers().fleiss_kappa().value(), 1);
  ASSERT_EQ(result.distances_size(), static_cast<int>(kRaters) - 1);
  for (const v1::RaterDistance& distance : result.distances()) {
    EXPECT_EQ(distance.signed_distance().value(), 0) << distance.rater();
  }
  ExpectTeamFigures(center);
}

}  // namespace attune::half_year
