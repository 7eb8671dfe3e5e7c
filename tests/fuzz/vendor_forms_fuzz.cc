// Any text as a form of every other vendor: refused with what is wrong, or a
// form that can be written, read, linted and scored.

#include <google/protobuf/text_format.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "engine/form/compiled_form.h"
#include "engine/form/form_lint.h"
#include "engine/form/form_text.h"
#include "engine/form/vendors/vendor_form.h"
#include "engine/scoring/score.h"

namespace attune {
namespace {

constexpr size_t kMaxInput = 16 * 1024;

void Require(bool holds) {
  if (!holds) std::abort();
}

// What a vendor may allow and lint refuses; the rest importers see to.
bool IsTheVendors(const std::string& reason) {
  static const auto& reasons = *new absl::flat_hash_set<std::string>{
      "TEXT_TOO_LONG",    "TEXT_NOT_CLEAN",     "TEXT_MISSING",
      "TITLE_MISSING",    "LABEL_MISSING",      "RANGE_OVERLAP",
      "RANGE_REVERSED",   "RANGE_TOO_LARGE",    "RANGE_TOO_PRECISE",
      "RANGES_MISSING",   "TOO_MANY_SECTIONS",  "TOO_MANY_QUESTIONS",
      "TOO_MANY_CHOICES", "TOO_MANY_RANGES",    "TOO_MANY_CONDITIONS",
      "FORM_TOO_LARGE",   "NO_SCORED_QUESTION", "SECTIONS_MISSING",
      "RANGE_NOT_FINITE"};
  return reasons.contains(reason);
}

void CheckImported(const ImportedForm& imported) {
  for (const ImportNote& note : imported.notes) {
    Require(!note.path.empty() && !note.why.empty() && note.count > 0);
  }
  for (const v1::LintFinding& finding : LintForm(imported.form)) {
    Require(finding.severity() == v1::LintFinding::SEVERITY_WARNING ||
            IsTheVendors(finding.reason()));
  }
  std::string text;
  Require(google::protobuf::TextFormat::PrintToString(imported.form, &text));
  const auto read = FormText::Parse(text);
  Require(read.ok());
  Require(read->form().SerializeAsString() ==
          imported.form.SerializeAsString());
  if (const auto form = CompiledForm::MakeDraft(imported.form)) {
    const v1::Score score = ExplainScore(*form, {});
    Require(score.percent() >= 0 && score.percent() <= 100);
  }
}

}  // namespace
}  // namespace attune

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > attune::kMaxInput) return 0;
  const absl::string_view json(reinterpret_cast<const char*>(data), size);
  for (const attune::Vendor vendor :
       {attune::Vendor::kAmazonConnect, attune::Vendor::kGenesys,
        attune::Vendor::kGoogle}) {
    for (const attune::NaWeight na_weight :
         {attune::NaWeight::kForm, attune::NaWeight::kSection}) {
      const auto imported = attune::ImportVendorForm(vendor, json, na_weight);
      if (imported.ok()) {
        attune::CheckImported(*imported);
      } else {
        attune::Require(!imported.status().message().empty());
      }
    }
  }
  return 0;
}
