// What customers say of the half-year, and what becomes of it.

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"

namespace attune::half_year {
namespace {

using Voice = v1::VoiceService::Stub;

constexpr char kHalfYear[] =
    "period { first_day: '2026-01-01' last_day: '2026-06-30' }";

// Of three calls one is answered, one is not in time, and one is not asked
// about.
int TurnOf(const Call& call) { return (call.agent + call.id.back()) % 3; }
bool IsAnswered(const Call& call) { return call.drawn && TurnOf(call) == 0; }

// A tenth of what the call is worth, half up: 15 to 100 points are 2 to 10.
int NpsOf(const Call& call) {
  return static_cast<int>(TotalOf(call.truth, 1) / 100 + 5) / 10;
}

// What the answers of one group come to.
struct Answers {
  int64_t surveys = 0;
  int64_t promoters = 0;
  int64_t passives = 0;
  int64_t detractors = 0;

  int64_t n() const { return promoters + passives + detractors; }
  void Add(const Call& call) {
    if (TurnOf(call) == 2) return;
    ++surveys;
    if (!IsAnswered(call)) return;
    const int nps = NpsOf(call);
    ++(nps >= 9 ? promoters : nps >= 7 ? passives : detractors);
  }
};

void TakeAnswers(Center& center, int month) {
  v1::BatchCreateSurveyResponsesRequest request;
  for (const Call& call : CallsOf(month)) {
    if (TurnOf(call) == 2) continue;
    v1::SurveyResponse& response =
        *request.add_requests()->mutable_survey_response();
    response.set_contact(call.name());
    response.set_source("mail");
    response.set_source_id(absl::StrCat(call.agent, "/", call.id));
    response.set_status(v1::SurveyResponse::STATUS_EXPIRED);
    if (!IsAnswered(call)) continue;
    response.set_status(v1::SurveyResponse::STATUS_ANSWERED);
    response.set_nps(NpsOf(call));
  }
  using Result = v1::BatchCreateSurveyResponsesResponse;
  for (const Result::Outcome outcome :
       {Result::OUTCOME_CREATED, Result::OUTCOME_UNCHANGED}) {
    const Result stored =
        center.Do("", &Voice::BatchCreateSurveyResponses, request);
    EXPECT_EQ(stored.results_size(), request.requests_size());
    for (const Result::Result& result : stored.results()) {
      ASSERT_EQ(result.outcome(), outcome) << result.survey_response();
    }
  }
}

void BadAnswersStoreNothing(Center& center) {
  const auto store = [&](const std::string& person, const std::string& fields) {
    return center.Try(
        person, &Voice::BatchCreateSurveyResponses,
        absl::StrCat("requests { survey_response { status: STATUS_ANSWERED ",
                     fields, " } }"));
  };
  const std::string call = "contact: 'people/a01/contacts/m1-1' ";
  EXPECT_THAT(
      store("", call + "nps: 11"),
      HasViolation("requests[0].survey_response.nps", "NPS_OUT_OF_RANGE"));
  EXPECT_THAT(store("a01", call + "nps: 10"),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

void ExpectFigure(const v1::SurveyFigure& figure, const Answers& answers) {
  EXPECT_EQ(figure.responses(), answers.surveys);
  EXPECT_EQ(figure.answered(), answers.n());
  EXPECT_EQ(figure.promoters(), answers.promoters);
  EXPECT_EQ(figure.passives(), answers.passives);
  EXPECT_EQ(figure.detractors(), answers.detractors);
  const auto n = static_cast<double>(answers.n());
  EXPECT_DOUBLE_EQ(
      figure.value(),
      100 * static_cast<double>(answers.promoters - answers.detractors) / n);
  EXPECT_DOUBLE_EQ(figure.response_rate(),
                   100 * n / static_cast<double>(answers.surveys));
  EXPECT_LT(figure.low(), figure.value());
  EXPECT_GT(figure.high(), figure.value());
}

// By the teams that agents are in now; a40 has left, and counts in the whole.
void ExpectNps(Center& center) {
  Answers all;
  std::map<std::string, Answers> by_team;
  Answers of_a05;
  for (int month = 1; month <= 6; ++month) {
    for (const Call& call : CallsOf(month)) {
      all.Add(call);
      if (call.agent == 4) of_a05.Add(call);
      const auto team = center.teams().find(call.agent);
      if (team != center.teams().end()) {
        by_team[absl::StrCat("teams/", team->second)].Add(call);
      }
    }
  }
  const v1::SurveyReport report =
      center.Do("quinn", &Voice::GetSurveyReport,
                absl::StrCat(kHalfYear, " group_by: GROUPING_TEAM"));
  ExpectFigure(report.overall(), all);
  EXPECT_EQ(report.months_size(), 6);
  std::set<std::string> told;
  for (const v1::SurveyGroup& group : report.groups()) {
    if (by_team.count(group.key()) == 0) continue;
    SCOPED_TRACE(group.key());
    ExpectFigure(group.figure(), by_team[group.key()]);
    told.insert(group.key());
  }
  EXPECT_EQ(told.size(), by_team.size());
  ExpectFigure(
      center.Do("lead-red", &Voice::GetSurveyReport, kHalfYear).overall(),
      by_team["teams/red"]);
  ExpectFigure(center.Do("a05", &Voice::GetSurveyReport, kHalfYear).overall(),
               of_a05);
  EXPECT_THAT(
      center.Try("a05", &Voice::GetSurveyReport, "person: 'people/a06'"),
      StatusIs(absl::StatusCode::kNotFound));
}

// Answers follow the calls' quality: so do the questions, and together they
// explain most of the answers.
void ExpectQualityMovesThem(Center& center) {
  std::set<std::string> scored;
  for (const Scored* row : center.ledger().Counted()) {
    if (IsAnswered(row->call)) scored.insert(row->call.name());
  }
  const v1::DriverReport drivers = center.Do("quinn", &Voice::GetDriverReport,
                                             std::string("form: 'forms/call'"));
  EXPECT_EQ(drivers.contacts(), static_cast<int64_t>(scored.size()));
  EXPECT_GT(drivers.r2(), 0.7);
  ASSERT_GE(drivers.predictors_size(), 2);
  EXPECT_EQ(drivers.predictors(0).sign(), 1);
  const v1::FormHealth health =
      center.Do("quinn", &v1::ReportService::Stub::GetFormHealth,
                std::string("name: 'forms/call'"));
  int told = 0;
  for (const v1::QuestionHealth& question : health.questions()) {
    for (const v1::CustomerCorrelation& found : question.customers()) {
      EXPECT_EQ(found.measure(), v1::SURVEY_MEASURE_NPS);
      if (!found.has_correlation()) continue;
      ++told;
      if (question.question_id() == "rapport") {
        EXPECT_GT(found.correlation(), 0.3);
      }
    }
  }
  EXPECT_GE(told, 5);
}

// A customer speaks, is published, and takes it back.
void AProp(Center& center) {
  const v1::CreatePropInviteResponse invited =
      center.Do("a01", &Voice::CreatePropInvite,
                std::string("contact: 'people/a01/contacts/m6-0'"));
  v1::SubmitPropRequest said;
  said.set_token(invited.token());
  said.set_text("She asked after my <b>garden</b>.");
  said.set_consent_to_share(true);
  const Client nobody = center.Anonymous();
  const v1::SubmitPropResponse receipt =
      Must(nobody.Call(&Voice::SubmitProp, said));
  EXPECT_THAT(nobody.Call(&Voice::SubmitProp, said), HasReason("INVITE_USED"));
  const auto seen_by = [&](const std::string& person) {
    return center
        .Do(person, &Voice::ListProps,
            std::string("parent: 'people/-' search: 'garden'"))
        .props();
  };
  EXPECT_EQ(seen_by("a11").size(), 0);
  ASSERT_EQ(seen_by("lead-red").size(), 1);
  const std::string name = seen_by("lead-red")[0].name();
  center.Do(
      "lead-red", &Voice::ModerateProp,
      absl::StrCat("name: '", name, "' state: STATE_PUBLISHED etag: '1'"));
  ASSERT_EQ(seen_by("a11").size(), 1);
  EXPECT_EQ(seen_by("a11")[0].text(), said.text());
  EXPECT_EQ(center
                .Do("a01", &Voice::GetRecognition,
                    std::string("person: 'people/a01'"))
                .props(),
            1);
  v1::RevokePropRequest revoke;
  revoke.set_receipt(receipt.receipt());
  Must(nobody.Call(&Voice::RevokeProp, revoke));
  for (const char* person : {"a01", "a11", "lead-red", "quinn"}) {
    EXPECT_EQ(seen_by(person).size(), 0) << person;
  }
}

void AGreatCall(Center& center) {
  const std::string nomination =
      "great_call { contact: 'people/a02/contacts/m6-1' form: 'forms/call' "
      "section_id: 'connection' reason: 'They laughed about the parcel.' }";
  const std::string name =
      center.Do("a02", &Voice::NominateGreatCall, nomination).name();
  EXPECT_THAT(center.Try("a02", &Voice::NominateGreatCall, nomination),
              StatusIs(absl::StatusCode::kAlreadyExists));
  const std::string named = absl::StrCat("name: '", name, "'");
  EXPECT_THAT(center.Try("a03", &Voice::GiveKudos, named),
              StatusIs(absl::StatusCode::kNotFound));
  center.Do("ada", &Voice::ConfirmGreatCall, named);
  EXPECT_EQ(center.Do("a03", &Voice::GiveKudos, named).kudos(), 1);
  EXPECT_THAT(center.Try("a03", &Voice::GiveKudos, named),
              StatusIs(absl::StatusCode::kAlreadyExists));
  const v1::ListGreatCallsResponse found =
      center.Do("a12", &Voice::ListGreatCalls,
                std::string("parent: 'people/-' search: 'laugh parcel'"));
  ASSERT_EQ(found.great_calls_size(), 1);
  EXPECT_EQ(found.great_calls(0).name(), name);
}

}  // namespace

void Customers(Center& center) {
  center.At("2026-07-01", 15);
  for (int month = 1; month <= 6; ++month) TakeAnswers(center, month);
  BadAnswersStoreNothing(center);
  ExpectNps(center);
  ExpectQualityMovesThem(center);
  AProp(center);
  AGreatCall(center);
}

}  // namespace attune::half_year
