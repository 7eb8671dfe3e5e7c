// Survey responses: bringing them in beside SQLite's own inserts of the same
// rows, and the NPS of one agent and of all over 180 days, from the rollups
// beside a GROUP BY of the responses.
//
//   survey_benchmark [RESPONSES [REPETITIONS]]

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/store/migrations.h"
#include "engine/store/query.h"
#include "engine/store/sqlite.h"
#include "engine/voice/survey_reports.h"
#include "tests/bench/figures.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

constexpr int kAgents = 500;
constexpr int kDays = 180;
constexpr int64_t kFirstDay = 20'454;  // 2026-01-01
constexpr int kRowsPerFile = 100'000;
constexpr int kRowsPerCommit = 1'000;

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::exit(1);
}

// Runs a program to its end; gives the seconds it took.
double RunProgram(const std::vector<std::string>& arguments,
                  const std::string& log) {
  const double start = MicrosNow();
  Process process(arguments, log);
  if (process.Wait() != 0) {
    std::cerr << arguments[0] << " failed, see " << log << "\n";
    std::exit(1);
  }
  return (MicrosNow() - start) / 1e6;
}

// The same rows every time, agents and days in turns.
void WriteResponses(const std::string& path, int first, int count) {
  std::ofstream file(path);
  file << "source_id,agent,time,nps,csat,would_hire,verbatim\n";
  for (int i = first; i < first + count; ++i) {
    const int agent = i % kAgents;
    const int64_t day = kFirstDay + i / kAgents % kDays;
    file << i << ",agent-" << agent << "," << FormatDay(day) << ","
         << (i * 7 + agent) % 11 << "," << 1 + i % 5 << ","
         << (i % 3 > 0 ? "yes" : "no") << ","
         << (i % 4 == 0 ? "She took her time and solved it at once." : "")
         << "\n";
  }
}

// Through a server that is stopped again; rows a second, file by file.
std::vector<double> Import(const std::string& folder, int responses,
                           const TempDir& dir) {
  Process server({ATTUNED_PATH, "--data-dir", folder, "--grpc", "127.0.0.1:0"},
                 dir.file("attuned.log"));
  const std::string address = AddressOf(server.ReadLine());
  const std::vector<std::string> attune = {ATTUNE_PATH, "--server", address,
                                           "--token-file",
                                           folder + "/admin.token"};
  const auto run = [&](std::vector<std::string> more) {
    more.insert(more.begin(), attune.begin(), attune.end());
    return RunProgram(more, dir.file("attune.log"));
  };
  std::ofstream(dir.file("teams.csv")) << "team_id\nt\n";
  std::ofstream people(dir.file("people.csv"));
  people << "person_id,roles,team_id\n";
  for (int i = 0; i < kAgents; ++i) people << "agent-" << i << ",agent,t\n";
  people.close();
  run({"teams", "import", dir.file("teams.csv")});
  run({"people", "import", dir.file("people.csv")});
  std::vector<double> rates;
  for (int first = 0; first < responses; first += kRowsPerFile) {
    const int count = std::min(kRowsPerFile, responses - first);
    WriteResponses(dir.file("responses.csv"), first, count);
    rates.push_back(count / run({"surveys", "import", dir.file("responses.csv"),
                                 "--contact-per-row"}));
  }
  server.Signal(SIGTERM);
  server.Wait();
  return rates;
}

using BareRow = std::vector<sqlite3_value*>;

// Rows of a table, kept as SQLite has them.
std::vector<BareRow> Take(sqlite3* from, const std::string& table) {
  std::vector<BareRow> rows;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(
      from,
      absl::StrCat("SELECT * FROM ", table, " LIMIT ", kRowsPerFile).c_str(),
      -1, &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    BareRow& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      row.push_back(sqlite3_value_dup(sqlite3_column_value(statement, i)));
    }
  }
  sqlite3_finalize(statement);
  return rows;
}

sqlite3_stmt* Insert(sqlite3* to, const std::string& table, size_t columns) {
  std::string marks;
  for (size_t i = 0; i < columns; ++i) marks += i == 0 ? "?" : ",?";
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(
      to, absl::StrCat("INSERT INTO ", table, " VALUES (", marks, ")").c_str(),
      -1, &statement, nullptr);
  return statement;
}

void Put(sqlite3_stmt* statement, const BareRow& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    sqlite3_bind_value(statement, static_cast<int>(i) + 1, row[i]);
  }
  sqlite3_step(statement);
  sqlite3_reset(statement);
}

