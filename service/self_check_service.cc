#include "service/self_check_service.h"

namespace attune {

SelfCheckService::SelfCheckService(Serve& serve, const SelfCheckCycles& cycles,
                                   const SelfChecks& checks,
                                   const FormFeedbacks& feedback)
    : ByteService("attune.v1.SelfCheckService", serve) {
  Unary("CreateSelfCheckCycle", cycles, &SelfCheckCycles::Create);
  Unary("GetSelfCheckCycle", cycles, &SelfCheckCycles::Get);
  Unary("ListSelfCheckCycles", cycles, &SelfCheckCycles::List);
  Unary("CloseSelfCheckCycle", cycles, &SelfCheckCycles::Close);
  Unary("PickContact", checks, &SelfChecks::Pick);
  Unary("BeginSelfEvaluation", checks, &SelfChecks::Begin);
  Unary("GetSelfCheck", checks, &SelfChecks::Get);
  Unary("ListSelfChecks", checks, &SelfChecks::List);
  Unary("ListCallsToScore", checks, &SelfChecks::ListCallsToScore);
  Unary("SubmitFormFeedback", feedback, &FormFeedbacks::Submit);
  Unary("ListFormFeedback", feedback, &FormFeedbacks::List);
  Unary("GetSelfGaps", checks, &SelfChecks::Gaps);
}

}  // namespace attune
