// Whether who submits has been on the floor, where their role's quota asks for
// that.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_GATE_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_GATE_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "engine/access/caller.h"
#include "engine/store/database.h"

namespace attune {

// For one transaction and one caller.  It reads nothing unless a quota of one
// of the caller's roles blocks submitting, and then once, however often it is
// asked.
class FloorGate {
 public:
  // FAILED_PRECONDITION (FLOOR_HOURS_OWED) if the caller fell short in the last
  // ISO week that has ended.
  absl::Status Check(Transaction& tx, const Caller& caller, int64_t now_us);

 private:
  std::optional<absl::Status> answer_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_GATE_H_
