// What people type, made into what the contract takes: names from bare ids,
// days, times, roles.  A wrong one is INVALID_ARGUMENT (USAGE).

#ifndef ATTUNE_TOOLS_ATTUNE_ARGUMENTS_H_
#define ATTUNE_TOOLS_ATTUNE_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/report.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace attune {

// `28` or `people/28` -> `people/28`.
absl::StatusOr<std::string> PersonArgument(absl::string_view text);
absl::StatusOr<std::string> TeamArgument(absl::string_view text);
absl::StatusOr<std::string> FormArgument(absl::string_view text);
absl::StatusOr<std::string> TokenArgument(absl::string_view text);
absl::StatusOr<std::string> SelfCheckCycleArgument(absl::string_view text);
absl::StatusOr<std::string> SamplingPlanArgument(absl::string_view text);
absl::StatusOr<std::string> AssignmentArgument(absl::string_view text);
// `ID` -> `people/-/props/ID`; `28/ID` -> `people/28/props/ID`.
absl::StatusOr<std::string> PropArgument(absl::string_view text);
absl::StatusOr<std::string> GreatCallArgument(absl::string_view text);
absl::StatusOr<std::string> FloorSessionArgument(absl::string_view text);
// `035e` -> `people/-/contacts/035e`; `28/035e` -> `people/28/contacts/035e`.
absl::StatusOr<std::string> ContactArgument(absl::string_view text);
// `call` -> the draft, `forms/call`; `call@2` -> that revision; `call@-` -> the
// newest revision in effect.  Full names as they are.
absl::StatusOr<std::string> FormOrRevisionArgument(absl::string_view text);
// `28/ID` or a full name; for an id alone, `people/-/evaluations/ID`, which
// must be looked up.
absl::StatusOr<std::string> EvaluationArgument(absl::string_view text);

// The id at the end of a name: `28` of `people/28`.
std::string LastPart(absl::string_view name);

// `call@2` of `forms/call/revisions/2`.
std::string ShortRevision(absl::string_view name);

// A day (YYYY-MM-DD, its first moment, UTC) or a time (RFC 3339).
absl::StatusOr<google::protobuf::Timestamp> TimeArgument(
    absl::string_view text);
// YYYY-MM-DD, or an empty text.
absl::StatusOr<std::string> DayArgument(absl::string_view text);
absl::StatusOr<v1::Period> PeriodArgument(absl::string_view since,
                                          absl::string_view until);
// `1:02.5` or `62.5` -> 62500 milliseconds.
absl::StatusOr<int64_t> OffsetArgument(const std::string& text);
// Sets `start_ms` and `end_ms`, each unless its text is empty.
template <typename Message>
absl::Status SetMoment(const std::string& from, const std::string& to,
                       Message& message);
// `1:02-1:10` of a message with `start_ms` and `end_ms`; empty without.
std::string MomentText(int64_t start_ms, std::optional<int64_t> end_ms);
template <typename Message>
std::string MomentText(const Message& message) {
  if (!message.has_start_ms()) return "";
  return MomentText(message.start_ms(), message.has_end_ms()
                                            ? std::optional(message.end_ms())
                                            : std::nullopt);
}
// Contacts from the first day to the end of the last one.
template <typename Request>
absl::Status SetDays(absl::string_view since, absl::string_view until,
                     Request& request);

// `qa_lead` <-> ROLE_QA_LEAD.  Nothing for other words.
std::optional<v1::Role> ParseRole(absl::string_view word);
std::string RoleWord(v1::Role role);
const std::vector<std::string>& RoleWords();
// `phone` <-> CHANNEL_PHONE.
std::optional<v1::Channel> ParseChannel(absl::string_view word);
std::string ChannelWord(v1::Channel channel);
const std::vector<std::string>& ChannelWords();

// `2020-03-15 22:06`, UTC; empty for no time.
std::string ShortTime(const google::protobuf::Timestamp& time);
// RFC 3339 with milliseconds.
std::string FullTime(const google::protobuf::Timestamp& time);
// The moment `days` after.
google::protobuf::Timestamp AddDays(const google::protobuf::Timestamp& time,
                                    int days);

template <typename Message>
absl::Status SetMoment(const std::string& from, const std::string& to,
                       Message& message) {
  if (!from.empty()) {
    const absl::StatusOr<int64_t> start_ms = OffsetArgument(from);
    if (!start_ms.ok()) return start_ms.status();
    message.set_start_ms(*start_ms);
  }
  if (!to.empty()) {
    const absl::StatusOr<int64_t> end_ms = OffsetArgument(to);
    if (!end_ms.ok()) return end_ms.status();
    message.set_end_ms(*end_ms);
  }
  return absl::OkStatus();
}

template <typename Request>
absl::Status SetDays(absl::string_view since, absl::string_view until,
                     Request& request) {
  const absl::StatusOr<v1::Period> period = PeriodArgument(since, until);
  if (!period.ok()) return period.status();
  if (!since.empty()) {
    *request.mutable_start_time() = TimeArgument(period->first_day()).value();
  }
  if (!until.empty()) {
    *request.mutable_end_time() =
        AddDays(TimeArgument(period->last_day()).value(), 1);
  }
  return absl::OkStatus();
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_ARGUMENTS_H_
