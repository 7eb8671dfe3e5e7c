// The engine against the oracle, on random forms and answers.

#include "tests/engine/scoring/score_oracle.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <cstdint>

#include "engine/form/coefficients.h"
#include "engine/form/form_lint.h"
#include "engine/scoring/answers.h"
#include "tests/engine/scoring/random_form.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using google::protobuf::util::MessageDifferencer;

// Sanitizers make fractions about ten times slower; a fifth of the cases keeps
// the run within a minute.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kCases = 20'000;
#else
constexpr uint64_t kCases = 100'000;
#endif

TEST(ScoreOracleTest, EveryScoreEqualsTheOneOfFractions) {
  uint64_t widths[3] = {};  // how often integers of each width did it
  uint64_t complete = 0;
  uint64_t failed = 0;
  uint64_t capped = 0;
  for (uint64_t seed = 0; seed < kCases; ++seed) {
    RandomForms random(seed);
    const v1::Form form = random.NextForm();
    const auto compiled = CompiledForm::MakeDraft(form);
    ASSERT_TRUE(compiled.has_value())
        << "seed " << seed << "\n"
        << ErrorsOf(LintForm(form)).ToStatus() << form.DebugString();
    ++widths[compiled->coefficients().terms.index()];
    const auto answers = random.NextAnswers(form);
    const v1::Score score = ExplainScore(*compiled, ListOf(answers));
    const v1::Score expected = OracleScore(form, answers);
    complete += score.has_percent() ? 1 : 0;
    failed += score.critical_failures().empty() ? 0 : 1;
    capped += score.percent() > 100 ? 1 : 0;
    ASSERT_TRUE(MessageDifferencer::Equals(expected, score))
        << "seed " << seed << "\n"
        << form.DebugString() << "\nexpected " << expected.DebugString()
        << "\ngot " << score.DebugString();
    if (CheckAnswers(*compiled, ListOf(answers), Completeness::kComplete)
            .empty()) {
      ASSERT_TRUE(score.unanswered().empty()) << "seed " << seed;
    }
  }
  for (const uint64_t width : widths) EXPECT_GT(width, kCases / 50);
  EXPECT_GT(complete, kCases / 4);
  EXPECT_GT(failed, kCases / 10);
  EXPECT_GT(capped, kCases / 100);
}

}  // namespace
}  // namespace attune
