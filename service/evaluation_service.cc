#include "service/evaluation_service.h"

#include "service/import.h"

namespace attune {

EvaluationService::EvaluationService(Serve& serve,
                                     const Evaluations& evaluations,
                                     const SamplingPlans& plans,
                                     const Draws& draws,
                                     const Assignments& assignments)
    : ByteService("attune.v1.EvaluationService", serve) {
  Unary("CreateEvaluation", evaluations, &Evaluations::Create);
  Unary("UpdateEvaluation", evaluations, &Evaluations::Update);
  Unary("SubmitEvaluation", evaluations, &Evaluations::Submit);
  Unary("BatchSubmitEvaluations", evaluations, &Evaluations::BatchSubmit);
  ClientStreaming(
      "ImportEvaluations",
      [&serve, &evaluations](grpc::CallbackServerContext& context,
                             grpc::ByteBuffer& answer, const Method& method) {
        return ReadImport(serve, evaluations, context, answer, method);
      });
  Unary("GetEvaluation", evaluations, &Evaluations::Get);
  Unary("ListEvaluations", evaluations, &Evaluations::List);
  Unary("AcknowledgeEvaluation", evaluations, &Evaluations::Acknowledge);
  Unary("CreateSamplingPlan", plans, &SamplingPlans::Create);
  Unary("GetSamplingPlan", plans, &SamplingPlans::Get);
  Unary("ListSamplingPlans", plans, &SamplingPlans::List);
  Unary("UpdateSamplingPlan", plans, &SamplingPlans::Update);
  Unary("DrawSample", draws, &Draws::Make);
  Unary("GetDraw", draws, &Draws::Get);
  Unary("ListDraws", draws, &Draws::List);
  Unary("CreateAssignment", assignments, &Assignments::Create);
  Unary("GetAssignment", assignments, &Assignments::Get);
  Unary("ListAssignments", assignments, &Assignments::List);
  Unary("NextAssignment", assignments, &Assignments::Next);
  Unary("ClaimAssignment", assignments, &Assignments::Claim);
  Unary("SkipAssignment", assignments, &Assignments::Skip);
  Unary("ReassignAssignment", assignments, &Assignments::Reassign);
}

}  // namespace attune
