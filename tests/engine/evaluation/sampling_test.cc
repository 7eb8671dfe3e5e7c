// The pure rules: periods, plans, drawing.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/evaluation/sample.h"
#include "engine/evaluation/sampling_period.h"
#include "engine/evaluation/sampling_plan.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using Plan = v1::SamplingPlan;

Plan PlanOf(const std::string& text) {
  Plan plan;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &plan))
      << text;
  return plan;
}

// `start/end` as days, or nothing.
std::string Days(Plan::Period kind, const std::string& text) {
  const auto period = ParseSamplingPeriod(kind, text);
  if (!period) return "";
  EXPECT_EQ(period->text, text);
  return absl::StrCat(FormatDay(DayOf(period->start_us)), "/",
                      FormatDay(DayOf(period->end_us)));
}

TEST(SamplingPeriodTest, IsWhatTheCalendarSays) {
  EXPECT_EQ(Days(Plan::PERIOD_DAY, "2026-11-23"), "2026-11-23/2026-11-24");
  EXPECT_EQ(Days(Plan::PERIOD_MONTH, "2024-02"), "2024-02-01/2024-03-01");
  EXPECT_EQ(Days(Plan::PERIOD_MONTH, "2026-12"), "2026-12-01/2027-01-01");
  // python3: date.fromisocalendar(year, week, 1)
  EXPECT_EQ(Days(Plan::PERIOD_WEEK, "2026-W47"), "2026-11-16/2026-11-23");
  EXPECT_EQ(Days(Plan::PERIOD_WEEK, "2021-W01"), "2021-01-04/2021-01-11");
  EXPECT_EQ(Days(Plan::PERIOD_WEEK, "2020-W53"), "2020-12-28/2021-01-04");
  EXPECT_EQ(Days(Plan::PERIOD_WEEK, "2026-W01"), "2025-12-29/2026-01-05");
}

TEST(SamplingPeriodTest, HasOneSpelling) {
  for (const char* text : {"", "2026-W54", "2021-W53", "2026-W00", "2026-w47",
                           "2026-W7", "2026-W047", "2026-11", "2026-11-23",
                           "1969-W10", "9999-W01", "2026-W4x", "2026-W-1"}) {
    EXPECT_EQ(Days(Plan::PERIOD_WEEK, text), "") << text;
  }
  for (const char* text : {"2026-13", "2026-00", "2026-1", "2026-011"}) {
    EXPECT_EQ(Days(Plan::PERIOD_MONTH, text), "") << text;
  }
  for (const char* text : {"2026-02-30", "2026-2-03", "2026-W47"}) {
    EXPECT_EQ(Days(Plan::PERIOD_DAY, text), "") << text;
  }
}

TEST(SamplingPeriodTest, EveryMomentIsInThePeriodItFallsInto) {
  for (int64_t day = 0; day < 40'000; ++day) {
    const int64_t noon = day * kMicrosPerDay + kMicrosPerDay / 2;
    for (const auto kind :
         {Plan::PERIOD_DAY, Plan::PERIOD_WEEK, Plan::PERIOD_MONTH}) {
      const SamplingPeriod period = PeriodAt(kind, noon);
      ASSERT_TRUE(period.start_us <= noon && noon < period.end_us) << day;
      const auto parsed = ParseSamplingPeriod(kind, period.text);
      ASSERT_TRUE(parsed) << period.text;
      ASSERT_EQ(parsed->start_us, period.start_us);
      ASSERT_EQ(PeriodAt(kind, period.end_us).start_us, period.end_us);
    }
  }
}

constexpr char kGood[] =
    R"(form: "forms/call" count_per_agent: 2 period: PERIOD_WEEK )";

