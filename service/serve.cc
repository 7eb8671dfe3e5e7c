#include "service/serve.h"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/status_macros.h"
#include "service/grpc_status.h"
#include "service/request_bytes.h"

namespace attune {
namespace {

using google::protobuf::Message;

constexpr size_t kMaxRequestIdBytes = 64;
constexpr int kRetryUnknownMillis = 500;

// A request in memory of its own, gone in one piece.
struct Received {
  google::protobuf::Arena arena;
  Message* message = nullptr;
};

bool IsPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isprint(static_cast<unsigned char>(c));
  });
}

// Whether a request that failed so may be one that was answered before: its
// work is done, so doing it again fails in one way or another.
bool MayBeAnswered(const Call& call, const absl::Status& status) {
  if (call.key.id.empty() || call.key.caller.empty()) return false;
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return false;
    case absl::StatusCode::kUnavailable:
      return ReasonOf(status) == "COMMIT_UNKNOWN";
    default:
      return true;
  }
}

}  // namespace

Serve::Serve(Database& database, const Tokens& tokens, Options options)
    : database_(database),
      tokens_(tokens),
      options_(std::move(options)),
      gate_(options_.max_in_flight),
      long_calls_(options_.max_long) {}

grpc::ServerUnaryReactor* Serve::Unary(grpc::CallbackServerContext& context,
                                       const grpc::ByteBuffer& request,
                                       grpc::ByteBuffer& answer,
                                       const Method& method,
                                       const Message& prototype,
                                       const Handler& handler) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  std::shared_ptr<Call> call =
      Begin(context, method,
            [reactor, &answer](grpc::Status status, const std::string& bytes) {
              const grpc::Slice slice(bytes);
              answer = grpc::ByteBuffer(&slice, 1);
              reactor->Finish(std::move(status));
            });
  auto received = std::make_shared<Received>();
  received->message = prototype.New(&received->arena);
  const absl::Status accepted = Accept(*call, request, *received->message);
  if (accepted.ok()) {
    Run(call, [received, &handler](Transaction& tx, const Caller& caller) {
      return handler(tx, caller, *received->message);
    });
  } else {
    Finish(call, accepted);
  }
  return reactor;
}

std::shared_ptr<Call> Serve::Begin(grpc::CallbackServerContext& context,
                                   const Method& method,
                                   Call::Respond respond) {
  return std::make_shared<Call>(context, method, options_.longest,
                                std::move(respond));
}

absl::Status Serve::Admit(Call& call) {
  RETURN_IF_ERROR(gate_.Enter());
  call.inside = true;
  if (call.method.open()) return absl::OkStatus();
  ASSIGN_OR_RETURN(call.secret, BearerOf(call.context));
  return absl::OkStatus();
}

absl::Status Serve::Accept(Call& call, const grpc::ByteBuffer& bytes,
                           Message& message) {
  RETURN_IF_ERROR(Admit(call));
  RETURN_IF_ERROR(ParseRequest(bytes, "", message));
  return SetKey(
      message, [&] { return CanonicalBytes(message); }, call);
}

void Serve::Check(std::shared_ptr<Call> call,
                  std::function<void(absl::Status)> then) {
  const absl::Time deadline = call->deadline;
  database_.Read(
      deadline,
      [this, call = std::move(call)](Transaction& tx) {
        return Recognise(tx, *call).status();
      },
      std::move(then));
}

void Serve::Run(const std::shared_ptr<Call>& call, Work work) {
  const absl::Time deadline = call->deadline;
  const bool writes = call->method.writes;
  Database::Body body = [this, call, work = std::move(work)](Transaction& tx) {
    // Nothing of ours throws, but memory may run out: one call fails, not all.
    try {
      return Answer(tx, *call, work);
    } catch (const std::exception& error) {
      return absl::InternalError(error.what());
    }
  };
  Database::Done done = [this, call](const absl::Status& status) {
    if (MayBeAnswered(*call, status)) {
      Recall(call, status);
    } else {
      Finish(call, status);
    }
  };
  if (writes) {
    database_.Write(deadline, std::move(body), std::move(done));
  } else {
    database_.Read(deadline, std::move(body), std::move(done));
  }
}

void Serve::Finish(const std::shared_ptr<Call>& call,
                   const absl::Status& status) {
  Log(*call, status);
  // First: who has the answer may count on the place being free.
  if (call->inside) gate_.Leave();
  call->respond(ToGrpcStatus(status, call->id), call->answer);
}

absl::StatusOr<Caller> Serve::Recognise(Transaction& tx, Call& call) const {
  // Whoever hung up while the call was queued needs no answer.
  if (call.context.IsCancelled()) {
    return absl::CancelledError("The caller has gone.");
  }
  if (call.method.open()) return Caller();
  ASSIGN_OR_RETURN(Caller caller, tokens_.Authenticate(tx, call.secret));
  call.token = caller.token;
  caller.reach = ReachOf(call.method.grants, caller.roles);
  if (!caller.reach.any()) {
    return PermissionDenied("The roles of this token do not allow this call.");
  }
  return caller;
}

absl::Status Serve::Answer(Transaction& tx, Call& call,
                           const Work& work) const {
  ASSIGN_OR_RETURN(const Caller caller, Recognise(tx, call));
  if (call.key.id.empty()) {
    ASSIGN_OR_RETURN(call.answer, work(tx, caller));
    return absl::OkStatus();
  }
  call.key.caller = caller.token;
  ASSIGN_OR_RETURN(call.answer, work(tx, caller));
  // Fails if the request has been answered before, and with it all its work.
  return RecordAnswer(tx, call.key, call.answer, options_.clock());
}

void Serve::Recall(const std::shared_ptr<Call>& call,
                   const absl::Status& status) {
  const absl::Time deadline = call->deadline;
  auto recalled = std::make_shared<absl::Status>(status);
  Database::Body body = [call, status, recalled](Transaction& tx) {
    auto first = FindAnswer(tx, call->key);
    if (first.ok() && first->has_value()) {
      call->answer = **std::move(first);
      *recalled = absl::OkStatus();
    } else if (absl::IsInvalidArgument(first.status())) {
      *recalled = first.status();
    } else if (ReasonOf(status) == "COMMIT_UNKNOWN") {
      *recalled = WithRetryAfterMillis(status, kRetryUnknownMillis);
    }
    return absl::OkStatus();
  };
  database_.Read(
      deadline, std::move(body),
      [this, call, recalled](const absl::Status&) { Finish(call, *recalled); });
}

absl::Status SetKey(const Message& message,
                    const std::function<std::string()>& content, Call& call) {
  const auto* field = message.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !call.method.writes) return absl::OkStatus();
  std::string id = message.GetReflection()->GetString(message, field);
  if (id.empty()) return absl::OkStatus();
  if (id.size() > kMaxRequestIdBytes || !IsPrintable(id)) {
    return Invalid("request_id", "REQUEST_ID_INVALID",
                   "A request id is at most 64 printable ASCII characters.");
  }
  call.key.id = std::move(id);
  call.key.method = call.method.name;
  call.key.digest = Sha256Hex(content());
  return absl::OkStatus();
}

}  // namespace attune
