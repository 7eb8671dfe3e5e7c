#include "tools/attune/json_lines.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "tools/attune/csv.h"

namespace attune {
namespace {

// What the parser says, without its own numbering of errors.
std::string Plain(absl::string_view message) {
  const size_t colon = message.find(": ");
  return std::string(
      colon == absl::string_view::npos ? message : message.substr(colon + 2));
}

}  // namespace

absl::StatusOr<std::vector<JsonLine>> ParseJsonLines(const std::string& file,
                                                     absl::string_view text,
                                                     std::vector<BadRow>& bad) {
  if (absl::Status status = CheckText(text); !status.ok()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "FILE_MALFORMED",
                     absl::StrCat(file, ":", std::string(status.message())));
  }
  if (absl::StartsWith(text, "\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<JsonLine> lines;
  int number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const bool ended = end != absl::string_view::npos;
    const absl::string_view line = text.substr(0, end);
    text.remove_prefix(ended ? end + 1 : text.size());
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    JsonLine parsed{{file, number}, {}};
    try {
      parsed.object = nlohmann::json::parse(line.begin(), line.end());
    } catch (const nlohmann::json::parse_error& error) {
      bad.push_back({parsed.origin, absl::StrCat("column ", error.byte), "",
                     ended ? "JSON_INVALID" : "LINE_CUT_OFF",
                     absl::StrCat(Plain(error.what()),
                                  ended ? ""
                                        : "; the last line does not end, so "
                                          "the file may be cut off")});
      continue;
    }
    if (!parsed.object.is_object()) {
      bad.push_back({parsed.origin, "", "", "NOT_AN_OBJECT",
                     "Each line is one JSON object."});
      continue;
    }
    lines.push_back(std::move(parsed));
  }
  return lines;
}

std::string Spelled(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace attune
