// What a load found, for people and for programs.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_RUN_REPORT_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_RUN_REPORT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/attune_load/run.h"

namespace attune {

// Rows of methods that were called, and of all together.  `calls` are all that
// ended, `errors` those that failed; rates and latencies are of those that did
// not.
std::string RunTable(const RunOptions& options, absl::string_view form_revision,
                     const RunResult& result, bool color);

// One object, names in snake_case, part of the interface:
// {run, form_revision, loop: "closed" | "open", servers, channels, threads,
// window, rate (null if closed), seed, mix, seconds, unsent,
// methods: [{method, calls, calls_per_second, errors, latency_ms: {p50, p90,
// p99, max}, error_codes: [{code, count, first_message}]}], total: {the same
// without method}}.
std::string RunJson(const RunOptions& options, absl::string_view form_revision,
                    const RunResult& result);

// How many calls failed.
int64_t ErrorsOf(const RunResult& result);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_RUN_REPORT_H_
