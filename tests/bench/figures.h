// What a benchmark measured, repetition by repetition, and printing it.

#ifndef ATTUNE_TESTS_BENCH_FIGURES_H_
#define ATTUNE_TESTS_BENCH_FIGURES_H_

#include <map>
#include <string>
#include <vector>

namespace attune {

using Figures = std::map<std::string, std::vector<double>>;

double MicrosNow();

double Median(std::vector<double> values);

// A ratio as the median of the repetitions' own ratios: what slows one measure
// of a repetition slows the other.
double Ratio(const Figures& figures, const std::string& a,
             const std::string& b);

// "1234/s" of the median.
std::string Rate(const Figures& figures, const std::string& name);

void PrintHead();
void Print(const char* what, const std::string& measured, double figure,
           const char* aim, bool reached);

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_FIGURES_H_
