// Form files: protobuf text format, with a place in the file for each finding.

#ifndef ATTUNE_ENGINE_FORM_FORM_TEXT_H_
#define ATTUNE_ENGINE_FORM_FORM_TEXT_H_

#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"

namespace attune {

// Text takes more room than the 1 MiB that the form itself may have.
inline constexpr size_t kMaxFormTextBytes = size_t{4} << 20;

// A place in a file, both counted from 1.
struct TextPlace {
  int line = 1;
  int column = 1;
};

// A form file that was read.  Move-only.
class FormText {
 public:
  // INVALID_ARGUMENT: FORM_TEXT_INVALID with a message "line:column: what is
  // wrong", so that "file:" before it makes it a place to jump to;
  // FORM_TEXT_TOO_LARGE.  Does not lint.
  static absl::StatusOr<FormText> Parse(absl::string_view text);

  FormText(FormText&&) noexcept;
  FormText& operator=(FormText&&) noexcept;
  ~FormText();

  const v1::Form& form() const { return form_; }

  // Where the field of a lint finding stands; for a field that the file does
  // not set, the message that lacks it.
  TextPlace Locate(absl::string_view field_path) const;

 private:
  struct Places;
  FormText();

  v1::Form form_;
  std::unique_ptr<Places> places_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FORM_TEXT_H_
