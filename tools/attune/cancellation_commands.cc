// attune cancellations: how customers who leave are let go.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/cancellation_view.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"

namespace attune {
namespace {

const std::vector<std::string>& ReasonWords() {
  static const auto& words = *new std::vector<std::string>(
      WordsOf<v1::Cancellation::Reason>("REASON_"));
  return words;
}

const std::vector<std::string>& ResultWords() {
  static const auto& words = *new std::vector<std::string>(
      WordsOf<v1::Cancellation::Result>("RESULT_"));
  return words;
}

v1::Cancellation::Reason ReasonFor(const std::string& word) {
  return ValueOf<v1::Cancellation::Reason>(word, "REASON_");
}

v1::Cancellation::Result ResultFor(const std::string& word) {
  return ValueOf<v1::Cancellation::Result>(word, "RESULT_");
}

std::string PermissionWord(const v1::Cancellation& cancellation) {
  if (!cancellation.permission_asked()) return "not asked";
  return cancellation.permission_given() ? "given" : "declined";
}

const std::vector<Column<v1::Cancellation>>& CancellationColumns() {
  using Row = v1::Cancellation;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"day", Align::kLeft,
       [](const Row& row) {
         return ShortTime(row.contact_time()).substr(0, 10);
       }},
      {"agent", Align::kLeft,
       [](const Row& row) {
         return ParseCancellationName(row.name()).value_or(PersonPart{}).person;
       }},
      {"contact_id", Align::kLeft,
       [](const Row& row) {
         return ParseCancellationName(row.name()).value_or(PersonPart{}).id;
       }},
      {"permission", Align::kLeft, &PermissionWord},
      {"reason", Align::kLeft,
       [](const Row& row) {
         return CancellationReasonWord(row.reason_code());
       }},
      {"offers", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.offers_made()); }},
      {"minutes", Align::kRight,
       [](const Row& row) {
         return row.has_minutes_to_processed()
                    ? absl::StrCat(row.minutes_to_processed())
                    : "";
       }},
      {"result", Align::kLeft,
       [](const Row& row) { return CancellationResultWord(row.result()); }},
      {"reason_text", Align::kLeft,
       [](const Row& row) { return row.reason_text(); }},
      {"recorder", Align::kLeft,
       [](const Row& row) { return LastPart(row.recorder()); }},
  };
  return columns;
}

absl::StatusOr<v1::Cancellation> Fetch(RpcClient& client,
                                       const std::string& call) {
  v1::GetCancellationRequest request;
  ASSIGN_OR_RETURN(const std::string contact, ContactArgument(call));
  request.set_name(absl::StrCat(contact, "/cancellation"));
  return client.Call(&v1::VoiceService::Stub::GetCancellation, request);
}

struct RecordOptions {
  std::string call;
  std::string permission;
  std::string reason;
  std::string reason_text;
  std::optional<int> offers;
  std::optional<int> minutes;
  std::string result;
  bool correct = false;
};

absl::Status Record(Session& session, const RecordOptions& options) {
  v1::RecordCancellationRequest request;
  v1::Cancellation& cancellation = *request.mutable_cancellation();
  ASSIGN_OR_RETURN(const std::string contact, ContactArgument(options.call));
  cancellation.set_name(absl::StrCat(contact, "/cancellation"));
  if (!options.permission.empty()) {
    cancellation.set_permission_asked(options.permission != "not_asked");
    if (cancellation.permission_asked()) {
      cancellation.set_permission_given(options.permission == "given");
    }
  }
  cancellation.set_reason_code(ReasonFor(options.reason));
  cancellation.set_reason_text(options.reason_text);
  if (options.offers) cancellation.set_offers_made(*options.offers);
  if (options.minutes) cancellation.set_minutes_to_processed(*options.minutes);
  cancellation.set_result(ResultFor(options.result));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  if (options.correct) {
    ASSIGN_OR_RETURN(const v1::Cancellation before,
                     Fetch(*client, options.call));
    cancellation.set_etag(before.etag());
  }
  ASSIGN_OR_RETURN(
      const v1::Cancellation recorded,
      client->Call(&v1::VoiceService::Stub::RecordCancellation, request));
  return PrintOne(session.terminal, session.output, CancellationColumns(),
                  recorded);
}

struct ListOptions {
  std::string agent;
  std::string team;
  std::string reason;
  std::string result;
  std::string since;
  std::string until;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListCancellationsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.reason.empty()) {
    request.set_reason_code(ReasonFor(options.reason));
  }
  if (!options.result.empty()) request.set_result(ResultFor(options.result));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  return ListAll<v1::Cancellation>(
      session, CancellationColumns(), request, options.limit,
      &v1::VoiceService::Stub::ListCancellations,
      &v1::ListCancellationsResponse::cancellations);
}

void AddRecord(CLI::App& group, Session& session) {
  CLI::App& record = AddCommand(
      group, "record",
      "Record what happened in a cancellation call, beside its score.",
      "attune cancellations record 035edd1d09c1433e --permission given "
      "--reason price --reason-text 'It doubled.' --offers 0 --minutes 4 "
      "--result cancelled");
  auto options = std::make_shared<RecordOptions>();
  AddOption(record, "call", options->call, "Which call.").Required();
  AddOption(record, "--permission", options->permission,
            "Whether the agent asked leave to ask why, and got it.")
      .OneOf({"given", "declined", "not_asked"})
      .Required();
  AddOption(record, "--reason", options->reason,
            "Why they wanted to leave; unknown if they did not say.")
      .OneOf(ReasonWords())
      .Required();
  AddOption(record, "--reason-text", options->reason_text,
            "The reason in the customer's words.")
      .TypeName("TEXT");
  AddOption(record, "--offers", options->offers,
            "Offers to stay; more than one is a fault.")
      .TypeName("N")
      .Required();
  AddOption(record, "--minutes", options->minutes,
            "Minutes until it was processed; not for who stays.")
      .TypeName("N");
  AddOption(record, "--result", options->result, "How it ended.")
      .OneOf(ResultWords())
      .Required();
  AddFlag(record, "--correct", options->correct,
          "Put right what was recorded before.");
  OnRun(record, session,
        [&session, options] { return Record(session, *options); });
}

}  // namespace

void AddCancellationCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "cancellations", "How customers who leave are let go.");
  AddRecord(group, session);

  CLI::App& show = AddCommand(group, "show",
                              "Show what was recorded of a cancellation call.",
                              "attune cancellations show 035edd1d09c1433e");
  auto call = std::make_shared<std::string>();
  AddOption(show, "call", *call, "Which call.").Required();
  OnRun(show, session, [&session, call]() -> absl::Status {
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(const v1::Cancellation found, Fetch(*client, *call));
    return PrintOne(session.terminal, session.output, CancellationColumns(),
                    found);
  });

  CLI::App& list =
      AddCommand(group, "list", "List cancellation calls, the newest first.",
                 "attune cancellations list --team harper-valley\n"
                 "attune cancellations list --reason price -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only of this person's calls.");
  AddOption(list, "--team", options->team, "Only of agents of this team.");
  AddOption(list, "--reason", options->reason, "Only with this reason.")
      .OneOf(ReasonWords());
  AddOption(list, "--result", options->result, "Only those that ended so.")
      .OneOf(ResultWords());
  AddOption(list, "--since", options->since, "First day of the call, UTC.")
      .TypeName("DAY");
  AddOption(list, "--until", options->until, "Last day of the call, UTC.")
      .TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace attune
