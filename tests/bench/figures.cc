#include "tests/bench/figures.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>

#include "absl/strings/str_cat.h"

namespace attune {

double MicrosNow() {
  return std::chrono::duration<double, std::micro>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double Ratio(const Figures& figures, const std::string& a,
             const std::string& b) {
  std::vector<double> ratios;
  for (size_t i = 0; i < figures.at(a).size(); ++i) {
    ratios.push_back(figures.at(a)[i] / figures.at(b)[i]);
  }
  return Median(ratios);
}

std::string Rate(const Figures& figures, const std::string& name) {
  return absl::StrCat(static_cast<int64_t>(Median(figures.at(name))), "/s");
}

void PrintHead() {
  std::printf("\n%-46s %-30s %8s  %-12s\n", "figure", "measured (medians)",
              "value", "aim");
}

void Print(const char* what, const std::string& measured, double figure,
           const char* aim, bool reached) {
  std::printf("%-46s %-30s %8.2f  %-12s %s\n", what, measured.c_str(), figure,
              aim, reached ? "reached" : "MISSED");
}

}  // namespace attune
