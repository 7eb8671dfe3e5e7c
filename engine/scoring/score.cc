#include "engine/scoring/score.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/form/decimal.h"
#include "engine/scoring/answer_sheet.h"
#include "engine/scoring/grade.h"
#include "engine/scoring/marks.h"

namespace attune {
namespace {

constexpr size_t kLargestLosses = 3;

double FromHundredths(int64_t hundredths) {
  return static_cast<double>(hundredths) / 100;
}

void TellSections(const CompiledForm& form, const Grade& grade,
                  const Breakdown& breakdown, v1::Score& score) {
  for (size_t s = 0; s < form.sections().size(); ++s) {
    const v1::Section& section = form.section(static_cast<int>(s));
    v1::SectionScore& told = *score.add_sections();
    told.set_section_id(section.section_id());
    told.set_title(section.title());
    told.set_value(section.value());
    told.set_weight(FromTenThousandths(form.sections()[s].weight));
    told.set_effective_share(FromTenThousandths(breakdown.sections[s].share));
    told.set_lost(FromTenThousandths(breakdown.sections[s].lost));
    told.set_zeroed(grade.sections[s].zeroed);
    if (grade.sections[s].percent) {
      told.set_percent(FromHundredths(*grade.sections[s].percent));
    }
  }
}

void TellQuestions(const CompiledForm& form, absl::Span<const Mark> marks,
                   const Breakdown& breakdown, v1::Score& score) {
  for (size_t q = 0; q < marks.size(); ++q) {
    const CompiledForm::Question& question = form.questions()[q];
    const v1::Question& document = form.question(static_cast<int>(q));
    v1::QuestionScore& told = *score.add_questions();
    told.set_question_id(document.question_id());
    told.set_section_id(form.section(question.section).section_id());
    told.set_state(marks[q].state);
    told.set_bonus(question.bonus);
    told.set_points_earned(FromTenThousandths(marks[q].earned * question.unit));
    if (question.scored) {
      told.set_points_possible(
          FromTenThousandths(question.maximum * question.unit));
    }
    told.set_effective_share(FromTenThousandths(breakdown.questions[q].share));
    told.set_lost(FromTenThousandths(breakdown.questions[q].lost));
    if (marks[q].state == v1::QuestionScore::STATE_UNANSWERED) {
      score.add_unanswered(document.question_id());
    }
  }
}

void TellFailures(const CompiledForm& form, const Grade& grade,
                  v1::Score& score) {
  for (const Grade::Failure& failure : grade.failures) {
    const v1::Section& section = form.section(failure.section);
    v1::CriticalFailure& told = *score.add_critical_failures();
    told.set_section_id(section.section_id());
    const v1::Critical* critical = &section.critical();
    if (failure.question >= 0) {
      const v1::Question& question = form.question(failure.question);
      told.set_question_id(question.question_id());
      critical = &question.critical();
    }
    told.set_category(critical->category());
    told.set_effect(critical->effect() == v1::Critical::EFFECT_UNSPECIFIED
                        ? v1::Critical::FLAG
                        : critical->effect());
  }
}

void TellLosses(const Breakdown& breakdown, v1::Score& score) {
  std::vector<size_t> order;
  for (size_t q = 0; q < breakdown.questions.size(); ++q) {
    if (breakdown.questions[q].lost > 0) order.push_back(q);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return breakdown.questions[a].lost > breakdown.questions[b].lost;
  });
  order.resize(std::min(order.size(), kLargestLosses));
  for (const size_t q : order) {
    const v1::QuestionScore& question = score.questions(static_cast<int>(q));
    v1::Loss& loss = *score.add_largest_losses();
    loss.set_question_id(question.question_id());
    loss.set_section_id(question.section_id());
    loss.set_lost(question.lost());
  }
}

// The highest band that is reached.
void TellBand(const CompiledForm& form, int64_t percent, v1::Score& score) {
  const v1::Band* reached = nullptr;
  for (const v1::Band& band : form.form().bands()) {
    const auto from = ToTenThousandths(band.from_percent());
    if (from && *from <= percent * 100 &&
        (reached == nullptr || reached->from_percent() < band.from_percent())) {
      reached = &band;
    }
  }
  if (reached != nullptr) score.set_band(reached->title());
}

void TellTotal(const CompiledForm& form, const Grade& grade, v1::Score& score) {
  if (!grade.percent) return;
  if (!grade.complete) {
    score.set_percent_so_far(FromHundredths(*grade.percent));
    return;
  }
  score.set_percent(FromHundredths(*grade.percent));
  score.set_percent_before_critical(
      FromHundredths(*grade.percent_before_critical));
  TellBand(form, *grade.percent, score);
  if (form.form().has_floor_percent()) {
    score.set_below_floor(
        *grade.percent * 100 <
        ToTenThousandths(form.form().floor_percent()).value_or(0));
  }
}

}  // namespace

v1::Score ExplainScore(
    const CompiledForm& form,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers) {
  const Marks marks = MarkSheet(form, CodeAnswers(form, answers));
  const Grade grade = GradeMarks(form, marks);
  const Breakdown breakdown = BreakDown(form, marks);
  v1::Score score;
  score.set_rule(form.rule());
  TellSections(form, grade, breakdown, score);
  TellQuestions(form, marks, breakdown, score);
  TellFailures(form, grade, score);
  TellLosses(breakdown, score);
  TellTotal(form, grade, score);
  return score;
}

}  // namespace attune