// The contacts and responses of the first file into the same tables with the
// same indices, and no more, in as many commits: responses a second.
double BareInserts(const std::string& store, const TempDir& dir) {
  sqlite3* from = nullptr;
  sqlite3_open_v2(store.c_str(), &from, SQLITE_OPEN_READONLY, nullptr);
  const std::vector<BareRow> contacts = Take(from, "contact");
  const std::vector<BareRow> responses = Take(from, "survey_response");
  sqlite3_close(from);
  std::string schema =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "PRAGMA cache_size=-65536;";
  for (const Migration& migration : Migrations()) {
    absl::StrAppend(&schema, migration.sql);
  }
  schema = absl::StrReplaceAll(schema, {{"{int}", "INTEGER"},
                                        {"{bytes}", "BLOB"},
                                        {"{strict}", "STRICT"},
                                        {"{keyed}", "STRICT, WITHOUT ROWID"}});
  sqlite3* to = nullptr;
  sqlite3_open(dir.file("bare.db").c_str(), &to);
  sqlite3_exec(to, schema.c_str(), nullptr, nullptr, nullptr);
  sqlite3_stmt* contact = Insert(to, "contact", contacts[0].size());
  sqlite3_stmt* response = Insert(to, "survey_response", responses[0].size());
  const double start = MicrosNow();
  for (size_t i = 0; i < responses.size(); ++i) {
    if (i % kRowsPerCommit == 0) {
      sqlite3_exec(to, i == 0 ? "BEGIN" : "COMMIT; BEGIN", nullptr, nullptr,
                   nullptr);
    }
    Put(contact, contacts[i]);
    Put(response, responses[i]);
  }
  sqlite3_exec(to, "COMMIT", nullptr, nullptr, nullptr);
  const double seconds = (MicrosNow() - start) / 1e6;
  sqlite3_finalize(contact);
  sqlite3_finalize(response);
  if (sqlite3_total_changes(to) !=
      static_cast<int>(contacts.size() + responses.size())) {
    std::cerr << "The bare rows were not stored: " << sqlite3_errmsg(to)
              << "\n";
    std::exit(1);
  }
  sqlite3_close(to);
  for (const auto* rows : {&contacts, &responses}) {
    for (const BareRow& row : *rows) {
      for (sqlite3_value* value : row) sqlite3_value_free(value);
    }
  }
  return static_cast<double>(responses.size()) / seconds;
}

Caller Admin() {
  Caller caller;
  caller.roles.Add(v1::ROLE_ADMIN);
  caller.reach.all = true;
  return caller;
}

// Promoters less detractors by agent, as a report tells them.
using Scores = std::map<std::string, int64_t>;

Scores FromRollups(Database& store, const std::string& person) {
  v1::GetSurveyReportRequest request;
  request.set_person(person);
  request.set_group_by(v1::SurveyReport::GROUPING_AGENT);
  request.mutable_period()->set_first_day(FormatDay(kFirstDay));
  request.mutable_period()->set_last_day(FormatDay(kFirstDay + kDays - 1));
  const SurveyReports reports(SystemClock());
  Scores scores;
  Check(store.ReadAndWait([&](Transaction& tx) {
    const auto report = reports.GetSurveyReport(tx, Admin(), request);
    if (!report.ok()) return report.status();
    for (const v1::SurveyGroup& group : report->groups()) {
      scores[group.key()] =
          group.figure().promoters() - group.figure().detractors();
    }
    return absl::OkStatus();
  }));
  return scores;
}

Scores FromResponses(Database& store, const std::string& person) {
  Query query(
      "SELECT person, CAST(SUM(CASE WHEN nps >= 9 THEN 1 WHEN nps <= 6 THEN -1"
      " ELSE 0 END) AS BIGINT) FROM survey_response WHERE nps IS NOT NULL");
  query.Add(" AND contact_us >= ? AND contact_us < ?",
            {kFirstDay * kMicrosPerDay, (kFirstDay + kDays) * kMicrosPerDay});
  if (!person.empty()) {
    query.Add(" AND person = ?", {ParsePersonName(person).value_or("")});
  }
  query.Add(" GROUP BY person");
  Scores scores;
  Check(store.ReadAndWait([&](Transaction& tx) {
    return tx.Scan(query.text(), query.params(), [&](const Row& row) {
      Cells cells(row);
      const std::string name = PersonName(cells.Text());
      scores[name] = cells.Int();
      return cells.Done();
    });
  }));
  return scores;
}

// Both in turns; milliseconds each.
void MeasureNps(Database& store, const std::string& person,
                const std::string& name, int repetitions, Figures& figures) {
  for (int i = 0; i < repetitions; ++i) {
    double start = MicrosNow();
    const Scores rollups = FromRollups(store, person);
    figures[name].push_back((MicrosNow() - start) / 1000);
    start = MicrosNow();
    const Scores responses = FromResponses(store, person);
    figures[name + ", raw"].push_back((MicrosNow() - start) / 1000);
    if (rollups != responses) {
      std::cerr << "The rollups do not equal the responses.\n";
      std::exit(1);
    }
  }
}

void PrintNps(const char* what, const std::string& name,
              const Figures& figures) {
  Print(what,
        absl::StrFormat("%.1f / %.1f ms", Median(figures.at(name)),
                        Median(figures.at(name + ", raw"))),
        Ratio(figures, name, name + ", raw"), "", true);
}

int Run(int responses, int repetitions) {
  const TempDir dir;
  const std::string folder = dir.file("data");
  const std::vector<double> rates = Import(folder, responses, dir);
  const double bare = BareInserts(folder + "/attune.db", dir);
  auto store = OpenSqlite({.folder = folder});
  Check(store.status());
  Figures figures;
  MeasureNps(**store, "people/agent-7", "one", repetitions, figures);
  MeasureNps(**store, "", "all", repetitions, figures);
  const double rate = Median(rates);
  std::printf(
      "%d responses of %d agents over %d days; 100,000 rows in %.1f s, "
      "the first in %.1f s, the last in %.1f s\n",
      responses, kAgents, kDays, kRowsPerFile / rate,
      kRowsPerFile / rates.front(), kRowsPerFile / rates.back());
  PrintHead();
  Print("import of responses / bare inserts of the same rows",
        absl::StrCat(static_cast<int64_t>(rate), "/s / ",
                     static_cast<int64_t>(bare), "/s"),
        rate / bare, "at least 10,000/s", rate >= 10'000);
  PrintNps("NPS of one agent, 180 days / raw GROUP BY", "one", figures);
  PrintNps("NPS of 500 agents, 180 days / raw GROUP BY", "all", figures);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? std::atoi(argv[1]) : 1'000'000,
                     argc > 2 ? std::atoi(argv[2]) : 5);
}
