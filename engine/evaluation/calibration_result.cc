#include "engine/evaluation/calibration_result.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "engine/stats/figure.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/icc.h"
#include "engine/stats/krippendorff_alpha.h"
#include "engine/stats/percent_agreement.h"
#include "engine/stats/ratings.h"

namespace attune {
namespace {

constexpr int64_t kDraws = 1000;
// Nobody is measured against themselves.
constexpr char kIsReference[] = "reference";

using Number = std::function<std::optional<double>(const v1::Evaluation&)>;

v1::CalibrationFigure FigureOf(const Figure& figure, int64_t n,
                               const std::optional<Interval>& interval = {}) {
  v1::CalibrationFigure result;
  result.set_n(n);
  if (!figure.value) {
    result.set_reason(std::string(ReasonWord(figure.reason)));
    return result;
  }
  result.set_value(*figure.value);
  if (interval) {
    result.set_low(interval->low);
    result.set_high(interval->high);
  }
  return result;
}

// Who rated what: contacts by the raters who submitted anything, both in the
// session's order.
class Sheet {
 public:
  Sheet(const v1::Calibration& calibration,
        absl::Span<const v1::Evaluation> submitted)
      : calibration_(calibration) {
    for (const v1::Evaluation& evaluation : submitted) {
      cells_[{evaluation.contact(), evaluation.rater()}] = &evaluation;
    }
    for (const std::string& rater : calibration.raters()) {
      const bool rated = std::any_of(
          submitted.begin(), submitted.end(),
          [&](const v1::Evaluation& one) { return one.rater() == rater; });
      (rated ? raters_ : absent_).push_back(rater);
    }
  }

  const std::vector<std::string>& raters() const { return raters_; }
  const std::vector<std::string>& absent() const { return absent_; }

  // Calls `see` for every rating, by contact and rater.
  void ForEach(const std::function<void(size_t contact, size_t rater,
                                        const v1::Evaluation&)>& see) const {
    for (int contact = 0; contact < calibration_.contacts_size(); ++contact) {
      for (size_t rater = 0; rater < raters_.size(); ++rater) {
        const auto found =
            cells_.find({calibration_.contacts(contact), raters_[rater]});
        if (found == cells_.end()) continue;
        see(static_cast<size_t>(contact), rater, *found->second);
      }
    }
  }

  Ratings Rated(const Number& number) const {
    Ratings ratings(static_cast<size_t>(calibration_.contacts_size()),
                    raters_.size());
    ForEach([&](size_t contact, size_t rater, const v1::Evaluation& one) {
      if (const auto value = number(one)) ratings.Set(contact, rater, *value);
    });
    return ratings;
  }

  // Where the reference rater stands; nothing if there is none, or if they
  // submitted nothing.
  std::optional<size_t> reference() const {
    const auto found = std::find(raters_.begin(), raters_.end(),
                                 calibration_.reference_rater());
    if (found == raters_.end()) return std::nullopt;
    return static_cast<size_t>(found - raters_.begin());
  }
  bool has_reference() const { return !calibration_.reference_rater().empty(); }

