// Agreement of raters, and the Net Promoter Score.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/stats/cohen_kappa.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/icc.h"
#include "engine/stats/krippendorff_alpha.h"
#include "engine/stats/nps.h"
#include "engine/stats/percent_agreement.h"
#include "tests/engine/stats/vector_cases.h"

namespace attune {
namespace {

// Words are numbered in their order.
struct Units {
  Ratings ratings;
  std::vector<double> categories;
};

Units ReadUnits(const Json& rows) {
  size_t raters = 0;
  std::map<Json, double> codes;
  for (const Json& row : rows) {
    raters = std::max(raters, row.size());
    for (const Json& cell : row) {
      if (cell.is_string()) codes[cell] = 0;
    }
  }
  double next = 0;
  for (auto& [word, code] : codes) code = next++;
  Units units{Ratings(rows.size(), raters), {}};
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = 0; j < rows[i].size(); ++j) {
      const Json& cell = rows[i][j];
      if (cell.is_null()) continue;
      units.ratings.Set(i, j,
                        cell.is_string() ? codes[cell] : cell.get<double>());
    }
  }
  units.categories = units.ratings.Distinct();
  return units;
}

Json OfAgreement(const PercentAgreement& agreement) {
  return {{"agreement", Of(agreement.share)}, {"units", agreement.units}};
}

Json Cohen(const Json& input) {
  const size_t size = input["table"].size();
  PairTable table(size);
  AgreementWeights weights = Unweighted(size);
  std::vector<double> ranks;
  for (size_t i = 0; i < size; ++i) {
    ranks.push_back(static_cast<double>(i));
    for (size_t j = 0; j < size; ++j) {
      table.At(i, j) = input["table"][i][j];
      if (input["weights"].is_null()) {
        weights.At(i, j) = input["agreement_weights"][i][j];
      }
    }
  }
  if (input["weights"] == "linear") weights = LinearWeights(ranks);
  if (input["weights"] == "quadratic") weights = QuadraticWeights(ranks);
  const CohenKappa kappa = CohenKappaOf(table, weights);
  return {{"n", kappa.n},
          {"po", Of(kappa.po)},
          {"pe", Of(kappa.pe)},
          {"kappa", Of(kappa.kappa)},
          {"reason", Word(kappa.kappa.reason)},
          {"se", Of(kappa.se)},
          {"se0", Of(kappa.se0)},
          {"z", Of(kappa.z)},
          {"ci", Of(kappa.interval)}};
}

Json Fleiss(const Json& input) {
  const Json& rows = input["counts"];
  CategoryCounts counts(rows.size(), rows[0].size());
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = 0; j < rows[i].size(); ++j) counts.Add(i, j, rows[i][j]);
  }
  const FleissKappa kappa = FleissKappaOf(counts);
  Json categories = Json::array();
  for (const Figure& figure : kappa.category_kappas) {
    categories.push_back(Of(figure));
  }
  return {{"N", kappa.units},
          {"m", counts.Of(0)},
          {"P_bar", Of(kappa.pa)},
          {"P_e", Of(kappa.pe)},
          {"kappa", Of(kappa.kappa)},
          {"se0", Of(kappa.se0)},
          {"z", Of(kappa.z)},
          {"kappa_category", categories},
          {"se0_category", Of(kappa.category_se0)}};
}

Json GeneralFleiss(const Json& input) {
  const FleissKappa kappa = FleissKappaOf(
      CategoryCounts::From(ReadUnits(input["units"]).ratings,
                           input["categories"].get<std::vector<double>>()));
  return {{"pa", Of(kappa.pa)},
          {"pe", Of(kappa.pe)},
          {"kappa", Of(kappa.kappa)},
          {"units", kappa.units},
          {"units_paired", kappa.units_paired}};
}

Json Gwet(const Json& input) {
  const GwetAc1 ac1 = GwetAc1Of(
      CategoryCounts::From(ReadUnits(input["units"]).ratings,
                           input["categories"].get<std::vector<double>>()));
  return {{"pa", Of(ac1.pa)}, {"pe", Of(ac1.pe)}, {"ac1", Of(ac1.ac1)}};
}

Json Krippendorff(const Json& input) {
  static const auto& levels =
      *new std::map<std::string, Level>{{"nominal", Level::kNominal},
                                        {"ordinal", Level::kOrdinal},
                                        {"interval", Level::kInterval},
                                        {"ratio", Level::kRatio}};
  const Level level = levels.at(input["level"]);
  const Ratings ratings = ReadUnits(input["units"]).ratings;
  const KrippendorffAlpha alpha = AlphaOf(ratings, level);
  if (alpha.alpha.value) {
    const auto interval = AlphaIntervalOf(ratings, level, 1000, 1).interval;
    EXPECT_LE(interval->low, *alpha.alpha.value);
    EXPECT_GE(interval->high, *alpha.alpha.value);
  }
  return {{"alpha", Of(alpha.alpha)},
          {"reason", Word(alpha.alpha.reason)},
          {"Do", Of(alpha.observed)},
          {"De", Of(alpha.expected)},
          {"pairable_values", alpha.pairable_values},
          {"units", alpha.units}};
}

