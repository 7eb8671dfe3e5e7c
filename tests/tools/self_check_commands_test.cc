// attune self-check against a server, from opening a cycle to its tally.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

// Agent `ann` with calls c1, c2 and c3, and `bob` with c4, led by `lea`; an
// advocate `rob`, a qa_lead `quinn`, and the form `small`.
class SelfCheckCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddTeam("t");
    AddPerson("ann", {v1::ROLE_AGENT}, "t");
    AddPerson("bob", {v1::ROLE_AGENT}, "t");
    AddPerson("lea", {v1::ROLE_LEAD}, "t");
    AddPerson("rob", {v1::ROLE_ADVOCATE}, "");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    for (const char* call : {"c1", "c2", "c3"}) AddContact("ann", call);
    AddContact("bob", "c4");
    AddForm("small");
    Become("quinn");
    ASSERT_EQ(
        Attune({"self-check", "cycles", "create", "h1", "--form", "small"})
            .code,
        0);
  }

  // `attune self-check ...`.
  Ended SelfCheck(Arguments arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), "self-check");
    return Attune(arguments, input);
  }
  Ended SelfCheckAtTerminal(Arguments arguments, const std::string& typed) {
    arguments.insert(arguments.begin(), "self-check");
    return AttuneAtTerminal(arguments, typed);
  }
  nlohmann::json Json(Arguments arguments) {
    arguments.insert(arguments.begin(), "self-check");
    return AttuneTest::Json(arguments);
  }
  void Score(const std::string& call, const std::string& choice) {
    Become("rob");
    EXPECT_EQ(Attune({"score", call, "--form", "small", "--answers", "-"},
                     "{\"q\":\"" + choice + "\"}")
                  .code,
              0);
  }
};

TEST_F(SelfCheckCommandsTest, ASessionFromPickToGap) {
  Become("ann");
  EXPECT_THAT(SelfCheck({"show"}).out, HasSubstr("not begun"));
  const Ended picked = SelfCheck({"pick", "c1"});
  EXPECT_EQ(picked.code, 0) << picked.err;
  EXPECT_THAT(picked.out, HasSubstr("forms/small/revisions/1"));
  Become("lea");
  EXPECT_EQ(SelfCheck({"pick", "c2", "--agent", "ann"}).code, 0);
  Become("rob");
  EXPECT_EQ(SelfCheck({"to-score", "-o", "csv", "--fields", "agent,contact_id",
                       "--no-headers"})
                .out,
            "ann,c1\r\nann,c2\r\n");
  EXPECT_EQ(SelfCheck({"show", "--agent", "ann"}).code, 4);
  Score("c1", "yes");

  Become("ann");
  EXPECT_EQ(Attune({"evaluations", "list", "-o", "json"}).out, "[]\n");
  // The first that is not graded, in two sittings.
  const Ended left = SelfCheckAtTerminal({"score"}, "2\nq\n");
  EXPECT_EQ(left.code, 0) << left.out;
  EXPECT_THAT(left.out, HasSubstr("The draft is kept"));
  const Ended done = SelfCheckAtTerminal({"score"}, "y\n");
  EXPECT_EQ(done.code, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("Going on with your draft"));
  EXPECT_THAT(done.out, HasSubstr("Submitted people/ann/evaluations/"));
  const Ended filed =
      SelfCheck({"score", "c2", "--answers", "-"}, "{\"q\":\"yes\"}");
  EXPECT_EQ(filed.code, 0) << filed.err;
  EXPECT_THAT(SelfCheck({"score", "--answers", "-"}, "{}").err,
              HasSubstr("Both calls are graded."));
  EXPECT_EQ(Json({"show"})["state"], "STATE_WAITING_FOR_ADVOCATE");
  Score("c2", "yes");

  Become("ann");
  const auto check = Json({"show"});
  EXPECT_EQ(check["state"], "STATE_DONE");
  EXPECT_EQ(check["picks"][0]["gap"]["gap"], -100.0);
  EXPECT_EQ(check["picks"][1]["gap"]["gap"], 0.0);
  EXPECT_EQ(check["gap"]["gap"], -50.0);
  EXPECT_EQ(check["gap"]["reading"], "READING_TOO_HARSH");
  const Ended text = SelfCheck({"show"});
  EXPECT_THAT(text.out, HasSubstr("-50.00, too harsh: encourage"));
  EXPECT_THAT(text.out, HasSubstr("both sides graded it"));
  EXPECT_THAT(SelfCheck({"gaps"}).out, HasSubstr("too_harsh"));
  Become("lea");
  EXPECT_EQ(
      SelfCheck({"gaps", "--agent", "ann", "-o", "csv", "--fields",
                 "cycle_id,calls,self,advocate,gap,reading", "--no-headers"})
          .out,
      "h1,2,50.00,100.00,-50.00,too_harsh\r\n");
  EXPECT_EQ(
      SelfCheck({"due", "--team", "t", "-o", "csv", "--fields",
                 "agent,state,own_call,leads_call,overdue", "--no-headers"})
          .out,
      "ann,done,c1,c2,no\r\nbob,not_begun,,,no\r\n");
  EXPECT_EQ(Json({"due", "--overdue"}).size(), 0u);
}

