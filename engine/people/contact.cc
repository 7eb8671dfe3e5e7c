#include "engine/people/contact.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/people/person.h"

namespace attune {
namespace {

constexpr int kMaxTopics = 32;
constexpr size_t kMaxTopicBytes = 128;
constexpr size_t kMaxLabels = 32;
constexpr int kMaxSegments = 10'000;
constexpr size_t kMaxSegmentBytes = 16 * 1024;
constexpr int64_t kMaxDurationSeconds = 7 * 86'400;

void CheckTopics(const v1::Contact& contact, absl::string_view path,
                 Violations& bad) {
  if (contact.topics_size() > kMaxTopics) {
    bad.Add(absl::StrCat(path, ".topics"), "TOO_MANY",
            absl::StrCat("At most ", kMaxTopics, " topics."));
  }
  for (int i = 0; i < contact.topics_size(); ++i) {
    const std::string& topic = contact.topics(i);
    if (topic.empty() || topic.size() > kMaxTopicBytes || !IsCleanUtf8(topic)) {
      bad.Add(absl::StrCat(path, ".topics[", i, "]"), "TOPIC_INVALID",
              absl::StrCat("A topic is 1 to ", kMaxTopicBytes,
                           " bytes of UTF-8 without NUL."));
    }
  }
}

}  // namespace

void CheckContact(const v1::Contact& contact, absl::string_view path,
                  Violations& bad) {
  if (contact.channel() == v1::CHANNEL_UNSPECIFIED ||
      !v1::Channel_IsValid(contact.channel())) {
    bad.Add(absl::StrCat(path, ".channel"), "CHANNEL_UNKNOWN",
            "A channel is phone, chat, email, social or in_person.");
  }
  if (!contact.has_start_time() || !IsValid(contact.start_time())) {
    bad.Add(absl::StrCat(path, ".start_time"), "TIME_INVALID",
            "A contact has a start time, in the years 1 to 9999.");
  }
  const auto& duration = contact.duration();
  if (duration.seconds() < 0 || duration.nanos() < 0 ||
      duration.nanos() >= 1'000'000'000 ||
      duration.seconds() > kMaxDurationSeconds) {
    bad.Add(absl::StrCat(path, ".duration"), "DURATION_INVALID",
            "A duration is 0 to seven days.");
  }
  CheckTopics(contact, path, bad);
  if (contact.labels().size() > kMaxLabels) {
    bad.Add(absl::StrCat(path, ".labels"), "TOO_MANY",
            absl::StrCat("At most ", kMaxLabels, " labels."));
  }
  for (const auto& [key, value] : contact.labels()) {
    CheckShortText(key, absl::StrCat(path, ".labels"), bad);
    CheckShortText(value, absl::StrCat(path, ".labels[", key, "]"), bad);
  }
}

void CheckTranscript(const v1::Transcript& transcript, absl::string_view path,
                     Violations& bad) {
  if (transcript.segments_size() > kMaxSegments) {
    bad.Add(absl::StrCat(path, ".segments"), "TOO_MANY",
            absl::StrCat("At most ", kMaxSegments, " segments."));
    return;
  }
  int64_t last_start = 0;
  for (int i = 0; i < transcript.segments_size(); ++i) {
    const v1::Segment& segment = transcript.segments(i);
    const std::string at = absl::StrCat(path, ".segments[", i, "]");
    if (segment.start_ms() < last_start || segment.duration_ms() < 0) {
      bad.Add(absl::StrCat(at, ".start_ms"), "OFFSET_INVALID",
              "Segments stand in order of their start, from 0, and last 0 ms "
              "or more.");
    }
    last_start = std::max(last_start, segment.start_ms());
    if (segment.text().size() > kMaxSegmentBytes ||
        !IsCleanUtf8(segment.text())) {
      bad.Add(absl::StrCat(at, ".text"), "TEXT_INVALID",
              absl::StrCat("At most ", kMaxSegmentBytes,
                           " bytes of UTF-8 without NUL."));
    }
  }
}

}  // namespace attune
