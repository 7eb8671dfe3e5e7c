// What a load needs to know of the contact center that it is put on.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_CENTER_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_CENTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/form/compiled_form.h"
#include "tools/attune/client.h"

namespace attune {

// A published form.
struct LoadForm {
  std::string revision;  // `forms/{form}/revisions/{n}`
  CompiledForm form;
};

// Resource names.
struct LoadCenter {
  std::vector<std::string> agents = {};     // not empty
  std::vector<std::string> advocates = {};  // not empty
  std::vector<std::string> teams = {};
  std::vector<std::string> evaluations = {};  // up to 1000, the newest
  LoadForm form;
};

// The newest revision in effect of `forms/{form}`.  NOT_FOUND if there is no
// such form; FAILED_PRECONDITION if it is not published.
absl::StatusOr<LoadForm> FetchLoadForm(RpcClient& client,
                                       absl::string_view form);

// Asks the server.  `form_id` empty: the first form that is published.
// FAILED_PRECONDITION (NOTHING_TO_LOAD) without agents, advocates or a
// published form.
absl::StatusOr<LoadCenter> FindLoadCenter(RpcClient& client,
                                          absl::string_view form_id);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_CENTER_H_
