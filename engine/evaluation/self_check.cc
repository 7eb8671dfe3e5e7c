#include "engine/evaluation/self_check.h"

#include <utility>

#include "engine/clock.h"
#include "engine/evaluation/self_check_cycle.h"

namespace attune {
namespace {

constexpr int kPicks = 2;

}  // namespace

v1::SelfCheck::State StateOf(const v1::SelfCheck& check) {
  int graded = 0;
  int done = 0;
  for (const v1::SelfCheckPick& pick : check.picks()) {
    if (pick.has_self_submit_time()) ++graded;
    if (pick.has_done_time()) ++done;
  }
  if (check.picks().empty()) return v1::SelfCheck::STATE_NOT_BEGUN;
  if (done == kPicks) return v1::SelfCheck::STATE_DONE;
  if (graded == kPicks) return v1::SelfCheck::STATE_WAITING_FOR_ADVOCATE;
  return v1::SelfCheck::STATE_BEGUN;
}

v1::SelfCheckPick* FindPick(v1::SelfCheck& check,
                            v1::SelfCheckPick::Chooser chooser) {
  for (v1::SelfCheckPick& pick : *check.mutable_picks()) {
    if (pick.chooser() == chooser) return &pick;
  }
  return nullptr;
}

v1::SelfCheckPick* FindPick(v1::SelfCheck& check, const std::string& contact) {
  for (v1::SelfCheckPick& pick : *check.mutable_picks()) {
    if (pick.contact() == contact) return &pick;
  }
  return nullptr;
}

v1::SelfCheckPick& PickOf(v1::SelfCheck& check,
                          v1::SelfCheckPick::Chooser chooser) {
  if (v1::SelfCheckPick* found = FindPick(check, chooser)) return *found;
  check.add_picks()->set_chooser(chooser);
  auto& picks = *check.mutable_picks();
  if (picks.size() == kPicks && picks[0].chooser() > picks[1].chooser()) {
    picks.SwapElements(0, 1);
  }
  return *FindPick(check, chooser);
}

void TellDue(const v1::SelfCheckCycle& cycle,
             std::optional<int64_t> last_done_us, int64_t now_us,
             v1::SelfCheck& check) {
  bool late = now_us > ToMicros(cycle.close_time());
  if (last_done_us) {
    const int64_t due_us = AddMonths(*last_done_us, kSelfCheckMonths);
    *check.mutable_last_done_time() = ToTimestamp(*last_done_us);
    *check.mutable_due_time() = ToTimestamp(due_us);
    late = late || now_us > due_us;
  } else {
    *check.mutable_due_time() = cycle.open_time();
  }
  check.set_overdue(late && check.state() != v1::SelfCheck::STATE_DONE);
}

}  // namespace attune
