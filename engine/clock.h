// Time: microseconds since the epoch, UTC, and the days they fall on.

#ifndef ATTUNE_ENGINE_CLOCK_H_
#define ATTUNE_ENGINE_CLOCK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"

namespace attune {

// Tells the time; tests give their own.
using Clock = std::function<int64_t()>;

// The machine's clock.
Clock SystemClock();

inline constexpr int64_t kMicrosPerDay = int64_t{86'400} * 1'000'000;

google::protobuf::Timestamp ToTimestamp(int64_t micros);
// Rounds down to a microsecond.
int64_t ToMicros(const google::protobuf::Timestamp& timestamp);
// Within years 1 to 9999 and with nanos in range.
bool IsValid(const google::protobuf::Timestamp& timestamp);

// Days since 1970-01-01, negative before.
int64_t DayOf(int64_t micros);
// The same time of the day, UTC, `months` calendar months on; the last day of
// a month that is too short.
int64_t AddMonths(int64_t micros, int months);
// YYYY-MM-DD.
std::string FormatDay(int64_t day);
// YYYY-MM-DD hh:mm UTC, for people.
std::string FormatMinute(int64_t micros);
// Nothing unless `text` is a real date as YYYY-MM-DD.
std::optional<int64_t> ParseDay(absl::string_view text);

}  // namespace attune

#endif  // ATTUNE_ENGINE_CLOCK_H_
