// attune floor, report floor and report service-level against a server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// It is Wednesday, 2024-03-06, in 2024-W10.  `ada`, an advocate in team t, was
// hired on 2024-02-21, in W08; `ann` is an agent there with calls c1 and c2,
// `bob` one of team u, `lea` leads t, `quinn` is a qa_lead.
class FloorCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    SetClock([] { return int64_t{1'709'726'400} * 1'000'000; });
    AttuneTest::SetUp();
    const Ended people = Attune({"people", "import", "-"},
                                "person_id,roles,team_id,hire_date\n"
                                "ada,advocate,t,2024-02-21\n"
                                "ann,agent,t,\n"
                                "bob,agent,u,\n"
                                "lea,lead,t,\n"
                                "quinn,qa_lead,,\n");
    ASSERT_EQ(people.code, 0) << people.err;
  }

  Ended Log(const std::string& start, const std::string& minutes,
            const std::string& person = "ada") {
    return Attune({"floor", "log", "--start", start, "--minutes", minutes,
                   "--channel", "phone", "--person", person});
  }
};

TEST_F(FloorCommandsTest, FromLoggingToTheReport) {
  Become("ada");
  const auto logged =
      Json({"floor", "log", "--start", "2024-02-26T09:00:00Z", "--end",
            "2024-02-26T11:30:00Z", "--channel", "phone", "--note", "Busy."});
  EXPECT_EQ(logged["minutes"], "150");
  EXPECT_EQ(logged["recorder"], "people/ada");
  // Sunday 23:00 to Monday 01:00.
  EXPECT_EQ(Log("2024-03-03T23:00:00Z", "120").code, 0);
  EXPECT_EQ(Attune({"floor", "list", "-o", "csv", "--no-headers", "--fields",
                    "start,end,minutes,person,channel,note"})
                .out,
            "2024-03-03 23:00,2024-03-04 01:00,120,ada,phone,\r\n"
            "2024-02-26 09:00,2024-02-26 11:30,150,ada,phone,Busy.\r\n");
  EXPECT_EQ(Json({"floor", "list", "--since", "2024-W10"}).size(), 1u);
  EXPECT_EQ(Json({"floor", "list", "--until", "2024-02-27"}).size(), 2u);
  // W08: Wednesday to Friday, 3/5 of 300.  W09: 150 + 60.
  EXPECT_EQ(Attune({"floor", "hours", "--since", "2024-W08"}).out,
            "Minutes on the floor, 2024-W08 to 2024-W10\n"
            "\n"
            "ada\n"
            "WEEK      DAYS  OWED  DONE  BALANCE  RUNNING\n"
            "2024-W08     3   180     0     -180     -180  short by 180\n"
            "2024-W09     5   300   210      -90     -270  short by 90\n"
            "2024-W10     5     0    60        0     -270  so far; 300 by its "
            "end\n");
  EXPECT_EQ(
      Attune({"floor", "hours", "--since", "2024-02-26", "-o", "csv"}).out,
      "person,week,quota,present_days,owed,done,balance,running_balance,"
      "short,so_far,expected\r\n"
      "ada,2024-W09,300,5,300,210,-90,-90,90,no,300\r\n"
      "ada,2024-W10,300,5,0,60,0,-90,0,yes,300\r\n");
  Become("lea");
  EXPECT_EQ(Attune({"report", "floor", "--since", "2024-W08"}).out,
            "Minutes on the floor, 2024-W08 to 2024-W10, teams/t\n"
            "PERSON  OWED  DONE  BALANCE  WEEKS SHORT     SO FAR\n"
            "ada      480   210     -270            2  60 of 300\n");
  EXPECT_EQ(Attune({"report", "floor", "--since", "2024-W08", "-o", "csv",
                    "--no-headers"})
                .out,
            "ada,ada,t,480,210,-270,2,60,300\r\n");
  EXPECT_EQ(Json({"report", "floor"})["people"][0]["weeks_short"], 2);
  // Taken back.
  Become("ada");
  const std::string name = logged["name"];
  EXPECT_EQ(Attune({"floor", "delete", name.substr(name.rfind('/') + 1)}).code,
            0);
  EXPECT_EQ(Attune({"floor", "delete", name}).code, 3);
  EXPECT_EQ(Json({"floor", "list"}).size(), 1u);
}

TEST_F(FloorCommandsTest, BadInputIsToldWhole) {
  Become("ada");
  ASSERT_EQ(Log("2024-02-26T09:00:00Z", "60").code, 0);
  const auto wrong = [&](const std::string& start, const std::string& end) {
    const Ended ended = Attune(
        {"floor", "log", "--start", start, "--end", end, "--channel", "phone"});
    EXPECT_EQ(ended.code, 6);
    return ended.err;
  };
  EXPECT_THAT(wrong("2024-02-26T08:00:00Z", "2024-02-26T07:00:00Z"),
              HasSubstr("A session ends after it starts."));
  EXPECT_THAT(wrong("2024-02-26T08:00:00Z", "2024-02-27T07:00:00Z"),
              HasSubstr("at most 16 hours"));
  EXPECT_THAT(wrong("2024-03-06T11:00:00Z", "2024-03-06T12:06:00Z"),
              HasSubstr("once it is over"));
  EXPECT_THAT(wrong("2024-02-26T09:59:00Z", "2024-02-26T10:30:00Z"),
              HasSubstr("people/ada/floorSessions/"));
  EXPECT_EQ(Log("2024-02-27T09:00:00Z", "60", "lea").code, 3);
  EXPECT_EQ(Log("2024-02-27T09:00:00Z", "961").code, 2);
  EXPECT_EQ(Log("soon", "10").code, 2);
  EXPECT_EQ(
      Attune({"floor", "log", "--start", "2024-02-27", "--channel", "phone"})
          .code,
      2);
  EXPECT_EQ(Attune({"floor", "list", "--since", "2024-W60"}).code, 6);
  EXPECT_THAT(Attune({"floor", "hours", "--since", "2025-W53"}).err,
              HasSubstr("first_week"));
  EXPECT_THAT(
      Attune({"floor", "hours", "--since", "2024-W08", "--until", "2024-03-01"})
          .err,
      HasSubstr("Ask for weeks, or for days."));
  EXPECT_EQ(Attune({"floor", "set-quota", "advocate", "--minutes", "1"}).code,
            4);
  EXPECT_EQ(Attune({"floor", "work-days", "import", "-"},
                   "person_id,day\nada,2024-03-01\n")
                .code,
            4);
  EXPECT_EQ(Attune({"report", "service-level"}).code, 4);
  Become("ann");
  const Ended agent = Log("2024-02-27T09:00:00Z", "60", "ann");
  EXPECT_EQ(agent.code, 5);
  EXPECT_THAT(agent.err, HasSubstr("owes time on the floor"));
}

TEST_F(FloorCommandsTest, AQuotaThatBlocks) {
  AddForm("small");
  AddContact("ann", "c1");
  Become("quinn");
  EXPECT_EQ(Attune({"floor", "quotas", "-o", "csv", "--no-headers"}).out,
            "advocate,300,no,,,\r\n");
  EXPECT_EQ(Attune({"floor", "set-quota", "advocate"}).code, 6);
  EXPECT_EQ(
      Attune({"floor", "set-quota", "advocate", "--block", "--no-block"}).code,
      2);
  EXPECT_EQ(Attune({"floor", "set-quota", "advocate", "--block", "--minutes",
                    "240", "-o", "csv", "--no-headers", "--fields",
                    "role,weekly_minutes,blocks_submitting,since,set_by"})
                .out,
            "advocate,240,yes,2024-W10,quinn\r\n");
  Become("ada");
  const auto score = [&] {
    return Attune({"score", "ann/c1", "--form", "small", "--answers", "-"},
                  R"({"q": "yes"})");
  };
  // W09 keeps the 300 minutes that it owed.
  const Ended owed = score();
  EXPECT_EQ(owed.code, 5);
  EXPECT_THAT(owed.err, HasSubstr("300 of 300 minutes on the floor are "
                                  "missing in 2024-W09"));
  EXPECT_THAT(owed.err, HasSubstr("attune floor log"));
  EXPECT_EQ(Log("2024-02-26T09:00:00Z", "300").code, 0);
  EXPECT_EQ(score().code, 0);
}

TEST_F(FloorCommandsTest, WorkDaysFromAFileToTheServiceLevel) {
  AddForm("small");
  AddContact("ann", "c1");
  Become("quinn");
  const std::string file =
      File("days.csv",
           "person_id,day,logged_minutes,customer_facing_minutes,idle_chats,"
           "idle_chat_minutes,leave\n"
           "ann,2024-03-04,480,404,2,15,\n"
           "ann,2024-03-05,400,300,,,no\n"
           "bob,2024-03-04,480,383,0,0,no\n"
           "ada,2024-03-04,,,,,yes\n");
  EXPECT_EQ(Attune({"floor", "work-days", "import", file, "--dry-run"}).err,
            "Would import 4 work days.\n");
  EXPECT_EQ(Json({"floor", "work-days", "list"}).size(), 0u);
  EXPECT_EQ(Attune({"floor", "work-days", "import", file}).err,
            "Imported 4 work days.\n");
  EXPECT_EQ(Attune({"floor", "work-days", "import", file}).err,
            "Imported 0 work days; 4 were there already.\n");
  // What is listed can be imported.
  const Ended listed = Attune({"floor", "work-days", "list", "-o", "csv"});
  EXPECT_THAT(listed.out, StartsWith("person_id,day,logged_minutes,"));
  EXPECT_EQ(Attune({"floor", "work-days", "import", "-"}, listed.out).err,
            "Imported 0 work days; 4 were there already.\n");

  const Ended wrong =
      Attune({"floor", "work-days", "import", "-"},
             "person_id,day,logged_minutes,customer_facing_minutes,leave\n"
             "ann,2024-03-01,-5,0,\n"
             "ann,2024-02-30,1,x,\n"
             "bob,2024-03-01,300,301,maybe\n"
             "bob,2024-03-02,300,301,\n"
             "bob,2024-03-03,300,300,yes\n"
             "bob,2024-02-01,1,1,\n"
             "bob,2024-02-01,1,1,\n");
  EXPECT_EQ(wrong.code, 6);
  for (const char* part :
       {"-:2: logged_minutes: \"-5\"", "-:3: day: \"2024-02-30\"",
        "-:3: customer_facing_minutes: \"x\"", "-:4: leave: \"maybe\"",
        "-:5: customer_facing_minutes: \"301\"", "-:6: leave: \"yes\"",
        "-:8: day: \"2024-02-01\"", "6 rows are wrong; nothing was stored."}) {
    EXPECT_THAT(wrong.err, HasSubstr(part));
  }
  EXPECT_THAT(Attune({"floor", "work-days", "import", "-"},
                     "person_id,day\nnobody,2024-03-01\n")
                  .err,
              HasSubstr("people/nobody is not there."));
  EXPECT_EQ(Attune({"floor", "work-days", "import", "-", "--skip-bad"},
                   "person_id,day,logged_minutes\nnobody,2024-03-01,1\n"
                   "bob,2024-03-01,60\n")
                .code,
            0);

  // 704 of 880 is 80 % to the point; 383 of 540 is 70.93; together 1087 of
  // 1420, 76.55.
  BecomeAdmin();
  EXPECT_EQ(
      Attune({"report", "service-level"}).out,
      "Personal service level, all to date\n"
      "76.55 % of 1420 logged minutes for customers; the line is 80 %, ! "
      "is below it\n"
      "\n"
      "AGENT  DAYS  LOGGED  FACING  PERCENT  IDLE  IDLE MIN  QUALITY  N\n"
      "ann       2     880     704    80.00     2        15  no data  0\n"
      "bob !     2     540     383    70.93     0         0  no data  0\n"
      "\n"
      "TEAM  DAYS  LOGGED  FACING  PERCENT  IDLE  IDLE MIN  QUALITY  N\n"
      "t        2     880     704    80.00     2        15  no data  0\n"
      "u !      2     540     383    70.93     0         0  no data  0\n");
  EXPECT_EQ(Attune({"report", "service-level", "--since", "2024-03-04",
                    "--team", "u", "-o", "csv"})
                .out,
            "of,id,days,leave_days,logged_minutes,customer_facing_minutes,"
            "percent,meets_line,reason,idle_chats,idle_chat_minutes,quality,"
            "quality_n\r\n"
            "agent,bob,1,0,480,383,79.79,no,,0,0,,0\r\n"
            "team,u,1,0,480,383,79.79,no,,0,0,,0\r\n"
            "all,,1,0,480,383,79.79,no,,0,0,,0\r\n");
  Become("ann");
  EXPECT_EQ(Json({"report", "service-level"})["agents"].size(), 1u);
  EXPECT_EQ(Json({"report",
                  "service-level"})["overall"]["service_level"]["meets_line"],
            true);
  EXPECT_EQ(Attune({"report", "service-level", "--agent", "bob"}).code, 3);
  const Ended none = Attune({"report", "service-level", "--since", "2023-01-01",
                             "--until", "2023-01-31"});
  EXPECT_THAT(none.out, HasSubstr("No logged minutes: no data."));
}

TEST_F(FloorCommandsTest, TablesFitEightyColumns) {
  std::string people = "person_id,display_name,roles,team_id,hire_date\n";
  std::string days =
      "person_id,day,logged_minutes,customer_facing_minutes,idle_chats,"
      "idle_chat_minutes\n";
  for (const char* person : {"somebody-with-a-long-id", "another"}) {
    absl::StrAppend(&people, person,
                    ",Somebody Whose Name Takes More Room Than There "
                    "Is,agent|advocate,t,2020-01-01\n");
    absl::StrAppend(&days, person, ",2024-03-04,1440,1100,10000,100000\n");
  }
  ASSERT_EQ(Attune({"people", "import", "-"}, people).code, 0);
  ASSERT_EQ(Attune({"floor", "work-days", "import", "-"}, days).code, 0);
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{
           {"report", "service-level"},
           {"report", "floor"},
           {"floor", "hours", "--person", "another"}}) {
    const Ended ended = Attune(arguments);
    ASSERT_EQ(ended.code, 0) << ended.err;
    for (const absl::string_view line : absl::StrSplit(ended.out, '\n')) {
      // An ellipsis is three bytes.
      EXPECT_LE(line.size(), 82u) << line;
    }
  }
}

}  // namespace
}  // namespace attune