TEST_F(SelfCheckCommandsTest, FeedbackFollowsTheCommandLineOrAFile) {
  Become("ann");
  ASSERT_EQ(SelfCheck({"pick", "c1"}).code, 0);
  const Ended said = SelfCheck({"feedback", "--question", "q", "--verdict",
                                "change", "--comment", "Tone counts.", "--idea",
                                "Ask for more.", "-o", "csv", "--no-headers"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.out,
            "ann,h1,small@1,q,change,Tone counts.\r\n"
            "ann,h1,small@1,,idea,Ask for more.\r\n");
  Become("quinn");
  EXPECT_EQ(Json({"feedback"})[0]["questions"][0]["verdict"], "VERDICT_CHANGE");
  Become("ann");
  EXPECT_EQ(SelfCheck({"feedback", "--file", "-"},
                      R"({"questions":[{"question_id":"q",
                          "verdict":"VERDICT_DROP"}]})")
                .code,
            0);
  EXPECT_EQ(Json({"feedback", "--cycle", "h1"})[0]["questions"][0]["verdict"],
            "VERDICT_DROP");
  EXPECT_EQ(SelfCheck({"feedback", "--verdict", "keep"}).code, 2);
  EXPECT_EQ(
      SelfCheck({"feedback", "--question", "q", "--verdict", "so-so"}).code, 2);
  EXPECT_EQ(SelfCheck({"feedback", "--file", "-"}, "{").code, 2);
  const Ended unknown =
      SelfCheck({"feedback", "--question", "x", "--verdict", "keep"});
  EXPECT_EQ(unknown.code, 6);
  EXPECT_THAT(unknown.err, HasSubstr("feedback.questions[0].question_id"));
}

TEST_F(SelfCheckCommandsTest, ClosingTellsTheTallyAndEndsEverything) {
  Become("ann");
  ASSERT_EQ(SelfCheck({"pick", "c1"}).code, 0);
  ASSERT_EQ(
      SelfCheck({"feedback", "--question", "q", "--verdict", "keep"}).code, 0);
  ASSERT_EQ(SelfCheck({"score", "--answers", "-"}, "{\"q\":\"yes\"}").code, 0);
  Score("c1", "no");
  Become("quinn");
  const Ended closed = SelfCheck({"cycles", "close", "h1"});
  EXPECT_EQ(closed.code, 0) << closed.err;
  EXPECT_THAT(closed.out, HasSubstr("+100.00 from 1 calls"));
  const auto cycle = Json({"cycles", "show", "h1"});
  EXPECT_EQ(cycle["state"], "STATE_CLOSED");
  EXPECT_EQ(cycle["tally"]["begun_count"], 1);
  EXPECT_EQ(cycle["tally"]["missing_count"], 1);
  EXPECT_EQ(cycle["tally"]["too_kind_count"], 1);
  EXPECT_EQ(cycle["tally"]["questions"][0]["keep_count"], 1);
  EXPECT_THAT(SelfCheck({"cycles", "list", "-o", "csv"}).out,
              HasSubstr("h1,h1,small,closed,"));
  EXPECT_EQ(SelfCheck({"cycles", "close", "h1"}).code, 5);

  Become("ann");
  EXPECT_THAT(SelfCheck({"pick", "c2"}).err, HasSubstr("No cycle is open"));
  const Ended late = SelfCheck({"pick", "c2", "--cycle", "h1"});
  EXPECT_EQ(late.code, 5);
  EXPECT_THAT(late.err, HasSubstr("is closed"));
  EXPECT_THAT(SelfCheck({"cycles", "show", "h1"}).out,
              Not(HasSubstr("mean gap")));
}

TEST_F(SelfCheckCommandsTest, WhatIsNotTheirsIsRefused) {
  Become("ann");
  EXPECT_EQ(SelfCheck({"pick", "c4"}).code, 3);
  EXPECT_EQ(SelfCheck({"pick", "c4", "--agent", "bob"}).code, 3);
  EXPECT_EQ(SelfCheck({"show", "--agent", "bob"}).code, 3);
  EXPECT_EQ(SelfCheck({"cycles", "create", "h2", "--form", "small"}).code, 4);
  Become("lea");
  EXPECT_THAT(SelfCheck({"show"}).err, HasSubstr("--agent"));
  EXPECT_EQ(SelfCheck({"score"}).code, 2);
  EXPECT_THAT(SelfCheck({"cycles", "--help"}).out, StartsWith("Rounds"));
}

}  // namespace
}  // namespace attune
