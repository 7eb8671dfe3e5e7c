// Evaluations from JSON lines.

#ifndef ATTUNE_TOOLS_ATTUNE_EVALUATION_IMPORT_H_
#define ATTUNE_TOOLS_ATTUNE_EVALUATION_IMPORT_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/form/compiled_form.h"
#include "tools/attune/import_rows.h"

namespace attune {

// One line whose answers have no types yet: the form gives them.
struct RatedContact {
  RowOrigin origin;
  std::string contact;  // people/-/contacts/ID, or a full name
  std::string rater;    // people/ID; empty for the caller
  std::string form;     // forms/ID or forms/ID/revisions/N
  std::string answers;  // JSON object
  std::map<std::string, std::string> comments;  // by question
  std::string comment;
};

// Lines {contact, rater, form, answers, comments, comment}; the first, the form
// and the answers are required.  INVALID_ARGUMENT if it is no such file.
absl::StatusOr<std::vector<RatedContact>> ParseRatedContacts(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad);

struct EvaluationRow {
  RowOrigin origin;
  v1::Evaluation evaluation;
};

// Types the answers of one line by its form; what does not fit goes to `bad`.
// True if everything fits.
bool TypeAnswers(const RatedContact& line, const CompiledForm& form,
                 EvaluationRow& row, std::vector<BadRow>& bad);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_EVALUATION_IMPORT_H_
