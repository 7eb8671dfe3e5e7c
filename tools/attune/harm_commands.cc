// attune harm: practices that hurt many customers.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Stub = v1::InboxService::Stub;
using Flag = v1::HarmFlag;

std::string Estimate(const Flag& flag) {
  return flag.has_customers_estimate() ? absl::StrCat(flag.customers_estimate())
                                       : "";
}

const std::vector<Column<Flag>>& FlagColumns() {
  static const auto& columns = *new std::vector<Column<Flag>>{
      {"raised", Align::kLeft,
       [](const Flag& row) { return ShortTime(row.create_time()); }},
      {"practice", Align::kLeft,
       [](const Flag& row) { return row.practice(); }},
      {"state", Align::kLeft,
       [](const Flag& row) { return WordOf(row.state(), "STATE_"); }},
      {"level", Align::kLeft,
       [](const Flag& row) { return WordOf(row.level(), "LEVEL_"); }},
      {"contacts", Align::kRight,
       [](const Flag& row) { return absl::StrCat(row.contact_count()); }},
      {"raisers", Align::kRight,
       [](const Flag& row) { return absl::StrCat(row.raiser_count()); }},
      {"customers", Align::kRight, &Estimate},
      {"changed", Align::kLeft,
       [](const Flag& row) { return row.answer().changed(); }},
      {"changer", Align::kLeft,
       [](const Flag& row) { return LastPart(row.answer().changer()); }},
      {"harm_flag_id", Align::kLeft,
       [](const Flag& row) { return LastPart(row.name()); }},
  };
  return columns;
}

const std::vector<Column<v1::HarmContact>>& ContactColumns() {
  using Row = v1::HarmContact;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"agent", Align::kLeft,
       [](const Row& row) {
         const auto contact = ParseContactName(row.contact());
         return contact ? contact->person : "";
       }},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"added_by", Align::kLeft,
       [](const Row& row) { return LastPart(row.adder()); }},
      {"added", Align::kLeft,
       [](const Row& row) { return ShortTime(row.add_time()); }},
  };
  return columns;
}

absl::Status Print(Session& session, const Flag& flag) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, FlagColumns(), flag);
  }
  std::vector<std::pair<std::string, std::string>> facts = {
      {"harm flag", flag.name()},
      {"practice", flag.practice()},
      {"state", WordOf(flag.state(), "STATE_")},
      {"to be answered by", flag.has_answer() ? ""
                            : flag.level() == Flag::LEVEL_MANAGER
                                ? "an admin: it has gone up to the managers"
                            : flag.level() == Flag::LEVEL_QA_LEAD
                                ? "a qa_lead or an admin"
                                : "a lead, a qa_lead or an admin"},
      {"contacts", absl::StrCat(flag.contact_count())},
      {"raised by",
       absl::StrCat(flag.raiser_count(),
                    flag.raiser_count() == 1 ? " person" : " people")}};
  if (flag.has_customers_estimate()) {
    facts.emplace_back("customers hurt",
                       absl::StrCat(flag.customers_estimate(), ", estimated"));
  }
  PrintFacts(session.terminal, facts);
  std::string text;
  for (const Flag::Raise& raise : flag.raises()) {
    absl::StrAppend(&text, "\n", ShortTime(raise.raise_time()), " ",
                    LastPart(raise.raiser()), ": ", raise.text(), "\n");
  }
  if (flag.has_answer()) {
    absl::StrAppend(&text, "\n", ShortTime(flag.answer().answer_time()),
                    " answer: ", flag.answer().changed(), " (",
                    LastPart(flag.answer().changer()), ")\n");
  }
  session.terminal.out << PrintableLines(text);
  return absl::OkStatus();
}

struct RaiseOptions {
  std::string practice;
  std::string text;
  std::vector<std::string> calls;
  std::optional<int64_t> customers;
};

absl::Status Raise(Session& session, const RaiseOptions& options) {
  v1::RaiseHarmFlagRequest request;
  request.set_practice(options.practice);
  request.set_text(options.text);
  if (options.customers) request.set_customers_estimate(*options.customers);
  for (const std::string& call : options.calls) {
    ASSIGN_OR_RETURN(*request.add_contacts(), ContactArgument(call));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Flag flag,
                   client->Call(&Stub::RaiseHarmFlag, request));
  return Print(session, flag);
}

absl::Status Add(Session& session, const std::string& id,
                 const std::vector<std::string>& calls) {
  v1::AddHarmContactsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), HarmFlagArgument(id));
  for (const std::string& call : calls) {
    ASSIGN_OR_RETURN(*request.add_contacts(), ContactArgument(call));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Flag flag,
                   client->Call(&Stub::AddHarmContacts, request));
  return Print(session, flag);
}

