// attune feedback, recovery, harm and themes against a server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Agent `ann` with calls c1 and c2, `bob` of another team with c3, led by
// `lea`; an advocate `rob`, a qa_lead `quinn`, the form `small` and its
// question `q`.
class InboxCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddTeam("t");
    AddTeam("u");
    AddPerson("ann", {v1::ROLE_AGENT}, "t");
    AddPerson("bob", {v1::ROLE_AGENT}, "u");
    AddPerson("lea", {v1::ROLE_LEAD}, "t");
    AddPerson("rob", {v1::ROLE_ADVOCATE}, "");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    AddContact("ann", "c1");
    AddContact("ann", "c2");
    AddContact("bob", "c3");
    AddForm("small");
  }

  static std::string IdOf(const nlohmann::json& resource) {
    const std::string name = resource["name"];
    return name.substr(name.rfind('/') + 1);
  }
};

TEST_F(InboxCommandsTest, FeedbackFromGivingToItsAnswer) {
  ASSERT_EQ(Attune({"themes", "apply", Source("config/themes.textproto")}).code,
            0);
  Become("ann");
  const auto given =
      Json({"feedback", "give", "Is a joke a try?", "--form", "small",
            "--question", "q", "--theme", "complexity", "--tag", "humour"});
  EXPECT_EQ(given["owner"], "people/quinn");
  EXPECT_EQ(given["form_revision"], "forms/small/revisions/1");
  EXPECT_EQ(given["themes"][0], "themes/complexity");
  const std::string id = IdOf(given);
  const Ended shown = Attune({"feedback", "show", id});
  EXPECT_THAT(shown.out, HasSubstr("form small q"));
  EXPECT_THAT(shown.out, HasSubstr("answer due"));
  EXPECT_THAT(shown.out, HasSubstr("Is a joke a try?"));
  EXPECT_EQ(Attune({"feedback", "decide", id, "done", "--words", "x"}).code, 4);
  EXPECT_EQ(
      Attune({"feedback", "give", "-", "--process", "refunds"}, "From stdin.\n")
          .code,
      0);

  Become("lea");
  EXPECT_EQ(Attune({"feedback", "decide", id, "done", "--words", "x"}).code, 4);
  EXPECT_THAT(
      Attune({"feedback", "reassign", id, "--to", "bob", "--reason", "x"}).err,
      HasSubstr("a lead, an advocate, a qa_lead or an admin"));
  Become("bob");
  EXPECT_EQ(Attune({"feedback", "show", id}).code, 3);

  Become("quinn");
  EXPECT_EQ(Attune({"feedback", "unanswered", "-o", "csv", "--fields",
                    "owner,unanswered,up_to_7_days,over_30_days"})
                .out,
            "owner,unanswered,up_to_7_days,over_30_days\r\nquinn,2,2,0\r\n");
  EXPECT_EQ(
      Attune({"feedback", "decide", id, "accepted", "--words", "Next one."})
          .code,
      0);
  EXPECT_EQ(Attune({"feedback", "decide", id, "maybe", "--words", "x"}).code,
            2);
  EXPECT_EQ(
      Attune({"feedback", "mark", id, "--for-revision", "--for-report"}).code,
      0);
  EXPECT_EQ(Attune({"feedback", "list", "--form", "small", "--for-revision",
                    "-o", "csv", "--no-headers", "--fields",
                    "giver,side,about,state,marks,themes,text"})
                .out,
            "ann,agent,form small q,accepted,revision report,complexity,"
            "Is a joke a try?\r\n");
  EXPECT_EQ(Json({"feedback", "list", "--for-report"}).size(), 1u);
  EXPECT_EQ(
      Json({"feedback", "mark", id, "--not-for-report"})["for_monthly_report"],
      false);
  EXPECT_EQ(
      Attune({"feedback", "mark", id, "--for-report", "--not-for-report"}).code,
      2);
  EXPECT_EQ(Attune({"feedback", "reassign", id, "--to", "rob", "--reason",
                    "You know it."})
                .code,
            0);
  EXPECT_EQ(Json({"feedback", "list", "--owner", "rob"}).size(), 1u);
  EXPECT_EQ(Json({"feedback", "list", "--owner", "-"}).size(), 0u);
  Become("ann");
  const Ended answered = Attune({"feedback", "show", id});
  EXPECT_THAT(answered.out, HasSubstr("quinn says accepted: Next one."));
  EXPECT_THAT(answered.out,
              HasSubstr("quinn gave it from quinn to rob, because: You know"));
}

