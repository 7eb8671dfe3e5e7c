#include "engine/store/table_pages.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

// Rows of the first page, before their size is known.
constexpr int kFirstRows = 64;
constexpr size_t kPageBytes = size_t{4} << 20;

size_t SizeOf(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->size();
  if (const auto* bytes = std::get_if<Bytes>(&value)) return bytes->data.size();
  return sizeof(int64_t);
}

// `(?, ?)` for a key of two columns.
std::string Marks(const Row& key) {
  std::string marks;
  for (size_t i = 0; i < key.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return absl::StrCat("(", marks, ")");
}

// The number of rows stands in the text: PostgreSQL plans by it.
Query PageQuery(const StoreTable& table, const KeyRange& range, int rows) {
  const std::string key = table.KeyList();
  Query query(
      absl::StrCat("SELECT ", table.ColumnList(), " FROM ", table.name));
  if (!range.after.empty()) {
    query.Add(absl::StrCat(" WHERE (", key, ") > ", Marks(range.after)),
              range.after);
  }
  if (!range.last.empty()) {
    query.Add(absl::StrCat(range.after.empty() ? " WHERE (" : " AND (", key,
                           ") <= ", Marks(range.last)),
              range.last);
  }
  query.Add(absl::StrCat(" ORDER BY ", key, " LIMIT ", rows));
  return query;
}

}  // namespace

TablePages::TablePages(Database& db, const StoreTable& table, int page_rows,
                       KeyRange range)
    : db_(db),
      table_(table),
      most_rows_(std::max(page_rows, 1)),
      range_(std::move(range)),
      page_rows_(std::min(kFirstRows, most_rows_)) {
  Fetch();
}

TablePages::~TablePages() {
  if (fetched_.valid()) fetched_.wait();
}

absl::StatusOr<std::vector<Row>> TablePages::Next() {
  if (!fetched_.valid()) return std::vector<Row>();
  RETURN_IF_ERROR(fetched_.get());
  std::vector<Row> rows = std::move(rows_);
  if (static_cast<int>(rows.size()) < page_rows_) return rows;
  range_.after = table_.KeyOf(rows.back());
  Adapt();
  Fetch();
  return rows;
}

void TablePages::Fetch() {
  // The database's thread may still be inside the promise when we go on.
  auto answer = std::make_shared<std::promise<absl::Status>>();
  fetched_ = answer->get_future();
  db_.Read(
      absl::InfiniteFuture(), [this](Transaction& tx) { return Read(tx); },
      [answer](absl::Status status) { answer->set_value(std::move(status)); });
}

absl::Status TablePages::Read(Transaction& tx) {
  rows_.clear();
  bytes_ = 0;
  const Query query = PageQuery(table_, range_, page_rows_);
  return tx.Scan(query.text(), query.params(), [this](const Row& row) {
    for (const Value& value : row) bytes_ += SizeOf(value);
    rows_.push_back(row);
    return absl::OkStatus();
  });
}

// By halves and doubles, so that there are few texts to prepare.
void TablePages::Adapt() {
  size_t bytes = bytes_;
  if (bytes * 2 <= kPageBytes)
    page_rows_ = std::min(page_rows_ * 2, most_rows_);
  for (; bytes > kPageBytes && page_rows_ > 1; bytes /= 2) page_rows_ /= 2;
}

absl::StatusOr<const Row*> TableRows::Next() {
  if (next_ == page_.size()) {
    ASSIGN_OR_RETURN(page_, pages_.Next());
    next_ = 0;
    if (page_.empty()) return nullptr;
  }
  return &page_[next_++];
}

}  // namespace attune
