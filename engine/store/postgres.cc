#include "engine/store/postgres.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/postgres_connection.h"
#include "engine/store/postgres_health.h"
#include "engine/store/postgres_monitor.h"
#include "engine/store/postgres_schema.h"
#include "engine/store/postgres_workers.h"

namespace attune {
namespace {

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(const PostgresOptions& options,
                   std::unique_ptr<PostgresConnection> connection)
      : health_(options.warn),
        monitor_(std::move(connection), options.url, UseOf(options), health_),
        writers_(PostgresWorkers::Kind::kWrite,
                 options.connections - ReadersOf(options), options.url,
                 health_),
        readers_(PostgresWorkers::Kind::kRead, ReadersOf(options), options.url,
                 health_) {}

  // Both stop before either goes: an answer may lead to another call.
  ~PostgresDatabase() override {
    writers_.Close();
    readers_.Close();
  }

  void Write(absl::Time deadline, Body body, Done done) override {
    writers_.Push({deadline, std::move(body), std::move(done)});
  }

  void Read(absl::Time deadline, Body body, Done done) override {
    readers_.Push({deadline, std::move(body), std::move(done)});
  }

  absl::Status Health() const override { return health_.Get(); }

  static PostgresMonitor::Use UseOf(const PostgresOptions& options) {
    return options.exclusive ? PostgresMonitor::Use::kExclusive
                             : PostgresMonitor::Use::kShared;
  }

 private:
  static int ReadersOf(const PostgresOptions& options) {
    return std::max(1, options.connections / 4);
  }

  PostgresHealth health_;
  PostgresMonitor monitor_;
  PostgresWorkers writers_;
  PostgresWorkers readers_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(
    const PostgresOptions& options) {
  return OpenPostgres(options, Migrations());
}

absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(
    const PostgresOptions& options, absl::Span<const Migration> migrations) {
  std::string why;
  auto opened =
      PostgresConnection::Open(options.url, absl::InfiniteFuture(), why);
  if (!opened.ok()) {
    return MakeError(opened.status().code(), ReasonOf(opened.status()),
                     absl::StrCat("The database cannot be used: ",
                                  absl::StripAsciiWhitespace(why)));
  }
  std::unique_ptr<PostgresConnection> connection = *std::move(opened);
  RETURN_IF_ERROR(
      PostgresMonitor::Take(*connection, PostgresDatabase::UseOf(options)));
  if (options.must_exist) {
    RETURN_IF_ERROR(CheckPostgresStoreExists(*connection));
  }
  RETURN_IF_ERROR(BringPostgresUpToDate(*connection, migrations, options.warn));
  return std::make_unique<PostgresDatabase>(options, std::move(connection));
}

}  // namespace attune
