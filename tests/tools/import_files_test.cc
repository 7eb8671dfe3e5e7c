#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/status_matchers.h"
#include "tools/attune/contact_import.h"
#include "tools/attune/evaluation_import.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/people_import.h"

namespace attune {
namespace {

// `file:line column "value" REASON`, a line each.
std::string Told(const std::vector<BadRow>& bad) {
  return absl::StrJoin(bad, "\n", [](std::string* out, const BadRow& row) {
    absl::StrAppend(out, row.origin.file, ":", row.origin.line, " ", row.column,
                    " \"", row.value, "\" ", row.reason);
  });
}

std::string Demo(const std::string& name) {
  return ReadFile(absl::StrCat(ATTUNE_SOURCE_DIR, "/config/demo/", name))
      .value();
}

TEST(PeopleFileTest, ReadsPeopleInAnyOrderOfColumns) {
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto people, ParsePeople("p.csv",
                               "roles,person_id,hire_date,team_id\r\n"
                               "agent|lead,lea,2019-05-01,harper\r\n"
                               "agent, tom,,\r\n"
                               "advocate,ann,,\r\n",
                               bad));
  EXPECT_EQ(Told(bad), "p.csv:3 person_id \" tom\" ID_INVALID");
  ASSERT_EQ(people.size(), 2u);
  EXPECT_EQ(people[0].request.ShortDebugString(),
            "person_id: \"lea\" person { roles: ROLE_AGENT roles: ROLE_LEAD "
            "team: \"teams/harper\" hire_date: \"2019-05-01\" }");
  EXPECT_EQ(people[1].origin.line, 4);
}

TEST(PeopleFileTest, NamesEveryBadCell) {
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto people,
      ParsePeople("p.csv",
                  "person_id,display_name,roles,team_id,hire_date\n"
                  "28,David,agnet|boss,,\n"
                  "A,,agent,Team,2020-02-30\n"
                  ",x,agent,,\n"
                  "29,x,,,\n"
                  "30,x\n"
                  "28,again,agent,,\n",
                  bad));
  EXPECT_TRUE(people.empty());
  EXPECT_EQ(Told(bad),
            "p.csv:4 person_id \"\" VALUE_REQUIRED\n"
            "p.csv:5 roles \"\" VALUE_REQUIRED\n"
            "p.csv:6  \"\" CELL_COUNT\n"
            "p.csv:2 roles \"agnet\" ROLE_UNKNOWN\n"
            "p.csv:2 roles \"boss\" ROLE_UNKNOWN\n"
            "p.csv:3 person_id \"A\" ID_INVALID\n"
            "p.csv:3 team_id \"Team\" ID_INVALID\n"
            "p.csv:3 hire_date \"2020-02-30\" DATE_INVALID\n"
            "p.csv:7 person_id \"28\" DUPLICATE");
}

TEST(PeopleFileTest, RefusesFilesThatAreNone) {
  const struct {
    std::string text;
    const char* want;
  } kTable[] = {
      {"",
       "p.csv:1: The file is empty; its first line names the columns "
       "person_id,display_name,roles,team_id,hire_date."},
      {"person_id,rolls\n",
       "p.csv:1: There is no column \"rolls\"; the columns are "
       "person_id,display_name,roles,team_id,hire_date."},
      {"person_id,person_id\n", "p.csv:1: Column person_id is there twice."},
      {"person_id\n1\n",
       "p.csv:1: The first line must name column roles; the columns are "
       "person_id,display_name,roles,team_id,hire_date."},
      {"person_id,roles\n1,\"agent\n",
       "p.csv:2:3: The quoted cell that begins here never ends; the file may "
       "be cut off."},
      {std::string("\x7f"
                   "ELF\0\0",
                   6),
       "p.csv:1:5: There is a NUL byte; this is not a text file."},
  };
  for (const auto& row : kTable) {
    std::vector<BadRow> bad;
    const auto people = ParsePeople("p.csv", row.text, bad);
    EXPECT_EQ(people.status().message(), row.want);
    EXPECT_EQ(ExitCodeOf(people.status()), kExitInvalid);
  }
}

TEST(TeamsFileTest, ReadsTeams) {
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto teams,
      ParseTeams("t.csv", "team_id,display_name\na,A\na,B\nB,C\n", bad));
  EXPECT_EQ(teams.size(), 1u);
  EXPECT_EQ(Told(bad),
            "t.csv:3 team_id \"a\" DUPLICATE\nt.csv:4 team_id \"B\" "
            "ID_INVALID");
}

