// The real program, run as a process.

#ifndef ATTUNE_TESTS_TOOLS_ATTUNE_PROCESS_H_
#define ATTUNE_TESTS_TOOLS_ATTUNE_PROCESS_H_

#include <map>
#include <string>
#include <vector>

namespace attune {

struct Ended {
  int code = -1;    // exit code; -1 if a signal ended it
  std::string out;  // on a terminal, everything that was shown
  std::string err;
};

// Runs `attune` with `arguments` in `folder`, which is also its HOME, with this
// environment and nothing else; `input` is its standard input.
Ended RunAttune(const std::string& folder,
                const std::map<std::string, std::string>& environment,
                const std::vector<std::string>& arguments,
                const std::string& input = "");

// The same at a terminal of its own, where `typed` is typed.
Ended RunAttuneAtTerminal(const std::string& folder,
                          const std::map<std::string, std::string>& environment,
                          const std::vector<std::string>& arguments,
                          const std::string& typed);

}  // namespace attune

#endif  // ATTUNE_TESTS_TOOLS_ATTUNE_PROCESS_H_
