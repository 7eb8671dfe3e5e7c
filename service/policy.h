// Who may call what: one row for each method, deny by default.

#ifndef ATTUNE_SERVICE_POLICY_H_
#define ATTUNE_SERVICE_POLICY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/access/caller.h"

namespace attune {

// How far each role reaches with a method.
struct Grants {
  Reach agent = {};
  Reach advocate = {};
  Reach lead = {};
  Reach qa_lead = {};
  Reach admin = {};
  Reach analyst = {};
  // For anybody, without an API token: who may do what, the request itself
  // shows.  No role reaches anything.
  bool open = false;
};

// The row of a method such as `/attune.v1.FormService/GetForm`; null if there
// is none, and then nobody may call it.
const Grants* FindGrants(absl::string_view method);

// What `roles` reach together; nothing without grants.
Reach ReachOf(const Grants* grants, RoleSet roles);

// Every method that has a row, for tests.
std::vector<std::string> MethodsWithGrants();

}  // namespace attune

#endif  // ATTUNE_SERVICE_POLICY_H_
