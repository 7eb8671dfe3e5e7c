// What agents are recognised for.

#ifndef ATTUNE_ENGINE_VOICE_RECOGNITIONS_H_
#define ATTUNE_ENGINE_VOICE_RECOGNITIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// Thread-safe, stateless.
class Recognitions {
 public:
  // NOT_FOUND for who is out of the caller's reach.
  absl::StatusOr<v1::Recognition> Get(
      Transaction& tx, const Caller& caller,
      const v1::GetRecognitionRequest& request) const;
};

// The same, whoever asks.
absl::StatusOr<v1::Recognition> CountRecognition(Transaction& tx,
                                                 const std::string& person);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_RECOGNITIONS_H_
