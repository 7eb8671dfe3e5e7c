#include "tests/bench/workload.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/health/v1/health.pb.h"
#include "tests/bench/figures.h"

namespace attune {
namespace {

constexpr int kSpareContacts = 150'000;

}  // namespace

Workload::Workload(const std::vector<std::string>& addresses,
                   const std::string& admin)
    : center_(addresses[0], admin) {
  center_.GrowTo(kSpareContacts);
  for (int lane = 0; lane < kLanes; ++lane) {
    channels_.push_back(
        BenchmarkCenter::NewChannel(addresses[Index(lane) % addresses.size()]));
    evaluations_.push_back(v1::EvaluationService::NewStub(channels_.back()));
    forms_.push_back(v1::FormService::NewStub(channels_.back()));
    health_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
    next_.push_back(0);
    next_batch_.push_back(0);
  }
}

LoadResult Workload::Preview(int outstanding) {
  return RunLoad<v1::Score>(outstanding, kLanes, kSeconds,
                            [&](int lane, grpc::ClientContext& context,
                                grpc::CompletionQueue& queue) {
                              v1::PreviewScoreRequest request;
                              request.set_name("forms/benchmark/revisions/1");
                              *request.mutable_answers() =
                                  BenchmarkAnswers(++seed_).answers();
                              Authorize(lane, context);
                              return forms_[Index(lane)]->AsyncPreviewScore(
                                  &context, request, &queue);
                            });
}

LoadResult Workload::Submit(int outstanding) {
  return RunLoad<v1::Evaluation>(
      outstanding, kLanes, kSeconds,
      [&](int lane, grpc::ClientContext& context,
          grpc::CompletionQueue& queue) {
        const v1::SubmitEvaluationRequest request = NextSubmit(lane, true);
        Authorize(lane, context);
        return evaluations_[Index(lane)]->AsyncSubmitEvaluation(
            &context, request, &queue);
      });
}

LoadResult Workload::SubmitBatches() {
  return RunLoad<v1::BatchSubmitEvaluationsResponse>(
      kLanes, kLanes, kSeconds,
      [&](int lane, grpc::ClientContext& context,
          grpc::CompletionQueue& queue) {
        const v1::BatchSubmitEvaluationsRequest request = NextBatch(lane);
        Authorize(kLanes + lane, context);
        return evaluations_[Index(lane)]->AsyncBatchSubmitEvaluations(
            &context, request, &queue);
      });
}

double Workload::EmptyRpcMicros() {
  grpc::CompletionQueue queue;
  std::vector<double> micros;
  grpc::health::v1::HealthCheckRequest request;
  const grpc::Slice slice(request.SerializeAsString());
  for (int i = 0; i < 1000; ++i) {
    grpc::ClientContext context;
    grpc::ByteBuffer buffer(&slice, 1);
    grpc::ByteBuffer answer;
    grpc::Status status;
    const double start = MicrosNow();
    auto call = health_[0]->PrepareUnaryCall(
        &context, "/grpc.health.v1.Health/Check", buffer, &queue);
    call->StartCall();
    call->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    Expect(status, "health");
    micros.push_back(MicrosNow() - start);
  }
  queue.Shutdown();
  return Median(micros);
}

std::string Workload::StoredBytes() {
  const v1::SubmitEvaluationRequest request = NextSubmit(0, false);
  grpc::ClientContext context;
  Authorize(0, context);
  v1::Evaluation evaluation;
  Expect(evaluations_[0]->SubmitEvaluation(&context, request, &evaluation),
         "submit");
  return evaluation.SerializeAsString();
}

std::string Workload::RequestId() {
  return absl::StrCat("request-", ++requests_);
}

void Workload::Authorize(int rater, grpc::ClientContext& context) {
  context.AddMetadata("authorization", "Bearer " + center_.rater_secret(rater));
}

v1::SubmitEvaluationRequest Workload::Score(int contact) {
  center_.GrowTo(contact + 1);
  v1::SubmitEvaluationRequest request;
  request.set_parent("people/-");
  *request.mutable_evaluation() = BenchmarkAnswers(contact);
  request.mutable_evaluation()->set_contact(center_.ContactName(contact));
  return request;
}

v1::SubmitEvaluationRequest Workload::NextSubmit(int lane, bool with_id) {
  v1::SubmitEvaluationRequest request = Score(next_[Index(lane)]++);
  if (with_id) request.set_request_id(RequestId());
  return request;
}

v1::BatchSubmitEvaluationsRequest Workload::NextBatch(int lane) {
  // The lanes are at different agents.
  const int number = next_batch_[Index(lane)]++;
  const int agent = (number + lane * kAgents / kLanes) % kAgents;
  const int first = number / kAgents * kBatch;
  v1::BatchSubmitEvaluationsRequest request;
  for (int i = 0; i < kBatch; ++i) {
    *request.add_requests() = Score((first + i) * kAgents + agent);
  }
  request.set_request_id(RequestId());
  return request;
}

}  // namespace attune
