#include "engine/voice/great_calls.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/voice/customer_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// As the policy has them.
constexpr Reach kPeer{.own = true, .rated = true};
constexpr Reach kLead{.own = true, .rated = true, .team = true};

class GreatCallsTest : public CustomerTest {
 protected:
  void SetUp() override {
    CustomerTest::SetUp();
    auto contact = Text<v1::CreateContactRequest>(R"pb(
      parent: "people/ann"
      contact_id: "long"
      contact {
        channel: CHANNEL_PHONE
        start_time { seconds: 1 }
        duration { seconds: 61 nanos: 500000000 }
        topics: "returns"
      })pb");
    ASSERT_THAT(Ask(contacts_, &Contacts::Create, admin_, contact), IsOk());
    ann_.reach = bob_.reach = kPeer;
    lea_.reach = kLead;
  }

  static v1::NominateGreatCallRequest Nomination() {
    return Text<v1::NominateGreatCallRequest>(R"pb(
      great_call {
        contact: "people/-/contacts/long"
        form: "forms/call"
        section_id: "connection"
        reason: "She laughed with him about the refund."
        start_ms: 31000
        end_ms: 61500
      })pb");
  }
  absl::StatusOr<v1::GreatCall> Nominate(
      const Caller& caller,
      const v1::NominateGreatCallRequest& request = Nomination()) {
    return Ask(great_calls_, &GreatCalls::Nominate, caller, request);
  }
  absl::StatusOr<v1::GreatCall> Confirm(const Caller& caller,
                                        const std::string& name,
                                        const std::string& reason = "") {
    v1::ConfirmGreatCallRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Ask(great_calls_, &GreatCalls::Confirm, caller, request);
  }
  absl::StatusOr<v1::GreatCall> Decline(const Caller& caller,
                                        const std::string& name,
                                        const std::string& reason) {
    v1::DeclineGreatCallRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Ask(great_calls_, &GreatCalls::Decline, caller, request);
  }
  absl::StatusOr<v1::GreatCall> Kudos(const Caller& caller,
                                      const std::string& name) {
    v1::GiveKudosRequest request;
    request.set_name(name);
    return Ask(great_calls_, &GreatCalls::GiveKudos, caller, request);
  }
  std::vector<std::string> Reasons(const Caller& caller,
                                   v1::ListGreatCallsRequest request) {
    request.set_parent("people/-");
    const auto list = Ask(great_calls_, &GreatCalls::List, caller, request);
    EXPECT_THAT(list, IsOk());
    std::vector<std::string> reasons;
    if (!list.ok()) return reasons;
    for (const auto& call : list->great_calls()) {
      reasons.push_back(call.reason());
    }
    return reasons;
  }
  // Who of ann, bob, lea, lou, ada, quinn sees it, by name and in the list.
  std::string WhoSees(const std::string& name) {
    std::string who;
    Caller lou = lou_;
    lou.reach = kLead;
    for (const Caller& caller : {ann_, bob_, lea_, lou, ada_, quinn_}) {
      v1::GetGreatCallRequest get;
      get.set_name(name);
      const bool found = Ask(great_calls_, &GreatCalls::Get, caller, get).ok();
      EXPECT_EQ(!Reasons(caller, {}).empty(), found) << caller.person;
      who += found ? 'y' : '-';
    }
    return who;
  }
};

TEST_P(GreatCallsTest, ANominationIsItsNominatorsItsAgentsAndWhoDecides) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall call, Nominate(ann_));
  EXPECT_EQ(call.contact(), "people/ann/contacts/long");
  EXPECT_EQ(call.section_title(), "Connection");
  EXPECT_EQ(call.value(), "emotional_connection");
  EXPECT_EQ(call.nominator(), "people/ann");
  EXPECT_EQ(call.state(), v1::GreatCall::STATE_NOMINATED);
  EXPECT_THAT(call.topics(), ElementsAre("returns"));
  EXPECT_EQ(WhoSees(call.name()), "y-y-yy");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::GreatCall confirmed,
      Confirm(lea_, call.name(), "Hear how she waits."));
  EXPECT_EQ(confirmed.decider(), "people/lea");
  EXPECT_EQ(WhoSees(call.name()), "yyyyyy");
}

