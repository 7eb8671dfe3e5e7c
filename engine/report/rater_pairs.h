// Raters who scored the same contacts, question by question.

#ifndef ATTUNE_ENGINE_REPORT_RATER_PAIRS_H_
#define ATTUNE_ENGINE_REPORT_RATER_PAIRS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form_health.pb.h"

namespace attune {

// What a rater said, in a form that only equal answers share; empty for N/A, a
// hidden question, and what is not scored.
std::string AnswerKey(const v1::Answer& answer, const v1::QuestionScore& score);

class RaterPairs {
 public:
  // As the rater scored it, before any ruling.
  void Add(const v1::Evaluation& evaluation);
  void Merge(const RaterPairs& other);

  // Contacts with two raters or more.
  int64_t contacts() const;
  v1::RaterAgreement AgreementOn(const std::string& question_id) const;

 private:
  using Counts = std::map<std::string, int64_t>;  // by answer

  absl::flat_hash_map<std::string, int64_t> raters_;  // by contact
  // By question, then contact.
  absl::flat_hash_map<std::string, absl::flat_hash_map<std::string, Counts>>
      answers_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_RATER_PAIRS_H_
