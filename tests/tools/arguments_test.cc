#include "tools/attune/arguments.h"

#include <gtest/gtest.h>

#include <string>

#include "attune/v1/directory_service.pb.h"
#include "tests/status_matchers.h"
#include "tools/attune/client.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

std::string Or(const absl::StatusOr<std::string>& value) {
  if (value.ok()) return *value;
  EXPECT_EQ(ExitCodeOf(value.status()), kExitUsage);
  return "usage";
}

TEST(ArgumentsTest, TakesIdsAndNames) {
  EXPECT_EQ(Or(PersonArgument("28")), "people/28");
  EXPECT_EQ(Or(PersonArgument("people/28")), "people/28");
  EXPECT_EQ(Or(PersonArgument("teams/28")), "usage");
  EXPECT_EQ(Or(PersonArgument("")), "usage");
  EXPECT_EQ(Or(TeamArgument("harper-valley")), "teams/harper-valley");
  EXPECT_EQ(Or(FormArgument("Call")), "usage");
  EXPECT_EQ(Or(ContactArgument("035e")), "people/-/contacts/035e");
  EXPECT_EQ(Or(ContactArgument("28/035E")), "people/28/contacts/035E");
  EXPECT_EQ(Or(ContactArgument("people/28/contacts/a:b")),
            "people/28/contacts/a:b");
  EXPECT_EQ(Or(ContactArgument("a/b/c")), "usage");
  EXPECT_EQ(Or(FormOrRevisionArgument("call")), "forms/call");
  EXPECT_EQ(Or(FormOrRevisionArgument("call@2")), "forms/call/revisions/2");
  EXPECT_EQ(Or(FormOrRevisionArgument("call@-")), "forms/call/revisions/-");
  EXPECT_EQ(Or(FormOrRevisionArgument("forms/call/revisions/3")),
            "forms/call/revisions/3");
  EXPECT_EQ(Or(FormOrRevisionArgument("call@x")), "usage");
  EXPECT_EQ(Or(EvaluationArgument("28/0198-a")),
            "people/28/evaluations/0198-a");
  EXPECT_EQ(Or(EvaluationArgument("0198-a")), "people/-/evaluations/0198-a");
  EXPECT_EQ(Or(EvaluationArgument("a b")), "usage");
}

TEST(ArgumentsTest, ShortensNames) {
  EXPECT_EQ(LastPart("people/28"), "28");
  EXPECT_EQ(LastPart(""), "");
  EXPECT_EQ(ShortRevision("forms/call/revisions/2"), "call@2");
}

TEST(ArgumentsTest, TakesDaysAndTimes) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto day, TimeArgument("2020-03-15"));
  EXPECT_EQ(FullTime(day), "2020-03-15T00:00:00.000Z");
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto time,
                              TimeArgument("2020-03-15T22:06:41.988+01:00"));
  EXPECT_EQ(FullTime(time), "2020-03-15T21:06:41.988Z");
  EXPECT_EQ(ShortTime(time), "2020-03-15 21:06");
  for (const char* wrong : {"", "2020-02-30", "yesterday", "infinite-future"}) {
    EXPECT_EQ(ExitCodeOf(TimeArgument(wrong).status()), kExitUsage) << wrong;
  }
}

TEST(ArgumentsTest, AUntilDayIsIncluded) {
  v1::ListContactsRequest request;
  ASSERT_THAT(SetDays("2020-03-01", "2020-03-31", request), IsOk());
  EXPECT_EQ(FullTime(request.start_time()), "2020-03-01T00:00:00.000Z");
  EXPECT_EQ(FullTime(request.end_time()), "2020-04-01T00:00:00.000Z");
  EXPECT_EQ(ExitCodeOf(SetDays("2020-03-02", "2020-03-01", request)),
            kExitUsage);
  EXPECT_EQ(ExitCodeOf(SetDays("March", "", request)), kExitUsage);
}

TEST(ArgumentsTest, RolesAndChannelsHaveOneSpelling) {
  EXPECT_EQ(ParseRole("qa_lead"), v1::ROLE_QA_LEAD);
  EXPECT_EQ(ParseRole("QA_LEAD"), std::nullopt);
  EXPECT_EQ(ParseRole("unspecified"), std::nullopt);
  EXPECT_EQ(RoleWord(v1::ROLE_ANALYST), "analyst");
  EXPECT_EQ(ParseChannel("in_person"), v1::CHANNEL_IN_PERSON);
  EXPECT_EQ(ParseChannel(""), std::nullopt);
}

TEST(ClientTest, OnlyLoopbackIsSpokenToInTheClear) {
  for (const char* near :
       {"127.0.0.1:7400", "127.1.2.3:1", "localhost:7400", "[::1]:7400"}) {
    EXPECT_TRUE(IsLoopback(near)) << near;
  }
  for (const char* far : {"10.0.0.1:7400", "127.example.com:7400",
                          "localhost.example.com:1", "[::2]:7400"}) {
    EXPECT_FALSE(IsLoopback(far)) << far;
  }
}

TEST(ClientTest, RefusesWhatIsNoAddress) {
  for (const char* server : {"", "host", "host:", "host:x", ":7400", "a:0",
                             "a:65536", "::1:7400", "http://a:7400"}) {
    ConnectionOptions options;
    options.server = server;
    EXPECT_EQ(ExitCodeOf(RpcClient::Make(options).status()), kExitUsage)
        << server;
  }
}

TEST(FailureTest, EveryCodeHasItsExitCode) {
  const struct {
    absl::StatusCode code;
    int want;
  } kTable[] = {
      {absl::StatusCode::kOk, 0},
      {absl::StatusCode::kUnknown, 1},
      {absl::StatusCode::kInternal, 1},
      {absl::StatusCode::kNotFound, 3},
      {absl::StatusCode::kUnauthenticated, 4},
      {absl::StatusCode::kPermissionDenied, 4},
      {absl::StatusCode::kAborted, 5},
      {absl::StatusCode::kAlreadyExists, 5},
      {absl::StatusCode::kFailedPrecondition, 5},
      {absl::StatusCode::kInvalidArgument, 6},
      {absl::StatusCode::kUnavailable, 7},
      {absl::StatusCode::kDeadlineExceeded, 7},
      {absl::StatusCode::kResourceExhausted, 7},
      {absl::StatusCode::kCancelled, 130},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(ExitCodeOf(absl::Status(row.code, "x")), row.want);
  }
  EXPECT_EQ(ExitCodeOf(UsageError("x")), 2);
  EXPECT_EQ(ExitCodeOf(FileError("x")), 1);
}

TEST(FailureTest, SaysEveryViolationOnALineOfItsOwn) {
  Violations bad;
  bad.Add("form.title", "TITLE_MISSING", "A form has a title.");
  bad.Add("", "OTHER", "And\x1b[2J this.");
  EXPECT_EQ(FailureText(bad.ToStatus(), false),
            "attune: 2 things are wrong:\n"
            "form.title: A form has a title. [TITLE_MISSING]\n"
            "And�[2J this. [OTHER]\n");
  EXPECT_EQ(FailureText(absl::NotFoundError("forms/x was not found."), false),
            "attune: forms/x was not found.\n");
}

TEST(FailureTest, IsJsonForScripts) {
  Violations bad;
  bad.Add("a", "B", "c");
  EXPECT_EQ(FailureJson(bad.ToStatus()),
            R"({"error":{"code":"INVALID_ARGUMENT","reason":"FIELDS_INVALID",)"
            R"("message":"a: c","violations":[{"field":"a","reason":"B",)"
            R"("description":"c"}]}})"
            "\n");
}

}  // namespace
}  // namespace attune
