#include "engine/report/rater_pairs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/ratings.h"

namespace attune {
namespace {

constexpr int64_t kFewestContacts = 10;  // for kappa

double Rounded(double value, double places) {
  return std::round(value * places) / places;
}

}  // namespace

std::string AnswerKey(const v1::Answer& answer,
                      const v1::QuestionScore& score) {
  if (score.state() != v1::QuestionScore::STATE_SCORED) return "";
  if (!answer.choice_id().empty()) return answer.choice_id();
  if (answer.has_number()) return absl::StrCat(score.points_earned());
  std::vector<std::string> choices(answer.choice_ids().begin(),
                                   answer.choice_ids().end());
  std::sort(choices.begin(), choices.end());
  // Choice ids have no commas; none chosen is an answer too.
  return absl::StrCat(",", absl::StrJoin(choices, ","));
}

void RaterPairs::Add(const v1::Evaluation& evaluation) {
  ++raters_[evaluation.contact()];
  absl::flat_hash_map<std::string, const v1::Answer*> by_question;
  for (const v1::Answer& answer : evaluation.answers()) {
    by_question[answer.question_id()] = &answer;
  }
  for (const v1::QuestionScore& score : evaluation.score().questions()) {
    const auto found = by_question.find(score.question_id());
    if (found == by_question.end()) continue;
    const std::string key = AnswerKey(*found->second, score);
    if (key.empty()) continue;
    ++answers_[score.question_id()][evaluation.contact()][key];
  }
}

void RaterPairs::Merge(const RaterPairs& other) {
  for (const auto& [contact, n] : other.raters_) raters_[contact] += n;
  for (const auto& [question, contacts] : other.answers_) {
    for (const auto& [contact, counts] : contacts) {
      Counts& own = answers_[question][contact];
      for (const auto& [key, n] : counts) own[key] += n;
    }
  }
}

int64_t RaterPairs::contacts() const {
  return std::count_if(raters_.begin(), raters_.end(),
                       [](const auto& entry) { return entry.second > 1; });
}

v1::RaterAgreement RaterPairs::AgreementOn(
    const std::string& question_id) const {
  // Sorted, so that sums of fractions always come in the same order.
  std::map<std::string, const Counts*> units;
  std::map<std::string, size_t> categories;
  if (const auto found = answers_.find(question_id); found != answers_.end()) {
    for (const auto& [contact, counts] : found->second) {
      units[contact] = &counts;
      for (const auto& [key, n] : counts) {
        categories.emplace(key, categories.size());
      }
    }
  }
  CategoryCounts table(units.size(), categories.size());
  v1::RaterAgreement told;
  size_t unit = 0;
  int64_t pairs = 0;
  for (const auto& [contact, counts] : units) {
    for (const auto& [key, n] : *counts) {
      table.Add(unit, categories.at(key), n);
    }
    const int64_t raters = table.Of(unit++);
    pairs += raters * (raters - 1) / 2;
  }
  const FleissKappa fleiss = FleissKappaOf(table);
  told.set_contacts(fleiss.units_paired);
  told.set_pairs(pairs);
  if (fleiss.pa) told.set_agreement_percent(Rounded(*fleiss.pa * 100, 100));
  Figure kappa = fleiss.kappa;
  if (kappa.value && fleiss.units_paired < kFewestContacts) {
    kappa = Figure::Undefined(Reason::kTooFew);
  }
  if (kappa.value) told.set_kappa(Rounded(*kappa.value, 10'000));
  told.set_reason(std::string(ReasonWord(kappa.reason)));
  return told;
}

}  // namespace attune
