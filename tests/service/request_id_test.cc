// A retry gets the first answer.

#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

constexpr auto kCreate = &v1::DirectoryService::Stub::CreateTeam;

v1::CreateTeamRequest Request(const std::string& id,
                              const std::string& request_id) {
  v1::CreateTeamRequest request;
  request.set_team_id(id);
  request.mutable_team();
  request.set_request_id(request_id);
  return request;
}

using RequestIdTest = ServerTest;

TEST_F(RequestIdTest, ARetryGetsTheFirstAnswer) {
  const Client admin = Admin();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Team first,
                              admin.Call(kCreate, Request("t", "r-1")));
  v1::UpdateTeamRequest update;
  *update.mutable_team() = first;
  update.mutable_team()->set_display_name("Changed since");
  ASSERT_THAT(admin.Call(&v1::DirectoryService::Stub::UpdateTeam, update),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Team again,
                              admin.Call(kCreate, Request("t", "r-1")));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(admin.Call(kCreate, Request("t", "r-2")),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(RequestIdTest, ARetryAfterARestartGetsTheFirstAnswer) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Team first,
                              Admin().Call(kCreate, Request("t", "r-1")));
  Start();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Team again,
                              Admin().Call(kCreate, Request("t", "r-1")));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

TEST_F(RequestIdTest, AnotherBodyIsRefusedAndChangesNothing) {
  const Client admin = Admin();
  ASSERT_THAT(admin.Call(kCreate, Request("t", "r-1")), IsOk());
  const auto other = admin.Call(kCreate, Request("u", "r-1"));
  EXPECT_THAT(other, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(other, HasViolation("request_id", "REQUEST_ID_REUSED"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListTeamsResponse teams,
                              admin.Call(&v1::DirectoryService::Stub::ListTeams,
                                         v1::ListTeamsRequest()));
  EXPECT_EQ(teams.teams_size(), 1);
}

TEST_F(RequestIdTest, WhatFailedMayBeTriedAgain) {
  const Client admin = Admin();
  v1::CreatePersonRequest person;
  person.set_person_id("ann");
  person.mutable_person()->add_roles(v1::ROLE_AGENT);
  person.mutable_person()->set_team("teams/t");
  person.set_request_id("r-1");
  EXPECT_THAT(admin.Call(&v1::DirectoryService::Stub::CreatePerson, person),
              StatusIs(absl::StatusCode::kNotFound));
  AddTeam("t");
  EXPECT_THAT(admin.Call(&v1::DirectoryService::Stub::CreatePerson, person),
              IsOk());
}

TEST_F(RequestIdTest, CallersDoNotMeet) {
  AddPerson("boss", {v1::ROLE_ADMIN}, "");
  ASSERT_THAT(Admin().Call(kCreate, Request("t", "r-1")), IsOk());
  EXPECT_THAT(ClientOf("boss").Call(kCreate, Request("u", "r-1")), IsOk());
}

TEST_F(RequestIdTest, EightAtOnceAreOne) {
  const Client admin = Admin();
  std::vector<std::thread> threads;
  std::vector<absl::StatusOr<v1::Team>> answers(8, absl::UnknownError(""));
  for (auto& answer : answers) {
    threads.emplace_back([this, &answer, &admin] {
      answer =
          Client(Channel(), admin.token()).Call(kCreate, Request("t", "r-1"));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) {
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->SerializeAsString(), answers[0]->SerializeAsString());
  }
}

TEST_F(RequestIdTest, IdsArePrintableAndShort) {
  const Client admin = Admin();
  for (const std::string& id :
       {std::string(65, 'x'), std::string("\u00e9"), std::string("a\nb")}) {
    EXPECT_THAT(admin.Call(kCreate, Request("t", id)),
                HasViolation("request_id", "REQUEST_ID_INVALID"))
        << id;
  }
  EXPECT_THAT(admin.Call(kCreate, Request("t", std::string(64, 'x'))), IsOk());
}

}  // namespace
}  // namespace attune