TEST(CallsFileTest, ReadsTheTwentyRealCalls) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      ContactFields fields,
      ParseContactFields("contact_id=sid,agent=agent_speaker_id,"
                         "topics=task_types"));
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto calls, ParseContacts("calls.jsonl", Demo("calls.jsonl"), fields,
                                v1::CHANNEL_PHONE, bad));
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto transcripts,
      ParseTranscripts("t.jsonl", Demo("transcripts.jsonl"), fields, bad));
  EXPECT_EQ(Told(bad), "");
  ASSERT_EQ(calls.size(), 20u);
  EXPECT_EQ(transcripts.size(), 20u);
  int segments = 0;
  for (const auto& [id, row] : transcripts) {
    segments += row.transcript.segments_size();
  }
  EXPECT_EQ(segments, 354);
  const v1::CreateContactRequest& first = calls[0].request;
  EXPECT_EQ(first.parent(), "people/28");
  EXPECT_EQ(first.contact_id(), "035edd1d09c1433e");
  EXPECT_EQ(first.contact().channel(), v1::CHANNEL_PHONE);
  EXPECT_EQ(first.contact().duration().seconds(), 59);
  EXPECT_EQ(first.contact().duration().nanos(), 78'000'000);
  EXPECT_EQ(first.contact().start_time().seconds(), 1584310001);
  ASSERT_EQ(first.contact().topics_size(), 1);
  EXPECT_EQ(first.contact().topics(0), "check balance");
  EXPECT_EQ(first.contact().labels().at("agent_name"), "David");
  EXPECT_EQ(first.contact().labels().at("caller_survey.partner_rating"), "10");
}

TEST(CallsFileTest, NamesEveryBadField) {
  const ContactFields fields;
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto calls,
      ParseContacts(
          "c.jsonl",
          "{\"contact_id\":\"a\",\"agent\":28,"
          "\"start_time\":\"2020-03-15T22:06:41Z\",\"channel\":\"phone\"}\n"
          "{\"contact_id\":\"a b\",\"agent\":[1],\"start_time\":5,"
          "\"duration_s\":-1,\"channel\":\"fax\",\"topics\":[1]}\n"
          "{\"contact_id\":\"a\",\"agent\":\"X\","
          "\"start_time\":\"2020-03-15\"}\n"
          "[1]\n"
          "{\"contact_id\":\n"
          "{\"contact_id\":\"b\",\"ag",
          fields, v1::CHANNEL_UNSPECIFIED, bad));
  EXPECT_EQ(calls.size(), 1u);
  EXPECT_EQ(Told(bad),
            "c.jsonl:4  \"\" NOT_AN_OBJECT\n"
            "c.jsonl:5 column 15 \"\" JSON_INVALID\n"
            "c.jsonl:6 column 22 \"\" LINE_CUT_OFF\n"
            "c.jsonl:2 contact_id \"a b\" ID_INVALID\n"
            "c.jsonl:2 agent \"[1]\" TYPE_INVALID\n"
            "c.jsonl:2 start_time \"5\" TIME_INVALID\n"
            "c.jsonl:2 duration_s \"-1\" DURATION_INVALID\n"
            "c.jsonl:2 channel \"fax\" CHANNEL_UNKNOWN\n"
            "c.jsonl:2 topics \"[1]\" TYPE_INVALID\n"
            "c.jsonl:3 contact_id \"a\" DUPLICATE\n"
            "c.jsonl:3 agent \"X\" ID_INVALID\n"
            "c.jsonl:3 channel \"\" VALUE_REQUIRED");
}

TEST(CallsFileTest, KeepsOnlyLabelsThatFit) {
  std::string line =
      "{\"contact_id\":\"a\",\"agent\":\"x\",\"start_time\":\"2020-01-01\","
      "\"nothing\":null,\"list\":[1],\"deep\":{\"er\":{\"est\":1},\"b\":true},"
      "\"nul\":\"a\\u0000b\",\"long\":\"";
  absl::StrAppend(&line, std::string(300, 'x'), "\"}");
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto calls,
      ParseContacts("c", line, ContactFields(), v1::CHANNEL_CHAT, bad));
  ASSERT_EQ(calls.size(), 1u) << Told(bad);
  EXPECT_EQ(calls[0].request.contact().labels_size(), 1);
  EXPECT_EQ(calls[0].request.contact().labels().at("deep.b"), "true");
}

