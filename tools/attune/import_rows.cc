#include "tools/attune/import_rows.h"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "google/rpc/error_details.pb.h"
#include "tools/attune/csv.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

constexpr size_t kMostRows = 1000;
// Under the server's largest request, with room for the framing.
constexpr size_t kMostBytes = 3 << 20;
constexpr size_t kMostValueBytes = 80;

std::string Quoted(absl::string_view value) {
  return absl::StrCat("\"", value.substr(0, kMostValueBytes),
                      value.size() > kMostValueBytes ? "..." : "", "\"");
}

// True if the rows are to blame, not the server or the caller.
bool BlamesRows(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return true;
    default:
      return false;
  }
}

// Splits `requests[3].person.team` into 3 and `person.team`; -1 without index.
std::pair<int, std::string> SplitField(absl::string_view field) {
  constexpr absl::string_view kPrefix = "requests[";
  int index = -1;
  const size_t close = field.find(']');
  if (!absl::StartsWith(field, kPrefix) || close == absl::string_view::npos ||
      !absl::SimpleAtoi(field.substr(kPrefix.size(), close - kPrefix.size()),
                        &index)) {
    return {-1, std::string(field)};
  }
  absl::string_view rest = field.substr(close + 1);
  if (absl::StartsWith(rest, ".")) rest.remove_prefix(1);
  return {index, std::string(rest)};
}

std::string ResourceOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kResourceInfoUrl);
  google::rpc::ResourceInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) return "";
  return info.resource_name();
}

// The rows of `batch` that `status` blames, by position in `rows`, each with
// its reasons.  Empty if it cannot be told.
std::map<size_t, std::vector<BadRow>> Blamed(const std::vector<ReadyRow>& rows,
                                             const std::vector<size_t>& batch,
                                             const absl::Status& status) {
  std::map<size_t, std::vector<BadRow>> blamed;
  const Violations violations = Violations::FromStatus(status);
  for (const Violation& violation : violations.all()) {
    const auto [index, field] = SplitField(violation.field);
    if (index < 0 || static_cast<size_t>(index) >= batch.size()) continue;
    const size_t row = batch[static_cast<size_t>(index)];
    blamed[row].push_back(
        {rows[row].origin, field, "", violation.reason, violation.description});
  }
  const std::string resource = ResourceOf(status);
  for (const size_t row : batch) {
    const bool named = !resource.empty() && rows[row].name == resource;
    if (blamed.empty() && (named || batch.size() == 1)) {
      blamed[row].push_back({rows[row].origin, "", rows[row].name,
                             ReasonOf(status), std::string(status.message())});
    }
  }
  return blamed;
}

std::deque<std::vector<size_t>> CutIntoBatches(
    const std::vector<ReadyRow>& rows) {
  std::deque<std::vector<size_t>> batches;
  size_t bytes = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (batches.empty() || batches.back().size() == kMostRows ||
        bytes + rows[i].bytes > kMostBytes) {
      batches.emplace_back();
      bytes = 0;
    }
    bytes += rows[i].bytes;
    batches.back().push_back(i);
  }
  return batches;
}

absl::Status CheckHeader(const std::string& file, const CsvRow& header,
                         const std::vector<std::string>& columns,
                         const std::vector<std::string>& required) {
  const std::string known =
      absl::StrCat("; the columns are ", absl::StrJoin(columns, ","), ".");
  std::set<std::string> seen;
  for (const std::string& name : header.cells) {
    std::string wrong;
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
      wrong = absl::StrCat("There is no column ", Quoted(name), known);
    } else if (!seen.insert(name).second) {
      wrong = absl::StrCat("Column ", name, " is there twice.");
    }
    if (!wrong.empty()) {
      return MakeError(absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
                       absl::StrCat(file, ":", header.line, ": ", wrong));
    }
  }
  for (const std::string& name : required) {
    if (seen.count(name) == 0) {
      return MakeError(
          absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
          absl::StrCat(file, ":", header.line,
                       ": The first line must name column ", name, known));
    }
  }
  return absl::OkStatus();
}

std::string Counted(const ImportSummary& summary) {
  return absl::StrCat(summary.created, " ",
                      summary.created == 1 ? summary.one : summary.many);
}

}  // namespace

