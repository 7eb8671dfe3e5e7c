#include "engine/store/sqlite_statement.h"

#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <variant>

#include "absl/strings/numbers.h"

namespace attune {
namespace {

int BindOne(sqlite3_stmt* handle, int index, const Value& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    return sqlite3_bind_int64(handle, index, *number);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(handle, index, text->data(), text->size(),
                               SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* bytes = std::get_if<Bytes>(&value)) {
    return sqlite3_bind_blob64(handle, index, bytes->data.data(),
                               bytes->data.size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(handle, index);
}

// The bytes of a text or blob column.
std::string ColumnBytes(sqlite3_stmt* handle, int column) {
  // The pointer first: it fixes the form that the size is told in.
  const void* data = sqlite3_column_blob(handle, column);
  const int size = sqlite3_column_bytes(handle, column);
  if (data == nullptr) return "";
  return std::string(static_cast<const char*>(data), static_cast<size_t>(size));
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3_stmt* handle) : handle_(handle) {
  const int count = sqlite3_bind_parameter_count(handle_);
  for (int index = 1; index <= count; ++index) {
    const char* name = sqlite3_bind_parameter_name(handle_, index);
    size_t number = 0;  // which no parameter has: Bind() will refuse
    if (name == nullptr || *name != '$' ||
        !absl::SimpleAtoi(name + 1, &number)) {
      number = 0;
    }
    numbers_.push_back(number);
    param_count_ = std::max(param_count_, number);
  }
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

int SqliteStatement::Bind(absl::Span<const Value> params) {
  if (handle_ == nullptr || params.size() != param_count_) return SQLITE_RANGE;
  for (size_t i = 0; i < numbers_.size(); ++i) {
    if (numbers_[i] == 0) return SQLITE_RANGE;
    const int code =
        BindOne(handle_, static_cast<int>(i) + 1, params[numbers_[i] - 1]);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int SqliteStatement::Step() {
  running_ = true;
  return sqlite3_step(handle_);
}

int SqliteStatement::Read(Row& row) {
  const int count = sqlite3_data_count(handle_);
  row.clear();
  row.reserve(static_cast<size_t>(count));
  for (int column = 0; column < count; ++column) {
    switch (sqlite3_column_type(handle_, column)) {
      case SQLITE_INTEGER:
        row.emplace_back(
            static_cast<int64_t>(sqlite3_column_int64(handle_, column)));
        break;
      case SQLITE_TEXT:
        row.emplace_back(ColumnBytes(handle_, column));
        break;
      case SQLITE_BLOB:
        row.emplace_back(Bytes{ColumnBytes(handle_, column)});
        break;
      case SQLITE_NULL:
        row.emplace_back();
        break;
      default:
        return SQLITE_MISMATCH;
    }
  }
  return SQLITE_OK;
}

void SqliteStatement::Reset() {
  sqlite3_reset(handle_);
  // The values end with the run, and a bound one must not be left dangling.
  sqlite3_clear_bindings(handle_);
  running_ = false;
}

}  // namespace attune
