// The rows of the tables of harm flags.

#ifndef ATTUNE_ENGINE_VOICE_HARM_FLAG_ROWS_H_
#define ATTUNE_ENGINE_VOICE_HARM_FLAG_ROWS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/harm_flag.pb.h"
#include "engine/access/caller.h"
#include "engine/names.h"
#include "engine/store/database.h"
#include "engine/violations.h"

namespace attune {

// What selects `harm_flag h` for ReadHarmFlag, to be gone on with conditions:
// its id stands before the columns that are read.
extern const char kSelectHarmFlags[];
// As it stands at `now_us`, without its raises.
void ReadHarmFlag(Cells& cells, int64_t now_us, v1::HarmFlag& flag);

// INVALID_ARGUMENT for `name`; NOT_FOUND, also if the caller neither sees every
// flag nor raised this one.
absl::StatusOr<v1::HarmFlag> FindHarmFlag(Transaction& tx, const Caller& caller,
                                          absl::string_view name,
                                          int64_t now_us);
// The open flag of a practice, whoever asks; nothing without one.
absl::StatusOr<std::optional<v1::HarmFlag>> FindOpenFlag(
    Transaction& tx, const std::string& practice_key, int64_t now_us);

// The transaction fails with ABORTED (RAISED_AT_ONCE) if the practice was
// raised by another one meanwhile.
absl::Status InsertHarmFlag(Transaction& tx, const std::string& practice_key,
                            const v1::HarmFlag& flag);
// With the next etag.
absl::Status UpdateHarmFlag(Transaction& tx, int64_t now_us,
                            v1::HarmFlag& flag);

// False if this person has raised it before.
absl::StatusOr<bool> InsertRaise(Transaction& tx, const std::string& flag,
                                 const v1::HarmFlag::Raise& raise);
// Those that the caller sees, the first first.
absl::Status TellRaises(Transaction& tx, const Caller& caller,
                        v1::HarmFlag& flag);

// A contact of a request, and its place there.
struct NamedContact {
  int place = 0;
  PersonPart contact;
};

// The contacts that are named, as far as the caller reaches; violations at
// `field[i]` for the others: NAME_INVALID, CONTACT_UNKNOWN, CONTACT_AMBIGUOUS,
// CONTACT_REPEATED, and TOO_MANY at `field`.
absl::StatusOr<std::vector<NamedContact>> ResolveContacts(
    Transaction& tx, const Caller& caller,
    const google::protobuf::RepeatedPtrField<std::string>& names,
    absl::string_view field, Violations& bad);

// False if it is counted already.
absl::StatusOr<bool> InsertHarmContact(Transaction& tx, const std::string& flag,
                                       const PersonPart& contact,
                                       const Caller& adder, int64_t now_us);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_HARM_FLAG_ROWS_H_
