#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/center_test.h"

namespace attune {
namespace {

class EvaluationImportTest : public CenterTest {
 protected:
  EvaluationImportTest() {
    Add("call-1", "yes");
    Add("call-9", "yes");   // not there
    Add("call-2", "what");  // no such choice
    Add("call-1", "no");    // twice in the stream
    Add("call-3", "half");
  }

  void Add(const std::string& contact, const std::string& warmth) {
    v1::ImportEvaluationsRequest message;
    *message.mutable_evaluation() = AnswersTo(warmth, "yes", "no");
    message.mutable_evaluation()->set_contact(
        absl::StrCat("people/-/contacts/", contact));
    message.mutable_evaluation()->set_rater("people/ada");
    messages_.push_back(message);
  }

  absl::StatusOr<v1::ImportEvaluationsResponse> Import() {
    return InWrite([&](Transaction& tx) {
      return evaluations_.Import(tx, admin_, messages_);
    });
  }

  int Stored() {
    v1::ListEvaluationsRequest request;
    request.set_parent("people/-");
    const auto response = InRead([&](Transaction& tx) {
      return evaluations_.List(tx, quinn_, request);
    });
    EXPECT_THAT(response, IsOk());
    return response->evaluations_size();
  }

  std::vector<v1::ImportEvaluationsRequest> messages_;
};

TEST_P(EvaluationImportTest, OneBadMessageStoresNothing) {
  const auto status = Import();
  EXPECT_THAT(status, HasViolation("messages[1]", "NOT_FOUND"));
  EXPECT_THAT(status,
              HasViolation("messages[2].evaluation.answers[0].choice_id",
                           "CHOICE_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("messages[3]", "SCORED_BEFORE"));
  EXPECT_EQ(Stored(), 0);
}

TEST_P(EvaluationImportTest, SkippingStoresTheRestAndTellsWhatWasLeftOut) {
  messages_[0].set_skip_bad(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto response, Import());
  EXPECT_EQ(response.imported_count(), 2);
  EXPECT_EQ(response.failed_count(), 3);
  ASSERT_EQ(response.failures_size(), 3);
  EXPECT_EQ(response.failures(0).index(), 1);
  EXPECT_EQ(response.failures(0).reason(), "NOT_FOUND");
  EXPECT_EQ(response.failures(1).field(), "evaluation.answers[0].choice_id");
  EXPECT_EQ(Stored(), 2);
  EXPECT_EQ(VerifyDifferences(), "");
  // Again: what is there is not doubled.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto again, Import());
  EXPECT_EQ(again.imported_count(), 0);
  EXPECT_EQ(Stored(), 2);
}

TEST_P(EvaluationImportTest, ValidatingStoresNothing) {
  messages_[0].set_validate_only(true);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto response, Import());
  EXPECT_EQ(response.imported_count(), 2);
  EXPECT_EQ(response.failed_count(), 3);
  EXPECT_EQ(Stored(), 0);
}

TEST_P(EvaluationImportTest, AnEmptyStreamIsRefused) {
  messages_.clear();
  EXPECT_THAT(Import(), HasViolation("evaluation", "IMPORT_EMPTY"));
}

ATTUNE_ON_EVERY_BACKEND(EvaluationImportTest);

}  // namespace
}  // namespace attune
