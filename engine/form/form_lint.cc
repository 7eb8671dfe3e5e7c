#include "engine/form/form_lint.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/form/compiled_form.h"
#include "engine/form/decimal.h"
#include "engine/form/field_path.h"
#include "engine/form/findings.h"
#include "engine/form/form_rules.h"
#include "engine/scoring/answer_sheet.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/grade.h"
#include "engine/scoring/marks.h"

namespace attune {
namespace {

constexpr int64_t kSmallShare = 5 * kTenThousand;

bool GivesShares(const CompiledForm& form, int s) {
  const CompiledForm::Section& section =
      form.sections()[static_cast<size_t>(s)];
  for (int q = section.first_question; q < section.end_question; ++q) {
    const CompiledForm::Question& question =
        form.questions()[static_cast<size_t>(q)];
    if (question.scored && !question.bonus) return true;
  }
  return false;
}

void CheckLeadingValue(const CompiledForm& form, Findings& findings) {
  const std::string& leading = form.form().leading_value();
  if (leading.empty()) return;
  std::map<std::string, std::vector<int>> groups;
  for (int s = 0; s < form.form().sections_size(); ++s) {
    const std::string& value = form.section(s).value();
    // A section without a value stands alone; no value starts with a NUL.
    groups[value.empty() ? absl::StrCat(std::string(1, '\0'), s) : value]
        .push_back(s);
  }
  const auto mine = groups.find(leading);
  if (mine == groups.end()) return;
  for (const auto& [value, sections] : groups) {
    if (value == leading || CompareShares(form, mine->second, sections) > 0) {
      continue;
    }
    findings.Refuse("form.leading_value", "LEADING_VALUE_NOT_HEAVIEST",
                    absl::StrCat(leading, " must weigh strictly more than ",
                                 form.section(sections[0]).value().empty()
                                     ? form.section(sections[0]).section_id()
                                     : value,
                                 " with everything applicable."));
    return;
  }
}

void CheckShares(const CompiledForm& form, Findings& findings) {
  const Breakdown breakdown = BreakDown(form, MarkAllApplicable(form));
  int64_t whole = 0;
  for (int s = 0; s < form.form().sections_size(); ++s) {
    const int64_t share = breakdown.sections[static_cast<size_t>(s)].share;
    whole += share;
    if (share >= kSmallShare || !GivesShares(form, s)) continue;
    findings.Warn(
        absl::StrCat("form.sections[", s, "]"), "SECTION_SMALL",
        absl::StrFormat("This section decides %.4g percent of the total; "
                        "under 5 its questions hardly count.",
                        FromTenThousandths(share)));
  }
  if (whole == 0) {
    findings.Refuse("form.sections", "NO_SCORED_QUESTION",
                    "Nothing in the form has a weight above 0.");
    return;
  }
  CheckLeadingValue(form, findings);
}

std::string Percent(std::optional<int64_t> hundredths) {
  if (!hundredths) return "no score";
  return absl::StrFormat("%d.%02d", *hundredths / 100, *hundredths % 100);
}

void CheckPercent(const v1::Example& example, const Grade& grade,
                  const std::string& path, Findings& findings) {
  std::optional<int64_t> expected;
  if (example.has_percent()) {
    if (!(std::abs(example.percent()) <= kMaxDecimal)) {
      findings.Refuse(path + ".percent", "PERCENT_INVALID", "Give a percent.");
      return;
    }
    expected = std::llround(example.percent() * 100);
  }
  if (grade.percent == expected) return;
  findings.Refuse(path + ".percent", "EXAMPLE_MISMATCH",
                  absl::StrCat("Expected ", Percent(expected),
                               ", but these "
                               "answers give ",
                               Percent(grade.percent), "."));
}

// Scores each example; then warns of questions that none of them shows.
void CheckExamples(const CompiledForm& form, Findings& findings) {
  std::vector<bool> shown(form.questions().size(), false);
  for (int i = 0; i < form.form().examples_size(); ++i) {
    const v1::Example& example = form.form().examples(i);
    const std::string path = absl::StrCat("form.examples[", i, "]");
    const Violations bad =
        CheckAnswers(form, example.answers(), Completeness::kExample);
    for (const Violation& violation : bad.all()) {
      findings.Refuse(absl::StrCat(path, ".", violation.field),
                      violation.reason, violation.description);
    }
    const Marks marks = MarkSheet(form, CodeAnswers(form, example.answers()));
    for (size_t q = 0; q < marks.size(); ++q) {
      if (marks[q].state != v1::QuestionScore::STATE_HIDDEN) shown[q] = true;
    }
    if (bad.empty()) {
      CheckPercent(example, GradeMarks(form, marks), path, findings);
    }
  }
  if (form.form().examples().empty()) return;
  for (int s = 0; s < form.form().sections_size(); ++s) {
    const int first = form.sections()[static_cast<size_t>(s)].first_question;
    for (int q = 0; q < form.section(s).questions_size(); ++q) {
      if (shown[static_cast<size_t>(first + q)]) continue;
      findings.Warn(absl::StrCat("form.sections[", s, "].questions[", q,
                                 "].visible_when"),
                    "HIDDEN_IN_EXAMPLES",
                    "No example makes this question visible, so none tests "
                    "it.");
    }
  }
}

}  // namespace

std::vector<v1::LintFinding> LintForm(const v1::Form& form) {
  Findings findings = CheckFormRules(form);
  const Violations limits = CheckFormLimits(form);
  for (const Violation& violation : limits.all()) {
    findings.Break(violation.field, violation.reason, violation.description);
  }
  if (findings.sound) {
    const CompiledForm compiled = *CompiledForm::MakeDraft(form);
    if (!form.feedback_only()) CheckShares(compiled, findings);
    CheckExamples(compiled, findings);
  }
  std::stable_sort(findings.all.begin(), findings.all.end(),
                   [](const v1::LintFinding& a, const v1::LintFinding& b) {
                     return a.severity() != b.severity()
                                ? a.severity() > b.severity()
                                : StandsBefore(a.field(), b.field());
                   });
  return std::move(findings.all);
}

Violations ErrorsOf(const std::vector<v1::LintFinding>& findings) {
  Violations errors;
  for (const v1::LintFinding& finding : findings) {
    if (finding.severity() == v1::LintFinding::SEVERITY_ERROR) {
      errors.Add(finding.field(), finding.reason(), finding.description());
    }
  }
  return errors;
}

}  // namespace attune
