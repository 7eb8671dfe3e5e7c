// attune surveys import: responses from a file, looked at first, then stored.

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/progress.h"
#include "tools/attune/survey_commands.h"
#include "tools/attune/survey_import.h"

namespace attune {
namespace {

using Stub = v1::VoiceService::Stub;
using Response = v1::BatchCreateSurveyResponsesResponse;

constexpr size_t kMostIdBytes = 63;

struct SurveyImportOptions : ImportOptions {
  std::string file;
  std::string map;
  std::vector<std::string> blanks;
  std::string source;
  std::string agent;
  std::string team;
  std::string channel;
  std::string day;
  std::string unanswered;
  bool contact_per_row = false;
  bool preview = false;
};

absl::StatusOr<SurveyDefaults> DefaultsOf(const SurveyImportOptions& options) {
  SurveyDefaults defaults;
  defaults.source = options.source;
  defaults.contact_per_row = options.contact_per_row;
  if (!options.unanswered.empty()) {
    defaults.unanswered = ParseSurveyStatus(options.unanswered);
  }
  if (!options.contact_per_row &&
      !(options.team.empty() && options.channel.empty() &&
        options.day.empty())) {
    return UsageError(
        "--team, --channel and --day tell of contacts that are made; they go "
        "with --contact-per-row.");
  }
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(const std::string name, PersonArgument(options.agent));
    defaults.agent = LastPart(name);
  } else if (!options.team.empty()) {
    ASSIGN_OR_RETURN(const std::string team, TeamArgument(options.team));
    defaults.agent = absl::StrCat("unassigned-", LastPart(team));
    if (defaults.agent.size() > kMostIdBytes) {
      return UsageError(
          "The team's id is too long to name its unassigned "
          "responses; say whose they are with --agent.");
    }
  }
  if (!options.channel.empty()) {
    defaults.channel = *ParseChannel(options.channel);
  }
  if (options.day.empty()) {
    defaults.time = ToTimestamp(SystemClock()());
  } else {
    ASSIGN_OR_RETURN(defaults.time, TimeArgument(options.day));
  }
  return defaults;
}

// What was read, field by field.
absl::Status Preview(Session& session, const SurveyTable& table,
                     const SurveyMapping& mapping,
                     const std::vector<SurveyImportRow>& rows,
                     const std::vector<BadRow>& bad) {
  constexpr size_t kSamples = 3;
  RowPrinter printer(session.terminal, session.output,
                     {{"field", Align::kLeft},
                      {"column", Align::kLeft},
                      {"filled", Align::kRight},
                      {"blank", Align::kRight},
                      {"samples", Align::kLeft}});
  RETURN_IF_ERROR(printer.Begin());
  std::vector<std::string> unused = table.columns;
  for (const std::string& field : SurveyFields()) {
    const std::string& column = mapping.ColumnOf(field);
    const auto place = std::find(unused.begin(), unused.end(), column);
    if (place == unused.end()) continue;
    unused.erase(place);
    size_t filled = 0;
    std::vector<std::string> samples;
    for (const SurveyTable::Line& line : table.lines) {
      const auto cell = line.cells.find(field);
      if (cell == line.cells.end()) continue;
      ++filled;
      if (samples.size() < kSamples &&
          std::find(samples.begin(), samples.end(), cell->second) ==
              samples.end()) {
        samples.push_back(cell->second);
      }
    }
    const std::string blank = absl::StrCat(table.lines.size() - filled);
    printer.Add({field, column, absl::StrCat(filled), blank,
                 absl::StrJoin(samples, " | ")},
                [&] {
                  return nlohmann::ordered_json{
                      {"field", field},
                      {"column", column},
                      {"filled", filled},
                      {"blank", table.lines.size() - filled},
                      {"samples", samples}}
                      .dump();
                });
  }
  printer.End();
  session.Say(absl::StrCat(
      table.lines.size(), " rows, ", rows.size(),
      " of them good; nothing was sent.",
      unused.empty()
          ? ""
          : absl::StrCat("  Not used: ", absl::StrJoin(unused, ", "), ".")));
  return bad.empty() ? absl::OkStatus() : BadRowsError(bad, ".");
}

// Whether the person is there to whom a team's responses belong that name no
// agent.  NOT_FOUND for the team.
absl::StatusOr<bool> HasUnassigned(RpcClient& client,
                                   const SurveyImportOptions& options,
                                   const SurveyDefaults& defaults) {
  v1::GetTeamRequest team;
  ASSIGN_OR_RETURN(*team.mutable_name(), TeamArgument(options.team));
  RETURN_IF_ERROR(
      client.Call(&v1::DirectoryService::Stub::GetTeam, team).status());
  v1::GetPersonRequest get;
  get.set_name(PersonName(defaults.agent));
  const auto there = client.Call(&v1::DirectoryService::Stub::GetPerson, get);
  if (there.ok()) return true;
  if (ExitCodeOf(there.status()) != kExitNotFound) return there.status();
  return false;
}

absl::Status CreateUnassigned(RpcClient& client,
                              const SurveyImportOptions& options,
                              const SurveyDefaults& defaults) {
  v1::CreatePersonRequest create;
  create.set_person_id(defaults.agent);
  v1::Person& person = *create.mutable_person();
  ASSIGN_OR_RETURN(*person.mutable_team(), TeamArgument(options.team));
  person.set_display_name(
      absl::StrCat("Unassigned (", LastPart(person.team()), ")"));
  // Not an agent: nobody whose calls are drawn, or who owes a self-check.
  person.add_roles(v1::ROLE_ANALYST);
  create.set_request_id(NewRequestId());
  return client.Call(&v1::DirectoryService::Stub::CreatePerson, create)
      .status();
}

// Rows in batches, to be looked at or to be stored.
class Importer {
 public:
  Importer(Session& session, RpcClient& client,
           const std::vector<SurveyImportRow>& rows,
           const SurveyMapping& mapping)
      : session_(session), client_(client), rows_(rows), mapping_(mapping) {
    for (const SurveyImportRow& row : rows) {
      ready_.push_back({row.origin, row.request.survey_response().contact(),
                        row.request.ByteSizeLong()});
    }
  }

