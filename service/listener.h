// Where the server listens.

#ifndef ATTUNE_SERVICE_LISTENER_H_
#define ATTUNE_SERVICE_LISTENER_H_

#include <optional>
#include <string>

namespace attune {

struct Listener {
  // From HOST:PORT, [IPV6]:PORT or unix:PATH; nothing for anything else.
  static std::optional<Listener> Parse(const std::string& address);

  // The address with the port that was taken.
  std::string WithPort(int port) const;

  std::string host;       // as given, in brackets for IPv6; or unix:PATH
  bool has_port = true;   // false for a unix socket
  bool loopback = false;  // only this machine can reach it
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_LISTENER_H_
