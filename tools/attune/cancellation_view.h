// Words for cancellation calls.

#ifndef ATTUNE_TOOLS_ATTUNE_CANCELLATION_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_CANCELLATION_VIEW_H_

#include <string>

#include "attune/v1/cancellation.pb.h"
#include "tools/attune/arguments.h"
#include "tools/attune/enum_words.h"

namespace attune {

// `needs_changed`.
inline std::string CancellationReasonWord(v1::Cancellation::Reason reason) {
  return WordOf(reason, "REASON_");
}

// `cancelled`.
inline std::string CancellationResultWord(v1::Cancellation::Result result) {
  return WordOf(result, "RESULT_");
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CANCELLATION_VIEW_H_
