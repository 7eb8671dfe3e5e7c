// Feedback, recovery, harm flags and themes over a running server: who may do
// what, retries, a restart, and what the log does not tell.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <map>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"

namespace attune {
namespace {

using Voice = v1::InboxService::Stub;

constexpr std::pair<const char*, v1::Role> kRoles[] = {
    {"agent", v1::ROLE_AGENT}, {"advocate", v1::ROLE_ADVOCATE},
    {"lead", v1::ROLE_LEAD},   {"qa_lead", v1::ROLE_QA_LEAD},
    {"admin", v1::ROLE_ADMIN}, {"analyst", v1::ROLE_ANALYST}};

// Everyone is in team red, with `mate`; `far` is in team blue.  Each of the two
// has a contact `c`.
class InboxServiceTest : public ServerTest {
 protected:
  void SetUp() override {
    Start();
    AddTeam("red");
    AddTeam("blue");
    AddForm("call");
    AddPerson("mate", {v1::ROLE_AGENT}, "red");
    AddPerson("far", {v1::ROLE_AGENT}, "blue");
    for (const auto& [name, role] : kRoles) {
      AddPerson(name, {role}, "red");
      clients_.emplace(name, ClientOf(name));
    }
    for (const char* agent : {"mate", "far", "agent"}) AddContact(agent, "c");
    ASSERT_THAT(
        Admin().Call(&Voice::ApplyThemes, Text<v1::ApplyThemesRequest>(R"pb(
          taxonomy {
            themes {
              name: "themes/effort"
              label: "Effort"
              kind: KIND_FRUSTRATION
            }
          })pb")),
        IsOk());
  }

  // `y` done, `-` not there, `x` not allowed; for each role.
  template <typename Ask>
  std::string Each(Ask ask) {
    std::string matrix;
    for (const auto& [name, role] : kRoles) {
      absl::StrAppend(&matrix, matrix.empty() ? "" : " ", name, " ",
                      Letter(ask(clients_.at(name), std::string(name))));
    }
    return matrix;
  }
  static std::string Letter(const absl::Status& status) {
    if (status.ok()) return "y";
    if (absl::IsNotFound(status)) return "-";
    if (absl::IsPermissionDenied(status)) return "x";
    return absl::StrCat("<", status.ToString(), ">");
  }
  // How many a list gives each role.
  template <typename Request, typename Response, typename Count>
  std::string Counts(grpc::Status (Voice::*method)(grpc::ClientContext*,
                                                   const Request&, Response*),
                     const Request& request, Count count) {
    std::string matrix;
    for (const auto& [name, role] : kRoles) {
      const auto list = clients_.at(name).Call(method, request);
      absl::StrAppend(
          &matrix, matrix.empty() ? "" : " ", name, " ",
          list.ok() ? absl::StrCat(count(*list)) : Letter(list.status()));
    }
    return matrix;
  }

  absl::StatusOr<v1::Feedback> Give(const Client& client,
                                    const std::string& feedback,
                                    const std::string& request_id = "") {
    auto request = Text<v1::CreateFeedbackRequest>(
        absl::StrCat("parent: 'people/-' feedback { ", feedback, " }"));
    request.set_request_id(request_id);
    return client.Call(&Voice::CreateFeedback, request);
  }
  absl::StatusOr<v1::Feedback> Give(const std::string& person,
                                    const std::string& feedback) {
    return Give(ClientOf(person), feedback);
  }

  std::map<std::string, Client> clients_;
};

TEST_F(InboxServiceTest, FeedbackIsItsGiversItsOwnersAndTheirLeads) {
  const auto by_mate =
      Give("mate", "text: 'x' contact: 'people/mate/contacts/c'");
  const auto by_far = Give("far", "text: 'x' form: 'forms/call'");
  const auto to_top = Give("mate", "text: 'x' audience: AUDIENCE_LEADERSHIP");
  ASSERT_THAT(by_mate, IsOk());
  ASSERT_THAT(by_far, IsOk());
  ASSERT_THAT(to_top, IsOk());
  EXPECT_EQ(by_mate->owner(), "people/lead");
  EXPECT_EQ(by_far->owner(), "people/qa_lead");
  const auto get = [&](const v1::Feedback& feedback) {
    return Each([&](const Client& client, const std::string&) {
      v1::GetFeedbackRequest request;
      request.set_name(feedback.name());
      return client.Call(&Voice::GetFeedback, request).status();
    });
  };
  EXPECT_EQ(get(*by_mate),
            "agent - advocate - lead y qa_lead y admin y analyst -");
  EXPECT_EQ(get(*by_far),
            "agent - advocate - lead - qa_lead y admin y analyst -");
  EXPECT_EQ(get(*to_top),
            "agent - advocate - lead - qa_lead y admin y analyst -");
  EXPECT_EQ(Counts(&Voice::ListFeedback,
                   Text<v1::ListFeedbackRequest>("parent: 'people/-'"),
                   [](const auto& list) { return list.feedback_size(); }),
            "agent 0 advocate 0 lead 1 qa_lead 3 admin 3 analyst 0");
  EXPECT_EQ(
      Counts(&Voice::GetUnansweredFeedback, v1::GetUnansweredFeedbackRequest(),
             [](const auto& report) { return report.owners_size(); }),
      "agent 0 advocate 0 lead 1 qa_lead 2 admin 2 analyst 2");
  // Only its owner decides and marks.
  const auto decide = [&](const v1::Feedback& feedback) {
    return Each([&](const Client& client, const std::string&) {
      auto request = Text<v1::DecideFeedbackRequest>(
          "state: STATE_ACCEPTED words: 'Yes.'");
      request.set_name(feedback.name());
      return client.Call(&Voice::DecideFeedback, request).status();
    });
  };
  EXPECT_EQ(decide(*by_mate),
            "agent x advocate - lead y qa_lead x admin x analyst x");
  EXPECT_EQ(decide(*by_far),
            "agent x advocate - lead - qa_lead y admin x analyst x");
  const auto mark = [&](const Client& client, const std::string&) {
    v1::MarkFeedbackRequest request;
    request.set_name(by_far->name());
    request.set_for_revision(true);
    return client.Call(&Voice::MarkFeedback, request).status();
  };
  EXPECT_EQ(Each(mark),
            "agent x advocate - lead - qa_lead y admin x analyst x");
  const auto reassign = [&](const v1::Feedback& feedback,
                            const std::string& owner) {
    return Each([&](const Client& client, const std::string&) {
      auto request = Text<v1::ReassignFeedbackRequest>("reason: 'Yours.'");
      request.set_owner(owner);
      request.set_name(feedback.name());
      return client.Call(&Voice::ReassignFeedback, request).status();
    });
  };
  EXPECT_EQ(reassign(*by_mate, "people/lead"),
            "agent x advocate - lead y qa_lead y admin y analyst x");
  EXPECT_EQ(reassign(*to_top, "people/admin"),
            "agent x advocate - lead - qa_lead y admin y analyst x");
}

TEST_F(InboxServiceTest, GivingReachesAsFarAsTheCaller) {
  const auto give = [&](const std::string& about) {
    return Each([&](const Client& client, const std::string&) {
      return Give(client, absl::StrCat("text: 'x' ", about)).status();
    });
  };
  EXPECT_EQ(give("process: 'refunds'"),
            "agent y advocate y lead y qa_lead y admin y analyst y");
  EXPECT_EQ(give("contact: 'people/mate/contacts/c'"),
            "agent y advocate y lead y qa_lead y admin y analyst y");
  EXPECT_EQ(give("contact: 'people/far/contacts/c'"),
            "agent - advocate y lead - qa_lead y admin y analyst y");
  EXPECT_EQ(give("person: 'people/far' kind: KIND_STORY"),
            "agent - advocate y lead - qa_lead y admin y analyst y");
}

TEST_F(InboxServiceTest, RecoveryActionsAreTheirAgentsOwnersAndLeads) {
  const auto open = [&](const std::string& agent) {
    return Each([&](const Client& client, const std::string&) {
      v1::CreateRecoveryActionRequest request;
      request.set_parent("people/" + agent);
      v1::RecoveryAction& action = *request.mutable_recovery_action();
      action.set_contact(absl::StrCat("people/", agent, "/contacts/c"));
      action.set_kind(v1::RecoveryAction::KIND_CALL_BACK);
      action.set_note("Sorry.");
      return client.Call(&Voice::CreateRecoveryAction, request).status();
    });
  };
  EXPECT_EQ(open("agent"),
            "agent y advocate y lead y qa_lead y admin y analyst x");
  EXPECT_EQ(open("mate"),
            "agent - advocate y lead y qa_lead y admin y analyst x");
  EXPECT_EQ(open("far"),
            "agent - advocate y lead - qa_lead y admin y analyst x");
  // 5 of agent's, 4 of mate's, 3 of far's; three of them the advocate's own.
  EXPECT_EQ(
      Counts(&Voice::ListRecoveryActions,
             Text<v1::ListRecoveryActionsRequest>("parent: 'people/-'"),
             [](const auto& list) { return list.recovery_actions_size(); }),
      "agent 5 advocate 3 lead 9 qa_lead 12 admin 12 analyst 12");
  EXPECT_EQ(
      Counts(&Voice::GetRecoveryReport, v1::GetRecoveryReportRequest(),
             [](const auto& report) { return report.overall().opened(); }),
      "agent x advocate x lead 9 qa_lead 12 admin 12 analyst 12");
  const auto all =
      Admin().Call(&Voice::ListRecoveryActions,
                   Text<v1::ListRecoveryActionsRequest>(
                       "parent: 'people/far' owner: 'people/qa_lead'"));
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->recovery_actions_size(), 1);
  const std::string name = all->recovery_actions(0).name();
  const auto get = [&](const Client& client, const std::string&) {
    v1::GetRecoveryActionRequest request;
    request.set_name(name);
    return client.Call(&Voice::GetRecoveryAction, request).status();
  };
  EXPECT_EQ(Each(get), "agent - advocate - lead - qa_lead y admin y analyst y");
  const auto close = [&](const Client& client, const std::string&) {
    auto request = Text<v1::CloseRecoveryActionRequest>(
        "state: STATE_ABANDONED words: 'Gone.'");
    request.set_name(name);
    const absl::Status status =
        client.Call(&Voice::CloseRecoveryAction, request).status();
    return ReasonOf(status) == "NOT_OPEN" ? absl::OkStatus() : status;
  };
  EXPECT_EQ(Each(close),
            "agent - advocate - lead - qa_lead y admin y analyst x");
}

TEST_F(InboxServiceTest, HarmIsRaisedByAllAndSeenFromLeadsUp) {
  const auto raised = ClientOf("mate").Call(
      &Voice::RaiseHarmFlag,
      Text<v1::RaiseHarmFlagRequest>("practice: 'Hidden fee' text: 'x' "
                                     "contacts: 'people/mate/contacts/c'"));
  ASSERT_THAT(raised, IsOk());
  const auto get = [&](const Client& client, const std::string&) {
    v1::GetHarmFlagRequest request;
    request.set_name(raised->name());
    return client.Call(&Voice::GetHarmFlag, request).status();
  };
  EXPECT_EQ(Each(get), "agent - advocate - lead y qa_lead y admin y analyst -");
  const auto add = [&](const Client& client, const std::string&) {
    v1::AddHarmContactsRequest request;
    request.set_name(raised->name());
    request.add_contacts("people/far/contacts/c");
    const auto status = client.Call(&Voice::AddHarmContacts, request).status();
    // Out of a lead's reach; counted already once the qa_lead has added it.
    return absl::IsInvalidArgument(status)
               ? absl::PermissionDeniedError(
                     Violations::FromStatus(status).all()[0].reason)
               : status;
  };
  EXPECT_EQ(Each(add), "agent - advocate - lead x qa_lead y admin x analyst -");
  const auto contacts = [&] {
    v1::ListHarmContactsRequest request;
    request.set_name(raised->name());
    return Counts(&Voice::ListHarmContacts, request,
                  [](const auto& list) { return list.contacts_size(); });
  };
  EXPECT_EQ(contacts(),
            "agent - advocate - lead 1 qa_lead 2 admin 2 analyst -");
  // Whoever raises it too sees it.
  const auto join = [&](const Client& client, const std::string&) {
    return client
        .Call(&Voice::RaiseHarmFlag, Text<v1::RaiseHarmFlagRequest>(
                                         "practice: 'hidden FEE' text: 'x'"))
        .status();
  };
  EXPECT_EQ(Each(join),
            "agent y advocate y lead y qa_lead y admin y analyst y");
  EXPECT_EQ(Each(get), "agent y advocate y lead y qa_lead y admin y analyst y");
  EXPECT_EQ(Counts(&Voice::ListHarmFlags, v1::ListHarmFlagsRequest(),
                   [](const auto& list) { return list.harm_flags_size(); }),
            "agent 1 advocate 1 lead 1 qa_lead 1 admin 1 analyst 1");
  const auto answer = [&](const Client& client, const std::string&) {
    auto request = Text<v1::AnswerHarmFlagRequest>("changed: 'It is gone.'");
    request.set_name(raised->name());
    const absl::Status status =
        client.Call(&Voice::AnswerHarmFlag, request).status();
    return ReasonOf(status) == "ANSWERED" ? absl::OkStatus() : status;
  };
  EXPECT_EQ(Each(answer),
            "agent x advocate x lead y qa_lead y admin y analyst x");
}

TEST_F(InboxServiceTest, ThemesAreReadByAllAndSetByQaLeads) {
  const auto by_mate = Give("mate", "text: 'x'");
  const auto by_far = Give("far", "text: 'x' owner: 'people/advocate'");
  ASSERT_THAT(by_mate, IsOk());
  ASSERT_THAT(by_far, IsOk());
  EXPECT_EQ(Counts(&Voice::ListThemes, v1::ListThemesRequest(),
                   [](const auto& list) { return list.themes_size(); }),
            "agent 1 advocate 1 lead 1 qa_lead 1 admin 1 analyst 1");
  const auto tag = [&](const v1::Feedback& feedback) {
    return Each([&](const Client& client, const std::string&) {
      auto request = Text<v1::TagThemeRequest>("themes: 'themes/effort'");
      request.set_subject(feedback.name());
      return client.Call(&Voice::TagTheme, request).status();
    });
  };
  EXPECT_EQ(tag(*by_mate),
            "agent - advocate - lead y qa_lead y admin y analyst x");
  EXPECT_EQ(tag(*by_far),
            "agent - advocate y lead - qa_lead y admin y analyst x");
  EXPECT_EQ(Counts(&Voice::ListThemeTags, v1::ListThemeTagsRequest(),
                   [](const auto& list) { return list.tags_size(); }),
            "agent x advocate x lead x qa_lead 2 admin 2 analyst 2");
  EXPECT_EQ(Counts(&Voice::GetThemeReport, v1::GetThemeReportRequest(),
                   [](const auto& report) {
                     return report.themes_size() > 0 ? report.themes(0).count()
                                                     : 0;
                   }),
            "agent x advocate x lead 1 qa_lead 2 admin 2 analyst 2");
  const auto untag = [&](const Client& client, const std::string&) {
    auto request = Text<v1::UntagThemeRequest>("themes: 'themes/effort'");
    request.set_subject(by_far->name());
    return client.Call(&Voice::UntagTheme, request).status();
  };
  EXPECT_EQ(Each(untag),
            "agent - advocate y lead - qa_lead - admin - analyst x");
  const auto apply = [&](const Client& client, const std::string&) {
    return client
        .Call(&Voice::ApplyThemes,
              Text<v1::ApplyThemesRequest>(
                  "taxonomy { themes { name: 'themes/a' label: 'A' "
                  "kind: KIND_SUCCESS } }"))
        .status();
  };
  EXPECT_EQ(Each(apply),
            "agent x advocate x lead x qa_lead y admin y analyst x");
}

TEST_F(InboxServiceTest, ARetryGetsTheFirstAnswerAlsoAfterARestart) {
  const auto first = Give(clients_.at("agent"), "text: 'Tea.'", "once");
  ASSERT_THAT(first, IsOk());
  Destroy();
  Start();
  const Client agent(Channel(), clients_.at("agent").token());
  const auto again = Give(agent, "text: 'Tea.'", "once");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), first->DebugString());
  EXPECT_THAT(Give(agent, "text: 'Coffee.'", "once"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const auto list =
      agent.Call(&Voice::ListFeedback,
                 Text<v1::ListFeedbackRequest>("parent: 'people/-'"));
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->feedback_size(), 1);
}

TEST_F(InboxServiceTest, TheLogTellsNobodysWords) {
  std::ostringstream log;
  const auto previous = spdlog::default_logger();
  const auto logger = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  logger->set_level(spdlog::level::trace);
  spdlog::set_default_logger(logger);
  const Client& agent = clients_.at("agent");
  EXPECT_THAT(Give(agent, "text: 'Zebrafinch'"), IsOk());
  EXPECT_THAT(Give(agent, "text: 'Zebrafinch' form: 'forms/none'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Give(agent, "text: 'Zebrafinch\\001' process: 'Zebrafinch\\002'"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(agent.Call(&Voice::RaiseHarmFlag,
                         Text<v1::RaiseHarmFlagRequest>(
                             "practice: 'Zebrafinch' text: 'Zebrafinch'")),
              IsOk());
  spdlog::set_default_logger(previous);
  EXPECT_EQ(log.str().find("Zebrafinch"), std::string::npos) << log.str();
  EXPECT_NE(log.str().find("InboxService/CreateFeedback"), std::string::npos);
}

TEST_F(InboxServiceTest, IdeasGoToWhomTheConfigurationNames) {
  Destroy();
  config().set_feedback_owner("people/advocate");
  Start();
  const auto given = Give("mate", "text: 'A quiet room.'");
  ASSERT_THAT(given, IsOk());
  EXPECT_EQ(given->owner(), "people/advocate");
}

}  // namespace
}  // namespace attune
