// A contact center with a cycle `h1` of self-checks on the form `call`.

#ifndef ATTUNE_TESTS_ENGINE_EVALUATION_SELF_CHECK_TEST_H_
#define ATTUNE_TESTS_ENGINE_EVALUATION_SELF_CHECK_TEST_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/report/reports.h"
#include "tests/engine/center_test.h"

namespace attune {

// Answers to SmallForm by what they come to: 100, 70, 50 or 40 percent.
v1::Evaluation Answers(int percent);

class SelfCheckTest : public CenterTest {
 protected:
  // It opens on 2026-04-01 and is to close on 2026-10-01.
  void SetUp() override;

  absl::StatusOr<v1::SelfCheckCycle> Open(const std::string& id,
                                          const std::string& form);
  absl::StatusOr<v1::SelfCheckCycle> Close(const std::string& id = "h1");
  v1::SelfCheckCycle Cycle(const Caller& caller, const std::string& id = "h1");

  absl::StatusOr<v1::SelfCheck> Pick(const Caller& caller,
                                     const std::string& agent,
                                     const std::string& contact,
                                     const std::string& cycle = "h1");
  absl::StatusOr<v1::Evaluation> Begin(const Caller& agent,
                                       const std::string& contact,
                                       const std::string& cycle = "h1");
  absl::StatusOr<v1::Evaluation> SubmitDraft(const Caller& rater,
                                             v1::Evaluation draft, int percent);
  // Begins and submits.
  absl::StatusOr<v1::Evaluation> Grade(const Caller& agent,
                                       const std::string& contact, int percent,
                                       const std::string& cycle = "h1");
  absl::StatusOr<v1::Evaluation> Score(const Caller& rater,
                                       const std::string& contact,
                                       int percent) {
    return CenterTest::Submit(rater, contact, Answers(percent));
  }
  absl::StatusOr<v1::FormFeedback> Say(const Caller& agent,
                                       const v1::FormFeedback& feedback,
                                       const std::string& cycle = "h1");

  absl::StatusOr<v1::SelfCheck> Check(const Caller& caller,
                                      const std::string& agent,
                                      const std::string& cycle = "h1");
  // `ann not_begun 2026-04-01; bob ...!`: state, due day, overdue as `!`.
  std::string Due(const Caller& caller, v1::ListSelfChecksRequest request = {});
  // `ann/call-1 ...`.
  std::string ToScore(const Caller& caller);

  // Whether the caller gets it, and finds it in the list of all; one must not
  // be without the other.
  bool Sees(const Caller& caller, const std::string& evaluation);
  v1::Evaluation Stored(const Caller& caller, const std::string& evaluation);
  // What an agent's scorecard says: `n=1 rows=1`.
  std::string Scorecard(const std::string& agent);

  void AddContact(const std::string& agent, const std::string& id);
  void AddAgent(const std::string& id, const std::string& team);
  void SetRoles(const std::string& person, v1::Role role);

  Reports reports_{clock()};
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_EVALUATION_SELF_CHECK_TEST_H_
