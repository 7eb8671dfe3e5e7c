#include "engine/voice/change_notes.h"

#include <gmock/gmock.h>

#include "tests/engine/voice/survey_test.h"

namespace attune {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ChangeNotesTest : public SurveyTest {
 protected:
  absl::StatusOr<v1::ChangeNote> Note(const Caller& caller,
                                      const std::string& fields) {
    return InWrite([&](Transaction& tx) {
      v1::CreateChangeNoteRequest request;
      *request.mutable_change_note() = Parse<v1::ChangeNote>(fields);
      return notes_.Create(tx, caller, request);
    });
  }
  std::vector<std::string> Titles(const Caller& caller,
                                  v1::ListChangeNotesRequest request = {}) {
    std::vector<std::string> titles;
    do {
      const auto page = InRead(
          [&](Transaction& tx) { return notes_.List(tx, caller, request); });
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const auto& note : page->change_notes()) {
        titles.push_back(note.title());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return titles;
  }
  absl::StatusOr<v1::ChangeNoteReport> Look(const Caller& caller,
                                            const std::string& name,
                                            const std::string& fields = "") {
    auto request = Parse<v1::GetChangeNoteReportRequest>(fields);
    request.set_name(name);
    return InRead([&](Transaction& tx) {
      return reports_.GetChangeNoteReport(tx, caller, request);
    });
  }
};

TEST_P(ChangeNotesTest, ANoteSaysWhatWasChangedWhen) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNote note,
      Note(quinn_,
           "title: 'New hold music' text: 'Bach.' day: '2026-03-11' "
           "form: 'forms/call' name: 'ignored' author: 'ignored'"));
  EXPECT_EQ(note.title(), "New hold music");
  EXPECT_EQ(note.author(), "people/quinn");
  EXPECT_EQ(note.team(), "");
  EXPECT_THAT(Titles(quinn_), ElementsAre("New hold music"));
}