  // What would become of each row; what is wrong goes to `bad`.
  absl::StatusOr<std::vector<Response::Outcome>> Look(
      std::vector<BadRow>& bad) {
    std::vector<Response::Outcome> outcomes(rows_.size(),
                                            Response::OUTCOME_UNSPECIFIED);
    const BatchOutcome outcome =
        Send(ready_, "looking at responses", true, false,
             [&](const std::vector<size_t>& batch, const Response& response) {
               for (int i = 0; i < response.results_size(); ++i) {
                 outcomes[batch[static_cast<size_t>(i)]] =
                     response.results(i).outcome();
               }
               for (const auto& failure : response.failures()) {
                 const size_t row = batch[static_cast<size_t>(failure.index())];
                 bad.push_back({rows_[row].origin, ColumnOf(failure.field()),
                                "", failure.reason(), failure.description()});
               }
             });
    RETURN_IF_ERROR(outcome.status);
    bad.insert(bad.end(), outcome.bad.begin(), outcome.bad.end());
    return outcomes;
  }

  BatchOutcome Store(const std::vector<Response::Outcome>& outcomes,
                     bool skip_bad) {
    std::vector<ReadyRow> fresh;
    places_.clear();
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (outcomes[i] != Response::OUTCOME_CREATED &&
          outcomes[i] != Response::OUTCOME_UPDATED) {
        continue;
      }
      places_.push_back(i);
      fresh.push_back(ready_[i]);
    }
    return Send(fresh, "survey responses", false, skip_bad,
                [](const std::vector<size_t>&, const Response&) {});
  }

