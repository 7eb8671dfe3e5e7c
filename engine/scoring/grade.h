// The arithmetic of scoring, exact and without words.

#ifndef ATTUNE_ENGINE_SCORING_GRADE_H_
#define ATTUNE_ENGINE_SCORING_GRADE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/marks.h"

namespace attune {

struct SectionGrade {
  std::optional<int64_t> percent;  // hundredths, after critical failures
  bool zeroed = false;
};

// Percents are hundredths, rounded half up.  What is not answered counts as not
// applicable; both totals are absent if then nothing is applicable.
struct Grade {
  // A critical question, or with question -1 a critical section, that failed.
  struct Failure {
    int section = 0;
    int question = -1;
  };

  std::optional<int64_t> percent;
  std::optional<int64_t> percent_before_critical;
  absl::InlinedVector<SectionGrade, 8> sections;
  absl::InlinedVector<Failure, 4> failures;  // in form order
  bool complete = true;  // nothing that needs an answer lacks it
};

// Shares and losses, in ten-thousandths of a percent, rounded half up.
struct Breakdown {
  struct Part {
    int64_t share = 0;
    int64_t lost = 0;  // before critical failures
  };
  std::vector<Part> sections;
  std::vector<Part> questions;
};

Grade GradeMarks(const CompiledForm& form, absl::Span<const Mark> marks);
Breakdown BreakDown(const CompiledForm& form, absl::Span<const Mark> marks);

// Which of two groups of sections decides more of the total with everything
// applicable: negative, 0 or positive as `a` decides less, as much or more.
// Exact where rounded shares would tie.
int CompareShares(const CompiledForm& form, absl::Span<const int> a,
                  absl::Span<const int> b);

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_GRADE_H_
