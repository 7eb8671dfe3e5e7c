// The connection to a server: channel, token, deadlines, errors.

#ifndef ATTUNE_TOOLS_ATTUNE_CLIENT_H_
#define ATTUNE_TOOLS_ATTUNE_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune/connection.h"

namespace attune {

// Thread-compatible.  Nothing is sent before the first call.
class RpcClient {
 public:
  // Fails as OpenChannel() and FindToken() do.
  static absl::StatusOr<std::unique_ptr<RpcClient>> Make(
      const ConnectionOptions& options);

  // One unary call: the answer, or the server's error with its details.
  template <typename ServiceStub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (ServiceStub::*method)(grpc::ClientContext*, const Request&,
                                          Response*),
      const Request& request) {
    ServiceStub stub(channel_);
    grpc::ClientContext context;
    Prepare(context);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return ToStatus(status);
    return response;
  }

  // For calls that stream.
  template <typename Service>
  typename Service::Stub Stub() {
    return typename Service::Stub(channel_);
  }
  // Sets deadline and token, for the same.
  void Prepare(grpc::ClientContext& context) const;
  // The same error with google.rpc details as payloads, and what to do about
  // a server that is not there or does not know the caller.
  absl::Status ToStatus(const grpc::Status& status) const;

 private:
  RpcClient(const ConnectionOptions& options, std::string token,
            std::shared_ptr<grpc::Channel> channel);

  ConnectionOptions options_;
  std::string token_;
  std::shared_ptr<grpc::Channel> channel_;
};

// For a channel on which calls are tried again while the server is unavailable.
grpc::ChannelArguments RetryingArguments();

// A new id for a request that changes something: retries carry the same one.
std::string NewRequestId();

// One for a bulk request, from what it says: the same import run again within
// a day is the same request and changes nothing.
std::string RequestIdOf(absl::string_view content);

// Calls `on_page` with each page until the last, or until it returns false.
template <typename ServiceStub, typename Request, typename Response,
          typename OnPage>
absl::Status ForEachPage(RpcClient& client,
                         grpc::Status (ServiceStub::*method)(
                             grpc::ClientContext*, const Request&, Response*),
                         Request request, OnPage on_page) {
  while (true) {
    absl::StatusOr<Response> page = client.Call(method, request);
    if (!page.ok()) return page.status();
    if (!on_page(*page) || page->next_page_token().empty()) {
      return absl::OkStatus();
    }
    request.set_page_token(page->next_page_token());
  }
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CLIENT_H_
