// Shares as reports tell them.

#ifndef ATTUNE_ENGINE_VOICE_REPORT_SHARE_H_
#define ATTUNE_ENGINE_VOICE_REPORT_SHARE_H_

#include <cstdint>

#include "attune/v1/share.pb.h"

namespace attune {

// 0 <= hits <= n.
v1::Share ReportShareOf(int64_t hits, int64_t n);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_REPORT_SHARE_H_
