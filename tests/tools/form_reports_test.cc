// Form health, contests and backtests through the program.

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/service/server_test.h"
#include "tests/tools/attune_process.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kForm[] = R"(
title: "Call"
floor_percent: 50
sections {
  section_id: "connection" title: "Connection" weight: 60
  questions {
    question_id: "warmth" text: "Was it warm?" guidance: "Listen."
    type: SINGLE_CHOICE
    choices { choice_id: "yes" label: "Yes" points: 10 }
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
  }
}
)";

// Ann's six calls: warm in the first two, solved in all but the last.  She
// contests that the third was not warm.
class FormReportsTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    AddTeam("red");
    AddPerson("ann", {v1::ROLE_AGENT}, "red");
    AddPerson("ada", {v1::ROLE_ADVOCATE}, "");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    token_file_ = server().token_path();
    const std::string form = File("call.textproto", kForm);
    ASSERT_EQ(
        Attune({"forms", "publish", form, "--id", "call", "--note", "x"}).code,
        0);
    const Client ada = ClientOf("ada");
    for (int i = 1; i <= 6; ++i) {
      const std::string contact = absl::StrCat("c", i);
      AddContact("ann", contact);
      v1::SubmitEvaluationRequest request;
      request.set_parent("people/ann");
      v1::Evaluation& evaluation = *request.mutable_evaluation();
      evaluation.set_form_revision("forms/call");
      evaluation.set_contact(absl::StrCat("people/ann/contacts/", contact));
      Answer("warmth", i <= 2, evaluation);
      Answer("solved", i <= 5, evaluation);
      const auto stored =
          ada.Call(&v1::EvaluationService::Stub::SubmitEvaluation, request);
      ASSERT_THAT(stored, IsOk());
      if (i == 3) contested_ = stored->name();
    }
    auto contest = Text<v1::CreateContestRequest>(R"pb(
      contest {
        items {
          question_id: "warmth"
          reason: "Listen."
          proposed { choice_id: "yes" }
        }
      })pb");
    contest.set_parent(contested_);
    ASSERT_THAT(ClientOf("ann").Call(
                    &v1::EvaluationService::Stub::CreateContest, contest),
                IsOk());
  }

  static void Answer(const char* question, bool yes,
                     v1::Evaluation& evaluation) {
    v1::Answer& answer = *evaluation.add_answers();
    answer.set_question_id(question);
    answer.set_choice_id(yes ? "yes" : "no");
  }
  std::map<std::string, std::string> Environment() {
    return {{"ATTUNE_SERVER", server().grpc_address()},
            {"ATTUNE_TOKEN_FILE", token_file_},
            {"TERM", "dumb"}};
  }
  Ended Attune(const std::vector<std::string>& arguments,
               const std::string& input = "") {
    return RunAttune(folder().path(), Environment(), arguments, input);
  }
  nlohmann::json Json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", "json"});
    const Ended ended = Attune(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return nlohmann::json::parse(ended.out, nullptr, false);
  }
  std::string File(const std::string& name, const std::string& content) {
    std::ofstream(folder().file(name), std::ios::binary) << content;
    return folder().file(name);
  }
  void Become(const std::string& person) {
    token_file_ = File(person + ".token", ClientOf(person).token());
  }
  std::string Heavier() {
    return absl::StrReplaceAll(
        kForm, {{"weight: 60", "weight: 80"}, {"weight: 40", "weight: 20"}});
  }

  std::string contested_;

 private:
  std::string token_file_;
};

