#include "tools/attune/enum_words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace attune {
namespace {

std::string Lower(const google::protobuf::EnumValueDescriptor& value,
                  absl::string_view prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(value.name(), prefix));
}

}  // namespace

std::string EnumWord(const google::protobuf::EnumDescriptor& descriptor,
                     int value, absl::string_view prefix) {
  const auto* found = descriptor.FindValueByNumber(value);
  return found == nullptr || value == 0 ? "" : Lower(*found, prefix);
}

std::vector<std::string> EnumWords(
    const google::protobuf::EnumDescriptor& descriptor,
    absl::string_view prefix) {
  std::vector<std::string> words;
  for (int i = 1; i < descriptor.value_count(); ++i) {
    words.push_back(Lower(*descriptor.value(i), prefix));
  }
  return words;
}

int EnumValue(const google::protobuf::EnumDescriptor& descriptor,
              absl::string_view word, absl::string_view prefix) {
  for (int i = 1; i < descriptor.value_count(); ++i) {
    if (Lower(*descriptor.value(i), prefix) == word) {
      return descriptor.value(i)->number();
    }
  }
  return 0;
}

}  // namespace attune
