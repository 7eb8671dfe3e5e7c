#include "service/policy.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.pb.h"
#include "attune/v1/calibration_service.pb.h"
#include "attune/v1/directory_service.pb.h"
#include "attune/v1/evaluation_service.pb.h"
#include "attune/v1/floor_service.pb.h"
#include "attune/v1/form_service.pb.h"
#include "attune/v1/inbox_service.pb.h"
#include "attune/v1/report_service.pb.h"
#include "attune/v1/self_check_service.pb.h"
#include "attune/v1/voice_service.pb.h"

namespace attune {
namespace {

using google::protobuf::FileDescriptor;

RoleSet Roles(std::initializer_list<v1::Role> roles) {
  RoleSet set;
  for (const v1::Role role : roles) set.Add(role);
  return set;
}

// "own rated team all", those that are granted.
std::string Describe(const Reach& reach) {
  std::string text;
  if (reach.own) absl::StrAppend(&text, "own ");
  if (reach.rated) absl::StrAppend(&text, "rated ");
  if (reach.team) absl::StrAppend(&text, "team ");
  if (reach.all) absl::StrAppend(&text, "all ");
  return text;
}

std::string ReachOf(const char* method, std::initializer_list<v1::Role> roles) {
  return Describe(ReachOf(FindGrants(method), Roles(roles)));
}

std::set<std::string> MethodsOfTheContract() {
  const FileDescriptor* files[] = {
      v1::CreateTokenRequest::descriptor()->file(),
      v1::CreateCalibrationRequest::descriptor()->file(),
      v1::CreatePersonRequest::descriptor()->file(),
      v1::CreateEvaluationRequest::descriptor()->file(),
      v1::CreateFormRequest::descriptor()->file(),
      v1::GetAgentScorecardRequest::descriptor()->file(),
      v1::GetSelfCheckRequest::descriptor()->file(),
      v1::GetPropRequest::descriptor()->file(),
      v1::GetFeedbackRequest::descriptor()->file(),
      v1::GetFloorHoursRequest::descriptor()->file()};
  std::set<std::string> methods;
  for (const FileDescriptor* file : files) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        methods.insert(absl::StrCat("/", service->full_name(), "/",
                                    service->method(m)->name()));
      }
    }
  }
  return methods;
}

TEST(PolicyTest, EveryMethodHasARowAndEveryRowAMethod) {
  const std::vector<std::string> rows = MethodsWithGrants();
  EXPECT_EQ(std::set<std::string>(rows.begin(), rows.end()),
            MethodsOfTheContract());
  EXPECT_EQ(MethodsOfTheContract().size(), 149u);
}

TEST(PolicyTest, WithoutARowNobodyMayCall) {
  EXPECT_EQ(FindGrants("/attune.v1.FormService/DropForm"), nullptr);
  EXPECT_EQ(FindGrants("GetForm"), nullptr);
  EXPECT_EQ(ReachOf("/attune.v1.FormService/DropForm", {v1::ROLE_ADMIN}), "");
}

TEST(PolicyTest, WithoutARoleNothingIsReached) {
  for (const std::string& method : MethodsWithGrants()) {
    EXPECT_EQ(ReachOf(method.c_str(), {}), "") << method;
  }
}

TEST(PolicyTest, WithoutATokenThereIsOnlyWhatCustomersDo) {
  std::set<std::string> open;
  for (const std::string& method : MethodsWithGrants()) {
    if (!FindGrants(method)->open) continue;
    open.insert(method);
    // No role has a way of its own into it.
    EXPECT_EQ(ReachOf(method.c_str(),
                      {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD,
                       v1::ROLE_QA_LEAD, v1::ROLE_ADMIN, v1::ROLE_ANALYST}),
              "")
        << method;
  }
  EXPECT_EQ(open,
            std::set<std::string>({"/attune.v1.VoiceService/GetPropInvite",
                                   "/attune.v1.VoiceService/SubmitProp",
                                   "/attune.v1.VoiceService/RevokeProp"}));
}

TEST(PolicyTest, RolesAddUp) {
  constexpr char kGet[] = "/attune.v1.EvaluationService/GetEvaluation";
  EXPECT_EQ(ReachOf(kGet, {v1::ROLE_AGENT}), "own ");
  EXPECT_EQ(ReachOf(kGet, {v1::ROLE_ADVOCATE}), "own rated ");
  EXPECT_EQ(ReachOf(kGet, {v1::ROLE_AGENT, v1::ROLE_LEAD}), "own rated team ");
  EXPECT_EQ(ReachOf(kGet, {v1::ROLE_AGENT, v1::ROLE_QA_LEAD}), "own all ");
}

