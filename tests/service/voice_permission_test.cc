// Role x whose thing it is, for the customer's voice.

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "tests/service/permission_test.h"

namespace attune {
namespace {

TEST_F(PermissionTest, Props) {
  const auto contact = [](const std::string& name, const std::string& person) {
    return absl::StrCat("people/", person, "/contacts/",
                        person == name ? "c" : name);
  };
  // Who invites, for a contact that nobody else invites for.
  EXPECT_EQ(Matrix({"own", "mate", "far"},
                   [&](const Client& client, const std::string& name,
                       const std::string& person) {
                     v1::CreatePropInviteRequest request;
                     request.set_contact(contact(name, person));
                     return Letter(client.Call(
                         &v1::VoiceService::Stub::CreatePropInvite, request));
                   }),
            "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy "
            "analyst xxx");
  // One prop each of mate and far, in private and shared.
  std::map<std::string, v1::Prop> props;
  for (const std::string person : {"mate", "far"}) {
    for (const std::string how : {"private", "shared"}) {
      v1::CreatePropInviteRequest invite;
      invite.set_contact(absl::StrCat("people/", person, "/contacts/",
                                      how == "shared" ? "agent" : "admin"));
      const auto token =
          Admin().Call(&v1::VoiceService::Stub::CreatePropInvite, invite);
      ASSERT_THAT(token, IsOk());
      v1::SubmitPropRequest submit;
      submit.set_token(token->token());
      submit.set_text(how);
      submit.set_consent_to_share(how == "shared");
      ASSERT_THAT(Anonymous().Call(&v1::VoiceService::Stub::SubmitProp, submit),
                  IsOk());
      v1::ListPropsRequest list;
      list.set_parent(absl::StrCat("people/", person));
      list.set_search(how);
      const auto found = Admin().Call(&v1::VoiceService::Stub::ListProps, list);
      ASSERT_THAT(found, IsOk());
      props[absl::StrCat(person, " ", how)] = found->props(0);
    }
  }
  const std::vector<std::string> all = {"mate private", "mate shared",
                                        "far private", "far shared"};
  const auto get = [&](const Client& client, const std::string&,
                       const std::string& prop) {
    v1::GetPropRequest request;
    request.set_name(props[prop].name());
    return Letter(client.Call(&v1::VoiceService::Stub::GetProp, request));
  };
  EXPECT_EQ(Matrix(all, get),
            "agent ---- advocate ---- lead yy-- qa_lead yyyy admin yyyy "
            "analyst ----");
  // With the version that is stored; ABORTED would be an error.
  const auto moderate = [&](const Client& client, const std::string&,
                            const std::string& prop) {
    v1::ModeratePropRequest request;
    request.set_name(props[prop].name());
    request.set_state(v1::Prop::STATE_PUBLISHED);
    request.set_etag(props[prop].etag());
    const auto moderated =
        client.Call(&v1::VoiceService::Stub::ModerateProp, request);
    if (moderated.ok()) props[prop].set_etag(moderated->etag());
    return Letter(moderated);
  };
  EXPECT_EQ(Matrix(all, moderate),
            "agent xxxx advocate xxxx lead yy-- qa_lead yyyy admin xxxx "
            "analyst xxxx");
  EXPECT_EQ(Matrix(all, get),
            "agent -y-y advocate -y-y lead yy-y qa_lead yyyy admin yyyy "
            "analyst -y-y");
  // A lead of another team is told what everybody reads: it is not theirs.
  const auto revoke = [&](const Client& client, const std::string&,
                          const std::string& prop) {
    v1::RevokePropForCustomerRequest request;
    request.set_name(props[prop].name());
    request.set_reason("Asked by letter.");
    return Letter(
        client.Call(&v1::VoiceService::Stub::RevokePropForCustomer, request));
  };
  EXPECT_EQ(Matrix(all, revoke),
            "agent xxxx advocate xxxx lead yy-x qa_lead yyyy admin yyyy "
            "analyst xxxx");
  EXPECT_EQ(
      MatrixOf(
          &v1::VoiceService::Stub::GetRecognition,
          +[](v1::GetRecognitionRequest& request, const std::string& person) {
            request.set_person(absl::StrCat("people/", person));
          }),
      "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy analyst yyy");
}

TEST_F(PermissionTest, GreatCalls) {
  const auto nominate = [](const std::string& contact) {
    auto request = Text<v1::NominateGreatCallRequest>(R"pb(
      great_call { form: "forms/call" section_id: "s" reason: "Listen." })pb");
    request.mutable_great_call()->set_contact(contact);
    return request;
  };
  EXPECT_EQ(
      Matrix({"own", "mate", "far"},
             [&](const Client& client, const std::string& name,
                 const std::string& person) {
               return Letter(client.Call(
                   &v1::VoiceService::Stub::NominateGreatCall,
                   nominate(absl::StrCat("people/", person, "/contacts/",
                                         person == name ? "c" : name))));
             }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst xxx");
  std::map<std::string, std::string> names;
  for (const std::string person : {"mate", "far"}) {
    const auto made = ClientOf("judge").Call(
        &v1::VoiceService::Stub::NominateGreatCall,
        nominate(absl::StrCat("people/", person, "/contacts/c")));
    ASSERT_THAT(made, IsOk());
    names[person] = made->name();
  }
  const auto see = [&] {
    return Matrix({"mate", "far"}, [&](const Client& client, const std::string&,
                                       const std::string& person) {
      v1::GetGreatCallRequest request;
      request.set_name(names[person]);
      return Letter(
          client.Call(&v1::VoiceService::Stub::GetGreatCall, request));
    });
  };
  EXPECT_EQ(see(),
            "agent -- advocate yy lead y- qa_lead yy admin yy analyst yy");
  // Who is first decides; then there is nothing to decide.
  const auto decide = [&](auto method, auto request) {
    return Matrix({"mate", "far"}, [&](const Client& client, const std::string&,
                                       const std::string& person) {
      request.set_name(names[person]);
      request.set_reason("So.");
      return Letter(client.Call(method, request));
    });
  };
  EXPECT_EQ(decide(&v1::VoiceService::Stub::ConfirmGreatCall,
                   v1::ConfirmGreatCallRequest()),
            "agent xx advocate yy lead ?? qa_lead ?? admin xx analyst xx");
  EXPECT_EQ(decide(&v1::VoiceService::Stub::DeclineGreatCall,
                   v1::DeclineGreatCallRequest()),
            "agent xx advocate ?? lead ?? qa_lead ?? admin xx analyst xx");
  EXPECT_EQ(see(),
            "agent yy advocate yy lead yy qa_lead yy admin yy analyst yy");
  EXPECT_EQ(Matrix({"mate", "far"},
                   [&](const Client& client, const std::string&,
                       const std::string& person) {
                     v1::GiveKudosRequest request;
                     request.set_name(names[person]);
                     return Letter(client.Call(
                         &v1::VoiceService::Stub::GiveKudos, request));
                   }),
            "agent yy advocate yy lead yy qa_lead yy admin yy analyst xx");
}

TEST_F(PermissionTest, RelationshipValuesAndCancellations) {
  EXPECT_EQ(
      MatrixOf(
          &v1::VoiceService::Stub::CreateRelationshipValue,
          +[](v1::CreateRelationshipValueRequest& request,
              const std::string& person) {
            request.set_parent(absl::StrCat("people/", person));
            request.mutable_relationship_value()->set_kind(
                v1::RelationshipValue::KIND_RECOMMENDS);
          }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst xxx");
  EXPECT_EQ(
      Matrix({"own"},
             [](const Client& client, const std::string&, const std::string&) {
               const auto list =
                   client.Call(&v1::VoiceService::Stub::ListRelationshipValues,
                               Text<v1::ListRelationshipValuesRequest>(
                                   "parent: 'people/-'"));
               return list.ok() ? absl::StrCat(list->relationship_values_size())
                                : Letter(list);
             }),
      "agent 1 advocate 12 lead 9 qa_lead 12 admin 12 analyst 12");
  EXPECT_EQ(
      Matrix({"own", "mate", "far"},
             [](const Client& client, const std::string& name,
                const std::string& person) {
               auto request = Text<v1::RecordCancellationRequest>(R"pb(
                 cancellation {
                   permission_asked: false
                   reason_code: REASON_MOVED
                   offers_made: 0
                   result: RESULT_STAYED
                 })pb");
               request.mutable_cancellation()->set_name(
                   absl::StrCat("people/", person, "/contacts/",
                                person == name ? "c" : name, "/cancellation"));
               return Letter(client.Call(
                   &v1::VoiceService::Stub::RecordCancellation, request));
             }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst xxx");
  EXPECT_EQ(
      MatrixOf(
          &v1::VoiceService::Stub::GetCancellation,
          +[](v1::GetCancellationRequest& request, const std::string& person) {
            const bool other = person == "mate" || person == "far";
            request.set_name(absl::StrCat("people/", person, "/contacts/",
                                          other ? "advocate" : "c",
                                          "/cancellation"));
          }),
      "agent y-- advocate yyy lead yy- qa_lead yyy admin yyy analyst xxx");
  EXPECT_EQ(
      Matrix({"own"},
             [](const Client& client, const std::string&, const std::string&) {
               const auto list = client.Call(
                   &v1::VoiceService::Stub::ListCancellations,
                   Text<v1::ListCancellationsRequest>("parent: 'people/-'"));
               return list.ok() ? absl::StrCat(list->cancellations_size())
                                : Letter(list);
             }),
      "agent 1 advocate 12 lead 9 qa_lead 12 admin 12 analyst x");
  const auto report = [&](auto method, auto request) {
    return Matrix({"own", "mate", "far"},
                  [&](const Client& client, const std::string&,
                      const std::string& person) {
                    request.set_person(absl::StrCat("people/", person));
                    return Letter(client.Call(method, request));
                  });
  };
  constexpr char kReports[] =
      "agent y-- advocate xxx lead yy- qa_lead yyy admin yyy analyst yyy";
  EXPECT_EQ(report(&v1::VoiceService::Stub::GetRelationshipValueReport,
                   v1::GetRelationshipValueReportRequest()),
            kReports);
  EXPECT_EQ(report(&v1::VoiceService::Stub::GetCancellationReport,
                   v1::GetCancellationReportRequest()),
            kReports);
}

}  // namespace
}  // namespace attune
