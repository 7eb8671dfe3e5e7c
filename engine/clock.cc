#include "engine/clock.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace attune {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31

int64_t FloorDivide(int64_t value, int64_t divisor) {
  const int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

}  // namespace

Clock SystemClock() {
  return [] { return absl::ToUnixMicros(absl::Now()); };
}

google::protobuf::Timestamp ToTimestamp(int64_t micros) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = FloorDivide(micros, kMicrosPerSecond);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>((micros - seconds * kMicrosPerSecond) * 1000));
  return timestamp;
}

int64_t ToMicros(const google::protobuf::Timestamp& timestamp) {
  return timestamp.seconds() * kMicrosPerSecond + timestamp.nanos() / 1000;
}

bool IsValid(const google::protobuf::Timestamp& timestamp) {
  return timestamp.seconds() >= kFirstSecond &&
         timestamp.seconds() <= kLastSecond && timestamp.nanos() >= 0 &&
         timestamp.nanos() < 1'000'000'000;
}

int64_t DayOf(int64_t micros) { return FloorDivide(micros, kMicrosPerDay); }

int64_t AddMonths(int64_t micros, int months) {
  const int64_t day = DayOf(micros);
  const absl::CivilDay from = absl::CivilDay(1970, 1, 1) + day;
  const absl::CivilMonth month = absl::CivilMonth(from) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay to =
      std::min(absl::CivilDay(month) + (from.day() - 1), last);
  return micros + ((to - absl::CivilDay(1970, 1, 1)) - day) * kMicrosPerDay;
}

std::string FormatDay(int64_t day) {
  return absl::FormatCivilTime(absl::CivilDay(1970, 1, 1) + day);
}

std::string FormatMinute(int64_t micros) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixMicros(micros),
                          absl::UTCTimeZone());
}

std::optional<int64_t> ParseDay(absl::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' ||
      !absl::SimpleAtoi(text.substr(0, 4), &year) ||
      !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day) || year < 1) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return std::nullopt;
  return civil - absl::CivilDay(1970, 1, 1);
}

}  // namespace attune
