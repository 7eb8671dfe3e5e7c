#include "service/evaluation_service.h"

#include "service/import.h"

namespace attune {

EvaluationService::EvaluationService(Serve& serve,
                                     const Evaluations& evaluations,
                                     const Contests& contests,
                                     const Comments& comments)
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
  Unary("VoidEvaluation", evaluations, &Evaluations::Void);
  Unary("CreateContest", contests, &Contests::Create);
  Unary("GetContest", contests, &Contests::Get);
  Unary("ListContests", contests, &Contests::List);
  Unary("RuleContest", contests, &Contests::Rule);
  Unary("EscalateContest", contests, &Contests::Escalate);
  Unary("CreateComment", comments, &Comments::Create);
  Unary("ListComments", comments, &Comments::List);
}

}  // namespace attune
