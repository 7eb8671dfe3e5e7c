#include "tools/attune/contact_import.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/failure.h"
#include "tools/attune/json_lines.h"

namespace attune {
namespace {

using Json = nlohmann::json;

constexpr size_t kMostLabels = 32;
constexpr size_t kMostLabelBytes = 256;
constexpr double kMostSeconds = 366.0 * 86'400;
constexpr int64_t kMostMillis = int64_t{366} * 86'400 * 1000;

// Reads the fields of one line; remembers whether any was wrong.
class LineCheck {
 public:
  LineCheck(const JsonLine& line, std::vector<BadRow>& bad)
      : line_(line), bad_(bad) {}

  // The field, or null if it is absent or null.
  const Json* Field(const std::string& name) const {
    const auto found = line_.object.find(name);
    return found == line_.object.end() || found->is_null() ? nullptr : &*found;
  }
  void Wrong(const std::string& field, const std::string& value,
             absl::string_view reason, absl::string_view description) {
    bad_.push_back({line_.origin, field, value, std::string(reason),
                    std::string(description)});
    ok_ = false;
  }
  // Text, or a whole number as text: other systems count their ids.
  std::string Id(const std::string& name) {
    const Json* field = Field(name);
    if (field == nullptr) {
      Wrong(name, "", "VALUE_REQUIRED", "A value is required.");
      return "";
    }
    if (!field->is_string() && !field->is_number_integer()) {
      Wrong(name, Spelled(*field), "TYPE_INVALID",
            "An id is text or a whole number.");
      return "";
    }
    return Spelled(*field);
  }
  bool ok() const { return ok_; }

 private:
  const JsonLine& line_;
  std::vector<BadRow>& bad_;
  bool ok_ = true;
};

std::string ContactId(LineCheck& check, const std::string& field) {
  std::string id = check.Id(field);
  if (!id.empty() && !IsContactId(id)) {
    check.Wrong(field, id, "ID_INVALID",
                "A call's id has letters, digits, dots, colons, dashes and "
                "underscores, and at most 63.");
  }
  return id;
}

void SetTimes(LineCheck& check, const ContactFields& fields,
              v1::Contact& contact) {
  const Json* start = check.Field(fields.start_time);
  const absl::StatusOr<google::protobuf::Timestamp> time = TimeArgument(
      start != nullptr && start->is_string() ? start->get<std::string>() : "");
  if (time.ok()) {
    *contact.mutable_start_time() = *time;
  } else {
    check.Wrong(fields.start_time, start == nullptr ? "" : Spelled(*start),
                start == nullptr ? "VALUE_REQUIRED" : "TIME_INVALID",
                "A time is text such as 2026-03-15T22:06:41Z.");
  }
  const Json* duration = check.Field(fields.duration_s);
  if (duration == nullptr) return;
  if (!duration->is_number() || duration->get<double>() < 0 ||
      !(duration->get<double>() <= kMostSeconds)) {
    check.Wrong(fields.duration_s, Spelled(*duration), "DURATION_INVALID",
                "A duration is a number of seconds, 0 or more.");
    return;
  }
  // In milliseconds, as the sources measure.
  const auto millis =
      static_cast<int64_t>(std::llround(duration->get<double>() * 1000));
  contact.mutable_duration()->set_seconds(millis / 1000);
  contact.mutable_duration()->set_nanos(
      static_cast<int32_t>(millis % 1000 * 1'000'000));
}

void SetChannel(LineCheck& check, const ContactFields& fields,
                v1::Channel fallback, v1::Contact& contact) {
  contact.set_channel(fallback);
  if (const Json* field = check.Field(fields.channel)) {
    const auto channel = field->is_string()
                             ? ParseChannel(field->get<std::string>())
                             : std::nullopt;
    if (channel) {
      contact.set_channel(*channel);
      return;
    }
    check.Wrong(fields.channel, Spelled(*field), "CHANNEL_UNKNOWN",
                absl::StrCat("The channels are ",
                             absl::StrJoin(ChannelWords(), ", "), "."));
  } else if (fallback == v1::CHANNEL_UNSPECIFIED) {
    check.Wrong(fields.channel, "", "VALUE_REQUIRED",
                "The channel is not known; say it with --channel.");
  }
}

void SetTopics(LineCheck& check, const ContactFields& fields,
               v1::Contact& contact) {
  const Json* field = check.Field(fields.topics);
  if (field == nullptr) return;
  if (field->is_string()) {
    contact.add_topics(field->get<std::string>());
    return;
  }
  const bool texts =
      field->is_array() &&
      std::all_of(field->begin(), field->end(),
                  [](const Json& topic) { return topic.is_string(); });
  if (!texts) {
    check.Wrong(fields.topics, Spelled(*field), "TYPE_INVALID",
                "Topics are text, or a list of texts.");
    return;
  }
  for (const Json& topic : *field) {
    contact.add_topics(topic.get<std::string>());
  }
}

// What does not fit is left out: labels are for looking up, not for counting.
void AddLabels(const Json& object, const std::string& prefix,
               const ContactFields& fields, v1::Contact& contact) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = absl::StrCat(prefix, key);
    if (name == fields.contact_id || name == fields.agent ||
        name == fields.start_time || name == fields.duration_s ||
        name == fields.channel || name == fields.topics) {
      continue;
    }
    if (value.is_object()) {
      if (prefix.empty()) AddLabels(value, name + ".", fields, contact);
      continue;
    }
    if (value.is_array() || value.is_null()) continue;
    const std::string text = Spelled(value);
    if (name.empty() || name.size() > kMostLabelBytes ||
        text.size() > kMostLabelBytes || !IsCleanUtf8(name) ||
        !IsCleanUtf8(text) || contact.labels().size() == kMostLabels) {
      continue;
    }
    (*contact.mutable_labels())[name] = text;
  }
}

