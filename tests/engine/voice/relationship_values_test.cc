#include "engine/voice/relationship_values.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/engine/voice/customer_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using Kinds = google::protobuf::RepeatedPtrField<v1::RelationshipValueCount>;

// "kind:units/records", in their order.
std::string Told(const Kinds& kinds) {
  return absl::StrJoin(kinds, " ", [](std::string* out, const auto& count) {
    absl::StrAppend(out, count.kind(), ":", count.units(), "/",
                    count.records());
  });
}

class RelationshipValuesTest : public CustomerTest {
 protected:
  absl::StatusOr<v1::RelationshipValue> Add(const Caller& caller,
                                            const std::string& parent,
                                            const std::string& value) {
    v1::CreateRelationshipValueRequest request;
    request.set_parent(parent);
    *request.mutable_relationship_value() = Text<v1::RelationshipValue>(value);
    return Ask(relationship_values_, &RelationshipValues::Create, caller,
               request);
  }
  absl::StatusOr<v1::RelationshipValueReport> Report(
      const Caller& caller, const std::string& request) {
    return Ask(relationship_values_, &RelationshipValues::Report, caller,
               Text<v1::GetRelationshipValueReportRequest>(request));
  }
  // Ann: 2 referred at call-1 (2026-03-02), 1 more there, a mention on
  // 2026-02-10; Bob: something else at call-3 (2026-03-04).
  void AddSome() {
    ASSERT_THAT(Add(ann_, "people/ann", R"pb(
                  kind: KIND_REFERS_CUSTOMERS
                  units: 2
                  contact: "people/-/contacts/call-1")pb"),
                IsOk());
    ASSERT_THAT(Add(lea_, "people/ann", R"pb(
                  kind: KIND_REFERS_CUSTOMERS
                  contact: "people/ann/contacts/call-1")pb"),
                IsOk());
    ASSERT_THAT(Add(ada_, "people/ann", R"pb(
                  kind: KIND_SPEAKS_WELL
                  party: "A reporter"
                  occur_time { seconds: 1770681600 })pb"),  // 2026-02-10
                IsOk());
    ASSERT_THAT(Add(bob_, "people/bob", R"pb(
                  kind: KIND_OTHER
                  note: "Translated our help page."
                  contact: "people/bob/contacts/call-3")pb"),
                IsOk());
  }
};

TEST_P(RelationshipValuesTest, HasItsDefaultsFromTheContact) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RelationshipValue value,
                              Add(ann_, "people/ann", R"pb(
                                kind: KIND_RECOMMENDS
                                contact: "people/-/contacts/call-2")pb"));
  EXPECT_EQ(value.units(), 1);
  EXPECT_EQ(value.contact(), "people/ann/contacts/call-2");
  EXPECT_EQ(value.recorder(), "people/ann");
  // 2026-03-03T01:00:00Z, when the call began.
  EXPECT_EQ(value.occur_time().seconds(), 1'772'499'600);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::RelationshipValue without,
      Add(ann_, "people/ann", "kind: KIND_INTRODUCES_NETWORKS"));
  EXPECT_EQ(without.occur_time().seconds(), without.create_time().seconds());
}

