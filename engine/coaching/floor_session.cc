#include "engine/coaching/floor_session.h"

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/texts.h"

namespace attune {
namespace {

using google::protobuf::Timestamp;

// Clocks of people and servers differ.
constexpr int64_t kForgivenUs = int64_t{5} * 60 * 1'000'000;

// From 1970 on: weeks are counted from there.
bool IsTime(bool present, const Timestamp& time) {
  return present && IsValid(time) && ToMicros(time) >= 0;
}

void CheckTime(bool present, const Timestamp& time, absl::string_view field,
               Violations& bad) {
  if (IsTime(present, time)) return;
  bad.Add(field, present ? "TIME_INVALID" : "TIME_MISSING",
          "A session has a start and an end, from 1970 on.");
}

}  // namespace

bool HasSpan(const v1::FloorSession& session) {
  if (!IsTime(session.has_start_time(), session.start_time()) ||
      !IsTime(session.has_end_time(), session.end_time())) {
    return false;
  }
  const int64_t length_us =
      ToMicros(session.end_time()) - ToMicros(session.start_time());
  return length_us > 0 && length_us <= kLongestFloorSessionUs;
}

void CheckFloorSession(const v1::FloorSession& session, int64_t now_us,
                       Violations& bad) {
  CheckTime(session.has_start_time(), session.start_time(),
            "floor_session.start_time", bad);
  CheckTime(session.has_end_time(), session.end_time(),
            "floor_session.end_time", bad);
  const bool has_start = IsTime(session.has_start_time(), session.start_time());
  const bool has_end = IsTime(session.has_end_time(), session.end_time());
  if (has_start && has_end && !HasSpan(session)) {
    if (ToMicros(session.end_time()) <= ToMicros(session.start_time())) {
      bad.Add("floor_session.end_time", "END_BEFORE_START",
              "A session ends after it starts.");
    } else {
      bad.Add("floor_session.end_time", "SESSION_TOO_LONG",
              absl::StrCat("A session lasts at most ",
                           kLongestFloorSessionHours, " hours."));
    }
  }
  if (has_end && ToMicros(session.end_time()) > now_us + kForgivenUs) {
    bad.Add("floor_session.end_time", "TIME_IN_FUTURE",
            "A session is logged once it is over.");
  }
  if (session.channel() == v1::CHANNEL_UNSPECIFIED ||
      !v1::Channel_IsValid(session.channel())) {
    bad.Add("floor_session.channel", "CHANNEL_MISSING",
            "Say where customers were served: phone, chat, e-mail, a social "
            "network or in person.");
  }
  CheckPlainText(session.note(), "floor_session.note", bad);
}

}  // namespace attune
