// Everything that is wrong with a request, said at once.

#ifndef ATTUNE_ENGINE_VIOLATIONS_H_
#define ATTUNE_ENGINE_VIOLATIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attune {

// One wrong field.
struct Violation {
  std::string field;        // path from the request: form.sections[0].weight
  std::string reason;       // UPPER_SNAKE_CASE, stable
  std::string description;  // what is wrong and what would be right
};

// Collects violations in the order they are found.  Not thread-safe.
class Violations {
 public:
  void Add(absl::string_view field, absl::string_view reason,
           absl::string_view description);
  // Takes over what `other` found, each field under `prefix`.
  void Append(absl::string_view prefix, const Violations& other);

  bool empty() const { return all_.empty(); }
  const std::vector<Violation>& all() const { return all_; }

  // OK if empty, else INVALID_ARGUMENT carrying google.rpc.BadRequest with the
  // first 20: over 8 KB of details gRPC would replace the whole answer.
  absl::Status ToStatus() const;

  // What `status` carries; empty if nothing.
  static Violations FromStatus(const absl::Status& status);

 private:
  std::vector<Violation> all_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VIOLATIONS_H_
