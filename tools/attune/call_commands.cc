// attune calls: exchanges with customers, on any channel.

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/contact_import.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/progress.h"
#include "tools/attune/transcript_view.h"

namespace attune {
namespace {

using ContactRow = ImportRow<v1::CreateContactRequest>;

std::string PersonOf(const v1::Contact& contact) {
  const auto part = ParseContactName(contact.name());
  return part ? part->person : "";
}

std::string DurationOf(const v1::Contact& contact) {
  if (!contact.has_duration()) return "";
  return absl::StrFormat("%.3f",
                         static_cast<double>(contact.duration().seconds()) +
                             contact.duration().nanos() / 1e9);
}

const std::vector<Column<v1::Contact>>& ContactColumns() {
  static const auto& columns = *new std::vector<Column<v1::Contact>>{
      {"contact_id", Align::kLeft,
       [](const v1::Contact& contact) { return LastPart(contact.name()); }},
      {"agent", Align::kLeft, &PersonOf},
      {"channel", Align::kLeft,
       [](const v1::Contact& contact) {
         return ChannelWord(contact.channel());
       }},
      {"start_time", Align::kLeft,
       [](const v1::Contact& contact) {
         return FullTime(contact.start_time());
       }},
      {"duration_s", Align::kRight, &DurationOf},
      {"transcript", Align::kLeft,
       [](const v1::Contact& contact) {
         return contact.has_transcript() ? "yes" : "no";
       }},
      {"topics", Align::kLeft,
       [](const v1::Contact& contact) {
         return absl::StrJoin(contact.topics(), "; ");
       }},
  };
  return columns;
}

struct ListOptions {
  std::string agent;
  std::string channel;
  std::string since;
  std::string until;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListContactsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.channel.empty()) {
    request.set_channel(*ParseChannel(options.channel));
  }
  RETURN_IF_ERROR(SetDays(options.since, options.until, request));
  return ListAll<v1::Contact>(session, ContactColumns(), request, options.limit,
                              &v1::DirectoryService::Stub::ListContacts,
                              &v1::ListContactsResponse::contacts);
}

absl::Status PrintSegments(Session& session, const v1::Transcript& transcript) {
  RowPrinter printer(session.terminal, session.output,
                     {{"start_ms", Align::kRight},
                      {"duration_ms", Align::kRight},
                      {"speaker", Align::kLeft},
                      {"text", Align::kLeft}});
  RETURN_IF_ERROR(printer.Begin());
  for (const v1::Segment& segment : transcript.segments()) {
    printer.Add(
        {absl::StrCat(segment.start_ms()), absl::StrCat(segment.duration_ms()),
         SpeakerWord(segment.speaker()), segment.text()},
        [&segment] { return ToJson(segment, false); });
  }
  printer.End();
  return absl::OkStatus();
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetContactRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), ContactArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      v1::Contact contact,
      client->Call(&v1::DirectoryService::Stub::GetContact, request));
  v1::Transcript transcript;
  if (contact.has_transcript()) {
    ASSIGN_OR_RETURN(transcript, FetchTranscript(*client, contact.name()));
  }
  if (session.output.format == Format::kCsv) {
    return PrintSegments(session, transcript);
  }
  if (!session.is_table()) {
    session.terminal.out << "{\"contact\":" << ToJson(contact, false)
                         << ",\"transcript\":"
                         << (contact.has_transcript()
                                 ? ToJson(transcript, false)
                                 : "null")
                         << "}\n";
    return absl::OkStatus();
  }
  std::vector<std::pair<std::string, std::string>> facts;
  for (const Column<v1::Contact>& column : ContactColumns()) {
    facts.emplace_back(InWords(column.key), column.cell(contact));
  }
  const std::map<std::string, std::string> labels(contact.labels().begin(),
                                                  contact.labels().end());
  for (const auto& [key, value] : labels) facts.emplace_back(key, value);
  PrintFacts(session.terminal, facts);
  session.terminal.out << "\n"
                       << TranscriptText(transcript, session.TextWidth(),
                                         session.terminal.out_color);
  return absl::OkStatus();
}

