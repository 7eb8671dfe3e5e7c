// attune forms backtest: what a form would have made of past evaluations.

#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/backtest_view.h"
#include "tools/attune/command.h"
#include "tools/attune/files.h"
#include "tools/attune/form_commands.h"
#include "tools/attune/form_files.h"
#include "tools/attune/progress.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

struct Options {
  std::string form;
  std::string against;
  std::string since;
  std::string until;
  std::string team;
};

const std::vector<Column<v1::Backtest::Agent>>& Columns() {
  using Agent = v1::Backtest::Agent;
  static const auto& columns = *new std::vector<Column<Agent>>{
      {"person_id", Align::kLeft,
       [](const Agent& agent) { return LastPart(agent.person()); }},
      {"n", Align::kRight,
       [](const Agent& agent) { return absl::StrCat(agent.n()); }},
      {"before_percent", Align::kRight,
       [](const Agent& agent) {
         return absl::StrFormat("%.2f", agent.before_percent());
       }},
      {"after_percent", Align::kRight,
       [](const Agent& agent) {
         return absl::StrFormat("%.2f", agent.after_percent());
       }},
      {"change", Align::kRight,
       [](const Agent& agent) {
         return absl::StrFormat("%.2f", agent.change());
       }},
      {"rank_before", Align::kRight,
       [](const Agent& agent) { return absl::StrCat(agent.rank_before()); }},
      {"rank_after", Align::kRight,
       [](const Agent& agent) { return absl::StrCat(agent.rank_after()); }},
  };
  return columns;
}

absl::StatusOr<v1::Backtest> Follow(Session& session, RpcClient& client,
                                    const v1::BacktestFormRequest& request) {
  grpc::ClientContext context;
  client.Prepare(context);
  const auto stream =
      client.Stub<v1::FormService>().BacktestForm(&context, request);
  std::optional<Progress> progress;
  std::optional<v1::Backtest> result;
  v1::BacktestFormResponse message;
  while (stream->Read(&message)) {
    if (message.has_result()) {
      result = std::move(*message.mutable_result());
    } else if (!progress) {
      progress.emplace(session, "evaluations", message.progress().total());
    }
    if (message.has_progress()) progress->Update(message.progress().done());
  }
  progress.reset();
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return client.ToStatus(status);
  if (!result) {
    return absl::DataLossError("The stream ended without a result.");
  }
  return *std::move(result);
}

absl::Status Backtest(Session& session, const Options& options) {
  v1::BacktestFormRequest request;
  ASSIGN_OR_RETURN(*request.mutable_against(), FormArgument(options.against));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  std::optional<FormFile> file;
  if (IsFile(options.form)) {
    ASSIGN_OR_RETURN(file, ReadFormFile(options.form, session.terminal.in));
    *request.mutable_form() = file->text.form();
  } else {
    ASSIGN_OR_RETURN(*request.mutable_name(),
                     FormOrRevisionArgument(options.form));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  const absl::StatusOr<v1::Backtest> backtest =
      Follow(session, *client, request);
  if (!backtest.ok()) {
    return file ? AtPlaces(*file, backtest.status()) : backtest.status();
  }
  return PrintReport(session, *backtest, backtest->agents(), Columns(),
                     &BacktestText);
}

}  // namespace

void AddFormBacktest(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "backtest",
      "Score past evaluations under a form, to see before publishing it what "
      "it would change.",
      "attune forms backtest call.textproto --against call\n"
      "attune forms backtest call --against call --since 2026-01-01\n"
      "attune forms backtest call@2 --against call --team red -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "form", options->form,
            "A file, ID for the draft, or ID@REVISION; - is stdin.")
      .Required()
      .TypeName("FILE");
  AddOption(command, "--against", options->against,
            "The form whose evaluations are scored again.")
      .Required();
  AddOption(command, "--since", options->since, "First day of contacts, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day of contacts, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only agents of this team.");
  OnRun(command, session,
        [&session, options] { return Backtest(session, *options); });
}

}  // namespace attune