Json IntraclassCorrelation(const Json& input) {
  const Icc icc = IccOf(ReadUnits(input["ratings"]).ratings);
  Json ours = {{"reason", Word(icc.one_way.single.value.reason)}};
  const auto add = [&ours](const std::string& name, const IccFigure& figure) {
    ours[absl::StrCat("ICC(", name, ")")] = Of(figure.value);
    ours[absl::StrCat("ci(", name, ")")] = Of(figure.interval);
  };
  add("1,1", icc.one_way.single);
  add("1,k", icc.one_way.average);
  add("2,1", icc.agreement.single);
  add("2,k", icc.agreement.average);
  add("3,1", icc.consistency.single);
  add("3,k", icc.consistency.average);
  if (icc.mean_squares) {
    ours["BMS"] = icc.mean_squares->targets;
    ours["WMS"] = icc.mean_squares->within;
    ours["JMS"] = icc.mean_squares->raters;
    ours["EMS"] = icc.mean_squares->residual;
  }
  if (icc.one_way_test) {
    ours["F1"] = icc.one_way_test->f;
    ours["p1"] = icc.one_way_test->p;
  }
  if (icc.consistency_test) {
    ours["F3"] = icc.consistency_test->f;
    ours["p3"] = icc.consistency_test->p;
  }
  return ours;
}

// --- NPS.

Json OfEstimate(const std::optional<NpsEstimate>& estimate) {
  if (!estimate) return nullptr;
  return {{"nps_adj", estimate->nps},
          {"se", estimate->se},
          {"moe", estimate->margin},
          {"ci", Of(std::optional<Interval>(estimate->interval))}};
}

Json NetPromoterScore(const Json& input) {
  const Nps nps =
      NpsOf({input["promoters"], input["passives"], input["detractors"]});
  return {{"nps", Of(nps.nps)},
          {"reason", Word(nps.nps.reason)},
          {"variance", Of(nps.variance)},
          {"wald", OfEstimate(nps.wald)},
          {"adjusted_wald", OfEstimate(nps.adjusted)},
          {"score", {{"ci", Of(nps.score)}}}};
}

Json Categories(const Json& input, const Json& expected) {
  static const char* const kWords[] = {"detractor", "passive", "promoter"};
  Json categories = Json::array();
  for (const Json& score : input["scores"]) {
    categories.push_back(
        kWords[static_cast<size_t>(NpsCategoryOf(score).value())]);
  }
  Json refused = Json::array();
  for (const Json& score : expected["invalid"]) {
    if (!NpsCategoryOf(score)) refused.push_back(score);
  }
  return {{"categories", categories}, {"invalid", refused}};
}

Json Difference(const Json& input) {
  const auto counts = [](const Json& group) {
    return NpsCounts{group[0], group[1], group[2]};
  };
  const NpsDifference difference = NpsDifferenceOf(
      counts(input["a"]), counts(input["b"]),
      input["method"] == "wald" ? NpsMethod::kWald : NpsMethod::kAdjusted);
  return {{"diff", Of(difference.difference)},
          {"se", Of(difference.se)},
          {"z", Of(difference.z)},
          {"p", Of(difference.p)},
          {"ci", Of(difference.interval)}};
}

}  // namespace

Json ComputeAgreement(const std::string& statistic, const Json& input,
                      const Json& expected) {
  if (statistic == "percent_agreement_pairwise") {
    return OfAgreement(PairwiseAgreement(ReadUnits(input["units"]).ratings,
                                         input["tolerance"]));
  }
  if (statistic == "percent_agreement_unanimous") {
    return OfAgreement(UnanimousAgreement(ReadUnits(input["units"]).ratings,
                                          input["tolerance"]));
  }
  if (statistic == "conger_kappa") {
    const Units units = ReadUnits(input["units"]);
    return {{"kappa", Of(CongerKappaOf(units.ratings, units.categories))}};
  }
  if (statistic == "cohen_kappa") return Cohen(input);
  if (statistic == "fleiss_kappa") return Fleiss(input);
  if (statistic == "fleiss_kappa_general") return GeneralFleiss(input);
  if (statistic == "gwet_ac1") return Gwet(input);
  if (statistic == "krippendorff_alpha") return Krippendorff(input);
  if (statistic == "icc") return IntraclassCorrelation(input);
  if (statistic == "nps") return NetPromoterScore(input);
  if (statistic == "nps_category") return Categories(input, expected);
  if (statistic == "nps_difference") return Difference(input);
  return nullptr;
}

}  // namespace attune
