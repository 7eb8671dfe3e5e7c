#include "engine/voice/theme.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "engine/names.h"
#include "engine/texts.h"

namespace attune {
namespace {

constexpr int kMaxThemes = 200;
constexpr int kMaxKeywords = 32;
constexpr size_t kMaxLabelBytes = 256;
constexpr size_t kMaxKeywordBytes = 64;

void CheckTheme(const v1::Theme& theme, const std::string& path,
                Violations& bad) {
  if (theme.label().empty()) {
    bad.Add(absl::StrCat(path, ".label"), "LABEL_MISSING",
            "A theme has a label for people.");
  }
  CheckPlainText(theme.label(), kMaxLabelBytes, absl::StrCat(path, ".label"),
                 bad);
  if (theme.kind() == v1::Theme::KIND_UNSPECIFIED ||
      !v1::Theme::Kind_IsValid(theme.kind())) {
    bad.Add(absl::StrCat(path, ".kind"), "KIND_MISSING",
            "A theme is a success or a frustration.");
  }
  if (theme.keywords_size() > kMaxKeywords) {
    bad.Add(absl::StrCat(path, ".keywords"), "TOO_MANY",
            absl::StrCat("At most ", kMaxKeywords, ", not ",
                         theme.keywords_size(), "."));
    return;
  }
  for (int i = 0; i < theme.keywords_size(); ++i) {
    const std::string word = absl::StrCat(path, ".keywords[", i, "]");
    if (theme.keywords(i).empty()) {
      bad.Add(word, "KEYWORD_MISSING", "A keyword is a word.");
    }
    CheckPlainText(theme.keywords(i), kMaxKeywordBytes, word, bad);
  }
}

}  // namespace

void CheckTaxonomy(const v1::ThemeTaxonomy& taxonomy, absl::string_view path,
                   Violations& bad) {
  if (taxonomy.themes().empty() || taxonomy.themes_size() > kMaxThemes) {
    bad.Add(absl::StrCat(path, ".themes"), "THEME_COUNT",
            absl::StrCat("A taxonomy has 1 to ", kMaxThemes, " themes, not ",
                         taxonomy.themes_size(), "."));
    return;
  }
  std::set<std::string> names;
  std::set<int> reasons;
  for (int i = 0; i < taxonomy.themes_size(); ++i) {
    const std::string at = absl::StrCat(path, ".themes[", i, "]");
    const v1::Theme& theme = taxonomy.themes(i);
    if (!ParseThemeName(theme.name())) {
      bad.Add(absl::StrCat(at, ".name"), "NAME_INVALID",
              "A theme is themes/{theme}, its id [a-z0-9][a-z0-9._-]{0,62}.");
    } else if (!names.insert(theme.name()).second) {
      bad.Add(absl::StrCat(at, ".name"), "THEME_REPEATED",
              absl::StrCat(theme.name(), " is there twice."));
    }
    CheckTheme(theme, at, bad);
    for (int j = 0; j < theme.exit_reasons_size(); ++j) {
      const std::string reason = absl::StrCat(at, ".exit_reasons[", j, "]");
      if (!v1::Cancellation::Reason_IsValid(theme.exit_reasons(j)) ||
          theme.exit_reasons(j) == v1::Cancellation::REASON_UNSPECIFIED) {
        bad.Add(reason, "REASON_UNKNOWN", "There is no such reason.");
      } else if (!reasons.insert(theme.exit_reasons(j)).second) {
        bad.Add(reason, "REASON_REPEATED",
                "A reason counts as one theme at most.");
      }
    }
  }
}

void CheckThemeNames(
    const google::protobuf::RepeatedPtrField<std::string>& names,
    absl::string_view path, Violations& bad) {
  if (names.empty() || names.size() > kMaxThemesAtOnce) {
    bad.Add(path, "THEME_COUNT",
            absl::StrCat("Name 1 to ", kMaxThemesAtOnce, " themes, not ",
                         names.size(), "."));
    return;
  }
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const std::string at = absl::StrCat(path, "[", i, "]");
    if (!ParseThemeName(names[i])) {
      bad.Add(at, "NAME_INVALID", "A theme is themes/{theme}.");
    } else if (!seen.insert(names[i]).second) {
      bad.Add(at, "THEME_REPEATED", "It is named already.");
    }
  }
}

}  // namespace attune
