#include "engine/form/coefficients.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "engine/form/compiled_form.h"
#include "engine/form/decimal.h"

namespace attune {
namespace {

using boost::multiprecision::gcd;
using boost::multiprecision::lcm;

// The largest power of ten that a quotient is multiplied with before rounding,
// with room for the halves.
constexpr int64_t kHeadroom = 4'000'000;
constexpr unsigned kNarrowBits = 62;
constexpr unsigned kWideBits = 126;

void DivideByGcd(std::vector<BigInt>& numbers, size_t first, size_t end) {
  BigInt divisor = 0;
  for (size_t i = first; i < end; ++i) divisor = gcd(divisor, numbers[i]);
  if (divisor <= 1) return;
  for (size_t i = first; i < end; ++i) numbers[i] /= divisor;
}

// Factors of weight / maximum over a common denominator, for the questions from
// `first` to before `end`.
void AddWeightFactors(const CompiledForm& form, size_t first, size_t end,
                      std::vector<BigInt>& factors) {
  BigInt common = 1;
  for (size_t i = first; i < end; ++i) {
    const CompiledForm::Question& question = form.questions()[i];
    if (!question.scored) continue;
    const BigInt maximum = question.maximum;
    common = lcm(common, maximum / gcd(maximum, BigInt(question.weight)));
  }
  for (size_t i = first; i < end; ++i) {
    const CompiledForm::Question& question = form.questions()[i];
    if (!question.scored) continue;
    const BigInt maximum = question.maximum;
    const BigInt weight = question.weight;
    const BigInt divisor = gcd(maximum, weight);
    factors[i] = weight / divisor * (common / (maximum / divisor));
  }
  DivideByGcd(factors, first, end);
}

std::vector<BigInt> FactorsOf(const CompiledForm& form) {
  const size_t count = form.questions().size();
  std::vector<BigInt> factors(count);
  switch (form.rule()) {
    case v1::Form::SCALED_POINTS:
    case v1::Form::POINTS:
      for (size_t i = 0; i < count; ++i) {
        if (form.questions()[i].scored) factors[i] = form.questions()[i].unit;
      }
      DivideByGcd(factors, 0, count);
      break;
    case v1::Form::WEIGHTED_QUESTIONS:
      AddWeightFactors(form, 0, count, factors);
      break;
    default:
      for (const CompiledForm::Section& section : form.sections()) {
        AddWeightFactors(form, static_cast<size_t>(section.first_question),
                         static_cast<size_t>(section.end_question), factors);
      }
  }
  return factors;
}

std::vector<BigInt> SectionWeightsOf(const CompiledForm& form) {
  const bool unused = form.rule() == v1::Form::WEIGHTED_QUESTIONS ||
                      form.rule() == v1::Form::POINTS;
  std::vector<BigInt> weights;
  for (const CompiledForm::Section& section : form.sections()) {
    weights.push_back(unused ? BigInt(1) : BigInt(section.weight));
  }
  DivideByGcd(weights, 0, weights.size());
  return weights;
}

// No intermediate result of grade.cc is larger.
BigInt BoundOf(const CompiledForm& form, Pooling pooling,
               const Terms<BigInt>& terms) {
  const BigInt cap = std::max(terms.cap_numerator, terms.cap_denominator);
  BigInt weights = 1;
  BigInt product = 1;
  BigInt sum = 1;
  for (size_t s = 0; s < form.sections().size(); ++s) {
    BigInt possible = 0;
    for (int q = form.sections()[s].first_question;
         q < form.sections()[s].end_question; ++q) {
      possible += terms.full[static_cast<size_t>(q)];
    }
    weights += terms.weight[s];
    product *= std::max<BigInt>(possible, cap);
    sum += std::max<BigInt>(terms.weight[s], 1) * possible;
  }
  return kHeadroom * cap *
         (pooling == Pooling::kMeans ? BigInt(weights * product) : sum);
}

template <typename Int>
std::vector<Int> Narrow(const std::vector<BigInt>& numbers) {
  std::vector<Int> narrow;
  narrow.reserve(numbers.size());
  for (const BigInt& number : numbers) {
    narrow.push_back(static_cast<Int>(number));
  }
  return narrow;
}

template <typename Int>
Terms<Int> Narrow(const Terms<BigInt>& terms) {
  return {Narrow<Int>(terms.factor), Narrow<Int>(terms.full),
          Narrow<Int>(terms.weight), static_cast<Int>(terms.cap_numerator),
          static_cast<Int>(terms.cap_denominator)};
}

}  // namespace

std::shared_ptr<const Coefficients> MakeCoefficients(const CompiledForm& form) {
  auto result = std::make_shared<Coefficients>();
  result->pooling = form.rule() == v1::Form::WEIGHTED_SECTION_MEANS
                        ? Pooling::kMeans
                        : Pooling::kSums;
  Terms<BigInt> terms;
  terms.factor = FactorsOf(form);
  for (size_t i = 0; i < terms.factor.size(); ++i) {
    terms.full.push_back(terms.factor[i] * form.questions()[i].maximum);
  }
  terms.weight = SectionWeightsOf(form);
  const BigInt whole = 100 * kTenThousand;
  const BigInt divisor = gcd(BigInt(form.cap()), whole);
  terms.cap_numerator = form.cap() / divisor;
  terms.cap_denominator = whole / divisor;
  const unsigned bits = msb(BoundOf(form, result->pooling, terms)) + 1;
  if (bits <= kNarrowBits) {
    result->terms = Narrow<int64_t>(terms);
  } else if (bits <= kWideBits) {
    result->terms = Narrow<Int128>(terms);
  } else {
    result->terms = std::move(terms);
  }
  return result;
}

}  // namespace attune