TEST_P(ChangeNotesTest, EverythingWrongIsToldAtOnce) {
  const auto note = Note(quinn_,
                         "title: ' ' day: '2026-13-01' team: 'red' "
                         "form: 'call'");
  EXPECT_THAT(note, StatusIs(absl::StatusCode::kInvalidArgument));
  std::vector<std::string> wrong;
  const Violations violations = Violations::FromStatus(note.status());
  for (const Violation& violation : violations.all()) {
    wrong.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  EXPECT_THAT(wrong, ElementsAre("change_note.title TITLE_MISSING",
                                 "change_note.day DATE_INVALID",
                                 "change_note.team NAME_INVALID",
                                 "change_note.form NAME_INVALID"));
  EXPECT_THAT(Note(quinn_, "title: 'a' day: '2026-03-01' form: 'forms/none'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Note(quinn_, "title: 'a' day: '2026-03-01' team: 'teams/none'"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(ChangeNotesTest, ALeadsNotesAreOfTheirTeam) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ChangeNote leas,
                              Note(lea_, "title: 'b' day: '2026-03-02'"));
  EXPECT_EQ(leas.team(), "teams/red");
  EXPECT_THAT(Note(lea_, "title: 'c' day: '2026-03-02' team: 'teams/blue'"),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNote blues,
      Note(quinn_, "title: 'd' day: '2026-03-03' team: 'teams/blue'"));
  ASSERT_THAT(Note(quinn_, "title: 'all' day: '2026-03-01'"), IsOk());
  EXPECT_THAT(Titles(lea_), ElementsAre("b", "all"));
  v1::ListChangeNotesRequest one_a_page;
  one_a_page.set_page_size(1);
  EXPECT_THAT(Titles(quinn_, one_a_page), ElementsAre("d", "b", "all"));
  v1::ListChangeNotesRequest of_blue;
  of_blue.set_team("teams/blue");
  EXPECT_THAT(Titles(quinn_, of_blue), ElementsAre("d"));
  EXPECT_THAT(Titles(lea_, of_blue), IsEmpty());
  EXPECT_THAT(Look(lea_, blues.name()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Look(lea_, leas.name()), IsOk());
}

// Ten days on each side of 2026-03-11: 1 to 10 and 11 to 20.
TEST_P(ChangeNotesTest, ItsDayIsTheFirstAfter) {
  Answer("ann", 1, Nps(2, 2, 6));
  Answer("ann", 11, Nps(6, 2, 2));
  Answer("ann", 21, Nps(9, 0, 0));
  Answer("bob", 11, Nps(0, 0, 9));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNote note,
      Note(quinn_, "title: 'a' day: '2026-03-11' team: 'teams/red'"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNoteReport report,
      Look(quinn_, note.name(), "measure: SURVEY_MEASURE_NPS days: 10"));
  EXPECT_EQ(report.before().first_day(), "2026-03-01");
  EXPECT_EQ(report.before().last_day(), "2026-03-10");
  EXPECT_EQ(report.after().first_day(), "2026-03-11");
  EXPECT_EQ(report.after().last_day(), "2026-03-20");
  EXPECT_EQ(report.team(), "teams/red");
  EXPECT_THAT(report.change().before().value(), DoubleNear(-40, 1e-9));
  EXPECT_THAT(report.figure().value(), DoubleNear(40, 1e-9));
  EXPECT_THAT(report.change().low(), DoubleNear(0.225500199, 1e-8));
  EXPECT_THAT(report.change().high(), DoubleNear(122.851422878, 1e-8));
  EXPECT_FALSE(report.unfinished());
  // A lead looks at a note for everybody with their own team's figures.
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ChangeNote all,
                              Note(quinn_, "title: 'b' day: '2026-03-11'"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNoteReport leas,
      Look(lea_, all.name(), "measure: SURVEY_MEASURE_NPS days: 10"));
  EXPECT_EQ(leas.figure().n(), 10);
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNoteReport everybodys,
      Look(quinn_, all.name(), "measure: SURVEY_MEASURE_NPS days: 10"));
  EXPECT_EQ(everybodys.figure().n(), 19);
}

// Two scores on the day before (40 and 100 - 30 = 70), two from the day on
// (both 100): means 55 and 100, error sqrt(450 / 2 + 0) = 15, and one degree of
// freedom: 45 -+ 12.7062 * 15.
TEST_P(ChangeNotesTest, QualityIsTheAdvocatesScores) {
  ASSERT_THAT(Submit(ada_, "call-1", AnswersTo("no", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(abe_, "call-1", AnswersTo("half", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(ada_, "call-2", AnswersTo("yes", "yes", "no")), IsOk());
  ASSERT_THAT(Submit(ada_, "call-3", AnswersTo("yes", "yes", "no")), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::ChangeNote note,
      Note(quinn_, "title: 'a' day: '2026-03-03' form: 'forms/call'"));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::ChangeNoteReport report,
                              Look(quinn_, note.name()));
  EXPECT_EQ(report.days(), 60);
  EXPECT_TRUE(report.unfinished());
  EXPECT_EQ(report.quality().before().percent(), 55.0);
  EXPECT_EQ(report.quality().after().percent(), 100.0);
  EXPECT_EQ(report.quality().change(), 45.0);
  EXPECT_EQ(report.quality().low(), -145.59);
  EXPECT_EQ(report.quality().high(), 235.59);
  EXPECT_THAT(report.sentence(),
              HasSubstr("no change that chance would not explain"));
  EXPECT_THAT(report.sentence(), HasSubstr("ends only on 2026-05-01"));
}

TEST_P(ChangeNotesTest, AWindowHasDays) {
  EXPECT_THAT(Look(quinn_, "changeNotes/none"),
              StatusIs(absl::StatusCode::kNotFound));
  const auto wrong = Look(quinn_, "none", "days: -1 measure: 99");
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Violations::FromStatus(wrong.status()).all().size(), 3u);
}

ATTUNE_ON_EVERY_BACKEND(ChangeNotesTest);

}  // namespace
}  // namespace attune
