// A hash of rows that is the same whatever database holds them.

#ifndef ATTUNE_ENGINE_STORE_ROW_HASH_H_
#define ATTUNE_ENGINE_STORE_ROW_HASH_H_

#include <cstdint>
#include <string>

#include "engine/store/database.h"
#include "engine/store/tables.h"

typedef struct evp_md_ctx_st EVP_MD_CTX;

namespace attune {

// SHA-256 over cells, each as a letter for its type (n, i, t, b), the length of
// what follows in 8 bytes, and that: nothing for NULL, a whole number in 8
// bytes, the bytes of text and blobs.  Numbers have their highest byte first.
class RowHash {
 public:
  RowHash();
  // Begins with the table's name and those of its columns, each as text.
  explicit RowHash(const StoreTable& table);
  ~RowHash();
  RowHash(const RowHash&) = delete;
  RowHash& operator=(const RowHash&) = delete;

  void Add(const Row& row);
  int64_t rows() const { return rows_; }
  // In lower-case hexadecimal; nothing is added afterwards.
  std::string Finish();

 private:
  EVP_MD_CTX* const digest_;
  std::string buffer_;  // of one row, kept to be filled again
  int64_t rows_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_ROW_HASH_H_