 private:
  const v1::Calibration& calibration_;
  std::map<std::pair<std::string, std::string>, const v1::Evaluation*> cells_;
  std::vector<std::string> raters_;
  std::vector<std::string> absent_;
};

v1::CalibrationFigure AlphaFigure(const Ratings& ratings, Level level,
                                  uint32_t seed) {
  const KrippendorffAlpha alpha = AlphaOf(ratings, level);
  return FigureOf(alpha.alpha, alpha.units,
                  AlphaIntervalOf(ratings, level, kDraws, seed).interval);
}

// Kappa is `not_scorable` without `categories`: there is no list of them.
v1::NominalAgreement NominalOf(const Ratings& ratings,
                               const std::vector<double>& categories,
                               uint32_t seed) {
  v1::NominalAgreement result;
  result.set_ratings(ratings.count());
  const PercentAgreement share = PairwiseAgreement(ratings, 0);
  *result.mutable_percent_agreement() = FigureOf(share.share, share.units);
  if (categories.empty()) {
    *result.mutable_fleiss_kappa() =
        FigureOf(Figure::Undefined(Reason::kNotScorable), share.units);
  } else {
    const FleissKappa kappa =
        FleissKappaOf(CategoryCounts::From(ratings, categories));
    *result.mutable_fleiss_kappa() = FigureOf(kappa.kappa, kappa.units_paired);
  }
  *result.mutable_krippendorff_alpha() =
      AlphaFigure(ratings, Level::kNominal, seed);
  return result;
}

v1::IntervalAgreement IntervalOf(const Ratings& ratings, uint32_t seed) {
  v1::IntervalAgreement result;
  result.set_ratings(ratings.count());
  *result.mutable_krippendorff_alpha() =
      AlphaFigure(ratings, Level::kInterval, seed);
  const Icc icc = IccOf(ratings);
  result.set_icc_dropped(icc.dropped);
  const IccPair& pair = icc.agreement;
  *result.mutable_icc_single() =
      FigureOf(pair.single.value, icc.targets, pair.single.interval);
  *result.mutable_icc_average() =
      FigureOf(pair.average.value, icc.targets, pair.average.interval);
  return result;
}

// What `rater` is measured against on one contact.
std::optional<double> MeasureOf(const Ratings& ratings, size_t contact,
                                size_t rater, const Sheet& sheet) {
  if (sheet.has_reference()) {
    const auto reference = sheet.reference();
    return reference ? ratings.Get(contact, *reference) : std::nullopt;
  }
  double sum = 0;
  int64_t others = 0;
  for (size_t other = 0; other < ratings.raters(); ++other) {
    const auto value = ratings.Get(contact, other);
    if (other == rater || !value) continue;
    sum += *value;
    ++others;
  }
  if (others == 0) return std::nullopt;
  return sum / static_cast<double>(others);
}

v1::RaterDistance DistanceOf(const Ratings& ratings, size_t rater,
                             const Sheet& sheet) {
  v1::RaterDistance result;
  result.set_rater(sheet.raters()[rater]);
  double sum = 0;
  double away = 0;
  double size = 0;
  int64_t n = 0;
  int64_t measured = 0;
  for (size_t contact = 0; contact < ratings.units(); ++contact) {
    const auto own = ratings.Get(contact, rater);
    if (!own) continue;
    sum += *own;
    ++n;
    const auto measure = MeasureOf(ratings, contact, rater, sheet);
    if (!measure) continue;
    away += *own - *measure;
    size += std::abs(*own - *measure);
    ++measured;
  }
  result.set_ratings(n);
  if (n > 0) result.set_mean(sum / static_cast<double>(n));
  if (sheet.has_reference() && sheet.reference() == rater) {
    result.mutable_signed_distance()->set_reason(kIsReference);
    result.mutable_absolute_distance()->set_reason(kIsReference);
    return result;
  }
  const Reason reason = n == 0 ? Reason::kNoData
                        : sheet.raters().size() == 1
                            ? Reason::kOneRater
                            : Reason::kNoPairableValues;
  const auto count = static_cast<double>(measured);
  *result.mutable_signed_distance() =
      FigureOf(Quotient(away, count, reason), measured);
  *result.mutable_absolute_distance() =
      FigureOf(Quotient(size, count, reason), measured);
  return result;
}

template <typename Distances>
void AddDistances(const Ratings& ratings, const Sheet& sheet,
                  Distances& distances) {
  for (size_t rater = 0; rater < sheet.raters().size(); ++rater) {
    *distances.Add() = DistanceOf(ratings, rater, sheet);
  }
}

const v1::Answer* FindAnswer(const v1::Evaluation& evaluation,
                             const std::string& question_id) {
  for (const v1::Answer& answer : evaluation.answers()) {
    if (answer.question_id() == question_id) return &answer;
  }
  return nullptr;
}

// One question of the form, and what of its answers is compared.
class QuestionView {
 public:
  QuestionView(const CompiledForm& form, int index)
      : form_(form), index_(index), id_(form.question(index).question_id()) {}

  bool is_compared() const {
    switch (type()) {
      case v1::Question::SINGLE_CHOICE:
      case v1::Question::MULTI_CHOICE:
        return true;
      case v1::Question::NUMBER:
        return !form_.question(index_).ranges().empty();
      default:
        return false;
    }
  }

  // Every category that the form offers; empty where it does not list them.
  std::vector<double> Categories() const {
    const v1::Question& question = form_.question(index_);
    int count = 0;
    if (type() == v1::Question::SINGLE_CHOICE) count = question.choices_size();
    if (type() == v1::Question::NUMBER) count = question.ranges_size();
    std::vector<double> categories(static_cast<size_t>(count));
    std::iota(categories.begin(), categories.end(), 0.0);
    return categories;
  }

  // A number for the category; sets of choices are numbered as they come.
  std::optional<double> Category(const v1::Evaluation& evaluation) {
    const v1::Answer* answer = FindAnswer(evaluation, id_);
    if (answer == nullptr || answer->na()) return std::nullopt;
    std::optional<int> found;
    if (type() == v1::Question::SINGLE_CHOICE) {
      found = form_.FindChoice(index_, answer->choice_id());
    } else if (type() == v1::Question::NUMBER) {
      found = form_.FindRange(index_, answer->number());
    } else {
      std::vector<std::string> choices(answer->choice_ids().begin(),
                                       answer->choice_ids().end());
      std::sort(choices.begin(), choices.end());
      found = sets_
                  .emplace(absl::StrJoin(choices, ","),
                           static_cast<int>(sets_.size()))
                  .first->second;
    }
    return found ? std::optional<double>(*found) : std::nullopt;
  }

