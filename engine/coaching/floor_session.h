// The rules of one floor session.

#ifndef ATTUNE_ENGINE_COACHING_FLOOR_SESSION_H_
#define ATTUNE_ENGINE_COACHING_FLOOR_SESSION_H_

#include <cstdint>

#include "attune/v1/floor_session.pb.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int64_t kLongestFloorSessionHours = 16;
inline constexpr int64_t kLongestFloorSessionUs =
    kLongestFloorSessionHours * 3600 * 1'000'000;

// Whether both times are there, in their order and not too far apart, so that
// other sessions can be compared with them.
bool HasSpan(const v1::FloorSession& session);

// Everything that is wrong whatever is stored, under `floor_session`.
void CheckFloorSession(const v1::FloorSession& session, int64_t now_us,
                       Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_FLOOR_SESSION_H_
