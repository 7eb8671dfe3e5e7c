#include "engine/form/vendors/unscored.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/form/vendors/item_ids.h"

namespace attune {
namespace {

bool HasScored(const v1::Section& section) {
  return std::any_of(section.questions().begin(), section.questions().end(),
                     [](const v1::Question& question) {
                       return question.type() != v1::Question::TEXT &&
                              question.type() != v1::Question::DATE &&
                              !EarnsNothing(question);
                     });
}

// Takes them out of `section`; without any, a section without questions.
v1::Section TakeUnscored(v1::Section& section) {
  v1::Section apart;
  v1::Section rest = section;
  rest.clear_questions();
  for (v1::Question& question : *section.mutable_questions()) {
    v1::Section& home = EarnsNothing(question) ? apart : rest;
    *home.add_questions() = std::move(question);
  }
  section = std::move(rest);
  return apart;
}

bool Depends(const v1::Section& section) {
  return std::any_of(section.questions().begin(), section.questions().end(),
                     [](const v1::Question& question) {
                       return !question.visible_when().empty();
                     });
}

}  // namespace

bool EarnsNothing(const v1::Question& question) {
  if (question.type() == v1::Question::TEXT ||
      question.type() == v1::Question::DATE) {
    return false;
  }
  const auto earns = [](const auto& answer) { return answer.points() > 0; };
  return std::none_of(question.choices().begin(), question.choices().end(),
                      earns) &&
         std::none_of(question.ranges().begin(), question.ranges().end(),
                      earns);
}

void NoteUnscored(const v1::Question& question, absl::string_view path,
                  ImportLog& log) {
  if (!EarnsNothing(question)) return;
  log.Note(path, "a question that earns no points",
           "it stands in a section of weight 0 here");
}

void SetUnscoredApart(v1::Form& form) {
  if (form.feedback_only()) return;
  ItemIds ids;
  for (const v1::Section& section : form.sections()) {
    ids.Take(section.section_id(), "", "section");
  }
  v1::Form whole;
  for (v1::Section& section : *form.mutable_sections()) {
    if (section.has_weight() && section.weight() == 0) {
      *whole.add_sections() = std::move(section);
      continue;
    }
    if (!HasScored(section)) {
      section.set_weight(0);
      *whole.add_sections() = std::move(section);
      continue;
    }
    v1::Section apart = TakeUnscored(section);
    if (apart.questions().empty()) {
      *whole.add_sections() = std::move(section);
      continue;
    }
    apart.set_section_id(ids.Take(
        absl::StrCat(section.section_id(), "_unscored"), "", "section"));
    apart.set_title(absl::StrCat(section.title(), " (not scored)"));
    apart.set_weight(0);
    const bool after = Depends(apart);
    if (!after) *whole.add_sections() = apart;
    *whole.add_sections() = std::move(section);
    if (after) *whole.add_sections() = std::move(apart);
  }
  form.mutable_sections()->Swap(whole.mutable_sections());
}

}  // namespace attune
