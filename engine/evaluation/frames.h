// What a sampling plan draws from: the stored agents and contacts of a period.

#ifndef ATTUNE_ENGINE_EVALUATION_FRAMES_H_
#define ATTUNE_ENGINE_EVALUATION_FRAMES_H_

#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/sampling_plan.pb.h"
#include "engine/evaluation/sample.h"
#include "engine/evaluation/sampling_period.h"
#include "engine/store/database.h"

namespace attune {

struct StoredFrame {
  Frame frame;
  std::map<std::string, std::string> teams;  // of each agent; empty if in none
};

// FAILED_PRECONDITION (FRAME_EMPTY), (FRAME_TOO_LARGE).
absl::StatusOr<StoredFrame> FindFrame(Transaction& tx,
                                      const v1::SamplingPlan& plan,
                                      const SamplingPeriod& period);

// By contact name: who has scored it on the form, or has or had it in their
// queue, unless it expired there.
using TakersByContact = std::map<std::string, std::set<std::string>>;
absl::StatusOr<TakersByContact> FindTakersIn(Transaction& tx,
                                             const SamplingPeriod& period,
                                             const std::string& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_FRAMES_H_
