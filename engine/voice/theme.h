// What makes a taxonomy of themes well-formed.

#ifndef ATTUNE_ENGINE_VOICE_THEME_H_
#define ATTUNE_ENGINE_VOICE_THEME_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/strings/string_view.h"
#include "attune/v1/theme.pb.h"
#include "engine/violations.h"

namespace attune {

inline constexpr int kMaxThemesAtOnce = 16;

// Everything that is wrong, under `path`.
void CheckTaxonomy(const v1::ThemeTaxonomy& taxonomy, absl::string_view path,
                   Violations& bad);

// 1 to kMaxThemesAtOnce names of themes, none twice.
void CheckThemeNames(
    const google::protobuf::RepeatedPtrField<std::string>& names,
    absl::string_view path, Violations& bad);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_THEME_H_
