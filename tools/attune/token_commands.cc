// attune token: who may call the server.

#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "engine/clock.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"

namespace attune {
namespace {

std::string StateOf(const v1::Token& token) {
  if (token.has_revoke_time()) return "revoked";
  if (token.has_expire_time() &&
      ToMicros(token.expire_time()) <= SystemClock()()) {
    return "expired";
  }
  return "active";
}

const std::vector<Column<v1::Token>>& TokenColumns() {
  static const auto& columns = *new std::vector<Column<v1::Token>>{
      {"token_id", Align::kLeft,
       [](const v1::Token& token) { return LastPart(token.name()); }},
      {"display_name", Align::kLeft,
       [](const v1::Token& token) { return token.display_name(); }},
      {"person", Align::kLeft,
       [](const v1::Token& token) { return LastPart(token.person()); }},
      {"roles", Align::kLeft,
       [](const v1::Token& token) {
         return absl::StrJoin(token.roles(), "|",
                              [](std::string* out, int role) {
                                *out += RoleWord(static_cast<v1::Role>(role));
                              });
       }},
      {"state", Align::kLeft, &StateOf},
      {"created", Align::kLeft,
       [](const v1::Token& token) { return ShortTime(token.create_time()); }},
      {"expires", Align::kLeft,
       [](const v1::Token& token) { return ShortTime(token.expire_time()); }},
  };
  return columns;
}

struct CreateOptions {
  std::string name;
  std::string person;
  std::vector<std::string> roles;
  std::string expires;
  std::string out;
};

absl::StatusOr<v1::Token> TokenOf(const CreateOptions& options) {
  v1::Token token;
  token.set_display_name(options.name);
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*token.mutable_person(), PersonArgument(options.person));
  }
  for (const std::string& role : options.roles) {
    token.add_roles(*ParseRole(role));
  }
  if (!options.expires.empty()) {
    ASSIGN_OR_RETURN(*token.mutable_expire_time(),
                     TimeArgument(options.expires));
  }
  return token;
}

absl::Status Create(Session& session, const CreateOptions& options) {
  v1::CreateTokenRequest request;
  ASSIGN_OR_RETURN(*request.mutable_token(), TokenOf(options));
  // A file that cannot be made must be known before there is a secret.
  if (!options.out.empty()) RETURN_IF_ERROR(WriteSecretFile(options.out, ""));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  absl::StatusOr<v1::CreateTokenResponse> made =
      client->Call(&v1::AdminService::Stub::CreateToken, request);
  if (!options.out.empty()) {
    remove(options.out.c_str());
    if (!made.ok()) return made.status();
    RETURN_IF_ERROR(
        WriteSecretFile(options.out, absl::StrCat(made->secret(), "\n")));
    made->clear_secret();
  }
  if (!made.ok()) return made.status();
  if (!session.is_table()) {
    session.terminal.out << ToJson(*made,
                                   session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(PrintOne(session.terminal, session.output, TokenColumns(),
                           made->token()));
  if (options.out.empty()) {
    session.terminal.out << "secret        " << made->secret() << "\n";
    session.Say("The secret is shown this once only.");
  } else {
    session.Say(absl::StrCat("The secret is in ", options.out, "."));
  }
  return absl::OkStatus();
}

absl::Status List(Session& session, int limit) {
  return ListAll<v1::Token>(session, TokenColumns(), v1::ListTokensRequest(),
                            limit, &v1::AdminService::Stub::ListTokens,
                            &v1::ListTokensResponse::tokens);
}

// A person at a terminal types the id again; a script has said what it wants.
absl::Status Confirm(Session& session, const std::string& id) {
  if (!session.terminal.in_is_tty || !session.terminal.err_is_tty) {
    return absl::OkStatus();
  }
  session.terminal.err << "Whoever uses token " << id
                       << " is locked out at once.  Type its id to go on: "
                       << std::flush;
  std::string typed;
  std::getline(session.terminal.in, typed);
  if (typed == id) return absl::OkStatus();
  return UsageError("That is another id; nothing was changed.");
}

absl::Status Revoke(Session& session, const std::string& id, bool yes) {
  v1::RevokeTokenRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), TokenArgument(id));
  if (!yes) RETURN_IF_ERROR(Confirm(session, LastPart(request.name())));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Token token,
                   client->Call(&v1::AdminService::Stub::RevokeToken, request));
  return PrintOne(session.terminal, session.output, TokenColumns(), token);
}

void AddCreate(CLI::App& group, Session& session) {
  CLI::App& create = AddCommand(
      group, "create",
      "Make an API token.  Its secret is shown once, or written to a file "
      "that only you may read.",
      "attune token create --name 'Lea' --person lea --out lea.token\n"
      "attune token create --name importer --role admin --expires 2027-01-01");
  auto options = std::make_shared<CreateOptions>();
  AddOption(create, "--name", options->name, "What it is for.").Required();
  AddOption(create, "--person", options->person,
            "For whom it speaks; without one it is a service account.");
  AddOption(create, "--role", options->roles,
            "A role of a service account, or to which a person is "
            "narrowed; may be repeated.")
      .OneOf(RoleWords())
      .OneValueEach();
  AddOption(create, "--expires", options->expires,
            "Day or time from which it is of no use.")
      .TypeName("TIME");
  AddOption(create, "--out", options->out, "File for the secret.")
      .TypeName("FILE");
  OnRun(create, session,
        [&session, options] { return Create(session, *options); });
}

}  // namespace

void AddTokenCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "token", "Who may call the server.");
  AddCreate(group, session);

  CLI::App& list = AddCommand(group, "list", "List tokens, the newest first.",
                              "attune token list");
  auto limit = std::make_shared<int>(0);
  AddLimit(list, *limit);
  OnRun(list, session, [&session, limit] { return List(session, *limit); });

  CLI::App& revoke =
      AddCommand(group, "revoke", "End a token at once.",
                 "attune token revoke 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto id = std::make_shared<std::string>();
  auto yes = std::make_shared<bool>(false);
  AddOption(revoke, "token", *id, "Its id.").Required();
  AddFlag(revoke, "--yes", *yes, "Do not ask.");
  OnRun(revoke, session,
        [&session, id, yes] { return Revoke(session, *id, *yes); });
}

}  // namespace attune
