// Self-checks on the wire.

#ifndef ATTUNE_SERVICE_SELF_CHECK_SERVICE_H_
#define ATTUNE_SERVICE_SELF_CHECK_SERVICE_H_

#include "engine/evaluation/form_feedbacks.h"
#include "engine/evaluation/self_check_cycles.h"
#include "engine/evaluation/self_checks.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class SelfCheckService final : public ByteService {
 public:
  SelfCheckService(Serve& serve, const SelfCheckCycles& cycles,
                   const SelfChecks& checks, const FormFeedbacks& feedback);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_SELF_CHECK_SERVICE_H_
