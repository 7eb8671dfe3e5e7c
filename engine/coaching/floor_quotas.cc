#include "engine/coaching/floor_quotas.h"

#include "engine/coaching/floor_week.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kAll[] = R"sql(
  SELECT body FROM floor_quota ORDER BY role)sql";

constexpr char kPut[] = R"sql(
  INSERT INTO floor_quota (role, blocks, body) VALUES ($1, $2, $3)
  ON CONFLICT (role) DO UPDATE
  SET blocks = excluded.blocks, body = excluded.body)sql";

}  // namespace

absl::StatusOr<FloorQuotaMap> FindFloorQuotas(Transaction& tx) {
  FloorQuotaMap quotas;
  quotas[v1::ROLE_ADVOCATE] = UnsetFloorQuota(v1::ROLE_ADVOCATE);
  RETURN_IF_ERROR(tx.Scan(kAll, {}, [&](const Row& row) {
    v1::FloorQuota quota;
    Cells cells(row);
    cells.Message(quota);
    RETURN_IF_ERROR(cells.Done());
    quotas[quota.role()] = quota;
    return absl::OkStatus();
  }));
  return quotas;
}

absl::StatusOr<v1::FloorQuota> FloorQuotas::Set(
    Transaction& tx, const Caller& caller,
    const v1::SetFloorQuotaRequest& request) const {
  Violations bad;
  CheckFloorQuota(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(FloorQuotaMap quotas, FindFloorQuotas(tx));
  v1::FloorQuota& quota =
      quotas.emplace(request.role(), UnsetFloorQuota(request.role()))
          .first->second;
  if (request.has_weekly_minutes()) {
    SetWeeklyMinutes(MondayOf(DayOf(now_us)), request.weekly_minutes(), quota);
  }
  if (request.has_blocks_submitting()) {
    quota.set_blocks_submitting(request.blocks_submitting());
  }
  quota.clear_setter();
  if (!caller.person.empty()) quota.set_setter(PersonName(caller.person));
  *quota.mutable_update_time() = ToTimestamp(now_us);
  const int64_t blocks =
      quota.blocks_submitting() ? RoleSet().Add(quota.role()).bits() : 0;
  RETURN_IF_ERROR(tx.Send(
      kPut, {int64_t{quota.role()}, blocks, Bytes{quota.SerializeAsString()}}));
  return quota;
}

absl::StatusOr<v1::ListFloorQuotasResponse> FloorQuotas::List(
    Transaction& tx, const Caller&, const v1::ListFloorQuotasRequest&) const {
  ASSIGN_OR_RETURN(const FloorQuotaMap quotas, FindFloorQuotas(tx));
  v1::ListFloorQuotasResponse response;
  for (const auto& [role, quota] : quotas) {
    *response.add_floor_quotas() = quota;
  }
  return response;
}

}  // namespace attune
