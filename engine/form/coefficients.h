// The whole numbers that scoring multiplies and divides with.

#ifndef ATTUNE_ENGINE_FORM_COEFFICIENTS_H_
#define ATTUNE_ENGINE_FORM_COEFFICIENTS_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace attune {

__extension__ typedef __int128 Int128;
using BigInt = boost::multiprecision::cpp_int;

// A question that earns e units adds e * factor to its section's sum and, if it
// is no bonus, full to the section's possible sum.  The section's percent is
// the quotient of the two; units and common denominators are already in.
template <typename Int>
struct Terms {
  std::vector<Int> factor;  // by question; 0 if never scored
  std::vector<Int> full;    // by question: maximum * factor
  std::vector<Int> weight;  // by section
  Int cap_numerator = 1;    // most that a quotient may be
  Int cap_denominator = 1;
};

// How a total comes from its sections.
enum class Pooling {
  kMeans,  // sum of weight * (earned / possible) / sum of weight
  kSums,   // sum of weight * earned / sum of weight * possible
};

struct Coefficients {
  Pooling pooling = Pooling::kMeans;
  // The narrowest integers that every intermediate result provably fits.
  std::variant<Terms<int64_t>, Terms<Int128>, Terms<BigInt>> terms;
};

class CompiledForm;

// Reads the sections, questions, rule and cap of `form`.
std::shared_ptr<const Coefficients> MakeCoefficients(const CompiledForm& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_COEFFICIENTS_H_
