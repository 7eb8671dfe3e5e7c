#include "engine/form/vendors/unscored.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
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

// A question of `one` is asked only after answers in `other`.
bool DependsOn(const v1::Section& one, const v1::Section& other) {
  absl::flat_hash_set<std::string> ids;
  for (const v1::Question& question : other.questions()) {
    ids.insert(question.question_id());
  }
  for (const v1::Question& question : one.questions()) {
    for (const v1::VisibleWhen& term : question.visible_when()) {
      if (ids.contains(term.question_id())) return true;
    }
  }
  return false;
}

class Separation {
 public:
  explicit Separation(const v1::Form& form) {
    for (const v1::Section& section : form.sections()) {
      ids_.Take(section.section_id(), "", "section");
    }
  }

  void Add(v1::Section section, v1::Form& form) {
    const v1::Section whole = section;
    v1::Section apart = TakeUnscored(section);
    if (apart.questions().empty()) {
      *form.add_sections() = std::move(section);
    } else if (!DependsOn(apart, section)) {
      Name(whole, apart);
      *form.add_sections() = std::move(apart);
      *form.add_sections() = std::move(section);
    } else if (!DependsOn(section, apart)) {
      *form.add_sections() = std::move(section);
      Name(whole, apart);
      *form.add_sections() = std::move(apart);
    } else {
      AddInOrder(whole, form);
    }
  }

 private:
  void Name(const v1::Section& whole, v1::Section& apart) {
    apart.set_section_id(ids_.Take(
        absl::StrCat(whole.section_id(), "_unscored"), "", "section"));
    apart.set_title(absl::StrCat(whole.title(), " (not scored)"));
    apart.set_weight(0);
  }

  // Each run of questions that are scored, or are not, as a section.
  void AddInOrder(const v1::Section& whole, v1::Form& form) {
    v1::Section head = whole;
    head.clear_questions();
    v1::Section* home = nullptr;
    bool home_is_apart = false;
    bool is_first = true;
    for (const v1::Question& question : whole.questions()) {
      const bool is_apart = EarnsNothing(question);
      if (home == nullptr || is_apart != home_is_apart) {
        home = form.add_sections();
        home_is_apart = is_apart;
        *home = head;
        if (is_apart) {
          Name(whole, *home);
        } else if (!std::exchange(is_first, false)) {
          home->set_section_id(ids_.Take(whole.section_id(), "", "section"));
        }
      }
      *home->add_questions() = question;
    }
  }

  ItemIds ids_;
};

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
  Separation separation(form);
  v1::Form separated;
  for (v1::Section& section : *form.mutable_sections()) {
    if (!HasScored(section)) section.set_weight(0);
    if (section.has_weight() && section.weight() == 0) {
      *separated.add_sections() = std::move(section);
    } else {
      separation.Add(std::move(section), separated);
    }
  }
  form.mutable_sections()->Swap(separated.mutable_sections());
}

}  // namespace attune
