#include "tools/attune/score_session.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/status_matchers.h"
#include "tools/attune/question_prompt.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kForm[] = R"pb(
  title: "Small"
  sections {
    section_id: "s"
    title: "Section"
    questions {
      question_id: "solved"
      text: "Was it solved?"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 10 }
      choices { choice_id: "no" label: "No" points: 0 comment_required: true }
      na { allowed: true condition: "nothing was asked" }
    }
    questions {
      question_id: "why"
      text: "What was missing?"
      type: MULTI_CHOICE
      max_points: 2
      choices { choice_id: "time" label: "Time" points: 1 }
      choices { choice_id: "care" label: "Care" points: 1 }
      visible_when { question_id: "solved" choice_ids: "no" }
    }
    questions {
      question_id: "minutes"
      text: "How many minutes?"
      type: NUMBER
      ranges { from: 0 to: 5 points: 5 }
      ranges { from: 6 to: 60 points: 0 }
    }
    questions { question_id: "note" text: "A note?" type: TEXT }
  }
)pb";

CompiledForm MakeForm() {
  v1::Form form;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kForm, &form));
  return CompiledForm::Make(form).value();
}

struct Talk {
  absl::StatusOr<ScoreSession::Outcome> outcome = absl::UnknownError("");
  std::string screen;
  v1::Evaluation evaluation;
  std::vector<v1::Evaluation> saved;
};

// Types `input`; the nth save and those after it fail with `failure`.
Talk Type(const std::string& input, const v1::Evaluation& draft = {},
          size_t failing_from = 1000,
          const absl::Status& failure = absl::OkStatus()) {
  Talk talk;
  const CompiledForm form = MakeForm();
  v1::Transcript transcript;
  v1::Segment& segment = *transcript.add_segments();
  segment.set_speaker(v1::Segment::SPEAKER_AGENT);
  segment.set_start_ms(1500);
  segment.set_text("hello there");
  std::istringstream in(input);
  std::ostringstream screen;
  ScoreSession session(
      in, screen, {}, form, transcript, draft,
      [&](const v1::Evaluation& saved) -> absl::StatusOr<v1::Evaluation> {
        talk.saved.push_back(saved);
        if (talk.saved.size() >= failing_from) return failure;
        v1::Evaluation stored = saved;
        stored.set_etag(absl::StrCat("e", talk.saved.size()));
        return stored;
      });
  talk.outcome = session.Run();
  talk.evaluation = session.evaluation();
  talk.screen = screen.str();
  return talk;
}

std::string Answers(const v1::Evaluation& evaluation) {
  std::string text;
  for (const v1::Answer& answer : evaluation.answers()) {
    absl::StrAppend(&text, "[", answer.ShortDebugString(), "]");
  }
  return text;
}

TEST(ScoreSessionTest, AsksSavesAndSubmits) {
  const Talk talk = Type("1\n3\nall fine\ny\n");
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto outcome, talk.outcome);
  EXPECT_EQ(outcome, ScoreSession::Outcome::kSubmit);
  EXPECT_EQ(Answers(talk.evaluation),
            "[question_id: \"solved\" choice_id: \"yes\"]"
            "[question_id: \"minutes\" number: 3]"
            "[question_id: \"note\" text: \"all fine\"]");
  ASSERT_EQ(talk.saved.size(), 3u);
  EXPECT_EQ(talk.saved[2].etag(), "e2");
  EXPECT_EQ(talk.evaluation.etag(), "e3");
  EXPECT_THAT(talk.screen,
              HasSubstr("Saved; so far 100.00, 1 question to go."));
  EXPECT_THAT(talk.screen, Not(HasSubstr("[2/4]")));
  EXPECT_THAT(talk.screen, HasSubstr("100.00 of 100"));
}

TEST(ScoreSessionTest, AsksForTheCommentThatAChoiceNeeds) {
  const Talk talk = Type("2\n\n2\nnot even tried\n1 2\n4\n\nq\n");
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto outcome, talk.outcome);
  EXPECT_EQ(outcome, ScoreSession::Outcome::kKeepDraft);
  EXPECT_THAT(talk.screen,
              HasSubstr("Without a comment this choice cannot be kept."));
  EXPECT_EQ(Answers(talk.evaluation),
            "[question_id: \"solved\" choice_id: \"no\" comment: \"not even "
            "tried\"]"
            "[question_id: \"why\" choice_ids: \"time\" choice_ids: \"care\"]"
            "[question_id: \"minutes\" number: 4]");
}