TEST_P(GreatCallsTest, WhatIsWrongIsNamedAtOnceAndNothingIsStored) {
  auto request = Nomination();
  v1::GreatCall& call = *request.mutable_great_call();
  call.set_section_id("smalltalk");
  call.set_reason(" ");
  call.set_start_ms(61'501);
  call.set_end_ms(7);
  const auto wrong = Nominate(ann_, request);
  EXPECT_THAT(wrong, HasViolation("great_call.section_id", "SECTION_UNKNOWN"));
  EXPECT_THAT(wrong, HasViolation("great_call.reason", "REASON_MISSING"));
  EXPECT_THAT(wrong, HasViolation("great_call.start_ms", "EXCERPT_PAST_END"));
  EXPECT_THAT(wrong, HasViolation("great_call.end_ms", "OFFSET_INVALID"));
  request = Nomination();
  request.mutable_great_call()->set_end_ms(61'501);
  EXPECT_THAT(Nominate(ann_, request),
              HasViolation("great_call.end_ms", "EXCERPT_PAST_END"));
  request = Nomination();
  request.mutable_great_call()->set_form("forms/none");
  EXPECT_THAT(Nominate(ann_, request), StatusIs(absl::StatusCode::kNotFound));
  request.mutable_great_call()->set_contact("long");
  request.mutable_great_call()->set_form("call");
  request.mutable_great_call()->clear_section_id();
  request.mutable_great_call()->set_start_ms(-1);
  const auto shapes = Nominate(ann_, request);
  EXPECT_THAT(shapes, HasViolation("great_call.contact", "NAME_INVALID"));
  EXPECT_THAT(shapes, HasViolation("great_call.form", "NAME_INVALID"));
  EXPECT_THAT(shapes, HasViolation("great_call.section_id", "SECTION_UNKNOWN"));
  EXPECT_THAT(shapes, HasViolation("great_call.start_ms", "OFFSET_INVALID"));
  // Somebody else's call is not there.
  EXPECT_THAT(Nominate(bob_), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Number("SELECT COUNT(*) FROM great_call"), 0);
}

TEST_P(GreatCallsTest, AContactIsNominatedOnceForASectionUnlessDeclined) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall call, Nominate(ann_));
  EXPECT_THAT(Nominate(lea_), StatusIs(absl::StatusCode::kAlreadyExists));
  auto other = Nomination();
  other.mutable_great_call()->set_section_id("solution");
  EXPECT_THAT(Nominate(lea_, other), IsOk());
  EXPECT_THAT(Decline(ada_, call.name(), ""),
              HasViolation("reason", "REASON_MISSING"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall declined,
                              Decline(ada_, call.name(), "Too short."));
  EXPECT_EQ(declined.state(), v1::GreatCall::STATE_DECLINED);
  EXPECT_EQ(declined.decide_reason(), "Too short.");
  EXPECT_EQ(Number("SELECT COUNT(*) FROM great_call WHERE state = 3"), 1);
  EXPECT_THAT(Confirm(ada_, call.name()), HasReason("ALREADY_DECIDED"));
  EXPECT_THAT(Nominate(lea_), IsOk());
}

TEST_P(GreatCallsTest, NobodyDecidesOnTheirOwnNominationOrCall) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall by_lea, Nominate(lea_));
  EXPECT_THAT(Confirm(lea_, by_lea.name()), HasReason("OWN_NOMINATION"));
  EXPECT_THAT(Decline(lea_, by_lea.name(), "x"), HasReason("OWN_NOMINATION"));
  Caller agent_who_leads = lea_;
  agent_who_leads.person = "ann";
  EXPECT_THAT(Confirm(agent_who_leads, by_lea.name()),
              HasReason("OWN_CONTACT"));
  Caller elsewhere = lou_;
  elsewhere.reach = {.team = true};
  EXPECT_THAT(Confirm(elsewhere, by_lea.name()),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Confirm(quinn_, "people/-/greatCalls/none"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Number("SELECT COUNT(*) FROM great_call WHERE state = 1"), 1);
}

