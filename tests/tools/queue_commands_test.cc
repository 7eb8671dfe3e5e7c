// attune plans and attune queue against a server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;

class QueueCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddTeam("t");
    AddPerson("ann", {v1::ROLE_AGENT}, "t");
    AddPerson("rob", {v1::ROLE_ADVOCATE}, "");
    AddPerson("sue", {v1::ROLE_ADVOCATE}, "");
    AddForm("call");
    for (const char* id : {"c1", "c2", "c3"}) {
      auto request = Text<v1::CreateContactRequest>(
          "parent: 'people/ann' contact { channel: CHANNEL_PHONE "
          "start_time { seconds: 1583150400 } duration { seconds: 60 } }");
      request.set_contact_id(id);  // on 2020-03-02, a Monday
      ASSERT_THAT(
          Admin().Call(&v1::DirectoryService::Stub::CreateContact, request),
          IsOk());
    }
  }

  static std::string IdOf(const nlohmann::json& assignment) {
    const std::string name = assignment["name"];
    return name.substr(name.rfind('/') + 1);
  }
};

TEST_F(QueueCommandsTest, FromAPlanToADoneAssignment) {
  const std::string file =
      absl::StrCat(ATTUNE_SOURCE_DIR, "/config/plans/weekly.textproto");
  const Ended created = Attune({"plans", "create", file, "--id", "weekly"});
  EXPECT_EQ(created.code, 0) << created.err;
  EXPECT_THAT(created.out, HasSubstr("Four calls a week"));
  EXPECT_EQ(Attune({"plans", "create", file, "--id", "weekly"}).code, 5);
  EXPECT_EQ(Json({"plans", "list"}).size(), 1u);

  const std::vector<std::string> draw = {"plans", "draw", "weekly", "--period",
                                         "2020-W10"};
  std::vector<std::string> dry = draw;
  dry.push_back("--dry-run");
  const Ended preview = Attune(dry);
  EXPECT_EQ(preview.code, 0) << preview.err;
  EXPECT_EQ(preview.err, "A preview; nothing was stored.\n");
  EXPECT_THAT(preview.out, HasSubstr("3 of 3, 1 of them twice"));
  EXPECT_EQ(Json({"queue", "list"}).size(), 0u);
  EXPECT_EQ(Json({"plans", "draws", "weekly"}).size(), 0u);

  const auto drawn = Json(draw);
  EXPECT_EQ(drawn["frame_count"], 3);
  EXPECT_EQ(drawn["drawn_count"], 3);
  EXPECT_EQ(drawn["overlap_count"], 1);
  EXPECT_EQ(drawn["shortfall_count"], 1);
  EXPECT_EQ(Json(draw), drawn);
  EXPECT_EQ(Json({"queue", "list", "--state", "open"}).size(), 4u);
  EXPECT_EQ(Json({"queue", "list", "--plan", "weekly", "--period", "2020-W10",
                  "--advocate", "rob"})
                .size(),
            2u);

  Become("rob");
  const auto next = Json({"queue", "next", "--claim"});
  EXPECT_EQ(next["state"], "STATE_CLAIMED");
  const std::string contact = next["contact"];
  const Ended told = Attune({"queue", "next"});
  EXPECT_EQ(told.err, absl::StrCat("Score it: attune score ann/",
                                   contact.substr(contact.rfind('/') + 1),
                                   " --form call\n"));
  EXPECT_EQ(Attune({"score", contact, "--form", "call", "--answers", "-"},
                   "{\"q\": \"yes\"}")
                .code,
            0);
  EXPECT_EQ(Json({"queue", "list", "--state", "done"}).size(), 1u);
  EXPECT_EQ(Attune({"plans", "list"}).code, 4);

  BecomeAdmin();
  const Ended table = Attune({"plans", "draws", "weekly"});
  EXPECT_THAT(table.out, HasSubstr("2020-W10"));
  const auto after = Json({"plans", "draws", "weekly", "--period", "2020-W10"});
  EXPECT_EQ(after["done_count"], 1);
  const Ended csv =
      Attune({"plans", "draws", "weekly", "--period", "2020-W10", "-o", "csv"});
  EXPECT_EQ(csv.out.substr(0, 17), "contact,advocates");
  EXPECT_THAT(Attune({"admin", "verify"}).out, HasSubstr("everything agrees"));
}

