#include "engine/report/severities.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/stats/crossed_scores.h"
#include "engine/stats/severity.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// A made-up crossed design: what each of ada, abe and amy gave each of ann and
// ben (red), bob and cid (blue) on four calls each.
constexpr int kSkill[] = {60, 70, 80, 85};
constexpr int kSeverity[] = {-6, 0, 7};
constexpr const char* kAgents[] = {"ann", "ben", "bob", "cid"};
constexpr const char* kRaters[] = {"abe", "ada", "amy"};  // sorted

int ScoreOf(int agent, int rater, int call) {
  return kSkill[agent] + kSeverity[rater] + (agent * 3 + rater * 2 + call) % 5 -
         2;
}

// Adds agents ben and cid, advocate amy, the calls, and the form `scale`: one
// question whose 0 to 100 points are the total, 0 of them failing the form.
class SeveritiesTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ASSERT_THAT(InWrite([&](Transaction& tx) { return AddMore(tx); }), IsOk());
  }

  absl::Status AddMore(Transaction& tx) {
    const struct {
      const char* id;
      v1::Role role;
      const char* team;
    } kPeople[] = {{"ben", v1::ROLE_AGENT, "teams/red"},
                   {"cid", v1::ROLE_AGENT, "teams/blue"},
                   {"amy", v1::ROLE_ADVOCATE, ""}};
    for (const auto& row : kPeople) {
      v1::CreatePersonRequest request;
      request.set_person_id(row.id);
      request.mutable_person()->add_roles(row.role);
      request.mutable_person()->set_team(row.team);
      EXPECT_THAT(people_.Create(tx, admin_, request), IsOk());
    }
    for (const char* agent : kAgents) {
      for (int call = 0; call < 5; ++call) {
        v1::CreateContactRequest request;
        request.set_parent(absl::StrCat("people/", agent));
        request.set_contact_id(absl::StrCat(agent, "-", call));
        request.mutable_contact()->set_channel(v1::CHANNEL_CHAT);
        request.mutable_contact()->mutable_start_time()->set_seconds(
            (20'513 + 10 * call) * 86'400);
        EXPECT_THAT(contacts_.Create(tx, admin_, request), IsOk());
      }
    }
    v1::CreateFormRequest create;
    create.set_form_id("scale");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        R"(title: "Scale"
           sections {
             section_id: "all" title: "All"
             questions {
               question_id: "level" text: "How good?" guidance: "Listen."
               type: SINGLE_CHOICE boundary: true
               critical {
                 category: CUSTOMER effect: ZERO_FORM below_percent: 1
               }
             }
           })",
        create.mutable_form()));
    for (int i = 0; i <= 100; ++i) {
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

  void Score(int agent, const std::string& rater, int call, int level) {
    v1::Evaluation evaluation;
    evaluation.set_form_revision("forms/scale");
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id("level");
    answer.set_choice_id(absl::StrCat("c", level));
    const auto scored =
        Submit(CallerOf(rater, "", v1::ROLE_ADVOCATE, kAll),
               absl::StrCat(kAgents[agent], "-", call), evaluation);
    ASSERT_THAT(scored, IsOk());
    ASSERT_EQ(scored->score().percent(), level);
  }
  void ScoreAll() {
    for (int agent = 0; agent < 4; ++agent) {
      for (int rater = 0; rater < 3; ++rater) {
        for (int call = 0; call < 4; ++call) {
          Score(agent, kRaters[rater], call, ScoreOf(agent, rater, call));
        }
      }
    }
  }

  absl::StatusOr<v1::SeverityReport> Report(const Caller& caller,
                                            const std::string& team = "",
                                            const std::string& first_day = "",
                                            const std::string& last_day = "") {
    v1::GetRaterSeverityRequest request;
    request.set_form("forms/scale");
    request.set_team(team);
    request.mutable_period()->set_first_day(first_day);
    request.mutable_period()->set_last_day(last_day);
    return InRead(
        [&](Transaction& tx) { return severities_.Get(tx, caller, request); });
  }
  absl::StatusOr<v1::RaterDrift> Drift(const Caller& caller,
                                       const std::string& rater) {
    v1::GetRaterDriftRequest request;
    request.set_form("forms/scale");
    request.set_rater(rater);
    return InRead([&](Transaction& tx) {
      return severities_.GetDrift(tx, caller, request);
    });
  }
  // The ids of whom a report names.
  static std::vector<std::string> Named(const v1::SeverityReport& report) {
    std::vector<std::string> names;
    for (const v1::SeverityPart& part : report.parts()) {
      for (const auto& one : part.raters()) names.push_back(one.rater());
      for (const auto& one : part.agents()) names.push_back(one.agent());
    }
    for (std::string& name : names) name = name.substr(7);
    std::sort(names.begin(), names.end());
    return names;
  }

  Severities severities_;
  Caller ada_reads_ = CallerOf("ada", "", v1::ROLE_ADVOCATE, {.rated = true});
  Caller lea_reads_ =
      CallerOf("lea", "red", v1::ROLE_LEAD, {.rated = true, .team = true});
};

