#include "engine/form/vendors/json_file.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/form/decimal.h"
#include "engine/form/vendors/vendor_form.h"

namespace attune {
namespace {

constexpr size_t kMaxDepth = 40;

// Reads along without keeping anything: the library's own reader would take
// the last of two equal keys and say nothing, and follow any depth.
class ShapeCheck : public nlohmann::json_sax<VendorJson> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

  bool start_object(size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open(); }
  bool end_array() override { return Close(); }
  bool key(string_t& key) override {
    return keys_.back().insert(key).second ||
           Stop(absl::StrCat("The key \"", key,
                             "\" stands twice in an object."));
  }
  bool parse_error(size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    absl::string_view text = error.what();
    const size_t end_of_code = text.find("] ");
    if (end_of_code != absl::string_view::npos) {
      text.remove_prefix(end_of_code + 2);
    }
    absl::ConsumePrefix(&text, "parse error at ");
    return Stop(std::string(text));
  }

  const std::string& problem() const { return problem_; }

 private:
  bool Open() {
    keys_.emplace_back();
    return keys_.size() <= kMaxDepth ||
           Stop(absl::StrCat("Nested more than ", kMaxDepth, " deep."));
  }
  bool Close() {
    keys_.pop_back();
    return true;
  }
  bool Stop(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  std::vector<absl::flat_hash_set<std::string>> keys_;
  std::string problem_;
};

const VendorJson& EmptyObject() {
  static const VendorJson& empty = *new VendorJson(VendorJson::object());
  return empty;
}

}  // namespace

absl::StatusOr<VendorJson> ParseVendorJson(absl::string_view text) {
  if (text.size() > kMaxVendorFormBytes) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, "JSON_TOO_LARGE",
        absl::StrCat("A vendor's form has at most ", kMaxVendorFormBytes,
                     " bytes, not ", text.size(), "."));
  }
  ShapeCheck check;
  if (!VendorJson::sax_parse(text.begin(), text.end(), &check)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "JSON_INVALID",
                     check.problem());
  }
  return VendorJson::parse(text.begin(), text.end(), nullptr, false);
}

VendorObject VendorObject::Root(const VendorJson& file, ImportLog& log) {
  if (file.is_object()) return VendorObject(file, "$", log);
  log.Refuse("$", "WRONG_SHAPE",
             absl::StrCat("A form is an object, not ",
                          std::string(file.type_name()), "."));
  return VendorObject(EmptyObject(), "$", log);
}

std::string VendorObject::At(absl::string_view key) const {
  return absl::StrCat(path_, ".", key);
}

bool VendorObject::has(const char* key) const {
  const auto found = value_->find(key);
  return found != value_->end() && !found->is_null();
}

bool VendorObject::Holds(const char* key) const {
  const auto found = value_->find(key);
  return found != value_->end() && found->is_object();
}

const VendorJson* VendorObject::Find(const char* key) {
  read_.insert(key);
  const auto found = value_->find(key);
  return found == value_->end() || found->is_null() ? nullptr : &*found;
}

void VendorObject::WrongType(const char* key, absl::string_view wanted) {
  log_->Refuse(At(key), "WRONG_TYPE",
               absl::StrCat("This is ", wanted, ", not ",
                            std::string((*value_)[key].type_name()), "."));
}

std::string VendorObject::Text(const char* key) {
  const VendorJson* found = Find(key);
  if (found == nullptr) return "";
  if (found->is_string()) return found->get<std::string>();
  WrongType(key, "a text");
  return "";
}

std::string VendorObject::RequiredText(const char* key) {
  std::string text = Text(key);
  const VendorJson* found = Find(key);
  if (found == nullptr || (found->is_string() && text.empty())) {
    log_->Refuse(At(key), "MISSING", "A text is needed here.");
  }
  return text;
}

bool VendorObject::Flag(const char* key) {
  const VendorJson* found = Find(key);
  if (found == nullptr) return false;
  if (found->is_boolean()) return found->get<bool>();
  WrongType(key, "true or false");
  return false;
}

std::optional<double> VendorObject::Number(const char* key) {
  const VendorJson* found = Find(key);
  if (found == nullptr) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  WrongType(key, "a number");
  return std::nullopt;
}

std::optional<double> VendorObject::Amount(const char* key) {
  const std::optional<double> number = Number(key);
  if (number && !(*number >= 0 && *number <= kMaxDecimal)) {
    log_->Refuse(At(key), "OUT_OF_RANGE",
                 "Points and weights are from 0 to 1000000000.");
    return std::nullopt;
  }
  return number;
}

std::optional<VendorObject> VendorObject::Object(const char* key) {
  const VendorJson* found = Find(key);
  if (found == nullptr) return std::nullopt;
  if (found->is_object()) return VendorObject(*found, At(key), *log_);
  WrongType(key, "an object");
  return std::nullopt;
}

const VendorJson* VendorObject::FindArray(const char* key) {
  const VendorJson* found = Find(key);
  if (found == nullptr || found->is_array()) return found;
  WrongType(key, "a list");
  return nullptr;
}

std::vector<VendorObject> VendorObject::Objects(const char* key) {
  std::vector<VendorObject> objects;
  const VendorJson* found = FindArray(key);
  if (found == nullptr) return objects;
  for (size_t i = 0; i < found->size(); ++i) {
    const std::string path = absl::StrCat(At(key), "[", i, "]");
    if ((*found)[i].is_object()) {
      objects.push_back(VendorObject((*found)[i], path, *log_));
      continue;
    }
    // Kept as an empty one, so that the others keep their indexes.
    objects.push_back(VendorObject(EmptyObject(), path, *log_));
    log_->Refuse(path, "WRONG_TYPE",
                 absl::StrCat("This is an object, not ",
                              std::string((*found)[i].type_name()), "."));
  }
  return objects;
}

std::vector<std::string> VendorObject::Texts(const char* key) {
  std::vector<std::string> texts;
  const VendorJson* found = FindArray(key);
  if (found == nullptr) return texts;
  for (size_t i = 0; i < found->size(); ++i) {
    if ((*found)[i].is_string()) {
      texts.push_back((*found)[i].get<std::string>());
      continue;
    }
    texts.emplace_back();
    log_->Refuse(absl::StrCat(At(key), "[", i, "]"), "WRONG_TYPE",
                 absl::StrCat("This is a text, not ",
                              std::string((*found)[i].type_name()), "."));
  }
  return texts;
}

void VendorObject::NoteRest() {
  for (const auto& [key, value] : value_->items()) {
    if (value.is_null() || read_.contains(key)) continue;
    log_->Note(At(key), key, "forms here have nothing like it");
  }
}

}  // namespace attune
