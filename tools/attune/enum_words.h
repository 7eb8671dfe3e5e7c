// Enums as people read and type them: `call_back` for KIND_CALL_BACK.

#ifndef ATTUNE_TOOLS_ATTUNE_ENUM_WORDS_H_
#define ATTUNE_TOOLS_ATTUNE_ENUM_WORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attune {

// The word of a value of an enum whose values begin with `prefix`; empty for
// the unspecified one.
std::string EnumWord(const google::protobuf::EnumDescriptor& descriptor,
                     int value, absl::string_view prefix);
// All of them but the unspecified, in their order.
std::vector<std::string> EnumWords(
    const google::protobuf::EnumDescriptor& descriptor,
    absl::string_view prefix);
// The value of a word; the unspecified one for any other text.
int EnumValue(const google::protobuf::EnumDescriptor& descriptor,
              absl::string_view word, absl::string_view prefix);

template <typename Enum>
std::string WordOf(Enum value, absl::string_view prefix) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), value, prefix);
}
template <typename Enum>
std::vector<std::string> WordsOf(absl::string_view prefix) {
  return EnumWords(*google::protobuf::GetEnumDescriptor<Enum>(), prefix);
}
template <typename Enum>
Enum ValueOf(absl::string_view word, absl::string_view prefix) {
  return static_cast<Enum>(
      EnumValue(*google::protobuf::GetEnumDescriptor<Enum>(), word, prefix));
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_ENUM_WORDS_H_