struct ListOptions {
  std::string state;
  std::string level;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListHarmFlagsRequest request;
  request.set_state(ValueOf<Flag::State>(options.state, "STATE_"));
  request.set_level(ValueOf<Flag::Level>(options.level, "LEVEL_"));
  return ListAll<Flag>(session, FlagColumns(), request, options.limit,
                       &Stub::ListHarmFlags,
                       &v1::ListHarmFlagsResponse::harm_flags);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetHarmFlagRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), HarmFlagArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Flag flag, client->Call(&Stub::GetHarmFlag, request));
  return Print(session, flag);
}

absl::Status Contacts(Session& session, const std::string& id, int limit) {
  v1::ListHarmContactsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), HarmFlagArgument(id));
  return ListAll<v1::HarmContact>(session, ContactColumns(), request, limit,
                                  &Stub::ListHarmContacts,
                                  &v1::ListHarmContactsResponse::contacts);
}

absl::Status Answer(Session& session, const std::string& id,
                    const std::string& changed, const std::string& by) {
  v1::AnswerHarmFlagRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), HarmFlagArgument(id));
  request.set_changed(changed);
  if (!by.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_changer(), PersonArgument(by));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Flag flag,
                   client->Call(&Stub::AnswerHarmFlag, request));
  return Print(session, flag);
}

void AddRaise(CLI::App& group, Session& session) {
  CLI::App& raise = AddCommand(
      group, "raise",
      "Raise a practice that hurts customers, or join who raised it.",
      "attune harm raise 'Trial turns into a subscription' "
      "--text 'Nobody is told before the first charge.' "
      "--call 035edd1d09c1433e --customers 400");
  auto options = std::make_shared<RaiseOptions>();
  AddOption(raise, "practice", options->practice, "The practice in few words.")
      .Required();
  AddOption(raise, "--text", options->text, "What happens to customers.")
      .Required()
      .TypeName("TEXT");
  AddOption(raise, "--call", options->calls,
            "A call that shows it; again for each.");
  AddOption(raise, "--customers", options->customers,
            "How many customers it hurts, as you see it.")
      .TypeName("N");
  OnRun(raise, session,
        [&session, options] { return Raise(session, *options); });

  CLI::App& add = AddCommand(
      group, "add", "Add calls that show the practice; each counts once.",
      "attune harm add 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 035edd1d09c1433e "
      "28/0e2ad0dd8a6f4f83");
  auto id = std::make_shared<std::string>();
  auto calls = std::make_shared<std::vector<std::string>>();
  AddOption(add, "flag", *id, "Id of the flag.").Required();
  AddOption(add, "calls", *calls, "Ids, or PERSON/ID.").Required();
  OnRun(add, session,
        [&session, id, calls] { return Add(session, *id, *calls); });
}

void AddReading(CLI::App& group, Session& session) {
  CLI::App& list =
      AddCommand(group, "list", "List the flags you may see, the oldest first.",
                 "attune harm list --state open\n"
                 "attune harm list --level qa_lead -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf(WordsOf<Flag::State>("STATE_"));
  AddOption(list, "--level", options->level,
            "Only what has gone up so far, or farther.")
      .OneOf(WordsOf<Flag::Level>("LEVEL_"));
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });

  CLI::App& show =
      AddCommand(group, "show", "Show one flag with what was said.",
                 "attune harm show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "flag", *shown, "Id of the flag.").Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& contacts =
      AddCommand(group, "contacts", "List the calls that show the practice.",
                 "attune harm contacts 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto flag = std::make_shared<std::string>();
  auto limit = std::make_shared<int>(0);
  AddOption(contacts, "flag", *flag, "Id of the flag.").Required();
  AddLimit(contacts, *limit);
  OnRun(contacts, session,
        [&session, flag, limit] { return Contacts(session, *flag, *limit); });
}

}  // namespace

void AddHarmCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "harm", "Practices that hurt many customers.");
  AddRaise(group, session);
  AddReading(group, session);

  CLI::App& answer = AddCommand(
      group, "answer", "End a flag: say what was changed, and by whom.",
      "attune harm answer 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--changed 'A mail goes out three days before.' --by quinn");
  auto id = std::make_shared<std::string>();
  auto changed = std::make_shared<std::string>();
  auto by = std::make_shared<std::string>();
  AddOption(answer, "flag", *id, "Id of the flag.").Required();
  AddOption(answer, "--changed", *changed, "What was changed.")
      .Required()
      .TypeName("TEXT");
  AddOption(answer, "--by", *by, "Who changed it; default you.")
      .TypeName("PERSON");
  OnRun(answer, session, [&session, id, changed, by] {
    return Answer(session, *id, *changed, *by);
  });
}

}  // namespace attune