 private:
  // A path of the request as the column that it came from.
  std::string ColumnOf(const std::string& path) const {
    const std::string field = LastField(path);
    if (path == "survey_response.contact" &&
        rows_.front().request.has_new_contact()) {
      return "";
    }
    return mapping_.ColumnOf(field);
  }
  static std::string LastField(const std::string& path) {
    const size_t dot = path.rfind('.');
    return dot == std::string::npos ? path : path.substr(dot + 1);
  }

  // No request_id: the source ids make a retry harmless.
  template <typename OnAnswer>
  BatchOutcome Send(const std::vector<ReadyRow>& ready, const char* label,
                    bool validate_only, bool skip_bad, OnAnswer on_answer) {
    Progress progress(session_, label, static_cast<int64_t>(ready.size()));
    return SendBatches(
        ready, skip_bad,
        [&](const std::vector<size_t>& batch) -> absl::Status {
          v1::BatchCreateSurveyResponsesRequest request;
          request.set_validate_only(validate_only);
          std::vector<size_t> places;
          for (const size_t i : batch) {
            places.push_back(places_.empty() ? i : places_[i]);
            *request.add_requests() = rows_[places.back()].request;
          }
          ASSIGN_OR_RETURN(
              const Response response,
              client_.Call(&Stub::BatchCreateSurveyResponses, request));
          on_answer(places, response);
          return absl::OkStatus();
        },
        [&](int done) { progress.Update(done); });
  }

  Session& session_;
  RpcClient& client_;
  const std::vector<SurveyImportRow>& rows_;
  const SurveyMapping& mapping_;
  std::vector<ReadyRow> ready_;
  std::vector<size_t> places_;  // of those that are stored, in `rows_`
};

int CountOf(const std::vector<Response::Outcome>& outcomes,
            Response::Outcome which) {
  return static_cast<int>(std::count(outcomes.begin(), outcomes.end(), which));
}

absl::Status Finish(Session& session, const SurveyImportOptions& options,
                    ImportSummary& summary, const absl::Status& status) {
  std::stable_sort(summary.bad.begin(), summary.bad.end(),
                   [](const BadRow& a, const BadRow& b) {
                     return a.origin.line < b.origin.line;
                   });
  return FinishImport(session, options, summary, status);
}

absl::Status Import(Session& session, const SurveyImportOptions& options) {
  ASSIGN_OR_RETURN(const SurveyMapping mapping,
                   ParseSurveyMapping(options.map, options.blanks));
  ASSIGN_OR_RETURN(const SurveyDefaults defaults, DefaultsOf(options));
  ImportSummary summary{"survey responses", "survey response"};
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFileOr(options.file, session.terminal.in));
  ASSIGN_OR_RETURN(const SurveyTable table,
                   ReadSurveyTable(options.file, text, mapping, summary.bad));
  const bool names_agents =
      std::find(table.columns.begin(), table.columns.end(),
                mapping.ColumnOf("agent")) != table.columns.end();
  if (defaults.contact_per_row && defaults.agent.empty() && !names_agents) {
    return UsageError(
        "Whose contacts are made?  Say it with --map agent=COLUMN, --agent ID, "
        "or --team ID for the team's own unassigned person.");
  }
  std::vector<SurveyImportRow> rows =
      MakeSurveyRows(table, mapping, defaults, summary.bad);
  if (options.preview) {
    return Preview(session, table, mapping, rows, summary.bad);
  }
  if (rows.empty()) {
    return Finish(session, options, summary, absl::OkStatus());
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  Importer importer(session, *client, rows, mapping);
  std::vector<Response::Outcome> outcomes(rows.size(),
                                          Response::OUTCOME_CREATED);
  bool has_agent = true;
  if (options.agent.empty() && !options.team.empty()) {
    ASSIGN_OR_RETURN(has_agent, HasUnassigned(*client, options, defaults));
  }
  const bool stores =
      !options.dry_run && (summary.bad.empty() || options.skip_bad);
  if (!has_agent && stores) {
    RETURN_IF_ERROR(CreateUnassigned(*client, options, defaults));
    has_agent = true;
  }
  // Nothing is there of an agent who is not there.
  if (has_agent) {
    ASSIGN_OR_RETURN(outcomes, importer.Look(summary.bad));
  }
  summary.unchanged = CountOf(outcomes, Response::OUTCOME_UNCHANGED);
  const int updated = CountOf(outcomes, Response::OUTCOME_UPDATED);
  absl::Status status;
  if (options.dry_run) {
    summary.created = CountOf(outcomes, Response::OUTCOME_CREATED) + updated;
  } else if (summary.bad.empty() || options.skip_bad) {
    BatchOutcome outcome = importer.Store(outcomes, options.skip_bad);
    summary.created = outcome.stored;
    summary.bad.insert(summary.bad.end(), outcome.bad.begin(),
                       outcome.bad.end());
    status = outcome.status;
  }
  RETURN_IF_ERROR(Finish(session, options, summary, status));
  if (updated > 0) {
    session.Say(absl::StrCat(updated,
                             updated == 1 ? " of them is" : " of them are",
                             " the outcome of surveys that had been sent."));
  }
  return absl::OkStatus();
}

}  // namespace

