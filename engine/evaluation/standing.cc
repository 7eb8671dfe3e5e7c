#include "engine/evaluation/standing.h"

#include <set>
#include <string>

namespace attune {

bool Counts(const v1::Evaluation& evaluation) {
  return (evaluation.state() == v1::Evaluation::STATE_SUBMITTED ||
          evaluation.state() == v1::Evaluation::STATE_ACKNOWLEDGED ||
          evaluation.state() == v1::Evaluation::STATE_CONTESTED) &&
         !evaluation.withheld() &&
         evaluation.kind() != v1::Evaluation::KIND_CALIBRATION;
}

const v1::Score& EffectiveScore(const v1::Evaluation& evaluation) {
  return evaluation.has_ruled_score() ? evaluation.ruled_score()
                                      : evaluation.score();
}

google::protobuf::RepeatedPtrField<v1::Answer> WithChanges(
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
    const google::protobuf::RepeatedPtrField<v1::Answer>& changes) {
  std::set<std::string> changed;
  for (const v1::Answer& change : changes) changed.insert(change.question_id());
  google::protobuf::RepeatedPtrField<v1::Answer> all;
  for (const v1::Answer& answer : answers) {
    if (changed.count(answer.question_id()) == 0) *all.Add() = answer;
  }
  all.MergeFrom(changes);
  return all;
}

google::protobuf::RepeatedPtrField<v1::Answer> EffectiveAnswers(
    const v1::Evaluation& evaluation) {
  return WithChanges(evaluation.answers(), evaluation.ruled_answers());
}

bool IsAcknowledged(const v1::Evaluation& evaluation) {
  return evaluation.has_acknowledge_time();
}

}  // namespace attune
