#include "engine/form/form_compare.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/form/compiled_form.h"
#include "engine/form/decimal.h"
#include "engine/scoring/grade.h"
#include "engine/scoring/marks.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;
using Item = v1::FormComparison::Item;

// A section or question, with what its share and weight come to.
struct Part {
  const v1::Section* section = nullptr;
  const v1::Question* question = nullptr;
  std::optional<int64_t> share = {};   // ten-thousandths of a percent
  std::optional<int64_t> weight = {};  // ten-thousandths

  const std::string& text() const {
    return question != nullptr ? question->text() : section->title();
  }
};

struct Parts {
  std::vector<Part> all;
  absl::flat_hash_map<std::string, size_t> index;

  void Add(const std::string& id, const Part& part) {
    if (index.emplace(id, all.size()).second) all.push_back(part);
  }
  const Part* Find(const std::string& id) const {
    const auto found = index.find(id);
    return found == index.end() ? nullptr : &all[found->second];
  }
};

struct Outline {
  Parts sections;
  Parts questions;
};

bool HasScored(const CompiledForm& form, const CompiledForm::Section& section) {
  return std::any_of(
      form.questions().begin() + section.first_question,
      form.questions().begin() + section.end_question,
      [](const CompiledForm::Question& question) { return question.scored; });
}

Outline OutlineOf(const v1::Form& form) {
  Outline outline;
  const auto compiled = CompiledForm::MakeDraft(form);
  Breakdown breakdown;
  if (compiled) breakdown = BreakDown(*compiled, MarkAllApplicable(*compiled));
  size_t q = 0;
  for (size_t s = 0; s < static_cast<size_t>(form.sections_size()); ++s) {
    const v1::Section& section = form.sections(static_cast<int>(s));
    Part part{&section, nullptr};
    if (compiled) part.weight = compiled->sections()[s].weight;
    if (compiled && HasScored(*compiled, compiled->sections()[s])) {
      part.share = breakdown.sections[s].share;
    }
    outline.sections.Add(section.section_id(), part);
    for (const v1::Question& question : section.questions()) {
      Part inner{&section, &question};
      if (compiled) inner.weight = compiled->questions()[q].weight;
      if (compiled && compiled->questions()[q].scored) {
        inner.share = breakdown.questions[q].share;
      }
      outline.questions.Add(question.question_id(), inner);
      ++q;
    }
  }
  return outline;
}

// The question without what it weighs, so that what is left is how it reads.
v1::Question Wording(v1::Question question) {
  question.clear_weight();
  question.clear_max_points();
  question.clear_bonus();
  question.clear_na_policy();
  for (v1::Choice& choice : *question.mutable_choices()) choice.clear_points();
  for (v1::Range& range : *question.mutable_ranges()) range.clear_points();
  return question;
}

// What each choice or range earns, and how it enters the total.
v1::Question Worth(const v1::Question& question) {
  v1::Question worth;
  worth.set_bonus(question.bonus());
  worth.set_na_policy(question.na_policy());
  if (question.has_max_points()) worth.set_max_points(question.max_points());
  return worth;
}

bool SamePoints(const v1::Question& a, const v1::Question& b) {
  if (!MessageDifferencer::Equals(Worth(a), Worth(b))) return false;
  for (const v1::Choice& choice : a.choices()) {
    for (const v1::Choice& other : b.choices()) {
      if (choice.choice_id() == other.choice_id() &&
          choice.points() != other.points()) {
        return false;
      }
    }
  }
  if (a.ranges_size() != b.ranges_size()) return true;  // reworded
  for (int i = 0; i < a.ranges_size(); ++i) {
    if (a.ranges(i).points() != b.ranges(i).points()) return false;
  }
  return true;
}

