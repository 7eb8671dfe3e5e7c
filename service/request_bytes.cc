#include "service/request_bytes.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/support/slice.h>

#include <cstring>
#include <map>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/violations.h"

namespace attune {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

constexpr int kMaxDepth = 100;  // as protobuf's own parser

grpc::Slice OneSlice(const grpc::ByteBuffer& bytes) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok()) {
    (void)bytes.DumpToSingleSlice(&slice);
  }
  return slice;
}

void CheckText(const std::string& text, const std::string& path,
               Violations& bad) {
  if (IsCleanUtf8(text)) return;
  if (text.find('\0') != std::string::npos) {
    bad.Add(path, "NUL_CHARACTER", "Text must not hold a NUL character.");
  } else {
    bad.Add(path, "UTF8_INVALID", "Text must be UTF-8.");
  }
}

// protobuf's parser stops at the first text that is not UTF-8 without saying
// where.  Read as unknown fields the bytes keep everything, and the descriptor
// tells which of them are text.
void CheckFields(const Descriptor& type, const UnknownFieldSet& fields,
                 const std::string& prefix, int depth, Violations& bad) {
  std::map<int, int> seen;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* known = type.FindFieldByNumber(field.number());
    if (known == nullptr ||
        field.type() != UnknownField::TYPE_LENGTH_DELIMITED) {
      continue;
    }
    std::string path = absl::StrCat(prefix, known->name());
    if (known->is_repeated()) {
      absl::StrAppend(&path, "[", seen[known->number()]++, "]");
    }
    if (known->type() == FieldDescriptor::TYPE_STRING) {
      CheckText(field.length_delimited(), path, bad);
    } else if (known->type() == FieldDescriptor::TYPE_MESSAGE) {
      UnknownFieldSet inner;
      if (depth < kMaxDepth &&
          inner.ParseFromString(field.length_delimited())) {
        CheckFields(*known->message_type(), inner, absl::StrCat(path, "."),
                    depth + 1, bad);
      }
    }
  }
}

}  // namespace

absl::Status ParseRequest(const grpc::ByteBuffer& bytes,
                          absl::string_view prefix, Message& message) {
  const grpc::Slice slice = OneSlice(bytes);
  const bool parsed =
      message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  // A NUL in a text is a zero byte on the wire: mostly there is none at all.
  if (parsed && (slice.size() == 0 ||
                 std::memchr(slice.begin(), 0, slice.size()) == nullptr)) {
    return absl::OkStatus();
  }
  Violations bad;
  UnknownFieldSet fields;
  if (fields.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    CheckFields(*message.GetDescriptor(), fields, std::string(prefix), 0, bad);
  }
  if (!bad.empty() || parsed) return bad.ToStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, "MESSAGE_MALFORMED",
                   absl::StrCat("The request is not the bytes of a ",
                                message.GetDescriptor()->full_name(), "."));
}

std::string CanonicalBytes(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream sink(&bytes);
    google::protobuf::io::CodedOutputStream out(&sink);
    out.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&out);
  }
  return bytes;
}

}  // namespace attune
