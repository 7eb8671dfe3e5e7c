// attune props: what customers say in their own words.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

constexpr char kProp[] = "Id, PERSON/ID, or people/PERSON/props/ID.";

std::string AgentOf(const v1::Prop& prop) {
  const auto name = ParsePropName(prop.name());
  return name ? name->person : "";
}

const std::vector<Column<v1::Prop>>& PropColumns() {
  using Row = v1::Prop;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"submitted", Align::kLeft,
       [](const Row& row) { return ShortTime(row.submit_time()); }},
      {"agent", Align::kLeft, &AgentOf},
      {"contact_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.contact()); }},
      {"state", Align::kLeft,
       [](const Row& row) { return WordOf(row.state(), "STATE_"); }},
      {"may_share", Align::kLeft,
       [](const Row& row) { return row.consent_to_share() ? "yes" : "no"; }},
      {"text", Align::kLeft, [](const Row& row) { return row.text(); }},
      {"prop_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

absl::Status Print(Session& session, const v1::Prop& prop) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, PropColumns(), prop);
  }
  PrintFacts(
      session.terminal,
      {{"prop", prop.name()},
       {"call", LastPart(prop.contact())},
       {"state", WordOf(prop.state(), "STATE_")},
       {"submitted", ShortTime(prop.submit_time())},
       {"may be shared",
        prop.consent_to_share()
            ? absl::StrCat("yes, said on ", ShortTime(prop.consent_time()))
            : "no"},
       {"moderated", ShortTime(prop.moderate_time())},
       {"by", LastPart(prop.moderator())},
       {"because", prop.moderate_reason()},
       {"taken back", ShortTime(prop.revoke_time())},
       {"taken back by", LastPart(prop.revoker())},
       {"taken back because", prop.revoke_reason()}});
  if (!prop.text().empty()) {
    session.terminal.out << "\n" << PrintableLines(prop.text()) << "\n";
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Prop> Fetch(RpcClient& client, const std::string& id) {
  v1::GetPropRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), PropArgument(id));
  return client.Call(&v1::VoiceService::Stub::GetProp, request);
}

absl::Status Invite(Session& session, const std::string& call, int days) {
  v1::CreatePropInviteRequest request;
  ASSIGN_OR_RETURN(*request.mutable_contact(), ContactArgument(call));
  if (days > 0) {
    *request.mutable_expire_time() =
        AddDays(ToTimestamp(SystemClock()()), days);
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::CreatePropInviteResponse made,
      client->Call(&v1::VoiceService::Stub::CreatePropInvite, request));
  if (!session.is_table()) {
    session.terminal.out << ToJson(made, session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  PrintFacts(session.terminal,
             {{"call", made.invite().contact()},
              {"expires", ShortTime(made.invite().expire_time())},
              {"invitation", made.token()}});
  session.Say(
      "Give it to the customer; it is shown this once only, good for one "
      "answer, and ends any earlier one for this call.");
  return absl::OkStatus();
}

// What the invitation's holder is told.
absl::Status ShowInvite(Session& session, const std::string& token) {
  v1::GetPropInviteRequest request;
  request.set_token(token);
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::PropInviteSummary summary,
      client->Call(&v1::VoiceService::Stub::GetPropInvite, request));
  static const auto& columns = *new std::vector<Column<v1::PropInviteSummary>>{
      {"about", Align::kLeft,
       [](const auto& row) { return row.agent_display_name(); }},
      {"channel", Align::kLeft,
       [](const auto& row) { return ChannelWord(row.channel()); }},
      {"day", Align::kLeft, [](const auto& row) { return row.day(); }},
      {"expires", Align::kLeft,
       [](const auto& row) { return ShortTime(row.expire_time()); }},
      {"most_bytes", Align::kLeft,
       [](const auto& row) { return absl::StrCat(row.max_text_bytes()); }},
  };
  return PrintOne(session.terminal, session.output, columns, summary);
}

absl::Status Show(Session& session, const std::string& subject) {
  if (absl::StartsWith(subject, "inv_")) return ShowInvite(session, subject);
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Prop prop, Fetch(*client, subject));
  return Print(session, prop);
}

struct SubmitOptions {
  std::string token;
  std::string text;
  std::string file;
  bool share = false;
};

absl::Status Submit(Session& session, const SubmitOptions& options) {
  if (options.text.empty() == options.file.empty()) {
    return UsageError("Say it with --text, or name its file with --file.");
  }
  v1::SubmitPropRequest request;
  request.set_token(options.token);
  request.set_text(options.text);
  request.set_consent_to_share(options.share);
  if (!options.file.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_text(),
                     ReadFileOr(options.file, session.terminal.in));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::SubmitPropResponse done,
                   client->Call(&v1::VoiceService::Stub::SubmitProp, request));
  if (!session.is_table()) {
    session.terminal.out << ToJson(done, session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  PrintFacts(session.terminal, {{"submitted", ShortTime(done.submit_time())},
                                {"receipt", done.receipt()}});
  session.Say(
      "Keep the receipt: `attune props revoke` takes it all back with it.");
  return absl::OkStatus();
}

struct ListOptions {
  std::string agent;
  std::string team;
  std::string state;
  std::string search;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListPropsRequest request;
  request.set_parent("people/-");
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::Prop::State>(options.state, "STATE_"));
  }
  request.set_search(options.search);
  return ListAll<v1::Prop>(session, PropColumns(), request, options.limit,
                           &v1::VoiceService::Stub::ListProps,
                           &v1::ListPropsResponse::props);
}

