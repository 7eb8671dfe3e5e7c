// attune plans: whose calls are drawn for scoring.

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/text_error.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/files.h"
#include "tools/attune/plan_view.h"

namespace attune {
namespace {

using Stub = v1::EvaluationService::Stub;

absl::StatusOr<v1::SamplingPlan> ReadPlan(Session& session,
                                          const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFileOr(path, session.terminal.in));
  v1::SamplingPlan plan;
  FirstTextError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  if (!parser.ParseFromString(text, &plan)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "PLAN_TEXT_INVALID",
                     absl::StrCat(path, ":", error.text()));
  }
  return plan;
}

absl::Status Create(Session& session, const std::string& file,
                    const std::string& id) {
  v1::CreateSamplingPlanRequest request;
  ASSIGN_OR_RETURN(const std::string name, SamplingPlanArgument(id));
  request.set_sampling_plan_id(LastPart(name));
  ASSIGN_OR_RETURN(*request.mutable_sampling_plan(), ReadPlan(session, file));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::SamplingPlan plan,
                   client->Call(&Stub::CreateSamplingPlan, request));
  return PrintOne(session.terminal, session.output, PlanColumns(), plan);
}

absl::Status Update(Session& session, const std::string& file,
                    const std::string& id) {
  v1::UpdateSamplingPlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_sampling_plan(), ReadPlan(session, file));
  ASSIGN_OR_RETURN(*request.mutable_sampling_plan()->mutable_name(),
                   SamplingPlanArgument(id));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::SamplingPlan plan,
                   client->Call(&Stub::UpdateSamplingPlan, request));
  return PrintOne(session.terminal, session.output, PlanColumns(), plan);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetSamplingPlanRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), SamplingPlanArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::SamplingPlan plan,
                   client->Call(&Stub::GetSamplingPlan, request));
  return PrintOne(session.terminal, session.output, PlanColumns(), plan);
}

absl::Status DrawPeriod(Session& session, const std::string& id,
                        const std::string& period, bool dry_run) {
  v1::DrawSampleRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), SamplingPlanArgument(id));
  request.set_period(period);
  request.set_validate_only(dry_run);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Draw draw, client->Call(&Stub::DrawSample, request));
  if (!draw.has_create_time()) session.Say("A preview; nothing was stored.");
  return PrintDraw(session, draw);
}

absl::Status ShowDraws(Session& session, const std::string& id,
                       const std::string& period, int limit) {
  ASSIGN_OR_RETURN(const std::string plan, SamplingPlanArgument(id));
  if (period.empty()) {
    v1::ListDrawsRequest request;
    request.set_parent(plan);
    return ListAll<v1::Draw>(session, DrawColumns(), request, limit,
                             &Stub::ListDraws, &v1::ListDrawsResponse::draws);
  }
  v1::GetDrawRequest request;
  request.set_name(absl::StrCat(plan, "/draws/", period));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Draw draw, client->Call(&Stub::GetDraw, request));
  return PrintDraw(session, draw);
}

// create and update: a file and an id.
void AddFileCommand(CLI::App& group, Session& session, const std::string& name,
                    const std::string& summary,
                    absl::Status (*action)(Session&, const std::string&,
                                           const std::string&)) {
  CLI::App& command =
      AddCommand(group, name, summary,
                 absl::StrCat("attune plans ", name,
                              " config/plans/weekly.textproto --id weekly"));
  auto file = std::make_shared<std::string>();
  auto id = std::make_shared<std::string>();
  AddOption(command, "file", *file, "Plan file; - is stdin.").Required();
  AddOption(command, "--id", *id, "Which plan.").Required();
  OnRun(command, session,
        [&session, action, file, id] { return action(session, *file, *id); });
}

void AddDraw(CLI::App& group, Session& session) {
  CLI::App& draw = AddCommand(
      group, "draw",
      "Draw a period and queue its calls; drawn again it is the same draw.",
      "attune plans draw weekly\n"
      "attune plans draw weekly --period 2026-W47 --dry-run");
  auto plan = std::make_shared<std::string>();
  auto period = std::make_shared<std::string>();
  auto dry_run = std::make_shared<bool>(false);
  AddOption(draw, "plan", *plan, "Id of the plan.").Required();
  AddOption(draw, "--period", *period,
            "2026-11-23, 2026-W47 or 2026-11; default the last one that "
            "is over.")
      .TypeName("PERIOD");
  AddFlag(draw, "--dry-run", *dry_run, "Show it; store nothing.");
  OnRun(draw, session, [&session, plan, period, dry_run] {
    return DrawPeriod(session, *plan, *period, *dry_run);
  });
}

void AddDraws(CLI::App& group, Session& session) {
  CLI::App& draws = AddCommand(
      group, "draws",
      "Show what was drawn and what has become of it, the latest first.",
      "attune plans draws weekly\n"
      "attune plans draws weekly --period 2026-W47\n"
      "attune plans draws weekly --period 2026-W47 -o csv");
  auto plan = std::make_shared<std::string>();
  auto period = std::make_shared<std::string>();
  auto limit = std::make_shared<int>(0);
  AddOption(draws, "plan", *plan, "Id of the plan.").Required();
  AddOption(draws, "--period", *period, "This one alone, with its agents.")
      .TypeName("PERIOD");
  AddLimit(draws, *limit);
  OnRun(draws, session, [&session, plan, period, limit] {
    return ShowDraws(session, *plan, *period, *limit);
  });
}

}  // namespace

void AddPlanCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "plans", "Whose calls are drawn for scoring.");
  AddFileCommand(group, session, "create",
                 "Create a sampling plan from a file.", &Create);
  AddFileCommand(group, session, "update",
                 "Replace a sampling plan by a file, for draws to come.",
                 &Update);

  CLI::App& list = AddCommand(group, "list", "List sampling plans, by id.",
                              "attune plans list");
  auto limit = std::make_shared<int>(0);
  AddLimit(list, *limit);
  OnRun(list, session, [&session, limit] {
    return ListAll<v1::SamplingPlan>(
        session, PlanColumns(), v1::ListSamplingPlansRequest(), *limit,
        &Stub::ListSamplingPlans,
        &v1::ListSamplingPlansResponse::sampling_plans);
  });

  CLI::App& show = AddCommand(group, "show", "Show one sampling plan.",
                              "attune plans show weekly\n"
                              "attune plans show weekly -o json");
  auto id = std::make_shared<std::string>();
  AddOption(show, "plan", *id, "Id of the plan.").Required();
  OnRun(show, session, [&session, id] { return Show(session, *id); });

  AddDraw(group, session);
  AddDraws(group, session);
}

}  // namespace attune
