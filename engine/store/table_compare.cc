#include "engine/store/table_compare.h"

#include <algorithm>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/status_macros.h"
#include "engine/store/row_hash.h"

namespace attune {
namespace {

// `person (ann)`, with what is not plain text escaped.
std::string NameOf(const StoreTable& table, const Row& row) {
  const auto append = [](std::string* out, const Value& value) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
      absl::StrAppend(out, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      absl::StrAppend(out, absl::Utf8SafeCHexEscape(*text));
    }
  };
  return absl::StrCat(table.name, " (",
                      absl::StrJoin(table.KeyOf(row), ", ", append), ")");
}

// The order of keys, as both databases have it.
bool IsBefore(const Row& left, const Row& right) {
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const Value& a, const Value& b) {
        const auto* number = std::get_if<int64_t>(&a);
        const auto* other_number = std::get_if<int64_t>(&b);
        if (number != nullptr && other_number != nullptr) {
          return *number < *other_number;
        }
        const auto* text = std::get_if<std::string>(&a);
        const auto* other_text = std::get_if<std::string>(&b);
        return text != nullptr && other_text != nullptr && *text < *other_text;
      });
}

// How a row of one side and one of the other, either null at its end, differ.
std::string DifferenceOf(const StoreTable& table, const Row* from,
                         const Row* to) {
  if (from == nullptr || to == nullptr) {
    return absl::StrCat(
        NameOf(table, from == nullptr ? *to : *from),
        from == nullptr ? ": only in the target" : ": only in the source");
  }
  if (*from == *to) return "";
  const Row from_key = table.KeyOf(*from);
  const Row to_key = table.KeyOf(*to);
  if (from_key == to_key) {
    return absl::StrCat(NameOf(table, *from), ": not the same");
  }
  return IsBefore(from_key, to_key)
             ? absl::StrCat(NameOf(table, *from), ": only in the source")
             : absl::StrCat(NameOf(table, *to), ": only in the target");
}

}  // namespace

absl::StatusOr<TableComparison> CompareTable(
    Database& from, Database& to, const StoreTable& table, int page_rows,
    const KeyRange& range, const std::function<void(int64_t)>& on_row) {
  TableRows from_rows(from, table, page_rows, range);
  TableRows to_rows(to, table, page_rows, range);
  RowHash from_hash(table);
  RowHash to_hash(table);
  TableComparison found;
  for (;;) {
    ASSIGN_OR_RETURN(const Row* const from_row, from_rows.Next());
    ASSIGN_OR_RETURN(const Row* const to_row, to_rows.Next());
    if (from_row == nullptr && to_row == nullptr) break;
    if (from_row != nullptr) from_hash.Add(*from_row);
    if (to_row != nullptr) to_hash.Add(*to_row);
    if (found.difference.empty()) {
      found.difference = DifferenceOf(table, from_row, to_row);
    }
    on_row(std::max(from_hash.rows(), to_hash.rows()));
  }
  found.from = {from_hash.rows(), from_hash.Finish()};
  found.to = {to_hash.rows(), to_hash.Finish()};
  return found;
}

}  // namespace attune
