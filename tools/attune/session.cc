#include "tools/attune/session.h"

#include "engine/status_macros.h"

namespace attune {

absl::StatusOr<RpcClient*> Session::Connect() {
  if (client_ == nullptr) {
    ASSIGN_OR_RETURN(client_, RpcClient::Make(connection));
  }
  return client_.get();
}

void Session::Say(absl::string_view line) const {
  if (!quiet) terminal.err << line << '\n';
}

}  // namespace attune