void AddSurveyImport(CLI::App& group, Session& session) {
  CLI::App& import = AddCommand(
      group, "import",
      "Store survey responses from CSV or from JSON objects, one a line; rows "
      "that are there already, by their source id, are passed over.",
      "attune surveys import surveys.csv --map "
      "source_id=id,contact=call,nps=score\n"
      "attune surveys import sfo.csv --map nps=NETPRO,source_id=RESPNUM "
      "--blank "
      "nps=11 --contact-per-row --team airport\n"
      "attune surveys import surveys.csv --preview");
  auto options = std::make_shared<SurveyImportOptions>();
  AddOption(import, "file", options->file,
            "CSV or JSON lines file; - is stdin.")
      .Required();
  AddOption(import, "--map", options->map,
            absl::StrCat("Which column holds what: pairs for ",
                         absl::StrJoin(SurveyFields(), ", "),
                         "; default the column of the same name.  In "
                         "JSON, `a.b` is b inside a.  Channel and queue "
                         "are those of new contacts."))
      .TypeName("A=B,C=D");
  AddOption(import, "--blank", options->blanks,
            "What stands for no answer, beside an empty cell, such as "
            "nps=11; may be repeated.")
      .TypeName("FIELD=VALUE")
      .OneValueEach();
  AddOption(import, "--source", options->source,
            "The survey or system that the source ids are from; ids of "
            "different sources never meet.")
      .TypeName("NAME");
  AddOption(import, "--no-answer", options->unanswered,
            "The status of a row without any answer; default answered.")
      .OneOf(SurveyStatusWords());
  AddFlag(import, "--contact-per-row", options->contact_per_row,
          "Make a contact for each row, for surveys that know none.");
  AddOption(import, "--agent", options->agent,
            "Whose contacts these are, where no column says it.");
  AddOption(import, "--team", options->team,
            "With --contact-per-row and no agent: the contacts are of "
            "the person unassigned-TEAM, made if need be.");
  AddOption(import, "--channel", options->channel,
            "With --contact-per-row: the channel of rows that do not "
            "name theirs; default phone.")
      .OneOf(ChannelWords());
  AddOption(import, "--day", options->day,
            "With --contact-per-row: when rows without a time were; "
            "default now.")
      .TypeName("DAY");
  AddFlag(import, "--preview", options->preview,
          "Only show what would be read from which column; no server "
          "is asked.");
  AddImportFlags(import, *options);
  OnRun(import, session,
        [&session, options] { return Import(session, *options); });
}

}  // namespace attune