TEST_F(InboxCommandsTest, AStoryAndWhatTheCustomerSaid) {
  Become("lea");
  const auto story = Json({"feedback", "give", "She sang along.", "--story",
                           "--call", "c1", "--section", "small/s"});
  EXPECT_EQ(story["kind"], "KIND_STORY");
  EXPECT_EQ(story["contact"], "people/ann/contacts/c1");
  EXPECT_EQ(story["owner"], "people/quinn");
  const std::string id = IdOf(story);
  EXPECT_EQ(Json({"feedback", "list", "--kind", "story"}).size(), 1u);
  EXPECT_THAT(Attune({"feedback", "show", id}).out,
              HasSubstr("customer agrees  no"));
  Become("quinn");
  const Ended refused = Attune({"feedback", "mark", id, "--for-report"});
  EXPECT_EQ(refused.code, 5);
  EXPECT_THAT(refused.err, HasSubstr("has not agreed"));
  EXPECT_EQ(Attune({"feedback", "mark", id, "--for-report", "--consent"}).code,
            0);
  Become("ann");
  EXPECT_EQ(Json({"feedback", "give", "Three letters.", "--side", "customer",
                  "--call", "c2"})["owner"],
            "people/lea");
  EXPECT_EQ(Json({"feedback", "give", "About her.", "--person", "lea",
                  "--leadership"})["audience"],
            "AUDIENCE_LEADERSHIP");
  Become("lea");
  EXPECT_EQ(Json({"feedback", "list", "--giver", "ann"}).size(), 1u);
}

TEST_F(InboxCommandsTest, BadFeedbackIsToldWhole) {
  Become("ann");
  const auto wrong = [&](std::vector<std::string> arguments,
                         const std::string& input = "") {
    arguments.insert(arguments.begin(), {"feedback", "give"});
    const Ended ended = Attune(arguments, input);
    EXPECT_NE(ended.code, 0);
    return ended.err;
  };
  EXPECT_THAT(wrong({"x", "--call", "none"}), HasSubstr("not found"));
  EXPECT_THAT(wrong({"x", "--call", "bob/c3"}), HasSubstr("not found"));
  EXPECT_THAT(wrong({"x", "--person", "bob"}), HasSubstr("not found"));
  EXPECT_THAT(wrong({"x", "--question", "q"}), HasSubstr("question_id"));
  EXPECT_THAT(wrong({"x", "--side", "lead"}), HasSubstr("feedback.side"));
  EXPECT_THAT(wrong({"x", "--section", "s"}), HasSubstr("is no section"));
  EXPECT_THAT(wrong({"x", "--theme", "none"}), HasSubstr("feedback.themes[0]"));
  EXPECT_THAT(wrong({"-"}, std::string(1 << 20, 'x')),
              HasSubstr("At most 4096 bytes, not 1048576."));
  EXPECT_THAT(wrong({"-"}, "a\x1B[31mb"), HasSubstr("control characters"));
  EXPECT_THAT(wrong({"-"}, "a\xFF"), HasSubstr("UTF-8"));
  EXPECT_THAT(wrong({"x", "--form", "small", "--process", "p"}),
              HasSubstr("one thing"));
  EXPECT_EQ(Json({"feedback", "list"}).size(), 0u);
  // Markup is text.
  EXPECT_EQ(Json({"feedback", "give", "<b>hi</b>"})["text"], "<b>hi</b>");
}

