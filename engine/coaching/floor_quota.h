// What roles owe on the floor, week by week.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_QUOTA_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_QUOTA_H_

#include <cstdint>
#include <map>

#include "attune/v1/floor_quota.pb.h"
#include "attune/v1/floor_service.pb.h"
#include "engine/access/caller.h"
#include "engine/violations.h"

namespace attune {

// Of advocates until it is set: five hours.
inline constexpr int32_t kAdvocateFloorMinutes = 300;

// By role: of those that owe, and those for which it was ever set.
using FloorQuotaMap = std::map<v1::Role, v1::FloorQuota>;

// As it is until it is set.
v1::FloorQuota UnsetFloorQuota(v1::Role role);

void CheckFloorQuota(const v1::SetFloorQuotaRequest& request, Violations& bad);

// Makes `minutes` what is owed from this week on.  Weeks before keep what they
// owed; a later change in one week takes the place of the earlier.
void SetWeeklyMinutes(int64_t monday, int32_t minutes, v1::FloorQuota& quota);

// What one role owes in a week.
int64_t WeeklyMinutes(const v1::FloorQuota& quota, int64_t monday);
// The most that one of the roles does.
int64_t WeeklyMinutes(const FloorQuotaMap& quotas, RoleSet roles,
                      int64_t monday);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_QUOTA_H_
