// What a cycle of self-checks comes to.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_TALLY_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_TALLY_H_

#include <cstdint>
#include <map>
#include <string>

#include "attune/v1/self_check.pb.h"
#include "engine/evaluation/form_feedback.h"
#include "engine/stats/mean.h"

namespace attune {

// Takes sessions and feedback in any order.
class SelfCheckTallyBuilder {
 public:
  // With its gaps told.
  void AddSession(const v1::SelfCheck& check);
  void AddFeedback(const v1::FormFeedback& feedback);
  // Agents without a session.
  void AddMissing(int64_t agents);

  v1::SelfCheckTally Build() const;

 private:
  v1::SelfCheckTally counts_;  // everything but gaps and questions
  Sums gap_;
  std::map<std::string, Sums> section_gaps_;
  QuestionTallies questions_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_TALLY_H_
