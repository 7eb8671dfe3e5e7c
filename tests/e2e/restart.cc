// The server is stopped and started on the same store, in the middle of it all:
// a cycle is open, drafts and calls wait.

#include <map>

#include "absl/strings/str_cat.h"
#include "tests/e2e/chapters.h"
#include "tests/e2e/queue.h"
#include "tests/e2e/team_figures.h"

namespace attune::half_year {
namespace {

// Every page of a list, as text.
template <typename Stub, typename Request, typename Response>
std::string All(Center& center, const std::string& person,
                grpc::Status (Stub::*method)(grpc::ClientContext*,
                                             const Request&, Response*),
                const std::string& text) {
  auto request = Text<Request>(text);
  request.set_page_size(200);
  std::string all;
  do {
    const Response page = center.Do(person, method, request);
    request.set_page_token(page.next_page_token());
    absl::StrAppend(&all, page.DebugString());
  } while (!request.page_token().empty() && !testing::Test::HasFailure());
  return all;
}

// By what it is.
std::map<std::string, std::string> Everything(Center& center) {
  using Evaluations = v1::EvaluationService::Stub;
  using SelfChecks = v1::SelfCheckService::Stub;
  using Reports = v1::ReportService::Stub;
  std::map<std::string, std::string> all;
  all["evaluations"] =
      All(center, "quinn", &Evaluations::ListEvaluations, "parent: 'people/-'");
  all["a draft"] = All(center, "a02", &Evaluations::ListEvaluations,
                       "parent: 'people/a02' state: STATE_DRAFT");
  all["assignments"] = All(center, "quinn", &Evaluations::ListAssignments, "");
  all["contests"] = All(center, "quinn", &Evaluations::ListContests,
                        "parent: 'people/-/evaluations/-'");
  all["draws"] = All(center, "quinn", &Evaluations::ListDraws,
                     "parent: 'samplingPlans/monthly'");
  all["revisions"] =
      All(center, "a01", &v1::FormService::Stub::ListFormRevisions,
          "parent: 'forms/call'");
  all["cycles"] = All(center, "quinn", &SelfChecks::ListSelfCheckCycles, "");
  all["self-checks"] =
      All(center, "quinn", &SelfChecks::ListSelfChecks, "parent: 'people/-'");
  all["feedback"] =
      All(center, "quinn", &SelfChecks::ListFormFeedback, "parent: 'people/-'");
  all["calibrations"] =
      All(center, "quinn", &v1::CalibrationService::Stub::ListCalibrations, "");
  all["people"] = All(center, "", &v1::DirectoryService::Stub::ListPeople, "");
  all["tokens"] = All(center, "", &v1::AdminService::Stub::ListTokens, "");
  all["health"] =
      center.Do("quinn", &Reports::GetFormHealth, "name: 'forms/call'")
          .DebugString();
  all["severity"] =
      center
          .Do("quinn", &v1::CalibrationService::Stub::GetRaterSeverity,
              "form: 'forms/call'")
          .DebugString();
  return all;
}

}  // namespace

void Restart(Center& center) {
  center.At("2026-04-17", 9);
  const std::map<std::string, std::string> before = Everything(center);
  ExpectVerified(center);
  center.RestartServer();
  ExpectVerified(center);
  for (const auto& [what, text] : Everything(center)) {
    EXPECT_FALSE(text.empty()) << what;
    EXPECT_TRUE(text == before.at(what)) << what;
  }
  EXPECT_EQ(Waiting(center, "").size(), 4u);  // of the early two
  ExpectTeamFigures(center);
}

}  // namespace attune::half_year
