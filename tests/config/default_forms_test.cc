// The forms that are shipped keep the rules that they are held to.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/form/form_lint.h"
#include "engine/form/form_text.h"

namespace attune {
namespace {

TEST(DefaultFormsTest, EveryFormLintsWithoutErrorsAndHasSixExamples) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           absl::StrCat(ATTUNE_SOURCE_DIR, "/config/forms"))) {
    if (entry.path().extension() != ".textproto") continue;
    SCOPED_TRACE(entry.path().string());
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto form = FormText::Parse(text);
    ASSERT_TRUE(form.ok()) << form.status();
    for (const v1::LintFinding& finding : LintForm(form->form())) {
      EXPECT_NE(finding.severity(), v1::LintFinding::SEVERITY_ERROR)
          << form->Locate(finding.field()).line << ": "
          << finding.ShortDebugString();
    }
    EXPECT_GE(form->form().examples_size(), 6);
    ++count;
  }
  EXPECT_GE(count, 3);
}

}  // namespace
}  // namespace attune
