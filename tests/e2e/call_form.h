// The form that the half-year is played on, and what its answers are worth.

#ifndef ATTUNE_TESTS_E2E_CALL_FORM_H_
#define ATTUNE_TESTS_E2E_CALL_FORM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "attune/v1/evaluation.pb.h"
#include "attune/v1/form.pb.h"

namespace attune::half_year {

// In the order of the form.
enum Question : size_t {
  kTries,
  kRapport,
  kSolved,
  kOwned,
  kGreeting,
  kTone,
  kName,
  kVerified,
  kQuestions
};
enum Section : size_t {
  kConnection,
  kSolution,
  kCourtesy,
  kSecurity,
  kSections
};

struct QuestionFacts {
  const char* id;
  Section section;
  int points;  // the most it earns
};
const QuestionFacts& FactsOf(size_t question);
const char* SectionId(size_t section);

// What one rater gave, in points of each question.  Full points are the choice
// `yes`, half of them `partly`, none `no`.
using Sheet = std::array<int, kQuestions>;

// Revision 1.  Section weights are the sums of their questions' points, 40, 30,
// 25 and 5, so that the total is simply the sum of all points.
v1::Form FirstForm();
// A candidate for revision 2: `name` is dropped, and the others share what
// courtesy weighs.
v1::Form FormWithoutName();
// The other candidate: what `name` weighed goes to connection, 45, 30, 20, 5;
// `greeting` says better what is meant.
v1::Form FormForConnection();

// Of revision 2, the form for connection.
bool Asks(int revision, size_t question);

// What a sheet comes to on a revision, in hundredths of a percent.
int64_t TotalOf(const Sheet& sheet, int revision);
// The same under the candidate that was not taken.
int64_t TotalWithoutName(const Sheet& sheet);
// What is earned of a section, half up.
int64_t SectionPercent(const Sheet& sheet, int revision, size_t section);
// What of the total is lost in a section.
int64_t SectionLoss(const Sheet& sheet, int revision, size_t section);

v1::Answer AnswerOf(size_t question, int points);
// All answers that the revision asks for.
void AddAnswers(const Sheet& sheet, int revision, v1::Evaluation& evaluation);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CALL_FORM_H_
