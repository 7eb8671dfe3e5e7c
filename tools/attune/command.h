// How commands are put into the command table, the CLI::App tree from which
// parsing, help, completions and manual pages all come.

#ifndef ATTUNE_TOOLS_ATTUNE_COMMAND_H_
#define ATTUNE_TOOLS_ATTUNE_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/attune/import_rows.h"
#include "tools/attune/option.h"
#include "tools/attune/session.h"

namespace attune {

// A noun that holds commands, such as `people`.
CLI::App& AddGroup(CLI::App& root, const std::string& name,
                   const std::string& summary);

// A command.  `summary` is one sentence; `examples` are command lines, the
// simplest first, one a line.
CLI::App& AddCommand(CLI::App& group, const std::string& name,
                     const std::string& summary, const std::string& examples);

// Runs `action` once the whole command line has been read.  What it captures
// by reference must outlive the App.
void OnRun(CLI::App& command, Session& session,
           std::function<absl::Status()> action);

// --token-file, --tls-ca and --timeout.
void AddConnectionOptions(CLI::App& root, ConnectionOptions& options);

// --skip-bad and --dry-run.
void AddImportFlags(CLI::App& command, ImportOptions& options);
// --limit, 0 for everything.
void AddLimit(CLI::App& command, int& limit);

// Pages through a List method and prints every item, or the first `limit`.
template <typename Item, typename ServiceStub, typename Request,
          typename Response>
absl::Status ListAll(
    Session& session, const std::vector<Column<Item>>& columns, Request request,
    int limit,
    grpc::Status (ServiceStub::*method)(grpc::ClientContext*, const Request&,
                                        Response*),
    const google::protobuf::RepeatedPtrField<Item>& (Response::*items)()
        const) {
  constexpr int kPage = 1000;
  ListPrinter<Item> printer(session.terminal, session.output, columns);
  absl::StatusOr<RpcClient*> client = session.Connect();
  if (!client.ok()) return client.status();
  if (absl::Status status = printer.Begin(); !status.ok()) return status;
  int printed = 0;
  request.set_page_size(limit > 0 && limit < kPage ? limit : kPage);
  absl::Status status =
      ForEachPage(**client, method, request, [&](const Response& page) {
        for (const Item& item : (page.*items)()) {
          if (limit > 0 && printed == limit) return false;
          printer.Add(item);
          ++printed;
        }
        return limit == 0 || printed < limit;
      });
  if (status.ok()) printer.End();
  return status;
}

// One file each, by noun.
void AddPeopleCommands(CLI::App& root, Session& session);
void AddTeamCommands(CLI::App& root, Session& session);
void AddCallCommands(CLI::App& root, Session& session);
void AddFormCommands(CLI::App& root, Session& session);
void AddScoreCommand(CLI::App& root, Session& session);
void AddEvaluationCommands(CLI::App& root, Session& session);
void AddContestCommands(CLI::App& root, Session& session);
void AddCalibrationCommands(CLI::App& root, Session& session);
void AddQueueCommands(CLI::App& root, Session& session);
void AddPlanCommands(CLI::App& root, Session& session);
void AddReportCommands(CLI::App& root, Session& session);
void AddStatsCommands(CLI::App& root, Session& session);
void AddSelfCheckCommands(CLI::App& root, Session& session);
void AddSurveyCommands(CLI::App& root, Session& session);
void AddNpsCommand(CLI::App& root, Session& session);
void AddChangeNoteCommands(CLI::App& root, Session& session);
void AddPropCommands(CLI::App& root, Session& session);
void AddGreatCallCommands(CLI::App& root, Session& session);
void AddRelationshipValueCommands(CLI::App& root, Session& session);
void AddCancellationCommands(CLI::App& root, Session& session);
void AddFeedbackCommands(CLI::App& root, Session& session);
void AddRecoveryCommands(CLI::App& root, Session& session);
void AddHarmCommands(CLI::App& root, Session& session);
void AddThemeCommands(CLI::App& root, Session& session);
void AddStoryCommands(CLI::App& root, Session& session);
void AddFloorCommands(CLI::App& root, Session& session);
void AddTokenCommands(CLI::App& root, Session& session);
void AddAdminCommands(CLI::App& root, Session& session);
// completions, man and help, which tell of all the others.
void AddManualCommands(CLI::App& root, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_COMMAND_H_
