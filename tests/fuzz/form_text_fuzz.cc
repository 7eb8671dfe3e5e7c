// Any text as a form file: parsed, linted, compiled and scored.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/form/compiled_form.h"
#include "engine/form/form_compare.h"
#include "engine/form/form_lint.h"
#include "engine/form/form_text.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"

namespace attune {
namespace {

constexpr size_t kMaxInput = 16 * 1024;

void Require(bool holds) {
  if (!holds) std::abort();
}

// The first choice everywhere, the start of the first range, some text.
google::protobuf::RepeatedPtrField<v1::Answer> FirstChoices(
    const v1::Form& form) {
  google::protobuf::RepeatedPtrField<v1::Answer> answers;
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& question : section.questions()) {
      v1::Answer& answer = *answers.Add();
      answer.set_question_id(question.question_id());
      if (question.type() == v1::Question::SINGLE_CHOICE) {
        answer.set_choice_id(question.choices(0).choice_id());
      } else if (question.type() == v1::Question::MULTI_CHOICE) {
        answer.add_choice_ids(question.choices(0).choice_id());
      } else if (question.type() == v1::Question::NUMBER) {
        answer.set_number(
            question.ranges().empty() ? 0 : question.ranges(0).from());
      } else if (question.type() == v1::Question::TEXT) {
        answer.set_text("x");
      } else {
        answer.set_date("2024-02-29");
      }
    }
  }
  return answers;
}

void CheckScore(const CompiledForm& form) {
  const auto answers = FirstChoices(form.form());
  Require(CheckAnswers(form, answers, Completeness::kPartial).empty());
  const v1::Score score = ExplainScore(form, answers);
  const double most = form.form().has_bonus_cap_percent()
                          ? form.form().bonus_cap_percent() + 0.01
                          : 100;
  Require(score.percent() >= 0 && score.percent() <= most);
  Require(score.percent() <= score.percent_before_critical());
  Require(score.unanswered().empty());
  double shares = 0;
  for (const v1::SectionScore& section : score.sections()) {
    Require(section.percent() >= 0 && section.percent() <= most);
    Require(section.lost() >= 0 && section.lost() <= section.effective_share());
    shares += section.effective_share();
  }
  Require(shares == 0 || (shares > 99.9 && shares < 100.1));
}

void CheckForm(absl::string_view text) {
  const auto file = FormText::Parse(text);
  if (!file.ok()) {
    Require(!file.status().message().empty());
    return;
  }
  for (const v1::LintFinding& finding : LintForm(file->form())) {
    const TextPlace place = file->Locate(finding.field());
    Require(place.line >= 1 && place.column >= 1);
  }
  const v1::FormComparison same = CompareForms(file->form(), file->form());
  if (const auto draft = CompiledForm::MakeDraft(file->form())) {
    Require(same.sections().empty() && same.questions().empty());
    CheckScore(*draft);
  }
  if (CompiledForm::Make(file->form()).ok()) Require(same.fields().empty());
}

}  // namespace
}  // namespace attune

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > attune::kMaxInput) return 0;
  attune::CheckForm(
      absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
