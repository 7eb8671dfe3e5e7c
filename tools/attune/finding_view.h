// Findings of lint at their places in files.

#ifndef ATTUNE_TOOLS_ATTUNE_FINDING_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_FINDING_VIEW_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/v1/form.pb.h"
#include "engine/form/form_text.h"

namespace attune {

struct PlacedFinding {
  std::string file;
  TextPlace place;
  v1::LintFinding finding;
};

// What lint says about the form of a text, each finding at its place.
std::vector<PlacedFinding> LintText(const std::string& file,
                                    const FormText& text);

bool IsError(const PlacedFinding& finding);
// `error` or `warning`.
std::string SeverityWord(const PlacedFinding& finding);
// `call.textproto:9:1: error: What is wrong. [REASON]`
std::string FindingLine(const PlacedFinding& finding, bool color);
nlohmann::ordered_json FindingJson(const PlacedFinding& finding);
// `1 error, 2 warnings`
std::string CountText(const std::vector<PlacedFinding>& findings);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FINDING_VIEW_H_
