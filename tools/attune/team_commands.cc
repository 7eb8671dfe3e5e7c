// attune teams: people who are led together.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "attune/v1/directory_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/files.h"
#include "tools/attune/people_import.h"
#include "tools/attune/progress.h"

namespace attune {
namespace {

using TeamRow = ImportRow<v1::CreateTeamRequest>;

const std::vector<Column<v1::Team>>& TeamColumns() {
  static const auto& columns = *new std::vector<Column<v1::Team>>{
      {"team_id", Align::kLeft,
       [](const v1::Team& team) { return LastPart(team.name()); }},
      {"display_name", Align::kLeft,
       [](const v1::Team& team) { return team.display_name(); }},
  };
  return columns;
}

absl::Status List(Session& session, int limit) {
  return ListAll<v1::Team>(session, TeamColumns(), v1::ListTeamsRequest(),
                           limit, &v1::DirectoryService::Stub::ListTeams,
                           &v1::ListTeamsResponse::teams);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetTeamRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), TeamArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Team team,
                   client->Call(&v1::DirectoryService::Stub::GetTeam, request));
  return PrintOne(session.terminal, session.output, TeamColumns(), team);
}

absl::Status Create(Session& session, const std::string& id,
                    const std::string& display_name) {
  v1::CreateTeamRequest request;
  ASSIGN_OR_RETURN(std::string name, TeamArgument(id));
  request.set_team_id(LastPart(name));
  request.mutable_team()->set_display_name(display_name);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::Team team,
      client->Call(&v1::DirectoryService::Stub::CreateTeam, request));
  return PrintOne(session.terminal, session.output, TeamColumns(), team);
}

absl::StatusOr<std::map<std::string, v1::Team>> ReadTeams(RpcClient& client) {
  std::map<std::string, v1::Team> teams;
  v1::ListTeamsRequest request;
  request.set_page_size(1000);
  RETURN_IF_ERROR(ForEachPage(client, &v1::DirectoryService::Stub::ListTeams,
                              request, [&](const v1::ListTeamsResponse& page) {
                                for (const v1::Team& team : page.teams())
                                  teams[team.name()] = team;
                                return true;
                              }));
  return teams;
}

// Leaves what is there already out of `rows`.
void SetAsideStored(const std::map<std::string, v1::Team>& stored,
                    std::vector<TeamRow>& rows, ImportSummary& summary) {
  std::vector<TeamRow> fresh;
  for (TeamRow& row : rows) {
    const std::string& id = row.request.team_id();
    const auto found = stored.find(TeamName(id));
    const std::string& wanted = row.request.team().display_name();
    if (found == stored.end()) {
      fresh.push_back(std::move(row));
    } else if (found->second.display_name() == (wanted.empty() ? id : wanted)) {
      ++summary.unchanged;
    } else {
      summary.bad.push_back({row.origin, "team_id", id, "ALREADY_EXISTS",
                             "This team is there already, with another "
                             "display name."});
    }
  }
  rows = std::move(fresh);
}

BatchOutcome CreateAll(Session& session, RpcClient& client,
                       const std::vector<TeamRow>& rows, bool skip_bad) {
  std::vector<ReadyRow> ready;
  for (const TeamRow& row : rows) {
    ready.push_back({row.origin, TeamName(row.request.team_id()),
                     row.request.ByteSizeLong()});
  }
  Progress progress(session, "teams", static_cast<int64_t>(ready.size()));
  return SendBatches(
      ready, skip_bad,
      [&](const std::vector<size_t>& batch) {
        v1::BatchCreateTeamsRequest request;
        request.set_request_id(NewRequestId());
        for (const size_t i : batch) *request.add_requests() = rows[i].request;
        return client
            .Call(&v1::DirectoryService::Stub::BatchCreateTeams, request)
            .status();
      },
      [&](int done) { progress.Update(done); });
}

struct TeamImportOptions : ImportOptions {
  std::string file;
};

absl::Status Import(Session& session, const TeamImportOptions& options) {
  ASSIGN_OR_RETURN(std::string text,
                   ReadFileOr(options.file, session.terminal.in));
  ImportSummary summary{"teams", "team"};
  ASSIGN_OR_RETURN(std::vector<TeamRow> rows,
                   ParseTeams(options.file, text, summary.bad));
  if (!summary.bad.empty() && !options.skip_bad) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(auto stored, ReadTeams(*client));
  SetAsideStored(stored, rows, summary);
  absl::Status status;
  if (options.dry_run) {
    summary.created = static_cast<int>(rows.size());
  } else if (summary.bad.empty() || options.skip_bad) {
    BatchOutcome outcome = CreateAll(session, *client, rows, options.skip_bad);
    summary.created = outcome.stored;
    summary.bad.insert(summary.bad.end(), outcome.bad.begin(),
                       outcome.bad.end());
    status = outcome.status;
  }
  return FinishImport(session, options, summary, status);
}

}  // namespace

void AddTeamCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "teams", "People who are led together.");

  CLI::App& import = AddCommand(
      group, "import",
      "Create teams from a CSV file with the columns team_id,display_name.",
      "attune teams import teams.csv\n"
      "attune teams import teams.csv --dry-run");
  auto import_options = std::make_shared<TeamImportOptions>();
  AddOption(import, "file", import_options->file, "CSV file; - is stdin.")
      .Required();
  AddImportFlags(import, *import_options);
  OnRun(import, session, [&session, import_options] {
    return Import(session, *import_options);
  });

  CLI::App& list =
      AddCommand(group, "list", "List teams, by id.", "attune teams list");
  auto limit = std::make_shared<int>(0);
  AddLimit(list, *limit);
  OnRun(list, session, [&session, limit] { return List(session, *limit); });

  CLI::App& show = AddCommand(group, "show", "Show one team.",
                              "attune teams show harper-valley");
  auto team = std::make_shared<std::string>();
  AddOption(show, "team", *team, "Id, such as harper-valley.").Required();
  OnRun(show, session, [&session, team] { return Show(session, *team); });

  CLI::App& create =
      AddCommand(group, "create", "Create a team.",
                 "attune teams create harper-valley --name 'Harper Valley'");
  auto id = std::make_shared<std::string>();
  auto display_name = std::make_shared<std::string>();
  AddOption(create, "team", *id, "Its id.").Required();
  AddOption(create, "--name", *display_name, "What people see.");
  OnRun(create, session, [&session, id, display_name] {
    return Create(session, *id, *display_name);
  });
}

}  // namespace attune
