#include "engine/store/survey_verify.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/status_macros.h"
#include "engine/store/survey_rollups.h"

namespace attune {
namespace {

// The columns that rollups are kept by, not what the message says of them: they
// are checked against each other.
constexpr char kResponses[] = R"sql(
  SELECT person, channel, queue, contact_us, body FROM survey_response)sql";

void NameDifferences(const SurveyRollupKey& key, const SurveyTally& expected,
                     const SurveyTally& stored, int most,
                     v1::VerifyResponse& response) {
  const auto want = FiguresOf(expected);
  const auto have = FiguresOf(stored);
  for (size_t i = 0; i < want.size(); ++i) {
    if (want[i].second == have[i].second ||
        response.differences_size() >= most) {
      continue;
    }
    auto* difference = response.add_differences();
    difference->set_subject(absl::StrCat(
        "survey rollup day=", FormatDay(key.day), " person=", key.person,
        " channel=", v1::Channel_Name(static_cast<v1::Channel>(key.channel)),
        " queue=", key.queue));
    difference->set_figure(want[i].first);
    difference->set_expected(absl::StrCat(want[i].second));
    difference->set_stored(absl::StrCat(have[i].second));
  }
}

}  // namespace

absl::Status VerifySurveys(Transaction& tx, int most,
                           v1::VerifyResponse& response) {
  std::map<SurveyRollupKey, SurveyTally> expected;
  int64_t responses = 0;
  RETURN_IF_ERROR(tx.Scan(kResponses, {}, [&](const Row& row) -> absl::Status {
    SurveyRollupKey key;
    v1::SurveyResponse stored;
    Cells cells(row);
    key.person = cells.Text();
    key.channel = cells.Int();
    key.queue = cells.Text();
    key.day = DayOf(cells.Int());
    cells.Message(stored);
    RETURN_IF_ERROR(cells.Done());
    expected[std::move(key)].Add(TallyOf(stored));
    ++responses;
    return absl::OkStatus();
  }));
  int64_t rollups = 0;
  RETURN_IF_ERROR(ScanSurveyRollups(
      tx, [&](const SurveyRollupKey& key, const SurveyTally& stored) {
        ++rollups;
        const auto found = expected.find(key);
        NameDifferences(key,
                        found == expected.end() ? SurveyTally() : found->second,
                        stored, most, response);
        if (found != expected.end()) expected.erase(found);
        return absl::OkStatus();
      }));
  for (const auto& [key, tally] : expected) {
    NameDifferences(key, tally, SurveyTally(), most, response);
  }
  response.set_survey_responses(responses);
  response.set_survey_rollups(rollups);
  return absl::OkStatus();
}

}  // namespace attune
