#include "engine/people/contacts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class ContactsTest : public CenterTest {
 protected:
  absl::StatusOr<v1::Contact> Create(const v1::CreateContactRequest& request) {
    return InWrite(
        [&](Transaction& tx) { return contacts_.Create(tx, admin_, request); });
  }
  absl::StatusOr<v1::Contact> Get(const Caller& caller,
                                  const std::string& name) {
    v1::GetContactRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return contacts_.Get(tx, caller, request); });
  }
  absl::StatusOr<std::vector<std::string>> List(
      const Caller& caller, v1::ListContactsRequest request) {
    if (request.parent().empty()) request.set_parent("people/-");
    std::vector<std::string> names;
    for (int page = 0; page < 100; ++page) {
      const auto response = InRead(
          [&](Transaction& tx) { return contacts_.List(tx, caller, request); });
      if (!response.ok()) return response.status();
      for (const auto& contact : response->contacts()) {
        names.push_back(contact.name());
      }
      if (response->next_page_token().empty()) break;
      request.set_page_token(response->next_page_token());
    }
    return names;
  }
};

v1::CreateContactRequest NewCall(const std::string& person,
                                 const std::string& id) {
  v1::CreateContactRequest request;
  request.set_parent(absl::StrCat("people/", person));
  request.set_contact_id(id);
  request.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
  request.mutable_contact()->mutable_start_time()->set_seconds(1);
  return request;
}

TEST_P(ContactsTest, TheLatestComesFirstOverAllPages) {
  v1::ListContactsRequest request;
  request.set_page_size(1);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto names, List(admin_, request));
  EXPECT_THAT(names, ElementsAre("people/bob/contacts/call-3",
                                 "people/ann/contacts/call-2",
                                 "people/ann/contacts/call-1"));
}

TEST_P(ContactsTest, EachSeesWhatTheirReachHolds) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto own, List(bob_, {}));
  EXPECT_THAT(own, ElementsAre("people/bob/contacts/call-3"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto team, List(lea_, {}));
  EXPECT_THAT(team, ElementsAre("people/ann/contacts/call-2",
                                "people/ann/contacts/call-1"));
  EXPECT_THAT(Get(bob_, "people/ann/contacts/call-1"),
              StatusIs(absl::StatusCode::kNotFound));
  v1::GetTranscriptRequest request;
  request.set_name("people/ann/contacts/call-1/transcript");
  EXPECT_THAT(InRead([&](Transaction& tx) {
                return contacts_.GetTranscript(tx, bob_, request);
              }),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const auto transcript, InRead([&](Transaction& tx) {
        return contacts_.GetTranscript(tx, ann_, request);
      }));
  EXPECT_EQ(transcript.segments(0).text(), "hello");
}

TEST_P(ContactsTest, ADashFindsTheOnlyAgentWhoHasIt) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Contact found,
                              Get(admin_, "people/-/contacts/call-3"));
  EXPECT_EQ(found.name(), "people/bob/contacts/call-3");
  EXPECT_TRUE(found.has_transcript());
  ASSERT_THAT(Create(NewCall("ann", "call-3")), IsOk());
  EXPECT_THAT(Get(admin_, "people/-/contacts/call-3"),
              HasReason("CONTACT_AMBIGUOUS"));
  EXPECT_THAT(Get(bob_, "people/-/contacts/call-3"), IsOk());
}

TEST_P(ContactsTest, WhatIsWrongIsToldAndNothingIsStored) {
  v1::CreateContactRequest request = NewCall("ann", "call 9");
  request.mutable_contact()->clear_start_time();
  request.mutable_contact()->clear_channel();
  request.mutable_contact()->add_topics("");
  request.mutable_contact()->mutable_duration()->set_seconds(-1);
  request.mutable_transcript()->add_segments()->set_start_ms(5);
  request.mutable_transcript()->add_segments()->set_start_ms(4);
  const auto status = Create(request);
  EXPECT_THAT(status, HasViolation("contact_id", "ID_INVALID"));
  EXPECT_THAT(status, HasViolation("contact.start_time", "TIME_INVALID"));
  EXPECT_THAT(status, HasViolation("contact.channel", "CHANNEL_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("contact.topics[0]", "TOPIC_INVALID"));
  EXPECT_THAT(status, HasViolation("contact.duration", "DURATION_INVALID"));
  EXPECT_THAT(status, HasViolation("transcript.segments[1].start_ms",
                                   "OFFSET_INVALID"));
  EXPECT_THAT(Create(NewCall("nobody", "call-9")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Create(NewCall("ann", "call-1")),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(ContactsTest, TimesNarrowAList) {
  v1::ListContactsRequest request;
  request.mutable_start_time()->set_seconds(20'515 * 86'400);
  request.mutable_end_time()->set_seconds(20'516 * 86'400);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto names, List(admin_, request));
  EXPECT_THAT(names, ElementsAre("people/ann/contacts/call-2"));
}

ATTUNE_ON_EVERY_BACKEND(ContactsTest);

}  // namespace
}  // namespace attune