TEST_P(SeveritiesTest, StoredScoresGiveWhatThePureFunctionGives) {
  ScoreAll();
  std::vector<CrossedScore> scores;
  for (size_t agent = 0; agent < 4; ++agent) {
    for (size_t rater = 0; rater < 3; ++rater) {
      for (int call = 0; call < 4; ++call) {
        scores.push_back({agent, rater,
                          double(ScoreOf(static_cast<int>(agent),
                                         static_cast<int>(rater), call))});
      }
    }
  }
  const Severity want = FitSeverity(CrossedScores(scores, 4, 3));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport report, Report(quinn_));
  ASSERT_EQ(report.parts_size(), 1);
  const v1::SeverityPart& part = report.parts(0);
  EXPECT_EQ(part.n(), 48);
  EXPECT_EQ(part.residual_df(), 48 - 4 - 2);
  EXPECT_NEAR(part.deviation(), std::sqrt(*want.sigma2), 1e-9);
  EXPECT_NEAR(part.rater_deviation(), std::sqrt(*want.sigma2_rater), 1e-6);
  ASSERT_EQ(part.raters_size(), 3);
  for (const v1::RaterSeverity& rater : part.raters()) {
    for (size_t j = 0; j < 3; ++j) {
      if (rater.rater() != absl::StrCat("people/", kRaters[j])) continue;
      EXPECT_EQ(rater.n(), 16);
      EXPECT_NEAR(rater.severity(), *want.raters[j].severity, 1e-6);
      EXPECT_NEAR(rater.se(), *want.raters[j].se, 1e-6);
    }
  }
  // The most lenient first, and near to what was put in (about their mean).
  EXPECT_EQ(part.raters(0).rater(), "people/amy");
  EXPECT_NEAR(part.raters(0).severity() - part.raters(2).severity(), 13, 1);
  ASSERT_EQ(part.agents_size(), 4);
  for (size_t i = 0; i < 4; ++i) {  // from the lowest: in the order of skill
    const v1::FairMean& agent = part.agents(static_cast<int>(i));
    EXPECT_EQ(agent.agent(), absl::StrCat("people/", kAgents[i]));
    EXPECT_EQ(agent.n(), 12);
    EXPECT_NEAR(agent.raw_mean(), want.agents[i].raw, 1e-9);
    EXPECT_NEAR(agent.fair_mean(), *want.agents[i].fair, 1e-6);
    EXPECT_NEAR(agent.high() - agent.low(), 2 * 1.959963985 * agent.se(), 1e-8);
  }
}

TEST_P(SeveritiesTest, OnlyWhatCountsIsInTheModel) {
  ScoreAll();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport before, Report(quinn_));
  // A draft, a void evaluation, a calibration: none of them counts.
  v1::Evaluation wanted;
  wanted.set_contact("people/-/contacts/ann-4");
  wanted.set_form_revision("forms/scale");
  v1::CreateEvaluationRequest draft;
  draft.set_parent("people/-");
  *draft.mutable_evaluation() = wanted;
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Create(tx, abe_, draft);
              }),
              IsOk());
  v1::Answer& answer = *wanted.add_answers();
  answer.set_question_id("level");
  answer.set_choice_id("c1");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Evaluation slip,
                              Submit(ada_, "ann-4", wanted));
  v1::VoidEvaluationRequest request;
  request.set_name(slip.name());
  request.set_etag(slip.etag());
  request.set_reason("A slip.");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Void(tx, quinn_, request);
              }),
              IsOk());
  v1::CreateCalibrationRequest create;
  create.mutable_calibration()->set_title("March");
  create.mutable_calibration()->set_form_revision("forms/scale");
  create.mutable_calibration()->add_contacts("people/ann/contacts/ann-4");
  create.mutable_calibration()->add_raters("people/ada");
  create.mutable_calibration()->add_raters("people/abe");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Calibration session,
                              InWrite([&](Transaction& tx) {
                                return calibrations_.Create(tx, quinn_, create);
                              }));
  v1::BeginCalibrationEvaluationRequest begin;
  begin.set_name(session.name());
  begin.set_contact("people/ann/contacts/ann-4");
  ATTUNE_ASSERT_OK_AND_ASSIGN(v1::Evaluation rating,
                              InWrite([&](Transaction& tx) {
                                return calibrations_.Begin(tx, ada_, begin);
                              }));
  *rating.mutable_answers() = wanted.answers();
  v1::SubmitEvaluationRequest submit;
  *submit.mutable_evaluation() = rating;
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return evaluations_.Submit(tx, ada_, submit);
              }),
              IsOk());
  v1::CloseCalibrationRequest close;
  close.set_name(session.name());
  close.set_etag(session.etag());
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return calibrations_.Close(tx, quinn_, close);
              }),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport after, Report(quinn_));
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST_P(SeveritiesTest, AutoFailedZerosAreLeftOutOfTheModel) {
  ScoreAll();
  Score(0, "abe", 4, 0);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport report, Report(quinn_));
  EXPECT_EQ(report.parts(0).n(), 48);
  const v1::FairMean& ann = report.parts(0).agents(0);
  EXPECT_EQ(ann.agent(), "people/ann");
  EXPECT_EQ(ann.n(), 13);
  EXPECT_EQ(ann.auto_failed(), 1);
  EXPECT_NEAR(ann.raw_mean(), ann.scored_mean() * 12 / 13, 1e-9);
}

