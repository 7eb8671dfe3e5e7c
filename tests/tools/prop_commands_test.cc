// attune props, great-calls, relationship-values and cancellations against a
// server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// AddSmallWorld, with a lead `lea` and an agent `bob` with call c3.
class PropCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddSmallWorld();
    AddPerson("lea", {v1::ROLE_LEAD}, "t");
    AddPerson("bob", {v1::ROLE_AGENT}, "");
    AddContact("bob", "c3");
  }
  // As `lea`; what the customer gave it for.
  std::string Said(const std::string& text, std::vector<std::string> more) {
    Become("ann");
    const std::string token = Json({"props", "invite", "c1"})["token"];
    std::vector<std::string> submit = {"props", "submit", token, "--text",
                                       text};
    submit.insert(submit.end(), more.begin(), more.end());
    const std::string receipt = Json(submit)["receipt"];
    Become("lea");
    return receipt;
  }
};

TEST_F(PropCommandsTest, APropFromItsInvitationToItsEnd) {
  Become("ann");
  const Ended invited = Attune({"props", "invite", "c1", "--days", "7"});
  ASSERT_EQ(invited.code, 0) << invited.err;
  EXPECT_THAT(invited.out, HasSubstr("invitation  inv_"));
  EXPECT_THAT(invited.err, HasSubstr("shown this once only"));
  const std::string token = Json({"props", "invite", "c1"})["token"];
  const Ended about = Attune({"props", "show", token});
  EXPECT_THAT(about.out, HasSubstr("about       ann\n"));
  const Ended said =
      Attune({"props", "submit", token, "--file", "-", "--share"},
             "=She stayed.\n<b>Thanks!</b>\n");
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("receipt    rcp_"));
  EXPECT_EQ(Attune({"props", "submit", token, "--text", "x"}).code, 5);
  EXPECT_EQ(Attune({"props", "submit", token}).code, 2);
  EXPECT_EQ(Attune({"props", "show", "inv_1_2"}).code, 3);

  Become("lea");
  const auto listed = Json({"props", "list", "--state", "pending"});
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0]["text"], "=She stayed.\n<b>Thanks!</b>\n");
  const std::string name = listed[0]["name"];
  const std::string id = name.substr(name.rfind('/') + 1);
  // One row, and nothing in it that a spreadsheet would compute.
  const Ended csv = Attune(
      {"props", "list", "-o", "csv", "--fields", "agent,state,may_share,text"});
  EXPECT_EQ(csv.out,
            "agent,state,may_share,text\r\n"
            "ann,pending,yes,\"'=She stayed.\n<b>Thanks!</b>\n\"\r\n");
  EXPECT_EQ(Attune({"props", "moderate", id, "hide"}).code, 6);
  EXPECT_EQ(Attune({"props", "moderate", id, "keep"}).code, 2);
  const Ended published = Attune({"props", "moderate", id, "publish"});
  ASSERT_EQ(published.code, 0) << published.err;
  EXPECT_THAT(published.out, HasSubstr("state          published"));
  EXPECT_THAT(published.out, Not(HasSubstr("stayed")));

  Become("bob");
  EXPECT_THAT(Attune({"props", "show", id}).out,
              HasSubstr("\n=She stayed.\n<b>Thanks!</b>\n"));
  EXPECT_EQ(Attune({"props", "moderate", id, "publish"}).code, 4);
  EXPECT_EQ(Json({"props", "list", "--search", "thank stay"}).size(), 1u);
  Become("lea");
  EXPECT_EQ(Json({"report", "recognition", "ann"})["props"], "1");
  EXPECT_EQ(Attune({"props", "revoke", id}).code, 6);
  const Ended gone = Attune({"props", "revoke", id, "--reason", "By phone."});
  EXPECT_THAT(gone.out, StartsWith("taken back  "));
  EXPECT_EQ(Json({"props", "list"}).size(), 0u);
  EXPECT_THAT(Attune({"props", "show", id}).out,
              HasSubstr("taken back because  By phone."));
}

TEST_F(PropCommandsTest, AReceiptTakesAPropBack) {
  const std::string receipt = Said("Warm words.", {"--share"});
  EXPECT_EQ(Json({"props", "list"}).size(), 1u);
  EXPECT_EQ(Attune({"props", "revoke", receipt + "0"}).code, 3);
  EXPECT_EQ(Attune({"props", "revoke", receipt}).code, 0);
  EXPECT_EQ(Json({"props", "list"}).size(), 0u);
}

