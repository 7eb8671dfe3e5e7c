#include "engine/coaching/work_days.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/coaching/work_day.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/report/report_scopes.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;
// So many statements go out together.
constexpr size_t kStatementsAtOnce = 300;

constexpr char kStored[] = R"sql(
  SELECT body FROM work_day WHERE person = $1 AND day = $2)sql";

constexpr char kTeamOf[] = R"sql(
  SELECT team FROM person WHERE id = $1)sql";

constexpr char kPut[] = R"sql(
  INSERT INTO work_day (person, day, logged, facing, idle_chats, idle_minutes,
                        on_leave, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (person, day) DO UPDATE
  SET logged = excluded.logged, facing = excluded.facing,
      idle_chats = excluded.idle_chats, idle_minutes = excluded.idle_minutes,
      on_leave = excluded.on_leave, body = excluded.body)sql";

struct DayKey {
  std::string person;
  int64_t day = 0;
  friend auto operator<=>(const DayKey&, const DayKey&) = default;
};

// Of a name that was checked.
DayKey KeyOf(const v1::WorkDay& work_day) {
  const PersonPart name =
      ParseWorkDayName(work_day.name()).value_or(PersonPart{});
  return {name.person, ParseDay(name.id).value_or(0)};
}

std::string Path(int row) { return absl::StrCat("requests[", row, "]"); }

// What can be told without the store; each person's rows.
std::map<std::string, std::vector<int>> CheckRows(
    const v1::BatchUpdateWorkDaysRequest& request, int64_t now_us,
    Violations& bad) {
  std::map<std::string, std::vector<int>> people;
  std::map<DayKey, int> seen;
  for (int i = 0; i < request.requests_size(); ++i) {
    const v1::WorkDay& work_day = request.requests(i).work_day();
    CheckWorkDay(work_day, absl::StrCat(Path(i), ".work_day"), now_us, bad);
    if (!ParseWorkDayName(work_day.name())) continue;
    const DayKey key = KeyOf(work_day);
    people[key.person].push_back(i);
    const auto [first, fresh] = seen.emplace(key, i);
    if (!fresh) {
      bad.Add(absl::StrCat(Path(i), ".work_day.name"), "ROW_REPEATED",
              absl::StrCat(Path(first->second), " is this day already."));
    }
  }
  return people;
}

// The rows of each statement, a few hundred at once.
absl::StatusOr<std::vector<std::vector<Row>>> RunMany(
    Transaction& tx, const std::vector<Statement>& statements) {
  std::vector<std::vector<Row>> all;
  for (size_t i = 0; i < statements.size(); i += kStatementsAtOnce) {
    ASSIGN_OR_RETURN(
        auto some,
        tx.RunAll(
            absl::MakeConstSpan(statements).subspan(i, kStatementsAtOnce)));
    for (auto& rows : some) all.push_back(std::move(rows));
  }
  return all;
}

// Every person is there and within reach.
absl::Status CheckPeople(Transaction& tx, const Caller& caller,
                         const std::map<std::string, std::vector<int>>& people,
                         Violations& bad) {
  std::vector<Statement> statements;
  for (const auto& [person, rows] : people) {
    statements.push_back({kTeamOf, {person}});
  }
  ASSIGN_OR_RETURN(const auto answers, RunMany(tx, statements));
  size_t next = 0;
  for (const auto& [person, rows] : people) {
    const std::vector<Row>& found = answers[next++];
    if (!found.empty()) {
      Cells cells(found[0]);
      const std::string team = cells.TextOr("");
      RETURN_IF_ERROR(cells.Done());
      if (caller.Reaches(person, team)) continue;
    }
    for (const int row : rows) {
      bad.Add(absl::StrCat(Path(row), ".work_day.name"), "PERSON_UNKNOWN",
              absl::StrCat(PersonName(person), " is not there."));
    }
  }
  return absl::OkStatus();
}

// What the caller says, without what the server does.
std::string ContentOf(v1::WorkDay work_day) {
  work_day.clear_update_time();
  return work_day.SerializeAsString();
}

absl::Status Put(Transaction& tx, const v1::WorkDay& work_day) {
  const DayKey key = KeyOf(work_day);
  return tx.Send(
      kPut,
      {key.person, key.day, int64_t{work_day.logged_minutes()},
       int64_t{work_day.customer_facing_minutes()},
       int64_t{work_day.idle_chats()}, int64_t{work_day.idle_chat_minutes()},
       int64_t{work_day.leave()}, Bytes{work_day.SerializeAsString()}});
}

}  // namespace

absl::StatusOr<v1::BatchUpdateWorkDaysResponse> WorkDays::BatchUpdate(
    Transaction& tx, const Caller& caller,
    const v1::BatchUpdateWorkDaysRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  if (request.requests().empty() || request.requests_size() > kMaxBatch) {
    bad.Add("requests", "BATCH_SIZE",
            absl::StrCat("A batch holds 1 to ", kMaxBatch, " requests, not ",
                         request.requests_size(), "."));
    return bad.ToStatus();
  }
  const auto people = CheckRows(request, now_us, bad);
  RETURN_IF_ERROR(CheckPeople(tx, caller, people, bad));
  RETURN_IF_ERROR(bad.ToStatus());
  std::vector<Statement> statements;
  for (const auto& row : request.requests()) {
    const DayKey key = KeyOf(row.work_day());
    statements.push_back({kStored, {key.person, key.day}});
  }
  ASSIGN_OR_RETURN(const auto stored, RunMany(tx, statements));
  v1::BatchUpdateWorkDaysResponse response;
  for (int i = 0; i < request.requests_size(); ++i) {
    v1::WorkDay work_day = request.requests(i).work_day();
    const std::vector<Row>& before = stored[static_cast<size_t>(i)];
    if (before.empty()) {
      response.set_created_count(response.created_count() + 1);
    } else {
      v1::WorkDay known;
      Cells cells(before[0]);
      cells.Message(known);
      RETURN_IF_ERROR(cells.Done());
      if (ContentOf(known) == ContentOf(work_day)) {
        response.set_unchanged_count(response.unchanged_count() + 1);
        continue;
      }
      response.set_updated_count(response.updated_count() + 1);
    }
    if (request.validate_only()) continue;
    *work_day.mutable_update_time() = ToTimestamp(now_us);
    RETURN_IF_ERROR(Put(tx, work_day));
  }
  return response;
}

absl::StatusOr<v1::ListWorkDaysResponse> WorkDays::List(
    Transaction& tx, const Caller& caller,
    const v1::ListWorkDaysRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  ReportScope scope;
  scope.days = ParsePeriod(request.period(), bad);
  scope.team = CheckTeam(request.team(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") scope.person = *person;
  Query query("SELECT w.day, w.person, w.body FROM work_day w WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t day = 0;
    if (!absl::SimpleAtoi(page.after[0], &day)) day = 0;
    query.Add("(w.day, w.person) > (?, ?)", {day, page.after[1]});
  }
  AddDays(scope.days, "w.day", query);
  AddAgents(scope, "w.person", query);
  AddReach(caller, "w.person", query);
  query.Add(" ORDER BY w.day, w.person LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListWorkDaysResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.work_days_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    cells.Message(*response.add_work_days());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
