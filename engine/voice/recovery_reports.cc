// How recovery went in a period.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "engine/clock.h"
#include "engine/names.h"
#include "engine/report/period.h"
#include "engine/report/report_filter.h"
#include "engine/stats/distributions.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/recovery_actions.h"

namespace attune {
namespace {

using Action = v1::RecoveryAction;

constexpr char kActions[] = R"sql(
  SELECT p.team, r.kind, r.prompted, r.state, r.outcome, r.minor_units,
         r.currency, r.create_us, r.due_us, r.close_us
  FROM recovery_action r JOIN person p ON p.id = r.person WHERE 1 = 1)sql";

// What a report needs of an action.
struct Counted {
  std::string team;
  Action::Kind kind = Action::KIND_UNSPECIFIED;
  bool prompted = false;
  Action::State state = Action::STATE_UNSPECIFIED;
  Action::Outcome outcome = Action::OUTCOME_UNSPECIFIED;
  int64_t minor_units = 0;
  std::string currency;
  int64_t create_us = 0;
  int64_t due_us = 0;
  int64_t close_us = 0;
};

Counted Read(Cells& cells) {
  Counted action;
  action.team = cells.TextOr("");
  action.kind = static_cast<Action::Kind>(cells.Int());
  action.prompted = cells.Int() != 0;
  action.state = static_cast<Action::State>(cells.Int());
  action.outcome = static_cast<Action::Outcome>(cells.Int());
  action.minor_units = cells.Int();
  action.currency = cells.Text();
  action.create_us = cells.Int();
  action.due_us = cells.Int();
  action.close_us = cells.IntOr(0);
  return action;
}

double TwoPlaces(double value) { return std::floor(value * 100 + 0.5) / 100; }

// Adds actions up.
class RecoveryTally {
 public:
  void Add(const Counted& action, int64_t now_us) {
    figures_.set_opened(figures_.opened() + 1);
    if (action.prompted) {
      figures_.set_prompted(figures_.prompted() + 1);
    } else {
      figures_.set_unprompted(figures_.unprompted() + 1);
    }
    switch (action.state) {
      case Action::STATE_DONE:
        AddDone(action);
        break;
      case Action::STATE_ABANDONED:
        figures_.set_abandoned(figures_.abandoned() + 1);
        break;
      default:
        figures_.set_open(figures_.open() + 1);
        if (action.due_us < now_us) {
          figures_.set_overdue(figures_.overdue() + 1);
        }
    }
  }

  v1::RecoveryFigures Result() {
    for (const auto& [currency, units] : costs_) {
      v1::Cost& cost = *figures_.add_costs();
      cost.set_currency_code(currency);
      cost.set_minor_units(units);
    }
    if (!days_.empty()) {
      std::sort(days_.begin(), days_.end());
      figures_.set_mean_days_to_done(
          TwoPlaces(std::accumulate(days_.begin(), days_.end(), 0.0) /
                    static_cast<double>(days_.size())));
      figures_.set_median_days_to_done(TwoPlaces(SampleQuantile(days_, 0.5)));
    }
    return figures_;
  }

 private:
  void AddDone(const Counted& action) {
    figures_.set_done(figures_.done() + 1);
    if (action.outcome == Action::OUTCOME_FIXED) {
      figures_.set_fixed(figures_.fixed() + 1);
    } else if (action.outcome == Action::OUTCOME_PARTLY_FIXED) {
      figures_.set_partly_fixed(figures_.partly_fixed() + 1);
    } else {
      figures_.set_not_fixed(figures_.not_fixed() + 1);
    }
    if (action.minor_units > 0) costs_[action.currency] += action.minor_units;
    days_.push_back(static_cast<double>(action.close_us - action.create_us) /
                    static_cast<double>(kMicrosPerDay));
  }

  v1::RecoveryFigures figures_;
  std::map<std::string, int64_t> costs_;
  std::vector<double> days_;
};

}  // namespace

absl::StatusOr<v1::RecoveryReport> RecoveryActions::Report(
    Transaction& tx, const Caller& caller,
    const v1::GetRecoveryReportRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  const DayRange days = ParsePeriod(request.period(), bad);
  const auto asked = CheckTeam(request.team(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const auto team, FindTeamInReach(tx, caller, asked));
  Query query(kActions);
  if (days.first) {
    query.Add(" AND r.create_us >= ?", {*days.first * kMicrosPerDay});
  }
  if (days.last) {
    query.Add(" AND r.create_us < ?", {(*days.last + 1) * kMicrosPerDay});
  }
  if (team) query.Add(" AND p.team = ?", {*team});
  RecoveryTally overall;
  std::map<Action::Kind, RecoveryTally> kinds;
  std::map<std::string, RecoveryTally> teams;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
    Cells cells(row);
    const Counted action = Read(cells);
    RETURN_IF_ERROR(cells.Done());
    overall.Add(action, now_us);
    kinds[action.kind].Add(action, now_us);
    teams[action.team].Add(action, now_us);
    return absl::OkStatus();
  }));
  v1::RecoveryReport report;
  *report.mutable_period() = request.period();
  if (team) report.set_team(TeamName(*team));
  *report.mutable_overall() = overall.Result();
  for (auto& [kind, tally] : kinds) {
    v1::RecoveryReport::Group& group = *report.add_kinds();
    group.set_kind(kind);
    *group.mutable_figures() = tally.Result();
  }
  for (auto& [id, tally] : teams) {
    v1::RecoveryReport::Group& group = *report.add_teams();
    if (!id.empty()) group.set_team(TeamName(id));
    *group.mutable_figures() = tally.Result();
  }
  return report;
}

}  // namespace attune
