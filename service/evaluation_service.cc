#include "service/evaluation_service.h"

#include "service/import.h"

namespace attune {

EvaluationService::EvaluationService(Serve& serve,
                                     const Collections& collections)
    : ByteService("attune.v1.EvaluationService", serve) {
  Unary("CreateEvaluation", collections.evaluations, &Evaluations::Create);
  Unary("UpdateEvaluation", collections.evaluations, &Evaluations::Update);
  Unary("SubmitEvaluation", collections.evaluations, &Evaluations::Submit);
  Unary("BatchSubmitEvaluations", collections.evaluations,
        &Evaluations::BatchSubmit);
  ClientStreaming(
      "ImportEvaluations", [&serve, &evaluations = collections.evaluations](
                               grpc::CallbackServerContext& context,
                               grpc::ByteBuffer& answer, const Method& method) {
        return ReadImport(serve, evaluations, context, answer, method);
      });
  Unary("GetEvaluation", collections.evaluations, &Evaluations::Get);
  Unary("ListEvaluations", collections.evaluations, &Evaluations::List);
  Unary("AcknowledgeEvaluation", collections.evaluations,
        &Evaluations::Acknowledge);
  Unary("VoidEvaluation", collections.evaluations, &Evaluations::Void);
  Unary("CreateContest", collections.contests, &Contests::Create);
  Unary("GetContest", collections.contests, &Contests::Get);
  Unary("ListContests", collections.contests, &Contests::List);
  Unary("RuleContest", collections.contests, &Contests::Rule);
  Unary("EscalateContest", collections.contests, &Contests::Escalate);
  Unary("CreateComment", collections.comments, &Comments::Create);
  Unary("ListComments", collections.comments, &Comments::List);
  Unary("CreateSamplingPlan", collections.plans, &SamplingPlans::Create);
  Unary("GetSamplingPlan", collections.plans, &SamplingPlans::Get);
  Unary("ListSamplingPlans", collections.plans, &SamplingPlans::List);
  Unary("UpdateSamplingPlan", collections.plans, &SamplingPlans::Update);
  Unary("DrawSample", collections.draws, &Draws::Make);
  Unary("GetDraw", collections.draws, &Draws::Get);
  Unary("ListDraws", collections.draws, &Draws::List);
  Unary("CreateAssignment", collections.assignments, &Assignments::Create);
  Unary("GetAssignment", collections.assignments, &Assignments::Get);
  Unary("ListAssignments", collections.assignments, &Assignments::List);
  Unary("NextAssignment", collections.assignments, &Assignments::Next);
  Unary("ClaimAssignment", collections.assignments, &Assignments::Claim);
  Unary("SkipAssignment", collections.assignments, &Assignments::Skip);
  Unary("ReassignAssignment", collections.assignments, &Assignments::Reassign);
}

}  // namespace attune