TEST(CallsFileTest, TranscriptsAreInOrderAndChecked) {
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto transcripts,
      ParseTranscripts(
          "t",
          "{\"contact_id\":\"a\",\"segments\":[{\"speaker\":\"caller\","
          "\"start_ms\":20,\"text\":\"later\"},{\"speaker\":\"agent\","
          "\"start_ms\":10,\"duration_ms\":5,\"text\":\"sooner\"}]}\n"
          "{\"contact_id\":\"b\",\"segments\":[{\"speaker\":\"dog\","
          "\"start_ms\":-1,\"text\":7},3]}\n"
          "{\"contact_id\":\"c\"}\n",
          ContactFields(), bad));
  ASSERT_EQ(transcripts.size(), 1u);
  const v1::Transcript& first = transcripts.at("a").transcript;
  EXPECT_EQ(first.segments(0).text(), "sooner");
  EXPECT_EQ(first.segments(1).speaker(), v1::Segment::SPEAKER_CUSTOMER);
  EXPECT_EQ(Told(bad),
            "t:2 segments[0].speaker \"dog\" SPEAKER_UNKNOWN\n"
            "t:2 segments[0].start_ms \"-1\" TIME_INVALID\n"
            "t:2 segments[0].text \"7\" TYPE_INVALID\n"
            "t:2 segments[1] \"3\" NOT_AN_OBJECT\n"
            "t:3 segments \"\" TYPE_INVALID");
}

TEST(CallsFileTest, RefusesAMapThatIsNone) {
  for (const char* map : {"contact_id", "who=agent", "agent="}) {
    EXPECT_EQ(ExitCodeOf(ParseContactFields(map).status()), kExitUsage) << map;
  }
}

v1::Form SmallForm() {
  v1::Form form;
  form.set_title("Small");
  v1::Section& section = *form.add_sections();
  section.set_section_id("s");
  section.set_title("S");
  v1::Question& question = *section.add_questions();
  question.set_question_id("q");
  question.set_text("Q?");
  question.set_type(v1::Question::SINGLE_CHOICE);
  for (const char* id : {"yes", "no"}) {
    v1::Choice& choice = *question.add_choices();
    choice.set_choice_id(id);
    choice.set_label(id);
    choice.set_points(choice.choice_id() == "yes" ? 1 : 0);
  }
  return form;
}

TEST(EvaluationsFileTest, TypesAnswersByTheForm) {
  std::vector<BadRow> bad;
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      auto lines, ParseRatedContacts(
                      "e",
                      "{\"contact\":\"a\",\"rater\":\"r\",\"form\":\"small\","
                      "\"answers\":{\"q\":\"no\"},\"comments\":{\"q\":\"why\"},"
                      "\"comment\":\"all\"}\n"
                      "{\"contact\":\"b\",\"form\":\"small@2\",\"answers\":"
                      "{\"q\":\"maybe\",\"z\":1}}\n"
                      "{\"contact\":\"c\",\"form\":\"small\",\"answers\":{},"
                      "\"comments\":{\"q\":\"why\"}}\n"
                      "{\"contact\":\"a/b/c\",\"form\":7.5,\"answers\":[]}\n",
                      bad));
  EXPECT_EQ(Told(bad),
            "e:4 contact \"a/b/c\" ID_INVALID\n"
            "e:4 form \"7.5\" TYPE_INVALID\n"
            "e:4 answers \"\" NOT_AN_OBJECT");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1].form, "forms/small/revisions/2");
  ATTUNE_ASSERT_OK_AND_ASSIGN(CompiledForm form,
                              CompiledForm::Make(SmallForm()));
  bad.clear();
  EvaluationRow row;
  ASSERT_TRUE(TypeAnswers(lines[0], form, row, bad)) << Told(bad);
  EXPECT_EQ(row.evaluation.ShortDebugString(),
            "contact: \"people/-/contacts/a\" rater: \"people/r\" answers { "
            "question_id: \"q\" choice_id: \"no\" comment: \"why\" } comment: "
            "\"all\"");
  EvaluationRow other;
  EXPECT_FALSE(TypeAnswers(lines[1], form, other, bad));
  EXPECT_FALSE(TypeAnswers(lines[2], form, other, bad));
  EXPECT_EQ(Told(bad),
            "e:2 answers.z \"1\" QUESTION_UNKNOWN\n"
            "e:2 answers.q \"maybe\" CHOICE_UNKNOWN\n"
            "e:3 comments.q \"\" COMMENT_WITHOUT_ANSWER");
}

}  // namespace
}  // namespace attune
