#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/evaluation/contest_items.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/form/revisions.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/contest_figures.h"
#include "engine/report/report_filter.h"
#include "engine/report/reports.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

struct Groups {
  ContestTally overall;
  std::map<std::pair<std::string, std::string>, ContestTally>
      questions;  // by form and question
  std::map<std::string, ContestTally> raters;
  std::map<std::string, ContestTally> teams;
};

absl::StatusOr<Groups> CountItems(Transaction& tx, const RollupFilter& filter) {
  Groups groups;
  RETURN_IF_ERROR(
      ScanItemsContestedIn(tx, filter, [&](const ContestedItem& item) {
        groups.overall.Add(item.standing);
        groups.questions[{item.form, item.question}].Add(item.standing);
        groups.raters[item.rater].Add(item.standing);
        groups.teams[item.team].Add(item.standing);
      }));
  return groups;
}

// Texts of the questions of a form in its newest revision.
absl::StatusOr<std::map<std::string, std::string>> FindTexts(
    Transaction& tx, const std::string& form) {
  std::map<std::string, std::string> texts;
  ASSIGN_OR_RETURN(const auto revision, FindNewestRevision(tx, form));
  if (!revision) return texts;
  for (const v1::Section& section : revision->form().sections()) {
    for (const v1::Question& question : section.questions()) {
      texts[question.question_id()] = question.text();
    }
  }
  return texts;
}

absl::Status AddQuestions(Transaction& tx, RollupFilter filter,
                          const Groups& groups, v1::ContestReport& report) {
  std::map<std::string, std::string> texts;
  int64_t evaluations = 0;
  std::string form;  // whose these are: the groups are ordered by it
  for (const auto& [key, tally] : groups.questions) {
    if (key.first != form) {
      form = key.first;
      filter.form = form;
      ASSIGN_OR_RETURN(texts, FindTexts(tx, form));
      ASSIGN_OR_RETURN(evaluations, CountEvaluations(tx, filter));
    }
    v1::ContestGroup& group = *report.add_questions();
    group.set_form(FormName(form));
    group.set_question_id(key.second);
    group.set_text(texts[key.second]);
    *group.mutable_figures() = FiguresOf(tally, evaluations);
  }
  return absl::OkStatus();
}

absl::Status AddRaters(Transaction& tx, const Groups& groups,
                       v1::ContestReport& report) {
  for (const auto& [rater, tally] : groups.raters) {
    ASSIGN_OR_RETURN(const v1::Person person, FindPerson(tx, rater));
    v1::ContestGroup& group = *report.add_raters();
    group.set_name(person.name());
    group.set_text(person.display_name());
    *group.mutable_figures() = FiguresOf(tally, 0);
  }
  return absl::OkStatus();
}

absl::Status AddTeams(Transaction& tx, RollupFilter filter,
                      const Groups& groups, v1::ContestReport& report) {
  for (const auto& [id, tally] : groups.teams) {
    v1::ContestGroup& group = *report.add_teams();
    if (id.empty()) {  // of agents in no team
      *group.mutable_figures() = FiguresOf(tally, 0);
      continue;
    }
    ASSIGN_OR_RETURN(const v1::Team team, FindTeam(tx, id));
    filter.team = id;
    ASSIGN_OR_RETURN(const int64_t evaluations, CountEvaluations(tx, filter));
    group.set_name(team.name());
    group.set_text(team.display_name());
    *group.mutable_figures() = FiguresOf(tally, evaluations);
  }
  return absl::OkStatus();
}

void MostContestedFirst(
    google::protobuf::RepeatedPtrField<v1::ContestGroup>& groups) {
  const auto key = [](const v1::ContestGroup& group) {
    return std::make_tuple(-group.figures().items(), group.form(),
                           group.question_id(), group.name());
  };
  std::sort(groups.begin(), groups.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

}  // namespace

absl::StatusOr<v1::ContestReport> Reports::GetContestReport(
    Transaction& tx, const Caller& caller,
    const v1::GetContestReportRequest& request) const {
  Violations bad;
  RollupFilter filter = CheckFilter(request, bad);
  filter.team = CheckTeam(request.team(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(filter.team, FindTeamInReach(tx, caller, filter.team));
  if (filter.form) {
    // NOT_FOUND if there is no such form, FAILED_PRECONDITION if it has never
    // been scored on.
    RETURN_IF_ERROR(
        FindRevision(tx, RevisionName{*filter.form, 0}, clock_()).status());
  }
  ASSIGN_OR_RETURN(const Groups groups, CountItems(tx, filter));
  ASSIGN_OR_RETURN(const int64_t evaluations, CountEvaluations(tx, filter));
  v1::ContestReport report;
  *report.mutable_period() = request.period();
  if (filter.team) report.set_team(TeamName(*filter.team));
  report.set_form(request.form());
  *report.mutable_overall() = FiguresOf(groups.overall, evaluations);
  RETURN_IF_ERROR(AddQuestions(tx, filter, groups, report));
  RETURN_IF_ERROR(AddRaters(tx, groups, report));
  RETURN_IF_ERROR(AddTeams(tx, filter, groups, report));
  MostContestedFirst(*report.mutable_questions());
  MostContestedFirst(*report.mutable_raters());
  MostContestedFirst(*report.mutable_teams());
  return report;
}

}  // namespace attune
