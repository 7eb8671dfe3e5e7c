#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/status_matchers.h"
#include "tools/attune/form_view.h"
#include "tools/attune/report_view.h"
#include "tools/attune/score_view.h"
#include "tools/attune/transcript_view.h"

namespace attune {
namespace {

template <typename Message>
Message Text(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

TEST(ReportViewTest, SaysWhereThereIsNotEnoughData) {
  EXPECT_EQ(AverageText({}), "not enough data");
  EXPECT_EQ(IntervalText({}), "not enough data");
  EXPECT_EQ(TrendText({}), "not enough data");
  EXPECT_EQ(TrendText(Text<v1::Trend>("change: 3.1 low: -1.2 high: 7.4")),
            "+3.10 (-1.20 to +7.40)");
  EXPECT_EQ(Bar(50, 10), "#####");
  EXPECT_EQ(Bar(140, 10), "##########");
  EXPECT_EQ(Sparkline({0, 50, 100}), "▁▅█");
}

TEST(ReportViewTest, TeamReportReadsFromTheTeamToTheSections) {
  const auto report = Text<v1::TeamCoachingReport>(R"pb(
    team: "teams/t"
    display_name: "Team"
    period { first_day: "2020-03-01" }
    overall {
      average { n: 3 percent: 62.5 low: 58 high: 67 }
      sections {
        form: "forms/call"
        section_id: "s"
        title: "Connection"
        average { n: 3 percent: 40 }
        weighted_loss: 24
      }
      critical_evaluations: 1
      critical_counts { category: CUSTOMER evaluations: 1 }
      unacknowledged: 2
      focus: "Connection: loses 24 points."
    }
    agents {
      person: "people/ann"
      display_name: "Ann"
      average { n: 3 percent: 62.5 low: 58 high: 67 }
      sections {
        form: "forms/call"
        section_id: "s"
        title: "Connection"
        average { n: 3 percent: 40 }
        weighted_loss: 24
      }
      below_floor: true
    }
    agents { person: "people/bob" }
  )pb");
  EXPECT_EQ(
      TeamReportText(report, {}),
      "Coaching report: Team (t), from 2020-03-01\n"
      "Average 62.50 from 3 evaluations, 95 % interval 58.00 to 67.00\n"
      "Trend not enough data; critical failures in 1 (1 customer); not "
      "acknowledged 2\n"
      "Coach first: Connection: loses 24 points.\n"
      "\n"
      "Agents, those who need help first (! is below the floor)\n"
      "AGENT        N          AVERAGE    95 % INTERVAL            TREND  "
      "CRITICAL  UNREAD  WEAKEST SECTION  LOSES\n"
      "Ann (ann) !  3            62.50   58.00 to 67.00  not enough data  "
      "       0       0  Connection       24.00\n"
      "bob          0  not enough data  not enough data  not enough data  "
      "       0       0\n"
      "\n"
      "Sections of forms/call: average (points of the total lost per "
      "evaluation)\n"
      "AGENT           Connection\n"
      "all agents  40.00 (-24.00)\n"
      "Ann (ann)   40.00 (-24.00)\n");
}

TEST(ScoreViewTest, TellsTheTotalInWords) {
  EXPECT_EQ(TotalText({}), "no score (nothing applies)");
  EXPECT_EQ(TotalText(Text<v1::Score>("percent: 0 percent_before_critical: 80 "
                                      "band: 'Low' below_floor: true")),
            "0.00 of 100, band Low, BELOW THE FLOOR (80.00 before critical "
            "failures)");
  EXPECT_EQ(TotalText(Text<v1::Score>("unanswered: 'q'")),
            "nothing scored so far, 1 question to go");
}

TEST(ScoreViewTest, ExplainsEveryPoint) {
  const auto form = Text<v1::Form>(R"pb(
    title: "F"
    sections {
      section_id: "s"
      questions {
        question_id: "q"
        text: "Was it good?"
        choices { choice_id: "no" label: "Not at all" }
      }
    }
  )pb");
  AnswerList answers;
  *answers.Add() = Text<v1::Answer>(R"pb(
    question_id: "q"
    choice_id: "no"
    comment: "Never greeted."
    evidence { start_ms: 61500 end_ms: 63000 quote: "what" }
  )pb");
  const auto score = Text<v1::Score>(R"pb(
    percent: 0
    percent_before_critical: 0
    sections {
      section_id: "s"
      title: "Section"
      weight: 2.5
      effective_share: 100
      percent: 0
      lost: 100
    }
    questions {
      question_id: "q"
      section_id: "s"
      state: STATE_SCORED
      points_possible: 2.5
      effective_share: 100
      lost: 100
    }
    critical_failures {
      question_id: "q"
      section_id: "s"
      category: CUSTOMER
      effect: FLAG
    }
    largest_losses { question_id: "q" section_id: "s" lost: 100 }
  )pb");
  EXPECT_EQ(ScoreText(form, answers, score, {}),
            "F: 0.00 of 100\n"
            "\nCritical failures\n"
            "  Was it good?: hurts the customer; effect: flag\n"
            "\n"
            "SECTION  WEIGHT   SHARE  PERCENT    LOST\n"
            "Section     2.5  100.00     0.00  100.00\n"
            "\n"
            "    LOST  POINTS   SHARE  ANSWER      QUESTION\n"
            "Section\n"
            "  100.00   0/2.5  100.00  Not at all  q: Was it good?\n"
            "      Never greeted.\n"
            "      at 1:01.5 to 1:03.0: \"what\"\n"
            "\nWhere most was lost\n"
            "  100.00  Was it good? (Section)\n");
}

TEST(ScoreViewTest, SpellsEveryKindOfAnswer) {
  const auto question = Text<v1::Question>(
      "choices { choice_id: 'a' label: 'Aye' } choices { choice_id: 'b' }");
  EXPECT_EQ(AnswerText(&question, nullptr), "");
  const auto spelled = [&](const std::string& answer) {
    const auto message = Text<v1::Answer>(answer);
    return AnswerText(&question, &message);
  };
  EXPECT_EQ(spelled("na: true"), "n/a");
  EXPECT_EQ(spelled("choice_id: 'a'"), "Aye");
  EXPECT_EQ(spelled("choice_ids: 'b' choice_ids: 'a'"), "b; Aye");
  EXPECT_EQ(spelled("number: 2.5"), "2.5");
  EXPECT_EQ(spelled("text: 'x'"), "x");
  EXPECT_EQ(spelled("date: '2020-01-01'"), "2020-01-01");
  EXPECT_EQ(spelled(""), "none");
}

TEST(TranscriptViewTest, TellsTimeSpeakerAndWords) {
  EXPECT_EQ(Clocked(0), "0:00.0");
  EXPECT_EQ(Clocked(67'590), "1:07.5");
  EXPECT_EQ(Clocked(3'727'500), "1:02:07.5");
  const auto transcript = Text<v1::Transcript>(R"pb(
    segments { speaker: SPEAKER_AGENT start_ms: 1720 text: "hello\x1b you" }
    segments { start_ms: 61000 text: "one two three four five six seven" }
  )pb");
  EXPECT_EQ(TranscriptText(transcript, 40, false),
            "   0:01.7  agent    hello� you\n"
            "   1:01.0  ?        one two three four\n"
            "                    five six seven\n");
}

TEST(FormViewTest, SpellsChanges) {
  EXPECT_EQ(ChangesText(Text<v1::FormComparison::Item>(
                "changes: CHANGE_MOVED changes: CHANGE_REWEIGHTED")),
            "moved, reweighted");
}

}  // namespace
}  // namespace attune
