// attune admin: proofs about the installation; moving its store.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/store_commands.h"

namespace attune {
namespace {

using Difference = v1::VerifyResponse::Difference;

const std::vector<Column<Difference>>& DifferenceColumns() {
  static const auto& columns = *new std::vector<Column<Difference>>{
      {"subject", Align::kLeft,
       [](const Difference& difference) { return difference.subject(); }},
      {"figure", Align::kLeft,
       [](const Difference& difference) { return difference.figure(); }},
      {"expected", Align::kRight,
       [](const Difference& difference) { return difference.expected(); }},
      {"stored", Align::kRight,
       [](const Difference& difference) { return difference.stored(); }},
  };
  return columns;
}

absl::Status PrintDifferences(Session& session,
                              const v1::VerifyResponse& found) {
  ListPrinter<Difference> printer(session.terminal, session.output,
                                  DifferenceColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const Difference& difference : found.differences()) {
    printer.Add(difference);
  }
  printer.End();
  return absl::OkStatus();
}

absl::Status Verify(Session& session) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::VerifyResponse found,
      client->Call(&v1::AdminService::Stub::Verify, v1::VerifyRequest()));
  if (found.differences_size() > 0) session.exit_code = kExitFound;
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(found, true) << '\n';
    return absl::OkStatus();
  }
  if (!session.is_table()) return PrintDifferences(session, found);
  session.terminal.out << absl::StrCat(
      "Read ", found.evaluations(), " evaluations and ",
      found.survey_responses(), " survey responses, compared ",
      found.rollups() + found.survey_rollups(), " rollups: ",
      found.differences_size() == 0
          ? "everything agrees."
          : absl::StrCat(found.differences_size(), " differences."),
      "\n");
  return found.differences_size() == 0 ? absl::OkStatus()
                                       : PrintDifferences(session, found);
}

}  // namespace

void AddAdminCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "admin", "The installation as a whole.");
  CLI::App& verify = AddCommand(
      group, "verify",
      "Recompute every rollup from what it counts and name any difference; "
      "exits with 8 if there is one.",
      "attune admin verify");
  OnRun(verify, session, [&session] { return Verify(session); });
  AddStoreCommands(group, session);
}

}  // namespace attune
