// attune-load run: many calls at once, and how long they took.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune_load/load_commands.h"
#include "tools/attune_load/run_report.h"

namespace attune {
namespace {

constexpr int kMostChannels = 1024;
constexpr int kMostWindow = 100'000;

struct RunArguments {
  RunOptions options;
  std::string mix;
  std::string form;
};

absl::Status Run(Session& session, RunArguments& arguments) {
  RunOptions& options = arguments.options;
  options.connection = session.connection;
  if (!arguments.mix.empty()) {
    ASSIGN_OR_RETURN(options.mix, Mix::Parse(arguments.mix));
  }
  options.threads = std::min(options.threads, options.channels);
  if (options.window < options.threads) {
    return UsageError(absl::StrCat("--window ", options.window,
                                   " has no room for ", options.threads,
                                   " threads."));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const LoadCenter center,
                   FindLoadCenter(*client, arguments.form));
  ASSIGN_OR_RETURN(const RunResult result, RunLoad(*client, center, options));
  session.terminal.out << (session.is_table()
                               ? RunTable(options, center.form.revision, result,
                                          session.terminal.out_color)
                               : RunJson(options, center.form.revision,
                                         result));
  if (ErrorsOf(result) > 0) session.exit_code = kExitFound;
  return absl::OkStatus();
}

}  // namespace

void AddRunCommand(CLI::App& root, Session& session,
                   const std::vector<std::string>& servers) {
  CLI::App& run = AddCommand(
      root, "run",
      "Make many calls at once and report rates, latencies and errors. Without "
      "--rate a closed loop: the next call goes out when one is answered. With "
      "it an open loop: calls are due on a schedule, whatever became of the "
      "ones before, and latency counts from when a call was due, waiting for "
      "room in the window included. Needs an admin's token; adds contacts and "
      "evaluations to the store.",
      "attune-load run --seconds 30\n"
      "attune-load run --rate 2000 --window 256 -o json\n"
      "attune-load run --mix submit=1 --server 127.0.0.1:7400,127.0.0.1:7401");
  auto arguments = std::make_shared<RunArguments>();
  RunOptions& options = arguments->options;
  AddOption(run, "--channels", options.channels,
            "Connections, in turn over the servers; default 4.")
      .Between(1, kMostChannels)
      .TypeName("N");
  AddOption(run, "--threads", options.threads,
            "Threads that send and receive; default 2.")
      .Between(1, 64)
      .TypeName("N");
  AddOption(run, "--window", options.window,
            "Most calls outstanding, of all channels; default 64.")
      .Between(1, kMostWindow)
      .TypeName("N");
  AddOption(run, "--rate", options.rate,
            "Calls a second, of all channels, in an open loop.")
      .Between(0.001, 1e7)
      .TypeName("R");
  AddOption(run, "--seconds", options.seconds,
            "How long calls are sent; default 10.")
      .Between(0.001, 1e6)
      .TypeName("S");
  AddOption(
      run, "--mix", arguments->mix,
      absl::StrCat("Weights of the calls; default ", Mix::Default().ToString(),
                   ". Contacts, which submits need, come on top."))
      .TypeName("KIND=WEIGHT,...");
  AddOption(run, "--form", arguments->form,
            "Form to score on; default the first that is published.")
      .TypeName("FORM");
  AddOption(run, "--seed", options.seed,
            "The same seed makes the same choices; default 1.")
      .TypeName("N");
  OnRun(run, session, [&session, &servers, arguments] {
    arguments->options.servers = servers;
    return Run(session, *arguments);
  });
}

}  // namespace attune
