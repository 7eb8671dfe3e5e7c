// Severity of raters, and fair scores.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/stats/crossed_scores.h"
#include "engine/stats/crossed_variances.h"
#include "engine/stats/severity.h"
#include "tests/engine/stats/vector_cases.h"
#include "tests/engine/stats/vector_sheet.h"

namespace attune {
namespace {

// Names before longer ones, so that 2 comes before 10.
struct ShorterFirst {
  bool operator()(const std::string& a, const std::string& b) const {
    return std::make_pair(a.size(), a) < std::make_pair(b.size(), b);
  }
};
using Numbering = std::map<std::string, size_t, ShorterFirst>;

struct Scored {
  std::vector<CrossedScore> scores;
  Numbering agents;
  Numbering raters;
  std::string agent_word = "target";
  std::string rater_word = "rater";

  CrossedScores Crossed() const {
    return {scores, agents.size(), raters.size()};
  }
};

Scored ReadScored(const Json& input) {
  Scored scored;
  std::vector<std::string> agents;
  std::vector<std::string> raters;
  std::vector<double> values;
  if (input.contains("file")) {
    const Sheet sheet = ReadVectorSheet(input["file"]);
    agents = sheet.at(input.value("target", "agent"));
    raters = sheet.at(input.value("rater", "advocate"));
    if (input.value("value", "") == "k1+..+k5") {
      values.resize(agents.size());
      for (const char* item : {"k1", "k2", "k3", "k4", "k5"}) {
        const std::vector<double> points = Numbers(sheet.at(item));
        for (size_t i = 0; i < points.size(); ++i) values[i] += points[i];
      }
    } else {
      values = Numbers(sheet.at("score"));
    }
  } else {
    const auto text = [](const Json& cell) {
      return cell.is_string() ? cell.get<std::string>() : cell.dump();
    };
    for (const Json& row : input["rows"]) {
      agents.push_back(text(row[0]));
      raters.push_back(text(row[1]));
      values.push_back(row[2]);
    }
    scored.agent_word = input["columns"][0];
    scored.rater_word = input["columns"][1];
  }
  for (const std::string& name : agents) scored.agents[name] = 0;
  for (const std::string& name : raters) scored.raters[name] = 0;
  for (Numbering* names : {&scored.agents, &scored.raters}) {
    size_t next = 0;
    for (auto& [name, number] : *names) number = next++;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    scored.scores.push_back(
        {scored.agents[agents[i]], scored.raters[raters[i]], values[i]});
  }
  return scored;
}

// As `like` tells them: by name or in order.
Json Named(const Numbering& names, const std::vector<Json>& values,
           const Json& like) {
  if (like.is_null()) return nullptr;
  if (like.is_array()) return values;
  Json named = Json::object();
  for (const auto& [name, number] : names) named[name] = values[number];
  return named;
}

Json OfSeverity(const Scored& scored, const Severity& severity,
                const Json& expected) {
  std::vector<Json> fair;
  std::vector<Json> errors;
  std::vector<Json> severities;
  for (const FairScore& agent : severity.agents) {
    fair.push_back(Of(agent.fair));
    errors.push_back(Of(agent.se));
  }
  for (const RaterSeverity& rater : severity.raters) {
    severities.push_back(Of(rater.severity));
  }
  Json ours = {{"adjusted", Named(scored.agents, fair, expected["adjusted"])},
               {"se", errors},
               {"sigma2", Of(severity.sigma2)},
               {"var_resid", Of(severity.sigma2)},
               {"sigma2_rater", Of(severity.sigma2_rater)},
               {"var_rater", Of(severity.sigma2_rater)},
               {"df", severity.residual_df},
               {"reason", Word(severity.reason)}};
  if (expected.contains("severity")) {
    ours["severity"] = Named(scored.raters, severities, expected["severity"]);
  }
  if (expected["adjusted"].is_null()) {
    EXPECT_TRUE(std::all_of(fair.begin(), fair.end(),
                            [](const Json& value) { return value.is_null(); }));
  }
  return ours;
}

Json LeastSquares(const Json& input, const Json& expected) {
  const Scored scored = ReadScored(input);
  const CrossedScores crossed = scored.Crossed();
  Json ours = OfSeverity(scored, FitSeverityByLeastSquares(crossed), expected);
  const std::vector<CrossedComponent> components = ComponentsOf(crossed);
  ours["connected"] = components.size() == 1;
  for (const CrossedComponent& component : components) {
    Json names = Json::array();
    for (const auto& [name, number] : scored.agents) {
      if (std::count(component.agents.begin(), component.agents.end(), number) >
          0) {
        names.push_back(name);
      }
    }
    for (const auto& [name, number] : scored.raters) {
      if (std::count(component.raters.begin(), component.raters.end(), number) >
          0) {
        names.push_back(name);
      }
    }
    ours["components"].push_back(names);
  }
  return ours;
}

Json RandomEffects(const Json& input, const Json& expected) {
  const Scored scored = ReadScored(input);
  const CrossedVariances fit = FitCrossedVariances(scored.Crossed());
  const std::vector<Json> agents(fit.agents.begin(), fit.agents.end());
  const std::vector<Json> raters(fit.raters.begin(), fit.raters.end());
  const std::string& agent = scored.agent_word;
  const std::string& rater = scored.rater_word;
  Json ours = {{"mu", fit.mu},
               {absl::StrCat("var_", agent), fit.agent},
               {absl::StrCat("var_", rater), fit.rater},
               {"var_resid", fit.residual},
               {"criterion", fit.criterion},
               {"reml_criterion", fit.criterion},
               {"icc_single", fit.SingleScoreIcc()}};
  if (expected.contains(agent)) {
    ours[agent] = Named(scored.agents, agents, expected[agent]);
  }
  if (expected.contains(rater)) {
    ours[rater] = Named(scored.raters, raters, expected[rater]);
  }
  return ours;
}

Json BothModels(const Json& input, const Json& expected) {
  Json ours = {{"ols", LeastSquares(input, expected["ols"])},
               {"reml", RandomEffects(input, expected["reml"])}};
  ours["icc_single"] = ours["reml"]["icc_single"];
  return ours;
}

}  // namespace

Json ComputeSeverity(const std::string& statistic, const Json& input,
                     const Json& expected) {
  if (statistic == "crossed_random_effects") {
    return RandomEffects(input, expected);
  }
  if (statistic == "crossed_random_effects+additive_ols") {
    return BothModels(input, expected);
  }
  if (statistic == "additive_ols") return LeastSquares(input, expected);
  if (statistic == "fixed_agent_random_advocate") {
    const Scored scored = ReadScored(input);
    return OfSeverity(scored, FitSeverity(scored.Crossed()), expected);
  }
  return nullptr;
}

}  // namespace attune
