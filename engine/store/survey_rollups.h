// Rollups of survey responses: counts and sums by day, agent, channel and
// queue, which move in the same transaction as the response.  As in rollups.h,
// all figures are whole numbers.

#ifndef ATTUNE_ENGINE_STORE_SURVEY_ROLLUPS_H_
#define ATTUNE_ENGINE_STORE_SURVEY_ROLLUPS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "attune/v1/survey_response.pb.h"
#include "engine/stats/mean.h"
#include "engine/stats/nps.h"
#include "engine/stats/share.h"
#include "engine/store/database.h"

namespace attune {

// What a set of responses comes to.
struct SurveyTally {
  int64_t responses = 0;  // whatever became of them
  int64_t answered = 0;
  int64_t opted_out = 0;
  int64_t expired = 0;
  NpsCounts nps;
  Sums csat;  // in points, as the next
  Sums partner_rating;
  ShareCounts would_hire;
  ShareCounts would_recommend;
  ShareCounts did_refer;

  void Add(const SurveyTally& other);
  void Subtract(const SurveyTally& other);
};
bool operator==(const SurveyTally& a, const SurveyTally& b);

// The figures by the names of their columns.
std::vector<std::pair<const char*, int64_t>> FiguresOf(
    const SurveyTally& tally);

// What one response adds.
SurveyTally TallyOf(const v1::SurveyResponse& response);

struct SurveyRollupKey {
  int64_t day = 0;
  std::string person;
  int64_t channel = 0;
  std::string queue;
  friend auto operator<=>(const SurveyRollupKey&,
                          const SurveyRollupKey&) = default;
};

// Where a response is counted.
SurveyRollupKey RollupKeyOf(const v1::SurveyResponse& response);

// Adds `tally` to the stored rollup.
absl::Status AddToSurveyRollup(Transaction& tx, const SurveyRollupKey& key,
                               const SurveyTally& tally);

struct SurveyFilter {
  std::optional<std::string> person = {};
  std::optional<std::string> team = {};
  std::optional<int64_t> channel = {};
  std::optional<std::string> queue = {};
  // Only contacts with a counted evaluation of KIND_QA on this form: the
  // responses are read instead of their rollups.
  std::optional<std::string> form = {};
  std::optional<int64_t> first_day = {};
  std::optional<int64_t> last_day = {};
};

enum class SurveyGrouping { kDay, kPerson, kTeam, kChannel, kQueue };

// Sums by what they are grouped by, in its order: a day and a channel as a
// number, the others as text (empty for no team or queue).  Only responses,
// answers and what the measure needs: to add up everything takes three times as
// long.
absl::Status SumSurveys(
    Transaction& tx, const SurveyFilter& filter, v1::SurveyMeasure measure,
    SurveyGrouping grouping,
    absl::FunctionRef<absl::Status(const Value& group, const SurveyTally&)>
        on_group);

// Every rollup, by its key.
absl::Status ScanSurveyRollups(
    Transaction& tx,
    absl::FunctionRef<absl::Status(const SurveyRollupKey&, const SurveyTally&)>
        on_rollup);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SURVEY_ROLLUPS_H_
