// A database that does what a test says instead of running anything.

#ifndef ATTUNE_TESTS_SERVICE_FAKE_DATABASE_H_
#define ATTUNE_TESTS_SERVICE_FAKE_DATABASE_H_

#include <functional>
#include <utility>

#include "engine/store/database.h"

namespace attune {

class FakeDatabase final : public Database {
 public:
  // Gets every transaction's deadline and what must be called to end it.
  using Behaviour = std::function<void(absl::Time deadline, Done done)>;

  explicit FakeDatabase(Behaviour behaviour)
      : behaviour_(std::move(behaviour)) {}

  void Write(absl::Time deadline, Body /*body*/, Done done) override {
    behaviour_(deadline, std::move(done));
  }
  void Read(absl::Time deadline, Body /*body*/, Done done) override {
    behaviour_(deadline, std::move(done));
  }
  absl::Status Health() const override { return health_; }

  void set_health(absl::Status health) { health_ = std::move(health); }

 private:
  const Behaviour behaviour_;
  absl::Status health_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_SERVICE_FAKE_DATABASE_H_
