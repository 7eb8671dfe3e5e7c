// The two macros for fallible functions.

#ifndef ATTUNE_ENGINE_STATUS_MACROS_H_
#define ATTUNE_ENGINE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define ATTUNE_CONCAT_INNER_(a, b) a##b
#define ATTUNE_CONCAT_(a, b) ATTUNE_CONCAT_INNER_(a, b)

// __COUNTER__, not __LINE__: a lambda inside the argument may use them again.
#define RETURN_IF_ERROR(...) \
  RETURN_IF_ERROR_IMPL_(ATTUNE_CONCAT_(status_, __COUNTER__), __VA_ARGS__)
#define RETURN_IF_ERROR_IMPL_(tmp, ...)                          \
  do {                                                           \
    if (absl::Status tmp = (__VA_ARGS__); !tmp.ok()) return tmp; \
  } while (false)

// ASSIGN_OR_RETURN(v1::Form form, FindForm(tx, id));
#define ASSIGN_OR_RETURN(lhs, ...)                                     \
  ASSIGN_OR_RETURN_IMPL_(ATTUNE_CONCAT_(status_or_, __COUNTER__), lhs, \
                         __VA_ARGS__)
#define ASSIGN_OR_RETURN_IMPL_(tmp, lhs, ...) \
  auto tmp = (__VA_ARGS__);                   \
  if (!tmp.ok()) return tmp.status();         \
  lhs = std::move(tmp).value()

#endif  // ATTUNE_ENGINE_STATUS_MACROS_H_
