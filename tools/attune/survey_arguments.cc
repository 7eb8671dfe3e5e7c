#include "tools/attune/survey_arguments.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "engine/clock.h"
#include "tools/attune/arguments.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

constexpr char kMeasure[] = "SURVEY_MEASURE_";
constexpr char kGrouping[] = "GROUPING_";
constexpr int kMonthsOfQuarter = 3;
constexpr int kMonthsOfYear = 12;

v1::Period MonthsFrom(int year, int month, int count) {
  const absl::CivilMonth first(year, month);
  v1::Period period;
  period.set_first_day(absl::FormatCivilTime(absl::CivilDay(first)));
  period.set_last_day(absl::FormatCivilTime(absl::CivilDay(first + count) - 1));
  return period;
}

// A number of exactly so many digits, from 1 to `most`; 0 if it is none.
int Digits(absl::string_view text, size_t digits, int most) {
  int number = 0;
  if (text.size() != digits || !absl::ascii_isdigit(text[0]) ||
      !absl::SimpleAtoi(text, &number) || number < 1 || number > most) {
    return 0;
  }
  return number;
}

}  // namespace

const std::vector<std::string>& MeasureWords() {
  static const auto& words =
      *new std::vector<std::string>(WordsOf<v1::SurveyMeasure>(kMeasure));
  return words;
}

v1::SurveyMeasure ParseMeasure(absl::string_view word) {
  return ValueOf<v1::SurveyMeasure>(word, kMeasure);
}

std::string MeasureWord(v1::SurveyMeasure measure) {
  return WordOf(measure, kMeasure);
}

const std::vector<std::string>& GroupingWords() {
  static const auto& words = *new std::vector<std::string>(
      WordsOf<v1::SurveyReport::Grouping>(kGrouping));
  return words;
}

v1::SurveyReport::Grouping ParseGrouping(absl::string_view word) {
  return ValueOf<v1::SurveyReport::Grouping>(word, kGrouping);
}

absl::StatusOr<v1::Period> SurveyPeriodArgument(absl::string_view period,
                                                absl::string_view since,
                                                absl::string_view until) {
  if (period.empty()) return PeriodArgument(since, until);
  if (!since.empty() || !until.empty()) {
    return UsageError("Give either --period, or --since and --until.");
  }
  if (ParseDay(period)) return PeriodArgument(period, period);
  const int year = Digits(period.substr(0, 4), 4, 9998);
  const absl::string_view rest =
      period.size() > 4 ? period.substr(4) : absl::string_view();
  if (year > 0 && rest.empty()) return MonthsFrom(year, 1, kMonthsOfYear);
  if (year > 0 && rest.substr(0, 2) == "-Q") {
    const int quarter = Digits(rest.substr(2), 1, 4);
    if (quarter > 0) {
      return MonthsFrom(year, (quarter - 1) * kMonthsOfQuarter + 1,
                        kMonthsOfQuarter);
    }
  } else if (year > 0 && rest[0] == '-') {
    const int month = Digits(rest.substr(1), 2, kMonthsOfYear);
    if (month > 0) return MonthsFrom(year, month, 1);
  }
  return UsageError(absl::StrCat("`", period,
                                 "` is no period; one is like 2026, 2026-Q1, "
                                 "2026-03 or 2026-03-15."));
}

}  // namespace attune