struct CallImportOptions : ImportOptions {
  std::string file;
  std::string transcripts;
  std::string channel;
  std::string map;
};

absl::Status AttachTranscripts(Session& session,
                               const CallImportOptions& options,
                               const ContactFields& fields,
                               std::vector<ContactRow>& rows,
                               std::vector<BadRow>& bad) {
  if (options.transcripts.empty()) return absl::OkStatus();
  if (options.transcripts == "-" && options.file == "-") {
    return UsageError("Only one of the files can be standard input.");
  }
  ASSIGN_OR_RETURN(std::string text,
                   ReadFileOr(options.transcripts, session.terminal.in));
  ASSIGN_OR_RETURN(auto transcripts,
                   ParseTranscripts(options.transcripts, text, fields, bad));
  for (ContactRow& row : rows) {
    const auto found = transcripts.find(row.request.contact_id());
    if (found == transcripts.end()) continue;
    row.request.mutable_transcript()->Swap(&found->second.transcript);
    transcripts.erase(found);
  }
  // The call's own line may be the wrong one; then that is what is said.
  if (!bad.empty()) return absl::OkStatus();
  for (const auto& [id, row] : transcripts) {
    bad.push_back(
        {row.origin, fields.contact_id, id, "CONTACT_NOT_FOUND",
         absl::StrCat("No line of ", options.file, " has this call.")});
  }
  return absl::OkStatus();
}

// Names of the calls that are there in the time that `rows` span.
absl::StatusOr<std::map<std::string, v1::Contact>> ReadStored(
    RpcClient& client, const std::vector<ContactRow>& rows) {
  std::map<std::string, v1::Contact> stored;
  if (rows.empty()) return stored;
  const auto [first, last] = std::minmax_element(
      rows.begin(), rows.end(), [](const ContactRow& a, const ContactRow& b) {
        return ToMicros(a.request.contact().start_time()) <
               ToMicros(b.request.contact().start_time());
      });
  v1::ListContactsRequest request;
  request.set_parent("people/-");
  request.set_page_size(1000);
  *request.mutable_start_time() = first->request.contact().start_time();
  *request.mutable_end_time() =
      ToTimestamp(ToMicros(last->request.contact().start_time()) + 1);
  RETURN_IF_ERROR(
      ForEachPage(client, &v1::DirectoryService::Stub::ListContacts, request,
                  [&](const v1::ListContactsResponse& page) {
                    for (const v1::Contact& contact : page.contacts()) {
                      stored[contact.name()] = contact;
                    }
                    return true;
                  }));
  return stored;
}

bool SaysTheSame(const v1::Contact& stored,
                 const v1::CreateContactRequest& row) {
  return stored.channel() == row.contact().channel() &&
         ToMicros(stored.start_time()) ==
             ToMicros(row.contact().start_time()) &&
         DurationOf(stored) == DurationOf(row.contact()) &&
         stored.has_transcript() == row.has_transcript();
}

std::string NameOf(const ContactRow& row) {
  return absl::StrCat(row.request.parent(), "/contacts/",
                      row.request.contact_id());
}

void SetAsideStored(const std::map<std::string, v1::Contact>& stored,
                    std::vector<ContactRow>& rows, ImportSummary& summary) {
  std::vector<ContactRow> fresh;
  for (ContactRow& row : rows) {
    const auto found = stored.find(NameOf(row));
    if (found == stored.end()) {
      fresh.push_back(std::move(row));
    } else if (SaysTheSame(found->second, row.request)) {
      ++summary.unchanged;
    } else {
      summary.bad.push_back({row.origin, "", row.request.contact_id(),
                             "ALREADY_EXISTS",
                             "This call is there already, with other "
                             "content."});
    }
  }
  rows = std::move(fresh);
}

