#include "engine/access/secret.h"

#include <openssl/crypto.h>

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr size_t kSecretBytes = 32;

}  // namespace

Secret MakeSecret(absl::string_view prefix, absl::string_view id) {
  const std::string secret = absl::BytesToHexString(RandomBytes(kSecretBytes));
  return {absl::StrCat(prefix, "_", id, "_", secret), Sha256Hex(secret)};
}

std::optional<ShownSecret> ParseSecret(absl::string_view prefix,
                                       absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '_');
  if (parts.size() != 3 || parts[0] != prefix || !IsResourceId(parts[1])) {
    return std::nullopt;
  }
  return ShownSecret{std::string(parts[1]), Sha256Hex(parts[2])};
}

bool IsSecret(const ShownSecret& shown, absl::string_view hash) {
  return shown.hash.size() == hash.size() &&
         CRYPTO_memcmp(shown.hash.data(), hash.data(), hash.size()) == 0;
}

}  // namespace attune
