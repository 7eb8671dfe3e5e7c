// attune people: who works here.

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/files.h"
#include "tools/attune/people_import.h"
#include "tools/attune/progress.h"

namespace attune {
namespace {

using PersonRow = ImportRow<v1::CreatePersonRequest>;

// Keys and order of the import file: what is listed as CSV can be imported.
const std::vector<Column<v1::Person>>& PersonColumns() {
  static const auto& columns = *new std::vector<Column<v1::Person>>{
      {"person_id", Align::kLeft,
       [](const v1::Person& person) { return LastPart(person.name()); }},
      {"display_name", Align::kLeft,
       [](const v1::Person& person) { return person.display_name(); }},
      {"roles", Align::kLeft,
       [](const v1::Person& person) {
         return absl::StrJoin(person.roles(), "|",
                              [](std::string* out, int role) {
                                *out += RoleWord(static_cast<v1::Role>(role));
                              });
       }},
      {"team_id", Align::kLeft,
       [](const v1::Person& person) { return LastPart(person.team()); }},
      {"hire_date", Align::kLeft,
       [](const v1::Person& person) { return person.hire_date(); }},
  };
  return columns;
}

struct ListOptions {
  std::string team;
  std::string role;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListPeopleRequest request;
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.role.empty()) request.set_role(*ParseRole(options.role));
  return ListAll<v1::Person>(session, PersonColumns(), request, options.limit,
                             &v1::DirectoryService::Stub::ListPeople,
                             &v1::ListPeopleResponse::people);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetPersonRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), PersonArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::Person person,
      client->Call(&v1::DirectoryService::Stub::GetPerson, request));
  return PrintOne(session.terminal, session.output, PersonColumns(), person);
}

// What the server has already.
struct Directory {
  std::map<std::string, v1::Person> people;  // by name
  std::set<std::string> teams;               // names
};

absl::StatusOr<Directory> ReadDirectory(RpcClient& client) {
  Directory directory;
  v1::ListPeopleRequest people;
  people.set_page_size(1000);
  RETURN_IF_ERROR(ForEachPage(client, &v1::DirectoryService::Stub::ListPeople,
                              people, [&](const v1::ListPeopleResponse& page) {
                                for (const v1::Person& person : page.people()) {
                                  directory.people[person.name()] = person;
                                }
                                return true;
                              }));
  v1::ListTeamsRequest teams;
  teams.set_page_size(1000);
  RETURN_IF_ERROR(ForEachPage(client, &v1::DirectoryService::Stub::ListTeams,
                              teams, [&](const v1::ListTeamsResponse& page) {
                                for (const v1::Team& team : page.teams()) {
                                  directory.teams.insert(team.name());
                                }
                                return true;
                              }));
  return directory;
}

bool SaysTheSame(const v1::Person& stored, const v1::CreatePersonRequest& row) {
  const v1::Person& person = row.person();
  std::set<int> stored_roles(stored.roles().begin(), stored.roles().end());
  std::set<int> roles(person.roles().begin(), person.roles().end());
  return stored.display_name() == (person.display_name().empty()
                                       ? row.person_id()
                                       : person.display_name()) &&
         stored_roles == roles && stored.team() == person.team() &&
         stored.hire_date() == person.hire_date();
}

struct PeopleImportOptions : ImportOptions {
  std::string file;
  bool no_create_teams = false;
};

// Rows that are not there yet, and the teams they need.
struct Plan {
  std::vector<PersonRow> people;
  std::set<std::string> teams;  // names
};

Plan MakePlan(const Directory& directory, std::vector<PersonRow> rows,
              const PeopleImportOptions& options, ImportSummary& summary) {
  Plan plan;
  for (PersonRow& row : rows) {
    const std::string& id = row.request.person_id();
    const auto stored = directory.people.find(PersonName(id));
    const std::string& team = row.request.person().team();
    if (stored != directory.people.end()) {
      if (SaysTheSame(stored->second, row.request)) {
        ++summary.unchanged;
      } else {
        summary.bad.push_back({row.origin, "person_id", id, "ALREADY_EXISTS",
                               "This person is there already, with other "
                               "content."});
      }
      continue;
    }
    if (!team.empty() && directory.teams.count(team) == 0) {
      if (options.no_create_teams) {
        summary.bad.push_back({row.origin, "team_id", LastPart(team),
                               "TEAM_NOT_FOUND", "There is no such team."});
        continue;
      }
      plan.teams.insert(team);
    }
    plan.people.push_back(std::move(row));
  }
  return plan;
}

