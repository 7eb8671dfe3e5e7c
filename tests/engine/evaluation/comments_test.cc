#include "engine/evaluation/comments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/center_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

class CommentsTest : public CenterTest {
 protected:
  void SetUp() override {
    CenterTest::SetUp();
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::Evaluation scored,
        Submit(ada_, "call-1", AnswersTo("half", "yes", "no")));
    name_ = scored.name();
  }

  absl::StatusOr<v1::Comment> Say(const Caller& caller, v1::Comment comment) {
    v1::CreateCommentRequest request;
    request.set_parent(name_);
    *request.mutable_comment() = std::move(comment);
    return InWrite(
        [&](Transaction& tx) { return comments_.Create(tx, caller, request); });
  }
  absl::StatusOr<v1::ListCommentsResponse> List(const Caller& caller, int size,
                                                const std::string& token) {
    v1::ListCommentsRequest request;
    request.set_parent(name_);
    request.set_page_size(size);
    request.set_page_token(token);
    return InRead(
        [&](Transaction& tx) { return comments_.List(tx, caller, request); });
  }
  static v1::Comment Text(const std::string& text) {
    v1::Comment comment;
    comment.set_text(text);
    return comment;
  }

  std::string name_;
};

TEST_P(CommentsTest, AThreadWithMomentsOfTheCallReadsFromTheTop) {
  v1::Comment moment = Text("Here you smiled.");
  moment.set_question_id("warmth");
  moment.set_start_ms(42'000);
  moment.set_end_ms(45'500);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Comment first, Say(ada_, moment));
  EXPECT_EQ(first.author(), "people/ada");
  v1::Comment answer = Text("I did!");
  answer.set_reply_to(first.name());
  ASSERT_THAT(Say(ann_, answer), IsOk());

  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto page, List(lea_, 1, ""));
  ASSERT_EQ(page.comments_size(), 1);
  EXPECT_EQ(page.comments(0).start_ms(), 42'000);
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto rest,
                              List(lea_, 1, page.next_page_token()));
  ASSERT_EQ(rest.comments_size(), 1);
  EXPECT_EQ(rest.comments(0).reply_to(), first.name());
  EXPECT_EQ(rest.next_page_token(), "");
}

TEST_P(CommentsTest, EverythingWrongIsToldAndNothingStored) {
  v1::Comment bad;
  bad.set_question_id("charm");
  bad.set_start_ms(-1);
  bad.set_end_ms(-2);
  const absl::Status status = Say(ada_, bad).status();
  EXPECT_THAT(status, HasViolation("comment.text", "TEXT_MISSING"));
  EXPECT_THAT(status, HasViolation("comment.question_id", "QUESTION_UNKNOWN"));
  EXPECT_THAT(status, HasViolation("comment.start_ms", "OFFSET_INVALID"));
  EXPECT_THAT(status, HasViolation("comment.end_ms", "OFFSET_INVALID"));
  v1::Comment stray = Text("Where?");
  stray.set_reply_to("people/bob/evaluations/1/comments/2");
  EXPECT_THAT(Say(ada_, stray).status(),
              HasViolation("comment.reply_to", "NAME_INVALID"));
  stray.set_reply_to(name_ + "/comments/none");
  EXPECT_THAT(Say(ada_, stray), StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const auto all, List(ada_, 0, ""));
  EXPECT_EQ(all.comments_size(), 0);
}

TEST_P(CommentsTest, WhoMayNotReadTheEvaluationMayNotComment) {
  EXPECT_THAT(Say(bob_, Text("Hello?")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(List(bob_, 0, ""), StatusIs(absl::StatusCode::kNotFound));
}

ATTUNE_ON_EVERY_BACKEND(CommentsTest);

}  // namespace
}  // namespace attune
