// What is wrong with protobuf text, as a place and a word.

#ifndef ATTUNE_ENGINE_TEXT_ERROR_H_
#define ATTUNE_ENGINE_TEXT_ERROR_H_

#include <google/protobuf/io/tokenizer.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace attune {

// Keeps the first error of a TextFormat::Parser, which else prints to stderr.
class FirstTextError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (text_.empty()) {
      text_ = absl::StrCat(line + 1, ":", column + 1, ": ", message);
    }
  }
  void AddWarning(int, google::protobuf::io::ColumnNumber,
                  const std::string&) override {}

  // `line:column: what is wrong`; empty if nothing is.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_TEXT_ERROR_H_
