// The contact center of the half-year: its people, each with a token of their
// own, its clock, its running server, and what is known to have been scored.

#ifndef ATTUNE_TESTS_E2E_CENTER_H_
#define ATTUNE_TESTS_E2E_CENTER_H_

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/calls.h"
#include "tests/e2e/ledger.h"
#include "tests/service/server_test.h"

// A namespace of its own: words of the story, such as Call, are also words of
// the server, which runs in the same process.
namespace attune::half_year {

// The value, or a failure of the test and an empty one.
template <typename T>
T Must(absl::StatusOr<T> value) {
  EXPECT_THAT(value, IsOk());
  return value.ok() ? *std::move(value) : T();
}

class Center : public ServerTest {
 public:
  using ServerTest::Anonymous;

  // Time stands still in between; it never goes back.
  void At(const std::string& day, int hour);

  // A team's lead is `lead-red`; `quinn` leads quality; "" is the
  // administration.
  void Hire(const std::string& id, v1::Role role, const std::string& team);
  void Join(const std::vector<int>& agents);
  // Stays as somebody else, in no team, and without the token.
  void Leave(int agent);
  // Where the agents are, who are agents now.
  const std::map<int, std::string>& teams() const { return teams_; }
  std::string LeadOf(int agent) const;

  // client.Call, which must succeed.
  template <typename Stub, typename Request, typename Response>
  Response Do(const std::string& person,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                           Response*),
              const Request& request) {
    return Must(As(person).Call(method, request));
  }
  // The same with the request as text.
  template <typename Stub, typename Request, typename Response>
  Response Do(const std::string& person,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                           Response*),
              const std::string& request) {
    return Must(As(person).Call(method, Text<Request>(request)));
  }
  // Which may fail.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Try(
      const std::string& person,
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const std::string& request) {
    return As(person).Call(method, Text<Request>(request));
  }
  Client As(const std::string& person) const;
  // An evaluation, if this person may read it.
  absl::StatusOr<v1::Evaluation> Read(const std::string& person,
                                      const std::string& evaluation) const;

  // They are stored, as an import does.
  void Take(const std::vector<Call>& calls);

  Ledger& ledger() { return ledger_; }
  // Of the form, that evaluations are made on now.
  int revision() const { return revision_; }
  void set_revision(int revision) { revision_ = revision; }

  // On the same data, which tokens survive.
  void RestartServer();

 protected:
  void SetUp() override;

 private:
  struct Access {
    std::string token;
    std::string secret;
  };

  void Create(const std::vector<v1::CreatePersonRequest>& people);

  std::atomic<int64_t> now_us_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  std::string admin_secret_;
  std::map<std::string, Access> access_;
  std::map<int, std::string> teams_;
  Ledger ledger_;
  int revision_ = 1;
};

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CENTER_H_
