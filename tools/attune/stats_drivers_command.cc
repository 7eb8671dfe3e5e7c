// attune stats drivers: which ratings move the outcome.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/errors.h"
#include "engine/stats/drivers.h"
#include "engine/stats/nps.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/stats_commands.h"
#include "tools/attune/stats_input.h"
#include "tools/attune/stats_view.h"

namespace attune {
namespace {

using OrderedJson = nlohmann::ordered_json;

struct DriversOptions {
  std::string file;
  std::string outcome;
  std::string scale = "likelihood";
  DrawOptions draw;
};

struct Input {
  DriverData data;
  std::vector<std::string> predictors;
  int64_t incomplete = 0;  // rows left out
};

// -100, 0 or 100; what is no answer goes to `problems`.
void CodeAsNps(const StatsSheet& sheet, size_t column,
               std::vector<std::optional<double>>& outcome,
               CellProblems& problems) {
  constexpr double kFull = 100;
  for (size_t i = 0; i < outcome.size(); ++i) {
    if (!outcome[i]) continue;
    const auto category = NpsCategoryOf(*outcome[i]);
    if (category) {
      outcome[i] = kFull * (static_cast<double>(*category) - 1);
    } else {
      problems.Add(sheet.Problem(sheet.rows[i], column, "NPS_INVALID",
                                 "With --scale nps an outcome is a whole "
                                 "number from 0 to 10; leave a gap blank."));
    }
  }
}

absl::StatusOr<Input> ReadInput(const StatsSheet& sheet,
                                const DriversOptions& options) {
  ASSIGN_OR_RETURN(const size_t outcome, sheet.Need({options.outcome}));
  CellProblems problems;
  std::vector<std::vector<std::optional<double>>> columns;
  Input input;
  for (size_t c = sheet.has_id ? 1 : 0; c < sheet.names.size(); ++c) {
    if (c == outcome) continue;
    input.predictors.push_back(sheet.names[c]);
    columns.push_back(NumbersIn(sheet, c, problems));
  }
  if (columns.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
                     absl::StrCat(sheet.file, ":1: There is no column beside ",
                                  options.outcome, " that could drive it."));
  }
  columns.push_back(NumbersIn(sheet, outcome, problems));
  if (options.scale == "nps") {
    CodeAsNps(sheet, outcome, columns.back(), problems);
  }
  RETURN_IF_ERROR(problems.ToStatus());
  input.data.predictors.resize(input.predictors.size());
  for (size_t i = 0; i < sheet.rows.size(); ++i) {
    bool complete = true;
    for (const auto& column : columns) complete = complete && column[i];
    if (!complete) {
      ++input.incomplete;
      continue;
    }
    for (size_t j = 0; j < input.predictors.size(); ++j) {
      input.data.predictors[j].push_back(*columns[j][i]);
    }
    input.data.outcome.push_back(*columns.back()[i]);
  }
  return input;
}

Drivers FitDrivers(const Input& input, const DriversOptions& options) {
  const auto rows = static_cast<int64_t>(input.data.outcome.size());
  if (rows > 0 && !EnoughRows(rows, input.predictors.size())) {
    Drivers few;
    few.n = rows;
    few.r2 = Figure::Undefined(Reason::kTooFew);
    return few;
  }
  return DriversWithIntervals(input.data, options.draw.draws,
                              options.draw.seed);
}

// What the share is a share of.
double WeightOf(const Driver& driver) {
  return driver.lmg ? *driver.lmg : driver.relative_weight;
}

std::optional<double> ShareOf(const Driver& driver, const Drivers& drivers) {
  constexpr double kFull = 100;
  if (!drivers.r2.value || *drivers.r2.value <= 0) return std::nullopt;
  return kFull * WeightOf(driver) / *drivers.r2.value;
}

void AddRows(const Input& input, const Drivers& drivers, StatsReport& report) {
  constexpr int kPlaces = 4;
  constexpr int kPercentPlaces = 1;
  StatsTable table{"",
                   {{"name", Align::kLeft},
                    {"share", Align::kRight},
                    {"sign", Align::kRight},
                    {"lmg", Align::kRight},
                    {"low", Align::kRight},
                    {"high", Align::kRight},
                    {"relative_weight", Align::kRight}},
                   {}};
  OrderedJson& predictors = report.json["predictors"];
  OrderedJson& dropped = report.json["dropped"];
  for (size_t j = 0; j < drivers.predictors.size(); ++j) {
    const Driver& driver = drivers.predictors[j];
    const std::optional<double> share = ShareOf(driver, drivers);
    predictors.push_back({{"name", input.predictors[j]},
                          {"lmg", JsonOf(driver.lmg)},
                          {"relative_weight", driver.relative_weight},
                          {"share", JsonOf(share)},
                          {"sign", driver.sign},
                          {"ci", JsonOf(driver.interval)}});
    if (driver.dropped) dropped.push_back(input.predictors[j]);
    const auto& interval = driver.interval;
    table.rows.push_back(
        {input.predictors[j],
         share ? absl::StrCat(Shown(share, kPercentPlaces), " %") : "",
         driver.sign > 0   ? "+"
         : driver.sign < 0 ? "-"
                           : "",
         Shown(driver.lmg, kPlaces),
         interval ? Shown(interval->low, kPlaces) : "",
         interval ? Shown(interval->high, kPlaces) : "",
         Shown(std::optional<double>(driver.relative_weight), kPlaces)});
  }
  report.tables.push_back(std::move(table));
}

absl::Status ShowDrivers(Session& session, const DriversOptions& options) {
  ASSIGN_OR_RETURN(const StatsSheet sheet,
                   ReadStatsSheet(options.file, session.terminal.in, true));
  ASSIGN_OR_RETURN(const Input input, ReadInput(sheet, options));
  const Drivers drivers = FitDrivers(input, options);
  StatsReport report;
  report.json = {{"n", drivers.n},
                 {"outcome", options.outcome},
                 {"scale", options.scale},
                 {"r2", JsonOf(drivers.r2.value)},
                 {"predictors", OrderedJson::array()},
                 {"dropped", OrderedJson::array()},
                 {"rows_dropped", input.incomplete},
                 {"seed", options.draw.seed},
                 {"reason", JsonOf(drivers.r2.reason)}};
  report.headline =
      drivers.r2.value
          ? absl::StrCat(options.outcome,
                         options.scale == "nps" ? " as -100, 0 or 100" : "",
                         ": ", drivers.n, " complete rows, R2 ",
                         Shown(drivers.r2.value, 4), "; seed ",
                         options.draw.seed, ".")
          : absl::StrCat("No drivers from ", drivers.n,
                         " complete rows: ", ReasonText(drivers.r2.reason),
                         ".");
  AddRows(input, drivers, report);
  if (input.incomplete > 0) {
    report.remarks.push_back(
        absl::StrCat(input.incomplete, " rows with gaps were left out."));
  }
  if (!report.json["dropped"].empty()) {
    report.remarks.push_back(absl::StrCat(
        "Without variation: ",
        absl::StrJoin(report.json["dropped"].get<std::vector<std::string>>(),
                      ", "),
        "."));
  }
  if (drivers.collinear) {
    report.remarks.push_back(
        "Some columns follow from the others: their shares cannot be told "
        "apart.");
  }
  if (drivers.r2.value && !drivers.predictors.front().lmg) {
    report.remarks.push_back(
        absl::StrCat("Over ", kMostLmgPredictors,
                     " columns vary: shares and intervals are of relative "
                     "weights."));
  }
  return PrintStats(session, report);
}

}  // namespace

void AddStatsDriversCommand(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "drivers",
      "How much of an outcome each of the other columns explains, in shares "
      "of R2; rows with a gap are left out, and so is a first column that "
      "names the rows (see agreement).",
      "attune stats drivers survey.csv --outcome likelihood\n"
      "attune stats drivers survey.csv --outcome likelihood --scale nps");
  auto options = std::make_shared<DriversOptions>();
  AddOption(command, "file", options->file, "CSV file; - is stdin.").Required();
  AddOption(command, "--outcome", options->outcome,
            "The column that is driven.")
      .Required()
      .TypeName("COLUMN");
  AddOption(command, "--scale", options->scale,
            "The outcome as it stands, or detractor, passive and "
            "promoter as -100, 0 and 100, which may change the order; "
            "default likelihood.")
      .OneOf({"likelihood", "nps"})
      .TypeName("SCALE");
  AddDrawOptions(command, options->draw);
  OnRun(command, session,
        [&session, options] { return ShowDrivers(session, *options); });
}

}  // namespace attune
