// A gRPC service whose methods take their requests as bytes.
//
// The generated base classes parse a request before any code of ours runs, and
// answer UNIMPLEMENTED without a word where that fails.  We owe the caller the
// path of the field that is wrong, so methods are registered as the generated
// WithRawCallbackMethod_... classes do it, a line each.

#ifndef ATTUNE_SERVICE_BYTE_SERVICE_H_
#define ATTUNE_SERVICE_BYTE_SERVICE_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/impl/service_type.h>

#include <deque>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/status_macros.h"
#include "service/progress_stream.h"
#include "service/serve.h"

namespace attune {

class ByteService : public grpc::Service {
 public:
  const std::string& full_name() const { return descriptor_.full_name(); }

 protected:
  // `service` is the full name of one that is linked in.
  ByteService(const std::string& service, Serve& serve);

  // A method that `stored`, which must outlive this, or a free function
  // answers.
  template <typename Stored, typename Request, typename Response>
  void Unary(const std::string& name, const Stored& stored,
             absl::StatusOr<Response> (Stored::*answer)(Transaction&,
                                                        const Caller&,
                                                        const Request&) const) {
    Add(name, Request::default_instance(),
        [&stored, answer](Transaction& tx, const Caller& caller,
                          const google::protobuf::Message& request) {
          return Bytes((stored.*answer)(tx, caller,
                                        static_cast<const Request&>(request)));
        });
  }
  template <typename Request, typename Response>
  void Unary(const std::string& name,
             absl::StatusOr<Response> (*answer)(Transaction&)) {
    Add(name, Request::default_instance(),
        [answer](Transaction& tx, const Caller&,
                 const google::protobuf::Message&) {
          return Bytes(answer(tx));
        });
  }

  // A method that `stored` answers with a stream: progress, then the answer.
  template <typename Stored, typename Request, typename Response>
  void Progressing(const std::string& name, const Stored& stored,
                   absl::StatusOr<Response> (Stored::*answer)(
                       Transaction&, const Caller&, const Request&,
                       const std::function<absl::Status(const Response&)>&)
                       const) {
    ServerStreaming(
        name, Request::default_instance(),
        [&stored, answer](Transaction& tx, const Caller& caller,
                          const google::protobuf::Message& request,
                          const TellProgress& tell) {
          return Bytes((stored.*answer)(
              tx, caller, static_cast<const Request&>(request), tell));
        });
  }

  // A method that reads a stream.
  using StartReading = std::function<grpc::ServerReadReactor<grpc::ByteBuffer>*(
      grpc::CallbackServerContext&, grpc::ByteBuffer& answer, const Method&)>;
  void ClientStreaming(const std::string& name, StartReading start);

 private:
  template <typename Response>
  static absl::StatusOr<std::string> Bytes(
      const absl::StatusOr<Response>& response) {
    RETURN_IF_ERROR(response.status());
    return response->SerializeAsString();
  }

  void Add(const std::string& name, const google::protobuf::Message& prototype,
           Handler handler);
  void ServerStreaming(const std::string& name,
                       const google::protobuf::Message& prototype,
                       LongHandler handler);
  const Method& Register(const std::string& name,
                         grpc::internal::RpcMethod::RpcType type);

  const google::protobuf::ServiceDescriptor& descriptor_;
  Serve& serve_;
  std::deque<Method> methods_;  // stay where they are: gRPC keeps their names
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_BYTE_SERVICE_H_
