#include "engine/report/form_health_customers.h"

#include <cmath>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/evaluation/answered_evaluations.h"
#include "engine/evaluation/standing.h"
#include "engine/stats/pearson.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr int64_t kFewest = 20;

using QuestionSums = absl::flat_hash_map<std::string, PearsonSums>;

absl::StatusOr<QuestionSums> Gather(Transaction& tx,
                                    const CountedFilter& filter,
                                    CustomerAnswer answer) {
  QuestionSums sums;
  RETURN_IF_ERROR(
      ScanAnswered(tx, filter, answer, [&](const AnsweredEvaluation& row) {
        for (const v1::QuestionScore& question :
             EffectiveScore(row.evaluation).questions()) {
          if (question.state() != v1::QuestionScore::STATE_SCORED) continue;
          const double part =
              question.points_earned() / question.points_possible();
          sums[question.question_id()].Add(std::llround(part * 10'000),
                                           row.answer);
        }
      }));
  return sums;
}

v1::CustomerCorrelation Tell(v1::SurveyMeasure measure,
                             const PearsonSums& sums) {
  v1::CustomerCorrelation told;
  told.set_measure(measure);
  told.set_n(sums.n);
  const Figure r =
      sums.n < kFewest ? Figure::Undefined(Reason::kTooFew) : PearsonOf(sums);
  if (r.value) told.set_correlation(std::round(*r.value * 10'000) / 10'000);
  told.set_reason(std::string(ReasonWord(r.reason)));
  return told;
}

}  // namespace

absl::Status AddCustomers(Transaction& tx, const CountedFilter& filter,
                          v1::FormHealth& health) {
  for (const auto& [answer, measure] :
       {std::pair(CustomerAnswer::kNps, v1::SURVEY_MEASURE_NPS),
        std::pair(CustomerAnswer::kCsat, v1::SURVEY_MEASURE_CSAT)}) {
    ASSIGN_OR_RETURN(const QuestionSums sums, Gather(tx, filter, answer));
    for (v1::QuestionHealth& question : *health.mutable_questions()) {
      const auto found = sums.find(question.question_id());
      if (found == sums.end()) continue;
      *question.add_customers() = Tell(measure, found->second);
    }
  }
  return absl::OkStatus();
}

}  // namespace attune