absl::Status Moderate(Session& session, const std::string& id,
                      const std::string& decision, const std::string& reason) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Prop current, Fetch(*client, id));
  v1::ModeratePropRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  request.set_state(decision == "publish" ? v1::Prop::STATE_PUBLISHED
                                          : v1::Prop::STATE_HIDDEN);
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Prop moderated,
      client->Call(&v1::VoiceService::Stub::ModerateProp, request));
  return Print(session, moderated);
}

absl::Status Revoke(Session& session, const std::string& subject,
                    const std::string& reason) {
  v1::RevokePropResponse done;
  if (absl::StartsWith(subject, "rcp_")) {
    v1::RevokePropRequest request;
    request.set_receipt(subject);
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(
        done, client->Call(&v1::VoiceService::Stub::RevokeProp, request));
  } else {
    v1::RevokePropForCustomerRequest request;
    ASSIGN_OR_RETURN(*request.mutable_name(), PropArgument(subject));
    request.set_reason(reason);
    request.set_request_id(NewRequestId());
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(
        done,
        client->Call(&v1::VoiceService::Stub::RevokePropForCustomer, request));
  }
  static const auto& columns = *new std::vector<Column<v1::RevokePropResponse>>{
      {"taken_back", Align::kLeft,
       [](const auto& row) { return ShortTime(row.revoke_time()); }}};
  return PrintOne(session.terminal, session.output, columns, done);
}

void AddForCustomers(CLI::App& group, Session& session) {
  CLI::App& submit = AddCommand(
      group, "submit",
      "Say the customer's side, with an invitation; needs no API token.",
      "attune props submit inv_01982f6e-7a30-7c11-9d55-6c1f2b8d9e01_8f3c "
      "--text 'She stayed with me until it worked.' --share");
  auto said = std::make_shared<SubmitOptions>();
  AddOption(submit, "invitation", said->token, "It begins with inv_.")
      .Required();
  AddOption(submit, "--text", said->text, "The customer's words.")
      .TypeName("TEXT");
  AddOption(submit, "--file", said->file, "File with them; - is stdin.")
      .TypeName("FILE");
  AddFlag(submit, "--share", said->share,
          "The customer agrees that others may read it.");
  OnRun(submit, session, [&session, said] { return Submit(session, *said); });

  CLI::App& revoke = AddCommand(
      group, "revoke",
      "Take a prop back: its text is erased everywhere.  With the customer's "
      "receipt, or as a lead for the customer.",
      "attune props revoke rcp_01982f6e-7a30-7c11-9d55-6c1f2b8d9e01_51d2\n"
      "attune props revoke 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'She rang us on Monday.'");
  auto subject = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(revoke, "prop", *subject,
            "A receipt, which begins with rcp_, or the prop's id.")
      .Required();
  AddOption(revoke, "--reason", *reason,
            "How the customer asked for it; not with a receipt.")
      .TypeName("TEXT");
  OnRun(revoke, session, [&session, subject, reason] {
    return Revoke(session, *subject, *reason);
  });
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list", "List props that you may read, the newest first.",
      "attune props list\n"
      "attune props list --state pending --team harper-valley\n"
      "attune props list --search 'patient kind' -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only about this person.");
  AddOption(list, "--team", options->team, "Only about agents of this team.");
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf({"pending", "published", "hidden"});
  AddOption(list, "--search", options->search,
            "Only those with words that begin so.")
      .TypeName("WORDS");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace

void AddPropCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "props", "What customers say in their own words.");

  CLI::App& invite = AddCommand(
      group, "invite", "Invite the customer of a call to give their side.",
      "attune props invite 035edd1d09c1433e\n"
      "attune props invite 28/035edd1d09c1433e --days 7");
  auto call = std::make_shared<std::string>();
  auto days = std::make_shared<int>(0);
  AddOption(invite, "call", *call, "Which call.").Required();
  AddOption(invite, "--days", *days, "How long it is good for; default 30.")
      .Between(1, 90)
      .TypeName("N");
  OnRun(invite, session,
        [&session, call, days] { return Invite(session, *call, *days); });

  AddForCustomers(group, session);
  AddList(group, session);

  CLI::App& show = AddCommand(
      group, "show", "Show a prop, or what an invitation is about.",
      "attune props show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01\n"
      "attune props show inv_01982f6e-7a30-7c11-9d55-6c1f2b8d9e01_8f3c");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "prop", *shown,
            absl::StrCat(kProp, "  Or an invitation: inv_..."))
      .Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& moderate = AddCommand(
      group, "moderate",
      "Publish a prop, to everybody if the customer agreed; or hide it.",
      "attune props moderate 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 publish\n"
      "attune props moderate 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 hide "
      "--reason 'It names another customer.'");
  auto id = std::make_shared<std::string>();
  auto decision = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(moderate, "prop", *id, kProp).Required();
  AddOption(moderate, "decision", *decision, "publish or hide.")
      .OneOf({"publish", "hide"})
      .Required();
  AddOption(moderate, "--reason", *reason,
            "Why, for the agent; must be given to hide it.")
      .TypeName("TEXT");
  OnRun(moderate, session, [&session, id, decision, reason] {
    return Moderate(session, *id, *decision, *reason);
  });
}

}  // namespace attune
