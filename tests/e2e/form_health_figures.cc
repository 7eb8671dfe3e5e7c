#include "tests/e2e/form_health_figures.h"

#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"
#include "engine/stats/fleiss_kappa.h"

namespace attune::half_year {
namespace {

double Rounded(double value, double places) {
  return std::round(value * places) / places;
}

// How well a question goes with the rest of its form: Pearson's r of the
// hundredths of a percent that were earned.
double CorrelationOf(const Rows& rows, size_t question) {
  double n = 0;
  double x_sum = 0, y_sum = 0, xx = 0, yy = 0, xy = 0;
  for (const Scored* row : rows) {
    const QuestionFacts& facts = FactsOf(question);
    // What the whole question decides, and what it earned of that.
    const double share = facts.section == kConnection && row->revision == 2
                             ? facts.points * 1.125
                             : facts.points;
    const double earned = share * row->sheet[question] / facts.points;
    const double total = static_cast<double>(row->total()) / 100;
    const double x = std::round(100'00.0 * row->sheet[question] / facts.points);
    const double y = std::round(100'00.0 * (total - earned) / (100 - share));
    ++n;
    x_sum += x;
    y_sum += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  return (n * xy - x_sum * y_sum) /
         std::sqrt((n * xx - x_sum * x_sum) * (n * yy - y_sum * y_sum));
}

// Calls that two advocates scored: as they did, before any ruling.
void ExpectAgreement(const v1::RaterAgreement& told, const Rows& rows,
                     size_t question) {
  std::map<std::string, std::vector<int>> calls;
  for (const Scored* row : rows) {
    calls[row->call.name()].push_back(row->given[question]);
  }
  std::vector<std::vector<int>> twice;
  for (const auto& [call, given] : calls) {
    if (given.size() > 1) twice.push_back(given);
  }
  CategoryCounts counts(twice.size(), 21);
  int64_t agreed = 0;
  for (size_t i = 0; i < twice.size(); ++i) {
    for (const int points : twice[i]) {
      counts.Add(i, static_cast<size_t>(points), 1);
    }
    agreed += twice[i][0] == twice[i][1] ? 1 : 0;
  }
  const auto n = static_cast<int64_t>(twice.size());
  EXPECT_EQ(told.contacts(), n);
  EXPECT_EQ(told.pairs(), n);
  EXPECT_NEAR(told.agreement_percent(), PercentOf(agreed, n), 1e-9);
  const Figure kappa = FleissKappaOf(counts).kappa;
  EXPECT_EQ(told.has_kappa(), kappa.value.has_value());
  if (kappa.value) {
    EXPECT_EQ(told.kappa(), Rounded(*kappa.value, 1e4));
  }
}

void ExpectQuestion(const v1::QuestionHealth& told, const Rows& rows,
                    size_t question) {
  SCOPED_TRACE(told.question_id());
  const int most = FactsOf(question).points;
  const auto n = static_cast<int64_t>(rows.size());
  int64_t passed = 0;
  int64_t percent = 0;
  int64_t lost = 0;
  for (const Scored* row : rows) {
    const int missing = most - row->sheet[question];
    passed += missing == 0 ? 1 : 0;
    percent += 100'00 * row->sheet[question] / most;
    // Ten-thousandths; connection weighs 45 for 40 on revision 2.
    lost += missing *
            (FactsOf(question).section == kConnection && row->revision == 2
                 ? 1'125'0
                 : 1'000'0);
  }
  EXPECT_EQ(told.asked(), n);
  EXPECT_EQ(told.scored(), n);
  EXPECT_EQ(told.pass_percent(), PercentOf(passed, n));
  EXPECT_EQ(told.mean_percent(), MeanOf(percent, n));
  EXPECT_EQ(told.lost(), MeanOf(lost, n * 100));
  EXPECT_EQ(told.na_percent(), 0);
  EXPECT_EQ(told.discrimination().n(), n);
  if (passed == n) {
    EXPECT_EQ(told.discrimination().reason(), "no_variation");
  } else {
    EXPECT_NEAR(told.discrimination().correlation(),
                CorrelationOf(rows, question), 0.00005001);
  }
  ExpectAgreement(told.agreement(), rows, question);
}

}  // namespace

v1::FormHealth ExpectFormHealth(Center& center, int revision) {
  v1::GetFormHealthRequest request;
  request.set_name(revision == 0
                       ? "forms/call"
                       : absl::StrCat("forms/call/revisions/", revision));
  v1::FormHealth health =
      center.Do("quinn", &v1::ReportService::Stub::GetFormHealth, request);
  const auto in_scope = [revision](const Scored& row) {
    return revision == 0 || row.revision == revision;
  };
  EXPECT_EQ(health.evaluations(),
            static_cast<int64_t>(center.ledger().Counted(in_scope).size()));
  for (size_t question = 0; question < kQuestions; ++question) {
    const Rows rows = center.ledger().Counted([&](const Scored& row) {
      return in_scope(row) && Asks(row.revision, question);
    });
    if (rows.empty()) continue;
    ExpectQuestion(HealthOf(health, question), rows, question);
    int64_t items = 0;
    for (const Objection& one : center.ledger().objections()) {
      const Scored& scored = center.ledger().Find(one.evaluation);
      if (one.question == question && scored.counts() && in_scope(scored)) {
        ++items;
      }
    }
    EXPECT_EQ(HealthOf(health, question).contests().items(), items)
        << FactsOf(question).id;
  }
  return health;
}

const v1::QuestionHealth& HealthOf(const v1::FormHealth& health,
                                   size_t question) {
  for (const v1::QuestionHealth& one : health.questions()) {
    if (one.question_id() == FactsOf(question).id) return one;
  }
  ADD_FAILURE() << "Nothing is told of " << FactsOf(question).id;
  return v1::QuestionHealth::default_instance();
}

std::vector<std::string> FindingsOf(const v1::QuestionHealth& question) {
  std::vector<std::string> names;
  for (const v1::QuestionFinding& finding : question.findings()) {
    names.push_back(
        v1::QuestionFinding::Reason_Name(finding.reason()).substr(7));
  }
  return names;
}

}  // namespace attune::half_year
