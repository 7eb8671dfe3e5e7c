#include "tools/attune/arguments.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

absl::StatusOr<std::string> NameArgument(absl::string_view text,
                                         absl::string_view collection,
                                         absl::string_view what) {
  const absl::string_view id = absl::StartsWith(text, collection)
                                   ? text.substr(collection.size())
                                   : text;
  if (!IsResourceId(id)) {
    return UsageError(absl::StrCat("`", text, "` is no id of a ", what,
                                   "; one is like `", collection,
                                   "some-id` or `some-id`."));
  }
  return absl::StrCat(collection, id);
}

// A thing of a person's by its id, with the person or without, or its name.
absl::StatusOr<std::string> PartArgument(
    absl::string_view text, absl::string_view collection,
    absl::string_view what,
    std::optional<PersonPart> (*parse)(absl::string_view)) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  std::string name(text);
  if (parts.size() == 1) {
    name = absl::StrCat("people/-/", collection, "/", text);
  } else if (parts.size() == 2) {
    name = absl::StrCat("people/", parts[0], "/", collection, "/", parts[1]);
  }
  if (parse(name)) return name;
  return UsageError(absl::StrCat("`", text, "` is no ", what,
                                 "; one is like `ID` or `people/28/",
                                 collection, "/ID`."));
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(ToMicros(time));
}

}  // namespace

absl::StatusOr<std::string> PersonArgument(absl::string_view text) {
  return NameArgument(text, "people/", "person");
}

absl::StatusOr<std::string> TeamArgument(absl::string_view text) {
  return NameArgument(text, "teams/", "team");
}

absl::StatusOr<std::string> FormArgument(absl::string_view text) {
  return NameArgument(text, "forms/", "form");
}

absl::StatusOr<std::string> SelfCheckCycleArgument(absl::string_view text) {
  return NameArgument(text, "selfCheckCycles/", "cycle");
}

absl::StatusOr<std::string> TokenArgument(absl::string_view text) {
  return NameArgument(text, "tokens/", "token");
}

absl::StatusOr<std::string> SamplingPlanArgument(absl::string_view text) {
  return NameArgument(text, "samplingPlans/", "sampling plan");
}

absl::StatusOr<std::string> AssignmentArgument(absl::string_view text) {
  return NameArgument(text, "assignments/", "assignment");
}

absl::StatusOr<std::string> PropArgument(absl::string_view text) {
  return PartArgument(text, "props", "prop", &ParsePropName);
}

absl::StatusOr<std::string> GreatCallArgument(absl::string_view text) {
  return PartArgument(text, "greatCalls", "great call", &ParseGreatCallName);
}

absl::StatusOr<std::string> FloorSessionArgument(absl::string_view text) {
  return PartArgument(text, "floorSessions", "floor session",
                      &ParseFloorSessionName);
}

absl::StatusOr<std::string> ContactArgument(absl::string_view text) {
  std::string name(text);
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() == 1) name = ContactName("-", text);
  if (parts.size() == 2) name = ContactName(parts[0], parts[1]);
  if (!ParseContactName(name)) {
    return UsageError(
        absl::StrCat("`", text,
                     "` is no call; one is like `035edd1d09c1433e` or "
                     "`people/28/contacts/035edd1d09c1433e`."));
  }
  return name;
}

absl::StatusOr<std::string> FormOrRevisionArgument(absl::string_view text) {
  std::string name(text);
  if (!absl::StartsWith(text, "forms/")) {
    const size_t at = text.find('@');
    name = absl::StrCat("forms/", text.substr(0, at));
    if (at != absl::string_view::npos) {
      absl::StrAppend(&name, "/revisions/", text.substr(at + 1));
    }
  }
  if (!ParseFormName(name) && !ParseFormRevisionName(name)) {
    return UsageError(absl::StrCat("`", text,
                                   "` is no form; one is like `call`, `call@2` "
                                   "or `forms/call/revisions/2`."));
  }
  return name;
}

absl::StatusOr<std::string> EvaluationArgument(absl::string_view text) {
  std::string name(text);
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() == 2) name = EvaluationName(parts[0], parts[1]);
  if (parts.size() == 1 && IsResourceId(text)) {
    return EvaluationName("-", text);
  }
  if (!ParseEvaluationName(name)) {
    return UsageError(absl::StrCat(
        "`", text,
        "` is no evaluation; one is like `people/28/evaluations/ID`,"
        " `28/ID` or `ID`."));
  }
  return name;
}

std::string LastPart(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return std::string(slash == absl::string_view::npos ? name
                                                      : name.substr(slash + 1));
}