TEST(SamplingPlanTest, WhatIsWrongIsNamed) {
  const struct {
    const char* more;
    const char* field;
    const char* reason;
  } kTable[] = {
      {"form: 'call'", "p.form", "NAME_INVALID"},
      {"count_per_agent: 0", "p.count_per_agent", "OUT_OF_RANGE"},
      {"count_per_agent: 1001", "p.count_per_agent", "OUT_OF_RANGE"},
      {"minimum_per_agent: 1", "p.minimum_per_agent",
       "MINIMUM_WITHOUT_PERCENT"},
      {"period: PERIOD_UNSPECIFIED", "p.period", "PERIOD_UNKNOWN"},
      {"population { teams: 'red' }", "p.population.teams[0]", "NAME_INVALID"},
      {"population { people: ['people/a', 'people/a'] }",
       "p.population.people[1]", "DUPLICATE"},
      {"population { channels: CHANNEL_UNSPECIFIED }",
       "p.population.channels[0]", "CHANNEL_UNKNOWN"},
      {"population { min_duration { seconds: -1 } }",
       "p.population.min_duration", "DURATION_INVALID"},
      {"population { min_duration { seconds: 9 } max_duration { seconds: 8 } }",
       "p.population.max_duration", "DURATIONS_CROSSED"},
      {"population { topics: '' }", "p.population.topics[0]", "TOPIC_INVALID"},
      {"strata: STRATUM_UNSPECIFIED", "p.strata[0]", "STRATUM_UNKNOWN"},
      {"strata: [STRATUM_CHANNEL, STRATUM_CHANNEL]", "p.strata[1]",
       "DUPLICATE"},
      {"strata: STRATUM_DURATION", "p.duration_limits", "LIMITS_MISSING"},
      {"duration_limits { seconds: 60 }", "p.duration_limits", "LIMITS_UNUSED"},
      {"strata: STRATUM_DURATION duration_limits { seconds: 60 } "
       "duration_limits { seconds: 60 }",
       "p.duration_limits[1]", "LIMITS_NOT_ASCENDING"},
      {"advocates: 'ada'", "p.advocates[0]", "NAME_INVALID"},
      {"overlap_percent: 101", "p.overlap_percent", "OUT_OF_RANGE"},
      {"overlap_percent: -1", "p.overlap_percent", "OUT_OF_RANGE"},
      {"expire_after { seconds: 0 }", "p.expire_after", "DURATION_INVALID"},
      {"seed: -1", "p.seed", "OUT_OF_RANGE"},
  };
  for (const auto& row : kTable) {
    Plan plan = PlanOf(kGood);
    plan.MergeFrom(PlanOf(row.more));
    if (std::string(row.more).find("period") == 0) plan.clear_period();
    Violations bad;
    CheckSamplingPlan(plan, "p", bad);
    EXPECT_THAT(bad.ToStatus(), HasViolation(row.field, row.reason))
        << row.more;
    EXPECT_EQ(bad.all().size(), 1u) << row.more;
  }
  Violations none;
  CheckSamplingPlan(PlanOf(kGood), "p", none);
  EXPECT_TRUE(none.empty());
  Violations all;
  CheckSamplingPlan(Plan(), "p", all);
  EXPECT_THAT(all.ToStatus(), HasViolation("p.form", "NAME_INVALID"));
  EXPECT_THAT(all.ToStatus(),
              HasViolation("p.count_per_agent", "QUOTA_MISSING"));
  EXPECT_THAT(all.ToStatus(), HasViolation("p.period", "PERIOD_UNKNOWN"));
}

TEST(SamplingPlanTest, APopulationIsWhatEveryFieldAllows) {
  v1::Contact contact;
  contact.set_channel(v1::CHANNEL_CHAT);
  contact.mutable_duration()->set_seconds(60);
  contact.add_topics("refund");
  const struct {
    const char* population;
    bool admitted;
  } kTable[] = {
      {"", true},
      {"channels: [CHANNEL_PHONE, CHANNEL_CHAT]", true},
      {"channels: CHANNEL_PHONE", false},
      {"min_duration { seconds: 60 } max_duration { seconds: 60 }", true},
      {"min_duration { seconds: 60 nanos: 1000 }", false},
      {"max_duration { seconds: 59 }", false},
      {"topics: ['change', 'refund']", true},
      {"topics: 'Refund'", false},
      {"topics: 'refund' channels: CHANNEL_PHONE", false},
  };
  for (const auto& row : kTable) {
    Plan::Population population;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(row.population,
                                                              &population));
    EXPECT_EQ(Admits(population, contact), row.admitted) << row.population;
  }
}

