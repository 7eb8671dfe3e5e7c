#include "engine/store/row_hash.h"

#include <openssl/evp.h>

#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace attune {
namespace {

void AppendNumber(uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift);
  }
}

void AppendBytes(char type, absl::string_view bytes, std::string& out) {
  out += type;
  AppendNumber(bytes.size(), out);
  out.append(bytes.data(), bytes.size());
}

void Append(const Value& value, std::string& out) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    out += 'i';
    AppendNumber(sizeof(*number), out);
    AppendNumber(static_cast<uint64_t>(*number), out);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    AppendBytes('t', *text, out);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    AppendBytes('b', bytes->data, out);
  } else {
    AppendBytes('n', "", out);
  }
}

}  // namespace

RowHash::RowHash() : digest_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(digest_, EVP_sha256(), nullptr);
}

RowHash::RowHash(const StoreTable& table) : RowHash() {
  Add({table.name});
  for (const std::string& column : table.columns) Add({column});
  rows_ = 0;
}

RowHash::~RowHash() { EVP_MD_CTX_free(digest_); }

void RowHash::Add(const Row& row) {
  buffer_.clear();
  for (const Value& value : row) Append(value, buffer_);
  EVP_DigestUpdate(digest_, buffer_.data(), buffer_.size());
  ++rows_;
}

std::string RowHash::Finish() {
  std::string bytes(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_DigestFinal_ex(digest_, reinterpret_cast<unsigned char*>(bytes.data()),
                     &size);
  bytes.resize(size);
  return absl::BytesToHexString(bytes);
}

}  // namespace attune
