// attune stats severity: fair scores, with the severity of raters taken out.

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/stats/crossed_scores.h"
#include "engine/stats/severity.h"
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

struct SeverityOptions {
  std::string file;
  std::string method = "reml";
  bool z_scores = false;
};

// Scores of agents and raters that are numbered by their names.
struct Scored {
  std::vector<CrossedScore> scores;
  std::vector<std::string> agents;
  std::vector<std::string> raters;
};

struct Input {
  Scored all;
  std::vector<std::string> forms;  // empty without a form column
  std::vector<size_t> form_of;     // of each score
  size_t blanks = 0;
};

absl::StatusOr<Input> ReadInput(const StatsSheet& sheet) {
  ASSIGN_OR_RETURN(const size_t agent, sheet.Need({"agent"}));
  ASSIGN_OR_RETURN(const size_t rater, sheet.Need({"rater", "advocate"}));
  ASSIGN_OR_RETURN(const size_t score, sheet.Need({"score"}));
  const auto form = sheet.Find({"form"});
  CellProblems problems;
  const NameNumbers agents(sheet, agent, problems);
  const NameNumbers raters(sheet, rater, problems);
  Input input;
  const std::vector<std::optional<double>> scores =
      NumbersIn(sheet, score, problems);
  std::optional<NameNumbers> forms;
  if (form) forms.emplace(sheet, *form, problems);
  RETURN_IF_ERROR(problems.ToStatus());
  for (size_t i = 0; i < sheet.rows.size(); ++i) {
    const std::vector<std::string>& cells = sheet.rows[i].cells;
    if (!scores[i]) {
      ++input.blanks;
      continue;
    }
    input.all.scores.push_back(
        {agents.Of(cells[agent]), raters.Of(cells[rater]), *scores[i]});
    input.form_of.push_back(forms ? forms->Of(cells[*form]) : 0);
  }
  input.all.agents = agents.names();
  input.all.raters = raters.names();
  if (forms) input.forms = forms->names();
  return input;
}

// Those of `names` that scores use, numbered anew by `place`.
std::vector<std::string> Used(const std::vector<std::string>& names,
                              std::vector<CrossedScore>& scores,
                              size_t CrossedScore::*place) {
  std::vector<char> used(names.size());
  for (const CrossedScore& score : scores) used[score.*place] = 1;
  std::vector<size_t> anew(names.size());
  std::vector<std::string> kept;
  for (size_t i = 0; i < names.size(); ++i) {
    anew[i] = kept.size();
    if (used[i] != 0) kept.push_back(names[i]);
  }
  for (CrossedScore& score : scores) score.*place = anew[score.*place];
  return kept;
}

// Only the agents and raters that `scores` name.
Scored Narrowed(const Scored& all, std::vector<CrossedScore> scores) {
  Scored narrowed;
  narrowed.agents = Used(all.agents, scores, &CrossedScore::agent);
  narrowed.raters = Used(all.raters, scores, &CrossedScore::rater);
  narrowed.scores = std::move(scores);
  return narrowed;
}

// Within each form, in standard deviations from the form's mean.
void Standardize(Input& input) {
  std::vector<std::vector<double>> by_form(input.forms.size());
  for (size_t i = 0; i < input.form_of.size(); ++i) {
    by_form[input.form_of[i]].push_back(input.all.scores[i].score);
  }
  std::vector<GroupMean> forms;
  for (const auto& scores : by_form) forms.push_back(GroupMeanOf(scores));
  for (size_t i = 0; i < input.form_of.size(); ++i) {
    const GroupMean& form = forms[input.form_of[i]];
    const double deviation =
        form.squares > 0
            ? std::sqrt(form.squares / static_cast<double>(form.n - 1))
            : 1;
    double& score = input.all.scores[i].score;
    score = (score - form.mean) / deviation;
  }
}

std::string Names(const std::vector<size_t>& places,
                  const std::vector<std::string>& names) {
  constexpr size_t kMost = 5;
  std::vector<std::string> some;
  for (size_t i = 0; i < places.size() && i < kMost; ++i) {
    some.push_back(names[places[i]]);
  }
  return absl::StrCat(absl::StrJoin(some, ", "),
                      places.size() > kMost ? " and others" : "");
}

