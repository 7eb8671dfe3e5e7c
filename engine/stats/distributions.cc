#include "engine/stats/distributions.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace attune {
namespace {

namespace math = boost::math;

// Half of what lies outside a 95 % interval lies above it.
constexpr double kUpperEnd = 0.975;

}  // namespace

double NormalMargin() {
  static const double margin = NormalQuantile(kUpperEnd);
  return margin;
}

double StudentMargin(double degrees_of_freedom) {
  return math::quantile(math::students_t(degrees_of_freedom), kUpperEnd);
}

double NormalQuantile(double probability) {
  return math::quantile(math::normal(), probability);
}

double FisherQuantile(double probability, double df1, double df2) {
  return math::quantile(math::fisher_f(df1, df2), probability);
}

double TwoSidedNormal(double z) {
  return 2 * math::cdf(math::complement(math::normal(), std::abs(z)));
}

double TwoSidedStudent(double t, double degrees_of_freedom) {
  return 2 * math::cdf(math::complement(math::students_t(degrees_of_freedom),
                                        std::abs(t)));
}

double UpperFisher(double f, double df1, double df2) {
  return math::cdf(math::complement(math::fisher_f(df1, df2), f));
}

double UpperChiSquared(double x) {
  return math::cdf(math::complement(math::chi_squared(1), x));
}

double UpperPoisson(int64_t count, double mean) {
  if (count <= 0) return 1;
  return math::cdf(
      math::complement(math::poisson(mean), static_cast<double>(count - 1)));
}

double TwoSidedSignTest(int64_t hits, int64_t trials) {
  const auto fewer = static_cast<double>(std::min(hits, trials - hits));
  return std::min(
      1.0,
      2 * math::cdf(math::binomial(static_cast<double>(trials), 0.5), fewer));
}

double SampleQuantile(const std::vector<double>& sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] +
         (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

}  // namespace attune
