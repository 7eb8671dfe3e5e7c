// A small contact center with a queue, for tests of plans, draws and
// assignments.

#ifndef ATTUNE_TESTS_ENGINE_EVALUATION_QUEUE_TEST_H_
#define ATTUNE_TESTS_ENGINE_EVALUATION_QUEUE_TEST_H_

#include <google/protobuf/text_format.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/evaluation/assignments.h"
#include "engine/evaluation/draws.h"
#include "engine/evaluation/sampling_plans.h"
#include "tests/engine/center_test.h"

namespace attune {

// What a service method gives a role, as in the policy.
inline constexpr Reach kHolding{.rated = true};
inline constexpr Reach kLeading{.rated = true, .team = true};

// The contacts of CenterTest are of 2026-W10, which is over.
class QueueTest : public CenterTest {
 protected:
  // A plan `weekly` of one contact an agent; `more` is merged into it.
  absl::StatusOr<v1::SamplingPlan> CreatePlan(
      const std::string& more = "", const std::string& id = "weekly") {
    v1::CreateSamplingPlanRequest request;
    request.set_sampling_plan_id(id);
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("form: 'forms/call' period: PERIOD_WEEK seed: 7 "
                     "count_per_agent: 1"),
        request.mutable_sampling_plan()));
    v1::SamplingPlan merged;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(more, &merged));
    request.mutable_sampling_plan()->MergeFrom(merged);
    return InWrite(
        [&](Transaction& tx) { return plans_.Create(tx, quinn_, request); });
  }

  absl::StatusOr<v1::Draw> DrawPeriod(const std::string& period = "2026-W10",
                                      bool preview = false,
                                      const std::string& id = "weekly") {
    v1::DrawSampleRequest request;
    request.set_name(absl::StrCat("samplingPlans/", id));
    request.set_period(period);
    request.set_validate_only(preview);
    return InWrite(
        [&](Transaction& tx) { return draws_.Make(tx, quinn_, request); });
  }

  absl::StatusOr<v1::Draw> GetDraw(const std::string& period = "2026-W10") {
    v1::GetDrawRequest request;
    request.set_name(absl::StrCat("samplingPlans/weekly/draws/", period));
    return InRead(
        [&](Transaction& tx) { return draws_.Get(tx, quinn_, request); });
  }

  // By hand; `to` may be empty.
  absl::StatusOr<v1::Assignment> Add(const std::string& contact,
                                     const std::string& to,
                                     const Caller& caller) {
    v1::CreateAssignmentRequest request;
    v1::Assignment& wanted = *request.mutable_assignment();
    wanted.set_contact(absl::StrCat("people/-/contacts/", contact));
    wanted.set_form("forms/call");
    if (!to.empty()) wanted.set_advocate(absl::StrCat("people/", to));
    return InWrite([&](Transaction& tx) {
      return assignments_.Create(tx, caller, request);
    });
  }
  absl::StatusOr<v1::Assignment> Add(const std::string& contact,
                                     const std::string& to) {
    return Add(contact, to, quinn_);
  }

  absl::StatusOr<v1::Assignment> Get(const Caller& caller,
                                     const std::string& name) {
    v1::GetAssignmentRequest request;
    request.set_name(name);
    return InRead(
        [&](Transaction& tx) { return assignments_.Get(tx, caller, request); });
  }

  // `call-1 ada OPEN, ...` in the order of the list.
  std::string List(const Caller& caller, const std::string& filter = "") {
    v1::ListAssignmentsRequest request;
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(filter, &request));
    const auto response = InRead([&](Transaction& tx) {
      return assignments_.List(tx, caller, request);
    });
    EXPECT_THAT(response, IsOk());
    std::string text;
    if (!response.ok()) return text;
    for (const v1::Assignment& assignment : response->assignments()) {
      absl::StrAppend(&text, text.empty() ? "" : ", ", Told(assignment));
    }
    return text;
  }

  static std::string Told(const v1::Assignment& assignment) {
    const std::string& contact = assignment.contact();
    const std::string& advocate = assignment.advocate();
    return absl::StrCat(
        contact.substr(contact.rfind('/') + 1), " ",
        advocate.empty() ? "-" : advocate.substr(7), " ",
        v1::Assignment::State_Name(assignment.state()).substr(6));
  }

  absl::StatusOr<v1::NextAssignmentResponse> Next(const Caller& caller,
                                                  bool claim = false) {
    v1::NextAssignmentRequest request;
    request.set_claim(claim);
    return InWrite([&](Transaction& tx) {
      return assignments_.Next(tx, caller, request);
    });
  }
  // `call-1 ada OPEN 3`, or nothing.
  std::string NextOf(const Caller& caller, bool claim = false) {
    const auto next = Next(caller, claim);
    EXPECT_THAT(next, IsOk());
    if (!next.ok() || !next->has_assignment()) return "";
    return absl::StrCat(Told(next->assignment()), " ", next->waiting_count());
  }

  absl::StatusOr<v1::Assignment> Claim(const Caller& caller,
                                       const std::string& name,
                                       const std::string& etag = "") {
    v1::ClaimAssignmentRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return InWrite([&](Transaction& tx) {
      return assignments_.Claim(tx, caller, request);
    });
  }

  absl::StatusOr<v1::SkipAssignmentResponse> Skip(
      const Caller& caller, const std::string& name,
      const std::string& reason = "no sound") {
    v1::SkipAssignmentRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return InWrite([&](Transaction& tx) {
      return assignments_.Skip(tx, caller, request);
    });
  }

  absl::StatusOr<v1::Assignment> Reassign(const Caller& caller,
                                          const std::string& name,
                                          const std::string& to) {
    v1::ReassignAssignmentRequest request;
    request.set_name(name);
    if (!to.empty()) request.set_advocate(absl::StrCat("people/", to));
    return InWrite([&](Transaction& tx) {
      return assignments_.Reassign(tx, caller, request);
    });
  }

  // With the role of an advocate alone.
  static Caller Advocate(const std::string& person) {
    return CallerOf(person, "", v1::ROLE_ADVOCATE, kHolding);
  }

  void AddPerson(const std::string& id, v1::Role role,
                 const std::string& team) {
    v1::CreatePersonRequest request;
    request.set_person_id(id);
    request.mutable_person()->add_roles(role);
    if (!team.empty()) {
      request.mutable_person()->set_team(absl::StrCat("teams/", team));
    }
    ASSERT_THAT(InWrite([&](Transaction& tx) {
                  return people_.Create(tx, admin_, request);
                }),
                IsOk());
  }

  void GiveRole(const std::string& id, v1::Role role) {
    ASSERT_THAT(InWrite([&](Transaction& tx) -> absl::Status {
                  v1::UpdatePersonRequest request;
                  const auto person = FindPerson(tx, id);
                  if (!person.ok()) return person.status();
                  *request.mutable_person() = *person;
                  request.mutable_person()->add_roles(role);
                  return people_.Update(tx, admin_, request).status();
                }),
                IsOk());
  }

  const Caller ada_alone_ = Advocate("ada");
  const Caller abe_alone_ = Advocate("abe");
  SamplingPlans plans_{clock()};
  Draws draws_{clock()};
  Assignments assignments_{clock()};
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_EVALUATION_QUEUE_TEST_H_
