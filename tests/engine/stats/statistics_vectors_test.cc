// Every case of tests/vectors/statistics.json: published examples and edges.
//
// Four more cases are not in the project, because their data may not be copied
// (under the GPL, in the R packages sirt and immer): the writing ratings,
// linear and by many-facet Rasch, and the conference papers, both variances
// random and fair scores.  ATTUNE_VECTORS names another folder of the same
// shape that may hold them.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/engine/stats/vector_cases.h"

namespace attune {

std::string VectorFolder() {
  const char* other = std::getenv("ATTUNE_VECTORS");
  return other != nullptr ? other
                          : absl::StrCat(ATTUNE_SOURCE_DIR, "/tests/vectors");
}

namespace {

// Statistics that Attune does not have.
const std::map<std::string, std::string>& NotCovered() {
  static const auto& reasons = *new std::map<std::string, std::string>{
      {"many_facet_rasch_mml",
       "scores are percentages; the linear model orders the raters alike"}};
  return reasons;
}

Json Computed(const std::string& statistic, const Json& input,
              const Json& expected) {
  for (const auto compute : {ComputeAgreement, ComputeModel, ComputeSeverity}) {
    Json ours = compute(statistic, input, expected);
    if (!ours.is_null()) return ours;
  }
  ADD_FAILURE() << "nothing computes " << statistic;
  return Json::object();
}

double ToleranceOf(const Json& tolerance, const std::string& path,
                   double expected) {
  if (tolerance.is_number()) return tolerance;
  if (tolerance.contains("ols") && absl::StrContains(path, "/ols/")) {
    return tolerance["ols"];
  }
  if (absl::StrContains(path, "/var_")) {
    return tolerance["variance_relative"].get<double>() * std::abs(expected);
  }
  for (const char* name : {"effects_abs", "adjusted_abs"}) {
    if (tolerance.contains(name)) return tolerance[name];
  }
  ADD_FAILURE() << "no tolerance for " << path;
  return 0;
}

// Everything expected is there and as expected; lists are as long.
void Compare(const std::string& path, const Json& expected, const Json& ours,
             const Json& tolerance) {
  if (expected.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      ASSERT_TRUE(ours.contains(key)) << path << "/" << key;
      Compare(absl::StrCat(path, "/", key), value, ours[key], tolerance);
    }
  } else if (expected.is_array()) {
    ASSERT_EQ(expected.size(), ours.size()) << path;
    for (size_t i = 0; i < expected.size(); ++i) {
      Compare(absl::StrCat(path, "/", i), expected[i], ours[i], tolerance);
    }
  } else if (expected.is_number() && ours.is_number()) {
    EXPECT_NEAR(ours.get<double>(), expected.get<double>(),
                ToleranceOf(tolerance, path, expected))
        << path;
  } else {
    EXPECT_EQ(expected, ours) << path;
  }
}

TEST(StatisticsVectorsTest, EveryCaseComesOutAsExpected) {
  const Json vectors = Json::parse(
      std::ifstream(VectorFolder() + "/statistics.json"), nullptr, false);
  ASSERT_TRUE(vectors.is_object());
  ASSERT_GE(vectors["cases"].size(), 69u);
  for (const Json& one : vectors["cases"]) {
    const std::string id = one["id"];
    const std::string statistic = one["statistic"];
    const auto reason = NotCovered().find(statistic);
    if (reason != NotCovered().end()) {
      std::cout << id << " is not covered: " << reason->second << "\n";
      continue;
    }
    const Json& expected = one["expected"];
    Compare(id, expected, Computed(statistic, one["input"], expected),
            one["tolerance"]);
  }
}

}  // namespace
}  // namespace attune
