// Weights and points of other vendors as decimals of at most four places,
// without changing their proportions.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_EXACT_NUMBERS_H_
#define ATTUNE_ENGINE_FORM_VENDORS_EXACT_NUMBERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/vendors/import_log.h"

namespace attune {

// The product of the factors, each the decimal that its shortest spelling
// says, divided by the divisor.  Factors are finite and 0 or more.
struct ExactNumber {
  std::vector<double> factors = {};
  int64_t divisor = 1;
};

struct FittedNumbers {
  std::vector<double> values = {};
  std::string factor = "1";  // what every number was multiplied by
  bool rounded = false;      // no factor could make all of them fit exactly
};

// The same proportions in decimals of at most four places and at most 1e9: the
// numbers themselves if they are such, else their smallest whole multiple that
// is, else the smallest whole ten-thousandths.
FittedNumbers FitNumbers(const std::vector<ExactNumber>& numbers);

// The values, with a note if they had to change; `what` such as "the weights".
std::vector<double> FitAndNote(const std::vector<ExactNumber>& numbers,
                               absl::string_view path, absl::string_view what,
                               ImportLog& log);

// Fits the points of all choices and ranges of these questions.
void FitPoints(const std::vector<v1::Question*>& questions,
               absl::string_view path, ImportLog& log);

// Every question of the form.
std::vector<v1::Question*> QuestionsOf(v1::Form& form);

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_EXACT_NUMBERS_H_
