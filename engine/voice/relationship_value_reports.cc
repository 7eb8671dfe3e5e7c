// RelationshipValues::Report.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/relationship_value.h"
#include "engine/voice/relationship_values.h"

namespace attune {
namespace {

using Tallies = std::map<std::string, RelationshipValueTally>;

struct Groups {
  RelationshipValueTally all;
  Tallies agents;
  Tallies teams;
  Tallies months;
};

absl::StatusOr<Groups> Sum(Transaction& tx, const ReportScope& scope) {
  Query query(
      "SELECT v.person, p.team, v.kind, v.day,"
      " CAST(SUM(v.units) AS BIGINT), COUNT(*)"
      " FROM relationship_value v JOIN person p ON p.id = v.person"
      " WHERE 1 = 1");
  AddDays(scope.days, "v.day", query);
  AddAgents(scope, "v.person", query);
  query.Add(" GROUP BY v.person, p.team, v.kind, v.day");
  Groups groups;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
    Cells cells(row);
    const std::string agent = cells.Text();
    const std::string team = cells.TextOr("");
    const auto kind = static_cast<v1::RelationshipValue::Kind>(cells.Int());
    const std::string month = FormatDay(cells.Int()).substr(0, 7);
    const int64_t units = cells.Int();
    const int64_t records = cells.Int();
    for (RelationshipValueTally* tally :
         {&groups.all, &groups.agents[agent], &groups.teams[team],
          &groups.months[month]}) {
      tally->Add(kind, units, records);
    }
    return cells.Done();
  }));
  return groups;
}

// Contacts, also those during which nobody was referred.
Query ContactsOf(absl::string_view select, const ReportScope& scope) {
  Query query(select);
  if (scope.days.first) {
    query.Add(" AND c.start_us >= ?", {*scope.days.first * kMicrosPerDay});
  }
  if (scope.days.last) {
    query.Add(" AND c.start_us < ?", {(*scope.days.last + 1) * kMicrosPerDay});
  }
  AddAgents(scope, "c.person", query);
  return query;
}

// NULL for none.
absl::StatusOr<Value> RunOne(Transaction& tx, const Query& query) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  return rows.at(0).at(0);
}

absl::StatusOr<int64_t> Count(Transaction& tx, const Query& query) {
  ASSIGN_OR_RETURN(const Value value, RunOne(tx, query));
  const Row row = {value};
  Cells cells(row);
  const int64_t count = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return count;
}

// From year to year in which there are contacts.
absl::Status AddReferralRates(Transaction& tx, ReportScope scope,
                              v1::RelationshipValueReport& report) {
  const DayRange period = scope.days;
  for (;;) {
    ASSIGN_OR_RETURN(
        const Value first,
        RunOne(tx, ContactsOf("SELECT MIN(c.start_us) FROM contact c"
                              " WHERE 1 = 1",
                              scope)));
    const int64_t* const first_us = std::get_if<int64_t>(&first);
    if (first_us == nullptr) return absl::OkStatus();
    const std::string year = FormatDay(DayOf(*first_us)).substr(0, 4);
    int number = 0;
    const auto january = ParseDay(absl::StrCat(year, "-01-01"));
    const auto december = ParseDay(absl::StrCat(year, "-12-31"));
    if (!absl::SimpleAtoi(year, &number) || !january || !december) {
      return MakeError(absl::StatusCode::kDataLoss, "ROW_MISFIT",
                       "A contact has a time beyond the calendar.");
    }
    ReportScope of_year = scope;
    of_year.days = {std::max(*january, period.first.value_or(*january)),
                    std::min(*december, period.last.value_or(*december))};
    ASSIGN_OR_RETURN(
        const int64_t n,
        Count(tx, ContactsOf("SELECT COUNT(*) FROM contact c WHERE 1 = 1",
                             of_year)));
    Query referring = ContactsOf(
        "SELECT COUNT(*) FROM (SELECT DISTINCT v.contact, v.person"
        " FROM relationship_value v"
        " JOIN contact c ON c.id = v.contact AND c.person = v.person"
        " WHERE v.contact IS NOT NULL",
        of_year);
    referring.Add(" AND v.kind = ?) AS referring",
                  {int64_t{v1::RelationshipValue::KIND_REFERS_CUSTOMERS}});
    ASSIGN_OR_RETURN(const int64_t hits, Count(tx, referring));
    *report.add_referral_rates() =
        ReferralRateOf(number, v1::ReferralRate::BASIS_CONTACTS, hits, n);
    scope.days.first = *december + 1;
    if (period.last && *scope.days.first > *period.last) {
      return absl::OkStatus();
    }
  }
}

v1::RelationshipValueGroup GroupOf(const std::string& name,
                                   const std::string& display_name,
                                   const RelationshipValueTally& tally) {
  v1::RelationshipValueGroup group;
  group.set_name(name);
  group.set_display_name(display_name);
  *group.mutable_kinds() = tally.Kinds(/*all=*/false);
  return group;
}

}  // namespace

absl::StatusOr<v1::RelationshipValueReport> RelationshipValues::Report(
    Transaction& tx, const Caller& caller,
    const v1::GetRelationshipValueReportRequest& request) const {
  Violations bad;
  ReportScope scope = CheckScope(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(scope, NarrowScope(tx, caller, scope));
  ASSIGN_OR_RETURN(const Groups groups, Sum(tx, scope));
  v1::RelationshipValueReport report;
  *report.mutable_period() = request.period();
  if (scope.team) report.set_team(TeamName(*scope.team));
  if (scope.person) report.set_person(PersonName(*scope.person));
  *report.mutable_kinds() = groups.all.Kinds(/*all=*/true);
  for (const auto& [id, tally] : groups.agents) {
    ASSIGN_OR_RETURN(const v1::Person agent, FindPerson(tx, id));
    *report.add_agents() = GroupOf(agent.name(), agent.display_name(), tally);
  }
  for (const auto& [id, tally] : groups.teams) {
    v1::Team team;
    if (!id.empty()) {
      ASSIGN_OR_RETURN(team, FindTeam(tx, id));
    }
    *report.add_teams() = GroupOf(team.name(), team.display_name(), tally);
  }
  for (const auto& [month, tally] : groups.months) {
    *report.add_months() = GroupOf(month, "", tally);
  }
  RETURN_IF_ERROR(AddReferralRates(tx, scope, report));
  return report;
}

}  // namespace attune
