// Files with one JSON object a line.

#ifndef ATTUNE_TOOLS_ATTUNE_JSON_LINES_H_
#define ATTUNE_TOOLS_ATTUNE_JSON_LINES_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/import_rows.h"

namespace attune {

struct JsonLine {
  RowOrigin origin;
  nlohmann::json object;
};

// Empty lines are passed over.  INVALID_ARGUMENT with FILE:LINE:COLUMN if the
// file is no text; lines that are no JSON object go to `bad`.
absl::StatusOr<std::vector<JsonLine>> ParseJsonLines(const std::string& file,
                                                     absl::string_view text,
                                                     std::vector<BadRow>& bad);

// How a value reads in a message: text without quotes, the rest as JSON.
std::string Spelled(const nlohmann::json& value);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_JSON_LINES_H_
