// Values as PostgreSQL's binary protocol has them.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_STATEMENT_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_STATEMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/store/database.h"

typedef struct pg_result PGresult;

namespace attune {

// Parameters for one run of a statement.  Keeps `params` by reference.
class PostgresParams {
 public:
  explicit PostgresParams(absl::Span<const Value> params);
  PostgresParams(const PostgresParams&) = delete;
  PostgresParams& operator=(const PostgresParams&) = delete;

  int count() const { return static_cast<int>(types_.size()); }
  const unsigned* types() const { return types_.data(); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<unsigned> types_;
  std::vector<std::string> numbers_;  // reserved: stay where they are
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// What a statement is prepared under: its text and the types of `params`.
std::string PostgresStatementKey(absl::string_view sql,
                                 absl::Span<const Value> params);

// The highest n of `$n` in `sql`, whose text is ours and has no `$` otherwise.
size_t CountPostgresParams(absl::string_view sql);

// One row of a result in binary format; false if it has a column of a type we
// do not use.
bool ReadPostgresRow(const PGresult& result, int number, Row& row);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_STATEMENT_H_
