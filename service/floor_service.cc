#include "service/floor_service.h"

namespace attune {

FloorService::FloorService(Serve& serve, const Collections& collections)
    : ByteService("attune.v1.FloorService", serve) {
  Unary("CreateFloorSession", collections.sessions, &FloorSessions::Create);
  Unary("DeleteFloorSession", collections.sessions, &FloorSessions::Delete);
  Unary("ListFloorSessions", collections.sessions, &FloorSessions::List);
  Unary("SetFloorQuota", collections.quotas, &FloorQuotas::Set);
  Unary("ListFloorQuotas", collections.quotas, &FloorQuotas::List);
  Unary("GetFloorHours", collections.reports, &FloorReports::GetHours);
  Unary("BatchUpdateWorkDays", collections.work_days, &WorkDays::BatchUpdate);
  Unary("ListWorkDays", collections.work_days, &WorkDays::List);
  Unary("GetServiceLevel", collections.service_levels, &ServiceLevels::Get);
}

}  // namespace attune