TEST_F(InboxCommandsTest, RecoveryFromOpeningToTheReport) {
  Become("ann");
  const auto opened = Json({"recovery", "open", "c1", "--kind", "refund",
                            "--note", "Half the order.", "--cost", "1250",
                            "--currency", "EUR", "--prompted"});
  EXPECT_EQ(opened["owner"], "people/ann");
  EXPECT_EQ(opened["cost"]["minor_units"], "1250");
  const std::string id = IdOf(opened);
  EXPECT_EQ(
      Attune({"recovery", "open", "bob/c3", "--kind", "note", "--note", "x"})
          .code,
      3);
  const Ended negative = Attune({"recovery", "open", "c1", "--kind", "note",
                                 "--note", "x", "--cost", "-5"});
  EXPECT_EQ(negative.code, 6);
  EXPECT_THAT(negative.err, HasSubstr("recovery_action.cost.minor_units"));
  EXPECT_THAT(negative.err, HasSubstr("recovery_action.cost.currency_code"));
  EXPECT_EQ(Attune({"recovery", "open", "c1", "--kind", "note", "--note", "x",
                    "--currency", "EUR"})
                .code,
            2);
  Become("lea");
  EXPECT_EQ(Attune({"recovery", "open", "c2", "--kind", "call_back", "--note",
                    "Sorry.", "--due", "2030-01-01"})
                .code,
            0);
  EXPECT_EQ(Attune({"recovery", "list", "-o", "csv", "--no-headers", "--fields",
                    "call,kind,prompted,state,owner,cost_minor_units,currency"})
                .out,
            "ann/c1,refund,yes,open,ann,1250,EUR\r\n"
            "ann/c2,call_back,no,open,lea,,\r\n");
  EXPECT_EQ(Json({"recovery", "list", "--overdue"}).size(), 0u);
  EXPECT_EQ(Json({"recovery", "list", "--owner", "lea"}).size(), 1u);
  Become("bob");
  EXPECT_EQ(Attune({"recovery", "show", id}).code, 3);
  EXPECT_EQ(Attune({"recovery", "close", id, "abandoned", "--words", "x"}).code,
            3);
  Become("ann");
  EXPECT_EQ(Attune({"recovery", "close", id, "done", "--words", "x"}).code, 6);
  const Ended closed =
      Attune({"recovery", "close", id, "done", "--outcome", "fixed", "--words",
              "He laughed.", "--cost", "1000", "--currency", "EUR"});
  EXPECT_EQ(closed.code, 0) << closed.err;
  EXPECT_THAT(closed.out, HasSubstr("He laughed."));
  Become("lea");
  const Ended report = Attune({"report", "recovery"});
  EXPECT_THAT(report.out, StartsWith("Recovery, all to date, teams/t\n"
                                     "2 opened: 1 prompted by the customer, 1 "
                                     "not; 1 open, 0 overdue, 1 done, 0 given "
                                     "up\n"));
  EXPECT_THAT(report.out, HasSubstr("costs 1000 EUR (minor units)"));
  EXPECT_EQ(Attune({"report", "recovery", "-o", "csv", "--no-headers",
                    "--fields", "by,id,opened,done,fixed"})
                .out,
            "kind,call_back,1,0,0\r\nkind,refund,1,1,1\r\nteam,t,2,1,1\r\n");
  EXPECT_EQ(Json({"report", "recovery"})["overall"]["mean_days_to_done"], 0.0);
}