std::optional<v1::Segment::Speaker> ParseSpeaker(const std::string& word) {
  if (word == "agent") return v1::Segment::SPEAKER_AGENT;
  if (word == "customer" || word == "caller") {
    return v1::Segment::SPEAKER_CUSTOMER;
  }
  if (word == "system") return v1::Segment::SPEAKER_SYSTEM;
  if (word.empty() || word == "unknown") {
    return v1::Segment::SPEAKER_UNSPECIFIED;
  }
  return std::nullopt;
}

// A whole number of milliseconds; nothing if it is none.
std::optional<int64_t> Millis(const Json& segment, const char* name,
                              bool required) {
  const auto found = segment.find(name);
  if (found == segment.end() || found->is_null()) {
    return required ? std::nullopt : std::optional<int64_t>(0);
  }
  if (!found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  if (!(value >= 0 && value <= static_cast<double>(kMostMillis))) {
    return std::nullopt;
  }
  return std::llround(value);
}

// Adds one segment; false, and said why, if it is wrong.
void AddSegment(LineCheck& check, const Json& json, const std::string& path,
                v1::Transcript& transcript) {
  if (!json.is_object()) {
    check.Wrong(path, Spelled(json), "NOT_AN_OBJECT",
                "A segment is a JSON object.");
    return;
  }
  v1::Segment& segment = *transcript.add_segments();
  const Json speaker = json.value("speaker", Json(""));
  const auto who = speaker.is_string()
                       ? ParseSpeaker(speaker.get<std::string>())
                       : std::nullopt;
  if (who) {
    segment.set_speaker(*who);
  } else {
    check.Wrong(path + ".speaker", Spelled(speaker), "SPEAKER_UNKNOWN",
                "A speaker is agent, customer, caller or system.");
  }
  const auto start = Millis(json, "start_ms", true);
  const auto duration = Millis(json, "duration_ms", false);
  if (!start || !duration) {
    check.Wrong(path + (start ? ".duration_ms" : ".start_ms"),
                Spelled(json.value(start ? "duration_ms" : "start_ms", Json())),
                "TIME_INVALID", "Milliseconds are a number, 0 or more.");
  }
  segment.set_start_ms(start.value_or(0));
  segment.set_duration_ms(duration.value_or(0));
  const Json text = json.value("text", Json(""));
  if (text.is_string()) {
    segment.set_text(text.get<std::string>());
  } else {
    check.Wrong(path + ".text", Spelled(text), "TYPE_INVALID",
                "The words are text.");
  }
}

}  // namespace

