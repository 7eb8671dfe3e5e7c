// Form files, and where in them something is wrong.

#ifndef ATTUNE_TOOLS_ATTUNE_FORM_FILES_H_
#define ATTUNE_TOOLS_ATTUNE_FORM_FILES_H_

#include <istream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/form/form_text.h"

namespace attune {

struct FormFile {
  std::string path;
  FormText text;
};

// INVALID_ARGUMENT with FILE:LINE:COLUMN; UNKNOWN (FILE) if it cannot be read.
absl::StatusOr<FormFile> ReadFormFile(const std::string& path,
                                      std::istream& in);

// `call.textproto:12:5`
std::string PlaceOf(const FormFile& file, const std::string& field);

// INVALID_ARGUMENT with every error among the findings, each at its place; OK
// without one.
absl::Status ErrorOf(const FormFile& file,
                     const std::vector<v1::LintFinding>& findings);

// `status` with its violations of fields `form...` put at their places.
absl::Status AtPlaces(const FormFile& file, const absl::Status& status);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_FORM_FILES_H_
