#include "engine/form/vendors/exact_numbers.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "engine/form/decimal.h"

namespace attune {
namespace {

using Whole = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;

const Whole& Largest() {
  static const Whole& largest =
      *new Whole(static_cast<int64_t>(kMaxDecimal) * kTenThousand);
  return largest;
}

// The decimal that people would read in the file.
Fraction DecimalOf(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value,
                                 std::chars_format::scientific);
  int64_t digits = 0;
  int exponent = 0;
  const char* c = text;
  bool after_point = false;
  for (; c != end.ptr && *c != 'e'; ++c) {
    if (*c == '.') {
      after_point = true;
      continue;
    }
    digits = digits * 10 + (*c - '0');
    if (after_point) --exponent;
  }
  int power = 0;
  // from_chars takes no plus sign.
  c += c + 1 != end.ptr && c[1] == '+' ? 2 : 1;
  std::from_chars(c, end.ptr, power);
  exponent += power;
  const Whole scale = boost::multiprecision::pow(
      Whole(10), static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Fraction(Whole(digits), scale)
                      : Fraction(Whole(digits) * scale);
}

// Ten-thousandths.
Fraction ValueOf(const ExactNumber& number) {
  Fraction value(Whole(kTenThousand), Whole(number.divisor));
  for (const double factor : number.factors) value *= DecimalOf(factor);
  return value;
}

bool FitsAsItIs(const ExactNumber& number) {
  return number.divisor == 1 && number.factors.size() == 1 &&
         ToTenThousandths(number.factors[0]).has_value();
}

double ToDouble(const Whole& ten_thousandths) {
  return FromTenThousandths(static_cast<int64_t>(ten_thousandths));
}

FittedNumbers FitFractions(const std::vector<Fraction>& fractions) {
  Whole denominator = 1;
  for (const Fraction& fraction : fractions) {
    denominator = boost::multiprecision::lcm(
        denominator, boost::multiprecision::denominator(fraction));
  }
  std::vector<Whole> wholes;
  Whole common = 0;
  Whole most = 0;
  for (const Fraction& fraction : fractions) {
    wholes.push_back(
        boost::multiprecision::numerator(fraction) *
        (denominator / boost::multiprecision::denominator(fraction)));
    common = boost::multiprecision::gcd(common, wholes.back());
    most = std::max(most, wholes.back());
  }
  FittedNumbers fitted;
  if (most > Largest()) {
    if (most / common > Largest()) {
      fitted.rounded = true;
      for (Whole& whole : wholes) {
        whole = (whole * Largest() * 2 + most) / (most * 2);
        fitted.values.push_back(ToDouble(whole));
      }
      return fitted;
    }
  } else {
    common = 1;
  }
  for (const Whole& whole : wholes) {
    fitted.values.push_back(ToDouble(whole / common));
  }
  fitted.factor = Fraction(denominator, common).str();
  return fitted;
}

}  // namespace

FittedNumbers FitNumbers(const std::vector<ExactNumber>& numbers) {
  if (std::all_of(numbers.begin(), numbers.end(), FitsAsItIs)) {
    FittedNumbers same;
    for (const ExactNumber& number : numbers) {
      same.values.push_back(number.factors[0]);
    }
    return same;
  }
  std::vector<Fraction> fractions;
  for (const ExactNumber& number : numbers) {
    fractions.push_back(ValueOf(number));
  }
  return FitFractions(fractions);
}

std::vector<double> FitAndNote(const std::vector<ExactNumber>& numbers,
                               absl::string_view path, absl::string_view what,
                               ImportLog& log) {
  FittedNumbers fitted = FitNumbers(numbers);
  if (fitted.rounded) {
    log.Note(path, what,
             "rounded: no decimals of four places have exactly their "
             "proportions");
  } else if (fitted.factor != "1") {
    log.Note(path, what,
             absl::StrCat("all multiplied by ", fitted.factor,
                          " to be exact in four places; only their proportions "
                          "count"));
  }
  return std::move(fitted.values);
}

void FitPoints(const std::vector<v1::Question*>& questions,
               absl::string_view path, ImportLog& log) {
  std::vector<ExactNumber> points;
  for (const v1::Question* question : questions) {
    for (const auto& choice : question->choices()) {
      points.push_back({{choice.points()}});
    }
    for (const auto& range : question->ranges()) {
      points.push_back({{range.points()}});
    }
  }
  const std::vector<double> fitted = FitAndNote(points, path, "points", log);
  size_t next = 0;
  for (v1::Question* question : questions) {
    for (auto& choice : *question->mutable_choices()) {
      choice.set_points(fitted[next++]);
    }
    for (auto& range : *question->mutable_ranges()) {
      range.set_points(fitted[next++]);
    }
  }
}

std::vector<v1::Question*> QuestionsOf(v1::Form& form) {
  std::vector<v1::Question*> questions;
  for (v1::Section& section : *form.mutable_sections()) {
    for (v1::Question& question : *section.mutable_questions()) {
      questions.push_back(&question);
    }
  }
  return questions;
}

}  // namespace attune
