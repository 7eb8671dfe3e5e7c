// A contact center with what is stored of the customer's voice.

#ifndef ATTUNE_TESTS_ENGINE_VOICE_CUSTOMER_TEST_H_
#define ATTUNE_TESTS_ENGINE_VOICE_CUSTOMER_TEST_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/voice/cancellations.h"
#include "engine/voice/great_calls.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/recognitions.h"
#include "engine/voice/relationship_values.h"
#include "tests/engine/center_test.h"

namespace attune {

// A message from text format; fails the test if it is not one.
template <typename Message>
Message Text(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

class CustomerTest : public CenterTest {
 protected:
  // In a write, so that it may be either.
  template <typename Stored, typename Request, typename Response>
  absl::StatusOr<Response> Ask(const Stored& stored,
                               absl::StatusOr<Response> (Stored::*method)(
                                   Transaction&, const Caller&, const Request&)
                                   const,
                               const Caller& caller, const Request& request) {
    return InWrite(
        [&](Transaction& tx) { return (stored.*method)(tx, caller, request); });
  }
  // The number that a statement gives.
  int64_t Number(const std::string& sql) {
    int64_t number = -1;
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  return tx.Scan(sql, {}, [&](const Row& row) {
                    number = Cells(row).Int();
                    return absl::OkStatus();
                  });
                }),
                IsOk());
    return number;
  }

  const Caller anybody_{};
  const Caller lou_ = CallerOf("lou", "blue", v1::ROLE_LEAD, kTeam);
  const PropInvites invites_{clock()};
  const Props props_{clock()};
  const Recognitions recognitions_{};
  const GreatCalls great_calls_{clock()};
  const RelationshipValues relationship_values_{clock()};
  const Cancellations cancellations_{clock()};
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_VOICE_CUSTOMER_TEST_H_
