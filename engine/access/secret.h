// Secrets that are handed out once, `att_{id}_{secret}`, and of which only a
// hash is kept.

#ifndef ATTUNE_ENGINE_ACCESS_SECRET_H_
#define ATTUNE_ENGINE_ACCESS_SECRET_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attune {

struct Secret {
  std::string text;  // to hand out
  std::string hash;  // to keep
};

// A new one of 256 bits.  `id`, without `_`, is what its row is found by.
Secret MakeSecret(absl::string_view prefix, absl::string_view id);

// One that somebody shows.
struct ShownSecret {
  std::string id;
  std::string hash;
};

// Nothing unless `text` has the shape of a secret with this prefix.
std::optional<ShownSecret> ParseSecret(absl::string_view prefix,
                                       absl::string_view text);

// Whether it is the one that was kept as `hash`; how long that takes tells
// nothing.
bool IsSecret(const ShownSecret& shown, absl::string_view hash);

}  // namespace attune

#endif  // ATTUNE_ENGINE_ACCESS_SECRET_H_