TEST(SamplingPlanTest, APercentIsRoundedUpAndHasItsMinimum) {
  EXPECT_EQ(WantedOf(PlanOf("count_per_agent: 4"), 0), 4);
  const Plan tenth = PlanOf("percent_per_agent: 10 minimum_per_agent: 2");
  EXPECT_EQ(WantedOf(tenth, 0), 2);
  EXPECT_EQ(WantedOf(tenth, 20), 2);
  EXPECT_EQ(WantedOf(tenth, 21), 3);
  EXPECT_EQ(WantedOf(PlanOf("percent_per_agent: 100"), 7), 7);
}

TEST(SamplingPlanTest, ALimitBelongsToTheBandAboveIt) {
  const Plan plan = PlanOf(
      "strata: [STRATUM_CHANNEL, STRATUM_DURATION] "
      "duration_limits { seconds: 60 } duration_limits { seconds: 300 }");
  const auto stratum = [&](v1::Channel channel, int64_t seconds) {
    v1::Contact contact;
    contact.set_channel(channel);
    contact.mutable_duration()->set_seconds(seconds);
    return StratumOf(plan, contact);
  };
  EXPECT_EQ(stratum(v1::CHANNEL_PHONE, 0), stratum(v1::CHANNEL_PHONE, 59));
  EXPECT_NE(stratum(v1::CHANNEL_PHONE, 59), stratum(v1::CHANNEL_PHONE, 60));
  EXPECT_EQ(stratum(v1::CHANNEL_PHONE, 60), stratum(v1::CHANNEL_PHONE, 299));
  EXPECT_NE(stratum(v1::CHANNEL_PHONE, 300), stratum(v1::CHANNEL_PHONE, 299));
  EXPECT_NE(stratum(v1::CHANNEL_PHONE, 300), stratum(v1::CHANNEL_CHAT, 0));
}

TEST(AllotTest, EachGetsOneFirstAndTheRestFollowsTheSizes) {
  const struct {
    std::vector<int64_t> sizes;
    int64_t count;
    std::vector<int64_t> expected;
  } kTable[] = {
      {{}, 3, {}},
      {{5}, 3, {3}},
      {{2}, 3, {2}},
      {{90, 10}, 1, {1, 0}},
      {{10, 90}, 1, {0, 1}},
      {{90, 10}, 2, {1, 1}},
      {{90, 10}, 10, {9, 1}},
      {{90, 10}, 11, {10, 1}},  // 90/9 and 10/1: of equals the earlier
      {{1, 1, 1}, 2, {1, 1, 0}},
      {{3, 2}, 4, {2, 2}},
      {{3, 2}, 9, {3, 2}},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(Allot(row.sizes, row.count), row.expected)
        << testing::PrintToString(row.sizes) << " " << row.count;
  }
}

// Five contacts of ann, of which c2 and c5 may be a stratum of their own, and
// two of bob; cid has none.
Frame TinyFrame(bool apart = false) {
  Frame frame;
  frame.agents = {"ann", "bob", "cid"};
  for (const char* id : {"c1", "c2", "c3", "c4", "c5"}) {
    const bool chat = id[1] == '2' || id[1] == '5';
    const int64_t stratum = apart && chat ? 2 : 1;
    frame.contacts.push_back(
        {absl::StrCat("people/ann/contacts/", id), "ann", stratum});
  }
  frame.contacts.push_back({"people/bob/contacts/c1", "bob", 1});
  frame.contacts.push_back({"people/bob/contacts/c2", "bob", 1});
  return frame;
}

// `ann c1 c3, bob ...`
std::string Drawn(const std::string& plan, const Frame& frame) {
  std::string text;
  for (const AgentSample& sample : DrawFrom(PlanOf(plan), frame)) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", sample.agent);
    for (const std::string& name : sample.drawn) {
      absl::StrAppend(&text, " ", name.substr(name.rfind('/') + 1));
    }
  }
  return text;
}

