// A load from start to end: lanes, each a thread with its own channels, calls
// and counts, and what they found together.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_RUN_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_RUN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/attune/client.h"
#include "tools/attune_load/workload.h"

namespace attune {

struct RunOptions {
  std::vector<std::string> servers = {};  // HOST:PORT; channels go over them
  ConnectionOptions connection;           // its server is not read
  int channels = 4;
  int threads = 2;  // no more than channels
  int window = 64;  // most calls outstanding, of all threads; at least threads
  std::optional<double> rate = {};  // calls a second; absent: a closed loop
  double seconds = 10;
  Mix mix = Mix::Default();
  uint64_t seed = 1;
};

struct RunResult {
  std::string run;  // the beginning of its contacts' and requests' ids
  double seconds = 0;
  int64_t unsent = 0;  // due, but without room in the window until the end
  CallTallies tallies;
};

// Puts the load on and waits for its end.  `client` makes the first contacts.
// Calls that fail are in the result; a status other than OK means that the load
// could not begin.
absl::StatusOr<RunResult> RunLoad(RpcClient& client, const LoadCenter& center,
                                  const RunOptions& options);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_RUN_H_
