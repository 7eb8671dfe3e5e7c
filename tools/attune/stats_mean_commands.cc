// attune stats nps, compare and shrink.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/stats/comparison.h"
#include "engine/stats/nps.h"
#include "engine/stats/shrinkage.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/stats_commands.h"
#include "tools/attune/stats_input.h"
#include "tools/attune/stats_view.h"

namespace attune {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kPlaces = 2;
constexpr int kFinePlaces = 4;

// A table of names and values.
StatsTable Facts(std::vector<std::vector<std::string>> rows) {
  return {"",
          {{"statistic", Align::kLeft}, {"value", Align::kRight}},
          std::move(rows)};
}

// --- nps

struct NpsOptions {
  std::string file;
  std::string counts;
};

absl::StatusOr<NpsCounts> CountsArgument(const std::string& text) {
  constexpr int64_t kMost = 1'000'000'000;
  const std::vector<std::string> parts = absl::StrSplit(text, ',');
  int64_t numbers[3] = {};
  bool good = parts.size() == 3;
  for (size_t i = 0; good && i < parts.size(); ++i) {
    good = absl::SimpleAtoi(parts[i], &numbers[i]) && numbers[i] >= 0 &&
           numbers[i] <= kMost;
  }
  if (!good) {
    return UsageError(absl::StrCat(
        "--counts takes promoters, passives and detractors as three whole "
        "numbers, such as 1436,968,342; this is ",
        text, "."));
  }
  return NpsCounts{numbers[0], numbers[1], numbers[2]};
}

absl::StatusOr<NpsCounts> CountFile(const std::string& file, std::istream& in) {
  ASSIGN_OR_RETURN(const StatsSheet sheet, ReadStatsSheet(file, in, true));
  ASSIGN_OR_RETURN(const size_t column, OnlyColumn(sheet, {"nps"}));
  NpsCounts counts;
  CellProblems problems;
  for (const StatsSheet::Row& row : sheet.rows) {
    const std::string& cell = row.cells[column];
    if (IsMissing(cell)) continue;
    const auto number = NumberIn(cell);
    const auto category = number ? NpsCategoryOf(*number) : std::nullopt;
    if (category) {
      counts.Add(*category);
    } else {
      problems.Add(sheet.Problem(row, column, "NPS_INVALID",
                                 "An answer is a whole number from 0 to 10; "
                                 "leave a gap blank."));
    }
  }
  RETURN_IF_ERROR(problems.ToStatus());
  return counts;
}

absl::Status ShowNps(Session& session, const NpsOptions& options) {
  if (options.file.empty() == options.counts.empty()) {
    return UsageError("Give either a file or --counts P,N,D.");
  }
  ASSIGN_OR_RETURN(const NpsCounts counts,
                   options.file.empty()
                       ? CountsArgument(options.counts)
                       : CountFile(options.file, session.terminal.in));
  const Nps nps = NpsOf(counts);
  std::optional<double> margin;
  std::optional<Interval> interval;
  if (nps.adjusted) {
    margin = nps.adjusted->margin;
    interval = nps.adjusted->interval;
  }
  StatsReport report;
  report.json = {{"n", counts.n()},
                 {"promoters", counts.promoters},
                 {"passives", counts.passives},
                 {"detractors", counts.detractors},
                 {"nps", JsonOf(nps.nps.value)},
                 {"margin", JsonOf(margin)},
                 {"ci", JsonOf(interval)},
                 {"reason", JsonOf(nps.nps.reason)}};
  report.headline =
      nps.nps.value
          ? absl::StrCat("NPS ", Shown(nps.nps.value, kPlaces), " from ",
                         counts.n(), " answers, 95 % interval ",
                         Shown(interval, kPlaces), ".")
          : absl::StrCat("No NPS: ", ReasonText(nps.nps.reason), ".");
  report.tables.push_back(
      Facts({{"promoters", absl::StrCat(counts.promoters)},
             {"passives", absl::StrCat(counts.passives)},
             {"detractors", absl::StrCat(counts.detractors)},
             {"nps", Shown(nps.nps.value, kPlaces)},
             {"margin", Shown(margin, kPlaces)},
             {"low", interval ? Shown(interval->low, kPlaces) : ""},
             {"high", interval ? Shown(interval->high, kPlaces) : ""}}));
  return PrintStats(session, report);
}

// --- compare

struct CompareOptions {
  std::string a;
  std::string b;
  bool paired = false;
};

struct Values {
  StatsSheet sheet;
  std::vector<std::optional<double>> numbers;

