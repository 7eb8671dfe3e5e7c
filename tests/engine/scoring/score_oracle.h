// A second scorer, written from the rules alone, with fractions and without
// any of the engine's types: what it says is what the engine must say.

#ifndef ATTUNE_TESTS_ENGINE_SCORING_SCORE_ORACLE_H_
#define ATTUNE_TESTS_ENGINE_SCORING_SCORE_ORACLE_H_

#include <vector>

#include "attune/v1/form.pb.h"
#include "attune/v1/score.pb.h"

namespace attune {

v1::Score OracleScore(const v1::Form& form,
                      const std::vector<v1::Answer>& answers);

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_SCORING_SCORE_ORACLE_H_
