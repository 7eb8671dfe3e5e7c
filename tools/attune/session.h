// One run of the program: what was asked for globally, and where it goes.

#ifndef ATTUNE_TOOLS_ATTUNE_SESSION_H_
#define ATTUNE_TOOLS_ATTUNE_SESSION_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/client.h"
#include "tools/attune/output.h"
#include "tools/attune/terminal.h"

namespace attune {

struct Session {
  explicit Session(Terminal streams) : terminal(streams) {}

  Terminal terminal;
  ConnectionOptions connection;
  OutputOptions output;
  bool quiet = false;
  bool no_color = false;

  // What the chosen command does; set while the command line is read.
  std::function<absl::Status()> action;
  // What the process ends with if the action succeeds.
  int exit_code = 0;

  // The connection, made at the first call.
  absl::StatusOr<RpcClient*> Connect();

  // A line for people, on stderr; nothing with --quiet.
  void Say(absl::string_view line) const;

  bool is_table() const { return output.format == Format::kTable; }
  // Columns that text may take: the screen's, or 80.
  int TextWidth() const { return terminal.width > 20 ? terminal.width : 80; }

 private:
  std::unique_ptr<RpcClient> client_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SESSION_H_
