#include "tests/engine/evaluation/self_check_test.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/names.h"

namespace attune {

v1::Evaluation Answers(int percent) {
  switch (percent) {
    case 100:
      return AnswersTo("yes", "yes", "no");
    case 70:
      return AnswersTo("half", "yes", "no");
    case 50:
      return AnswersTo("half", "no", "no");
    default:
      return AnswersTo("no", "yes", "no");
  }
}

void SelfCheckTest::SetUp() {
  CenterTest::SetUp();
  now_us_ = int64_t{1'775'001'600} * 1'000'000 - 1'000'000;
  ASSERT_THAT(Open("h1", "forms/call"), IsOk());
}

absl::StatusOr<v1::SelfCheckCycle> SelfCheckTest::Open(
    const std::string& id, const std::string& form) {
  v1::CreateSelfCheckCycleRequest request;
  request.set_cycle_id(id);
  request.mutable_cycle()->set_form(form);
  return InWrite(
      [&](Transaction& tx) { return cycles_.Create(tx, quinn_, request); });
}

absl::StatusOr<v1::SelfCheckCycle> SelfCheckTest::Close(const std::string& id) {
  v1::CloseSelfCheckCycleRequest request;
  request.set_name(absl::StrCat("selfCheckCycles/", id));
  request.set_etag(Cycle(quinn_, id).etag());
  return InWrite(
      [&](Transaction& tx) { return cycles_.Close(tx, quinn_, request); });
}

v1::SelfCheckCycle SelfCheckTest::Cycle(const Caller& caller,
                                        const std::string& id) {
  v1::GetSelfCheckCycleRequest request;
  request.set_name(absl::StrCat("selfCheckCycles/", id));
  return InRead(
             [&](Transaction& tx) { return cycles_.Get(tx, caller, request); })
      .value_or(v1::SelfCheckCycle());
}

absl::StatusOr<v1::SelfCheck> SelfCheckTest::Pick(const Caller& caller,
                                                  const std::string& agent,
                                                  const std::string& contact,
                                                  const std::string& cycle) {
  v1::PickContactRequest request;
  request.set_name(SelfCheckName(agent, cycle));
  request.set_contact(absl::StrCat("people/-/contacts/", contact));
  return InWrite(
      [&](Transaction& tx) { return self_checks_.Pick(tx, caller, request); });
}

absl::StatusOr<v1::Evaluation> SelfCheckTest::Begin(const Caller& agent,
                                                    const std::string& contact,
                                                    const std::string& cycle) {
  v1::BeginSelfEvaluationRequest request;
  request.set_name(SelfCheckName(agent.person, cycle));
  request.set_contact(absl::StrCat("people/-/contacts/", contact));
  return InWrite(
      [&](Transaction& tx) { return self_checks_.Begin(tx, agent, request); });
}

absl::StatusOr<v1::Evaluation> SelfCheckTest::SubmitDraft(const Caller& rater,
                                                          v1::Evaluation draft,
                                                          int percent) {
  v1::SubmitEvaluationRequest request;
  *draft.mutable_answers() = Answers(percent).answers();
  *request.mutable_evaluation() = std::move(draft);
  return InWrite(
      [&](Transaction& tx) { return evaluations_.Submit(tx, rater, request); });
}

absl::StatusOr<v1::Evaluation> SelfCheckTest::Grade(const Caller& agent,
                                                    const std::string& contact,
                                                    int percent,
                                                    const std::string& cycle) {
  absl::StatusOr<v1::Evaluation> draft = Begin(agent, contact, cycle);
  if (!draft.ok()) return draft;
  return SubmitDraft(agent, *std::move(draft), percent);
}

absl::StatusOr<v1::FormFeedback> SelfCheckTest::Say(
    const Caller& agent, const v1::FormFeedback& feedback,
    const std::string& cycle) {
  v1::SubmitFormFeedbackRequest request;
  request.set_parent(SelfCheckName(agent.person, cycle));
  *request.mutable_feedback() = feedback;
  return InWrite(
      [&](Transaction& tx) { return feedbacks_.Submit(tx, agent, request); });
}

absl::StatusOr<v1::SelfCheck> SelfCheckTest::Check(const Caller& caller,
                                                   const std::string& agent,
                                                   const std::string& cycle) {
  v1::GetSelfCheckRequest request;
  request.set_name(SelfCheckName(agent, cycle));
  return InRead(
      [&](Transaction& tx) { return self_checks_.Get(tx, caller, request); });
}

std::string SelfCheckTest::Due(const Caller& caller,
                               v1::ListSelfChecksRequest request) {
  if (request.parent().empty()) request.set_parent("people/-");
  const auto list = InRead(
      [&](Transaction& tx) { return self_checks_.List(tx, caller, request); });
  if (!list.ok()) return ReasonOf(list.status());
  std::string text;
  for (const v1::SelfCheck& check : list->self_checks()) {
    absl::StrAppend(&text, text.empty() ? "" : "; ",
                    ParseSelfCheckName(check.name())->person, " ",
                    absl::AsciiStrToLower(absl::StripPrefix(
                        v1::SelfCheck::State_Name(check.state()), "STATE_")),
                    " ", FormatDay(DayOf(ToMicros(check.due_time()))),
                    check.overdue() ? "!" : "");
  }
  return text;
}

std::string SelfCheckTest::ToScore(const Caller& caller) {
  const auto list = InRead([&](Transaction& tx) {
    return self_checks_.ListCallsToScore(tx, caller, {});
  });
  if (!list.ok()) return ReasonOf(list.status());
  std::string text;
  for (const v1::CallToScore& call : list->calls()) {
    const auto contact = ParseContactName(call.contact());
    absl::StrAppend(&text, text.empty() ? "" : " ", contact->person, "/",
                    contact->id);
  }
  return text;
}

bool SelfCheckTest::Sees(const Caller& caller, const std::string& evaluation) {
  v1::GetEvaluationRequest get;
  get.set_name(evaluation);
  v1::ListEvaluationsRequest request;
  request.set_parent("people/-");
  const auto one = InRead(
      [&](Transaction& tx) { return evaluations_.Get(tx, caller, get); });
  const auto list = InRead(
      [&](Transaction& tx) { return evaluations_.List(tx, caller, request); });
  EXPECT_THAT(list, IsOk());
  bool listed = false;
  for (const v1::Evaluation& found : list->evaluations()) {
    listed = listed || found.name() == evaluation;
  }
  EXPECT_EQ(one.ok(), listed) << caller.person << " " << one.status();
  return listed;
}

v1::Evaluation SelfCheckTest::Stored(const Caller& caller,
                                     const std::string& evaluation) {
  v1::GetEvaluationRequest get;
  get.set_name(evaluation);
  return InRead(
             [&](Transaction& tx) { return evaluations_.Get(tx, caller, get); })
      .value_or(v1::Evaluation());
}

std::string SelfCheckTest::Scorecard(const std::string& agent) {
  v1::GetAgentScorecardRequest request;
  request.set_person(PersonName(agent));
  const auto card = InRead([&](Transaction& tx) {
    return reports_.GetAgentScorecard(tx, quinn_, request);
  });
  EXPECT_THAT(card, IsOk());
  return absl::StrCat("n=", card->summary().average().n(),
                      " rows=", card->rows_size());
}

void SelfCheckTest::AddContact(const std::string& agent,
                               const std::string& id) {
  v1::CreateContactRequest request;
  request.set_parent(PersonName(agent));
  request.set_contact_id(id);
  request.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
  request.mutable_contact()->mutable_start_time()->set_seconds(1'772'500'000);
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return contacts_.Create(tx, admin_, request);
              }),
              IsOk());
}

void SelfCheckTest::AddAgent(const std::string& id, const std::string& team) {
  v1::CreatePersonRequest request;
  request.set_person_id(id);
  request.mutable_person()->add_roles(v1::ROLE_AGENT);
  request.mutable_person()->set_team(team);
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return people_.Create(tx, admin_, request);
              }),
              IsOk());
}

void SelfCheckTest::SetRoles(const std::string& person, v1::Role role) {
  v1::UpdatePersonRequest request;
  request.mutable_person()->set_name(PersonName(person));
  request.mutable_person()->add_roles(role);
  request.mutable_person()->set_team(person == "ann" ? "teams/red"
                                                     : "teams/blue");
  ASSERT_THAT(InWrite([&](Transaction& tx) {
                return people_.Update(tx, admin_, request);
              }),
              IsOk());
}

}  // namespace attune
