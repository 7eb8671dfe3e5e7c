#include "engine/form/vendors/item_ids.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attune {
namespace {

constexpr size_t kMaxId = 63;

// 8-4-4-4-12 hexadecimal digits.
bool IsUuid(absl::string_view id) {
  if (id.size() != 36) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? id[i] != '-'
                : !absl::ascii_isxdigit(static_cast<unsigned char>(id[i]))) {
      return false;
    }
  }
  return true;
}

std::string Cut(std::string id, size_t size) {
  if (id.size() > size) id.resize(size);
  while (!id.empty() && id.back() == '_') id.pop_back();
  return id;
}

// Letters and digits, the rest one underscore; empty if nothing is left.
std::string Spell(absl::string_view text, absl::string_view kind) {
  std::string id;
  for (const char raw : text) {
    const auto c = static_cast<unsigned char>(raw);
    if (absl::ascii_isalnum(c)) {
      id.push_back(absl::ascii_tolower(c));
    } else if (!id.empty() && id.back() != '_') {
      id.push_back('_');
    }
    if (id.size() > kMaxId) break;
  }
  if (!id.empty() && absl::ascii_isdigit(static_cast<unsigned char>(id[0]))) {
    id = absl::StrCat(kind, "_", id);
  }
  return Cut(std::move(id), kMaxId);
}

}  // namespace

std::string ItemIds::Take(absl::string_view vendor_id, absl::string_view title,
                          absl::string_view kind) {
  std::string wanted;
  if (!IsUuid(vendor_id)) wanted = Spell(vendor_id, kind);
  if (wanted.empty()) wanted = Spell(title, kind);
  if (wanted.empty()) wanted = std::string(kind);
  if (taken_.try_emplace(wanted, 1).second) return wanted;
  int number = taken_[wanted];
  std::string id;
  do {
    const std::string tail = absl::StrCat("_", ++number);
    id = Cut(wanted, kMaxId - tail.size()) + tail;
  } while (!taken_.try_emplace(id, 1).second);
  taken_[wanted] = number;
  return id;
}

}  // namespace attune
