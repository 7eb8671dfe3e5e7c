// A small contact center on a fresh store, for tests of the stored collections.

#ifndef ATTUNE_TESTS_ENGINE_CENTER_TEST_H_
#define ATTUNE_TESTS_ENGINE_CENTER_TEST_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/form.pb.h"
#include "engine/access/caller.h"
#include "engine/evaluation/calibrations.h"
#include "engine/evaluation/comments.h"
#include "engine/evaluation/contests.h"
#include "engine/evaluation/evaluations.h"
#include "engine/evaluation/form_feedbacks.h"
#include "engine/evaluation/self_check_cycles.h"
#include "engine/evaluation/self_checks.h"
#include "engine/form/forms.h"
#include "engine/form/revisions.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {

// A caller whose roles reach everything, or only what is named.
Caller CallerOf(absl::string_view person, absl::string_view team, v1::Role role,
                Reach reach);
inline constexpr Reach kAll{.all = true};
inline constexpr Reach kOwn{.own = true};
inline constexpr Reach kTeam{.own = true, .team = true};
inline constexpr Reach kRated{.own = true, .rated = true};

// Two sections: connection (weight 60; greet 10 points, warmth 30 points with a
// required comment at 0) and solution (weight 40; solved 10 points, N/A
// allowed, leak critical).
v1::Form SmallForm();

// Answers to SmallForm: warmth "yes"/"half"/"no", solved "yes"/"no"/"na",
// leak "no" (fine) or "yes" (critical).
v1::Evaluation AnswersTo(absl::string_view warmth, absl::string_view solved,
                         absl::string_view leak);

// Teams red and blue; agents ann (red) and bob (blue); advocates ada and abe;
// lead lea (red); qa_lead quinn; contacts call-1 and call-2 of ann, call-3 of
// bob, on 2026-03-02, -03 and -04; form `call` = SmallForm, published.
class CenterTest : public StoreTest {
 protected:
  void SetUp() override;

  // 2026-04-01T00:00:00Z, and a second later at every look.
  Clock clock() {
    return [this] { return now_us_ += 1'000'000; };
  }

  // Submits `evaluation` of a contact as `rater`.
  absl::StatusOr<v1::Evaluation> Submit(const Caller& rater,
                                        absl::string_view contact,
                                        v1::Evaluation evaluation);

  // What VerifyStore says; one line a difference.
  std::string VerifyDifferences();

  Caller admin_ = CallerOf("", "", v1::ROLE_ADMIN, kAll);
  Caller quinn_ = CallerOf("quinn", "", v1::ROLE_QA_LEAD, kAll);
  Caller ada_ = CallerOf("ada", "", v1::ROLE_ADVOCATE, kAll);
  Caller abe_ = CallerOf("abe", "", v1::ROLE_ADVOCATE, kAll);
  Caller ann_ = CallerOf("ann", "red", v1::ROLE_AGENT, kOwn);
  Caller bob_ = CallerOf("bob", "blue", v1::ROLE_AGENT, kOwn);
  Caller lea_ = CallerOf("lea", "red", v1::ROLE_LEAD, kTeam);

  int64_t now_us_ = int64_t{1'775'001'600} * 1'000'000;
  std::shared_ptr<Revisions> revisions_ = std::make_shared<Revisions>();
  People people_{clock()};
  Teams teams_{clock()};
  Contacts contacts_{clock()};
  Forms forms_{clock(), revisions_};
  Evaluations evaluations_{clock(), revisions_};
  Contests contests_{clock(), revisions_};
  Comments comments_{clock()};
  Calibrations calibrations_{clock(), revisions_};
  SelfCheckCycles cycles_{clock()};
  SelfChecks self_checks_{clock(), revisions_};
  FormFeedbacks feedbacks_{clock(), revisions_};
};

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_CENTER_TEST_H_
