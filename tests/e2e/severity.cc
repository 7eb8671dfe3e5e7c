#include "tests/e2e/severity.h"

#include <cmath>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/stats/severity.h"
#include "tests/e2e/chapters.h"

namespace attune::half_year {
namespace {

using Calibrations = v1::CalibrationService::Stub;

// The table of values of the normal distribution has 1.96 for 95 %.
constexpr double kMargin = 1.959963984540054;

size_t AdvocateIndex(const std::string& advocate) {
  size_t index = 0;
  while (kAdvocates[index] != advocate) ++index;
  return index;
}

struct Fit {
  Rows rows;
  std::vector<int> agents;  // in the order of the model's
  Severity model;

  size_t AgentIndex(int agent) const {
    size_t index = 0;
    while (agents[index] != agent) ++index;
    return index;
  }
};

Fit FitRows(const Rows& rows) {
  Fit fit;
  fit.rows = rows;
  for (const auto& [agent, theirs] : ByAgent(rows)) fit.agents.push_back(agent);
  std::vector<CrossedScore> scores;
  for (const Scored* row : rows) {
    scores.push_back({fit.AgentIndex(row->call.agent),
                      AdvocateIndex(row->advocate),
                      static_cast<double>(row->total()) / 100});
  }
  fit.model = FitSeverity(CrossedScores(scores, fit.agents.size(), 6));
  return fit;
}

void ExpectRaters(const v1::SeverityPart& part, const Fit& fit) {
  ASSERT_EQ(part.raters_size(), 6);
  double before = 1000;
  for (const v1::RaterSeverity& rater : part.raters()) {
    const std::string id = rater.rater().substr(7);
    const RaterSeverity& expected = fit.model.raters[AdvocateIndex(id)];
    EXPECT_NEAR(rater.severity(), *expected.severity, 1e-6) << id;
    EXPECT_NEAR(rater.se(), *expected.se, 1e-6) << id;
    EXPECT_NEAR(rater.low(), *expected.severity - kMargin * *expected.se, 1e-6);
    EXPECT_LE(rater.severity(), before) << id;  // the most lenient first
    before = rater.severity();
    int64_t n = 0;
    for (const Scored* row : fit.rows) n += row->advocate == id ? 1 : 0;
    EXPECT_EQ(rater.n(), n) << id;
  }
}

void ExpectAgents(const v1::SeverityPart& part, const Fit& fit) {
  ASSERT_EQ(part.agents_size(), static_cast<int>(fit.agents.size()));
  std::map<int, Rows> by_agent = ByAgent(fit.rows);
  for (const v1::FairMean& agent : part.agents()) {
    SCOPED_TRACE(agent.agent());
    const Rows& rows = by_agent[AgentIn(agent.agent())];
    const auto n = static_cast<double>(rows.size());
    EXPECT_EQ(agent.n(), static_cast<int64_t>(rows.size()));
    const double raw = static_cast<double>(SumOf(rows)) / 100 / n;
    EXPECT_NEAR(agent.raw_mean(), raw, 1e-9);
    // What an average rater would give: the raw mean without the severity of
    // those who gave it.
    double lenience = 0;
    for (const Scored* row : rows) {
      lenience += *fit.model.raters[AdvocateIndex(row->advocate)].severity;
    }
    EXPECT_NEAR(agent.fair_mean(), raw - lenience / n, 1e-6);
    EXPECT_LT(agent.low(), agent.fair_mean());
    EXPECT_GT(agent.high(), agent.fair_mean());
  }
}

// Who had 10 points taken off a greeting by the severe one.
int64_t TakenOff(const Rows& rows) {
  int64_t n = 0;
  for (const Scored* row : rows) n += row->sheet[kGreeting] == 0 ? 1 : 0;
  return n;
}

}  // namespace

v1::SeverityReport ExpectSeverity(Center& center, const std::string& first_day,
                                  const std::string& last_day) {
  const int64_t first = *ParseDay(first_day);
  const int64_t last = *ParseDay(last_day);
  const Fit fit =
      FitRows(center.ledger().Counted([first, last](const Scored& row) {
        return row.call.day >= first && row.call.day <= last;
      }));
  v1::SeverityReport report =
      center.Do("quinn", &Calibrations::GetRaterSeverity,
                absl::StrCat("form: 'forms/call' period { first_day: '",
                             first_day, "' last_day: '", last_day, "' }"));
  EXPECT_EQ(report.method(), "reml");
  EXPECT_EQ(report.part_count(), 1);
  if (report.parts_size() != 1) {
    ADD_FAILURE() << report.ShortDebugString();
    return report;
  }
  const v1::SeverityPart& part = report.parts(0);
  EXPECT_EQ(part.n(), static_cast<int64_t>(fit.rows.size()));
  EXPECT_EQ(part.residual_df(),
            part.n() - static_cast<int64_t>(fit.agents.size()) - 5);
  EXPECT_NEAR(part.deviation(), std::sqrt(*fit.model.sigma2), 1e-6);
  EXPECT_NEAR(part.rater_deviation(), std::sqrt(*fit.model.sigma2_rater), 1e-6);
  ExpectRaters(part, fit);
  ExpectAgents(part, fit);
  return report;
}

v1::RaterDrift ExpectDrift(Center& center) {
  const Fit fit = FitRows(center.ledger().Counted());
  const size_t severe = AdvocateIndex(kSevere);
  const v1::RaterDrift drift = center.Do(
      kSevere, &Calibrations::GetRaterDrift,
      absl::StrCat("rater: 'people/", kSevere, "' form: 'forms/call'"));
  std::optional<double> first;
  double change = 0;
  for (const v1::MonthSeverity& month : drift.months()) {
    double own = 0;
    double n = 0;
    double others = 0;
    double m = 0;
    for (const Scored* row : fit.rows) {
      if (!absl::StartsWith(FormatDay(row->call.day), month.month())) continue;
      const double left =
          static_cast<double>(row->total()) / 100 -
          *fit.model.agents[fit.AgentIndex(row->call.agent)].fair;
      const size_t advocate = AdvocateIndex(row->advocate);
      if (advocate == severe) {
        own += left;
        ++n;
      } else {
        others += left - *fit.model.raters[advocate].severity;
        ++m;
      }
    }
    EXPECT_EQ(month.n(), static_cast<int64_t>(n)) << month.month();
    EXPECT_EQ(month.others(), static_cast<int64_t>(m)) << month.month();
    EXPECT_NEAR(month.severity(), own / n - others / m, 1e-6) << month.month();
    if (!first) first = own / n - others / m;
    change = own / n - others / m - *first;
  }
  EXPECT_EQ(drift.months_size() > 1, drift.has_change());
  EXPECT_NEAR(drift.change(), change, 1e-6);
  return drift;
}

// January to March: an average rater takes a sixth of 10 points off, the severe
// one all of it, which makes a difference of 8.33.
void FirstSeverity(Center& center) {
  center.At("2026-04-09", 9);
  const v1::SeverityReport report =
      ExpectSeverity(center, "2026-01-01", "2026-03-31");
  ASSERT_EQ(report.parts_size(), 1);
  const v1::SeverityPart& part = report.parts(0);
  const v1::RaterSeverity& last = part.raters(5);
  EXPECT_EQ(last.rater(), absl::StrCat("people/", kSevere));
  EXPECT_LT(last.high(), 0);
  EXPECT_LT(last.low(), -10.0 * 5 / 6);
  EXPECT_GT(last.high(), -10.0 * 5 / 6);
  EXPECT_EQ(last.sentence(),
            absl::StrFormat("Harsh: gives about %.1f points less than an "
                            "average rater.",
                            -last.severity()));
  for (int i = 0; i < 5; ++i) {
    EXPECT_GT(part.raters(i).high(), 0) << part.raters(i).rater();
  }
  // Whom she scored more often than others is raised, who never met her
  // lowered.
  std::map<int, Rows> by_agent = ByAgent(center.ledger().Counted());
  for (const v1::FairMean& agent : part.agents()) {
    const Rows& rows = by_agent[AgentIn(agent.agent())];
    if (TakenOff(rows) == 0) {
      EXPECT_LT(agent.fair_mean(), agent.raw_mean());
    }
    if (TakenOff(rows) * 3 > static_cast<int64_t>(rows.size())) {
      EXPECT_GT(agent.fair_mean(), agent.raw_mean());
    }
  }
  // Advocates read their own alone, and leads no rater's.
  const v1::SeverityReport own =
      center.Do(kSevere, &Calibrations::GetRaterSeverity, "form: 'forms/call'");
  ASSERT_EQ(own.parts_size(), 1);
  ASSERT_EQ(own.parts(0).raters_size(), 1);
  EXPECT_EQ(own.parts(0).raters(0).rater(), last.rater());
  EXPECT_EQ(own.parts(0).agents_size(), 0);

  const v1::RaterDrift drift = ExpectDrift(center);
  ASSERT_EQ(drift.months_size(), 3);
  for (const v1::MonthSeverity& month : drift.months()) {
    EXPECT_LT(month.high(), 0) << month.month();
  }
  // The same all the time.
  EXPECT_LT(drift.change_low(), 0);
  EXPECT_GT(drift.change_high(), 0);
}

}  // namespace attune::half_year
