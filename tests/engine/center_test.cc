#include "tests/engine/center_test.h"

#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "engine/store/verify.h"

namespace attune {
namespace {

void AddAnswer(absl::string_view question, absl::string_view choice,
               v1::Evaluation& evaluation) {
  v1::Answer& answer = *evaluation.add_answers();
  answer.set_question_id(std::string(question));
  if (choice == "na") {
    answer.set_na(true);
  } else {
    answer.set_choice_id(std::string(choice));
  }
  if (choice == "no" && question == "warmth") answer.set_comment("Cold.");
}

}  // namespace

Caller CallerOf(absl::string_view person, absl::string_view team, v1::Role role,
                Reach reach) {
  Caller caller;
  caller.token = absl::StrCat("token-of-", person);
  caller.person = std::string(person);
  caller.team = std::string(team);
  caller.roles.Add(role);
  caller.reach = reach;
  return caller;
}

v1::Form SmallForm() {
  v1::Form form;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
    title: "Small"
    leading_value: "emotional_connection"
    floor_percent: 50
    sections {
      section_id: "connection" title: "Connection"
      value: "emotional_connection" weight: 60
      questions {
        question_id: "warmth" text: "Was it warm?" guidance: "Listen."
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 30 }
        choices { choice_id: "half" label: "Half" points: 15 }
        choices { choice_id: "no" label: "No" points: 0 comment_required: true }
      }
    }
    sections {
      section_id: "solution" title: "Solution" value: "solution" weight: 40
      questions {
        question_id: "solved" text: "Was it solved?" guidance: "Look."
        type: SINGLE_CHOICE
        choices { choice_id: "yes" label: "Yes" points: 10 }
        choices { choice_id: "no" label: "No" points: 0 }
        na { allowed: true condition: "nothing was asked" }
      }
      questions {
        question_id: "leak" text: "Was something given away?" guidance: "Ask."
        type: SINGLE_CHOICE boundary: true
        choices { choice_id: "no" label: "No" points: 10 }
        choices { choice_id: "yes" label: "Yes" points: 0 }
        critical { category: CUSTOMER effect: FLAG }
      }
    })",
                                                            &form));
  return form;
}

v1::Evaluation AnswersTo(absl::string_view warmth, absl::string_view solved,
                         absl::string_view leak) {
  v1::Evaluation evaluation;
  evaluation.set_form_revision("forms/call");
  AddAnswer("warmth", warmth, evaluation);
  AddAnswer("solved", solved, evaluation);
  AddAnswer("leak", leak, evaluation);
  return evaluation;
}

void CenterTest::SetUp() {
  StoreTest::SetUp();
  const auto made = InWrite([&](Transaction& tx) -> absl::StatusOr<bool> {
    for (const char* team : {"red", "blue"}) {
      v1::CreateTeamRequest request;
      request.set_team_id(team);
      EXPECT_THAT(teams_.Create(tx, admin_, request), IsOk());
    }
    const struct {
      const char* id;
      v1::Role role;
      const char* team;
    } kPeople[] = {{"ann", v1::ROLE_AGENT, "teams/red"},
                   {"bob", v1::ROLE_AGENT, "teams/blue"},
                   {"ada", v1::ROLE_ADVOCATE, ""},
                   {"abe", v1::ROLE_ADVOCATE, ""},
                   {"lea", v1::ROLE_LEAD, "teams/red"},
                   {"quinn", v1::ROLE_QA_LEAD, ""}};
    for (const auto& row : kPeople) {
      v1::CreatePersonRequest request;
      request.set_person_id(row.id);
      request.mutable_person()->add_roles(row.role);
      request.mutable_person()->set_team(row.team);
      EXPECT_THAT(people_.Create(tx, admin_, request), IsOk());
    }
    const struct {
      const char* person;
      const char* id;
      int64_t day;  // since 2026-03-01, which is day 20513
    } kContacts[] = {
        {"ann", "call-1", 1}, {"ann", "call-2", 2}, {"bob", "call-3", 3}};
    for (const auto& row : kContacts) {
      v1::CreateContactRequest request;
      request.set_parent(absl::StrCat("people/", row.person));
      request.set_contact_id(row.id);
      request.mutable_contact()->set_channel(v1::CHANNEL_PHONE);
      request.mutable_contact()->mutable_start_time()->set_seconds(
          (20'513 + row.day) * 86'400 + 3'600);
      v1::Segment& segment = *request.mutable_transcript()->add_segments();
      segment.set_speaker(v1::Segment::SPEAKER_AGENT);
      segment.set_text("hello");
      EXPECT_THAT(contacts_.Create(tx, admin_, request), IsOk());
    }
    v1::CreateFormRequest create;
    create.set_form_id("call");
    *create.mutable_form() = SmallForm();
    EXPECT_THAT(forms_.Create(tx, quinn_, create), IsOk());
    v1::PublishFormRequest publish;
    publish.set_name("forms/call");
    publish.set_etag("1");
    publish.set_change_note("The first.");
    EXPECT_THAT(forms_.Publish(tx, quinn_, publish), IsOk());
    return true;
  });
  ASSERT_THAT(made, IsOk());
}

absl::StatusOr<v1::Evaluation> CenterTest::Submit(const Caller& rater,
                                                  absl::string_view contact,
                                                  v1::Evaluation evaluation) {
  v1::SubmitEvaluationRequest request;
  request.set_parent("people/-");
  evaluation.set_contact(absl::StrCat("people/-/contacts/", contact));
  *request.mutable_evaluation() = std::move(evaluation);
  return InWrite(
      [&](Transaction& tx) { return evaluations_.Submit(tx, rater, request); });
}

std::string CenterTest::VerifyDifferences() {
  const auto verified = InRead([](Transaction& tx) { return VerifyStore(tx); });
  if (!verified.ok()) return std::string(verified.status().message());
  std::string text;
  for (const auto& difference : verified->differences()) {
    absl::StrAppend(&text, difference.subject(), " ", difference.figure(), ": ",
                    difference.expected(), " is stored as ",
                    difference.stored(), "\n");
  }
  return text;
}

}  // namespace attune
