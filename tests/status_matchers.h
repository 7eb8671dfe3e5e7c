// Matchers for absl::Status: IsOk(), StatusIs(code), HasReason(reason).

#ifndef ATTUNE_TESTS_STATUS_MATCHERS_H_
#define ATTUNE_TESTS_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/errors.h"
#include "engine/violations.h"

namespace attune {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).ok();
}

MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).code() == code;
}

MATCHER_P(HasReason, reason, std::string("has reason ") + reason) {
  *result_listener << StatusOf(arg) << " with reason "
                   << ReasonOf(StatusOf(arg));
  return ReasonOf(StatusOf(arg)) == reason;
}

// One violation of exactly this field and reason is among those carried.
MATCHER_P2(HasViolation, field, reason,
           std::string("violates ") + field + " " + reason) {
  const Violations carried = Violations::FromStatus(StatusOf(arg));
  for (const Violation& violation : carried.all()) {
    *result_listener << violation.field << " " << violation.reason << "; ";
    if (violation.field == field && violation.reason == reason) return true;
  }
  *result_listener << StatusOf(arg);
  return false;
}

#define ATTUNE_ASSERT_OK_AND_ASSIGN(lhs, ...)                                 \
  ATTUNE_ASSERT_OK_AND_ASSIGN_(ATTUNE_TEST_CONCAT_(value_, __COUNTER__), lhs, \
                               __VA_ARGS__)
#define ATTUNE_TEST_CONCAT_INNER_(a, b) a##b
#define ATTUNE_TEST_CONCAT_(a, b) ATTUNE_TEST_CONCAT_INNER_(a, b)
#define ATTUNE_ASSERT_OK_AND_ASSIGN_(tmp, lhs, ...) \
  auto tmp = (__VA_ARGS__);                         \
  ASSERT_TRUE(tmp.ok()) << tmp.status();            \
  lhs = std::move(tmp).value()

}  // namespace attune

#endif  // ATTUNE_TESTS_STATUS_MATCHERS_H_
