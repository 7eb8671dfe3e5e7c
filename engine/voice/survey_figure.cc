#include "engine/voice/survey_figure.h"

#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/stats/comparison.h"
#include "engine/stats/distributions.h"
#include "engine/stats/holm.h"

namespace attune {
namespace {

// Under so many answers a value says more about chance than about anybody.
constexpr int64_t kFewest = 5;
constexpr double kSignificant = 0.05;
constexpr double kFull = 100;

bool IsMean(v1::SurveyMeasure measure) {
  return measure == v1::SURVEY_MEASURE_CSAT ||
         measure == v1::SURVEY_MEASURE_PARTNER_RATING;
}

const Sums& SumsOf(v1::SurveyMeasure measure, const SurveyTally& tally) {
  return measure == v1::SURVEY_MEASURE_CSAT ? tally.csat : tally.partner_rating;
}

const ShareCounts& SharesOf(v1::SurveyMeasure measure,
                            const SurveyTally& tally) {
  if (measure == v1::SURVEY_MEASURE_WOULD_HIRE) return tally.would_hire;
  if (measure == v1::SURVEY_MEASURE_DID_REFER) return tally.did_refer;
  return tally.would_recommend;
}

int64_t AnswersTo(v1::SurveyMeasure measure, const SurveyTally& tally) {
  if (measure == v1::SURVEY_MEASURE_NPS) return tally.nps.n();
  if (IsMean(measure)) return SumsOf(measure, tally).n;
  return SharesOf(measure, tally).n();
}

GroupMean MeanOfSums(const Sums& sums) {
  GroupMean group;
  group.n = sums.n;
  if (sums.n == 0) return group;
  const auto n = static_cast<double>(sums.n);
  group.mean = static_cast<double>(sums.sum) / n;
  // The difference is exact: at a million answers of 10 its terms are 1e14.
  group.squares =
      static_cast<double>(sums.n * sums.sum_squares - sums.sum * sums.sum) / n;
  return group;
}

void SetInterval(const Interval& interval, v1::SurveyFigure& figure) {
  figure.set_low(interval.low);
  figure.set_high(interval.high);
}

void SetMean(v1::SurveyMeasure measure, const Sums& sums,
             v1::SurveyFigure& figure) {
  const GroupMean group = MeanOfSums(sums);
  figure.set_value(group.mean);
  if (group.squares <= 0) {
    figure.set_reason(std::string(ReasonWord(Reason::kNoVariation)));
    return;
  }
  const auto n = static_cast<double>(group.n);
  const double margin =
      StudentMargin(n - 1) * std::sqrt(group.squares / (n - 1) / n);
  figure.set_margin(margin);
  const Interval scale =
      measure == v1::SURVEY_MEASURE_CSAT ? Interval{1, 5} : Interval{0, 10};
  SetInterval(Clipped({group.mean - margin, group.mean + margin}, scale.low,
                      scale.high),
              figure);
}

void SetNps(const NpsCounts& counts, v1::SurveyFigure& figure) {
  const Nps nps = NpsOf(counts);
  if (nps.nps.value) figure.set_value(*nps.nps.value);
  if (!nps.adjusted) return;
  figure.set_margin(nps.adjusted->margin);
  SetInterval(nps.adjusted->interval, figure);
}

void SetShare(const ShareCounts& counts, v1::SurveyFigure& figure) {
  const Share share = ShareOf(counts);
  if (share.percent.value) figure.set_value(*share.percent.value);
  if (share.margin) figure.set_margin(*share.margin);
  if (share.interval) SetInterval(*share.interval, figure);
}

// A test of two groups, whatever the measure.
struct Test {
  Reason reason = Reason::kNone;
  std::optional<double> p;
  std::optional<Interval> interval;
};

Test TestOf(v1::SurveyMeasure measure, const SurveyTally& before,
            const SurveyTally& now) {
  if (measure == v1::SURVEY_MEASURE_NPS) {
    const NpsDifference test =
        NpsDifferenceOf(before.nps, now.nps, NpsMethod::kAdjusted);
    return {test.p ? Reason::kNone : Reason::kNoVariation, test.p,
            test.interval};
  }
  if (IsMean(measure)) {
    const IndependentChange test = CompareGroups(
        MeanOfSums(SumsOf(measure, before)), MeanOfSums(SumsOf(measure, now)));
    if (!test.welch) return {test.reason, std::nullopt, std::nullopt};
    return {Reason::kNone, test.welch->p, test.welch->interval};
  }
  const ShareDifference test =
      ShareDifferenceOf(SharesOf(measure, before), SharesOf(measure, now));
  return {Reason::kNone, test.p, test.interval};
}

std::string Amount(v1::SurveyMeasure measure, double value) {
  return absl::StrFormat(IsMean(measure) ? "%+.2f" : "%+.1f", value);
}

std::string SentenceOf(v1::SurveyMeasure measure, int64_t n,
                       const v1::SurveyChange& change) {
  const std::string title = TitleOf(measure);
  if (change.reason() == ReasonWord(Reason::kNoVariation)) {
    return absl::StrCat(title,
                        ": everybody gives the same answer, so there is "
                        "nothing to test.");
  }
  if (!change.reason().empty()) {
    return absl::StrCat(title, ": too few answers to tell (",
                        change.before().n(), " before, ", n, " now).");
  }
  const std::string figures = absl::StrCat(
      Amount(measure, change.change()), " (95 % interval ",
      Amount(measure, change.low()), " to ", Amount(measure, change.high()),
      absl::StrFormat(", p %.4f", change.p_adjusted()), ").");
  if (!change.significant()) {
    return absl::StrCat(title, ": no change that chance would not explain, ",
                        figures);
  }
  return absl::StrCat(title,
                      change.change() > 0 ? " rose: " : " fell: ", figures);
}

// Sets what follows from p_adjusted.
void Conclude(v1::SurveyMeasure measure, int64_t n, v1::SurveyChange& change) {
  change.set_significant(change.has_p_adjusted() &&
                         change.p_adjusted() < kSignificant);
  change.set_sentence(SentenceOf(measure, n, change));
}

}  // namespace

std::string TitleOf(v1::SurveyMeasure measure) {
  switch (measure) {
    case v1::SURVEY_MEASURE_CSAT:
      return "CSAT";
    case v1::SURVEY_MEASURE_WOULD_HIRE:
      return "Would hire the agent";
    case v1::SURVEY_MEASURE_WOULD_RECOMMEND:
      return "Would recommend";
    case v1::SURVEY_MEASURE_DID_REFER:
      return "Did refer somebody";
    case v1::SURVEY_MEASURE_PARTNER_RATING:
      return "Partner rating";
    default:
      return "NPS";
  }
}

v1::SurveyFigure FigureOf(v1::SurveyMeasure measure, const SurveyTally& tally) {
  v1::SurveyFigure figure;
  figure.set_responses(tally.responses);
  figure.set_answered(tally.answered);
  if (tally.responses > 0) {
    figure.set_response_rate(kFull * static_cast<double>(tally.answered) /
                             static_cast<double>(tally.responses));
  }
  const int64_t n = AnswersTo(measure, tally);
  figure.set_n(n);
  figure.set_blank(tally.answered - n);
  const bool is_nps = measure == v1::SURVEY_MEASURE_NPS;
  if (is_nps) {
    figure.set_promoters(tally.nps.promoters);
    figure.set_passives(tally.nps.passives);
    figure.set_detractors(tally.nps.detractors);
  } else if (!IsMean(measure)) {
    figure.set_yes(SharesOf(measure, tally).yes);
    figure.set_no(SharesOf(measure, tally).no);
  }
  if (n < kFewest) {
    figure.set_reason(
        std::string(ReasonWord(n == 0 ? Reason::kNoData : Reason::kTooFew)));
  } else if (is_nps) {
    SetNps(tally.nps, figure);
  } else if (IsMean(measure)) {
    SetMean(measure, SumsOf(measure, tally), figure);
  } else {
    SetShare(SharesOf(measure, tally), figure);
  }
  return figure;
}

v1::SurveyChange ChangeOf(v1::SurveyMeasure measure, const SurveyTally& before,
                          const SurveyTally& now) {
  v1::SurveyChange change;
  const v1::SurveyFigure figure = FigureOf(measure, now);
  *change.mutable_before() = FigureOf(measure, before);
  if (!figure.has_value() || !change.before().has_value()) {
    const bool nothing = figure.n() == 0 && change.before().n() == 0;
    change.set_reason(
        std::string(ReasonWord(nothing ? Reason::kNoData : Reason::kTooFew)));
  } else {
    change.set_change(figure.value() - change.before().value());
    const Test test = TestOf(measure, before, now);
    change.set_reason(std::string(ReasonWord(test.reason)));
    if (test.interval) {
      change.set_low(test.interval->low);
      change.set_high(test.interval->high);
    }
    if (test.p) {
      change.set_p(*test.p);
      change.set_p_adjusted(*test.p);
    }
  }
  Conclude(measure, figure.n(), change);
  return change;
}

void AdjustTogether(v1::SurveyMeasure measure,
                    const std::vector<v1::SurveyChange*>& changes) {
  std::vector<v1::SurveyChange*> tested;
  std::vector<double> p_values;
  for (v1::SurveyChange* change : changes) {
    if (!change->has_p()) continue;
    tested.push_back(change);
    p_values.push_back(change->p());
  }
  const std::vector<double> adjusted = HolmAdjusted(p_values);
  for (size_t i = 0; i < tested.size(); ++i) {
    tested[i]->set_p_adjusted(adjusted[i]);
    // A change with a test needs no count of answers in words.
    Conclude(measure, 0, *tested[i]);
  }
}

}  // namespace attune
