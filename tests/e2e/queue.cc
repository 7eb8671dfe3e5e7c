#include "tests/e2e/queue.h"

#include "absl/strings/str_cat.h"

namespace attune::half_year {
namespace {

using Evaluations = v1::EvaluationService::Stub;

}  // namespace

v1::Evaluation Score(Center& center, const std::string& advocate,
                     const v1::Assignment& assignment) {
  Scored scored;
  scored.call = FindCall(assignment.contact());
  scored.advocate = advocate;
  scored.given = scored.sheet = RatedBy(advocate, scored.call);
  scored.draw = assignment.draw();
  // What a self-check picked is scored on the revision of its session.
  scored.form_revision =
      assignment.form_revision().empty()
          ? absl::StrCat("forms/call/revisions/", center.revision())
          : assignment.form_revision();
  scored.revision = scored.form_revision.back() - '0';

  v1::SubmitEvaluationRequest request;
  request.set_parent("people/-");
  v1::Evaluation& wanted = *request.mutable_evaluation();
  wanted.set_contact(assignment.contact());
  wanted.set_form_revision(assignment.form_revision().empty()
                               ? assignment.form()
                               : assignment.form_revision());
  AddAnswers(scored.given, scored.revision, wanted);
  v1::Evaluation evaluation =
      center.Do(advocate, &Evaluations::SubmitEvaluation, request);
  EXPECT_EQ(evaluation.form_revision(), scored.form_revision);
  EXPECT_EQ(evaluation.score().percent(),
            static_cast<double>(scored.total()) / 100)
      << assignment.contact();
  scored.evaluation = evaluation.name();
  scored.shown = !evaluation.withheld();
  center.ledger().Add(scored);
  return evaluation;
}

void WorkQueue(Center& center, const std::string& advocate, int left) {
  const auto waiting = static_cast<int>(Waiting(center, advocate).size());
  for (int to_do = waiting; to_do > left; --to_do) {
    const v1::NextAssignmentResponse next =
        center.Do(advocate, &Evaluations::NextAssignment, "claim: true");
    ASSERT_EQ(next.waiting_count(), to_do) << advocate;
    ASSERT_EQ(next.assignment().advocate(), absl::StrCat("people/", advocate));
    ASSERT_EQ(next.assignment().state(), v1::Assignment::STATE_CLAIMED);
    Score(center, advocate, next.assignment());
  }
  EXPECT_EQ(
      center.Do(advocate, &Evaluations::NextAssignment, "").waiting_count(),
      left)
      << advocate;
}

void WorkQueues(Center& center) {
  for (const char* advocate : kAdvocates) WorkQueue(center, advocate);
}

std::vector<v1::Assignment> Waiting(Center& center,
                                    const std::string& advocate) {
  v1::ListAssignmentsRequest request;
  request.set_page_size(1000);
  request.set_state(v1::Assignment::STATE_OPEN);
  if (!advocate.empty()) {
    request.set_advocate(absl::StrCat("people/", advocate));
  }
  const v1::ListAssignmentsResponse list =
      center.Do(advocate.empty() ? "quinn" : advocate,
                &Evaluations::ListAssignments, request);
  EXPECT_EQ(list.next_page_token(), "");
  return {list.assignments().begin(), list.assignments().end()};
}

}  // namespace attune::half_year
