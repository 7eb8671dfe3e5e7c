// Evaluations on the wire.

#ifndef ATTUNE_SERVICE_EVALUATION_SERVICE_H_
#define ATTUNE_SERVICE_EVALUATION_SERVICE_H_

#include "engine/evaluation/comments.h"
#include "engine/evaluation/contests.h"
#include "engine/evaluation/evaluations.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class EvaluationService final : public ByteService {
 public:
  EvaluationService(Serve& serve, const Evaluations& evaluations,
                    const Contests& contests, const Comments& comments);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_EVALUATION_SERVICE_H_
