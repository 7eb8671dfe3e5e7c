// Files of survey responses as tables of text: CSV, or one JSON object a line,
// whatever their columns are called.

#ifndef ATTUNE_TOOLS_ATTUNE_SURVEY_TABLE_H_
#define ATTUNE_TOOLS_ATTUNE_SURVEY_TABLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/import_rows.h"

namespace attune {

// What can be said of a response, in the order of a preview.
const std::vector<std::string>& SurveyFields();

// Which column holds which field, and what stands for a gap in it.
struct SurveyMapping {
  std::map<std::string, std::string> columns = {};  // those that were named
  std::map<std::string, std::set<std::string>> blanks = {};

  // A field that was not named is in the column of its own name.
  const std::string& ColumnOf(const std::string& field) const;
};

// `nps=NETPRO,source_id=RESPNUM`; blanks as `nps=11`, several for one field if
// there are more.  INVALID_ARGUMENT (USAGE).
absl::StatusOr<SurveyMapping> ParseSurveyMapping(
    absl::string_view map, const std::vector<std::string>& blanks);

struct SurveyTable {
  struct Line {
    RowOrigin origin;
    std::map<std::string, std::string> cells;  // by field; blanks are not there
  };
  std::vector<std::string> columns;  // of the file, those of objects as `a.b`
  std::vector<Line> lines;
};

// Rows that are wrong go to `bad`.  INVALID_ARGUMENT if the file is no such
// file, or a column that was named is not there.
absl::StatusOr<SurveyTable> ReadSurveyTable(const std::string& file,
                                            absl::string_view text,
                                            const SurveyMapping& mapping,
                                            std::vector<BadRow>& bad);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SURVEY_TABLE_H_
