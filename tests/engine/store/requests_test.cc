#include "engine/store/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::Eq;
using testing::Optional;

class RequestsTest : public StoreTest {
 protected:
  absl::Status Record(const RequestKey& key, const std::string& answer,
                      int64_t now_us) {
    return db().WriteAndWait(
        [=](Transaction& tx) { return RecordAnswer(tx, key, answer, now_us); });
  }
  absl::StatusOr<std::optional<std::string>> Find(const RequestKey& key) {
    return InRead([&](Transaction& tx) { return FindAnswer(tx, key); });
  }

  const RequestKey key_{"r1", "token", "/a/B", "digest"};
};

TEST_P(RequestsTest, TheFirstAnswerIsKept) {
  EXPECT_THAT(*Find(key_), Eq(std::nullopt));
  ASSERT_THAT(Record(key_, std::string("\0answer", 7), 5), IsOk());
  EXPECT_THAT(*Find(key_), Optional(std::string("\0answer", 7)));
}

TEST_P(RequestsTest, AnotherBodyOrMethodIsRefused) {
  ASSERT_THAT(Record(key_, "answer", 5), IsOk());
  RequestKey other = key_;
  other.digest = "other";
  EXPECT_THAT(Find(other), HasViolation("request_id", "REQUEST_ID_REUSED"));
  other = key_;
  other.method = "/a/C";
  EXPECT_THAT(Find(other), HasViolation("request_id", "REQUEST_ID_REUSED"));
}

TEST_P(RequestsTest, CallersDoNotMeet) {
  ASSERT_THAT(Record(key_, "answer", 5), IsOk());
  RequestKey other = key_;
  other.caller = "another token";
  EXPECT_THAT(*Find(other), Eq(std::nullopt));
}

TEST_P(RequestsTest, OldAnswersAreForgotten) {
  ASSERT_THAT(Record(key_, "answer", 5), IsOk());
  RequestKey newer = key_;
  newer.id = "r2";
  ASSERT_THAT(Record(newer, "answer", 6), IsOk());
  ASSERT_THAT(
      db().WriteAndWait([](Transaction& tx) { return ForgetAnswers(tx, 6); }),
      IsOk());
  EXPECT_THAT(*Find(key_), Eq(std::nullopt));
  EXPECT_THAT(*Find(newer), Optional(std::string("answer")));
}

ATTUNE_ON_EVERY_BACKEND(RequestsTest);

}  // namespace
}  // namespace attune
