#include "engine/store/postgres_connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/job.h"
#include "engine/store/postgres_error.h"
#include "engine/store/postgres_statement.h"

namespace attune {
namespace {

// Beyond this all statements are forgotten.  Lists with filters make many
// texts, though not without bound.
constexpr size_t kMostStatements = 256;
// How long after the deadline the server may take to say so itself.
constexpr absl::Duration kGrace = absl::Seconds(1);
constexpr int kBinary = 1;
// Seconds for a connection; libpq takes less than two for two.
constexpr int64_t kLeastWait = 2;
constexpr int64_t kMostWait = 5;

// What the URL does not say otherwise.  Kerberos is off: libpq's use of it is
// not safe while a process ends.
constexpr const char* kKeywords[] = {
    "gssencmode",       "connect_timeout",
    "keepalives_idle",  "keepalives_interval",
    "tcp_user_timeout", "fallback_application_name",
    "dbname",           nullptr};

constexpr char kSetTimeout[] =
    "SELECT set_config('statement_timeout', $1, /* is_local: */ false)";
// Large values compress in a fraction of the usual method's time, where the
// server was built with it.
constexpr char kCompression[] =
    "SELECT set_config(name, 'lz4', false) FROM pg_settings "
    "WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

// Rounded up to an eighth: calls with the usual time all get the same, and the
// server need not be told again.
int64_t TimeoutMillis(absl::Time deadline) {
  if (deadline == absl::InfiniteFuture()) return 0;
  const int64_t left =
      std::max(int64_t{1}, absl::ToInt64Milliseconds(deadline - absl::Now()));
  int64_t step = 1;
  while (step * 16 <= left) step *= 2;
  return (left + step) / step * step;
}

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

// A column of a type that is not ours, as PostgreSQL would say it.
constexpr char kForeignType[] = "42804";

// Appends the rows of a result; false if it has a column of a type not ours.
template <typename Rows>
bool ReadAll(const PGresult& result, Rows& rows) {
  for (int i = 0; i < PQntuples(&result); ++i) {
    if (!ReadPostgresRow(result, i, rows.emplace_back())) {
      rows.pop_back();
      return false;
    }
  }
  return true;
}

// libpq tells no SQLSTATE of a connection that was refused.
absl::Status ConnectError(absl::string_view why) {
  const bool full = absl::StrContains(why, "too many clients") ||
                    absl::StrContains(why, "too many connections") ||
                    absl::StrContains(why, "connection slots");
  return full ? PostgresError("53300") : PostgresUnreachable();
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(
    const std::string& url, absl::Time deadline, std::string& why) {
  const int64_t patience = std::clamp(
      absl::ToInt64Seconds(deadline - absl::Now()), kLeastWait, kMostWait);
  const std::string timeout = absl::StrCat(patience);
  const char* const values[] = {"disable",   timeout.c_str(), "10",
                                "5",         "10000",         "attuned",
                                url.c_str(), nullptr};
  // Words after the URL would win over it; these come before.
  PGconn* raw = PQconnectdbParams(kKeywords, values, /*expand_dbname=*/1);
  if (raw == nullptr) return PostgresUnreachable();
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(raw));
  if (PQstatus(raw) != CONNECTION_OK || !connection->Configure()) {
    why = PQerrorMessage(raw);
    return ConnectError(why);
  }
  connection->Send(kCompression, {});
  RETURN_IF_ERROR(connection->Flush());
  return connection;
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

bool PostgresConnection::Configure() {
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  return PQsetnonblocking(connection_, 1) == 0 &&
         PQenterPipelineMode(connection_) == 1;
}

absl::Status PostgresConnection::Scan(
    absl::string_view sql, absl::Span<const Value> params,
    absl::FunctionRef<absl::Status(const Row&)> on_row) {
  // A statement within another's rows: those are kept until it is done.
  if (open_ != nullptr) Drain(*open_);
  if (lost_) return Lost();
  if (deadline_ != absl::InfiniteFuture() && absl::Now() >= deadline_) {
    return StoreDeadlineExceeded();
  }
  if (CountPostgresParams(sql) != params.size()) {
    return PostgresError("07001");  // the SQLSTATE for a wrong number of them
  }
  Send(sql, params);
  std::deque<Expected> expected;
  if (!Start(expected)) return Lost();
  Stream stream;
  for (; expected.size() > 1; expected.pop_front()) {
    absl::Status status = Answer(expected.front());
    if (stream.status.ok()) stream.status = std::move(status);
  }
  if (!lost_) PQsetSingleRowMode(connection_);
  open_ = &stream;
  const absl::Cleanup end = [&] { Drain(stream); };  // also if `on_row` throws
  absl::Status status;
  while (status.ok()) {
    if (stream.rows.empty()) {
      if (stream.ended) break;
      Pull(stream);
      continue;
    }
    const Row row = std::move(stream.rows.front());
    stream.rows.pop_front();
    status = on_row(row);
  }
  Drain(stream);
  return stream.status.ok() ? status : stream.status;
}

void PostgresConnection::Send(absl::string_view sql,
                              absl::Span<const Value> params,
                              const absl::Status& if_taken) {
  line_.push_back(
      {{std::string(sql), {params.begin(), params.end()}}, if_taken});
}

absl::StatusOr<std::vector<std::vector<Row>>> PostgresConnection::RunAll(
    absl::Span<const Statement> statements) {
  std::vector<std::vector<Row>> rows(statements.size());
  for (size_t i = 0; i < statements.size(); ++i) {
    line_.push_back({statements[i], absl::OkStatus(), &rows[i]});
  }
  RETURN_IF_ERROR(Flush());
  return rows;
}

absl::Status PostgresConnection::Flush() {
  if (open_ != nullptr) Drain(*open_);
  if (lost_) return Lost();
  if (deadline_ != absl::InfiniteFuture() && absl::Now() >= deadline_) {
    return StoreDeadlineExceeded();
  }
  std::deque<Expected> expected;
  if (!Start(expected)) return Lost();
  absl::Status first;
  for (; !expected.empty(); expected.pop_front()) {
    absl::Status status = Answer(expected.front());
    if (first.ok()) first = std::move(status);
  }
  const Result synced(Next());
  if (lost_ && first.ok()) return Lost();
  return first;
}

void PostgresConnection::TellDeadline() {
  const int64_t millis = TimeoutMillis(deadline_);
  if (millis == told_millis_) return;
  told_millis_ = millis;
  Send(kSetTimeout, {absl::StrCat(millis)});
}

void PostgresConnection::Commit() { End("COMMIT"); }

void PostgresConnection::Rollback() {
  End("ROLLBACK");
  told_millis_ = -1;  // it takes that back as well
}

void PostgresConnection::End(absl::string_view how) {
  if (!line_.empty()) told_millis_ = -1;
  line_.clear();
  deadline_ = absl::InfiniteFuture();
  if (lost_ || PQtransactionStatus(connection_) == PQTRANS_IDLE) return;
  Send(how, {});
  Flush().IgnoreError();
}

absl::Status PostgresConnection::Script(const std::string& sql) {
  PQexitPipelineMode(connection_);
  const Result result(PQexec(connection_, sql.c_str()));
  absl::Status status;
  if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) {
    status = ErrorOf(*result);
  }
  PQenterPipelineMode(connection_);
  return status;
}

bool PostgresConnection::Start(std::deque<Expected>& expected) {
  if (prepared_.size() > kMostStatements) {
    prepared_.clear();
    line_.push_front({{"DEALLOCATE ALL"}, absl::OkStatus()});
  }
  for (const Sent& sent : std::exchange(line_, {})) {
    if (!Put(sent, expected)) return false;
  }
  return PQpipelineSync(connection_) == 1 && Push();
}

bool PostgresConnection::Put(const Sent& sent, std::deque<Expected>& expected) {
  const Statement& statement = sent.statement;
  const PostgresParams params(statement.params);
  const std::string key = PostgresStatementKey(statement.sql, statement.params);
  auto [entry, is_new] = prepared_.try_emplace(key);
  if (is_new) {
    entry->second = absl::StrCat("s", ++next_name_);
    if (PQsendPrepare(connection_, entry->second.c_str(), statement.sql.c_str(),
                      params.count(), params.types()) != 1) {
      return false;
    }
    expected.push_back({key, absl::OkStatus()});
  }
  expected.push_back({"", sent.if_taken, sent.rows});
  return PQsendQueryPrepared(connection_, entry->second.c_str(), params.count(),
                             params.values(), params.lengths(),
                             params.formats(), kBinary) == 1;
}

// Reads while it writes: else a server with much to say would not listen.
bool PostgresConnection::Push() {
  for (;;) {
    const int left = PQflush(connection_);
    if (left == 0) return true;
    if (left < 0 || !Wait(POLLIN | POLLOUT) ||
        PQconsumeInput(connection_) != 1) {
      return false;
    }
  }
}

absl::Status PostgresConnection::Answer(const Expected& expected) {
  absl::Status status;
  while (const Result result{Next()}) {
    switch (PQresultStatus(result.get())) {
      case PGRES_FATAL_ERROR:
        status = ErrorOf(*result);
        break;
      case PGRES_PIPELINE_ABORTED:  // after an error that was told before
        committed_ = false;
        status = PostgresError("25P02");
        break;
      default:
        committed_ = absl::string_view(PQcmdStatus(result.get())) == "COMMIT";
        if (expected.rows != nullptr && !ReadAll(*result, *expected.rows)) {
          status = PostgresError(kForeignType);
        }
    }
  }
  if (lost_ && status.ok()) status = Lost();
  if (absl::IsAlreadyExists(status) && !expected.if_taken.ok()) {
    return expected.if_taken;
  }
  if (!status.ok()) prepared_.erase(expected.prepares);
  return status;
}

void PostgresConnection::Pull(Stream& stream) {
  const auto fail = [&](absl::Status status) {
    if (stream.status.ok()) stream.status = std::move(status);
  };
  const Result result(Next());
  if (lost_) {
    fail(Lost());
    stream.ended = true;
    return;
  }
  if (result == nullptr) return;
  switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
      stream.ended = true;
      break;
    case PGRES_FATAL_ERROR:
      fail(ErrorOf(*result));
      break;
    case PGRES_PIPELINE_ABORTED:
      fail(PostgresError("25P02"));
      break;
    default:
      if (!ReadAll(*result, stream.rows)) fail(PostgresError(kForeignType));
  }
}

void PostgresConnection::Drain(Stream& stream) {
  while (!stream.ended) Pull(stream);
  if (open_ == &stream) open_ = nullptr;
}

PGresult* PostgresConnection::Next() {
  while (!lost_ && PQisBusy(connection_)) {
    if (!Wait(POLLIN) || PQconsumeInput(connection_) != 1) lost_ = true;
  }
  return lost_ ? nullptr : PQgetResult(connection_);
}

bool PostgresConnection::Wait(int16_t events) {
  pollfd waited = {PQsocket(connection_), events, 0};
  for (;;) {
    int millis = -1;
    if (deadline_ != absl::InfiniteFuture()) {
      const absl::Duration left = deadline_ + kGrace - absl::Now();
      if (left <= absl::ZeroDuration()) return false;
      millis = static_cast<int>(
          std::min(absl::ToInt64Milliseconds(left) + 1, int64_t{1'000'000}));
    }
    const int ready = poll(&waited, 1, millis);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

absl::Status PostgresConnection::Lost() {
  lost_ = true;
  return absl::Now() >= deadline_ ? StoreDeadlineExceeded()
                                  : PostgresUnreachable();
}

absl::Status PostgresConnection::ErrorOf(const PGresult& result) {
  committed_ = false;
  const char* const sqlstate = PQresultErrorField(&result, PG_DIAG_SQLSTATE);
  if (sqlstate == nullptr) return Lost();
  if (IsPostgresConflict(sqlstate)) conflict_ = true;
  if (EndsPostgresConnection(sqlstate)) lost_ = true;
  return PostgresError(sqlstate);
}

}  // namespace attune
