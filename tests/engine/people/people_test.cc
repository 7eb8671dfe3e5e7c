#include "engine/people/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class PeopleTest : public CenterTest {
 protected:
  absl::StatusOr<v1::Person> Create(const std::string& id,
                                    const v1::Person& person) {
    v1::CreatePersonRequest request;
    request.set_person_id(id);
    *request.mutable_person() = person;
    return InWrite(
        [&](Transaction& tx) { return people_.Create(tx, admin_, request); });
  }
  absl::StatusOr<v1::Person> Get(const Caller& caller, const std::string& id) {
    v1::GetPersonRequest request;
    request.set_name(absl::StrCat("people/", id));
    return InRead(
        [&](Transaction& tx) { return people_.Get(tx, caller, request); });
  }
  absl::StatusOr<v1::ListPeopleResponse> List(
      const Caller& caller, const v1::ListPeopleRequest& request) {
    return InRead(
        [&](Transaction& tx) { return people_.List(tx, caller, request); });
  }
  std::vector<std::string> Names(const v1::ListPeopleResponse& response) {
    std::vector<std::string> names;
    for (const v1::Person& person : response.people()) {
      names.push_back(person.name());
    }
    return names;
  }
};

v1::Person Agent() {
  v1::Person person;
  person.add_roles(v1::ROLE_AGENT);
  return person;
}

TEST_P(PeopleTest, APersonIsReadAsItWasMade) {
  v1::Person person = Agent();
  person.set_display_name("Zoë");
  person.set_team("teams/blue");
  person.set_hire_date("2025-02-28");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Person made, Create("zoe", person));
  EXPECT_EQ(made.name(), "people/zoe");
  EXPECT_EQ(made.etag(), "1");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Person found, Get(admin_, "zoe"));
  EXPECT_EQ(found.SerializeAsString(), made.SerializeAsString());
}

TEST_P(PeopleTest, EverythingThatIsWrongIsToldAtOnce) {
  v1::Person person;
  person.set_team("red");
  person.set_hire_date("2025-02-30");
  const auto status = Create("Zoe", person);
  EXPECT_THAT(status, HasViolation("person_id", "ID_INVALID"));
  EXPECT_THAT(status, HasViolation("person.roles", "ROLES_MISSING"));
  EXPECT_THAT(status, HasViolation("person.team", "NAME_INVALID"));
  EXPECT_THAT(status, HasViolation("person.hire_date", "DATE_INVALID"));
}

TEST_P(PeopleTest, AnIdIsTakenOnce) {
  EXPECT_THAT(Create("ann", Agent()),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(PeopleTest, ATeamMustExist) {
  v1::Person person = Agent();
  person.set_team("teams/green");
  EXPECT_THAT(Create("zoe", person), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(admin_, "zoe"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(PeopleTest, ABatchIsAllOrNone) {
  v1::BatchCreatePeopleRequest request;
  for (const char* id : {"zoe", "ann"}) {
    v1::CreatePersonRequest& one = *request.add_requests();
    one.set_person_id(id);
    *one.mutable_person() = Agent();
  }
  EXPECT_THAT(InWrite([&](Transaction& tx) {
                return people_.BatchCreate(tx, admin_, request);
              }),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Get(admin_, "zoe"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(PeopleTest, EachSeesWhomTheirReachHolds) {
  EXPECT_THAT(Get(ann_, "ann"), IsOk());
  EXPECT_THAT(Get(ann_, "bob"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(lea_, "ann"), IsOk());
  EXPECT_THAT(Get(lea_, "bob"), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto mine, List(lea_, {}));
  EXPECT_THAT(Names(mine), ElementsAre("people/ann", "people/lea"));
  // In the same words as for somebody who is not there.
  EXPECT_EQ(Get(ann_, "bob").status().message(), "people/bob was not found.");
}

TEST_P(PeopleTest, FiltersNarrowAList) {
  v1::ListPeopleRequest request;
  request.set_role(v1::ROLE_ADVOCATE);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto advocates, List(admin_, request));
  EXPECT_THAT(Names(advocates), ElementsAre("people/abe", "people/ada"));
  request.clear_role();
  request.set_team("teams/blue");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto blue, List(admin_, request));
  EXPECT_THAT(Names(blue), ElementsAre("people/bob"));
}

TEST_P(PeopleTest, PagesNeitherRepeatNorSkipWhileOthersInsert) {
  v1::ListPeopleRequest request;
  request.set_page_size(2);
  std::vector<std::string> seen;
  for (int page = 0; page < 100; ++page) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const auto response, List(admin_, request));
    for (const std::string& name : Names(response)) seen.push_back(name);
    // Before and after where the list stands.
    EXPECT_THAT(Create(absl::StrCat("aa", page), Agent()), IsOk());
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  EXPECT_THAT(seen, ElementsAre("people/abe", "people/ada", "people/ann",
                                "people/bob", "people/lea", "people/quinn"));
}

TEST_P(PeopleTest, AnUpdateNeedsTheEtagThatWasRead) {
  v1::UpdatePersonRequest request;
  *request.mutable_person() = Agent();
  request.mutable_person()->set_name("people/ann");
  request.mutable_person()->set_team("teams/blue");
  request.mutable_person()->set_etag("1");
  const auto update = [&] {
    return InWrite(
        [&](Transaction& tx) { return people_.Update(tx, admin_, request); });
  };
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Person moved, update());
  EXPECT_EQ(moved.team(), "teams/blue");
  EXPECT_EQ(moved.etag(), "2");
  EXPECT_THAT(update(), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Get(lea_, "ann"), StatusIs(absl::StatusCode::kNotFound));
}

ATTUNE_ON_EVERY_BACKEND(PeopleTest);

}  // namespace
}  // namespace attune
