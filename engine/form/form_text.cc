#include "engine/form/form_text.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/form/field_path.h"
#include "engine/text_error.h"

namespace attune {
namespace {

using google::protobuf::TextFormat;

constexpr int kMaxDepth = 16;

}  // namespace

struct FormText::Places {
  TextFormat::ParseInfoTree tree;
};

FormText::FormText() : places_(std::make_unique<Places>()) {}
FormText::FormText(FormText&&) noexcept = default;
FormText& FormText::operator=(FormText&&) noexcept = default;
FormText::~FormText() = default;

absl::StatusOr<FormText> FormText::Parse(absl::string_view text) {
  if (text.size() > kMaxFormTextBytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "FORM_TEXT_TOO_LARGE",
                     absl::StrCat("A form file has at most ", kMaxFormTextBytes,
                                  " bytes, not ", text.size(), "."));
  }
  FormText result;
  FirstTextError error;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  parser.WriteLocationsTo(&result.places_->tree);
  parser.SetRecursionLimit(kMaxDepth);
  if (!parser.ParseFromString(std::string(text), &result.form_)) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "FORM_TEXT_INVALID",
        error.text().empty() ? "1:1: This is no form file." : error.text());
  }
  return result;
}

TextPlace FormText::Locate(absl::string_view field_path) const {
  TextPlace place;
  const TextFormat::ParseInfoTree* tree = &places_->tree;
  for (const FieldStep& step : ParseFieldPath(field_path)) {
    // A path may name a repeated field as a whole: then its first entry.
    const int index = step.field->is_repeated() ? std::max(step.index, 0) : -1;
    const TextFormat::ParseLocation found =
        tree->GetLocation(step.field, index);
    if (found.line < 0) break;
    place = {found.line + 1, found.column + 1};
    if (step.field->message_type() == nullptr) break;
    tree = tree->GetTreeForNested(step.field, index);
    if (tree == nullptr) break;
  }
  return place;
}

}  // namespace attune
