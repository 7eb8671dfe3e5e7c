#include "tests/e2e/self_check.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attune::half_year {
namespace {

using SelfChecks = v1::SelfCheckService::Stub;

// Hundredths of what the agent and the advocate gave one pick.
struct BothSides {
  Sheet self;
  Sheet advocate;
};

BothSides SidesOf(Center& center, const std::string& contact, int cycle) {
  for (const Scored& row : center.ledger().all()) {
    if (row.call.name() == contact && row.counts()) {
      return {GradedByAgent(row.call, cycle), row.sheet};
    }
  }
  ADD_FAILURE() << "No advocate scored " << contact;
  return {};
}

}  // namespace

std::string CycleId(int cycle) { return absl::StrCat("2026-", cycle); }

std::string SessionOf(int agent, int cycle) {
  return absl::StrCat(AgentName(agent), "/selfChecks/", CycleId(cycle));
}

std::string ChatOf(int agent, int cycle, const std::string& which) {
  return absl::StrCat(AgentName(agent), "/contacts/s", cycle, "-", which);
}

absl::StatusOr<v1::SelfCheck> Pick(Center& center, int agent, int cycle,
                                   const std::string& which) {
  v1::PickContactRequest request;
  request.set_name(SessionOf(agent, cycle));
  request.set_contact(ChatOf(agent, cycle, which));
  const std::string picker =
      which == "lead" ? center.LeadOf(agent) : AgentId(agent);
  return center.As(picker).Call(&SelfChecks::PickContact, request);
}

void PickBoth(Center& center, int agent, int cycle) {
  Must(Pick(center, agent, cycle, "own"));
  const v1::SelfCheck check = Must(Pick(center, agent, cycle, "lead"));
  ASSERT_EQ(check.picks_size(), 2);
  EXPECT_EQ(check.picks(0).chooser(), v1::SelfCheckPick::CHOOSER_AGENT);
  EXPECT_EQ(check.picks(1).chooser(), v1::SelfCheckPick::CHOOSER_LEAD);
  EXPECT_EQ(check.state(), v1::SelfCheck::STATE_BEGUN);
}

v1::Evaluation BeginGrading(Center& center, int agent, int cycle,
                            const std::string& which) {
  v1::BeginSelfEvaluationRequest begin;
  begin.set_name(SessionOf(agent, cycle));
  begin.set_contact(ChatOf(agent, cycle, which));
  return center.Do(AgentId(agent), &SelfChecks::BeginSelfEvaluation, begin);
}

v1::Evaluation Grade(Center& center, int agent, int cycle,
                     const std::string& which) {
  const v1::Evaluation draft = BeginGrading(center, agent, cycle, which);
  const Sheet sheet =
      GradedByAgent(FindCall(ChatOf(agent, cycle, which)), cycle);
  const int revision = draft.form_revision().back() - '0';
  v1::SubmitEvaluationRequest request;
  request.mutable_evaluation()->set_name(draft.name());
  request.mutable_evaluation()->set_etag(draft.etag());
  AddAnswers(sheet, revision, *request.mutable_evaluation());
  v1::Evaluation graded = center.Do(
      AgentId(agent), &v1::EvaluationService::Stub::SubmitEvaluation, request);
  EXPECT_EQ(graded.score().percent(),
            static_cast<double>(TotalOf(sheet, revision)) / 100);
  if (graded.withheld()) return graded;
  // The advocates' side is in: both are shown.
  for (Scored& row : center.ledger().all()) {
    if (row.call.name() == graded.contact()) row.shown = true;
  }
  return graded;
}

v1::SelfCheck SelfCheckOf(Center& center, int agent, int cycle) {
  v1::GetSelfCheckRequest request;
  request.set_name(SessionOf(agent, cycle));
  return center.Do("quinn", &SelfChecks::GetSelfCheck, request);
}

void ExpectGap(Center& center, int agent, int cycle, int revision) {
  SCOPED_TRACE(SessionOf(agent, cycle));
  const v1::SelfCheck check = SelfCheckOf(center, agent, cycle);
  EXPECT_EQ(check.form_revision(),
            absl::StrCat("forms/call/revisions/", revision));
  ASSERT_EQ(check.state(), v1::SelfCheck::STATE_DONE);
  std::vector<BothSides> picks;
  for (const v1::SelfCheckPick& pick : check.picks()) {
    picks.push_back(SidesOf(center, pick.contact(), cycle));
    const int64_t self = TotalOf(picks.back().self, revision);
    const int64_t advocate = TotalOf(picks.back().advocate, revision);
    EXPECT_EQ(pick.gap().self_percent(), static_cast<double>(self) / 100);
    EXPECT_EQ(pick.gap().advocate_percent(),
              static_cast<double>(advocate) / 100);
    EXPECT_EQ(pick.gap().gap(), static_cast<double>(self - advocate) / 100);
  }
  int64_t sum = 0;
  for (const BothSides& pick : picks) {
    sum += TotalOf(pick.self, revision) - TotalOf(pick.advocate, revision);
  }
  const double gap = MeanDifference(sum, 2);
  EXPECT_EQ(check.gap().gap(), gap);
  EXPECT_EQ(check.gap().n(), 2);
  EXPECT_EQ(check.gap().reading(), gap > 10 ? v1::SelfCheckGap::READING_TOO_KIND
                                   : gap < -15
                                       ? v1::SelfCheckGap::READING_TOO_HARSH
                                       : v1::SelfCheckGap::READING_NORMAL);
  ASSERT_EQ(check.gap().sections_size(), static_cast<int>(kSections));
  for (size_t section = 0; section < kSections; ++section) {
    int64_t differences = 0;
    for (const BothSides& pick : picks) {
      differences += SectionPercent(pick.self, revision, section) -
                     SectionPercent(pick.advocate, revision, section);
    }
    const v1::SectionGap& told =
        check.gap().sections(static_cast<int>(section));
    EXPECT_EQ(told.section_id(), SectionId(section));
    EXPECT_EQ(told.gap(), MeanDifference(differences, 2)) << told.section_id();
  }
}

std::vector<std::string> Overdue(Center& center) {
  const v1::ListSelfChecksResponse list =
      center.Do("quinn", &SelfChecks::ListSelfChecks,
                "parent: 'people/-' overdue_only: true");
  std::vector<std::string> people;
  for (const v1::SelfCheck& check : list.self_checks()) {
    EXPECT_TRUE(check.overdue()) << check.name();
    people.push_back(AgentId(AgentIn(check.name())));
  }
  return people;
}

v1::SelfCheckCycle CycleOf(Center& center, int cycle) {
  return center.Do(
      "quinn", &SelfChecks::GetSelfCheckCycle,
      absl::StrCat("name: 'selfCheckCycles/", CycleId(cycle), "'"));
}

v1::SelfCheckCycle CloseCycle(Center& center, int cycle) {
  const v1::SelfCheckCycle open = CycleOf(center, cycle);
  EXPECT_FALSE(open.has_tally());
  v1::SelfCheckCycle closed = center.Do(
      "quinn", &SelfChecks::CloseSelfCheckCycle,
      absl::StrCat("name: '", open.name(), "' etag: '", open.etag(), "'"));
  EXPECT_EQ(closed.state(), v1::SelfCheckCycle::STATE_CLOSED);
  // What was withheld is shown.
  const std::string prefix = absl::StrCat("s", cycle, "-");
  for (Scored& row : center.ledger().all()) {
    if (absl::StartsWith(row.call.id, prefix)) row.shown = true;
  }
  return closed;
}

}  // namespace attune::half_year
