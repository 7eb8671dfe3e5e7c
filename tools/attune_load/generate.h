// Brings a made-up year to a server, in batches with several outstanding.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/attune/session.h"
#include "tools/attune_load/year.h"

namespace attune {

struct GenerateOptions {
  std::vector<std::string> servers = {};  // HOST:PORT
  YearOptions year;
  std::string form_id = "call";
  std::string form_file = "config/forms/call.textproto";
  int batch = 500;      // rows of one request, at most 1000
  int outstanding = 4;  // requests
};

struct Made {
  int64_t created = 0;
  int64_t existing = 0;  // left as they are
};

struct GenerateResult {
  std::string form_revision;
  bool form_published = false;
  Made teams;
  Made people;
  Made contacts;
  Made evaluations;
  double seconds = 0;
  double evaluation_seconds = 0;
};

// Publishes the form if there is none of this id, then makes teams, people,
// contacts and evaluations, leaving out what is there: what was interrupted is
// gone on with, what is complete stays.  A batch holds one agent's rows.  Gives
// the error of the server that ended it; FORM_TEXT_INVALID or UNKNOWN (FILE)
// for the form's file.
absl::StatusOr<GenerateResult> Generate(Session& session,
                                        const GenerateOptions& options);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_GENERATE_H_