TEST_F(PropCommandsTest, AGreatCallFromItsNominationToKudos) {
  Become("ann");
  const Ended wrong = Attune({"great-calls", "nominate", "c1", "--form",
                              "small", "--section", "none", "--reason", ""});
  EXPECT_EQ(wrong.code, 6);
  EXPECT_THAT(wrong.err, HasSubstr("[SECTION_UNKNOWN]"));
  EXPECT_THAT(wrong.err, HasSubstr("[REASON_MISSING]"));
  const auto call =
      Json({"great-calls", "nominate", "c1", "--form", "small", "--section",
            "s", "--reason", "She laughed.", "--from", "0:31", "--to", "1:10"});
  EXPECT_EQ(call["state"], "STATE_NOMINATED");
  EXPECT_EQ(call["start_ms"], "31000");
  const std::string name = call["name"];
  const std::string id = name.substr(name.rfind('/') + 1);
  EXPECT_EQ(Attune({"great-calls", "confirm", id}).code, 4);
  Become("bob");
  EXPECT_EQ(Attune({"great-calls", "show", id}).code, 3);
  Become("rob");
  EXPECT_THAT(Attune({"great-calls", "list", "--state", "nominated"}).out,
              HasSubstr("0:31-1:10"));
  const Ended confirmed =
      Attune({"great-calls", "confirm", id, "--reason", "Hear the laugh."});
  ASSERT_EQ(confirmed.code, 0) << confirmed.err;
  EXPECT_THAT(confirmed.out, HasSubstr("saying        Hear the laugh."));
  EXPECT_EQ(
      Attune({"great-calls", "decline", id, "--reason", "Too late."}).code, 5);
  Become("bob");
  EXPECT_THAT(Attune({"great-calls", "search", "laugh"}).out,
              HasSubstr("She laughed."));
  EXPECT_EQ(Json({"great-calls", "search", "cried"}).size(), 0u);
  EXPECT_THAT(Attune({"great-calls", "kudos", id}).out,
              HasSubstr("kudos         1\n"));
  const Ended twice = Attune({"great-calls", "kudos", id});
  EXPECT_EQ(twice.code, 5);
  EXPECT_THAT(twice.err, HasSubstr("already exists"));
}

TEST_F(PropCommandsTest, RelationshipValueIsAddedAndReported) {
  Become("ann");
  EXPECT_EQ(Attune({"relationship-values", "add", "recommends"}).code, 2);
  EXPECT_EQ(Attune({"relationship-values", "add", "money"}).code, 2);
  EXPECT_EQ(
      Attune({"relationship-values", "add", "other", "--call", "c1"}).code, 6);
  const Ended added =
      Attune({"relationship-values", "add", "refers_customers", "--call", "c1",
              "--units", "2", "--party", "Ms. Ito", "-o", "csv", "--fields",
              "day,agent,kind,units,contact_id,party"});
  EXPECT_EQ(added.out,
            "day,agent,kind,units,contact_id,party\r\n"
            "2023-11-14,ann,refers_customers,2,c1,Ms. Ito\r\n");
  EXPECT_EQ(
      Attune({"relationship-values", "add", "recommends", "--agent", "bob"})
          .code,
      3);
  EXPECT_EQ(Json({"relationship-values", "list", "--kind", "refers_customers"})
                .size(),
            1u);
  Become("lea");
  const Ended report = Attune({"report", "relationship-value"});
  EXPECT_EQ(report.out,
            "Relationship value, all to date, teams/t\n"
            "KIND                 UNITS  TIMES\n"
            "speaks well              0      0\n"
            "refers customers         2      1\n"
            "refers employees         0      0\n"
            "recommends               0      0\n"
            "introduces networks      0      0\n"
            "other                    0      0\n"
            "\n"
            "AGENT  SPEAKS WELL  REFERS CUSTOMERS  REFERS EMPLOYEES  "
            "RECOMMENDS  INTRODUCES NETWORKS  OTHER\n"
            "ann              0                 2                 0  "
            "         0                    0      0\n"
            "\n"
            "TEAM  SPEAKS WELL  REFERS CUSTOMERS  REFERS EMPLOYEES  "
            "RECOMMENDS  INTRODUCES NETWORKS  OTHER\n"
            "t               0                 2                 0  "
            "         0                    0      0\n"
            "\n"
            "MONTH    SPEAKS WELL  REFERS CUSTOMERS  REFERS EMPLOYEES  "
            "RECOMMENDS  INTRODUCES NETWORKS  OTHER\n"
            "2023-11            0                 2                 0  "
            "         0                    0      0\n"
            "\n"
            "Referral rate: calls whose customer refers others, of all calls "
            "of the year\n"
            "2023  50.00 % (1 of 2, 95 % interval 9.45 to 90.55)\n");
  EXPECT_THAT(Attune({"report", "relationship-value", "-o", "csv", "--fields",
                      "by,id,refers_customers,other"})
                  .out,
              "by,id,refers_customers,other\r\n"
              "agent,ann,2,0\r\nteam,t,2,0\r\nmonth,2023-11,2,0\r\n");
}

