#include "engine/store/postgres_statement.h"

#include <libpq-fe.h>

#include <algorithm>
#include <variant>

#include "absl/strings/ascii.h"

namespace attune {
namespace {

// Object ids of the built-in types, fixed for ever (PostgreSQL's pg_type.dat).
enum Type : unsigned {
  kUnknown = 0,
  kBool = 16,
  kBytes = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kVarchar = 1043,
  kVoid = 2278,
};

constexpr int kBinary = 1;

// A whole number of `bytes` bytes, the highest first, two's complement.
std::string PutNumber(int64_t number, int bytes) {
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    text += static_cast<char>(static_cast<uint64_t>(number) >> shift);
  }
  return text;
}

int64_t GetNumber(absl::string_view bytes) {
  uint64_t number = 0;
  for (const char c : bytes) {
    number = number << 8 | static_cast<unsigned char>(c);
  }
  const int unused = 64 - 8 * static_cast<int>(bytes.size());
  return static_cast<int64_t>(number << unused) >> unused;
}

}  // namespace

PostgresParams::PostgresParams(absl::Span<const Value> params) {
  numbers_.reserve(params.size());
  const auto add = [this](unsigned type, const char* data, size_t size) {
    types_.push_back(type);
    values_.push_back(data);
    lengths_.push_back(static_cast<int>(size));
    formats_.push_back(kBinary);
  };
  for (const Value& value : params) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
      numbers_.push_back(PutNumber(*number, 8));
      add(kInt8, numbers_.back().data(), numbers_.back().size());
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      add(kText, text->data(), text->size());
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      add(kBytes, bytes->data.data(), bytes->data.size());
    } else {
      add(kUnknown, nullptr, 0);
    }
  }
}

std::string PostgresStatementKey(absl::string_view sql,
                                 absl::Span<const Value> params) {
  std::string key(sql);
  key += '\0';
  for (const Value& value : params) {
    key += static_cast<char>('0' + value.index());
  }
  return key;
}

size_t CountPostgresParams(absl::string_view sql) {
  size_t most = 0;
  for (size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '$') continue;
    size_t number = 0;
    while (i + 1 < sql.size() &&
           absl::ascii_isdigit(static_cast<unsigned char>(sql[i + 1]))) {
      number = number * 10 + static_cast<size_t>(sql[++i] - '0');
    }
    most = std::max(most, number);
  }
  return most;
}

bool ReadPostgresRow(const PGresult& result, int number, Row& row) {
  const int columns = PQnfields(&result);
  row.clear();
  row.reserve(static_cast<size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    if (PQgetisnull(&result, number, column)) {
      row.emplace_back();
      continue;
    }
    const absl::string_view cell(
        PQgetvalue(&result, number, column),
        static_cast<size_t>(PQgetlength(&result, number, column)));
    switch (PQftype(&result, column)) {
      case kBool:
      case kInt2:
      case kInt4:
      case kInt8:
        row.emplace_back(GetNumber(cell));
        break;
      case kName:
      case kText:
      case kVarchar:
        row.emplace_back(std::string(cell));
        break;
      case kBytes:
        row.emplace_back(Bytes{std::string(cell)});
        break;
      case kVoid:
        row.emplace_back();
        break;
      default:
        return false;
    }
  }
  return true;
}

}  // namespace attune
