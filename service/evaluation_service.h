// Evaluations, sampling plans and assignments on the wire.

#ifndef ATTUNE_SERVICE_EVALUATION_SERVICE_H_
#define ATTUNE_SERVICE_EVALUATION_SERVICE_H_

#include "engine/evaluation/assignments.h"
#include "engine/evaluation/comments.h"
#include "engine/evaluation/contests.h"
#include "engine/evaluation/draws.h"
#include "engine/evaluation/evaluations.h"
#include "engine/evaluation/sampling_plans.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class EvaluationService final : public ByteService {
 public:
  // What it serves from; all outlive it.
  struct Collections {
    const Evaluations& evaluations;
    const Contests& contests;
    const Comments& comments;
    const SamplingPlans& plans;
    const Draws& draws;
    const Assignments& assignments;
  };
  EvaluationService(Serve& serve, const Collections& collections);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_EVALUATION_SERVICE_H_
