// A score as people read it: where every point of the total went.

#ifndef ATTUNE_TOOLS_ATTUNE_SCORE_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_SCORE_VIEW_H_

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form.pb.h"
#include "attune/v1/score.pb.h"
#include "tools/attune/output.h"

namespace attune {

using AnswerList = google::protobuf::RepeatedPtrField<v1::Answer>;

struct ScoreLook {
  int width = 80;
  bool color = false;
};

// Total, critical failures, sections, questions with answers, comments and
// evidence, largest losses.  Questions and choices are told by the form's
// words where it has them.
std::string ScoreText(const v1::Form& form, const AnswerList& answers,
                      const v1::Score& score, const ScoreLook& look);

// `62.50 of 100, band Good`; `no score (nothing applies)`; `so far 71.43, 3
// questions to go`.
std::string TotalText(const v1::Score& score);

// A row for each question, for CSV.
const std::vector<Column<v1::QuestionScore>>& QuestionScoreColumns();

// `Yes`, `2 tries; 3 tries`, `4`, `n/a`, or empty without an answer.
std::string AnswerText(const v1::Question* question, const v1::Answer* answer);

const v1::Question* FindQuestion(const v1::Form& form,
                                 const std::string& question_id);
const v1::Answer* FindAnswer(const AnswerList& answers,
                             const std::string& question_id);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SCORE_VIEW_H_
