#include "service/log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <iostream>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace attune {
namespace {

constexpr char kPattern[] = "time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v";

void LogGrpc(gpr_log_func_args* args) {
  spdlog::log(
      args->severity == GPR_LOG_SEVERITY_ERROR ? spdlog::level::warn
                                               : spdlog::level::info,
      absl::StrCat("from=grpc text=\"", absl::CEscape(args->message), "\""));
}

}  // namespace

void LogToStderr() {
  // Of its own, std::clog is buffered: a line costs no system call.
  std::ios::sync_with_stdio(false);
  auto logger = std::make_shared<spdlog::logger>(
      "attuned", std::make_shared<spdlog::sinks::ostream_sink_mt>(std::clog));
  logger->set_pattern(kPattern, spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  spdlog::flush_every(std::chrono::seconds(1));
  gpr_set_log_function([](gpr_log_func_args*) {});
  google::protobuf::SetLogHandler(nullptr);
}

void LogGrpcToo() { gpr_set_log_function(LogGrpc); }

}  // namespace attune
