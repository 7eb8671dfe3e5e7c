// Quantiles and tails of the distributions that intervals and tests need, by
// Boost.Math.  Probabilities lie in (0, 1), degrees of freedom above 0 and need
// not be whole.

#ifndef ATTUNE_ENGINE_STATS_DISTRIBUTIONS_H_
#define ATTUNE_ENGINE_STATS_DISTRIBUTIONS_H_

#include <cstdint>
#include <vector>

namespace attune {

// 1.959963985: a normal variable is that near to its mean in 95 % of all cases.
double NormalMargin();
// The same for Student's t.
double StudentMargin(double degrees_of_freedom);
// The normal quantile, for other levels.
double NormalQuantile(double probability);
// Snedecor's F.
double FisherQuantile(double probability, double df1, double df2);

// P(|Z| >= |z|), P(|T| >= |t|), P(F >= f), P(X >= x) of chi-squared with one
// degree of freedom.
double TwoSidedNormal(double z);
double TwoSidedStudent(double t, double degrees_of_freedom);
double UpperFisher(double f, double df1, double df2);
double UpperChiSquared(double x);

// P(X >= count) for a Poisson variable with this mean, above 0.
double UpperPoisson(int64_t count, double mean);
// The exact two-sided test of `hits` in `trials` against one half.
double TwoSidedSignTest(int64_t hits, int64_t trials);

// The quantile of values that are sorted and not empty, between neighbours by
// straight lines (type 7 of Hyndman and Fan 1996).
double SampleQuantile(const std::vector<double>& sorted, double probability);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STATS_DISTRIBUTIONS_H_
