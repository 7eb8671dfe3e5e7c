#include "engine/report/rater_drift.h"

#include <cmath>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/stats/distributions.h"

namespace attune {
namespace {

// What one month adds up to.
struct MonthSums {
  int64_t own = 0;
  int64_t others = 0;
  double own_sum = 0;     // of score - fair mean of the agent
  double others_sum = 0;  // of score - fair mean - severity of the rater
};

std::string MonthOf(int64_t day) { return FormatDay(day).substr(0, 7); }

std::map<std::string, MonthSums> SumMonths(const SeverityModel& model,
                                           const LinkedScores& part,
                                           size_t rater) {
  std::map<std::string, MonthSums> months;
  for (const RatedScore& score : model.scores()) {
    const auto agent = part.FindAgent(score.agent);
    const auto by = part.FindRater(score.rater);
    if (score.auto_failed || !agent || !by) continue;
    MonthSums& month = months[MonthOf(score.day)];
    const double left =
        score.percent() - part.fit.agents[*agent].fair.value_or(0);
    if (*by == rater) {
      ++month.own;
      month.own_sum += left;
    } else {
      ++month.others;
      month.others_sum += left - part.fit.raters[*by].severity.value_or(0);
    }
  }
  return months;
}

v1::MonthSeverity MonthSeverityOf(const LinkedScores& part,
                                  const std::string& name,
                                  const MonthSums& sums) {
  v1::MonthSeverity month;
  month.set_month(name);
  month.set_n(sums.own);
  month.set_others(sums.others);
  if (!part.adjusts()) {
    month.set_reason(std::string(ReasonWord(part.reason)));
    return month;
  }
  if (sums.own < kFewestInMonth || sums.others < kFewestInMonth) {
    month.set_reason(std::string(ReasonWord(Reason::kTooFew)));
    return month;
  }
  const auto n = static_cast<double>(sums.own);
  const auto m = static_cast<double>(sums.others);
  const double severity = sums.own_sum / n - sums.others_sum / m;
  const double margin =
      NormalMargin() * std::sqrt(part.fit.sigma2.value_or(0) * (1 / n + 1 / m));
  month.set_severity(severity);
  month.set_low(severity - margin);
  month.set_high(severity + margin);
  return month;
}

std::string Sentence(const v1::RaterDrift& drift, const std::string& first,
                     const std::string& last) {
  if (!drift.has_change()) {
    return absl::StrCat("Fewer than two months can be told: a month takes ",
                        kFewestInMonth, " scores of the rater and ",
                        kFewestInMonth, " of others.");
  }
  const bool chance = drift.change_low() <= 0 && drift.change_high() >= 0;
  return absl::StrFormat("From %s to %s it moved by %.1f points towards %s%s.",
                         first, last, std::abs(drift.change()),
                         drift.change() >= 0 ? "lenient" : "harsh",
                         chance ? ", which may be chance" : "");
}

}  // namespace

v1::RaterDrift RaterDriftOf(const SeverityModel& model,
                            absl::string_view rater) {
  v1::RaterDrift drift;
  drift.set_rater(PersonName(rater));
  const LinkedScores* part = model.PartOf(rater);
  if (part == nullptr) {
    drift.set_reason(std::string(ReasonWord(Reason::kNoData)));
    drift.set_sentence("This rater has no scores here.");
    return drift;
  }
  const size_t place = *part->FindRater(rater);
  *drift.mutable_overall() = RaterSeverityOf(*part, place);
  drift.set_reason(std::string(ReasonWord(part->reason)));
  std::optional<v1::MonthSeverity> first;
  std::optional<v1::MonthSeverity> last;
  for (const auto& [name, sums] : SumMonths(model, *part, place)) {
    if (sums.own == 0) continue;
    v1::MonthSeverity& month = *drift.add_months();
    month = MonthSeverityOf(*part, name, sums);
    if (!month.has_severity()) continue;
    (first ? last : first) = month;
  }
  if (!first || !last) {
    drift.set_sentence(Sentence(drift, "", ""));
    return drift;
  }
  const double change = last->severity() - first->severity();
  // Half the width of an interval is in proportion to its standard error.
  const double margin = std::hypot(last->high() - last->severity(),
                                   first->high() - first->severity());
  drift.set_change(change);
  drift.set_change_low(change - margin);
  drift.set_change_high(change + margin);
  drift.set_sentence(Sentence(drift, first->month(), last->month()));
  return drift;
}

}  // namespace attune
