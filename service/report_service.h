// Reports on the wire.

#ifndef ATTUNE_SERVICE_REPORT_SERVICE_H_
#define ATTUNE_SERVICE_REPORT_SERVICE_H_

#include "engine/report/reports.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class ReportService final : public ByteService {
 public:
  ReportService(Serve& serve, const Reports& reports);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_REPORT_SERVICE_H_
