#include "service/request_bytes.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.pb.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

template <typename Message>
absl::Status Parse(const std::string& bytes, const char* prefix = "") {
  Message message;
  return ParseRequest(Buffer(bytes), prefix, message);
}

// A length-delimited field of less than 128 bytes.
std::string Field(int number, const std::string& bytes) {
  std::string field;
  field.push_back(static_cast<char>(number << 3 | 2));
  field.push_back(static_cast<char>(bytes.size()));
  field.append(bytes);
  return field;
}

TEST(RequestBytesTest, CleanRequestsParse) {
  v1::CreateContactRequest request;
  request.set_parent("people/ann");
  request.mutable_contact()->mutable_start_time()->set_seconds(1 << 14);
  (*request.mutable_contact()->mutable_labels())["city"] = "K\u00f6ln";
  v1::CreateContactRequest parsed;
  EXPECT_THAT(ParseRequest(Buffer(request.SerializeAsString()), "", parsed),
              IsOk());
  EXPECT_EQ(CanonicalBytes(parsed), CanonicalBytes(request));
  EXPECT_THAT(Parse<v1::CreateContactRequest>(""), IsOk());
}

TEST(RequestBytesTest, NulIsRefusedWithItsPath) {
  v1::BatchCreatePeopleRequest request;
  request.add_requests();
  request.add_requests()->mutable_person()->set_display_name(
      std::string("a\0b", 3));
  const absl::Status status =
      Parse<v1::BatchCreatePeopleRequest>(request.SerializeAsString());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status,
              HasViolation("requests[1].person.display_name", "NUL_CHARACTER"));
}

TEST(RequestBytesTest, TextThatIsNotUtf8IsRefusedWithItsPath) {
  const absl::Status status =
      Parse<v1::CreatePersonRequest>(Field(2, Field(2, "\xC3\x28")), "[7].");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasViolation("[7].person.display_name", "UTF8_INVALID"));
}

TEST(RequestBytesTest, EveryBadTextIsTold) {
  const std::string contact = absl::StrCat(Field(5, "fine"), Field(5, "\xFF"),
                                           Field(6, Field(2, "\xFE")));
  const absl::Status status = Parse<v1::CreateContactRequest>(
      absl::StrCat(Field(1, std::string(1, '\0')), Field(3, contact)));
  EXPECT_THAT(status, HasViolation("parent", "NUL_CHARACTER"));
  EXPECT_THAT(status, HasViolation("contact.topics[1]", "UTF8_INVALID"));
  EXPECT_THAT(status, HasViolation("contact.labels[0].value", "UTF8_INVALID"));
  EXPECT_EQ(Violations::FromStatus(status).all().size(), 3u);
}

TEST(RequestBytesTest, ZeroBytesOutsideOfTextAreFine) {
  // An explicit 0 where proto3 would leave the field out.
  EXPECT_THAT(Parse<v1::ListPeopleRequest>(std::string("\x08\0", 2)), IsOk());
}

TEST(RequestBytesTest, WhatIsNoMessageIsMalformed) {
  for (const std::string& bytes :
       {Field(1, "cut short").substr(0, 5), std::string(100, '\xFF'),
        Field(2, "\xFF")}) {
    const absl::Status status = Parse<v1::CreatePersonRequest>(bytes);
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(status, HasReason("MESSAGE_MALFORMED"));
  }
}

TEST(RequestBytesTest, EqualMessagesHaveEqualCanonicalBytes) {
  v1::Contact forward;
  v1::Contact backward;
  for (int i = 0; i < 30; ++i) {
    forward.mutable_labels()->insert({absl::StrCat("k", i), "v"});
    backward.mutable_labels()->insert({absl::StrCat("k", 29 - i), "v"});
  }
  EXPECT_EQ(CanonicalBytes(forward), CanonicalBytes(backward));
}

}  // namespace
}  // namespace attune
