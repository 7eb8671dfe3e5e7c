// The demo's 40 readings, through the store, against figures computed apart
// from this program (config/demo/expected-report.json).

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/evaluation/evaluations.h"
#include "engine/form/forms.h"
#include "engine/form/revisions.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/reports.h"
#include "engine/scoring/answers_json.h"
#include "tests/engine/center_test.h"
#include "tests/engine/store/store_test.h"

namespace attune {
namespace {

using nlohmann::json;

constexpr char kConfig[] = ATTUNE_SOURCE_DIR "/config/";

std::string ReadFile(const std::string& name) {
  std::ifstream file(kConfig + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<json> ReadLines(const std::string& name) {
  std::ifstream file(kConfig + name);
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(json::parse(line));
  }
  return lines;
}

class DemoReportTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(InWrite([&](Transaction& tx) { return Load(tx); }), IsOk());
  }

  absl::StatusOr<bool> Load(Transaction& tx) {
    v1::CreateTeamRequest team;
    team.set_team_id("harper-valley");
    EXPECT_THAT(teams_.Create(tx, admin_, team), IsOk());
    const auto add_person = [&](const std::string& id, v1::Role role,
                                const std::string& in_team) {
      v1::CreatePersonRequest request;
      request.set_person_id(id);
      request.mutable_person()->add_roles(role);
      request.mutable_person()->set_team(in_team);
      EXPECT_THAT(people_.Create(tx, admin_, request), IsOk());
    };
    add_person("reader-a", v1::ROLE_ADVOCATE, "");
    add_person("reader-b", v1::ROLE_ADVOCATE, "");
    std::set<std::string> agents;
    for (const json& line : ReadLines("demo/calls.jsonl")) {
      const std::string agent =
          absl::StrCat(line["agent_speaker_id"].get<int>());
      if (agents.insert(agent).second) {
        add_person(agent, v1::ROLE_AGENT, "teams/harper-valley");
      }
      v1::CreateContactRequest request;
      request.set_parent("people/" + agent);
      request.set_contact_id(line["sid"]);
      request.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
      request.mutable_contact()->mutable_start_time()->set_seconds(
          1'584'310'000);
      EXPECT_THAT(contacts_.Create(tx, admin_, request), IsOk());
    }
    v1::CreateFormRequest create;
    create.set_form_id("call");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        ReadFile("forms/call.textproto"), create.mutable_form()));
    EXPECT_THAT(forms_.Create(tx, admin_, create), IsOk());
    v1::PublishFormRequest publish;
    publish.set_name("forms/call");
    publish.set_etag("1");
    publish.set_change_note("first");
    const auto revision = forms_.Publish(tx, admin_, publish);
    EXPECT_THAT(revision, IsOk());
    auto compiled = CompiledForm::Make(revision->form());
    EXPECT_THAT(compiled, IsOk());
    for (const char* reader : {"a", "b"}) {
      Import(tx, *compiled,
             absl::StrCat("demo/evaluations-reader-", reader, ".jsonl"));
    }
    return true;
  }

  void Import(Transaction& tx, const CompiledForm& form,
              const std::string& file) {
    std::vector<v1::ImportEvaluationsRequest> messages;
    for (const json& line : ReadLines(file)) {
      v1::Evaluation& evaluation =
          *messages.emplace_back().mutable_evaluation();
      evaluation.set_contact("people/-/contacts/" +
                             line["contact"].get<std::string>());
      evaluation.set_form_revision("forms/call");
      evaluation.set_rater("people/" + line["rater"].get<std::string>());
      const auto answers = ParseAnswersJson(form, line["answers"].dump());
      ASSERT_THAT(answers, IsOk());
      *evaluation.mutable_answers() = *answers;
      for (v1::Answer& answer : *evaluation.mutable_answers()) {
        answer.set_comment(
            line["comments"].value(answer.question_id(), std::string()));
      }
    }
    const auto imported = evaluations_.Import(tx, admin_, messages);
    ASSERT_THAT(imported, IsOk());
    EXPECT_EQ(imported->imported_count(), 20);
  }

  // The figures of a summary against those of the file.
  void Compare(const v1::AgentSummary& summary, const json& expected) {
    SCOPED_TRACE(expected.value("agent", "team"));
    EXPECT_EQ(summary.average().n(), expected["n"].get<int>());
    EXPECT_EQ(summary.average().percent(),
              expected["average_percent"].get<double>());
    std::map<std::string, const v1::SectionAverage*> sections;
    for (const auto& section : summary.sections()) {
      sections[section.section_id()] = &section;
    }
    ASSERT_EQ(sections.size(), expected["sections"].size());
    int64_t critical = 0;
    for (const json& section : expected["sections"]) {
      const auto* found = sections[section["section_id"]];
      ASSERT_NE(found, nullptr) << section;
      EXPECT_EQ(found->average().n(), section["n"].get<int>());
      EXPECT_EQ(found->average().percent(),
                section["average_percent"].get<double>())
          << section;
      EXPECT_EQ(found->weighted_loss(), section["average_lost"].get<double>())
          << section;
      critical += found->critical_failures();
    }
    EXPECT_EQ(critical, expected["critical_failures"].get<int>());
    EXPECT_EQ(summary.critical_evaluations(),
              expected["critical_failures"].get<int>());
  }

  Caller admin_ = CallerOf("", "", v1::ROLE_ADMIN, kAll);
  std::shared_ptr<Revisions> revisions_ = std::make_shared<Revisions>();
  People people_{SystemClock()};
  Teams teams_{SystemClock()};
  Contacts contacts_{SystemClock()};
  Forms forms_{SystemClock(), revisions_};
  Evaluations evaluations_{SystemClock(), revisions_};
};

TEST_P(DemoReportTest, AgreesWithAnIndependentRecomputation) {
  const json expected = json::parse(ReadFile("demo/expected-report.json"));
  v1::GetTeamCoachingReportRequest request;
  request.set_team("teams/harper-valley");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::TeamCoachingReport report,
                              InRead([&](Transaction& tx) {
                                return Reports(SystemClock())
                                    .GetTeamCoachingReport(tx, admin_, request);
                              }));
  Compare(report.overall(), expected["team_summary"]);
  std::map<std::string, const v1::AgentSummary*> agents;
  for (const auto& agent : report.agents()) agents[agent.person()] = &agent;
  ASSERT_EQ(agents.size(), expected["agents"].size());
  for (const json& agent : expected["agents"]) {
    const auto* found = agents["people/" + agent["agent"].get<std::string>()];
    ASSERT_NE(found, nullptr) << agent["agent"];
    Compare(*found, agent);
  }

  std::map<std::pair<std::string, std::string>, double> scores;
  v1::ListEvaluationsRequest list;
  list.set_parent("people/-");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListEvaluationsResponse evaluations,
                              InRead([&](Transaction& tx) {
                                return evaluations_.List(tx, admin_, list);
                              }));
  for (const auto& evaluation : evaluations.evaluations()) {
    scores[{evaluation.contact(), evaluation.rater()}] =
        evaluation.score().percent();
  }
  ASSERT_EQ(scores.size(), expected["evaluations"].size());
  for (const json& one : expected["evaluations"]) {
    const std::string contact =
        absl::StrCat("people/", one["agent"].get<std::string>(), "/contacts/",
                     one["contact"].get<std::string>());
    EXPECT_EQ((scores[{contact, "people/" + one["rater"].get<std::string>()}]),
              one["percent"].get<double>())
        << one;
  }
}

ATTUNE_ON_EVERY_BACKEND(DemoReportTest);

}  // namespace
}  // namespace attune