bool IsReworded(const Part& before, const Part& after) {
  if (before.question != nullptr) {
    return !MessageDifferencer::Equals(Wording(*before.question),
                                       Wording(*after.question));
  }
  v1::Section old_head = *before.section;
  v1::Section new_head = *after.section;
  for (v1::Section* head : {&old_head, &new_head}) {
    head->clear_questions();
    head->clear_weight();
  }
  return !MessageDifferencer::Equals(old_head, new_head);
}

bool IsReweighted(const Part& before, const Part& after) {
  return before.share != after.share || before.weight != after.weight ||
         (before.question != nullptr &&
          !SamePoints(*before.question, *after.question));
}

Item Describe(const Part* before, const Part* after) {
  const Part& newest = after != nullptr ? *after : *before;
  Item item;
  item.set_section_id(newest.section->section_id());
  if (newest.question != nullptr) {
    item.set_question_id(newest.question->question_id());
  }
  item.set_text(newest.text());
  if (before != nullptr && before->share) {
    item.set_share_before(FromTenThousandths(*before->share));
  }
  if (after != nullptr && after->share) {
    item.set_share_after(FromTenThousandths(*after->share));
  }
  if (before == nullptr) {
    item.add_changes(v1::FormComparison::CHANGE_ADDED);
  } else if (after == nullptr) {
    item.add_changes(v1::FormComparison::CHANGE_REMOVED);
  } else {
    if (IsReworded(*before, *after)) {
      item.add_changes(v1::FormComparison::CHANGE_REWORDED);
    }
    if (IsReweighted(*before, *after)) {
      item.add_changes(v1::FormComparison::CHANGE_REWEIGHTED);
    }
    if (before->question != nullptr &&
        before->section->section_id() != after->section->section_id()) {
      item.add_changes(v1::FormComparison::CHANGE_MOVED);
    }
  }
  return item;
}

void Match(const Parts& base, const Parts& other,
           google::protobuf::RepeatedPtrField<Item>& items) {
  const auto add = [&](Item item) {
    if (!item.changes().empty()) *items.Add() = std::move(item);
  };
  for (const auto& part : other.all) {
    const std::string& id = part.question != nullptr
                                ? part.question->question_id()
                                : part.section->section_id();
    add(Describe(base.Find(id), &part));
  }
  for (const auto& part : base.all) {
    const std::string& id = part.question != nullptr
                                ? part.question->question_id()
                                : part.section->section_id();
    if (other.Find(id) == nullptr) add(Describe(&part, nullptr));
  }
}

// Leaves what the author wrote outside the sections, with defaults put in.
v1::Form HeadOf(v1::Form form) {
  form.clear_name();
  form.clear_sections();
  form.clear_etag();
  form.clear_create_time();
  form.clear_update_time();
  form.clear_latest_revision();
  if (form.rule() == v1::Form::RULE_UNSPECIFIED) {
    form.set_rule(v1::Form::WEIGHTED_SECTION_MEANS);
  }
  if (form.na_policy() == v1::Form::NA_POLICY_UNSPECIFIED) {
    form.set_na_policy(v1::Form::EXCLUDE);
  }
  if (!form.has_bonus_cap_percent()) form.set_bonus_cap_percent(100);
  return form;
}

void CompareHeads(const v1::Form& base, const v1::Form& other,
                  v1::FormComparison& comparison) {
  const v1::Form before = HeadOf(base);
  const v1::Form after = HeadOf(other);
  const auto* type = v1::Form::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    MessageDifferencer differencer;
    if (!differencer.CompareWithFields(before, after, {type->field(i)},
                                       {type->field(i)})) {
      comparison.add_fields(type->field(i)->name());
    }
  }
}

}  // namespace

v1::FormComparison CompareForms(const v1::Form& base, const v1::Form& other) {
  const Outline before = OutlineOf(base);
  const Outline after = OutlineOf(other);
  v1::FormComparison comparison;
  Match(before.sections, after.sections, *comparison.mutable_sections());
  Match(before.questions, after.questions, *comparison.mutable_questions());
  CompareHeads(base, other, comparison);
  return comparison;
}

}  // namespace attune