TEST_F(PropCommandsTest, CancellationsAreRecordedAndReported) {
  Become("rob");
  const Ended wrong =
      Attune({"cancellations", "record", "c1", "--permission", "given",
              "--reason", "unknown", "--reason-text", "It doubled.", "--offers",
              "-1", "--result", "cancelled"});
  EXPECT_EQ(wrong.code, 6);
  for (const char* reason :
       {"[REASON_NOT_CODED]", "[VALUE_INVALID]", "[VALUE_MISSING]"}) {
    EXPECT_THAT(wrong.err, HasSubstr(reason));
  }
  const std::vector<std::string> good = {"cancellations",
                                         "record",
                                         "c1",
                                         "--permission",
                                         "given",
                                         "--reason",
                                         "price",
                                         "--offers",
                                         "0",
                                         "--minutes",
                                         "4",
                                         "--result",
                                         "cancelled",
                                         "--reason-text",
                                         "=2*price"};
  ASSERT_EQ(Attune(good).code, 0);
  EXPECT_EQ(Attune(good).code, 5);
  std::vector<std::string> better = good;
  better.push_back("--correct");
  EXPECT_EQ(Attune(better).code, 0);
  ASSERT_EQ(
      Attune({"cancellations", "record", "c2", "--permission", "not_asked",
              "--reason", "moved", "--offers", "3", "--result", "stayed"})
          .code,
      0);
  EXPECT_THAT(Attune({"cancellations", "show", "c1"}).out,
              HasSubstr("reason text  =2*price"));
  EXPECT_EQ(Attune({"cancellations", "list", "-o", "csv", "--fields",
                    "contact_id,permission,reason,minutes,reason_text"})
                .out,
            "contact_id,permission,reason,minutes,reason_text\r\n"
            "c2,not asked,moved,,\r\n"
            "c1,given,price,4,'=2*price\r\n");
  EXPECT_EQ(Attune({"cancellations", "show", "c3"}).code, 3);
  Become("lea");
  EXPECT_EQ(Attune({"report", "cancellations"}).out,
            "Cancellation calls, all to date, teams/t\n"
            "2 calls: 1 cancelled, 0 paused, 1 stayed\n"
            "Leave to ask why: asked in 50.00 % (1 of 2, 95 % interval 9.45 to "
            "90.55)\n"
            "                  given in 100.00 % (1 of 1, 95 % interval 20.65 "
            "to 100.00)\n"
            "Offers to stay:   3; more than one in 50.00 % (1 of 2, 95 % "
            "interval 9.45 to 90.55)\n"
            "Processed within: 4.0 minutes (median of 1)\n"
            "Look at:          c2\n"
            "\n"
            "Why they wanted to leave\n"
            "MONTH    CALLS  PRICE  MOVED\n"
            "2023-11      2      1      1\n");
  EXPECT_EQ(Attune({"report", "cancellations", "--agent", "bob"}).code, 3);
  EXPECT_THAT(Attune({"report", "cancellations", "-o", "csv", "--fields",
                      "month,calls,price,moved"})
                  .out,
              "month,calls,price,moved\r\n2023-11,2,1,1\r\n");
}

}  // namespace
}  // namespace attune
