#include "service/call.h"

#include <google/protobuf/descriptor.pb.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr char kIdHeader[] = "x-request-id";
constexpr size_t kMaxIdBytes = 64;
constexpr absl::string_view kBearer = "Bearer ";

// Nothing that could be taken for another field of the log.
bool IsUsableId(absl::string_view id) {
  return !id.empty() && id.size() <= kMaxIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' ||
                  c == ':';
         });
}

absl::string_view View(const grpc::string_ref& text) {
  return {text.data(), text.size()};
}

std::string IdOf(const grpc::CallbackServerContext& context) {
  const auto sent = context.client_metadata().find(kIdHeader);
  if (sent != context.client_metadata().end() &&
      IsUsableId(View(sent->second))) {
    return std::string(View(sent->second));
  }
  return MakeUuid(absl::ToUnixMicros(absl::Now()));
}

spdlog::level::level_enum LevelOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return spdlog::level::err;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return spdlog::level::warn;
    default:
      return spdlog::level::info;
  }
}

}  // namespace

Method::Method(const google::protobuf::MethodDescriptor& descriptor)
    : name(absl::StrCat("/", descriptor.service()->full_name(), "/",
                        descriptor.name())),
      writes(descriptor.options().idempotency_level() !=
             google::protobuf::MethodOptions::NO_SIDE_EFFECTS),
      grants(FindGrants(name)) {}

Call::Call(grpc::CallbackServerContext& the_context, const Method& the_method,
           absl::Duration longest, Respond the_respond)
    : context(the_context),
      method(the_method),
      respond(std::move(the_respond)),
      id(IdOf(context)),
      start(absl::Now()),
      deadline(
          std::min(absl::FromChrono(context.deadline()), start + longest)) {
  context.AddInitialMetadata(kIdHeader, id);
}

absl::StatusOr<std::string> BearerOf(
    const grpc::CallbackServerContext& context) {
  const auto [first, last] =
      context.client_metadata().equal_range("authorization");
  if (first != last && std::next(first) == last &&
      absl::StartsWithIgnoreCase(View(first->second), kBearer)) {
    return std::string(
        absl::StripAsciiWhitespace(View(first->second).substr(kBearer.size())));
  }
  return MakeError(
      absl::StatusCode::kUnauthenticated, "TOKEN_MISSING",
      "Send an API token, once, as `authorization: Bearer att_...`.");
}

void Log(const Call& call, const absl::Status& status) {
  const spdlog::level::level_enum level = LevelOf(status.code());
  if (!spdlog::should_log(level)) return;
  std::string line = absl::StrCat(
      "method=", call.method.name,
      " code=", absl::StatusCodeToString(status.code()),
      " reason=", ReasonOf(status),
      " micros=", absl::ToInt64Microseconds(absl::Now() - call.start),
      " request_id=", call.id, " token=", call.token);
  if (level == spdlog::level::err) {
    absl::StrAppend(&line, " detail=\"", absl::CEscape(status.message()), "\"");
  }
  spdlog::log(level, line);
}

}  // namespace attune
