#include "engine/report/form_health.h"

#include <cmath>
#include <utility>

#include "engine/evaluation/standing.h"
#include "engine/form/form_rules.h"
#include "engine/stats/mean.h"

namespace attune {
namespace {

constexpr int64_t kWhole = 1'000'000;  // ten-thousandths of a percent
constexpr int64_t kFewestForCorrelation = 20;

int64_t TenThousandths(double percent) {
  return std::llround(percent * 10'000);
}

// part / whole in percent, half up at two places; whole > 0.
double PercentOf(int64_t part, int64_t whole) {
  return RoundedMean(part * 10'000, whole);
}

// Mean of n values in ten-thousandths, half up at two places.
double MeanOfFine(int64_t sum, int64_t n) { return RoundedMean(sum, n * 100); }

v1::Discrimination Tell(const PearsonSums& sums) {
  v1::Discrimination told;
  told.set_n(sums.n);
  Figure r = PearsonOf(sums);
  if (sums.n > 0 && sums.n < kFewestForCorrelation) {
    r = Figure::Undefined(Reason::kTooFew);
  }
  if (r.value) told.set_correlation(std::round(*r.value * 10'000) / 10'000);
  told.set_reason(std::string(ReasonWord(r.reason)));
  return told;
}

}  // namespace

void FormHealthTally::Add(const v1::Evaluation& evaluation) {
  ++evaluations_;
  const v1::Score& score = EffectiveScore(evaluation);
  int64_t total = 0;  // what the questions earned of it
  for (const v1::QuestionScore& question : score.questions()) {
    total += TenThousandths(question.effective_share()) -
             TenThousandths(question.lost());
  }
  for (const v1::QuestionScore& question : score.questions()) {
    if (question.state() != v1::QuestionScore::STATE_UNSCORED) {
      AddQuestion(question, total);
    }
  }
  if (scored_twice_.contains(evaluation.contact())) pairs_.Add(evaluation);
}

void FormHealthTally::AddQuestion(const v1::QuestionScore& score,
                                  int64_t total) {
  Question& question = questions_[score.question_id()];
  question.section_id = score.section_id();
  ++question.evaluations;
  switch (score.state()) {
    case v1::QuestionScore::STATE_HIDDEN:
      ++question.hidden;
      return;
    case v1::QuestionScore::STATE_NA:
    case v1::QuestionScore::STATE_NA_FULL_CREDIT:
      ++question.na;
      return;
    case v1::QuestionScore::STATE_SCORED:
      break;
    default:
      return;
  }
  const double part = score.points_earned() / score.points_possible();
  const int64_t percent = std::llround(part * 10'000);
  const int64_t share = TenThousandths(score.effective_share());
  const int64_t lost = TenThousandths(score.lost());
  ++question.scored;
  question.passed += score.points_earned() == score.points_possible() ? 1 : 0;
  question.percent += percent;
  question.share += share;
  question.lost += lost;
  if (share >= kWhole) return;  // there is no rest
  const auto rest = static_cast<double>(total - (share - lost)) /
                    static_cast<double>(kWhole - share);
  question.rest.Add(percent, std::llround(rest * 10'000));
}

void FormHealthTally::Merge(const FormHealthTally& other) {
  evaluations_ += other.evaluations_;
  for (const auto& [id, question] : other.questions_) {
    Question& own = questions_[id];
    own.section_id = question.section_id;
    own.evaluations += question.evaluations;
    own.hidden += question.hidden;
    own.na += question.na;
    own.scored += question.scored;
    own.passed += question.passed;
    own.percent += question.percent;
    own.share += question.share;
    own.lost += question.lost;
    own.rest.Add(question.rest);
  }
  pairs_.Merge(other.pairs_);
}

v1::QuestionHealth FormHealthTally::Tell(const std::string& question_id,
                                         const Question& question) const {
  v1::QuestionHealth told;
  const int64_t asked = question.evaluations - question.hidden;
  told.set_question_id(question_id);
  told.set_section_id(question.section_id);
  told.set_asked(asked);
  told.set_scored(question.scored);
  if (question.scored > 0) {
    told.set_pass_percent(PercentOf(question.passed, question.scored));
    told.set_mean_percent(RoundedMean(question.percent, question.scored));
    told.set_share_percent(MeanOfFine(question.share, question.scored));
  }
  if (asked > 0) told.set_na_percent(PercentOf(question.na, asked));
  if (question.evaluations > 0) {
    told.set_hidden_percent(PercentOf(question.hidden, question.evaluations));
    told.set_lost(MeanOfFine(question.lost, question.evaluations));
  }
  *told.mutable_discrimination() = attune::Tell(question.rest);
  *told.mutable_agreement() = pairs_.AgreementOn(question_id);
  return told;
}

v1::FormHealth FormHealthTally::Result(const v1::Form& form) const {
  v1::FormHealth health;
  health.set_title(form.title());
  health.set_evaluations(evaluations_);
  health.set_contacts_scored_twice(pairs_.contacts());
  absl::flat_hash_set<std::string> told;
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& question : section.questions()) {
      const auto found = questions_.find(question.question_id());
      const bool known = found != questions_.end();
      if (!known && !IsScored(form, section, question)) continue;
      v1::QuestionHealth& line = *health.add_questions();
      line = Tell(question.question_id(), known ? found->second : Question{});
      line.set_section_id(section.section_id());
      line.set_text(question.text());
      told.insert(question.question_id());
    }
  }
  const std::map<std::string, Question> ordered(questions_.begin(),
                                                questions_.end());
  for (const auto& [id, question] : ordered) {
    if (told.contains(id)) continue;
    v1::QuestionHealth& line = *health.add_questions();
    line = Tell(id, question);
    line.set_retired(true);
  }
  return health;
}

}  // namespace attune
