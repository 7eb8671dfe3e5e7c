#include "engine/scoring/grade.h"

#include <cstddef>
#include <utility>
#include <variant>

#include "engine/form/coefficients.h"
#include "engine/form/decimal.h"

namespace attune {
namespace {

constexpr int64_t kHundredths = 10'000;         // of a percent, in one whole
constexpr int64_t kTenThousandths = 1'000'000;  // of a percent, in one whole

template <typename Int>
int64_t RoundHalfUp(const Int& numerator, const Int& denominator) {
  const Int quotient = (2 * numerator + denominator) / (2 * denominator);
  return static_cast<int64_t>(quotient);
}

template <typename Int>
struct SectionSum {
  Int earned = 0;
  Int possible = 0;  // 0: nothing here is applicable
  // The two above under the cap.
  Int capped_earned = 0;
  Int capped_possible = 1;
  bool zeroed = false;
};

template <typename Int>
using SectionSums = absl::InlinedVector<SectionSum<Int>, 8>;

template <typename Int>
bool IsOverCap(const Terms<Int>& terms, const Int& earned,
               const Int& possible) {
  return earned * terms.cap_denominator > terms.cap_numerator * possible;
}

template <typename Int>
SectionSum<Int> SumSection(const CompiledForm& form, const Terms<Int>& terms,
                           const CompiledForm::Section& section,
                           absl::Span<const Mark> marks) {
  SectionSum<Int> sum;
  for (int q = section.first_question; q < section.end_question; ++q) {
    const auto at = static_cast<size_t>(q);
    if (!marks[at].counts()) continue;
    sum.earned += terms.factor[at] * marks[at].earned;
    if (!form.questions()[at].bonus) sum.possible += terms.full[at];
  }
  if (sum.possible == 0) {
    sum.earned = 0;
    return sum;
  }
  const bool over = IsOverCap(terms, sum.earned, sum.possible);
  sum.capped_earned = over ? terms.cap_numerator : sum.earned;
  sum.capped_possible = over ? terms.cap_denominator : sum.possible;
  return sum;
}

enum class Zeroing { kIgnored, kApplied };

template <typename Int>
std::optional<int64_t> MeanOfSections(const Terms<Int>& terms,
                                      const SectionSums<Int>& sums,
                                      Zeroing zeroing) {
  Int weights = 0;
  Int earned = 0;
  Int possible = 1;
  for (size_t s = 0; s < sums.size(); ++s) {
    if (sums[s].possible == 0) continue;
    weights += terms.weight[s];
    if (sums[s].zeroed && zeroing == Zeroing::kApplied) continue;
    earned = earned * sums[s].capped_possible +
             terms.weight[s] * sums[s].capped_earned * possible;
    possible *= sums[s].capped_possible;
  }
  if (weights == 0) return std::nullopt;
  return RoundHalfUp<Int>(kHundredths * earned, weights * possible);
}

template <typename Int>
std::optional<int64_t> SumOfSections(const Terms<Int>& terms,
                                     const SectionSums<Int>& sums,
                                     Zeroing zeroing) {
  Int earned = 0;
  Int possible = 0;
  for (size_t s = 0; s < sums.size(); ++s) {
    possible += terms.weight[s] * sums[s].possible;
    if (sums[s].zeroed && zeroing == Zeroing::kApplied) continue;
    earned += terms.weight[s] * sums[s].earned;
  }
  if (possible == 0) return std::nullopt;
  if (IsOverCap(terms, earned, possible)) {
    return RoundHalfUp<Int>(kHundredths * terms.cap_numerator,
                            terms.cap_denominator);
  }
  return RoundHalfUp<Int>(kHundredths * earned, possible);
}

template <typename Int>
std::optional<int64_t> TotalOf(Pooling pooling, const Terms<Int>& terms,
                               const SectionSums<Int>& sums, Zeroing zeroing) {
  return pooling == Pooling::kMeans ? MeanOfSections(terms, sums, zeroing)
                                    : SumOfSections(terms, sums, zeroing);
}

// What the failures found so far have led to.
struct Effects {
  bool zero_section = false;
  bool zero_form = false;

