// Shrinkage, drivers, before and after.

#include <cmath>
#include <map>
#include <vector>

#include "absl/strings/match.h"
#include "engine/stats/comparison.h"
#include "engine/stats/drivers.h"
#include "engine/stats/nps.h"
#include "engine/stats/shrinkage.h"
#include "tests/engine/stats/vector_cases.h"
#include "tests/engine/stats/vector_sheet.h"

namespace attune {
namespace {

// --- Shrinkage.

Json EfronMorris(const Json& input) {
  const double at_bats = input["at_bats"];
  std::vector<double> transformed;
  for (const double hits : input["hits"]) {
    transformed.push_back(std::sqrt(at_bats) *
                          std::asin(2 * hits / at_bats - 1));
  }
  const JamesStein estimate =
      JamesSteinOf(transformed, input["variance"]).value();
  Json averages = Json::array();
  for (const double value : estimate.values) {
    averages.push_back((std::sin(value / std::sqrt(at_bats)) + 1) / 2);
  }
  return {{"V", estimate.spread},
          {"shrink", estimate.factor},
          {"transformed", estimate.values},
          {"estimate", averages}};
}

Json EmpiricalBayes(const Json& input) {
  std::map<std::string, std::vector<double>> values;
  if (input.contains("file")) {
    const Sheet sheet = ReadVectorSheet(input["file"]);
    const std::vector<double> numbers = Numbers(sheet.at(input["value"]));
    for (size_t i = 0; i < numbers.size(); ++i) {
      values[sheet.at(input["group"])[i]].push_back(numbers[i]);
    }
  } else {
    values = input["groups"].get<decltype(values)>();
  }
  std::vector<GroupMean> groups;
  Json agents = Json::array();
  Json n = Json::array();
  Json raw = Json::array();
  for (const auto& [name, numbers] : values) {
    groups.push_back(GroupMeanOf(numbers));
    agents.push_back(name);
    n.push_back(groups.back().n);
    raw.push_back(groups.back().mean);
  }
  const Shrinkage fit = Shrink(groups);
  Json shrunk = Json::array();
  Json reliability = Json::array();
  for (const ShrunkMean& group : fit.groups) {
    shrunk.push_back(group.shrunk);
    reliability.push_back(Of(group.weight));
  }
  Json ours = {{"agents", agents},
               {"between", nullptr},
               {"shrunk", shrunk},
               {"reason", Word(fit.reason)}};
  if (!fit.components) return ours;
  ours["reml"] = {
      {"mu", fit.components->mu},           {"within", fit.components->within},
      {"between", fit.components->between}, {"reml", Of(fit.criterion)},
      {"reliability", reliability},         {"shrunk", shrunk}};
  const VarianceComponents moments = AnovaComponents(groups).value();
  ours["mom"] = {{"n", n},
                 {"raw", raw},
                 {"within", moments.within},
                 {"between", moments.between},
                 {"mu", moments.mu}};
  double all = 0;
  double squares = 0;
  for (const GroupMean& group : groups) {
    const auto size = static_cast<double>(group.n);
    const double weight = ReliabilityOf(moments, group.n);
    ours["mom"]["reliability"].push_back(weight);
    ours["mom"]["shrunk"].push_back(moments.mu +
                                    weight * (group.mean - moments.mu));
    all += size;
    squares += size * size;
  }
  ours["mom"]["n0"] =
      (all - squares / all) / static_cast<double>(groups.size() - 1);
  return ours;
}

// --- Drivers.

Json RelativeImportance(const Json& input) {
  const auto predictors = input["predictors"].get<std::vector<std::string>>();
  std::string outcome = input["outcome"];
  const bool trinomial = absl::StartsWith(outcome, "NPS(");
  if (trinomial) outcome = outcome.substr(outcome.rfind(' ') + 1);
  std::map<std::string, std::vector<double>> columns;
  if (input.contains("file")) {
    for (const auto& [name, cells] : ReadVectorSheet(input["file"])) {
      columns[name] = Numbers(cells);
    }
  } else {
    columns = input["data"].get<decltype(columns)>();
  }
  DriverData data{columns[outcome], {}};
  if (trinomial) {
    for (double& value : data.outcome) {
      value = 100 * (static_cast<double>(NpsCategoryOf(value).value()) - 1);
    }
  }
  for (const std::string& name : predictors) {
    data.predictors.push_back(columns[name]);
  }
  const Drivers drivers = DriversOf(data);
  Json ours = {
      {"r2", Of(drivers.r2)}, {"n", drivers.n}, {"dropped", Json::array()}};
  for (size_t j = 0; j < predictors.size(); ++j) {
    const Driver& driver = drivers.predictors[j];
    ours["lmg"][predictors[j]] = Of(driver.lmg);
    ours["relative_weights"][predictors[j]] = driver.relative_weight;
    if (driver.dropped) ours["dropped"].push_back(predictors[j]);
    ours["first"][predictors[j]] =
        Of(DriversOf({data.outcome, {data.predictors[j]}}).r2);
  }
  return ours;
}

// --- Before and after.

BeforeAfter ReadGroup(const Json& group) {
  return {group["before"], group["after"]};
}

Json OfTest(const std::optional<StudentTest>& test) {
  if (!test) {
    return {{"se", nullptr}, {"t", nullptr}, {"p", nullptr}, {"ci", nullptr}};
  }
  return {{"se", test->se},
          {"t", test->t},
          {"df", test->df},
          {"p", test->p},
          {"ci", Of(std::optional<Interval>(test->interval))}};
}

Json Pairs(const Json& input) {
  const BeforeAfter group = ReadGroup(input);
  const PairedChange change = ComparePairs(group.before, group.after);
  Json ours = OfTest(change.test);
  ours["n"] = change.n;
  ours["mean_change"] = Of(change.change);
  ours["reason"] = Word(change.reason);
  ours["sd"] = Of(change.sd);
  ours["dz"] = Of(change.dz);
  return ours;
}

Json DoubleDifference(const Json& input) {
  const IndependentChange change = DifferenceInDifferences(
      ReadGroup(input["treated"]), ReadGroup(input["control"]));
  Json ours = {{"did", Of(change.difference)},
               {"welch", OfTest(change.welch)},
               {"pooled_se", change.pooled->se},
               {"pooled_t", change.pooled->t},
               {"pooled_p", change.pooled->p}};
  ours["welch"]["diff"] = Of(change.difference);
  ours["welch"]["hedges_g"] = Of(change.hedges_g);
  return ours;
}

Json Ancova(const Json& input) {
  const CoachingEffect effect = CoachingEffectOf(ReadGroup(input["treated"]),
                                                 ReadGroup(input["control"]));
  Json ours = OfTest(effect.test);
  ours["effect"] = Of(effect.effect);
  ours["coef"] = effect.coefficients.value();
  ours["se"] = effect.errors.value();
  return ours;
}

Json RegressionToTheMean(const Json& input) {
  const CorrectedChange change = CorrectChange(
      {input["population_mean"], input["between_var"], input["within_var"]},
      input["before_mean"], input["n_before"], input["after_mean"]);
  return {{"reliability", change.reliability},
          {"expected_before", change.expected_before},
          {"raw_change", change.raw},
          {"corrected_change", change.corrected}};
}

}  // namespace

Json ComputeModel(const std::string& statistic, const Json& input,
                  const Json& /*expected*/) {
  if (statistic == "james_stein") return EfronMorris(input);
  if (statistic == "eb_oneway") return EmpiricalBayes(input);
  if (statistic == "relative_importance") return RelativeImportance(input);
  if (statistic == "paired_change") return Pairs(input);
  if (statistic == "difference_in_differences") return DoubleDifference(input);
  if (statistic == "ancova_change") return Ancova(input);
  if (statistic == "rtm_corrected_change") return RegressionToTheMean(input);
  return nullptr;
}

}  // namespace attune
