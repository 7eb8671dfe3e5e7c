// What each question of a form tells, gathered from evaluations.

#ifndef ATTUNE_ENGINE_REPORT_FORM_HEALTH_H_
#define ATTUNE_ENGINE_REPORT_FORM_HEALTH_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form_health.pb.h"
#include "engine/report/rater_pairs.h"
#include "engine/stats/pearson.h"

namespace attune {

// Whole numbers alone, so that neither order nor threads change a figure.
class FormHealthTally {
 public:
  // `scored_twice`: names of the contacts on which raters can be compared; it
  // must outlive this.
  explicit FormHealthTally(const absl::flat_hash_set<std::string>& scored_twice)
      : scored_twice_(scored_twice) {}

  void Add(const v1::Evaluation& evaluation);
  void Merge(const FormHealthTally& other);

  // Figures without contests and findings.  Questions in the order of `form`,
  // then by id those that it lacks.
  v1::FormHealth Result(const v1::Form& form) const;

 private:
  struct Question {
    std::string section_id;
    int64_t evaluations = 0;  // whose revision has it
    int64_t hidden = 0;
    int64_t na = 0;
    int64_t scored = 0;
    int64_t passed = 0;
    int64_t percent = 0;  // of its points, hundredths, where scored
    int64_t share = 0;    // of the total, ten-thousandths, where scored
    int64_t lost = 0;     // likewise
    PearsonSums rest;     // its percent against the rest of the form
  };

  void AddQuestion(const v1::QuestionScore& score, int64_t total);
  v1::QuestionHealth Tell(const std::string& question_id,
                          const Question& question) const;

  const absl::flat_hash_set<std::string>& scored_twice_;
  int64_t evaluations_ = 0;
  absl::flat_hash_map<std::string, Question> questions_;
  RaterPairs pairs_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_FORM_HEALTH_H_
