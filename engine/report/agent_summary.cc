#include "engine/report/agent_summary.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/clock.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/stats/mean.h"
#include "engine/status_macros.h"

namespace attune {

v1::Average AverageOf(const Sums& sums) {
  const Mean mean = MeanOf(sums);
  v1::Average average;
  average.set_n(mean.n);
  if (mean.percent) average.set_percent(*mean.percent);
  if (mean.deviation) average.set_deviation(*mean.deviation);
  if (mean.low) average.set_low(*mean.low);
  if (mean.high) average.set_high(*mean.high);
  average.set_reason(std::string(mean.reason));
  return average;
}

namespace {

// Splits the days where the two halves are most nearly equal.
v1::Trend TrendOf(const std::map<int64_t, Sums>& days) {
  Sums all;
  for (const auto& [day, sums] : days) all.Add(sums);
  Sums earlier;
  Sums best;
  for (const auto& [day, sums] : days) {
    earlier.Add(sums);
    const auto imbalance = [&](const Sums& sums_before) {
      return std::abs(all.n - 2 * sums_before.n);
    };
    if (imbalance(earlier) < imbalance(best)) best = earlier;
  }
  const Sums later{all.n - best.n, all.sum - best.sum,
                   all.sum_squares - best.sum_squares};
  const Change change = ChangeOf(best, later);
  v1::Trend trend;
  *trend.mutable_earlier() = AverageOf(best);
  *trend.mutable_later() = AverageOf(later);
  if (change.change) trend.set_change(*change.change);
  if (change.low) trend.set_low(*change.low);
  if (change.high) trend.set_high(*change.high);
  trend.set_reason(std::string(change.reason));
  return trend;
}

void AddSections(absl::string_view form_id, const Tally& tally,
                 const FormLabel& label, v1::AgentSummary& summary) {
  for (const auto& [slot, sums] : tally.sections) {
    const auto known = label.sections.find(slot);
    if (known == label.sections.end()) continue;
    v1::SectionAverage& section = *summary.add_sections();
    section.set_form(FormName(form_id));
    section.set_section_id(known->second.section_id);
    section.set_title(known->second.title);
    section.set_value(known->second.value);
    *section.mutable_average() = AverageOf(sums.percent);
    if (tally.percent.n > 0) {
      section.set_weighted_loss(RoundedMean(sums.lost, tally.percent.n));
    }
    section.set_critical_failures(sums.critical);
  }
}

// The section that costs most, and why it is the one to begin with.
std::string FocusOf(const v1::AgentSummary& summary) {
  if (summary.sections().empty()) return "";
  const v1::SectionAverage& worst = summary.sections(0);
  if (worst.weighted_loss() <= 0) return "";
  return absl::StrFormat(
      "%s: an average evaluation loses %.2f points of the total there, at "
      "%.2f %% of the section (n = %d).",
      worst.title(), worst.weighted_loss(), worst.average().percent(),
      worst.average().n());
}

}  // namespace

absl::StatusOr<FormLabel> FindFormLabel(Transaction& tx,
                                        absl::string_view form_id) {
  FormLabel label;
  ASSIGN_OR_RETURN(label.sections, FindSectionLabels(tx, form_id));
  ASSIGN_OR_RETURN(const auto revision, FindNewestRevision(tx, form_id));
  if (revision && revision->form().has_floor_percent()) {
    label.floor_percent = revision->form().floor_percent();
  }
  return label;
}

void SummaryBuilder::Add(const RollupKey& key, const Tally& tally) {
  by_form_[key.form].Add(tally);
  if (tally.percent.n > 0) by_day_[key.day].Add(tally.percent);
}

void SummaryBuilder::Add(const SummaryBuilder& other) {
  for (const auto& [form, tally] : other.by_form_) by_form_[form].Add(tally);
  for (const auto& [day, sums] : other.by_day_) by_day_[day].Add(sums);
}

std::vector<std::string> SummaryBuilder::forms() const {
  std::vector<std::string> forms;
  for (const auto& [form, tally] : by_form_) forms.push_back(form);
  return forms;
}

v1::AgentSummary SummaryBuilder::Build(const FormLabels& labels) const {
  v1::AgentSummary summary;
  Tally all;
  std::optional<double> lowest_floor;
  for (const auto& [form, tally] : by_form_) {
    // Slots of different forms are different sections: only totals add up.
    Tally totals = tally;
    totals.sections.clear();
    all.Add(totals);
    const auto label = labels.find(form);
    if (label == labels.end()) continue;
    AddSections(form, tally, label->second, summary);
    const double floor = label->second.floor_percent.value_or(0);
    lowest_floor = std::min(lowest_floor.value_or(floor), floor);
  }
  std::stable_sort(summary.mutable_sections()->begin(),
                   summary.mutable_sections()->end(),
                   [](const auto& a, const auto& b) {
                     return a.weighted_loss() > b.weighted_loss();
                   });
  *summary.mutable_average() = AverageOf(all.percent);
  *summary.mutable_trend() = TrendOf(by_day_);
  summary.set_critical_evaluations(all.critical);
  for (size_t i = 0; i < all.critical_by_category.size(); ++i) {
    if (all.critical_by_category[i] == 0) continue;
    auto* count = summary.add_critical_counts();
    count->set_category(
        static_cast<v1::Critical::Category>(v1::Critical::CUSTOMER + i));
    count->set_evaluations(all.critical_by_category[i]);
  }
  summary.set_below_floor(summary.average().has_percent() &&
                          summary.average().percent() <
                              lowest_floor.value_or(0));
  summary.set_unacknowledged(all.percent.n + all.unscored - all.acknowledged);
  summary.set_focus(FocusOf(summary));
  return summary;
}

std::vector<v1::DayAverage> SummaryBuilder::Days() const {
  std::vector<v1::DayAverage> days;
  for (const auto& [day, sums] : by_day_) {
    v1::DayAverage average;
    average.set_day(FormatDay(day));
    average.set_n(sums.n);
    average.set_percent(RoundedMean(sums.sum, sums.n));
    days.push_back(std::move(average));
  }
  return days;
}

}  // namespace attune
