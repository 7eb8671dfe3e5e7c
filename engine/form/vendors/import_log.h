// What an importer finds on its way through another vendor's file.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_IMPORT_LOG_H_
#define ATTUNE_ENGINE_FORM_VENDORS_IMPORT_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/violations.h"

namespace attune {

// Something of the vendor's form that the imported one has not, or has in
// another way.
struct ImportNote {
  std::string path;  // in the vendor's file, where it stands first
  std::string what;
  std::string why;
  int count = 1;  // how many places in the file it stands at
};

// Not thread-safe.
class ImportLog {
 public:
  // The same thing at another place only raises the count.
  void Note(absl::string_view path, absl::string_view what,
            absl::string_view why);
  // The file cannot be imported.
  void Refuse(absl::string_view path, absl::string_view reason,
              absl::string_view description);

  bool refused() const { return !problems_.empty(); }
  // INVALID_ARGUMENT (VENDOR_FORM_INVALID) with the first 100 problems.
  absl::Status ToStatus() const;
  std::vector<ImportNote> TakeNotes() { return std::move(notes_); }

 private:
  Violations problems_;
  std::vector<ImportNote> notes_;
  absl::flat_hash_map<std::pair<std::string, std::string>, size_t> index_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_IMPORT_LOG_H_
