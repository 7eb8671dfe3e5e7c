// Evaluations on the wire.

#ifndef ATTUNE_SERVICE_EVALUATION_SERVICE_H_
#define ATTUNE_SERVICE_EVALUATION_SERVICE_H_

#include "engine/evaluation/evaluations.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class EvaluationService final : public ByteService {
 public:
  EvaluationService(Serve& serve, const Evaluations& evaluations);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_EVALUATION_SERVICE_H_
