#include "tests/engine/scoring/random_form.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace attune {

int RandomForms::Below(int end) {
  return static_cast<int>(random_() % static_cast<uint64_t>(end));
}

double RandomForms::Points() {
  if (OneIn(4)) return 0;
  switch (numbers_) {
    case Numbers::kPlain:
      return Below(12) + 1;
    case Numbers::kDecimal:
      return static_cast<double>(Below(100'000) + 1) / 10'000;
    case Numbers::kHuge:
      return static_cast<double>(random_() % 10'000'000'000'000 + 1) / 10'000;
  }
  return 1;
}

double RandomForms::Weight() {
  if (OneIn(12)) return 0.0001;
  return OneIn(12) ? 0 : std::max(Points(), 0.5);
}

void RandomForms::FillCritical(v1::Critical& critical) {
  critical.set_category(static_cast<v1::Critical::Category>(Below(3) + 1));
  critical.set_effect(static_cast<v1::Critical::Effect>(Below(4)));
  if (OneIn(2)) {
    critical.set_below_percent(static_cast<double>(Below(1'000'000) + 1) /
                               10'000);
  }
}

void RandomForms::FillScored(v1::Question& question) {
  double most = 0;
  const int count = Below(3) + 1;
  for (int i = 0; i < count; ++i) {
    const double points = i + 1 == count && most == 0 ? 1 : Points();
    most = std::max(most, points);
    if (question.type() == v1::Question::NUMBER) {
      v1::Range& range = *question.add_ranges();
      range.set_from(i * 10 + 0.5);
      range.set_to(i * 10 + 7.25);
      range.set_points(points);
    } else {
      v1::Choice& choice = *question.add_choices();
      choice.set_choice_id(absl::StrCat("c", i));
      choice.set_label("label");
      choice.set_points(points);
    }
  }
  if (question.type() == v1::Question::MULTI_CHOICE && OneIn(3)) {
    question.set_max_points(OneIn(2) ? most : std::min(1.0, most));
  }
}

void RandomForms::FillQuestion(v1::Question& question) {
  question.set_text("text");
  question.set_type(
      static_cast<v1::Question::Type>(OneIn(6) ? Below(2) + 4 : Below(3) + 1));
  if (question.type() == v1::Question::TEXT ||
      question.type() == v1::Question::DATE) {
    question.set_required(OneIn(4));
    return;
  }
  FillScored(question);
  question.set_required(OneIn(4));
  if (OneIn(2)) question.set_weight(Weight());
  question.mutable_na()->set_allowed(OneIn(2));
  if (OneIn(4)) {
    question.set_na_policy(static_cast<v1::Form::NaPolicy>(Below(2) + 1));
  }
  question.set_bonus(OneIn(6));
  if (!question.bonus() && OneIn(4)) {
    question.set_boundary(true);
    FillCritical(*question.mutable_critical());
  }
}

void RandomForms::AddConditions(const v1::Form& form, v1::Question& question) {
  std::vector<const v1::Question*> targets;
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& earlier : section.questions()) {
      if (&earlier != &question && !earlier.choices().empty()) {
        targets.push_back(&earlier);
      }
    }
  }
  if (targets.empty() || !OneIn(3)) return;
  question.set_any_of(OneIn(2));
  const int count = Below(2) + 1;
  for (int i = 0; i < count; ++i) {
    const v1::Question& target =
        *targets[static_cast<size_t>(Below(static_cast<int>(targets.size())))];
    v1::VisibleWhen& condition = *question.add_visible_when();
    condition.set_question_id(target.question_id());
    condition.add_choice_ids(
        target.choices(Below(target.choices_size())).choice_id());
    if (OneIn(2)) condition.add_choice_ids(target.choices(0).choice_id());
  }
}

v1::Form RandomForms::NextForm() {
  numbers_ = static_cast<Numbers>(OneIn(8) ? 2 : Below(2));
  v1::Form form;
  form.set_title("title");
  form.set_rule(static_cast<v1::Form::Rule>(Below(5)));
  form.set_na_policy(static_cast<v1::Form::NaPolicy>(Below(3)));
  form.set_feedback_only(OneIn(40));
  if (OneIn(2)) form.set_floor_percent(Below(101));
  if (OneIn(3)) {
    form.set_bonus_cap_percent(
        static_cast<double>(1'000'000 + Below(1'000'000)) / 10'000);
  }
  for (int i = 0; i < 3; ++i) {
    v1::Band& band = *form.add_bands();
    band.set_title(absl::StrCat("band", i));
    band.set_from_percent(i == 0 ? Below(30) : i * 30 + Below(30));
  }
  const int sections = OneIn(50) ? 12 : Below(3) + 1;
  int number = 0;
  for (int s = 0; s < sections; ++s) {
    v1::Section& section = *form.add_sections();
    section.set_section_id(absl::StrCat("s", s));
    section.set_title("title");
    section.set_value(absl::StrCat("v", Below(2)));
    if (OneIn(3)) section.set_weight(s > 0 && OneIn(5) ? 0 : Weight());
    if (OneIn(5)) FillCritical(*section.mutable_critical());
    const int questions = Below(3) + 1;
    for (int q = 0; q < questions; ++q) {
      v1::Question& question = *section.add_questions();
      question.set_question_id(absl::StrCat("q", number++));
      FillQuestion(question);
      AddConditions(form, question);
    }
  }
  return form;
}

v1::Answer RandomForms::NextAnswer(const v1::Question& question) {
  v1::Answer answer;
  answer.set_question_id(question.question_id());
  if (OneIn(question.na().allowed() ? 4 : 60)) {
    answer.set_na(true);
    return answer;
  }
  switch (question.type()) {
    case v1::Question::SINGLE_CHOICE:
      answer.set_choice_id(
          question.choices(Below(question.choices_size())).choice_id());
      break;
    case v1::Question::MULTI_CHOICE:
      for (const v1::Choice& choice : question.choices()) {
        if (OneIn(2)) answer.add_choice_ids(choice.choice_id());
      }
      break;
    case v1::Question::NUMBER:
      answer.set_number(OneIn(30) ? 8.5
                                  : Below(question.ranges_size()) * 10 + 0.5 +
                                        Below(4) * 2.25);
      break;
    case v1::Question::TEXT:
      answer.set_text("words");
      break;
    default:
      answer.set_date("2024-02-29");
  }
  if (OneIn(60)) answer.set_choice_id("unknown");
  return answer;
}

std::vector<v1::Answer> RandomForms::NextAnswers(const v1::Form& form) {
  std::vector<v1::Answer> answers;
  const int gaps = OneIn(3) ? 4 : 200;
  for (const v1::Section& section : form.sections()) {
    for (const v1::Question& question : section.questions()) {
      if (OneIn(gaps)) continue;
      answers.push_back(NextAnswer(question));
      if (OneIn(200)) answers.push_back(NextAnswer(question));
    }
  }
  if (OneIn(50)) answers.emplace_back().set_question_id("stranger");
  std::shuffle(answers.begin(), answers.end(), random_);
  return answers;
}

}  // namespace attune
