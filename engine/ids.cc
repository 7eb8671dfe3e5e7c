#include "engine/ids.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdlib>

#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace attune {
namespace {

constexpr size_t kMaxIdBytes = 63;

bool IsLowerAlnum(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c);
}

template <typename First, typename Rest>
bool Matches(absl::string_view id, First first, Rest rest) {
  if (id.empty() || id.size() > kMaxIdBytes || !first(id[0])) return false;
  id.remove_prefix(1);
  return std::all_of(id.begin(), id.end(), rest);
}

// 48 bits of milliseconds and a 12-bit counter that never runs backwards.
class UuidSequence {
 public:
  uint64_t Next(uint64_t millis) {
    absl::MutexLock lock(&mutex_);
    last_ = std::max(last_ + 1, millis << 12);
    return last_;
  }

 private:
  absl::Mutex mutex_;
  uint64_t last_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

bool IsResourceId(absl::string_view id) {
  return Matches(id, IsLowerAlnum, [](char c) {
    return IsLowerAlnum(c) || c == '.' || c == '_' || c == '-';
  });
}

bool IsContactId(absl::string_view id) {
  return Matches(
      id, [](char c) { return absl::ascii_isalnum(c); },
      [](char c) {
        return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == ':' ||
               c == '-';
      });
}

bool IsItemId(absl::string_view id) {
  return Matches(
      id, [](char c) { return absl::ascii_islower(c); },
      [](char c) { return IsLowerAlnum(c) || c == '_'; });
}

std::string MakeUuid(int64_t now_us) {
  static UuidSequence& sequence = *new UuidSequence;
  const uint64_t ticks = sequence.Next(static_cast<uint64_t>(now_us / 1000));
  std::string bytes(16, '\0');
  const uint64_t millis = ticks >> 12;
  for (int i = 0; i < 6; ++i) {
    bytes[static_cast<size_t>(i)] = static_cast<char>(millis >> (40 - 8 * i));
  }
  const uint64_t counter = ticks & 0xFFF;
  bytes[6] = static_cast<char>(0x70 | (counter >> 8));
  bytes[7] = static_cast<char>(counter);
  const std::string random = RandomBytes(8);
  std::copy(random.begin(), random.end(), bytes.begin() + 8);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  const absl::string_view view(hex);
  return absl::StrCat(view.substr(0, 8), "-", view.substr(8, 4), "-",
                      view.substr(12, 4), "-", view.substr(16, 4), "-",
                      view.substr(20));
}

std::string RandomBytes(size_t byte_count) {
  std::string bytes(byte_count, '\0');
  // Without randomness neither tokens nor ids can be trusted.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()),
                 static_cast<int>(byte_count)) != 1) {
    std::abort();
  }
  return bytes;
}

std::string Sha256Hex(absl::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(data.data()), data.size(),
         digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), sizeof digest));
}

bool IsCleanUtf8(absl::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const auto* end = p + text.size();
  while (p < end) {
    const unsigned char lead = *p++;
    if (lead == 0) return false;
    if (lead < 0x80) continue;
    // Bytes that follow, and the bounds of the first of them, which rule out
    // overlong forms, surrogates and code points over U+10FFFF (RFC 3629).
    int more = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      more = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      more = 2;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      more = 3;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return false;
    }
    for (; more > 0; --more) {
      if (p == end || *p < low || *p > high) return false;
      ++p;
      low = 0x80;
      high = 0xBF;
    }
  }
  return true;
}

}  // namespace attune
