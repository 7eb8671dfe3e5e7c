// Which self-check is meant, when less than its name is typed.

#ifndef ATTUNE_TOOLS_ATTUNE_SELF_CHECK_NAMES_H_
#define ATTUNE_TOOLS_ATTUNE_SELF_CHECK_NAMES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/self_check.pb.h"
#include "tools/attune/client.h"

namespace attune {

// The full name of a cycle; of the one that is open if `text` is empty.
// INVALID_ARGUMENT (USAGE) if none or several are.
absl::StatusOr<std::string> CycleName(RpcClient& client,
                                      const std::string& text);

// The full name of an agent; of the only one whom the caller may see, which is
// an agent's own, if `text` is empty.  INVALID_ARGUMENT (USAGE) if there are
// several.
absl::StatusOr<std::string> AgentName(RpcClient& client,
                                      const std::string& text);

// `people/28/selfChecks/2026-h1` of the two.
std::string SelfCheckOf(absl::string_view agent_name,
                        absl::string_view cycle_name);

absl::StatusOr<v1::SelfCheck> FetchSelfCheck(RpcClient& client,
                                             const std::string& name);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SELF_CHECK_NAMES_H_
