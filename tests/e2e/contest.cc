#include "tests/e2e/contest.h"

namespace attune::half_year {
namespace {

using Evaluations = v1::EvaluationService::Stub;

size_t QuestionOf(const std::string& id) {
  size_t question = 0;
  while (question < kQuestions && FactsOf(question).id != id) ++question;
  return question;
}

}  // namespace

absl::StatusOr<v1::Contest> Contest(Center& center, const std::string& person,
                                    const std::string& evaluation,
                                    const std::vector<size_t>& questions) {
  v1::CreateContestRequest request;
  request.set_parent(evaluation);
  for (const size_t question : questions) {
    v1::ContestItem& item = *request.mutable_contest()->add_items();
    item.set_question_id(FactsOf(question).id);
    item.set_reason("Please listen again.");
    *item.mutable_proposed() = AnswerOf(question, FactsOf(question).points);
  }
  auto contest = center.As(person).Call(&Evaluations::CreateContest, request);
  if (!contest.ok()) return contest;
  EXPECT_EQ(contest->state(), v1::Contest::STATE_OPEN);
  for (const size_t question : questions) {
    center.ledger().objections().push_back({evaluation, question});
  }
  return contest;
}

absl::StatusOr<v1::Contest> Rule(Center& center, const std::string& ruler,
                                 const v1::Contest& contest,
                                 const std::set<size_t>& granted) {
  v1::RuleContestRequest request;
  request.set_name(contest.name());
  request.set_etag(contest.etag());
  for (const v1::ContestItem& item : contest.items()) {
    v1::ItemRuling& ruling = *request.add_items();
    ruling.set_question_id(item.question_id());
    ruling.set_reason("I listened again.");
    ruling.set_outcome(granted.count(QuestionOf(item.question_id())) > 0
                           ? v1::ItemRuling::OUTCOME_CHANGED
                           : v1::ItemRuling::OUTCOME_UPHELD);
  }
  auto ruled = center.As(ruler).Call(&Evaluations::RuleContest, request);
  if (!ruled.ok()) return ruled;
  const std::string evaluation =
      contest.name().substr(0, contest.name().find("/contests/"));
  Scored& scored = center.ledger().Find(evaluation);
  for (const size_t question : granted) {
    scored.sheet[question] = FactsOf(question).points;
  }
  for (Objection& one : center.ledger().objections()) {
    if (one.evaluation != evaluation) continue;
    one.outcome = granted.count(one.question) > 0 ? Objection::kChanged
                                                  : Objection::kUpheld;
  }
  return ruled;
}

}  // namespace attune::half_year
