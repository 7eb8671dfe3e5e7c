#include "engine/form/field_path.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "attune/v1/form.pb.h"

namespace attune {

std::vector<FieldStep> ParseFieldPath(absl::string_view path) {
  std::vector<FieldStep> steps;
  if (!absl::ConsumePrefix(&path, "form.")) return steps;
  const google::protobuf::Descriptor* type = v1::Form::descriptor();
  for (absl::string_view part : absl::StrSplit(path, '.')) {
    if (type == nullptr) break;
    const std::vector<absl::string_view> name =
        absl::StrSplit(part, absl::MaxSplits('[', 1));
    FieldStep step;
    step.field = type->FindFieldByName(std::string(name[0]));
    if (step.field == nullptr) break;
    if (name.size() == 2 &&
        !absl::SimpleAtoi(absl::StripSuffix(name[1], "]"), &step.index)) {
      break;
    }
    steps.push_back(step);
    type = step.field->message_type();
  }
  return steps;
}

bool StandsBefore(absl::string_view a, absl::string_view b) {
  const std::vector<FieldStep> left = ParseFieldPath(a);
  const std::vector<FieldStep> right = ParseFieldPath(b);
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const FieldStep& x, const FieldStep& y) {
        return std::make_tuple(x.field->number(), x.index) <
               std::make_tuple(y.field->number(), y.index);
      });
}

}  // namespace attune