TEST_F(InboxCommandsTest, HarmFromRaisingToTheAnswer) {
  Become("ann");
  const auto raised =
      Json({"harm", "raise", "Hidden fee", "--text", "It is on page nine.",
            "--call", "c1", "--customers", "40"});
  const std::string id = IdOf(raised);
  EXPECT_EQ(raised["contact_count"], "1");
  const Ended twice = Attune({"harm", "add", id, "c2", "c1", "bob/c3"});
  EXPECT_EQ(twice.code, 6);
  EXPECT_THAT(twice.err, HasSubstr("contacts[1]"));
  EXPECT_THAT(twice.err, HasSubstr("counted already"));
  EXPECT_THAT(twice.err, HasSubstr("contacts[2]"));
  EXPECT_EQ(Json({"harm", "show", id})["contact_count"], "1");
  EXPECT_EQ(Attune({"harm", "add", id, "c2"}).code, 0);
  EXPECT_EQ(Attune({"harm", "answer", id, "--changed", "x"}).code, 4);
  EXPECT_EQ(Attune({"harm", "raise", "hidden  FEE", "--text", "x"}).code, 5);
  Become("bob");
  EXPECT_EQ(Attune({"harm", "show", id}).code, 3);
  EXPECT_EQ(Json({"harm", "list"}).size(), 0u);
  EXPECT_EQ(Json({"harm", "raise", "hidden  FEE", "--text", "Mine too.",
                  "--call", "c3"})["raiser_count"],
            "2");
  Become("lea");
  EXPECT_EQ(Attune({"harm", "list", "-o", "csv", "--no-headers", "--fields",
                    "practice,state,level,contacts,raisers,customers"})
                .out,
            "Hidden fee,open,qa_lead,3,2,40\r\n");
  EXPECT_EQ(Json({"harm", "list", "--level", "manager"}).size(), 0u);
  EXPECT_EQ(Attune({"harm", "contacts", id, "-o", "csv", "--no-headers",
                    "--fields", "agent,contact_id,added_by"})
                .out,
            "ann,c1,ann\r\nann,c2,ann\r\n");
  EXPECT_THAT(Attune({"harm", "answer", id, "--changed", "x"}).err,
              HasSubstr("a qa_lead or an admin answers it"));
  Become("quinn");
  EXPECT_EQ(Attune({"harm", "answer", id}).code, 2);
  const Ended empty = Attune({"harm", "answer", id, "--changed", " "});
  EXPECT_EQ(empty.code, 6);
  EXPECT_THAT(empty.err, HasSubstr("changed"));
  EXPECT_EQ(Attune({"harm", "answer", id, "--changed", "It stands on page 1.",
                    "--by", "lea"})
                .code,
            0);
  Become("ann");
  const Ended shown = Attune({"harm", "show", id});
  EXPECT_THAT(shown.out, HasSubstr("answer: It stands on page 1. (lea)"));
  EXPECT_THAT(shown.out, HasSubstr("It is on page nine."));
  EXPECT_THAT(shown.out, Not(HasSubstr("Mine too.")));
}

TEST_F(InboxCommandsTest, ThemesFromAFileToTheReport) {
  EXPECT_THAT(Attune({"themes", "apply", "-"}, "themes { nam: 'x' }").err,
              HasSubstr("-:1:"));
  EXPECT_THAT(Attune({"themes", "apply", "-"}, "themes { name: 'x' }").err,
              HasSubstr("taxonomy.themes[0].label"));
  const std::string file = Source("config/themes.textproto");
  EXPECT_EQ(Attune({"themes", "apply", file, "-o", "csv", "--no-headers"}).out,
            "15,0,0,0\r\n");
  EXPECT_EQ(Attune({"themes", "apply", file, "-o", "csv", "--no-headers"}).out,
            "0,0,15,0\r\n");
  Become("ann");
  EXPECT_EQ(Attune({"themes", "apply", file}).code, 4);
  EXPECT_EQ(Json({"themes", "list", "--kind", "success"}).size(), 5u);
  std::string name;
  for (int i = 0; i < 5; ++i) {
    name = Json({"feedback", "give", "Again.", "--theme", "effort"})["name"];
  }
  EXPECT_EQ(Attune({"themes", "tag", name, "price", "heard", "-o", "csv",
                    "--no-headers", "--fields", "theme_id,tagged_by"})
                .out,
            "effort,ann\r\nheard,ann\r\nprice,ann\r\n");
  EXPECT_EQ(Attune({"themes", "untag", name, "heard", "-o", "csv",
                    "--no-headers", "--fields", "theme_id"})
                .out,
            "effort\r\nprice\r\n");
  EXPECT_EQ(Attune({"themes", "untag", name, "heard"}).code, 3);
  EXPECT_EQ(Attune({"themes", "tag", "people/ann", "heard"}).code, 6);
  EXPECT_EQ(Attune({"themes", "tags"}).code, 4);
  Become("quinn");
  EXPECT_EQ(Json({"themes", "tags", "--theme", "effort"}).size(), 5u);
  EXPECT_EQ(Json({"feedback", "list", "--theme", "price"}).size(), 1u);
  // P(X >= 5 | 0.5), computed from the series, is 0.000172.
  EXPECT_EQ(Attune({"report", "themes", "-o", "csv", "--no-headers", "--fields",
                    "theme_id,count,usual,p,rising"})
                .out,
            "effort,5,0.00,0.000172,yes\r\nprice,1,0.00,0.393469,no\r\n");
  EXPECT_THAT(Attune({"report", "themes"}).out,
              HasSubstr("RISING, p = 0.000172"));
  EXPECT_EQ(Attune({"report", "themes", "--since", "2026-01-01"}).code, 2);
}

}  // namespace
}  // namespace attune