  void Take(const v1::Critical& critical) {
    zero_section |= critical.effect() == v1::Critical::ZERO_SECTION;
    zero_form |= critical.effect() == v1::Critical::ZERO_FORM;
  }
};

template <typename Int>
Effects FindFailures(const CompiledForm& form, int s,
                     const SectionSum<Int>& sum, absl::Span<const Mark> marks,
                     Grade& grade) {
  Effects effects;
  const CompiledForm::Section& section =
      form.sections()[static_cast<size_t>(s)];
  for (int q = section.first_question; q < section.end_question; ++q) {
    const auto at = static_cast<size_t>(q);
    if (marks[at].earned < form.questions()[at].pass_mark &&
        marks[at].counts()) {
      grade.failures.push_back({s, q});
      effects.Take(form.question(q).critical());
    }
  }
  if (section.pass_percent > 0 && sum.possible != 0 &&
      kTenThousandths * sum.capped_earned <
          section.pass_percent * sum.capped_possible) {
    grade.failures.push_back({s, -1});
    effects.Take(form.section(s).critical());
  }
  return effects;
}

template <typename Int>
Grade GradeWith(const CompiledForm& form, const Terms<Int>& terms,
                absl::Span<const Mark> marks) {
  Grade grade;
  SectionSums<Int> sums;
  bool any_zeroed = false;
  bool zero_form = false;
  const int count = static_cast<int>(form.sections().size());
  sums.reserve(static_cast<size_t>(count));
  grade.sections.reserve(static_cast<size_t>(count));
  for (int s = 0; s < count; ++s) {
    SectionSum<Int> sum =
        SumSection(form, terms, form.sections()[static_cast<size_t>(s)], marks);
    const Effects effects = FindFailures(form, s, sum, marks, grade);
    SectionGrade section;
    sum.zeroed = effects.zero_section && sum.possible != 0;
    section.zeroed = sum.zeroed;
    if (sum.possible != 0) {
      section.percent = sum.zeroed
                            ? 0
                            : RoundHalfUp<Int>(kHundredths * sum.capped_earned,
                                               sum.capped_possible);
    }
    any_zeroed |= sum.zeroed;
    zero_form |= effects.zero_form;
    grade.sections.push_back(section);
    sums.push_back(std::move(sum));
  }
  const Pooling pooling = form.coefficients().pooling;
  grade.percent_before_critical =
      TotalOf(pooling, terms, sums, Zeroing::kIgnored);
  grade.percent = any_zeroed ? TotalOf(pooling, terms, sums, Zeroing::kApplied)
                             : grade.percent_before_critical;
  if (zero_form && grade.percent) grade.percent = 0;
  return grade;
}

template <typename Int>
Int Multiplied(const Terms<Int>& terms, Pooling pooling, size_t s,
               const Int& possible) {
  if (possible == 0) return 0;
  return pooling == Pooling::kMeans ? terms.weight[s]
                                    : Int(terms.weight[s] * possible);
}

template <typename Int>
Breakdown BreakDownWith(const CompiledForm& form, const Terms<Int>& terms,
                        absl::Span<const Mark> marks) {
  const Pooling pooling = form.coefficients().pooling;
  Breakdown result;
  result.sections.resize(form.sections().size());
  result.questions.resize(marks.size());
  SectionSums<Int> sums;
  Int whole = 0;
  for (size_t s = 0; s < form.sections().size(); ++s) {
    sums.push_back(SumSection(form, terms, form.sections()[s], marks));
    whole += Multiplied(terms, pooling, s, sums[s].possible);
  }
  if (whole == 0) return result;
  for (size_t s = 0; s < form.sections().size(); ++s) {
    if (sums[s].possible == 0) continue;
    const Int denominator =
        pooling == Pooling::kMeans ? Int(whole * sums[s].possible) : whole;
    const Int scale = kTenThousandths * terms.weight[s];
    Int lost = 0;
    for (int q = form.sections()[s].first_question;
         q < form.sections()[s].end_question; ++q) {
      const auto at = static_cast<size_t>(q);
      if (!marks[at].counts() || form.questions()[at].bonus) continue;
      const Int missing = terms.full[at] - terms.factor[at] * marks[at].earned;
      result.questions[at] = {
          RoundHalfUp<Int>(scale * terms.full[at], denominator),
          RoundHalfUp<Int>(scale * missing, denominator)};
      lost += missing;
    }
    result.sections[s] = {
        RoundHalfUp<Int>(scale * sums[s].possible, denominator),
        RoundHalfUp<Int>(scale * lost, denominator)};
  }
  return result;
}

}  // namespace

Grade GradeMarks(const CompiledForm& form, absl::Span<const Mark> marks) {
  Grade grade = std::visit(
      [&](const auto& terms) { return GradeWith(form, terms, marks); },
      form.coefficients().terms);
  for (const Mark& mark : marks) {
    grade.complete &= mark.state != v1::QuestionScore::STATE_UNANSWERED;
  }
  return grade;
}

Breakdown BreakDown(const CompiledForm& form, absl::Span<const Mark> marks) {
  return std::visit(
      [&](const auto& terms) { return BreakDownWith(form, terms, marks); },
      form.coefficients().terms);
}

int CompareShares(const CompiledForm& form, absl::Span<const int> a,
                  absl::Span<const int> b) {
  return std::visit(
      [&]<typename Int>(const Terms<Int>& terms) {
        const Marks marks = MarkAllApplicable(form);
        const auto sum = [&](absl::Span<const int> sections) {
          Int total = 0;
          for (const int s : sections) {
            const auto at = static_cast<size_t>(s);
            total += Multiplied(
                terms, form.coefficients().pooling, at,
                SumSection(form, terms, form.sections()[at], marks).possible);
          }
          return total;
        };
        const Int left = sum(a);
        const Int right = sum(b);
        return left < right ? -1 : (left > right ? 1 : 0);
      },
      form.coefficients().terms);
}

}  // namespace attune
