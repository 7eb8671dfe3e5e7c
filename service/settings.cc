#include "service/settings.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <optional>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "service/tls.h"

namespace attune {
namespace {

// Keeps the first error of the parser, which else prints to stderr.
class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (!text_.empty()) return;
    text_ =
        absl::StrCat("line ", line + 1, ", column ", column + 1, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// `value`, or `otherwise` for 0; what is out of range is a violation.
int Within(int value, int otherwise, int least, int most, const char* field,
           Violations& bad) {
  if (value == 0) return otherwise;
  if (value < least || value > most) {
    bad.Add(
        field, "OUT_OF_RANGE",
        absl::StrCat("Between ", least, " and ", most, ", not ", value, "."));
  }
  return value;
}

std::string Or(const std::string& value, const char* otherwise) {
  return value.empty() ? otherwise : value;
}

absl::Status TlsRequired(const std::string& address) {
  return FailedPrecondition(
      "TLS_REQUIRED",
      absl::StrCat("Other machines could reach ", address,
                   ", and tokens would travel in the clear: give --tls-cert "
                   "and --tls-key, or listen on 127.0.0.1."));
}

}  // namespace

absl::StatusOr<v1::ServerConfig> ReadConfig(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return MakeError(absl::StatusCode::kNotFound, "FILE_UNREADABLE",
                     absl::StrCat("Cannot read ", path, "."));
  }
  FirstError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  v1::ServerConfig config;
  if (!parser.ParseFromString(text.str(), &config)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "CONFIG_MALFORMED",
                     absl::StrCat(path, ": ", error.text()));
  }
  return config;
}

absl::StatusOr<Settings> Settings::Make(const v1::ServerConfig& config) {
  Violations bad;
  Settings settings;
  settings.data_dir = Or(config.data_dir(), "./var");
  settings.address = Or(config.grpc(), "127.0.0.1:7400");
  settings.max_request_bytes = Within(config.max_request_bytes(), 4 << 20, 1024,
                                      64 << 20, "max_request_bytes", bad);
  settings.max_in_flight =
      Within(config.max_in_flight(), 1024, 1, 100'000, "max_in_flight", bad);
  settings.longest_call = absl::Seconds(
      Within(config.deadline_seconds(), 30, 1, 3600, "deadline_seconds", bad));
  settings.shutdown_grace =
      absl::Seconds(Within(config.shutdown_grace_seconds(), 10, 1, 3600,
                           "shutdown_grace_seconds", bad));
  settings.contest_days =
      Within(config.contest_days(), 14, 1, 365, "contest_days", bad);
  if (!config.feedback_owner().empty()) {
    const auto owner = ParsePersonName(config.feedback_owner());
    if (!owner) {
      bad.Add("feedback_owner", "NAME_INVALID", "A person is people/{person}.");
    }
    settings.feedback_owner = owner.value_or("");
  }
  settings.store.url =
      Or(config.database(), ("sqlite:" + settings.data_dir).c_str());
  settings.store.reader_threads =
      Within(config.reader_threads(), 2, 1, 64, "reader_threads", bad);
  settings.store.connections = Within(config.database_connections(), 16, 2,
                                      1000, "database_connections", bad);
  settings.store.warn = [](const std::string& text) {
    spdlog::warn("event=database detail=\"{}\"", absl::CEscape(text));
  };
  if (!IsStoreUrl(settings.store.url)) {
    bad.Add("database", "STORE_URL",
            "postgresql://HOST/DATABASE, or nothing for the embedded store in "
            "data_dir.");
  }
  const std::optional<Listener> listener = Listener::Parse(settings.address);
  if (!listener.has_value()) {
    bad.Add("grpc", "ADDRESS_MALFORMED",
            absl::StrCat("HOST:PORT, [IPV6]:PORT or unix:PATH, not ",
                         settings.address, "."));
  }
  const bool tls = !config.tls_cert().empty();
  if (tls != !config.tls_key().empty()) {
    bad.Add(tls ? "tls_key" : "tls_cert", "REQUIRED",
            "TLS needs both the certificate and its key.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  settings.listener = *listener;
  if (!tls && !listener->loopback) return TlsRequired(settings.address);
  settings.credentials = grpc::InsecureServerCredentials();
  if (tls) {
    ASSIGN_OR_RETURN(settings.credentials,
                     TlsCredentials(config.tls_cert(), config.tls_key()));
  }
  return settings;
}

}  // namespace attune