absl::Status CreateTeams(RpcClient& client,
                         const std::set<std::string>& teams) {
  if (teams.empty()) return absl::OkStatus();
  v1::BatchCreateTeamsRequest batch;
  const auto send = [&] {
    batch.set_request_id(NewRequestId());
    const auto sent =
        client.Call(&v1::DirectoryService::Stub::BatchCreateTeams, batch);
    batch.Clear();
    return sent.status();
  };
  for (const std::string& team : teams) {
    batch.add_requests()->set_team_id(LastPart(team));
    batch.mutable_requests()->rbegin()->mutable_team();
    if (batch.requests_size() == 1000) RETURN_IF_ERROR(send());
  }
  return batch.requests_size() > 0 ? send() : absl::OkStatus();
}

BatchOutcome CreatePeople(Session& session, RpcClient& client,
                          const std::vector<PersonRow>& people, bool skip_bad) {
  std::vector<ReadyRow> ready;
  for (const PersonRow& row : people) {
    ready.push_back({row.origin, PersonName(row.request.person_id()),
                     row.request.ByteSizeLong()});
  }
  Progress progress(session, "people", static_cast<int64_t>(ready.size()));
  return SendBatches(
      ready, skip_bad,
      [&](const std::vector<size_t>& batch) {
        v1::BatchCreatePeopleRequest request;
        request.set_request_id(NewRequestId());
        for (const size_t i : batch)
          *request.add_requests() = people[i].request;
        return client
            .Call(&v1::DirectoryService::Stub::BatchCreatePeople, request)
            .status();
      },
      [&](int done) { progress.Update(done); });
}

absl::Status Import(Session& session, const PeopleImportOptions& options) {
  ASSIGN_OR_RETURN(std::string text,
                   ReadFileOr(options.file, session.terminal.in));
  ImportSummary summary{"people", "person"};
  ASSIGN_OR_RETURN(std::vector<PersonRow> rows,
                   ParsePeople(options.file, text, summary.bad));
  if (!summary.bad.empty() && !options.skip_bad) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(Directory directory, ReadDirectory(*client));
  const Plan plan = MakePlan(directory, std::move(rows), options, summary);
  absl::Status status;
  if (options.dry_run) {
    summary.created = static_cast<int>(plan.people.size());
  } else if (summary.bad.empty() || options.skip_bad) {
    RETURN_IF_ERROR(CreateTeams(*client, plan.teams));
    BatchOutcome outcome =
        CreatePeople(session, *client, plan.people, options.skip_bad);
    summary.created = outcome.stored;
    summary.bad.insert(summary.bad.end(), outcome.bad.begin(),
                       outcome.bad.end());
    status = outcome.status;
  }
  return FinishImport(session, options, summary, status);
}

}  // namespace

void AddPeopleCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "people", "Who works here.");

  CLI::App& import = AddCommand(
      group, "import",
      "Create people from a CSV file with the columns "
      "person_id,display_name,roles,team_id,hire_date; roles are separated "
      "by |.",
      "attune people import people.csv\n"
      "attune people import people.csv --dry-run");
  auto import_options = std::make_shared<PeopleImportOptions>();
  AddOption(import, "file", import_options->file, "CSV file; - is stdin.")
      .Required();
  AddImportFlags(import, *import_options);
  AddFlag(import, "--no-create-teams", import_options->no_create_teams,
          "Refuse rows whose team is not there, instead of making it.");
  OnRun(import, session, [&session, import_options] {
    return Import(session, *import_options);
  });

  CLI::App& list = AddCommand(group, "list", "List people, by id.",
                              "attune people list\n"
                              "attune people list --team harper-valley -o csv");
  auto list_options = std::make_shared<ListOptions>();
  AddOption(list, "--team", list_options->team, "Only people of this team.");
  AddOption(list, "--role", list_options->role, "Only people with this role.")
      .OneOf(RoleWords());
  AddLimit(list, list_options->limit);
  OnRun(list, session,
        [&session, list_options] { return List(session, *list_options); });

  CLI::App& show =
      AddCommand(group, "show", "Show one person.", "attune people show 28");
  auto person = std::make_shared<std::string>();
  AddOption(show, "person", *person, "Id, such as 28 or people/28.").Required();
  OnRun(show, session, [&session, person] { return Show(session, *person); });
}

}  // namespace attune
