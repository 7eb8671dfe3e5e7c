// The connection to a server: channel, token, deadlines, errors.

#ifndef ATTUNE_TOOLS_ATTUNE_CLIENT_H_
#define ATTUNE_TOOLS_ATTUNE_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "attune/v1/calibration_service.grpc.pb.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "attune/v1/report_service.grpc.pb.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "tools/attune/connection.h"

namespace attune {

// Thread-compatible.  Nothing is sent before the first call.
class RpcClient {
 public:
  // Fails as OpenChannel() and FindToken() do.
  static absl::StatusOr<std::unique_ptr<RpcClient>> Make(
      const ConnectionOptions& options);

  v1::DirectoryService::Stub& directory() { return *directory_; }
  v1::FormService::Stub& forms() { return *forms_; }
  v1::EvaluationService::Stub& evaluations() { return *evaluations_; }
  v1::CalibrationService::Stub& calibrations() { return *calibrations_; }
  v1::ReportService::Stub& reports() { return *reports_; }
  v1::SelfCheckService::Stub& self_checks() { return *self_checks_; }
  v1::AdminService::Stub& admin() { return *admin_; }

  // One unary call: the answer, or the server's error with its details.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      Stub& stub,
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request) {
    grpc::ClientContext context;
    Prepare(context);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return ToStatus(status);
    return response;
  }

  // Sets deadline and token, for calls that stream.
  void Prepare(grpc::ClientContext& context) const;
  // The same error with google.rpc details as payloads, and what to do about
  // a server that is not there or does not know the caller.
  absl::Status ToStatus(const grpc::Status& status) const;

 private:
  RpcClient(const ConnectionOptions& options, std::string token,
            std::shared_ptr<grpc::Channel> channel);

  ConnectionOptions options_;
  std::string token_;
  std::unique_ptr<v1::DirectoryService::Stub> directory_;
  std::unique_ptr<v1::FormService::Stub> forms_;
  std::unique_ptr<v1::EvaluationService::Stub> evaluations_;
  std::unique_ptr<v1::CalibrationService::Stub> calibrations_;
  std::unique_ptr<v1::ReportService::Stub> reports_;
  std::unique_ptr<v1::SelfCheckService::Stub> self_checks_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

// For a channel on which calls are tried again while the server is unavailable.
grpc::ChannelArguments RetryingArguments();

// A new id for a request that changes something: retries carry the same one.
std::string NewRequestId();

// One for a bulk request, from what it says: the same import run again within
// a day is the same request and changes nothing.
std::string RequestIdOf(absl::string_view content);

// Calls `on_page` with each page until the last, or until it returns false.
template <typename Stub, typename Request, typename Response, typename OnPage>
absl::Status ForEachPage(RpcClient& client, Stub& stub,
                         grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                      const Request&,
                                                      Response*),
                         Request request, OnPage on_page) {
  while (true) {
    absl::StatusOr<Response> page = client.Call(stub, method, request);
    if (!page.ok()) return page.status();
    if (!on_page(*page) || page->next_page_token().empty()) {
      return absl::OkStatus();
    }
    request.set_page_token(page->next_page_token());
  }
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CLIENT_H_
