#include "service/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace attune {
namespace {

// 127.0.0.0/8, ::1 and localhost.
bool IsLoopback(const std::string& host) {
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return ntohl(v4.s_addr) >> 24 == 127;
  }
  in6_addr v6;
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
    return IN6_IS_ADDR_LOOPBACK(&v6);
  }
  return host == "localhost";
}

bool IsPort(absl::string_view text) {
  int port = 0;
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos &&
         absl::SimpleAtoi(text, &port) && port <= 65535;
}

bool IsIpv6(const std::string& host) {
  in6_addr v6;
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1;
}

}  // namespace

std::optional<Listener> Listener::Parse(const std::string& address) {
  if (absl::StartsWith(address, "unix:")) {
    if (address.size() == 5) return std::nullopt;
    return Listener{.host = address, .has_port = false, .loopback = true};
  }
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0 ||
      !IsPort(absl::string_view(address).substr(colon + 1))) {
    return std::nullopt;
  }
  const std::string host = address.substr(0, colon);
  if (host.front() == '[') {
    const std::string inner = host.substr(1, host.size() - 2);
    if (host.back() != ']' || !IsIpv6(inner)) return std::nullopt;
    return Listener{.host = host, .loopback = IsLoopback(inner)};
  }
  if (absl::StrContains(host, ':') || absl::StrContains(host, '/')) {
    return std::nullopt;
  }
  return Listener{.host = host, .loopback = IsLoopback(host)};
}

std::string Listener::WithPort(int port) const {
  return has_port ? absl::StrCat(host, ":", port) : host;
}

}  // namespace attune
