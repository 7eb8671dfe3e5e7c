#include "tools/attune/csv.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

// Our own, because Debian's C++-callable readers (libcsv, fccp) tell neither
// the line nor the column of what they refuse.
class CsvParser {
 public:
  explicit CsvParser(absl::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<CsvRow>> Parse() {
    while (at_ < text_.size()) {
      if (SkipLineEnd()) continue;
      if (absl::Status status = ParseRow(); !status.ok()) return status;
    }
    return std::move(rows_);
  }

 private:
  absl::Status Error(size_t line, size_t column, absl::string_view what) const {
    return absl::InvalidArgumentError(
        absl::StrCat(line, ":", column, ": ", what));
  }
  absl::Status ErrorHere(absl::string_view what) const {
    return Error(line_, at_ - line_start_ + 1, what);
  }

  bool SkipLineEnd() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() &&
        text_[at_ + 1] == '\n') {
      ++at_;
    }
    if (text_[at_] != '\n') return false;
    NextLine();
    return true;
  }

  void NextLine() {
    ++at_;
    ++line_;
    line_start_ = at_;
  }

  absl::Status ParseRow() {
    CsvRow row{static_cast<int>(line_), {}};
    while (true) {
      std::string cell;
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      absl::Status status = quoted ? ParseQuoted(cell) : ParsePlain(cell);
      if (!status.ok()) return status;
      row.cells.push_back(std::move(cell));
      if (at_ == text_.size() || SkipLineEnd()) break;
      if (text_[at_] != ',') {
        return ErrorHere(quoted ? "There is text after the closing quote."
                                : "A carriage return stands alone.");
      }
      ++at_;
    }
    rows_.push_back(std::move(row));
    return absl::OkStatus();
  }

  absl::Status ParsePlain(std::string& cell) {
    const size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' &&
           text_[at_] != '\r') {
      if (text_[at_] == '"') {
        return ErrorHere(
            "A quote stands inside a cell that is not quoted; quote the whole "
            "cell and double the quote.");
      }
      ++at_;
    }
    cell = std::string(text_.substr(start, at_ - start));
    return absl::OkStatus();
  }

  absl::Status ParseQuoted(std::string& cell) {
    const size_t line = line_;
    const size_t column = at_ - line_start_ + 1;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') return absl::OkStatus();
      }
      cell += c;
      if (c == '\n') {
        NextLine();
      } else {
        ++at_;
      }
    }
    return Error(line, column,
                 "The quoted cell that begins here never ends; the file may be "
                 "cut off.");
  }

  absl::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
  size_t line_start_ = 0;
  std::vector<CsvRow> rows_;
};

bool LooksLikeFormula(absl::string_view cell) {
  if (cell.empty()) return false;
  if (absl::string_view("=+-@\t\r").find(cell[0]) == absl::string_view::npos) {
    return false;
  }
  double number = 0;
  // SimpleAtod also takes words such as "-inf".
  return cell.find_first_not_of("+-0123456789.eE") != absl::string_view::npos ||
         !absl::SimpleAtod(cell, &number);
}

}  // namespace

absl::StatusOr<std::vector<CsvRow>> ParseCsv(absl::string_view text) {
  if (absl::Status status = CheckText(text); !status.ok()) return status;
  if (absl::StartsWith(text, kByteOrderMark)) text.remove_prefix(3);
  return CsvParser(text).Parse();
}

absl::Status CheckText(absl::string_view text) {
  if (IsCleanUtf8(text)) return absl::OkStatus();
  size_t line = 1;
  size_t line_start = 0;
  size_t at = 0;
  while (at < text.size()) {
    size_t bytes = 1;  // of the character here
    while (bytes <= 4 && !IsCleanUtf8(text.substr(at, bytes))) ++bytes;
    if (bytes > 4) break;
    if (text[at] == '\n') {
      ++line;
      line_start = at + 1;
    }
    at += bytes;
  }
  const bool nul = at < text.size() && text[at] == '\0';
  return absl::InvalidArgumentError(
      absl::StrCat(line, ":", at - line_start + 1, ": ",
                   nul ? "There is a NUL byte; this is not a text file."
                       : "This is not UTF-8 text."));
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    const std::string safe =
        LooksLikeFormula(cells[i]) ? absl::StrCat("'", cells[i]) : cells[i];
    // Unquoted, a row of one empty cell would read back as no row, and a byte
    // order mark at the beginning as none.
    if (safe.find_first_of(",\"\r\n") != std::string::npos ||
        (safe.empty() && cells.size() == 1) ||
        absl::StartsWith(safe, kByteOrderMark)) {
      absl::StrAppend(&line, "\"", absl::StrReplaceAll(safe, {{"\"", "\"\""}}),
                      "\"");
    } else {
      line += safe;
    }
  }
  line += "\r\n";
  return line;
}

}  // namespace attune