  // Nothing where it is hidden; 1 if it was answered, 0 if it does not apply.
  std::optional<double> Applies(const v1::Evaluation& evaluation) const {
    const v1::Answer* answer = FindAnswer(evaluation, id_);
    if (answer == nullptr) return std::nullopt;
    return answer->na() ? 0 : 1;
  }

  std::optional<double> Points(const v1::Evaluation& evaluation) const {
    for (const v1::QuestionScore& score : evaluation.score().questions()) {
      if (score.question_id() != id_) continue;
      if (score.state() != v1::QuestionScore::STATE_SCORED) break;
      return score.points_earned();
    }
    return std::nullopt;
  }

 private:
  v1::Question::Type type() const { return form_.question(index_).type(); }

  const CompiledForm& form_;
  const int index_;
  const std::string id_;
  std::map<std::string, int> sets_;
};

v1::CalibrationQuestion QuestionResult(const Sheet& sheet,
                                       const CompiledForm& form, int index,
                                       uint32_t seed) {
  QuestionView view(form, index);
  const v1::Question& question = form.question(index);
  const CompiledForm::Question& compiled =
      form.questions()[static_cast<size_t>(index)];
  v1::CalibrationQuestion result;
  result.set_question_id(question.question_id());
  result.set_section_id(form.section(compiled.section).section_id());
  result.set_text(question.text());
  *result.mutable_answers() = NominalOf(
      sheet.Rated([&](const auto& one) { return view.Category(one); }),
      view.Categories(), seed);
  const Ratings points =
      sheet.Rated([&](const auto& one) { return view.Points(one); });
  *result.mutable_points() = IntervalOf(points, seed);
  if (compiled.na_allowed) {
    *result.mutable_applicability() = NominalOf(
        sheet.Rated([&](const auto& one) { return view.Applies(one); }), {0, 1},
        seed);
  }
  AddDistances(points, sheet, *result.mutable_distances());
  return result;
}

v1::CalibrationFigure MeanKappa(const v1::CalibrationResult& result) {
  double sum = 0;
  int64_t n = 0;
  for (const v1::CalibrationQuestion& question : result.questions()) {
    const v1::CalibrationFigure& kappa = question.answers().fleiss_kappa();
    if (!kappa.has_value()) continue;
    sum += kappa.value();
    ++n;
  }
  return FigureOf(Quotient(sum, static_cast<double>(n), Reason::kNoData), n);
}

}  // namespace

v1::CalibrationResult CalibrationResultOf(
    const v1::Calibration& calibration, const CompiledForm& form,
    absl::Span<const v1::Evaluation> submitted, int64_t unsubmitted) {
  const Sheet sheet(calibration, submitted);
  const uint32_t seed = calibration.seed();
  v1::CalibrationResult result;
  result.set_calibration(calibration.name());
  result.set_ratings(static_cast<int64_t>(submitted.size()));
  result.set_unsubmitted(unsubmitted);
  for (const std::string& rater : sheet.absent()) {
    result.add_absent_raters(rater);
  }
  result.set_tolerance(calibration.tolerance());
  result.set_seed(seed);
  const Ratings totals =
      sheet.Rated([](const v1::Evaluation& one) -> std::optional<double> {
        if (!one.score().has_percent()) return std::nullopt;
        return one.score().percent();
      });
  const PercentAgreement within =
      PairwiseAgreement(totals, calibration.tolerance());
  *result.mutable_percent_agreement() = FigureOf(within.share, within.units);
  *result.mutable_totals() = IntervalOf(totals, seed);
  AddDistances(totals, sheet, *result.mutable_distances());
  for (int index = 0; index < form.question_count(); ++index) {
    if (!QuestionView(form, index).is_compared()) continue;
    *result.add_questions() = QuestionResult(sheet, form, index, seed);
  }
  *result.mutable_mean_question_kappa() = MeanKappa(result);
  sheet.ForEach([&](size_t, size_t, const v1::Evaluation& one) {
    v1::CalibrationRating& rating = *result.add_all_ratings();
    rating.set_contact(one.contact());
    rating.set_rater(one.rater());
    rating.set_evaluation(one.name());
    if (one.score().has_percent()) rating.set_percent(one.score().percent());
  });
  return result;
}

}  // namespace attune