absl::StatusOr<ContactFields> ParseContactFields(absl::string_view mapping) {
  ContactFields fields;
  const std::map<std::string, std::string*> known = {
      {"contact_id", &fields.contact_id}, {"agent", &fields.agent},
      {"start_time", &fields.start_time}, {"duration_s", &fields.duration_s},
      {"channel", &fields.channel},       {"topics", &fields.topics}};
  for (absl::string_view pair :
       absl::StrSplit(mapping, ',', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    const auto found = known.find(parts.first);
    if (found == known.end() || parts.second.empty()) {
      return UsageError(absl::StrCat(
          "--map has pairs such as contact_id=sid, for contact_id, agent, "
          "start_time, duration_s, channel and topics; not `",
          pair, "`."));
    }
    *found->second = parts.second;
  }
  return fields;
}

absl::StatusOr<std::vector<ImportRow<v1::CreateContactRequest>>> ParseContacts(
    const std::string& file, absl::string_view text,
    const ContactFields& fields, v1::Channel channel,
    std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(std::vector<JsonLine> lines,
                   ParseJsonLines(file, text, bad));
  std::vector<ImportRow<v1::CreateContactRequest>> contacts;
  std::map<std::string, int> seen;
  for (const JsonLine& line : lines) {
    LineCheck check(line, bad);
    ImportRow<v1::CreateContactRequest> made{line.origin, {}};
    v1::Contact& contact = *made.request.mutable_contact();
    const std::string id = ContactId(check, fields.contact_id);
    const auto [first, fresh] = seen.emplace(id, line.origin.line);
    if (!fresh && !id.empty()) {
      check.Wrong(
          fields.contact_id, id, "DUPLICATE",
          absl::StrCat("Line ", first->second, " has this id already."));
    }
    made.request.set_contact_id(id);
    const std::string agent = check.Id(fields.agent);
    if (!agent.empty() && !IsResourceId(agent)) {
      check.Wrong(fields.agent, agent, "ID_INVALID",
                  "This cannot be the id of a person.");
    }
    made.request.set_parent(PersonName(agent));
    SetTimes(check, fields, contact);
    SetChannel(check, fields, channel, contact);
    SetTopics(check, fields, contact);
    AddLabels(line.object, "", fields, contact);
    if (check.ok()) contacts.push_back(std::move(made));
  }
  return contacts;
}

absl::StatusOr<std::map<std::string, TranscriptRow>> ParseTranscripts(
    const std::string& file, absl::string_view text,
    const ContactFields& fields, std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(std::vector<JsonLine> lines,
                   ParseJsonLines(file, text, bad));
  std::map<std::string, TranscriptRow> transcripts;
  for (const JsonLine& line : lines) {
    LineCheck check(line, bad);
    TranscriptRow made{line.origin, {}};
    const std::string id = ContactId(check, fields.contact_id);
    const Json* segments = check.Field("segments");
    if (segments == nullptr || !segments->is_array()) {
      check.Wrong("segments", "", "TYPE_INVALID",
                  "A transcript has a list of segments.");
    } else {
      for (size_t i = 0; i < segments->size(); ++i) {
        AddSegment(check, (*segments)[i], absl::StrCat("segments[", i, "]"),
                   made.transcript);
      }
    }
    // Sources list by speaker or by channel; the contract wants time.
    std::stable_sort(made.transcript.mutable_segments()->begin(),
                     made.transcript.mutable_segments()->end(),
                     [](const v1::Segment& a, const v1::Segment& b) {
                       return a.start_ms() < b.start_ms();
                     });
    if (!check.ok()) continue;
    if (!transcripts.emplace(id, std::move(made)).second) {
      check.Wrong(fields.contact_id, id, "DUPLICATE",
                  "An earlier line has this call's transcript already.");
    }
  }
  return transcripts;
}

}  // namespace attune