std::string ShortRevision(absl::string_view name) {
  const auto revision = ParseFormRevisionName(name);
  if (!revision) return LastPart(name);
  return absl::StrCat(revision->form, "@", LastPart(name));
}

absl::StatusOr<google::protobuf::Timestamp> TimeArgument(
    absl::string_view text) {
  if (const std::optional<int64_t> day = ParseDay(text)) {
    return ToTimestamp(*day * kMicrosPerDay);
  }
  absl::Time time;
  std::string error;
  // It also takes words such as "infinite-future".
  if (text.empty() ||
      !absl::ascii_isdigit(static_cast<unsigned char>(text[0])) ||
      !absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return UsageError(absl::StrCat("`", text,
                                   "` is no time; one is like `2026-03-15` or "
                                   "`2026-03-15T22:06:41Z`."));
  }
  return ToTimestamp(absl::ToUnixMicros(time));
}

absl::StatusOr<std::string> DayArgument(absl::string_view text) {
  if (!text.empty() && !ParseDay(text)) {
    return UsageError(
        absl::StrCat("`", text, "` is no day; one is like `2026-03-15`."));
  }
  return std::string(text);
}

absl::StatusOr<v1::Period> PeriodArgument(absl::string_view since,
                                          absl::string_view until) {
  v1::Period period;
  for (const absl::string_view day : {since, until}) {
    if (const auto checked = DayArgument(day); !checked.ok()) {
      return checked.status();
    }
  }
  if (!since.empty() && !until.empty() && since > until) {
    return UsageError(
        absl::StrCat("--since ", since, " is after --until ", until, "."));
  }
  period.set_first_day(std::string(since));
  period.set_last_day(std::string(until));
  return period;
}

absl::StatusOr<int64_t> OffsetArgument(const std::string& text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  int64_t minutes = 0;
  double seconds = 0;
  if (parts.size() > 2 ||
      (parts.size() == 2 && !absl::SimpleAtoi(parts[0], &minutes)) ||
      !absl::SimpleAtod(parts.back(), &seconds) || !(seconds >= 0) ||
      seconds > 1e9 || minutes < 0 || minutes > 1'000'000) {
    return UsageError(absl::StrCat(
        "A moment of the call is minutes:seconds, as 1:02, not ", text, "."));
  }
  return minutes * 60'000 + static_cast<int64_t>(seconds * 1000 + 0.5);
}

std::string MomentText(int64_t start_ms, std::optional<int64_t> end_ms) {
  const auto text = [](int64_t ms) {
    return absl::StrFormat("%d:%02d", ms / 60'000, ms / 1000 % 60);
  };
  if (!end_ms) return text(start_ms);
  return absl::StrCat(text(start_ms), "-", text(*end_ms));
}

std::optional<v1::Role> ParseRole(absl::string_view word) {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  // Upper case is not accepted: one spelling for each role.
  if (word != absl::AsciiStrToLower(word) ||
      !v1::Role_Parse(absl::StrCat("ROLE_", absl::AsciiStrToUpper(word)),
                      &role) ||
      role == v1::ROLE_UNSPECIFIED) {
    return std::nullopt;
  }
  return role;
}

std::string RoleWord(v1::Role role) { return WordOf(role, "ROLE_"); }

const std::vector<std::string>& RoleWords() {
  static const auto& words =
      *new std::vector<std::string>(WordsOf<v1::Role>("ROLE_"));
  return words;
}

std::optional<v1::Channel> ParseChannel(absl::string_view word) {
  v1::Channel channel = v1::CHANNEL_UNSPECIFIED;
  if (word != absl::AsciiStrToLower(word) ||
      !v1::Channel_Parse(absl::StrCat("CHANNEL_", absl::AsciiStrToUpper(word)),
                         &channel) ||
      channel == v1::CHANNEL_UNSPECIFIED) {
    return std::nullopt;
  }
  return channel;
}

std::string ChannelWord(v1::Channel channel) {
  return WordOf(channel, "CHANNEL_");
}

const std::vector<std::string>& ChannelWords() {
  static const auto& words =
      *new std::vector<std::string>(WordsOf<v1::Channel>("CHANNEL_"));
  return words;
}

std::string ShortTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", TimeOf(time), absl::UTCTimeZone());
}

std::string FullTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", TimeOf(time),
                          absl::UTCTimeZone());
}

google::protobuf::Timestamp AddDays(const google::protobuf::Timestamp& time,
                                    int days) {
  return ToTimestamp(ToMicros(time) + days * kMicrosPerDay);
}

}  // namespace attune
