// Paths of fields in a form, such as `form.sections[0].questions[2].weight`.

#ifndef ATTUNE_ENGINE_FORM_FIELD_PATH_H_
#define ATTUNE_ENGINE_FORM_FIELD_PATH_H_

#include <google/protobuf/descriptor.h>

#include <vector>

#include "absl/strings/string_view.h"

namespace attune {

struct FieldStep {
  const google::protobuf::FieldDescriptor* field = nullptr;
  int index = -1;  // of a repeated field
};

// The steps from attune.v1.Form down; as far as the path makes sense.
std::vector<FieldStep> ParseFieldPath(absl::string_view path);

// True if `a` stands before `b` in a form.  What a path leads into comes
// directly after it.
bool StandsBefore(absl::string_view a, absl::string_view b);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FIELD_PATH_H_
