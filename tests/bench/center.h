// The contact center that benchmarks load: a form of 20 questions in 6
// sections, agents, advocates and contacts, and clients of the server.

#ifndef ATTUNE_TESTS_BENCH_CENTER_H_
#define ATTUNE_TESTS_BENCH_CENTER_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "attune/v1/directory_service.grpc.pb.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"

namespace attune {

inline constexpr int kRaters = 8;
inline constexpr int kAgents = 50;

// 20 yes/no questions in 6 sections.
v1::Form BenchmarkForm();
// Complete answers to it with a few comments; `seed` varies them.
v1::Evaluation BenchmarkAnswers(int seed);

// Waits for the answer and ends the program if it is an error.
void Expect(const grpc::Status& status, const char* what);

// A running server with a filled directory.
class BenchmarkCenter {
 public:
  // `address` and the admin's secret.
  BenchmarkCenter(const std::string& address, const std::string& admin);

  // Adds contacts until there are `count`.
  void GrowTo(int count);
  // The name of a contact.
  std::string ContactName(int number) const;
  const std::string& rater_secret(int rater) const {
    return secrets_[static_cast<size_t>(rater)];
  }
  // A channel of its own connection, to any server of this store.
  static std::shared_ptr<grpc::Channel> NewChannel(const std::string& address);

 private:
  std::unique_ptr<grpc::ClientContext> AsAdmin() const;

  std::string admin_;
  std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::string> secrets_;
  int contacts_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_CENTER_H_