TEST_P(GreatCallsTest, KudosAreOneAPersonAndCounted) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall call, Nominate(ann_));
  EXPECT_THAT(Kudos(ann_, call.name()), HasReason("NOT_CONFIRMED"));
  EXPECT_THAT(Kudos(bob_, call.name()), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(Confirm(ada_, call.name()), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall once,
                              Kudos(bob_, call.name()));
  EXPECT_EQ(once.kudos(), 1);
  EXPECT_THAT(Kudos(bob_, call.name()),
              StatusIs(absl::StatusCode::kAlreadyExists));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall twice,
                              Kudos(ada_, call.name()));
  EXPECT_EQ(twice.kudos(), 2);
  EXPECT_THAT(Kudos(ann_, call.name()), HasReason("OWN_CONTACT"));
  EXPECT_THAT(Kudos(admin_, call.name()), HasReason("NO_PERSON"));
  v1::GetRecognitionRequest request;
  request.set_person("people/ann");
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Recognition recognition,
      Ask(recognitions_, &Recognitions::Get, lea_, request));
  EXPECT_EQ(recognition.great_calls(), 1);
  EXPECT_EQ(recognition.kudos(), 2);
  EXPECT_THAT(Ask(recognitions_, &Recognitions::Get, lou_, request),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GreatCallsTest, TheLibraryIsSearchedByWordsSectionAndValue) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall first, Nominate(ann_));
  auto other = Nomination();
  other.mutable_great_call()->set_contact("people/bob/contacts/call-3");
  other.mutable_great_call()->set_section_id("solution");
  other.mutable_great_call()->set_reason("Fixed it, no refund needed.");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::GreatCall second,
                              Nominate(ada_, other));
  for (const v1::GreatCall& call : {first, second}) {
    ASSERT_THAT(Confirm(quinn_, call.name()), IsOk());
  }
  const auto find = [&](const std::string& fields) {
    return Reasons(bob_, Text<v1::ListGreatCallsRequest>(fields));
  };
  EXPECT_THAT(find("search: 'refund'"),
              ElementsAre(second.reason(), first.reason()));
  EXPECT_THAT(find("search: 'REFUND laugh'"), ElementsAre(first.reason()));
  // By the contact's topics and the section's title too.
  EXPECT_THAT(find("search: 'return'"), ElementsAre(first.reason()));
  EXPECT_THAT(find("search: 'connection'"), ElementsAre(first.reason()));
  EXPECT_THAT(find("search: 'cold'"), IsEmpty());
  EXPECT_THAT(find("section_id: 'solution'"), ElementsAre(second.reason()));
  EXPECT_THAT(find("value: 'emotional_connection'"),
              ElementsAre(first.reason()));
  EXPECT_THAT(find("form: 'forms/other'"), IsEmpty());
  EXPECT_THAT(find("state: STATE_NOMINATED"), IsEmpty());
  auto page = Text<v1::ListGreatCallsRequest>(
      "parent: 'people/-' page_size: 1 search: 'refund'");
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListGreatCallsResponse one,
                              Ask(great_calls_, &GreatCalls::List, ann_, page));
  page.set_page_token(one.next_page_token());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ListGreatCallsResponse two,
                              Ask(great_calls_, &GreatCalls::List, ann_, page));
  EXPECT_EQ(two.great_calls(0).name(), first.name());
  EXPECT_EQ(two.next_page_token(), "");
}

ATTUNE_ON_EVERY_BACKEND(GreatCallsTest);

}  // namespace
}  // namespace attune
