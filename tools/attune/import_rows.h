// Bringing rows of files to the server: what is wrong with which row, and
// batches that are stored as a whole.

#ifndef ATTUNE_TOOLS_ATTUNE_IMPORT_ROWS_H_
#define ATTUNE_TOOLS_ATTUNE_IMPORT_ROWS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/session.h"

namespace attune {

// Where a row came from.
struct RowOrigin {
  std::string file;
  int line = 0;
};

struct BadRow {
  RowOrigin origin;
  std::string column;  // or field; empty if the row as a whole is wrong
  std::string value;   // as it stands in the file
  std::string reason;  // UPPER_SNAKE_CASE
  std::string description;
};

// INVALID_ARGUMENT naming every bad row: field `people.csv:3: roles`, the value
// and what would be right.  `outcome` says what was stored.
absl::Status BadRowsError(const std::vector<BadRow>& bad,
                          absl::string_view outcome);

// A sheet row by column name; every known column is there, perhaps empty.
struct SheetRow {
  RowOrigin origin;
  std::map<std::string, std::string> cells;
};

// Reads CSV whose first row names the columns, in any order.  INVALID_ARGUMENT
// if it is no CSV, or a column is unknown, named twice, or required and
// missing.  Rows with too many or too few cells, or without a required value,
// go to `bad`.
absl::StatusOr<std::vector<SheetRow>> ReadSheet(
    const std::string& file, absl::string_view text,
    const std::vector<std::string>& columns,
    const std::vector<std::string>& required, std::vector<BadRow>& bad);

struct ImportOptions {
  bool skip_bad = false;
  bool dry_run = false;
};

// One row that is ready to be sent.
struct ReadyRow {
  RowOrigin origin;
  std::string name;  // of the resource that it makes
  size_t bytes = 0;
};

struct BatchOutcome {
  int stored = 0;
  std::vector<BadRow> bad;  // refused by the server
  absl::Status status;      // what ended it early
};

// Sends rows, by their positions, in batches that fit a request.  Without
// skip_bad the first refused batch ends it; with it, the rows the server
// refuses are set aside and the others sent again.  An unavailable server
// always ends it.
BatchOutcome SendBatches(
    const std::vector<ReadyRow>& rows, bool skip_bad,
    const std::function<absl::Status(const std::vector<size_t>&)>& send,
    const std::function<void(int)>& on_done);

// How an import ended.
struct ImportSummary {
  std::string many;  // `people`
  std::string one;   // `person`
  int created = 0;
  int unchanged = 0;
  std::vector<BadRow> bad = {};
};
// Prints it and gives its status: bad rows are an error unless they were to be
// skipped.
absl::Status FinishImport(Session& session, const ImportOptions& options,
                          const ImportSummary& summary,
                          const absl::Status& status);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_IMPORT_ROWS_H_
