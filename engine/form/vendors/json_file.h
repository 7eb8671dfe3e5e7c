// JSON that another program wrote, read with a path for everything.

#ifndef ATTUNE_ENGINE_FORM_VENDORS_JSON_FILE_H_
#define ATTUNE_ENGINE_FORM_VENDORS_JSON_FILE_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/form/vendors/import_log.h"

namespace attune {

using VendorJson = nlohmann::ordered_json;

// INVALID_ARGUMENT: JSON_INVALID with line and column for what is no JSON, is
// nested too deeply or has a key twice in an object; JSON_TOO_LARGE.
absl::StatusOr<VendorJson> ParseVendorJson(absl::string_view text);

// An object of the file.  Borrows the value and the log.  Every getter says in
// the log what has the wrong type; `null` is the same as absent.
class VendorObject {
 public:
  // The whole file; anything but an object is said in the log.
  static VendorObject Root(const VendorJson& file, ImportLog& log);

  bool has(const char* key) const;
  // An object stands there.
  bool Holds(const char* key) const;
  // Empty if absent.
  std::string Text(const char* key);
  // The same; absent or empty is said in the log.
  std::string RequiredText(const char* key);
  bool Flag(const char* key);
  std::optional<double> Number(const char* key);
  // 0 or more and at most 1e9, what points and weights can be.
  std::optional<double> Amount(const char* key);
  std::optional<VendorObject> Object(const char* key);
  // Empty if absent.  What is no object in it is said in the log.
  std::vector<VendorObject> Objects(const char* key);
  std::vector<std::string> Texts(const char* key);

  // Notes every key that nobody asked for.
  void NoteRest();

  const std::string& path() const { return path_; }
  // The path of a member.
  std::string At(absl::string_view key) const;

 private:
  VendorObject(const VendorJson& value, std::string path, ImportLog& log)
      : value_(&value), path_(std::move(path)), log_(&log) {}

  // The member; nothing if absent.
  const VendorJson* Find(const char* key);
  void WrongType(const char* key, absl::string_view wanted);
  const VendorJson* FindArray(const char* key);

  const VendorJson* value_;
  std::string path_;
  ImportLog* log_;
  absl::flat_hash_set<std::string> read_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_VENDORS_JSON_FILE_H_
