#include "engine/store/verify.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/store/rollups.h"
#include "engine/store/survey_verify.h"

namespace attune {
namespace {

constexpr int kMaxDifferences = 1000;

using Rollups = std::map<RollupKey, Tally>;

constexpr char kEvaluations[] = R"sql(
  SELECT person, form, kind, contact_us, body FROM evaluation
  WHERE state <> $1)sql";

// What the rollups should be, from every submitted evaluation.
absl::StatusOr<Rollups> Recompute(Transaction& tx, int64_t& evaluations) {
  std::map<std::string, SectionSlots> slots_by_form;
  Rollups rollups;
  // One pass over evaluations at a time: slots are read between the scans.
  ASSIGN_OR_RETURN(const std::vector<Row> forms,
                   tx.Run("SELECT id FROM form", {}));
  for (const Row& row : forms) {
    Cells cells(row);
    const std::string form = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    ASSIGN_OR_RETURN(slots_by_form[form], FindSlots(tx, form));
  }
  RETURN_IF_ERROR(tx.Scan(kEvaluations, {int64_t{v1::Evaluation::STATE_DRAFT}},
                          [&](const Row& row) -> absl::Status {
                            Cells cells(row);
                            RollupKey key;
                            key.person = cells.Text();
                            key.form = cells.Text();
                            key.kind = cells.Int();
                            key.day = DayOf(cells.Int());
                            v1::Evaluation evaluation;
                            cells.Message(evaluation);
                            RETURN_IF_ERROR(cells.Done());
                            rollups[key].Add(
                                TallyOf(evaluation, slots_by_form[key.form]));
                            ++evaluations;
                            return absl::OkStatus();
                          }));
  return rollups;
}

// The figures of a tally by name; sections by slot.
std::map<std::string, int64_t> Figures(const Tally& tally) {
  std::map<std::string, int64_t> figures = {
      {"n", tally.percent.n},
      {"sum", tally.percent.sum},
      {"sum_squares", tally.percent.sum_squares},
      {"unscored", tally.unscored},
      {"acknowledged", tally.acknowledged},
      {"critical", tally.critical},
      {"critical_customer", tally.critical_by_category[0]},
      {"critical_business", tally.critical_by_category[1]},
      {"critical_compliance", tally.critical_by_category[2]}};
  for (const auto& [slot, section] : tally.sections) {
    const std::string prefix = absl::StrCat("section ", slot, " ");
    figures[prefix + "n"] = section.percent.n;
    figures[prefix + "sum"] = section.percent.sum;
    figures[prefix + "sum_squares"] = section.percent.sum_squares;
    figures[prefix + "lost"] = section.lost;
    figures[prefix + "critical"] = section.critical;
  }
  return figures;
}

void NameDifferences(const RollupKey& key, const Tally& expected,
                     const Tally& stored, v1::VerifyResponse& response) {
  const auto expected_figures = Figures(expected);
  auto all_figures = Figures(stored);
  for (const auto& [name, value] : expected_figures) all_figures[name] = value;
  const auto stored_figures = Figures(stored);
  const auto figure_in = [](const auto& figures, const std::string& name) {
    const auto found = figures.find(name);
    return found == figures.end() ? int64_t{0} : found->second;
  };
  for (const auto& [name, unused] : all_figures) {
    const int64_t want = figure_in(expected_figures, name);
    const int64_t have = figure_in(stored_figures, name);
    if (want == have || response.differences_size() >= kMaxDifferences) {
      continue;
    }
    auto* difference = response.add_differences();
    difference->set_subject(
        absl::StrCat("rollup day=", FormatDay(key.day), " person=", key.person,
                     " form=", key.form, " kind=",
                     v1::Evaluation::Kind_Name(
                         static_cast<v1::Evaluation::Kind>(key.kind))));
    difference->set_figure(name);
    difference->set_expected(absl::StrCat(want));
    difference->set_stored(absl::StrCat(have));
  }
}

}  // namespace

absl::StatusOr<v1::VerifyResponse> VerifyStore(Transaction& tx) {
  v1::VerifyResponse response;
  int64_t evaluations = 0;
  ASSIGN_OR_RETURN(Rollups expected, Recompute(tx, evaluations));
  response.set_evaluations(evaluations);
  int64_t rollups = 0;
  RETURN_IF_ERROR(ScanRollups(
      tx, RollupFilter{}, [&](const RollupKey& key, const Tally& stored) {
        ++rollups;
        const auto found = expected.find(key);
        NameDifferences(key, found == expected.end() ? Tally{} : found->second,
                        stored, response);
        if (found != expected.end()) expected.erase(found);
        return absl::OkStatus();
      }));
  for (const auto& [key, tally] : expected) {
    NameDifferences(key, tally, Tally{}, response);
  }
  response.set_rollups(rollups);
  RETURN_IF_ERROR(VerifySurveys(tx, kMaxDifferences, response));
  return response;
}

}  // namespace attune
