// The stored items of contests, as reports count them.

#ifndef ATTUNE_ENGINE_EVALUATION_CONTEST_ITEMS_H_
#define ATTUNE_ENGINE_EVALUATION_CONTEST_ITEMS_H_

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/store/database.h"
#include "engine/store/rollups.h"

namespace attune {

// One contested question of one evaluation.
struct ContestedItem {
  enum class Standing { kOpen, kUpheld, kChanged, kClosed };

  std::string form;
  std::string question;
  std::string rater;
  std::string team;  // the agent's, now; empty if in none
  // An escalated item is open again; a voided evaluation closes what was never
  // ruled on.
  Standing standing = Standing::kOpen;
};

using OnContestedItem = absl::FunctionRef<void(const ContestedItem&)>;

// Items contested on the days of the filter, by its team and form.
absl::Status ScanItemsContestedIn(Transaction& tx, const RollupFilter& filter,
                                  OnContestedItem on_item);
// Items of these evaluations, whenever they were contested.
absl::Status ScanItemsOf(Transaction& tx, const CountedFilter& filter,
                         OnContestedItem on_item);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_CONTEST_ITEMS_H_
