// What advocates have scored in the half-year, and what should follow from it:
// the figures that reports must tell, worked out from the sheets alone.

#ifndef ATTUNE_TESTS_E2E_LEDGER_H_
#define ATTUNE_TESTS_E2E_LEDGER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/calls.h"

namespace attune::half_year {

// One advocate's evaluation of one call.
struct Scored {
  std::string evaluation;
  Call call;
  std::string advocate;  // id
  int revision = 1;
  std::string form_revision;
  Sheet given = {};
  Sheet sheet = {};   // after rulings
  bool shown = true;  // false while a self-check withholds it
  bool voided = false;
  std::string draw;  // for which it was scored; empty for none

  bool counts() const { return shown && !voided; }
  int64_t total() const { return TotalOf(sheet, revision); }
};

// One contested item.
struct Objection {
  enum Outcome { kOpen, kUpheld, kChanged, kClosed };
  std::string evaluation;
  size_t question = 0;
  Outcome outcome = kOpen;
};

using Rows = std::vector<const Scored*>;

class Ledger {
 public:
  void Add(const Scored& scored) { all_.push_back(scored); }
  // By the name of the evaluation; fails the test if it is not there.
  Scored& Find(const std::string& evaluation);
  // What an advocate scored of this call; fails the test if nothing.
  Scored& FindOf(const std::string& contact, const std::string& advocate);
  std::vector<Scored>& all() { return all_; }
  std::vector<Objection>& objections() { return objections_; }

  // What counts and `wanted` says yes to, in the order of scoring.
  Rows Counted(const std::function<bool(const Scored&)>& wanted) const;
  Rows Counted() const;

 private:
  std::vector<Scored> all_;
  std::vector<Objection> objections_;
};

// Hundredths to what is told: n numbers that add up to `sum`, as a mean, half
// up.
double MeanOf(int64_t sum, int64_t n);
// The same for differences, half away from 0.
double MeanDifference(int64_t sum, int64_t n);
double PercentOf(int64_t part, int64_t whole);
int64_t SumOf(const Rows& rows);

// Rows by agent, in the order of their ids.
std::map<int, Rows> ByAgent(const Rows& rows);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_LEDGER_H_