TEST_P(RelationshipValuesTest, WhatIsWrongIsNamedAtOnce) {
  const auto wrong = Add(ann_, "ann", R"pb(
    units: 1001
    contact: "call-1"
    occur_time { seconds: 4102444800 })pb");  // 2100
  EXPECT_THAT(wrong, HasViolation("parent", "NAME_INVALID"));
  EXPECT_THAT(wrong, HasViolation("relationship_value.kind", "KIND_UNKNOWN"));
  EXPECT_THAT(wrong, HasViolation("relationship_value.units", "UNITS_INVALID"));
  EXPECT_THAT(wrong,
              HasViolation("relationship_value.contact", "NAME_INVALID"));
  EXPECT_THAT(wrong,
              HasViolation("relationship_value.occur_time", "TIME_INVALID"));
  EXPECT_THAT(Add(ann_, "people/ann", "kind: KIND_OTHER note: ' '"),
              HasViolation("relationship_value.note", "NOTE_MISSING"));
  EXPECT_THAT(Add(ann_, "people/ann", R"pb(
                kind: KIND_RECOMMENDS
                contact: "people/bob/contacts/call-3")pb"),
              HasViolation("relationship_value.contact", "CONTACT_OF_ANOTHER"));
  EXPECT_THAT(Add(ann_, "people/ann", R"pb(
                kind: KIND_RECOMMENDS
                contact: "people/-/contacts/call-3")pb"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Add(ann_, "people/bob", "kind: KIND_RECOMMENDS"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Number("SELECT COUNT(*) FROM relationship_value"), 0);
}

TEST_P(RelationshipValuesTest, ListsAreFilteredAndFarAsOneReaches) {
  AddSome();
  const auto count = [&](const Caller& caller, const std::string& request) {
    const auto list =
        Ask(relationship_values_, &RelationshipValues::List, caller,
            Text<v1::ListRelationshipValuesRequest>(request));
    EXPECT_THAT(list, IsOk());
    return list.ok() ? list->relationship_values_size() : -1;
  };
  EXPECT_EQ(count(quinn_, "parent: 'people/-'"), 4);
  EXPECT_EQ(count(ann_, "parent: 'people/-'"), 3);
  EXPECT_EQ(count(lea_, "parent: 'people/-'"), 3);
  EXPECT_EQ(count(ann_, "parent: 'people/bob'"), 0);
  EXPECT_EQ(count(quinn_, "parent: 'people/-' kind: KIND_OTHER"), 1);
  EXPECT_EQ(count(quinn_, "parent: 'people/-' team: 'teams/red'"), 3);
  EXPECT_EQ(count(quinn_,
                  "parent: 'people/-' period { first_day: '2026-03-01' "
                  "last_day: '2026-03-03' }"),
            2);
}

TEST_P(RelationshipValuesTest, UnitsAreCountedByKindAgentTeamAndMonth) {
  AddSome();
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RelationshipValueReport report,
                              Report(quinn_, ""));
  EXPECT_EQ(Told(report.kinds()), "1:1/1 2:3/2 3:0/0 4:0/0 5:0/0 6:1/1");
  std::vector<std::string> groups;
  for (const auto* list :
       {&report.agents(), &report.teams(), &report.months()}) {
    for (const v1::RelationshipValueGroup& group : *list) {
      groups.push_back(absl::StrCat(group.name(), " ", Told(group.kinds())));
    }
  }
  EXPECT_THAT(groups, ElementsAre("people/ann 1:1/1 2:3/2", "people/bob 6:1/1",
                                  "teams/blue 6:1/1", "teams/red 1:1/1 2:3/2",
                                  "2026-02 1:1/1", "2026-03 2:3/2 6:1/1"));
  // All three contacts are of 2026, and at one of them somebody was referred.
  ASSERT_EQ(report.referral_rates_size(), 1);
  const v1::ReferralRate& rate = report.referral_rates(0);
  EXPECT_EQ(rate.year(), 2026);
  EXPECT_EQ(rate.basis(), v1::ReferralRate::BASIS_CONTACTS);
  EXPECT_EQ(rate.share().hits(), 1);
  EXPECT_EQ(rate.share().n(), 3);
  EXPECT_EQ(rate.share().percent(), 33.33);
}

TEST_P(RelationshipValuesTest, APeriodATeamAndAPersonNarrowIt) {
  AddSome();
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::RelationshipValueReport march,
      Report(quinn_,
             "period { first_day: '2026-03-01' last_day: "
             "'2026-03-02' }"));
  EXPECT_EQ(Told(march.kinds()), "1:0/0 2:3/2 3:0/0 4:0/0 5:0/0 6:0/0");
  EXPECT_EQ(march.referral_rates(0).share().n(), 1);
  EXPECT_EQ(march.referral_rates(0).share().percent(), 100);
  for (const Caller& caller : {ann_, lea_}) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RelationshipValueReport own,
                                Report(caller, ""));
    EXPECT_EQ(own.agents_size(), 1) << caller.person;
    EXPECT_EQ(own.referral_rates(0).share().n(), 2);
  }
  EXPECT_EQ(Report(ann_, "")->person(), "people/ann");
  EXPECT_EQ(Report(lea_, "")->team(), "teams/red");
  EXPECT_THAT(Report(ann_, "person: 'people/bob'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Report(ann_, "team: 'teams/red'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Report(lea_, "team: 'teams/blue'"),
              StatusIs(absl::StatusCode::kNotFound));
  const auto wrong =
      Report(quinn_, "period { first_day: 'x' } team: 'x' person: 'x'");
  EXPECT_THAT(wrong, HasViolation("period.first_day", "DATE_INVALID"));
  EXPECT_THAT(wrong, HasViolation("team", "NAME_INVALID"));
  EXPECT_THAT(wrong, HasViolation("person", "NAME_INVALID"));
}

TEST_P(RelationshipValuesTest, EveryYearWithContactsHasItsRate) {
  auto contact = Text<v1::CreateContactRequest>(R"pb(
    parent: "people/ann"
    contact {
      channel: CHANNEL_CHAT
      start_time { seconds: 1704067199 }  # the last second of 2023
    })pb");
  contact.set_contact_id("old");
  ASSERT_THAT(Ask(contacts_, &Contacts::Create, admin_, contact), IsOk());
  contact.mutable_contact()->mutable_start_time()->set_seconds(1'767'225'600);
  contact.set_contact_id("new-year-2026");
  ASSERT_THAT(Ask(contacts_, &Contacts::Create, admin_, contact), IsOk());
  ASSERT_THAT(Add(ann_, "people/ann", R"pb(
                kind: KIND_REFERS_CUSTOMERS
                contact: "people/ann/contacts/old")pb"),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::RelationshipValueReport report,
                              Report(quinn_, ""));
  std::vector<std::string> rates;
  for (const v1::ReferralRate& rate : report.referral_rates()) {
    rates.push_back(absl::StrCat(rate.year(), " ", rate.share().hits(), "/",
                                 rate.share().n()));
  }
  EXPECT_THAT(rates, ElementsAre("2023 1/1", "2026 0/4"));
}

ATTUNE_ON_EVERY_BACKEND(RelationshipValuesTest);

}  // namespace
}  // namespace attune