TEST(ScoreSessionTest, AnswersToWhatBecameHiddenAreNotSubmitted) {
  // Says no, answers what that asks, goes back twice and says yes.
  const Talk talk = Type("2\nx y\n1\nb\nb\n1\n4\n\ny\n");
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto outcome, talk.outcome);
  EXPECT_EQ(outcome, ScoreSession::Outcome::kSubmit);
  EXPECT_EQ(Answers(talk.evaluation),
            "[question_id: \"solved\" choice_id: \"yes\" comment: \"x y\"]"
            "[question_id: \"minutes\" number: 4]");
}

TEST(ScoreSessionTest, GoesOnWhereTheDraftStopped) {
  v1::Evaluation draft;
  draft.set_etag("old");
  v1::Answer& answer = *draft.add_answers();
  answer.set_question_id("solved");
  answer.set_na(true);
  const Talk talk = Type("2\n", draft);
  ATTUNE_ASSERT_OK_AND_ASSIGN(auto outcome, talk.outcome);
  EXPECT_EQ(outcome, ScoreSession::Outcome::kKeepDraft);
  EXPECT_THAT(talk.screen,
              HasSubstr("Going on with your draft: 1 of 4 answered"));
  EXPECT_THAT(talk.screen, Not(HasSubstr("Was it solved?")));
  ASSERT_EQ(talk.saved.size(), 1u);
  EXPECT_EQ(talk.saved[0].etag(), "old");
}

TEST(ScoreSessionTest, SaysWhatWouldBeRight) {
  const Talk talk = Type("9\nx\nt\n?\nc\nn\n7.5x\n99\nn\n");
  EXPECT_THAT(talk.screen, HasSubstr("Type a number from 1 to 2."));
  EXPECT_THAT(talk.screen, HasSubstr("0:01.5  agent    hello there"));
  EXPECT_THAT(talk.screen, HasSubstr("Answer the question first."));
  EXPECT_THAT(talk.screen, HasSubstr("Type a number."));
  EXPECT_THAT(talk.screen, HasSubstr("This question always applies."));
  EXPECT_EQ(Answers(talk.evaluation), "[question_id: \"solved\" na: true]");
}

TEST(ScoreSessionTest, AnAnswerSurvivesAServerThatIsAway) {
  const Talk talk =
      Type("1\n3\nq\n", {}, 2, absl::UnavailableError("The server is away."));
  EXPECT_THAT(talk.outcome, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(talk.screen, HasSubstr("NOT SAVED YET"));
  ASSERT_EQ(talk.saved.size(), 3u);  // tried again before leaving
  EXPECT_EQ(talk.saved[2].answers_size(), 2);
}

TEST(ScoreSessionTest, AStaleDraftEndsItAtOnce) {
  const Talk talk =
      Type("1\n3\nq\n", {}, 1, absl::AbortedError("It was changed."));
  EXPECT_THAT(talk.outcome, StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(talk.saved.size(), 1u);
}

TEST(QuestionPromptTest, ShowsChoicesWithTheirNumbersAndPoints) {
  const CompiledForm form = MakeForm();
  EXPECT_EQ(QuestionPrompt(form.question(0), nullptr, {}),
            "Was it solved?\n"
            "   1  Yes  [10 points]\n"
            "   2  No  [0 points, with a comment]\n"
            "   n  does not apply: nothing was asked\n");
}

TEST(QuestionPromptTest, ReadsEveryType) {
  v1::Question date;
  date.set_type(v1::Question::DATE);
  EXPECT_EQ(ReadTyped(date, "2020-03-15")->date(), "2020-03-15");
  EXPECT_FALSE(ReadTyped(date, "soon").ok());
  const CompiledForm form = MakeForm();
  EXPECT_EQ(ReadTyped(form.question(1), "2, 1 2")->choice_ids_size(), 2);
  EXPECT_EQ(ReadTyped(form.question(1), "0")->choice_ids_size(), 0);
  EXPECT_FALSE(ReadTyped(form.question(1), "3").ok());
  EXPECT_FALSE(ReadTyped(form.question(2), "inf").ok());
}

}  // namespace
}  // namespace attune
