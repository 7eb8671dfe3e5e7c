// The personal service level: which share of logged time was for customers.

#ifndef ATTUNE_ENGINE_COACHING_SERVICE_LEVEL_H_
#define ATTUNE_ENGINE_COACHING_SERVICE_LEVEL_H_

#include <cstdint>

#include "attune/v1/floor_report.pb.h"

namespace attune {

// The PSL 80 % line: at or above it there is nothing to coach.
// https://customerthink.com/how_zappos_lesson_does_customer_service_metrics/
inline constexpr int64_t kServiceLevelLinePercent = 80;

// Sums over days.
struct WorkSums {
  int64_t days = 0;  // with logged minutes
  int64_t leave_days = 0;
  int64_t logged = 0;  // minutes
  int64_t facing = 0;  // minutes; at most the logged ones
  int64_t idle_chats = 0;
  int64_t idle_minutes = 0;

  void Add(const WorkSums& other);
};

v1::ServiceLevel ServiceLevelOf(const WorkSums& sums);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_SERVICE_LEVEL_H_
