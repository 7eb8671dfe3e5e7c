// attune stats agreement: how far raters agree on the same units.

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/stats/cohen_kappa.h"
#include "engine/stats/fleiss_kappa.h"
#include "engine/stats/icc.h"
#include "engine/stats/krippendorff_alpha.h"
#include "engine/stats/percent_agreement.h"
#include "engine/stats/ratings.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/stats_commands.h"
#include "tools/attune/stats_input.h"
#include "tools/attune/stats_view.h"

namespace attune {
namespace {

using OrderedJson = nlohmann::ordered_json;

// A table of pairs with more would say nothing and fill the memory.
constexpr size_t kMostKappaCategories = 500;
constexpr int kPlaces = 4;

struct AgreementOptions {
  std::string file;
  std::string level = "nominal";
  double tolerance = 0;
  std::string weights = "unweighted";
  std::string categories;
  bool no_header = false;
  DrawOptions draw;
};

const std::map<std::string, Level>& Levels() {
  static const auto& levels =
      *new std::map<std::string, Level>{{"nominal", Level::kNominal},
                                        {"ordinal", Level::kOrdinal},
                                        {"interval", Level::kInterval},
                                        {"ratio", Level::kRatio}};
  return levels;
}

// Ratings, their categories in order, and whether they were words.
struct Rated {
  Ratings ratings{0, 0};
  std::vector<double> categories;
  bool words = false;
};

absl::Status CheckOptions(const AgreementOptions& options) {
  if (options.level == "nominal" && options.weights != "unweighted") {
    return UsageError(absl::StrCat(
        "Weights need ordered categories; with --weights ", options.weights,
        " say --level ordinal, interval or ratio."));
  }
  return absl::OkStatus();
}

// The names given by --categories, in their order.
absl::StatusOr<std::vector<std::string>> GivenCategories(
    const AgreementOptions& options) {
  std::vector<std::string> given;
  for (absl::string_view name :
       absl::StrSplit(options.categories, ',', absl::SkipEmpty())) {
    given.emplace_back(absl::StripAsciiWhitespace(name));
    if (std::count(given.begin(), given.end(), given.back()) > 1) {
      return UsageError(
          absl::StrCat("--categories names ", given.back(), " twice."));
    }
  }
  return given;
}

bool AllNumbers(const StatsSheet& sheet, size_t first) {
  for (const StatsSheet::Row& row : sheet.rows) {
    for (size_t c = first; c < row.cells.size(); ++c) {
      if (!IsMissing(row.cells[c]) && !NumberIn(row.cells[c])) return false;
    }
  }
  return true;
}

// Numbers stand for themselves.
void ReadNumbers(const StatsSheet& sheet, size_t first, Rated& rated,
                 CellProblems& problems) {
  for (size_t c = first; c < sheet.names.size(); ++c) {
    const auto numbers = NumbersIn(sheet, c, problems);
    for (size_t unit = 0; unit < numbers.size(); ++unit) {
      if (numbers[unit]) rated.ratings.Set(unit, c - first, *numbers[unit]);
    }
  }
}

// Words stand for their places among the categories.
void ReadWords(const StatsSheet& sheet, size_t first,
               const std::vector<std::string>& categories, Rated& rated,
               CellProblems& problems) {
  std::map<std::string, double> codes;
  for (const std::string& name : categories) {
    codes.emplace(name, static_cast<double>(codes.size()));
  }
  const std::string known =
      absl::StrCat("This is none of the categories ",
                   absl::StrJoin(categories, ", "), "; leave a gap blank.");
  for (size_t unit = 0; unit < sheet.rows.size(); ++unit) {
    const StatsSheet::Row& row = sheet.rows[unit];
    for (size_t c = first; c < row.cells.size(); ++c) {
      if (IsMissing(row.cells[c])) continue;
      const auto code = codes.find(row.cells[c]);
      if (code == codes.end()) {
        problems.Add(sheet.Problem(row, c, "CATEGORY_UNKNOWN", known));
      } else {
        rated.ratings.Set(unit, c - first, code->second);
      }
    }
  }
}

std::vector<std::string> WordsOf(const StatsSheet& sheet, size_t first) {
  std::map<std::string, bool> words;
  for (const StatsSheet::Row& row : sheet.rows) {
    for (size_t c = first; c < row.cells.size(); ++c) {
      if (!IsMissing(row.cells[c])) words[row.cells[c]] = true;
    }
  }
  std::vector<std::string> names;
  for (const auto& [word, there] : words) names.push_back(word);
  return names;
}

absl::StatusOr<Rated> ReadRatings(const StatsSheet& sheet,
                                  const AgreementOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> given,
                   GivenCategories(options));
  const size_t first = sheet.has_id ? 1 : 0;
  Rated rated;
  rated.ratings = Ratings(sheet.rows.size(), sheet.names.size() - first);
  CellProblems problems;
  const bool given_numbers = std::all_of(
      given.begin(), given.end(),
      [](const std::string& name) { return NumberIn(name).has_value(); });
  const bool nominal_words =
      given.empty() && options.level == "nominal" && !AllNumbers(sheet, first);
  rated.words = nominal_words || !given_numbers;
  if (rated.words) {
    if (options.tolerance > 0) {
      return UsageError("--tolerance needs numbers; these ratings are words.");
    }
    const std::vector<std::string> names =
        nominal_words ? WordsOf(sheet, first) : given;
    ReadWords(sheet, first, names, rated, problems);
    for (size_t i = 0; i < names.size(); ++i) {
      rated.categories.push_back(static_cast<double>(i));
    }
  } else {
    ReadNumbers(sheet, first, rated, problems);
    for (const std::string& name : given) {
      rated.categories.push_back(*NumberIn(name));
    }
    if (given.empty()) rated.categories = rated.ratings.Distinct();
  }
  RETURN_IF_ERROR(problems.ToStatus());
  return rated;
}

// Numbers must be among the categories if those are given.
absl::Status CheckCategories(const StatsSheet& sheet,
                             const AgreementOptions& options,
                             const Rated& rated) {
  if (options.categories.empty() || rated.words) return absl::OkStatus();
  CellProblems problems;
  const size_t first = sheet.has_id ? 1 : 0;
  for (size_t unit = 0; unit < rated.ratings.units(); ++unit) {
    for (size_t rater = 0; rater < rated.ratings.raters(); ++rater) {
      const auto value = rated.ratings.Get(unit, rater);
      if (!value || std::count(rated.categories.begin(), rated.categories.end(),
                               *value) > 0) {
        continue;
      }
      problems.Add(sheet.Problem(
          sheet.rows[unit], rater + first, "CATEGORY_UNKNOWN",
          absl::StrCat("This is none of the categories ", options.categories,
                       "; leave a gap blank.")));
    }
  }
  return problems.ToStatus();
}

AgreementWeights WeightsFor(const std::string& name, size_t categories) {
  std::vector<double> ranks;
  for (size_t i = 0; i < categories; ++i) {
    ranks.push_back(static_cast<double>(i));
  }
  if (name == "linear") return LinearWeights(ranks);
  if (name == "quadratic") return QuadraticWeights(ranks);
  return Unweighted(categories);
}

CohenKappa KappaOf(const Rated& rated, const AgreementOptions& options) {
  if (rated.categories.size() > kMostKappaCategories) {
    CohenKappa none;
    none.kappa = Figure::Undefined(Reason::kNotScorable);
    return none;
  }
  return CohenKappaOf(CrossTabulate(rated.ratings, 0, 1, rated.categories),
                      WeightsFor(options.weights, rated.categories.size()));
}

// One line of the table.
class Lines {
 public:
  void Add(const std::string& name, const Figure& figure,
           const std::optional<Interval>& interval, const std::string& note) {
    const std::string why = ReasonText(figure.reason);
    rows_.push_back({name, figure.value ? Shown(figure.value, kPlaces) : "-",
                     interval ? Shown(interval->low, kPlaces) : "",
                     interval ? Shown(interval->high, kPlaces) : "",
                     why.empty() ? note : why});
  }
  StatsTable Table() && {
    return {"",
            {{"statistic", Align::kLeft},
             {"value", Align::kRight},
             {"low", Align::kRight},
             {"high", Align::kRight},
             {"note", Align::kLeft}},
            std::move(rows_)};
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

void AddPercentAgreement(const Rated& rated, double tolerance,
                         OrderedJson& json, Lines& lines) {
  const PercentAgreement pairwise = PairwiseAgreement(rated.ratings, tolerance);
  const PercentAgreement unanimous =
      UnanimousAgreement(rated.ratings, tolerance);
  json["percent_agreement"] = {{"pairwise", JsonOf(pairwise.share.value)},
                               {"unanimous", JsonOf(unanimous.share.value)},
                               {"n_single", pairwise.n_single}};
  const std::string note =
      absl::StrCat(pairwise.units, " units rated twice",
                   tolerance > 0 ? absl::StrCat(", within ", tolerance) : "");
  lines.Add("agreement of pairs", pairwise.share, std::nullopt, note);
  lines.Add("units all agree on", unanimous.share, std::nullopt, note);
}

void AddFleiss(const Rated& rated, OrderedJson& json, Lines& lines) {
  const FleissKappa kappa =
      FleissKappaOf(CategoryCounts::From(rated.ratings, rated.categories));
  json["fleiss_kappa"] = {{"value", JsonOf(kappa.kappa.value)},
                          {"reason", JsonOf(kappa.kappa.reason)},
                          {"se0", JsonOf(kappa.se0)},
                          {"z", JsonOf(kappa.z)}};
  lines.Add("Fleiss' kappa", kappa.kappa, std::nullopt,
            kappa.z ? absl::StrCat("z ", Shown(kappa.z, 2)) : "");
}

void AddAlpha(const Rated& rated, const AgreementOptions& options,
              OrderedJson& json, Lines& lines) {
  const Level level = Levels().at(options.level);
  const KrippendorffAlpha alpha = AlphaOf(rated.ratings, level);
  AlphaInterval interval;
  if (alpha.alpha.value) {
    interval = AlphaIntervalOf(rated.ratings, level, options.draw.draws,
                               options.draw.seed);
  }
  json["krippendorff_alpha"] = {{"value", JsonOf(alpha.alpha.value)},
                                {"reason", JsonOf(alpha.alpha.reason)},
                                {"level", options.level},
                                {"ci", JsonOf(interval.interval)},
                                {"seed", options.draw.seed},
                                {"skipped_draws", interval.skipped}};
  lines.Add("Krippendorff's alpha", alpha.alpha, interval.interval,
            absl::StrCat(options.level,
                         interval.interval
                             ? absl::StrCat(", ", interval.draws,
                                            " draws, seed ", interval.seed)
                             : ""));
}

void AddIcc(const Rated& rated, StatsReport& report, Lines& lines) {
  const Icc icc = IccOf(rated.ratings);
  const std::pair<const char*, const IccFigure*> kFigures[] = {
      {"icc_1_1", &icc.one_way.single},
      {"icc_2_1", &icc.agreement.single},
      {"icc_3_1", &icc.consistency.single},
      {"icc_1_k", &icc.one_way.average},
      {"icc_2_k", &icc.agreement.average},
      {"icc_3_k", &icc.consistency.average},
  };
  OrderedJson& json = report.json["icc"];
  for (const auto& [name, figure] : kFigures) {
    Figure value = figure->value;
    std::optional<Interval> interval = figure->interval;
    if (rated.words) {  // their numbers mean nothing
      value = Figure::Undefined(Reason::kNotScorable);
      interval = std::nullopt;
    }
    json[name] = {{"value", JsonOf(value.value)},
                  {"reason", JsonOf(value.reason)},
                  {"ci", JsonOf(interval)}};
    const std::string shown = absl::StrCat("ICC(", std::string(1, name[4]), ",",
                                           std::string(1, name[6]), ")");
    lines.Add(shown, value, interval,
              icc.from_variances ? "from all ratings, gaps and all" : "");
  }
  report.json["icc_dropped"] = icc.dropped;
  if (icc.dropped > 0 && !rated.words) {
    report.remarks.push_back(absl::StrCat("ICC: ", icc.targets,
                                          " complete units; ", icc.dropped,
                                          " with gaps were left out."));
  }
}

void AddCohen(const Rated& rated, const AgreementOptions& options,
              OrderedJson& json, Lines& lines) {
  if (rated.ratings.raters() != 2) return;
  const CohenKappa kappa = KappaOf(rated, options);
  json["cohen_kappa"] = {{"value", JsonOf(kappa.kappa.value)},
                         {"reason", JsonOf(kappa.kappa.reason)},
                         {"se", JsonOf(kappa.se)},
                         {"ci", JsonOf(kappa.interval)},
                         {"po", JsonOf(kappa.po)},
                         {"pe", JsonOf(kappa.pe)}};
  lines.Add("Cohen's kappa", kappa.kappa, kappa.interval, options.weights);
}

absl::Status Agreement(Session& session, const AgreementOptions& options) {
  RETURN_IF_ERROR(CheckOptions(options));
  ASSIGN_OR_RETURN(
      const StatsSheet sheet,
      ReadStatsSheet(options.file, session.terminal.in, !options.no_header));
  ASSIGN_OR_RETURN(const Rated rated, ReadRatings(sheet, options));
  RETURN_IF_ERROR(CheckCategories(sheet, options, rated));
  int64_t units = 0;
  for (size_t unit = 0; unit < rated.ratings.units(); ++unit) {
    units += rated.ratings.ValuesOf(unit).empty() ? 0 : 1;
  }
  StatsReport report;
  report.json["units"] = units;
  report.json["ratings"] = rated.ratings.count();
  report.json["raters"] = rated.ratings.raters();
  report.headline =
      absl::StrCat(units, " units, ", rated.ratings.raters(), " raters, ",
                   rated.ratings.count(), " ratings.");
  Lines lines;
  AddPercentAgreement(rated, options.tolerance, report.json, lines);
  AddFleiss(rated, report.json, lines);
  AddAlpha(rated, options, report.json, lines);
  AddIcc(rated, report, lines);
  AddCohen(rated, options, report.json, lines);
  report.tables.push_back(std::move(lines).Table());
  if (sheet.doubtful_header) {
    report.remarks.push_back(
        "The first line holds only numbers; if it is data, say --no-header.");
  }
  return PrintStats(session, report);
}

}  // namespace

void AddStatsAgreementCommand(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "agreement",
      "How far raters agree: rows are units, columns raters, a blank, NA or "
      "N/A a gap; a first column called id, unit, contact, call, item, target, "
      "subject or nothing names the units.",
      "attune stats agreement ratings.csv --level ordinal\n"
      "attune stats agreement ratings.csv --level interval --tolerance 5\n"
      "attune stats agreement two-raters.csv --level ordinal --weights linear "
      "--categories low,mid,high");
  auto options = std::make_shared<AgreementOptions>();
  AddOption(command, "file", options->file, "CSV file; - is stdin.").Required();
  AddOption(command, "--level", options->level,
            "What the ratings are; default nominal.")
      .OneOf({"nominal", "ordinal", "interval", "ratio"})
      .TypeName("LEVEL");
  AddOption(command, "--tolerance", options->tolerance,
            "Ratings so near to each other count as equal in percent "
            "agreement; default 0.")
      .Between(0.0, 1e15)
      .TypeName("T");
  AddOption(command, "--weights", options->weights,
            "Of Cohen's kappa, by the ranks of the categories; default "
            "unweighted.")
      .OneOf({"unweighted", "linear", "quadratic"})
      .TypeName("WEIGHTS");
  AddOption(command, "--categories", options->categories,
            "All categories in order, also those nobody chose; default "
            "those in the file.")
      .TypeName("A,B");
  AddFlag(command, "--no-header", options->no_header,
          "The first line is data, and all columns are raters.");
  AddDrawOptions(command, options->draw);
  OnRun(command, session,
        [&session, options] { return Agreement(session, *options); });
}

}  // namespace attune
