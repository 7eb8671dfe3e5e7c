#include "tools/attune_load/year.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/form/form_text.h"
#include "engine/ids.h"
#include "engine/scoring/score.h"

namespace attune {
namespace {

constexpr char kRevision[] = "forms/call/revisions/1";

const CompiledForm& CallForm() {
  static const CompiledForm& form = *new CompiledForm([] {
    std::ifstream file(
        absl::StrCat(ATTUNE_SOURCE_DIR, "/config/forms/call.textproto"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return CompiledForm::Make(FormText::Parse(text).value().form()).value();
  }());
  return form;
}

YearOptions Small() {
  YearOptions options;
  options.agents = 6;
  options.advocates = 4;
  options.teams = 2;
  options.days = 60;
  options.last_day = *ParseDay("2025-06-30");
  options.evaluations = 1000;
  return options;
}

std::string BytesOf(const Year& year) {
  std::string bytes;
  for (const auto& row : year.Teams()) bytes += row.SerializeAsString();
  for (const auto& row : year.People()) bytes += row.SerializeAsString();
  for (int agent = 0; agent < year.options().agents; ++agent) {
    for (const auto& row : year.ContactsOf(agent)) {
      bytes += row.SerializeAsString();
    }
    for (const auto& row : year.EvaluationsOf(agent, CallForm(), kRevision)) {
      bytes += row.SerializeAsString();
    }
  }
  return bytes;
}

TEST(YearTest, TheSameSeedGivesTheSameBytes) {
  EXPECT_EQ(BytesOf(Year(Small())), BytesOf(Year(Small())));
  YearOptions other = Small();
  other.seed = 2;
  EXPECT_NE(BytesOf(Year(Small())), BytesOf(Year(other)));
}

TEST(YearTest, MakesAsManyEvaluationsAsAskedEachPairOnce) {
  for (const int evaluations : {1, 7, 999, 1000, 1001, 1066}) {
    for (const int advocates : {1, 2, 4}) {
      YearOptions options = Small();
      options.evaluations = evaluations;
      options.advocates = advocates;
      const Year year(options);
      int made = 0;
      std::set<std::string> pairs;
      for (int agent = 0; agent < options.agents; ++agent) {
        std::set<std::string> contacts;
        for (const auto& row : year.ContactsOf(agent)) {
          EXPECT_TRUE(IsContactId(row.contact_id()));
          contacts.insert(
              absl::StrCat(row.parent(), "/contacts/", row.contact_id()));
        }
        EXPECT_EQ(static_cast<int>(contacts.size()),
                  year.ContactCountOf(agent));
        for (const auto& row :
             year.EvaluationsOf(agent, CallForm(), kRevision)) {
          EXPECT_EQ(contacts.count(row.evaluation().contact()), 1u);
          pairs.insert(row.evaluation().contact() + row.evaluation().rater());
          ++made;
        }
      }
      EXPECT_EQ(made, evaluations) << advocates;
      EXPECT_EQ(pairs.size(), static_cast<size_t>(evaluations)) << advocates;
    }
  }
}

TEST(YearTest, ContactsAreInWorkingHoursOfFiveDaysAWeekFromEndToEnd) {
  YearOptions options = Small();
  options.evaluations = 6000;
  const Year year(options);
  std::set<int64_t> days;
  std::set<int64_t> weekdays;
  for (const auto& row : year.ContactsOf(0)) {
    const int64_t start = ToMicros(row.contact().start_time());
    const int64_t second = start / 1'000'000 % 86'400;
    EXPECT_GE(second, 8 * 3600);
    EXPECT_LT(second, 17 * 3600);
    days.insert(DayOf(start));
    weekdays.insert(DayOf(start) % 7);
  }
  EXPECT_EQ(weekdays.size(), 5u);
  EXPECT_GE(*days.begin(), options.last_day - options.days + 1);
  EXPECT_LE(*days.begin(), options.last_day - options.days + 3);
  EXPECT_LE(*days.rbegin(), options.last_day);
  EXPECT_GE(*days.rbegin(), options.last_day - 2);
}

TEST(YearTest, SeveritiesHaveMeanZeroAndDiffer) {
  const Year year(Small());
  double sum = 0;
  std::set<double> all;
  for (int i = 0; i < 4; ++i) {
    sum += year.Severity(i);
    all.insert(year.Severity(i));
  }
  EXPECT_NEAR(sum, 0, 1e-9);
  EXPECT_EQ(all.size(), 4u);
}

TEST(YearTest, ScoresShowTheTrueSeverities) {
  YearOptions options = Small();
  options.evaluations = 20'000;
  const Year year(options);
  std::map<std::string, std::pair<double, int>> by_rater;
  for (int agent = 0; agent < options.agents; ++agent) {
    for (const auto& row : year.EvaluationsOf(agent, CallForm(), kRevision)) {
      const v1::Score score =
          ExplainScore(CallForm(), row.evaluation().answers());
      auto& [sum, n] = by_rater[row.evaluation().rater()];
      sum += score.percent_before_critical();
      ++n;
    }
  }
  ASSERT_EQ(by_rater.size(), 4u);
  double mean = 0;
  for (const auto& [rater, total] : by_rater) {
    mean += total.first / total.second / 4;
  }
  // Agents fall to raters by chance: 5000 scores of deviation 20 each.
  for (int i = 0; i < 4; ++i) {
    const auto& [sum, n] = by_rater["people/" + year.AdvocateId(i)];
    EXPECT_NEAR(mean - sum / n, year.Severity(i), 1.5);
  }
}

}  // namespace
}  // namespace attune
