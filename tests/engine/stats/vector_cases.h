// What Attune makes of a case of tests/vectors/statistics.json: the case's own
// names, so that it can be held against what is expected.

#ifndef ATTUNE_TESTS_ENGINE_STATS_VECTOR_CASES_H_
#define ATTUNE_TESTS_ENGINE_STATS_VECTOR_CASES_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "engine/stats/figure.h"

namespace attune {

using Json = nlohmann::json;

// Where the cases are, and the data they name.
std::string VectorFolder();

// Null if nothing of that kind computes `statistic`.  `expected` only says what
// is asked for, and in which shape.
Json ComputeAgreement(const std::string& statistic, const Json& input,
                      const Json& expected);
Json ComputeModel(const std::string& statistic, const Json& input,
                  const Json& expected);
Json ComputeSeverity(const std::string& statistic, const Json& input,
                     const Json& expected);

inline Json Of(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}
inline Json Of(const Figure& figure) { return Of(figure.value); }
inline Json Of(const std::optional<Interval>& interval) {
  return interval ? Json({interval->low, interval->high}) : Json(nullptr);
}
inline Json Word(Reason reason) {
  return reason == Reason::kNone ? Json(nullptr)
                                 : Json(std::string(ReasonWord(reason)));
}

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STATS_VECTOR_CASES_H_
