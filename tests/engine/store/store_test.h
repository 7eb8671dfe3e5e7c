// A store for a test, on every database there is a driver for.
//
//   using FormsTest = StoreTest;
//   TEST_P(FormsTest, ...) { ... db() ... }
//   ATTUNE_ON_EVERY_BACKEND(FormsTest);

#ifndef ATTUNE_TESTS_ENGINE_STORE_STORE_TEST_H_
#define ATTUNE_TESTS_ENGINE_STORE_STORE_TEST_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"
#include "engine/store/postgres.h"
#include "engine/store/sqlite.h"
#include "tests/postgres_cluster.h"
#include "tests/status_matchers.h"
#include "tests/temp_dir.h"

namespace attune {

struct Backend {
  std::string name;  // letters and digits
  // Opens a store of its own for `folder`, with this schema.
  std::function<absl::StatusOr<std::unique_ptr<Database>>(
      const std::string& folder, absl::Span<const Migration> schema)>
      open;

  friend std::ostream& operator<<(std::ostream& out, const Backend& backend) {
    return out << backend.name;
  }
};

inline std::vector<Backend> Backends() {
  return {
      {"Sqlite",
       [](const std::string& folder, absl::Span<const Migration> schema) {
         return OpenSqlite({.folder = folder}, schema);
       }},
      {"Postgres", [](const std::string&, absl::Span<const Migration> schema) {
         return OpenPostgres(
             {.url = PostgresCluster::Shared().NewUrl(), .connections = 8},
             schema);
       }}};
}

#define ATTUNE_ON_EVERY_BACKEND(Suite)          \
  INSTANTIATE_TEST_SUITE_P(                     \
      On, Suite, testing::ValuesIn(Backends()), \
      [](const testing::TestParamInfo<Backend>& i) { return i.param.name; })

// Runs `f(Transaction&)`, which gives a Status or a StatusOr, with `run(body)`,
// and gives what `f` gave, or why it was not kept.
template <typename Run, typename F>
auto ResultOf(Run run, F f) {
  using Result = std::invoke_result_t<F, Transaction&>;
  if constexpr (std::is_same_v<Result, absl::Status>) {
    return Result(run(Database::Body(std::move(f))));
  } else {
    std::optional<Result> result;
    const absl::Status status = run([&](Transaction& tx) {
      result = f(tx);
      return result->status();
    });
    return status.ok() ? *std::move(result) : Result(status);
  }
}

template <typename F>
auto InWrite(Database& db, F f) {
  return ResultOf(
      [&](Database::Body body) { return db.WriteAndWait(std::move(body)); },
      std::move(f));
}

template <typename F>
auto InRead(Database& db, F f) {
  return ResultOf(
      [&](Database::Body body) { return db.ReadAndWait(std::move(body)); },
      std::move(f));
}

// Has an empty store with the whole schema.
class StoreTest : public testing::TestWithParam<Backend> {
 protected:
  explicit StoreTest(absl::Span<const Migration> schema = Migrations())
      : schema_(schema) {}

  void SetUp() override {
    auto opened = GetParam().open(dir_.file("store"), schema_);
    ASSERT_THAT(opened, IsOk());
    db_ = *std::move(opened);
  }

  Database& db() { return *db_; }
  // Destroys the store, answering what is queued.
  void Close() { db_.reset(); }

  // In db(), or in one that wraps it.
  template <typename F>
  auto InWrite(F f) {
    return attune::InWrite(db(), std::move(f));
  }
  template <typename F>
  auto InRead(F f) {
    return attune::InRead(db(), std::move(f));
  }
  template <typename F>
  auto InWrite(Database& other, F f) {
    return attune::InWrite(other, std::move(f));
  }
  template <typename F>
  auto InRead(Database& other, F f) {
    return attune::InRead(other, std::move(f));
  }

 private:
  const absl::Span<const Migration> schema_;
  TempDir dir_;
  std::unique_ptr<Database> db_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STORE_STORE_TEST_H_
