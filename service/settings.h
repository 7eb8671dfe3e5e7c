// What the server was told, checked and complete.

#ifndef ATTUNE_SERVICE_SETTINGS_H_
#define ATTUNE_SERVICE_SETTINGS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attune/v1/server_config.pb.h"
#include "engine/store/open_store.h"
#include "service/listener.h"

namespace attune {

// Reads a ServerConfig in text format.  NOT_FOUND (FILE_UNREADABLE);
// INVALID_ARGUMENT (CONFIG_MALFORMED) with line and column.
absl::StatusOr<v1::ServerConfig> ReadConfig(const std::string& path);

struct Settings {
  // Fills in the defaults of server_config.proto and reads the TLS files.
  // INVALID_ARGUMENT with every violation; FAILED_PRECONDITION (TLS_REQUIRED)
  // for a listener without TLS that other machines can reach.
  static absl::StatusOr<Settings> Make(const v1::ServerConfig& config);

  std::string data_dir;
  std::string address;  // as given
  Listener listener;
  std::shared_ptr<grpc::ServerCredentials> credentials;
  int max_request_bytes = 0;
  int max_in_flight = 0;
  absl::Duration longest_call;
  absl::Duration shutdown_grace;
  int contest_days = 14;
  std::string feedback_owner;  // id; empty: a qa_lead
  StoreOptions store;
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_SETTINGS_H_
