#include "engine/form/compiled_form.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/form/coefficients.h"
#include "engine/form/decimal.h"
#include "engine/form/form_lint.h"
#include "engine/form/form_rules.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr double kDefaultCap = 100;
constexpr double kDefaultBelow = 100;

int64_t Scaled(double value) { return ToTenThousandths(value).value_or(0); }

int64_t CeilDivide(Int128 numerator, int64_t denominator) {
  return static_cast<int64_t>((numerator + denominator - 1) / denominator);
}

// Ten-thousandths of a point of each choice or range.
std::vector<int64_t> PointsOf(const v1::Question& question) {
  std::vector<int64_t> points;
  for (const v1::Choice& choice : question.choices()) {
    points.push_back(Scaled(choice.points()));
  }
  for (const v1::Range& range : question.ranges()) {
    points.push_back(Scaled(range.points()));
  }
  return points;
}

int64_t MaximumOf(const v1::Question& question,
                  const std::vector<int64_t>& points) {
  if (question.has_max_points()) return Scaled(question.max_points());
  if (question.type() == v1::Question::MULTI_CHOICE) {
    return std::accumulate(points.begin(), points.end(), int64_t{0});
  }
  return points.empty() ? 0 : *std::max_element(points.begin(), points.end());
}

ChoiceSet ChoicesOf(const v1::Question& question,
                    const v1::VisibleWhen& condition) {
  ChoiceSet choices;
  for (int i = 0; i < question.choices_size(); ++i) {
    const auto& wanted = condition.choice_ids();
    choices[static_cast<size_t>(i)] =
        std::find(wanted.begin(), wanted.end(),
                  question.choices(i).choice_id()) != wanted.end();
  }
  return choices;
}

CompiledForm::Question CompileQuestion(const v1::Form& form,
                                       const v1::Section& section,
                                       const v1::Question& question) {
  CompiledForm::Question result;
  result.type = question.type();
  result.scored = IsScored(form, section, question);
  result.bonus = question.bonus();
  result.na_allowed = question.na().allowed();
  const v1::Form::NaPolicy policy =
      question.na_policy() == v1::Form::NA_POLICY_UNSPECIFIED
          ? form.na_policy()
          : question.na_policy();
  result.full_credit = policy == v1::Form::FULL_CREDIT;
  result.needs_answer = result.scored || question.required();
  result.any_of = question.any_of();
  result.points = PointsOf(question);
  result.maximum = MaximumOf(question, result.points);
  int64_t unit = result.maximum;
  for (const int64_t points : result.points) unit = std::gcd(unit, points);
  result.unit = std::max<int64_t>(unit, 1);
  result.maximum /= result.unit;
  for (int64_t& points : result.points) points /= result.unit;
  result.weight = question.has_weight() ? Scaled(question.weight())
                                        : result.maximum * result.unit;
  if (question.has_critical() && result.scored) {
    const int64_t below = Scaled(question.critical().has_below_percent()
                                     ? question.critical().below_percent()
                                     : kDefaultBelow);
    result.pass_mark =
        CeilDivide(Int128{below} * result.maximum, 100 * kTenThousand);
  }
  return result;
}

}  // namespace

// Fills a CompiledForm from a document whose structure and numbers are sound.
class FormCompiler {
 public:
  static CompiledForm Compile(const v1::Form& form) {
    CompiledForm result;
    result.form_ = form;
    result.rule_ = form.rule() == v1::Form::RULE_UNSPECIFIED
                       ? v1::Form::WEIGHTED_SECTION_MEANS
                       : form.rule();
    result.cap_ = Scaled(form.has_bonus_cap_percent() ? form.bonus_cap_percent()
                                                      : kDefaultCap);
    for (const v1::Section& section : form.sections()) {
      AddSection(section, result);
    }
    result.coefficients_ = MakeCoefficients(result);
    return result;
  }

 private:
  static void AddSection(const v1::Section& section, CompiledForm& form) {
    CompiledForm::Section added;
    added.first_question = form.question_count();
    added.end_question = added.first_question + section.questions_size();
    for (const v1::Question& question : section.questions()) {
      const int index = form.question_count();
      form.questions_.push_back(CompileQuestion(form.form_, section, question));
      CompiledForm::Question& compiled = form.questions_.back();
      compiled.section = static_cast<int>(form.sections_.size());
      if (!section.has_weight() && compiled.scored && !compiled.bonus) {
        added.weight += compiled.weight;
      }
      form.index_.emplace(question.question_id(), index);
      form.places_.push_back({compiled.section, index - added.first_question});
      AddConditions(question, form);
    }
    if (section.has_weight()) added.weight = Scaled(section.weight());
    if (section.has_critical()) {
      added.pass_percent = Scaled(section.critical().has_below_percent()
                                      ? section.critical().below_percent()
                                      : kDefaultBelow);
    }
    form.sections_.push_back(added);
  }

  static void AddConditions(const v1::Question& question, CompiledForm& form) {
    for (const v1::VisibleWhen& condition : question.visible_when()) {
      const int target = form.FindQuestion(condition.question_id()).value_or(0);
      form.questions_.back().conditions.push_back(
          {target, ChoicesOf(form.question(target), condition)});
    }
  }
};

absl::StatusOr<CompiledForm> CompiledForm::Make(const v1::Form& form) {
  RETURN_IF_ERROR(ErrorsOf(LintForm(form)).ToStatus());
  return FormCompiler::Compile(form);
}

std::optional<CompiledForm> CompiledForm::MakeDraft(const v1::Form& form) {
  if (!CheckFormLimits(form).empty() || !CheckFormRules(form).sound) {
    return std::nullopt;
  }
  return FormCompiler::Compile(form);
}

const v1::Question& CompiledForm::question(int index) const {
  const Place& place = places_[static_cast<size_t>(index)];
  return form_.sections(place.section).questions(place.question);
}

std::optional<int> CompiledForm::FindQuestion(
    absl::string_view question_id) const {
  const auto found = index_.find(question_id);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

std::optional<int> CompiledForm::FindChoice(int index,
                                            absl::string_view choice_id) const {
  const auto& choices = question(index).choices();
  for (int i = 0; i < choices.size(); ++i) {
    if (choices[i].choice_id() == choice_id) return i;
  }
  return std::nullopt;
}

std::optional<int> CompiledForm::FindRange(int index, double number) const {
  const auto& ranges = question(index).ranges();
  for (int i = 0; i < ranges.size(); ++i) {
    if (ranges[i].from() <= number && number <= ranges[i].to()) return i;
  }
  return std::nullopt;
}

}  // namespace attune
