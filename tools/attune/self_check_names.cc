#include "tools/attune/self_check_names.h"

#include "absl/strings/str_cat.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/failure.h"

namespace attune {

absl::StatusOr<std::string> CycleName(RpcClient& client,
                                      const std::string& text) {
  if (!text.empty()) return SelfCheckCycleArgument(text);
  v1::ListSelfCheckCyclesRequest request;
  request.set_state(v1::SelfCheckCycle::STATE_OPEN);
  ASSIGN_OR_RETURN(
      const v1::ListSelfCheckCyclesResponse open,
      client.Call(&v1::SelfCheckService::Stub::ListSelfCheckCycles, request));
  if (open.cycles_size() == 1) return open.cycles(0).name();
  if (open.cycles().empty()) {
    return UsageError("No cycle is open; name one with --cycle.");
  }
  std::string ids;
  for (const v1::SelfCheckCycle& cycle : open.cycles()) {
    absl::StrAppend(&ids, ids.empty() ? "" : ", ", LastPart(cycle.name()));
  }
  return UsageError(
      absl::StrCat("Several cycles are open; name one with --cycle: ", ids));
}

absl::StatusOr<std::string> AgentName(RpcClient& client,
                                      const std::string& text) {
  if (!text.empty()) return PersonArgument(text);
  v1::ListPeopleRequest request;
  request.set_role(v1::ROLE_AGENT);
  request.set_page_size(2);
  ASSIGN_OR_RETURN(
      const v1::ListPeopleResponse people,
      client.Call(&v1::DirectoryService::Stub::ListPeople, request));
  if (people.people_size() == 1) return people.people(0).name();
  return UsageError("Say whose self-check it is, with --agent.");
}

std::string SelfCheckOf(absl::string_view agent_name,
                        absl::string_view cycle_name) {
  return SelfCheckName(LastPart(agent_name), LastPart(cycle_name));
}

absl::StatusOr<v1::SelfCheck> FetchSelfCheck(RpcClient& client,
                                             const std::string& name) {
  v1::GetSelfCheckRequest request;
  request.set_name(name);
  return client.Call(&v1::SelfCheckService::Stub::GetSelfCheck, request);
}

}  // namespace attune
