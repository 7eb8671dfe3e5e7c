// The rules of one agent's session in a cycle: where it stands, when it is due.

#ifndef ATTUNE_ENGINE_EVALUATION_SELF_CHECK_H_
#define ATTUNE_ENGINE_EVALUATION_SELF_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "attune/v1/self_check.pb.h"

namespace attune {

// Where it stands, from its picks.
v1::SelfCheck::State StateOf(const v1::SelfCheck& check);

// The pick of this chooser, or of this contact (by its full name); null without
// one.
v1::SelfCheckPick* FindPick(v1::SelfCheck& check,
                            v1::SelfCheckPick::Chooser chooser);
v1::SelfCheckPick* FindPick(v1::SelfCheck& check, const std::string& contact);

// The pick of this chooser, added in its place if there is none.
v1::SelfCheckPick& PickOf(v1::SelfCheck& check,
                          v1::SelfCheckPick::Chooser chooser);

// Fills in when it is due and whether it is overdue at `now_us`, the agent's
// last session on the form having been done then, if ever.
void TellDue(const v1::SelfCheckCycle& cycle,
             std::optional<int64_t> last_done_us, int64_t now_us,
             v1::SelfCheck& check);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SELF_CHECK_H_