absl::Status BadRowsError(const std::vector<BadRow>& bad,
                          absl::string_view outcome) {
  // Violations::ToStatus() keeps to what the wire can carry; here all are told.
  google::rpc::BadRequest details;
  std::set<std::pair<std::string, int>> rows;
  for (const BadRow& row : bad) {
    rows.emplace(row.origin.file, row.origin.line);
    auto* violation = details.add_field_violations();
    violation->set_field(
        absl::StrCat(row.origin.file, ":", row.origin.line,
                     row.column.empty() ? "" : absl::StrCat(": ", row.column)));
    violation->set_reason(row.reason);
    violation->set_description(
        row.value.empty()
            ? row.description
            : absl::StrCat(Quoted(row.value), ": ", row.description));
  }
  absl::Status status = MakeError(
      absl::StatusCode::kInvalidArgument, "ROWS_INVALID",
      absl::StrCat(rows.size(), rows.size() == 1 ? " row is" : " rows are",
                   " wrong", outcome));
  status.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

absl::StatusOr<std::vector<SheetRow>> ReadSheet(
    const std::string& file, absl::string_view text,
    const std::vector<std::string>& columns,
    const std::vector<std::string>& required, std::vector<BadRow>& bad) {
  absl::StatusOr<std::vector<CsvRow>> rows = ParseCsv(text);
  if (!rows.ok()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "FILE_MALFORMED",
        absl::StrCat(file, ":", std::string(rows.status().message())));
  }
  if (rows->empty()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "HEADER_INVALID",
        absl::StrCat(file,
                     ":1: The file is empty; its first line names the "
                     "columns ",
                     absl::StrJoin(columns, ","), "."));
  }
  const CsvRow& header = rows->front();
  RETURN_IF_ERROR(CheckHeader(file, header, columns, required));
  std::vector<SheetRow> sheet;
  for (size_t i = 1; i < rows->size(); ++i) {
    const CsvRow& row = (*rows)[i];
    SheetRow named{{file, row.line}, {}};
    if (row.cells.size() != header.cells.size()) {
      bad.push_back({named.origin, "", "", "CELL_COUNT",
                     absl::StrCat("The row has ", row.cells.size(),
                                  " cells; the first line has ",
                                  header.cells.size(), ".")});
      continue;
    }
    for (const std::string& column : columns) named.cells[column];
    for (size_t c = 0; c < row.cells.size(); ++c) {
      named.cells[header.cells[c]] = row.cells[c];
    }
    bool complete = true;
    for (const std::string& column : required) {
      if (!named.cells[column].empty()) continue;
      bad.push_back(
          {named.origin, column, "", "VALUE_REQUIRED", "A value is required."});
      complete = false;
    }
    if (complete) sheet.push_back(std::move(named));
  }
  return sheet;
}

BatchOutcome SendBatches(
    const std::vector<ReadyRow>& rows, bool skip_bad,
    const std::function<absl::Status(const std::vector<size_t>&)>& send,
    const std::function<void(int)>& on_done) {
  BatchOutcome outcome;
  std::deque<std::vector<size_t>> batches = CutIntoBatches(rows);
  while (!batches.empty()) {
    std::vector<size_t> batch = std::move(batches.front());
    batches.pop_front();
    const absl::Status status = send(batch);
    if (status.ok()) {
      outcome.stored += static_cast<int>(batch.size());
      on_done(outcome.stored);
      continue;
    }
    if (!BlamesRows(status)) {
      outcome.status = status;
      return outcome;
    }
    const auto blamed = Blamed(rows, batch, status);
    for (const auto& [row, reasons] : blamed) {
      outcome.bad.insert(outcome.bad.end(), reasons.begin(), reasons.end());
    }
    if (!skip_bad) {
      if (blamed.empty()) outcome.status = status;
      return outcome;
    }
    if (!blamed.empty()) {
      std::vector<size_t> rest;
      for (const size_t row : batch) {
        if (blamed.count(row) == 0) rest.push_back(row);
      }
      if (!rest.empty()) batches.push_front(std::move(rest));
      continue;
    }
    // Which row it is cannot be told: halves will.
    const auto middle =
        batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    batches.emplace_front(middle, batch.end());
    batches.emplace_front(batch.begin(), middle);
  }
  return outcome;
}

absl::Status FinishImport(Session& session, const ImportOptions& options,
                          const ImportSummary& summary,
                          const absl::Status& status) {
  const int skipped = static_cast<int>(summary.bad.size());
  if (!summary.bad.empty() && !options.skip_bad) {
    return BadRowsError(
        summary.bad,
        options.dry_run ? "."
        : summary.created == 0
            ? "; nothing was stored."
            : absl::StrCat("; ", Counted(summary),
                           " before it stored; the import may be run again."));
  }
  RETURN_IF_ERROR(status);
  if (!summary.bad.empty()) {
    session.terminal.err << FailureText(
        BadRowsError(summary.bad, " and left out:"),
        session.terminal.err_color);
  }
  if (!session.is_table()) {
    session.terminal.out << nlohmann::ordered_json(
                                {{"created", summary.created},
                                 {"unchanged", summary.unchanged},
                                 {"bad", skipped},
                                 {"dry_run", options.dry_run}})
                                .dump()
                         << '\n';
    return absl::OkStatus();
  }
  std::string line = absl::StrCat(
      options.dry_run ? "Would import " : "Imported ", Counted(summary));
  if (summary.unchanged > 0) {
    absl::StrAppend(&line, "; ", summary.unchanged,
                    summary.unchanged == 1 ? " was" : " were",
                    " there already");
  }
  session.Say(line + ".");
  return absl::OkStatus();
}

}  // namespace attune
