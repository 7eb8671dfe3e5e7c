#include "engine/violations.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "google/rpc/error_details.pb.h"

namespace attune {
namespace {

constexpr size_t kMaxOnTheWire = 20;
constexpr size_t kMaxTextBytes = 240;

std::string Shortened(const std::string& text) {
  if (text.size() <= kMaxTextBytes) return text;
  size_t end = kMaxTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;  // not inside a UTF-8 character
  }
  return absl::StrCat(text.substr(0, end), "...");
}

}  // namespace

void Violations::Add(absl::string_view field, absl::string_view reason,
                     absl::string_view description) {
  all_.push_back(
      {std::string(field), std::string(reason), std::string(description)});
}

void Violations::Append(absl::string_view prefix, const Violations& other) {
  for (const Violation& violation : other.all_) {
    all_.push_back({absl::StrCat(prefix, violation.field), violation.reason,
                    violation.description});
  }
}

absl::Status Violations::ToStatus() const {
  if (all_.empty()) return absl::OkStatus();
  google::rpc::BadRequest details;
  for (size_t i = 0; i < std::min(all_.size(), kMaxOnTheWire); ++i) {
    auto* violation = details.add_field_violations();
    violation->set_field(Shortened(all_[i].field));
    violation->set_reason(all_[i].reason);
    violation->set_description(Shortened(all_[i].description));
  }
  std::string message = absl::StrCat(Shortened(all_[0].field), ": ",
                                     Shortened(all_[0].description));
  if (all_.size() > 1) {
    absl::StrAppend(&message, " (and ", all_.size() - 1, " more)");
  }
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, "FIELDS_INVALID", message);
  status.SetPayload(kBadRequestUrl, absl::Cord(details.SerializeAsString()));
  return status;
}

Violations Violations::FromStatus(const absl::Status& status) {
  Violations result;
  const auto payload = status.GetPayload(kBadRequestUrl);
  google::rpc::BadRequest details;
  if (!payload || !details.ParseFromString(std::string(*payload))) {
    return result;
  }
  for (const auto& violation : details.field_violations()) {
    result.Add(violation.field(), violation.reason(), violation.description());
  }
  return result;
}

}  // namespace attune
