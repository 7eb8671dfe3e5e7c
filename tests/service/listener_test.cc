#include "service/listener.h"

#include <gtest/gtest.h>

namespace attune {
namespace {

// "loopback", "open" or "malformed".
std::string Describe(const std::string& address) {
  const auto listener = Listener::Parse(address);
  if (!listener.has_value()) return "malformed";
  return listener->loopback ? "loopback" : "open";
}

TEST(ListenerTest, TellsLoopbackFromTheRest) {
  for (const char* address :
       {"127.0.0.1:7400", "127.9.8.7:0", "localhost:65535", "[::1]:7400",
        "unix:/run/attune.sock"}) {
    EXPECT_EQ(Describe(address), "loopback") << address;
  }
  for (const char* address :
       {"0.0.0.0:7400", "[::]:7400", "192.168.0.7:7400", "example.org:7400",
        "[2001:db8::1]:7400", "localhost.example.org:1", "128.0.0.1:1"}) {
    EXPECT_EQ(Describe(address), "open") << address;
  }
}

TEST(ListenerTest, RefusesWhatIsNoAddress) {
  for (const char* address :
       {"", "7400", ":7400", "localhost", "localhost:", "localhost:65536",
        "localhost:-1", "localhost:http", "::1:7400", "[::1]", "[x]:1",
        "[::1:7400", "unix:", "dns:///host:1"}) {
    EXPECT_EQ(Describe(address), "malformed") << address;
  }
}

TEST(ListenerTest, PutsTheTakenPortInPlace) {
  EXPECT_EQ(Listener::Parse("127.0.0.1:0")->WithPort(41), "127.0.0.1:41");
  EXPECT_EQ(Listener::Parse("[::1]:0")->WithPort(41), "[::1]:41");
  EXPECT_EQ(Listener::Parse("unix:/a")->WithPort(1), "unix:/a");
}

}  // namespace
}  // namespace attune
