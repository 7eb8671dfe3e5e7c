// The running server: store, services, listener.

#ifndef ATTUNE_SERVICE_SERVER_H_
#define ATTUNE_SERVICE_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attune/v1/server_config.pb.h"
#include "engine/clock.h"

namespace attune {

class Server {
 public:
  // Opens and migrates the store, makes the first token if there is none, and
  // listens.  Besides what Settings::Make and OpenSqlite give: UNAVAILABLE
  // (ADDRESS_UNAVAILABLE) if the port is taken or the host is not ours.  Every
  // time that is stored or compared is `clock`'s.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const v1::ServerConfig& config, Clock clock = SystemClock());
  // Stops at once unless Stop was called.
  ~Server();

  int grpc_port() const;
  // HOST:PORT with the port that was taken.
  std::string grpc_address() const;
  const std::string& data_dir() const;
  // File with the first token.
  std::string token_path() const;
  // How long Stop should wait, as configured.
  absl::Duration shutdown_grace() const;

  // Reports NOT_SERVING, refuses new calls, lets running ones finish for up to
  // `grace`, cancels the rest, closes the store.  Calling again does nothing.
  void Stop(absl::Duration grace);

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_SERVER_H_