  std::vector<double> Present() const {
    std::vector<double> present;
    for (const auto& number : numbers) {
      if (number) present.push_back(*number);
    }
    return present;
  }
};

absl::StatusOr<Values> ReadValues(const std::string& file, std::istream& in) {
  Values values;
  ASSIGN_OR_RETURN(values.sheet, ReadStatsSheet(file, in, true));
  ASSIGN_OR_RETURN(const size_t column,
                   OnlyColumn(values.sheet, {"score", "value"}));
  CellProblems problems;
  values.numbers = NumbersIn(values.sheet, column, problems);
  RETURN_IF_ERROR(problems.ToStatus());
  return values;
}

// What both ways to compare come to.
struct Comparison {
  std::optional<double> mean_a;
  std::optional<double> mean_b;
  Figure difference;
  Reason reason = Reason::kNone;
  std::optional<StudentTest> test;
  std::optional<double> effect_size;
  std::string headline;
};

absl::StatusOr<Comparison> OfPairs(const Values& a, const Values& b) {
  if (a.numbers.size() != b.numbers.size()) {
    return UsageError(absl::StrCat(
        "Pairs need equally many rows: ", a.sheet.file, " has ",
        a.numbers.size(), " and ", b.sheet.file, " ", b.numbers.size(),
        "; keep a row with a blank where one of the two is missing."));
  }
  std::vector<double> before;
  std::vector<double> after;
  for (size_t i = 0; i < a.numbers.size(); ++i) {
    if (!a.numbers[i] || !b.numbers[i]) continue;
    before.push_back(*a.numbers[i]);
    after.push_back(*b.numbers[i]);
  }
  const PairedChange change = ComparePairs(before, after);
  return Comparison{change.mean_before,
                    change.mean_after,
                    change.change,
                    change.reason,
                    change.test,
                    change.dz,
                    absl::StrCat(change.n, " pairs, b - a, paired t.")};
}

Comparison OfGroups(const Values& a, const Values& b) {
  const std::vector<double> first = a.Present();
  const std::vector<double> second = b.Present();
  const IndependentChange change = CompareIndependent(first, second);
  return {change.mean_a,
          change.mean_b,
          change.difference,
          change.reason,
          change.welch,
          change.hedges_g,
          absl::StrCat(first.size(), " values in a, ", second.size(),
                       " in b, b - a, Welch's t.")};
}

absl::Status Compare(Session& session, const CompareOptions& options) {
  if (options.a == "-" && options.b == "-") {
    return UsageError("Only one of the files can be standard input.");
  }
  ASSIGN_OR_RETURN(const Values a, ReadValues(options.a, session.terminal.in));
  ASSIGN_OR_RETURN(const Values b, ReadValues(options.b, session.terminal.in));
  Comparison result;
  if (options.paired) {
    ASSIGN_OR_RETURN(result, OfPairs(a, b));
  } else {
    result = OfGroups(a, b);
  }
  std::optional<double> t;
  std::optional<double> df;
  std::optional<double> p;
  std::optional<Interval> interval;
  if (result.test) {
    t = result.test->t;
    df = result.test->df;
    p = result.test->p;
    interval = result.test->interval;
  }
  const char* effect = options.paired ? "dz" : "hedges_g";
  StatsReport report;
  report.json = {{"mean_a", JsonOf(result.mean_a)},
                 {"mean_b", JsonOf(result.mean_b)},
                 {"difference", JsonOf(result.difference.value)},
                 {"ci", JsonOf(interval)},
                 {"t", JsonOf(t)},
                 {"df", JsonOf(df)},
                 {"p", JsonOf(p)},
                 {effect, JsonOf(result.effect_size)},
                 {"reason", JsonOf(result.reason)}};
  report.headline = std::move(result.headline);
  report.tables.push_back(
      Facts({{"mean_a", Shown(result.mean_a, kFinePlaces)},
             {"mean_b", Shown(result.mean_b, kFinePlaces)},
             {"difference", Shown(result.difference.value, kFinePlaces)},
             {"low", interval ? Shown(interval->low, kFinePlaces) : ""},
             {"high", interval ? Shown(interval->high, kFinePlaces) : ""},
             {"t", Shown(t, kFinePlaces)},
             {"df", Shown(df, kPlaces)},
             {"p", Shown(p, kFinePlaces)},
             {effect, Shown(result.effect_size, kPlaces)}}));
  if (result.reason != Reason::kNone) {
    report.remarks.push_back(
        absl::StrCat("No test: ", ReasonText(result.reason), "."));
  }
  return PrintStats(session, report);
}

// --- shrink

absl::Status ShowShrunk(Session& session, const std::string& file) {
  ASSIGN_OR_RETURN(const StatsSheet sheet,
                   ReadStatsSheet(file, session.terminal.in, true));
  ASSIGN_OR_RETURN(const size_t group, sheet.Need({"group"}));
  ASSIGN_OR_RETURN(const size_t value, sheet.Need({"value"}));
  CellProblems problems;
  const NameNumbers names(sheet, group, problems);
  const auto numbers = NumbersIn(sheet, value, problems);
  RETURN_IF_ERROR(problems.ToStatus());
  std::vector<std::vector<double>> values(names.names().size());
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (!numbers[i]) continue;
    values[names.Of(sheet.rows[i].cells[group])].push_back(*numbers[i]);
  }
  std::vector<GroupMean> groups;
  for (const auto& one : values) groups.push_back(GroupMeanOf(one));
  const Shrinkage fit = Shrink(groups);
  std::optional<double> mu;
  std::optional<double> tau2;
  std::optional<double> sigma2;
  if (fit.components) {
    mu = fit.components->mu;
    tau2 = fit.components->between;
    sigma2 = fit.components->within;
  }
  StatsReport report;
  report.json = {{"mu", JsonOf(mu)},
                 {"tau2", JsonOf(tau2)},
                 {"sigma2", JsonOf(sigma2)},
                 {"groups", OrderedJson::array()},
                 {"reason", JsonOf(fit.reason)}};
  StatsTable table{"",
                   {{"group", Align::kLeft},
                    {"n", Align::kRight},
                    {"mean", Align::kRight},
                    {"shrunk", Align::kRight},
                    {"weight", Align::kRight},
                    {"low", Align::kRight},
                    {"high", Align::kRight}},
                   {}};
  for (size_t i = 0; i < groups.size(); ++i) {
    const ShrunkMean& shrunk = fit.groups[i];
    const bool known = groups[i].n > 0 || fit.components.has_value();
    std::optional<double> mean;
    std::optional<double> estimate;
    if (groups[i].n > 0) mean = groups[i].mean;
    if (known) estimate = shrunk.shrunk;
    report.json["groups"].push_back({{"group", names.names()[i]},
                                     {"n", groups[i].n},
                                     {"mean", JsonOf(mean)},
                                     {"shrunk", JsonOf(estimate)},
                                     {"weight", JsonOf(shrunk.weight)},
                                     {"ci", JsonOf(shrunk.interval)}});
    const auto& interval = shrunk.interval;
    table.rows.push_back({names.names()[i], absl::StrCat(groups[i].n),
                          Shown(mean, kPlaces), Shown(estimate, kPlaces),
                          Shown(shrunk.weight, kPlaces),
                          interval ? Shown(interval->low, kPlaces) : "",
                          interval ? Shown(interval->high, kPlaces) : ""});
  }
  report.tables.push_back(std::move(table));
  report.headline =
      fit.components
          ? absl::StrCat("Mean ", Shown(mu, kPlaces), ", between groups ",
                         Shown(tau2, kPlaces), ", within ",
                         Shown(sigma2, kPlaces), " (variances).")
          : absl::StrCat("Nothing was shrunk: ", ReasonText(fit.reason), ".");
  if (tau2 == 0) {
    report.remarks.push_back("There is no evidence that the groups differ.");
  }
  return PrintStats(session, report);
}