class Report {
 public:
  explicit Report(const SeverityOptions& options) : options_(options) {
    agents_.columns = {{"form", Align::kLeft},  {"agent", Align::kLeft},
                       {"n", Align::kRight},    {"raw", Align::kRight},
                       {"fair", Align::kRight}, {"change", Align::kRight},
                       {"se", Align::kRight}};
    raters_.columns = {{"form", Align::kLeft},
                       {"rater", Align::kLeft},
                       {"n", Align::kRight},
                       {"severity", Align::kRight},
                       {"se", Align::kRight}};
  }

  // Fits `scored` and says so in JSON; parts that share no rater are adjusted
  // one by one, under `components`.
  OrderedJson Add(const std::string& form, const Scored& scored) {
    const CrossedScores crossed(scored.scores, scored.agents.size(),
                                scored.raters.size());
    const Severity fit = Fit(crossed);
    OrderedJson json = JsonOfFit(scored, crossed, fit);
    if (fit.reason != Reason::kDisconnected) {
      AddRows(form, scored, crossed, fit);
      if (fit.reason != Reason::kNone) {
        Remark(form, absl::StrCat("Nothing was adjusted: ",
                                  ReasonText(fit.reason), "."));
      } else if (fit.residual_df < kFewestResidualDfShown) {
        Remark(form, absl::StrCat("Only ", fit.residual_df,
                                  " degrees of freedom are left over; from ",
                                  kFewestResidualDfShown,
                                  " on adjustments are worth showing."));
      } else if (fit.sigma2_rater == 0) {
        Remark(form, "There is no evidence that raters differ in severity.");
      }
      return json;
    }
    const std::vector<CrossedComponent> components = ComponentsOf(crossed);
    Remark(form,
           absl::StrCat("These scores fall into ", components.size(),
                        " parts that share no rater, so that they cannot be "
                        "compared; each was adjusted by itself.  A call scored "
                        "by raters of both sides joins them: ",
                        Names(components[0].raters, scored.raters), " | ",
                        Names(components[1].raters, scored.raters), "."));
    json["components"] = OrderedJson::array();
    for (const CrossedComponent& component : components) {
      json["components"].push_back(
          Add(form, Narrowed(scored, ScoresOf(component, scored))));
    }
    return json;
  }

  StatsReport Finish(const Input& input, OrderedJson json) {
    StatsReport report;
    report.json = std::move(json);
    report.headline = absl::StrCat(
        input.all.scores.size(), " scores of ", input.all.agents.size(),
        " agents by ", input.all.raters.size(), " raters",
        options_.z_scores ? ", in standard deviations of their forms." : ".");
    const bool by_form = !input.forms.empty() && !options_.z_scores;
    for (StatsTable* table : {&agents_, &raters_}) {
      if (by_form) continue;
      table->columns.erase(table->columns.begin());
      for (auto& row : table->rows) row.erase(row.begin());
    }
    agents_.title = "Fair scores: what an average rater would give";
    raters_.title =
        "Severity: points given beyond an average rater (+ lenient)";
    report.tables = {std::move(agents_), std::move(raters_)};
    report.remarks = std::move(remarks_);
    if (input.blanks > 0) {
      report.remarks.push_back(
          absl::StrCat(input.blanks, " rows without a score were left out."));
    }
    return report;
  }

 private:
  Severity Fit(const CrossedScores& crossed) const {
    return options_.method == "ols" ? FitSeverityByLeastSquares(crossed)
                                    : FitSeverity(crossed);
  }

  void Remark(const std::string& form, const std::string& text) {
    remarks_.push_back(form.empty() ? text
                                    : absl::StrCat("Form ", form, ": ", text));
  }

  static std::vector<CrossedScore> ScoresOf(const CrossedComponent& component,
                                            const Scored& scored) {
    std::vector<char> inside(scored.agents.size());
    for (const size_t agent : component.agents) inside[agent] = 1;
    std::vector<CrossedScore> scores;
    for (const CrossedScore& score : scored.scores) {
      if (inside[score.agent] != 0) scores.push_back(score);
    }
    return scores;
  }

