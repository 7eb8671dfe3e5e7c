// The rules of one work day.

#ifndef ATTUNE_ENGINE_COACHING_WORK_DAY_H_
#define ATTUNE_ENGINE_COACHING_WORK_DAY_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "attune/v1/work_day.pb.h"
#include "engine/violations.h"

namespace attune {

// Everything that is wrong whatever is stored, under `path`.
void CheckWorkDay(const v1::WorkDay& work_day, absl::string_view path,
                  int64_t now_us, Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_COACHING_WORK_DAY_H_
