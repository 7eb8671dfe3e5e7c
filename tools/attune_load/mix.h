// Which calls a load is made of, and in what proportion.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_MIX_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_MIX_H_

#include <array>
#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/attune_load/random.h"

namespace attune {

enum class CallKind {
  kSubmit,      // an advocate submits an evaluation
  kPreview,     // the score moves while an advocate answers
  kGet,         // somebody reads an evaluation
  kList,        // somebody looks through an agent's evaluations
  kReport,      // an agent's scorecard
  kTeamReport,  // a team's coaching report
  kContacts,    // contacts arrive, which submits need; not in a mix
};
inline constexpr size_t kCallKinds = 7;

struct CallKindText {
  const char* name;  // as in --mix and in results
  const char* path;  // of the method
};
const CallKindText& TextOf(CallKind kind);

class Mix {
 public:
  // Half submits, as when a floor of advocates is at work.
  static Mix Default();
  // `submit=50,preview=20`: whole weights from 0, what is not named has none.
  // INVALID_ARGUMENT (USAGE).
  static absl::StatusOr<Mix> Parse(absl::string_view text);

  CallKind Pick(Random& random) const;
  size_t weight(CallKind kind) const {
    return weights_[static_cast<size_t>(kind)];
  }
  // As Parse() takes it.
  std::string ToString() const;

 private:
  std::array<size_t, kCallKinds> weights_ = {};
  size_t total_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_MIX_H_