// python3: sha256(f'{seed}\n{name}') puts ann's in the order c1 c3 c4 c5 c2 for
// seed 7 and c5 c2 c3 c1 c4 for seed 8; bob's in c1 c2 and c2 c1.
TEST(DrawTest, TakesTheSmallestHashesOfEachAgent) {
  EXPECT_EQ(KeyedHash(7, "people/ann/contacts/c1"),
            "00124420242fb6f152e09769a50841e0d354f4b8f16ba5de96101c014dbdafcf");
  EXPECT_EQ(Drawn("seed: 7 count_per_agent: 1", TinyFrame()),
            "ann c1, bob c1, cid");
  EXPECT_EQ(Drawn("seed: 7 count_per_agent: 3", TinyFrame()),
            "ann c1 c3 c4, bob c1 c2, cid");
  EXPECT_EQ(Drawn("seed: 7 count_per_agent: 2", TinyFrame()),
            "ann c1 c3, bob c1 c2, cid");
  EXPECT_EQ(Drawn("seed: 8 count_per_agent: 1", TinyFrame()),
            "ann c5, bob c2, cid");
  EXPECT_EQ(Drawn("seed: 8 percent_per_agent: 50", TinyFrame()),
            "ann c2 c3 c5, bob c2, cid");
}

TEST(DrawTest, StrataAreDrawnApart) {
  const Frame frame = TinyFrame(/*apart=*/true);
  // Phone 3 and chat 2: two and one of three, one and one of two.
  EXPECT_EQ(Drawn("seed: 7 count_per_agent: 3", frame),
            "ann c1 c3 c5, bob c1 c2, cid");
  EXPECT_EQ(Drawn("seed: 7 count_per_agent: 2", frame),
            "ann c1 c5, bob c1 c2, cid");
}

TEST(DrawTest, TellsWhatWasThereAndWanted) {
  const auto samples = DrawFrom(PlanOf("count_per_agent: 4"), TinyFrame());
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_EQ(samples[0].frame_count, 5);
  EXPECT_EQ(samples[0].wanted_count, 4);
  EXPECT_EQ(samples[1].frame_count, 2);
  EXPECT_EQ(samples[1].drawn.size(), 2u);
  EXPECT_EQ(samples[2].wanted_count, 4);
}

TEST(DrawTest, OrderChangesNothing) {
  Frame frame = TinyFrame();
  const std::string hash = FrameHash(frame);
  // python3: sha256 of the names in order, a line feed after each
  EXPECT_EQ(hash,
            "0758d81da8661fd920ffabe4d444e41d157488fa4b968ab9710ec110cec5a17b");
  const std::string drawn = Drawn("seed: 7 count_per_agent: 2", frame);
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    std::shuffle(frame.contacts.begin(), frame.contacts.end(), random);
    std::shuffle(frame.agents.begin(), frame.agents.end(), random);
    ASSERT_EQ(Drawn("seed: 7 count_per_agent: 2", frame), drawn);
    ASSERT_EQ(FrameHash(frame), hash);
  }
  frame.contacts.pop_back();
  EXPECT_NE(FrameHash(frame), hash);
}

TEST(DrawTest, EveryContactIsAsLikelyAsAnother) {
  Frame frame;
  frame.agents = {"ann"};
  for (int i = 0; i < 10; ++i) {
    frame.contacts.push_back(
        {absl::StrCat("people/ann/contacts/c", i), "ann", 0});
  }
  std::map<std::string, int> times;
  Plan plan = PlanOf("count_per_agent: 3");
  for (int seed = 1; seed <= 10'000; ++seed) {
    plan.set_seed(seed);
    const std::vector<AgentSample> samples = DrawFrom(plan, frame);
    for (const std::string& name : samples[0].drawn) ++times[name];
  }
  // 3,000 expected, standard deviation 46; these seeds are fixed.
  for (const auto& [name, count] : times) EXPECT_NEAR(count, 3000, 200) << name;
}

}  // namespace
}  // namespace attune