// Before: 100 twice, 40 three times, 0: mean 53.33.  After: 100 twice, 20 three
// times, 0: mean 43.33.
TEST_F(FormReportsTest, BacktestTellsWhatAFileWouldChange) {
  Become("quinn");
  const std::string file = File("heavier.textproto", Heavier());
  const Ended text = Attune({"forms", "backtest", file, "--against", "call"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_EQ(text.err, "");
  EXPECT_THAT(text.out, StartsWith("6 evaluations read, 6 compared: 0 higher, "
                                   "3 lower, 3 the same\n"));
  EXPECT_THAT(text.out, HasSubstr("before  53.33"));
  EXPECT_THAT(text.out, HasSubstr("after   43.33"));
  EXPECT_THAT(text.out, HasSubstr("connection"));
  EXPECT_THAT(text.out, HasSubstr("-13.33"));
  EXPECT_THAT(text.out, HasSubstr("ann    6   53.33  43.33  -10.00"));

  const auto stored =
      Json({"forms", "backtest", "call@1", "--against", "call"});
  EXPECT_EQ(stored["compared"], "6");
  EXPECT_EQ(stored["lowered"], "0");
  EXPECT_EQ(stored["before"]["mean_percent"], 53.33);
  EXPECT_EQ(
      Attune({"forms", "backtest", file, "--against", "call", "-o", "csv"}).out,
      "person_id,n,before_percent,after_percent,change,rank_before,"
      "rank_after\r\nann,6,53.33,43.33,-10.00,1,1\r\n");
  EXPECT_THAT(
      Attune({"forms", "backtest", "-", "--against", "call", "--team", "red"},
             Heavier())
          .out,
      HasSubstr("6 compared"));
}

TEST_F(FormReportsTest, BacktestShowsProgressOnATerminal) {
  const Ended shown = RunAttuneAtTerminal(
      folder().path(), Environment(),
      {"forms", "backtest", "call", "--against", "call"}, "");
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.out, HasSubstr("evaluations  ["));
  const Ended quiet = RunAttuneAtTerminal(
      folder().path(), Environment(),
      {"-q", "forms", "backtest", "call", "--against", "call"}, "");
  EXPECT_THAT(quiet.out, Not(HasSubstr("evaluations  [")));
}

TEST_F(FormReportsTest, BacktestsThatCannotBeAreToldWhy) {
  const std::string negative =
      File("bad.textproto",
           absl::StrReplaceAll(kForm, {{"weight: 60", "weight: -1"}}));
  const struct {
    std::vector<std::string> arguments;
    int code;
    const char* error;
  } kTable[] = {
      {{"forms", "backtest", "call"}, 2, "--against"},
      {{"forms", "backtest", "call", "--against", "none"}, 3, "forms/none"},
      {{"forms", "backtest", "none", "--against", "call"}, 3, "forms/none"},
      {{"forms", "backtest", "call", "--against", "call", "--team", "blue"},
       3,
       "teams/blue"},
      {{"forms", "backtest", "call", "--against", "call", "--since", "March"},
       2,
       "March"},
      {{"forms", "backtest", negative, "--against", "call"},
       6,
       "bad.textproto:5:"},
  };
  for (const auto& row : kTable) {
    const Ended ended = Attune(row.arguments);
    EXPECT_EQ(ended.code, row.code) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr(row.error));
    EXPECT_EQ(ended.out, "");
  }
  Become("ada");
  EXPECT_EQ(Attune({"forms", "backtest", "call", "--against", "call"}).code, 4);
}

TEST_F(FormReportsTest, FormHealthTellsOfEveryQuestion) {
  Become("quinn");
  const Ended text = Attune({"report", "form-health", "call"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith("Form health: Call (call), all scores to "
                                   "date\n6 evaluations; 0 contacts"));
  EXPECT_THAT(text.out, HasSubstr("Not enough data on 2 questions"));
  const auto json = Json({"report", "form-health", "call@1"});
  EXPECT_EQ(json["name"], "forms/call/revisions/1");
  EXPECT_EQ(json["questions"][0]["pass_percent"], 33.33);
  EXPECT_EQ(json["questions"][0]["contests"]["rate_percent"], 16.67);
  EXPECT_EQ(json["questions"][0]["discrimination"]["reason"], "too_few");
  EXPECT_EQ(json["questions"][0]["findings"][0]["reason"],
            "REASON_NOT_ENOUGH_DATA");
  EXPECT_EQ(Attune({"report", "form-health", "call", "--team", "red", "-o",
                    "csv", "--fields", "question_id,scored,lost,findings"})
                .out,
            "question_id,scored,lost,findings\r\n"
            "warmth,6,40.00,not_enough_data\r\n"
            "solved,6,6.67,not_enough_data\r\n");
  EXPECT_EQ(Attune({"report", "form-health", "none"}).code, 3);
  Become("ann");
  EXPECT_EQ(Attune({"report", "form-health", "call"}).code, 4);
}

TEST_F(FormReportsTest, ContestsAreCounted) {
  Become("quinn");
  const Ended text = Attune({"report", "contests"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out,
              StartsWith("Contests, all to date\n1 item: 1 open, 0 upheld, 0 "
                         "changed, 0 closed\nContested: 16.67 items for each "
                         "100 of 6 evaluations\n"));
  EXPECT_EQ(Attune({"report", "contests", "--form", "call", "-o", "csv",
                    "--fields", "by,id,items,open,rate_percent"})
                .out,
            "by,id,items,open,rate_percent\r\n"
            "question,warmth,1,1,16.67\r\n"
            "rater,ada,1,1,\r\n"
            "team,red,1,1,16.67\r\n");
  EXPECT_EQ(Json({"report", "contests"})["overall"]["open"], "1");
  EXPECT_EQ(Attune({"report", "contests", "--since", "x"}).code, 2);
  const Ended card = Attune(
      {"report", "agent", "ann", "-o", "csv", "--fields", "contact,contested"});
  EXPECT_THAT(card.out, HasSubstr("people/ann/contacts/c3,yes\r\n"));
  EXPECT_THAT(card.out, HasSubstr("people/ann/contacts/c2,no\r\n"));
}

}  // namespace
}  // namespace attune
