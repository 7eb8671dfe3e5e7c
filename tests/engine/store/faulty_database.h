// A database whose nth statement fails: for showing that whatever fails,
// nothing is left half done.

#ifndef ATTUNE_TESTS_ENGINE_STORE_FAULTY_DATABASE_H_
#define ATTUNE_TESTS_ENGINE_STORE_FAULTY_DATABASE_H_

#include <atomic>
#include <utility>

#include "absl/status/status.h"
#include "engine/errors.h"
#include "engine/store/database.h"

namespace attune {

// Wraps another, which must outlive it and every call.  Counts the statements
// of reads and writes together.  Thread-safe.
class FaultyDatabase : public Database {
 public:
  // The `nth` statement, counted from 1, fails with UNAVAILABLE (FAULT).
  FaultyDatabase(Database& inner, int nth) : inner_(inner), left_(nth) {}

  void Write(absl::Time deadline, Body body, Done done) override {
    inner_.Write(deadline, Wrap(std::move(body)), std::move(done));
  }
  void Read(absl::Time deadline, Body body, Done done) override {
    inner_.Read(deadline, Wrap(std::move(body)), std::move(done));
  }
  absl::Status Health() const override { return inner_.Health(); }

  // False as long as there were fewer statements than `nth`.
  bool fired() const { return left_ <= 0; }

 private:
  class FaultyTransaction : public Transaction {
   public:
    FaultyTransaction(Transaction& inner, std::atomic<int>& left)
        : inner_(inner), left_(left) {}

    absl::Status Scan(
        absl::string_view sql, absl::Span<const Value> params,
        absl::FunctionRef<absl::Status(const Row&)> on_row) override {
      if (fault_.ok() && --left_ == 0) {
        fault_ = MakeError(absl::StatusCode::kUnavailable, "FAULT",
                           "This statement was to fail.");
      }
      return fault_.ok() ? inner_.Scan(sql, params, on_row) : fault_;
    }

    const TextSearch& text_search() const override {
      return inner_.text_search();
    }

    const absl::Status& fault() const { return fault_; }

   private:
    Transaction& inner_;
    std::atomic<int>& left_;
    absl::Status fault_;
  };

  Body Wrap(Body body) {
    return [this, body = std::move(body)](Transaction& tx) {
      FaultyTransaction faulty(tx, left_);
      const absl::Status status = body(faulty);
      // As in a real one, an error that the body swallows is still the end.
      return status.ok() ? faulty.fault() : status;
    };
  }

  Database& inner_;
  std::atomic<int> left_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STORE_FAULTY_DATABASE_H_