  OrderedJson JsonOfFit(const Scored& scored, const CrossedScores& crossed,
                        const Severity& fit) const {
    OrderedJson json;
    json["method"] = options_.method;
    json["agents"] = OrderedJson::array();
    for (size_t i = 0; i < scored.agents.size(); ++i) {
      json["agents"].push_back({{"agent", scored.agents[i]},
                                {"n", crossed.agents[i].n},
                                {"raw", fit.agents[i].raw},
                                {"fair", JsonOf(fit.agents[i].fair)},
                                {"se", JsonOf(fit.agents[i].se)}});
    }
    json["raters"] = OrderedJson::array();
    for (size_t j = 0; j < scored.raters.size(); ++j) {
      json["raters"].push_back({{"rater", scored.raters[j]},
                                {"n", crossed.raters[j].n},
                                {"severity", JsonOf(fit.raters[j].severity)},
                                {"se", JsonOf(fit.raters[j].se)}});
    }
    json["sigma2"] = JsonOf(fit.sigma2);
    json["sigma2_rater"] = JsonOf(fit.sigma2_rater);
    json["residual_df"] = fit.residual_df;
    json["reason"] = JsonOf(fit.reason);
    return json;
  }

  // Adjustments that rest on too little are not shown to people.
  void AddRows(const std::string& form, const Scored& scored,
               const CrossedScores& crossed, const Severity& fit) {
    constexpr int kPlaces = 2;
    const bool show = fit.residual_df >= kFewestResidualDfShown ||
                      fit.reason == Reason::kOneRater;
    for (size_t i = 0; i < scored.agents.size(); ++i) {
      const FairScore& agent = fit.agents[i];
      agents_.rows.push_back(
          {form, scored.agents[i], absl::StrCat(crossed.agents[i].n),
           Shown(agent.raw, kPlaces), show ? Shown(agent.fair, kPlaces) : "",
           show ? Shown(*agent.fair - agent.raw, kPlaces) : "",
           show ? Shown(agent.se, kPlaces) : ""});
    }
    for (size_t j = 0; j < scored.raters.size(); ++j) {
      const RaterSeverity& rater = fit.raters[j];
      raters_.rows.push_back({form, scored.raters[j],
                              absl::StrCat(crossed.raters[j].n),
                              show ? Shown(rater.severity, kPlaces) : "",
                              show ? Shown(rater.se, kPlaces) : ""});
    }
  }

  const SeverityOptions& options_;
  StatsTable agents_;
  StatsTable raters_;
  std::vector<std::string> remarks_;
};

absl::Status FitFile(Session& session, const SeverityOptions& options) {
  ASSIGN_OR_RETURN(const StatsSheet sheet,
                   ReadStatsSheet(options.file, session.terminal.in, true));
  ASSIGN_OR_RETURN(Input input, ReadInput(sheet));
  if (options.z_scores) {
    if (input.forms.empty()) {
      return UsageError("--z-scores needs a column form.");
    }
    Standardize(input);
  }
  Report report(options);
  if (input.forms.empty() || options.z_scores) {
    OrderedJson json = report.Add("", Narrowed(input.all, input.all.scores));
    return PrintStats(session, report.Finish(input, std::move(json)));
  }
  OrderedJson json = {{"method", options.method},
                      {"forms", OrderedJson::array()}};
  for (size_t form = 0; form < input.forms.size(); ++form) {
    std::vector<CrossedScore> scores;
    for (size_t i = 0; i < input.form_of.size(); ++i) {
      if (input.form_of[i] == form) scores.push_back(input.all.scores[i]);
    }
    OrderedJson fit = {{"form", input.forms[form]}};
    fit.update(
        report.Add(input.forms[form], Narrowed(input.all, std::move(scores))));
    json["forms"].push_back(std::move(fit));
  }
  return PrintStats(session, report.Finish(input, std::move(json)));
}

}  // namespace

void AddStatsSeverityCommand(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "severity",
      "Fair scores from columns agent, rater (or advocate) and score, other "
      "columns ignored; with a column form, one fit for each form.  Leave out "
      "scores that a critical question set to 0.",
      "attune stats severity scores.csv\n"
      "attune stats severity scores.csv -o json\n"
      "attune stats severity two-forms.csv --z-scores");
  auto options = std::make_shared<SeverityOptions>();
  AddOption(command, "file", options->file, "CSV file; - is stdin.").Required();
  AddOption(command, "--method", options->method,
            "reml takes raters as a sample of raters; ols is a second "
            "opinion without standard errors; default reml.")
      .OneOf({"reml", "ols"})
      .TypeName("METHOD");
  AddFlag(command, "--z-scores", options->z_scores,
          "One fit for all forms, on standard deviations from each "
          "form's mean.");
  OnRun(command, session,
        [&session, options] { return FitFile(session, *options); });
}

}  // namespace attune
