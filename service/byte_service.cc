#include "service/byte_service.h"

#include <grpc/support/log.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>

#include <functional>

namespace attune {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::ServiceDescriptor;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

const ServiceDescriptor& Linked(const std::string& service) {
  const ServiceDescriptor* descriptor =
      DescriptorPool::generated_pool()->FindServiceByName(service);
  GPR_ASSERT(descriptor != nullptr);
  return *descriptor;
}

}  // namespace

ByteService::ByteService(const std::string& service, Serve& serve)
    : descriptor_(Linked(service)), serve_(serve) {}

void ByteService::Add(const std::string& name,
                      const google::protobuf::Message& prototype,
                      Handler handler) {
  const Method& method = Register(name, RpcMethod::NORMAL_RPC);
  GPR_ASSERT(descriptor_.FindMethodByName(name)->input_type() ==
             prototype.GetDescriptor());
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer,
                                               grpc::ByteBuffer>(
          [this, &method, &prototype, handler = std::move(handler)](
              grpc::CallbackServerContext* context,
              const grpc::ByteBuffer* request, grpc::ByteBuffer* answer) {
            return serve_.Unary(*context, *request, *answer, method, prototype,
                                handler);
          }));
}

void ByteService::ClientStreaming(const std::string& name, StartReading start) {
  const Method& method = Register(name, RpcMethod::CLIENT_STREAMING);
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackClientStreamingHandler<grpc::ByteBuffer,
                                                         grpc::ByteBuffer>(
          [&method, start = std::move(start)](
              grpc::CallbackServerContext* context, grpc::ByteBuffer* answer) {
            return start(*context, *answer, method);
          }));
}

void ByteService::ServerStreaming(const std::string& name,
                                  const google::protobuf::Message& prototype,
                                  LongHandler handler) {
  const Method& method = Register(name, RpcMethod::SERVER_STREAMING);
  GPR_ASSERT(descriptor_.FindMethodByName(name)->input_type() ==
             prototype.GetDescriptor());
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer,
                                                         grpc::ByteBuffer>(
          [this, &method, &prototype, handler = std::move(handler)](
              grpc::CallbackServerContext* context,
              const grpc::ByteBuffer* request) {
            return WriteProgress(serve_, *context, *request, method, prototype,
                                 handler);
          }));
}

const Method& ByteService::Register(const std::string& name,
                                    RpcMethod::RpcType type) {
  const auto* descriptor = descriptor_.FindMethodByName(name);
  GPR_ASSERT(descriptor != nullptr);
  const Method& method = methods_.emplace_back(*descriptor);
  AddMethod(new RpcServiceMethod(method.name.c_str(), type, nullptr));
  return method;
}

}  // namespace attune
