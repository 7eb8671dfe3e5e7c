// Contacts and transcripts from JSON lines.

#ifndef ATTUNE_TOOLS_ATTUNE_CONTACT_IMPORT_H_
#define ATTUNE_TOOLS_ATTUNE_CONTACT_IMPORT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory_service.pb.h"
#include "tools/attune/people_import.h"

namespace attune {

// Which field of a line holds what.
struct ContactFields {
  std::string contact_id = "contact_id";
  std::string agent = "agent";
  std::string start_time = "start_time";
  std::string duration_s = "duration_s";
  std::string channel = "channel";
  std::string topics = "topics";
};

// `contact_id=sid,agent=agent_speaker_id`.  INVALID_ARGUMENT (USAGE).
absl::StatusOr<ContactFields> ParseContactFields(absl::string_view mapping);

// One contact a line.  Fields that are not in `fields` become labels as far as
// they are plain values and fit; those of an object inside become
// `outer.inner`. `channel` is for lines without one.  INVALID_ARGUMENT if it is
// no such file.
absl::StatusOr<std::vector<ImportRow<v1::CreateContactRequest>>> ParseContacts(
    const std::string& file, absl::string_view text,
    const ContactFields& fields, v1::Channel channel, std::vector<BadRow>& bad);

struct TranscriptRow {
  RowOrigin origin;
  v1::Transcript transcript;
};

// One transcript a line: the field of the contact's id, and `segments` of
// {speaker, start_ms, duration_ms, text}.  By contact id.
absl::StatusOr<std::map<std::string, TranscriptRow>> ParseTranscripts(
    const std::string& file, absl::string_view text,
    const ContactFields& fields, std::vector<BadRow>& bad);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_CONTACT_IMPORT_H_
