#include <signal.h>
#include <unistd.h>

#include <ios>

#include "tools/attune/commands.h"
#include "tools/attune/failure.h"

namespace {

// Nothing is lost: every request is one transaction, drafts are on the server,
// and a store that is being copied is gone on with by the next run.
void EndInterrupted(int) {
  constexpr char kLineEnd[] = "\n";
  const ssize_t ignored = write(STDERR_FILENO, kLineEnd, 1);
  (void)ignored;
  _exit(attune::kExitInterrupted);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  signal(SIGINT, &EndInterrupted);
  return attune::RunAttune({argv + 1, argv + argc}, attune::StandardTerminal());
}
