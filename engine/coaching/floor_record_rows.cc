#include "engine/coaching/floor_record_rows.h"

#include <map>
#include <string>
#include <utility>

#include "engine/clock.h"
#include "engine/coaching/floor_session.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

Statement StatementOf(const Query& query) {
  return {std::string(query.text()),
          {query.params().begin(), query.params().end()}};
}

void AddSpan(const FloorWeeks& weeks, Query& query) {
  const int64_t first_us = weeks.first * kMicrosPerDay;
  query.Add(" s.start_us > ? AND s.start_us < ? AND s.end_us > ?",
            {first_us - kLongestFloorSessionUs,
             (weeks.last + kDaysPerWeek) * kMicrosPerDay, first_us});
}

Statement People(const ReportScope& scope, RoleSet roles,
                 const FloorWeeks& weeks) {
  Query query("SELECT p.id, p.roles, p.team, p.body FROM person p WHERE 1 = 1");
  AddAgents(scope, "p.id", query);
  if (!scope.person) {
    query.Add(
        " AND ((p.roles & ?) <> 0 OR p.id IN (SELECT s.person"
        " FROM floor_session s WHERE",
        {roles.bits()});
    AddSpan(weeks, query);
    query.Add("))");
  }
  query.Add(" ORDER BY p.id");
  return StatementOf(query);
}

Statement Sessions(const ReportScope& scope, const FloorWeeks& weeks) {
  Query query(
      "SELECT s.person, s.start_us, s.end_us FROM floor_session s WHERE");
  AddSpan(weeks, query);
  AddAgents(scope, "s.person", query);
  return StatementOf(query);
}

Statement Leave(const ReportScope& scope, const FloorWeeks& weeks) {
  Query query("SELECT w.person, w.day FROM work_day w WHERE w.on_leave = 1");
  AddDays({weeks.first, weeks.last + kDaysPerWeek - 1}, "w.day", query);
  AddAgents(scope, "w.person", query);
  return StatementOf(query);
}

absl::StatusOr<FloorRecord> ReadPerson(const Row& row) {
  FloorRecord record;
  v1::Person person;
  Cells cells(row);
  record.person = cells.Text();
  record.roles = RoleSet(cells.Int());
  record.team = cells.TextOr("");
  cells.Message(person);
  record.display_name = person.display_name();
  record.first_day = FirstDayOf(person);
  RETURN_IF_ERROR(cells.Done());
  return record;
}

}  // namespace

absl::StatusOr<std::vector<FloorRecord>> FindFloorRecords(
    Transaction& tx, const ReportScope& scope, RoleSet roles,
    const FloorWeeks& weeks) {
  ASSIGN_OR_RETURN(const auto answers,
                   tx.RunAll({People(scope, roles, weeks),
                              Sessions(scope, weeks), Leave(scope, weeks)}));
  std::vector<FloorRecord> records;
  std::map<std::string, size_t> places;
  for (const Row& row : answers[0]) {
    ASSIGN_OR_RETURN(FloorRecord record, ReadPerson(row));
    places[record.person] = records.size();
    records.push_back(std::move(record));
  }
  for (const Row& row : answers[1]) {
    Cells cells(row);
    const auto place = places.find(cells.Text());
    FloorSpan span;
    span.start_us = cells.Int();
    span.end_us = cells.Int();
    RETURN_IF_ERROR(cells.Done());
    if (place != places.end()) records[place->second].spans.push_back(span);
  }
  for (const Row& row : answers[2]) {
    Cells cells(row);
    const auto place = places.find(cells.Text());
    const int64_t day = cells.Int();
    RETURN_IF_ERROR(cells.Done());
    if (place != places.end()) records[place->second].leave.insert(day);
  }
  return records;
}

}  // namespace attune
