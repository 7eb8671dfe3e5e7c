// Vendors' files of these tests, and what is imported of them.

#ifndef ATTUNE_TESTS_ENGINE_FORM_VENDORS_VENDOR_FORMS_H_
#define ATTUNE_TESTS_ENGINE_FORM_VENDORS_VENDOR_FORMS_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/form/form_lint.h"
#include "engine/form/vendors/vendor_form.h"

namespace attune {

// `google.json` of this folder.
inline std::string VendorFile(const std::string& name) {
  std::ifstream file(
      absl::StrCat(ATTUNE_SOURCE_DIR, "/tests/engine/form/vendors/", name));
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline nlohmann::ordered_json VendorFileJson(const std::string& name) {
  return nlohmann::ordered_json::parse(VendorFile(name));
}

inline ImportedForm Imported(Vendor vendor, const std::string& json,
                             NaWeight na_weight = NaWeight::kForm) {
  auto imported = ImportVendorForm(vendor, json, na_weight);
  EXPECT_TRUE(imported.ok()) << imported.status();
  return imported.ok() ? *std::move(imported) : ImportedForm{};
}

// `PATH: what: why`, one a line.
inline std::string NotesOf(const ImportedForm& imported) {
  std::string text;
  for (const ImportNote& note : imported.notes) {
    absl::StrAppend(&text, note.path, ": ", note.what, ": ", note.why, "\n");
  }
  return text;
}

inline std::string LintErrorsOf(const v1::Form& form) {
  std::string text;
  const Violations errors = ErrorsOf(LintForm(form));
  for (const Violation& error : errors.all()) {
    absl::StrAppend(&text, error.field, " ", error.reason, "\n");
  }
  return text;
}

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_FORM_VENDORS_VENDOR_FORMS_H_