TEST_P(SeveritiesTest, APeriodTakesTheDaysOfItsContacts) {
  ScoreAll();
  // Calls are ten days apart from 2026-03-01 on.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport report,
                              Report(quinn_, "", "2026-03-11", "2026-03-21"));
  EXPECT_EQ(report.parts(0).n(), 24);
  EXPECT_EQ(report.period().first_day(), "2026-03-11");
}

TEST_P(SeveritiesTest, WithoutAnyLinkNothingIsCompared) {
  for (int call = 0; call < 4; ++call) {
    Score(0, "ada", call, 60 + call);
    Score(2, "abe", call, 80 + call);
  }
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::SeverityReport report, Report(quinn_));
  EXPECT_EQ(report.reason(), "disconnected");
  EXPECT_EQ(report.part_count(), 2);
  EXPECT_THAT(report.summary(), HasSubstr("cannot be told apart"));
  for (const v1::SeverityPart& part : report.parts()) {
    EXPECT_EQ(part.reason(), "one_rater");
    EXPECT_FALSE(part.agents(0).has_fair_mean());
  }
}

TEST_P(SeveritiesTest, EachSeesWhatIsTheirs) {
  ScoreAll();
  EXPECT_THAT(
      Named(*Report(quinn_)),
      testing::ElementsAre("abe", "ada", "amy", "ann", "ben", "bob", "cid"));
  EXPECT_THAT(Named(*Report(quinn_, "teams/blue")),
              testing::ElementsAre("abe", "ada", "amy", "bob", "cid"));
  EXPECT_THAT(Named(*Report(ada_reads_)), testing::ElementsAre("ada"));
  EXPECT_THAT(Named(*Report(lea_reads_)), testing::ElementsAre("ann", "ben"));
  EXPECT_THAT(Named(*Report(lea_reads_, "teams/red")),
              testing::ElementsAre("ann", "ben"));
  // The model is the same, whoever looks.
  EXPECT_EQ(Report(lea_reads_)->parts(0).agents(0).SerializeAsString(),
            Report(quinn_)->parts(0).agents(0).SerializeAsString());
  EXPECT_THAT(Report(lea_reads_, "teams/blue"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Report(ada_reads_, "teams/red"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Drift(ada_reads_, "people/ada"), IsOk());
  EXPECT_THAT(Drift(ada_reads_, "people/abe"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Drift(quinn_, "people/abe")->months_size(), 1);
}

TEST_P(SeveritiesTest, WhatIsWrongIsTold) {
  v1::GetRaterSeverityRequest request;
  request.set_form("scale");
  request.set_team("red");
  request.mutable_period()->set_first_day("yesterday");
  const auto refused = InRead(
      [&](Transaction& tx) { return severities_.Get(tx, quinn_, request); });
  EXPECT_THAT(refused, HasViolation("form", "NAME_INVALID"));
  EXPECT_THAT(refused, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(refused, HasViolation("period.first_day", "DATE_INVALID"));
  EXPECT_THAT(Report(quinn_, "teams/green"),
              StatusIs(absl::StatusCode::kNotFound));
  request.Clear();
  request.set_form("forms/none");
  EXPECT_THAT(InRead([&](Transaction& tx) {
                return severities_.Get(tx, quinn_, request);
              }),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Drift(quinn_, "ada"), HasViolation("rater", "NAME_INVALID"));
  EXPECT_THAT(Drift(quinn_, "people/nobody"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Report(quinn_)->reason(), "no_data");
}

ATTUNE_ON_EVERY_BACKEND(SeveritiesTest);

}  // namespace
}  // namespace attune