void AddNps(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "nps",
      "The Net Promoter Score with the adjusted Wald interval, from a column "
      "nps (or the only one) of answers 0 to 10; blanks are missing.",
      "attune stats nps survey.csv\n"
      "attune stats nps --counts 1436,968,342 -o json");
  auto options = std::make_shared<NpsOptions>();
  AddOption(command, "file", options->file, "CSV file; - is stdin.");
  AddOption(command, "--counts", options->counts,
            "Promoters (9-10), passives (7-8) and detractors (0-6), "
            "already counted.")
      .TypeName("P,N,D");
  OnRun(command, session,
        [&session, options] { return ShowNps(session, *options); });
}

void AddCompare(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "compare",
      "What b has more than a, with a test and a 95 % interval; each file has "
      "a column score or value, or only one.",
      "attune stats compare before.csv after.csv\n"
      "attune stats compare before.csv after.csv --paired");
  auto options = std::make_shared<CompareOptions>();
  AddOption(command, "a", options->a, "CSV file; - is stdin.").Required();
  AddOption(command, "b", options->b, "CSV file; - is stdin.").Required();
  AddFlag(command, "--paired", options->paired,
          "Row by row the same agent or call; rows with a blank on "
          "either side are left out.");
  OnRun(command, session,
        [&session, options] { return Compare(session, *options); });
}

void AddShrink(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "shrink",
      "Means of groups, pulled towards the mean of all by as much as chance "
      "moves them; columns group and value.",
      "attune stats shrink scores.csv\n"
      "attune stats shrink - -o csv < scores.csv");
  auto file = std::make_shared<std::string>();
  AddOption(command, "file", *file, "CSV file; - is stdin.").Required();
  OnRun(command, session,
        [&session, file] { return ShowShrunk(session, *file); });
}

}  // namespace

void AddStatsMeanCommands(CLI::App& group, Session& session) {
  AddNps(group, session);
  AddCompare(group, session);
  AddShrink(group, session);
}

}  // namespace attune
