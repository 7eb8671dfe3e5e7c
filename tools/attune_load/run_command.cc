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
  run.add_option("--channels", options.channels,
                 "Connections, in turn over the servers; default 4.")
      ->check(CLI::Range(1, kMostChannels))
      ->type_name("N");
  run.add_option("--threads", options.threads,
                 "Threads that send and receive; default 2.")
      ->check(CLI::Range(1, 64))
      ->type_name("N");
  run.add_option("--window", options.window,
                 "Most calls outstanding, of all channels; default 64.")
      ->check(CLI::Range(1, kMostWindow))
      ->type_name("N");
  run.add_option("--rate", options.rate,
                 "Calls a second, of all channels, in an open loop.")
      ->check(CLI::Range(0.001, 1e7))
      ->type_name("R");
  run.add_option("--seconds", options.seconds,
                 "How long calls are sent; default 10.")
      ->check(CLI::Range(0.001, 1e6))
      ->type_name("S");
  run.add_option("--mix", arguments->mix,
                 absl::StrCat("Weights of the calls; default ",
                              Mix::Default().ToString(),
                              ". Contacts, which submits need, come on top."))
      ->type_name("KIND=WEIGHT,...");
  run.add_option("--form", arguments->form,
                 "Form to score on; default the first that is published.")
      ->type_name("FORM");
  run.add_option("--seed", options.seed,
                 "The same seed makes the same choices; default 1.")
      ->type_name("N");
  OnRun(run, session, [&session, &servers, arguments] {
    arguments->options.servers = servers;
    return Run(session, *arguments);
  });
}

}  // namespace attune
