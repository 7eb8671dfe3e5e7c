// Time on the floor and personal service levels on the wire.

#ifndef ATTUNE_SERVICE_FLOOR_SERVICE_H_
#define ATTUNE_SERVICE_FLOOR_SERVICE_H_

#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_reports.h"
#include "engine/coaching/floor_sessions.h"
#include "engine/coaching/service_levels.h"
#include "engine/coaching/work_days.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class FloorService final : public ByteService {
 public:
  // What it serves from; all outlive it.
  struct Collections {
    const FloorSessions& sessions;
    const FloorQuotas& quotas;
    const FloorReports& reports;
    const WorkDays& work_days;
    const ServiceLevels& service_levels;
  };
  FloorService(Serve& serve, const Collections& collections);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_FLOOR_SERVICE_H_