TEST(PolicyTest, OnlyAdminsTouchTokens) {
  for (const std::string& method : MethodsWithGrants()) {
    if (method.find("/attune.v1.AdminService/") != 0) continue;
    EXPECT_EQ(ReachOf(method.c_str(), {v1::ROLE_ADMIN}), "all ") << method;
    EXPECT_EQ(ReachOf(method.c_str(),
                      {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD,
                       v1::ROLE_QA_LEAD, v1::ROLE_ANALYST}),
              "")
        << method;
  }
}

TEST(PolicyTest, AnalystsReadWhatIsCountedButNoTranscripts) {
  EXPECT_EQ(
      ReachOf("/attune.v1.DirectoryService/GetTranscript", {v1::ROLE_ANALYST}),
      "");
  EXPECT_EQ(
      ReachOf("/attune.v1.DirectoryService/GetContact", {v1::ROLE_ANALYST}),
      "all ");
}

TEST(PolicyTest, AgentsAndAnalystsHaveNothingOfPlansAndTheQueue) {
  int methods = 0;
  for (const std::string& method : MethodsWithGrants()) {
    if (method.find("Assignment") == std::string::npos &&
        method.find("SamplingPlan") == std::string::npos &&
        method.find("Draw") == std::string::npos) {
      continue;
    }
    ++methods;
    EXPECT_EQ(ReachOf(method.c_str(), {v1::ROLE_AGENT, v1::ROLE_ANALYST}), "")
        << method;
    EXPECT_EQ(ReachOf(method.c_str(), {v1::ROLE_QA_LEAD}), "all ") << method;
  }
  EXPECT_EQ(methods, 14);
  constexpr char kClaim[] = "/attune.v1.EvaluationService/ClaimAssignment";
  EXPECT_EQ(ReachOf(kClaim, {v1::ROLE_ADVOCATE}), "rated ");
  EXPECT_EQ(ReachOf(kClaim, {v1::ROLE_LEAD}), "rated team ");
}

TEST(PolicyTest, EverybodyGivesFeedbackAndRaisesHarm) {
  for (const v1::Role role :
       {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD, v1::ROLE_QA_LEAD,
        v1::ROLE_ADMIN, v1::ROLE_ANALYST}) {
    for (const char* method : {"CreateFeedback", "GetFeedback", "RaiseHarmFlag",
                               "GetHarmFlag", "ListThemes"}) {
      EXPECT_NE(
          ReachOf(absl::StrCat("/attune.v1.InboxService/", method).c_str(),
                  {role}),
          "")
          << method;
    }
  }
  // Agents and analysts answer nothing.
  for (const char* method :
       {"DecideFeedback", "ReassignFeedback", "MarkFeedback", "AnswerHarmFlag",
        "ApplyThemes", "ListThemeTags"}) {
    EXPECT_EQ(ReachOf(absl::StrCat("/attune.v1.InboxService/", method).c_str(),
                      {v1::ROLE_AGENT}),
              "")
        << method;
  }
}

TEST(PolicyTest, TimeOnTheFloorIsOnesOwnUnlessOneLeads) {
  constexpr char kLog[] = "/attune.v1.FloorService/CreateFloorSession";
  EXPECT_EQ(ReachOf(kLog, {v1::ROLE_ADVOCATE}), "own ");
  EXPECT_EQ(ReachOf(kLog, {v1::ROLE_LEAD}), "own team ");
  EXPECT_EQ(ReachOf(kLog, {v1::ROLE_QA_LEAD}), "all ");
  constexpr char kSet[] = "/attune.v1.FloorService/SetFloorQuota";
  EXPECT_EQ(ReachOf(kSet, {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_LEAD,
                           v1::ROLE_ANALYST}),
            "");
  constexpr char kImport[] = "/attune.v1.FloorService/BatchUpdateWorkDays";
  EXPECT_EQ(
      ReachOf(kImport, {v1::ROLE_AGENT, v1::ROLE_ADVOCATE, v1::ROLE_ANALYST}),
      "");
  constexpr char kLevel[] = "/attune.v1.FloorService/GetServiceLevel";
  EXPECT_EQ(ReachOf(kLevel, {v1::ROLE_AGENT}), "own ");
  EXPECT_EQ(ReachOf(kLevel, {v1::ROLE_ADVOCATE}), "");
}

TEST(PolicyTest, OnlyTheAgentAcknowledges) {
  constexpr char kMethod[] =
      "/attune.v1.EvaluationService/AcknowledgeEvaluation";
  EXPECT_EQ(ReachOf(kMethod, {v1::ROLE_AGENT}), "own ");
  EXPECT_EQ(ReachOf(kMethod, {v1::ROLE_ADMIN, v1::ROLE_QA_LEAD}), "");
}

}  // namespace
}  // namespace attune