TEST_F(QueueCommandsTest, ByHandSkippedPassedOnAndTaken) {
  const auto added = Json({"queue", "add", "c1", "--form", "call", "--to",
                           "rob", "--due", "2030-01-01"});
  EXPECT_EQ(added["due_time"], "2030-01-01T00:00:00Z");
  const std::string id = IdOf(added);
  EXPECT_EQ(
      Attune({"queue", "add", "c1", "--form", "call", "--to", "rob"}).code, 5);
  Become("sue");
  EXPECT_EQ(Attune({"queue", "next"}).err, "Nothing is waiting for you.\n");
  EXPECT_EQ(Attune({"queue", "next", "-o", "json"}).out, "{}\n");
  const Ended held = Attune({"queue", "claim", id});
  EXPECT_EQ(held.code, 5);
  EXPECT_THAT(held.err, HasSubstr("people/rob holds"));
  Become("rob");
  EXPECT_EQ(Attune({"queue", "claim", id}).code, 0);
  EXPECT_EQ(Attune({"queue", "skip", id}).code, 2);  // no reason
  const Ended skipped = Attune({"queue", "skip", id, "--reason", "No sound."});
  EXPECT_EQ(skipped.err, "It goes to people/sue.\n");
  EXPECT_THAT(skipped.out, HasSubstr("No sound."));
  BecomeAdmin();
  const auto waiting = Json({"queue", "list", "--state", "open"});
  ASSERT_EQ(waiting.size(), 1u);
  const std::string successor = IdOf(waiting[0]);
  EXPECT_EQ(Json({"queue", "reassign", successor, "--to", "-"})["advocate"],
            "");
  EXPECT_EQ(Json({"queue", "list", "--advocate", "-"}).size(), 1u);
  EXPECT_EQ(Json({"queue", "reassign", successor, "--to", "sue"})["advocate"],
            "people/sue");
  EXPECT_EQ(Attune({"queue", "skip", successor, "--reason", "x"}).err,
            "Nobody gets it.\n");
}

TEST_F(QueueCommandsTest, WhatIsWrongIsNamed) {
  const Ended text =
      Attune({"plans", "create", "-", "--id", "p"}, "form: 'x'\nforms: 1\n");
  EXPECT_EQ(text.code, 6);
  EXPECT_THAT(text.err, HasSubstr("-:2:6: "));
  const Ended plan = Attune({"plans", "create", "-", "--id", "p"},
                            "form: 'forms/none' overlap_percent: 200");
  EXPECT_EQ(plan.code, 6);
  EXPECT_THAT(plan.err, HasSubstr("sampling_plan.count_per_agent"));
  EXPECT_THAT(plan.err, HasSubstr("sampling_plan.overlap_percent"));
  EXPECT_THAT(plan.err, HasSubstr("sampling_plan.period"));
  EXPECT_EQ(Attune({"plans", "draw", "p"}).code, 3);
  EXPECT_EQ(Attune({"plans", "draw", "P!"}).code, 2);
  ASSERT_EQ(Attune({"plans", "create", "-", "--id", "p"},
                   "form: 'forms/call' count_per_agent: 1 period: PERIOD_DAY")
                .code,
            0);
  const Ended empty = Attune({"plans", "draw", "p", "--period", "2020-03-01"});
  EXPECT_EQ(empty.code, 5);
  EXPECT_THAT(empty.err, HasSubstr("No contact of 2020-03-01"));
  EXPECT_EQ(Attune({"plans", "draw", "p", "--period", "2020-W10"}).code, 6);
  EXPECT_EQ(Attune({"queue", "list", "--period", "2020-W10"}).code, 2);
  EXPECT_EQ(Attune({"plans", "update", "-", "--id", "p"},
                   "form: 'forms/call' count_per_agent: 2 period: PERIOD_DAY "
                   "state: STATE_ENDED")
                .code,
            0);
  EXPECT_THAT(Attune({"plans", "show", "p"}).out, HasSubstr("ended"));
  EXPECT_THAT(Attune({"plans", "draw", "p", "--period", "2020-03-02"}).err,
              HasSubstr("samplingPlans/p has ended"));
}

}  // namespace
}  // namespace attune
