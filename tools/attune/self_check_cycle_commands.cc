// attune self-check cycles: rounds of self-checks.

#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/self_check_commands.h"
#include "tools/attune/self_check_view.h"

namespace attune {
namespace {

struct CreateOptions {
  std::string id;
  std::string form;
  std::string title;
  std::string opens;
  std::string closes;
};

absl::Status Create(Session& session, const CreateOptions& options) {
  v1::CreateSelfCheckCycleRequest request;
  ASSIGN_OR_RETURN(const std::string name, SelfCheckCycleArgument(options.id));
  request.set_cycle_id(LastPart(name));
  v1::SelfCheckCycle& cycle = *request.mutable_cycle();
  ASSIGN_OR_RETURN(*cycle.mutable_form(), FormArgument(options.form));
  cycle.set_title(options.title);
  if (!options.opens.empty()) {
    ASSIGN_OR_RETURN(*cycle.mutable_open_time(), TimeArgument(options.opens));
  }
  if (!options.closes.empty()) {
    ASSIGN_OR_RETURN(*cycle.mutable_close_time(), TimeArgument(options.closes));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::SelfCheckCycle made,
      client->Call(&v1::SelfCheckService::Stub::CreateSelfCheckCycle, request));
  return PrintCycle(session, made);
}

absl::StatusOr<v1::SelfCheckCycle> Fetch(RpcClient& client,
                                         const std::string& id) {
  v1::GetSelfCheckCycleRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), SelfCheckCycleArgument(id));
  return client.Call(&v1::SelfCheckService::Stub::GetSelfCheckCycle, request);
}

absl::Status Show(Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::SelfCheckCycle cycle, Fetch(*client, id));
  return PrintCycle(session, cycle);
}

absl::Status Close(Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::SelfCheckCycle open, Fetch(*client, id));
  v1::CloseSelfCheckCycleRequest request;
  request.set_name(open.name());
  request.set_etag(open.etag());
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::SelfCheckCycle closed,
      client->Call(&v1::SelfCheckService::Stub::CloseSelfCheckCycle, request));
  return PrintCycle(session, closed);
}

struct ListOptions {
  std::string form;
  std::string state;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListSelfCheckCyclesRequest request;
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  if (!options.state.empty()) {
    request.set_state(
        ValueOf<v1::SelfCheckCycle::State>(options.state, "STATE_"));
  }
  return ListAll<v1::SelfCheckCycle>(
      session, CycleColumns(), request, options.limit,
      &v1::SelfCheckService::Stub::ListSelfCheckCycles,
      &v1::ListSelfCheckCyclesResponse::cycles);
}

}  // namespace

void AddSelfCheckCycleCommands(CLI::App& parent, Session& session) {
  CLI::App& group = AddGroup(parent, "cycles", "Rounds of self-checks.");

  CLI::App& create = AddCommand(
      group, "create", "Open a cycle of self-checks on a form.",
      "attune self-check cycles create 2026-h1 --form call\n"
      "attune self-check cycles create 2026-h1 --form call --opens 2026-01-01 "
      "--closes 2026-07-01 --title 'First half of 2026'");
  auto made = std::make_shared<CreateOptions>();
  AddOption(create, "cycle", made->id, "Its id, such as 2026-h1.").Required();
  AddOption(create, "--form", made->form, "On which form.").Required();
  AddOption(create, "--title", made->title, "Its title; default the id.");
  AddOption(create, "--opens", made->opens,
            "From when calls are picked, UTC; default now.")
      .TypeName("TIME");
  AddOption(create, "--closes", made->closes,
            "Until when agents should be done, UTC; default six calendar "
            "months after it opens.")
      .TypeName("TIME");
  OnRun(create, session, [&session, made] { return Create(session, *made); });

  CLI::App& list = AddCommand(group, "list", "List cycles, the newest first.",
                              "attune self-check cycles list\n"
                              "attune self-check cycles list --state open");
  auto listed = std::make_shared<ListOptions>();
  AddOption(list, "--form", listed->form, "Only on this form.");
  AddOption(list, "--state", listed->state, "Only in this state.")
      .OneOf({"open", "closed"});
  AddLimit(list, listed->limit);
  OnRun(list, session, [&session, listed] { return List(session, *listed); });

  CLI::App& show = AddCommand(
      group, "show", "Show a cycle, and what it came to once it is closed.",
      "attune self-check cycles show 2026-h1");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "cycle", *shown, "Id, such as 2026-h1.").Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  CLI::App& close = AddCommand(
      group, "close",
      "Close a cycle for good: all scores are shown and the tally is frozen.",
      "attune self-check cycles close 2026-h1");
  auto closed = std::make_shared<std::string>();
  AddOption(close, "cycle", *closed, "Id, such as 2026-h1.").Required();
  OnRun(close, session, [&session, closed] { return Close(session, *closed); });
}

}  // namespace attune
