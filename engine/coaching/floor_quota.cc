#include "engine/coaching/floor_quota.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/coaching/floor_week.h"

namespace attune {
namespace {

constexpr int32_t kMinutesPerWeek = 7 * 24 * 60;

}  // namespace

v1::FloorQuota UnsetFloorQuota(v1::Role role) {
  v1::FloorQuota quota;
  quota.set_role(role);
  if (role == v1::ROLE_ADVOCATE) {
    quota.set_weekly_minutes(kAdvocateFloorMinutes);
  }
  return quota;
}

void CheckFloorQuota(const v1::SetFloorQuotaRequest& request, Violations& bad) {
  if (request.role() == v1::ROLE_UNSPECIFIED ||
      !v1::Role_IsValid(request.role())) {
    bad.Add("role", "ROLE_UNKNOWN", "Name the role that owes.");
  }
  if (!request.has_weekly_minutes() && !request.has_blocks_submitting()) {
    bad.Add("weekly_minutes", "NOTHING_TO_SET",
            "Say what is owed, or whether owing keeps from submitting.");
  }
  if (request.weekly_minutes() < 0 ||
      request.weekly_minutes() > kMinutesPerWeek) {
    bad.Add("weekly_minutes", "MINUTES_OUT_OF_RANGE",
            absl::StrCat("A week has 0 to ", kMinutesPerWeek, " minutes, not ",
                         request.weekly_minutes(), "."));
  }
}

void SetWeeklyMinutes(int64_t monday, int32_t minutes, v1::FloorQuota& quota) {
  if (WeeklyMinutes(quota, monday) == minutes) return;
  const std::string week = WeekText(monday);
  const int last = quota.terms_size() - 1;
  v1::FloorQuota::Term& term =
      last >= 0 && quota.terms(last).start_week() == week
          ? *quota.mutable_terms(last)
          : *quota.add_terms();
  term.set_start_week(week);
  term.set_weekly_minutes(minutes);
  quota.set_weekly_minutes(minutes);
}

int64_t WeeklyMinutes(const v1::FloorQuota& quota, int64_t monday) {
  int64_t minutes = UnsetFloorQuota(quota.role()).weekly_minutes();
  for (const v1::FloorQuota::Term& term : quota.terms()) {
    // The weeks of years with four digits sort as text.
    if (term.start_week() > WeekText(monday)) break;
    minutes = term.weekly_minutes();
  }
  return minutes;
}

int64_t WeeklyMinutes(const FloorQuotaMap& quotas, RoleSet roles,
                      int64_t monday) {
  int64_t most = 0;
  for (const auto& [role, quota] : quotas) {
    if (roles.Has(role)) most = std::max(most, WeeklyMinutes(quota, monday));
  }
  return most;
}

}  // namespace attune
