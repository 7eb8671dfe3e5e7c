// Rollups of evaluations: sums by day, agent, form and kind, which move in the
// same transaction as the evaluation.  All figures are whole numbers, so sums
// are exact and a rollup rebuilt from the evaluations equals the stored one bit
// for bit.

#ifndef ATTUNE_ENGINE_STORE_ROLLUPS_H_
#define ATTUNE_ENGINE_STORE_ROLLUPS_H_

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/stats/mean.h"
#include "engine/store/database.h"

namespace attune {

struct SectionSums {
  Sums percent;
  int64_t lost = 0;      // points of the total lost here, hundredths
  int64_t critical = 0;  // critical failures

  void Add(const SectionSums& other);
  void Subtract(const SectionSums& other);
  friend bool operator==(const SectionSums&, const SectionSums&) = default;
};

// What a set of submitted evaluations on one form comes to.
struct Tally {
  Sums percent;
  int64_t unscored = 0;      // evaluations without a score
  int64_t acknowledged = 0;  // evaluations that the agent has read
  int64_t critical = 0;      // evaluations with a critical failure
  std::array<int64_t, 3> critical_by_category{};  // CUSTOMER, BUSINESS, ...
  std::map<int64_t, SectionSums> sections;        // by slot

  void Add(const Tally& other);
  void Subtract(const Tally& other);
  friend bool operator==(const Tally&, const Tally&) = default;
};

struct RollupKey {
  int64_t day = 0;
  std::string person;
  std::string form;
  int64_t kind = 0;
  friend auto operator<=>(const RollupKey&, const RollupKey&) = default;
};

// Section ids of a form to their slots.
using SectionSlots = std::map<std::string, int64_t>;

// What one evaluation adds: nothing if it does not count.
Tally TallyOf(const v1::Evaluation& evaluation, const SectionSlots& slots);

// The slots of a form's sections; new ids of `form` get the next free slots,
// and every section of `form` its title and value.
absl::StatusOr<SectionSlots> AssignSlots(Transaction& tx,
                                         absl::string_view form_id,
                                         const v1::Form& form);
absl::StatusOr<SectionSlots> FindSlots(Transaction& tx,
                                       absl::string_view form_id);

// A section as the newest revision that has it tells.
struct SectionLabel {
  std::string section_id;
  std::string title;
  std::string value;
};

// Every section that the form ever had, by slot.
absl::StatusOr<std::map<int64_t, SectionLabel>> FindSectionLabels(
    Transaction& tx, absl::string_view form_id);

// Adds `tally` to the stored rollup.
absl::Status AddToRollup(Transaction& tx, const RollupKey& key,
                         const Tally& tally);

// Which rollups to read.
struct RollupFilter {
  std::optional<std::string> person = {};
  std::optional<std::string> team = {};
  std::optional<std::string> form = {};
  std::optional<int64_t> kind = {};
  std::optional<int64_t> first_day = {};
  std::optional<int64_t> last_day = {};
};

// By person, day, form, kind.
absl::Status ScanRollups(
    Transaction& tx, const RollupFilter& filter,
    absl::FunctionRef<absl::Status(const RollupKey&, const Tally&)> on_rollup);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_ROLLUPS_H_