BatchOutcome CreateAll(Session& session, RpcClient& client,
                       const std::vector<ContactRow>& rows, bool skip_bad) {
  std::vector<ReadyRow> ready;
  for (const ContactRow& row : rows) {
    ready.push_back({row.origin, NameOf(row), row.request.ByteSizeLong()});
  }
  Progress progress(session, "calls", static_cast<int64_t>(ready.size()));
  return SendBatches(
      ready, skip_bad,
      [&](const std::vector<size_t>& batch) {
        v1::BatchCreateContactsRequest request;
        request.set_request_id(NewRequestId());
        for (const size_t i : batch) *request.add_requests() = rows[i].request;
        return client
            .Call(&v1::DirectoryService::Stub::BatchCreateContacts, request)
            .status();
      },
      [&](int done) { progress.Update(done); });
}

absl::Status Import(Session& session, const CallImportOptions& options) {
  ASSIGN_OR_RETURN(ContactFields fields, ParseContactFields(options.map));
  const v1::Channel channel =
      ParseChannel(options.channel).value_or(v1::CHANNEL_UNSPECIFIED);
  ASSIGN_OR_RETURN(std::string text,
                   ReadFileOr(options.file, session.terminal.in));
  ImportSummary summary{"calls", "call"};
  ASSIGN_OR_RETURN(
      std::vector<ContactRow> rows,
      ParseContacts(options.file, text, fields, channel, summary.bad));
  RETURN_IF_ERROR(
      AttachTranscripts(session, options, fields, rows, summary.bad));
  if (!summary.bad.empty() && !options.skip_bad) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(auto stored, ReadStored(*client, rows));
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

void AddImport(CLI::App& group, Session& session) {
  CLI::App& import = AddCommand(
      group, "import", "Create calls from a file with one JSON object a line.",
      "attune calls import calls.jsonl --channel phone\n"
      "attune calls import calls.jsonl --transcripts transcripts.jsonl "
      "--map contact_id=sid,agent=agent_speaker_id");
  auto options = std::make_shared<CallImportOptions>();
  AddOption(import, "file", options->file, "JSON lines file; - is stdin.")
      .Required();
  AddOption(import, "--transcripts", options->transcripts,
            "JSON lines file with their transcripts: the id and "
            "`segments` of {speaker, start_ms, duration_ms, text}.")
      .TypeName("FILE");
  AddOption(import, "--channel", options->channel,
            "Channel of calls that do not name theirs.")
      .OneOf(ChannelWords());
  AddOption(import, "--map", options->map,
            "Which field holds what: pairs for contact_id, agent, "
            "start_time, duration_s, channel and topics.")
      .TypeName("A=B,C=D");
  AddImportFlags(import, *options);
  OnRun(import, session,
        [&session, options] { return Import(session, *options); });
}

}  // namespace

void AddCallCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "calls", "Exchanges with customers, on any channel.");
  AddImport(group, session);

  CLI::App& list =
      AddCommand(group, "list", "List calls, the latest first.",
                 "attune calls list --limit 10\n"
                 "attune calls list --agent 28 --since 2020-03-01 -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only calls of this person.");
  AddOption(list, "--channel", options->channel, "Only this channel.")
      .OneOf(ChannelWords());
  AddOption(list, "--since", options->since, "First day, UTC.").TypeName("DAY");
  AddOption(list, "--until", options->until, "Last day, UTC.").TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });

  CLI::App& show =
      AddCommand(group, "show", "Show one call with its transcript.",
                 "attune calls show 035edd1d09c1433e");
  auto id = std::make_shared<std::string>();
  AddOption(show, "call", *id, "Id, or people/PERSON/contacts/ID.").Required();
  OnRun(show, session, [&session, id] { return Show(session, *id); });
}

}  // namespace attune
