// Moving a store from one database to another.

#ifndef ATTUNE_ENGINE_STORE_STORE_COPY_H_
#define ATTUNE_ENGINE_STORE_STORE_COPY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attune/v1/admin_service.pb.h"
#include "engine/store/database.h"

namespace attune {

enum class CopyPhase {
  kCompare,  // what a copy that was interrupted left in the target
  kCopy,
  kProve,
};

struct CopyOptions {
  int page_rows = 1000;  // most rows of a transaction
  // Called on the caller's thread.
  std::function<void(CopyPhase phase, int64_t rows_done, int64_t rows_total)>
      on_progress = [](CopyPhase, int64_t, int64_t) {};
};

struct CopiedTable {
  std::string name;
  int64_t rows = 0;    // of the source
  int64_t copied = 0;  // by this run; the others were there
  std::string hash;    // of the target's rows (row_hash.h)
};

struct CopiedStore {
  std::vector<CopiedTable> tables;  // in the order of copying
  // SHA-256 over every table's name and hash.
  std::string source_hash;
  std::string target_hash;
  // Names the first row that is not the same; empty if all are.
  std::string difference;
  v1::VerifyResponse verified;  // what VerifyStore finds in the target
  absl::Duration copying;       // writing rows alone
};

// Copies every row, a page a transaction, in the order of keys, so that a run
// that ended early is gone on with by the next, and makes indexes of words
// anew; then reads both and compares. Nobody else may write to either
// meanwhile.  FAILED_PRECONDITION (STORE_NOT_EMPTY), with nothing written, if
// `to` holds anything but the first rows of `from`; else what Transaction::Scan
// gives.
absl::StatusOr<CopiedStore> CopyStore(Database& from, Database& to,
                                      const CopyOptions& options);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_STORE_COPY_H_
