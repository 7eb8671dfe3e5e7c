// attune surveys, nps, report surveys and change-notes against a server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::AllOf;
using testing::DoubleNear;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

// Agents `ann` (calls c1, c2, c3) and `bob` (c4) of team `t`, led by `lea`.
class SurveyCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddTeam("t");
    AddPerson("ann", {v1::ROLE_AGENT}, "t");
    AddPerson("bob", {v1::ROLE_AGENT}, "t");
    AddPerson("lea", {v1::ROLE_LEAD}, "t");
    for (const char* call : {"c1", "c2", "c3"}) AddContact("ann", call);
    AddContact("bob", "c4");
  }
  Ended Import(const std::string& content, Arguments more = {}) {
    Arguments arguments = {"surveys", "import", File("s.csv", content)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Ended ended = Attune(arguments);
    // Files are named by their path.
    ended.err = absl::StrReplaceAll(ended.err, {{folder().path() + "/", ""}});
    return ended;
  }
  int Stored() { return static_cast<int>(Json({"surveys", "list"}).size()); }
};

TEST_F(SurveyCommandsTest, TheAirportsSurveyComesToItsPublishedScore) {
  const Arguments import = {"surveys",
                            "import",
                            Source("tests/vectors/data/sfo2017_nps.csv"),
                            "--map",
                            "nps=NETPRO,source_id=RESPNUM",
                            "--source",
                            "sfo2017",
                            "--contact-per-row",
                            "--team",
                            "t",
                            "--channel",
                            "in_person",
                            "--day",
                            "2017-05-15"};
  Arguments trial = import;
  trial.emplace_back("--dry-run");
  EXPECT_EQ(Attune(trial).err, "Would import 2831 survey responses.\n");
  const Ended first = Attune(import);
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(first.err, "Imported 2831 survey responses.\n");
  EXPECT_EQ(Attune(import).err,
            "Imported 0 survey responses; 2831 were there already.\n");

  const nlohmann::json nps = Json({"nps", "--team", "t"});
  EXPECT_EQ(nps["n"], 2746);
  EXPECT_EQ(nps["promoters"], 1436);
  EXPECT_EQ(nps["passives"], 968);
  EXPECT_EQ(nps["detractors"], 342);
  EXPECT_EQ(nps["blank"], 85);
  // 100 * 1094 / 2746; the interval of statistics, section 7.
  EXPECT_THAT(nps["nps"].get<double>(), DoubleNear(39.839766934, 1e-8));
  EXPECT_THAT(nps["margin"].get<double>(), DoubleNear(2.613928843, 1e-8));
  EXPECT_THAT(nps["ci"][0].get<double>(), DoubleNear(37.182360717, 1e-8));
  EXPECT_THAT(nps["ci"][1].get<double>(), DoubleNear(42.410218403, 1e-8));
  EXPECT_EQ(nps["reason"], nullptr);
  EXPECT_EQ(nps["months"].size(), 1u);
  EXPECT_THAT(Attune({"nps", "--agent", "unassigned-t"}).out,
              StartsWith("NPS: 39.84 from 2746 answers, 95 % interval 37.18 to "
                         "42.41; 1436 promoters, 968 passives, 342 "
                         "detractors.\n2831 surveys, 2831 answered, 85 of them "
                         "without this answer.\n"));
  EXPECT_THAT(Attune({"admin", "verify"}).code, 0);
  // Nobody whose calls are drawn.
  EXPECT_EQ(Json({"people", "show", "unassigned-t"})["roles"].dump(),
            "[\"ROLE_ANALYST\"]");
}

TEST_F(SurveyCommandsTest, AnInterruptedImportGoesOn) {
  std::string rows = "source_id,contact,nps\n1,c1,10\n";
  EXPECT_EQ(Import(rows).err, "Imported 1 survey response.\n");
  rows += "2,ann/c2,3\n3,people/bob/contacts/c4,7\n";
  EXPECT_EQ(Import(rows).err,
            "Imported 2 survey responses; 1 was there already.\n");
  EXPECT_EQ(Stored(), 3);
}

TEST_F(SurveyCommandsTest, TheMappingSaysWhatIsBlank) {
  const Ended ended = Import(
      "id,call,score\n1,c1,11\n2,c2,11\n3,c3,10\n",
      {"--map", "source_id=id,contact=call,nps=score", "--blank", "nps=11"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  const nlohmann::json nps = Json({"nps"});
  EXPECT_EQ(nps["n"], 1);
  EXPECT_EQ(nps["blank"], 2);
  EXPECT_EQ(nps["nps"], nullptr);
  EXPECT_EQ(nps["reason"], "too_few");
}

TEST_F(SurveyCommandsTest, EveryBadRowIsNamedInOrderAndNothingIsStored) {
  const Ended ended = Import(
      "source_id,contact,nps,csat,would_hire,status,time\n"
      "1,c1,10,5,yes,,2026-03-01\n"
      "2,nowhere,10,,,,\n"
      "3,c2,12,0,,,\n"
      "4,c2,nine,,maybe,lost,never\n"
      ",c3,1,,,,\n"
      "1,c3,1,,,,\n"
      "7,c1,12,,,,\n"
      "8,c4,2,,,expired,\n"
      "9\n");
  EXPECT_EQ(ended.code, 6);
  const char* kLines[] = {
      "s.csv:3: contact", "s.csv:4: nps",        "s.csv:4: csat",
      "s.csv:5: nps",     "s.csv:5: would_hire", "s.csv:5: status",
      "s.csv:5: time",    "s.csv:6: source_id",  "s.csv:7: source_id",
      "s.csv:8: contact", "s.csv:8: nps",        "s.csv:9: status",
      "s.csv:10"};
  size_t at = 0;
  for (const char* line : kLines) {
    const size_t found = ended.err.find(line, at);
    ASSERT_NE(found, std::string::npos) << line << " in\n" << ended.err;
    at = found + 1;
  }
  EXPECT_THAT(ended.err, HasSubstr("8 rows are wrong; nothing was stored."));
  EXPECT_THAT(ended.err, HasSubstr("\"12\": A whole number from 0 to 10"));
  EXPECT_EQ(Stored(), 0);
}

TEST_F(SurveyCommandsTest, GoodRowsAloneAreStoredIfThatIsAsked) {
  const Ended ended = Import("source_id,contact,nps\n1,c1,10\n2,c2,11\n3,x,1\n",
                             {"--skip-bad"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.err,
              AllOf(HasSubstr("s.csv:3: nps"), HasSubstr("s.csv:4: contact"),
                    HasSubstr("Imported 1 survey response.")));
  EXPECT_EQ(Stored(), 1);
}

TEST_F(SurveyCommandsTest, FilesThatAreNoneAreRefusedWhole) {
  const struct {
    std::string content;
    const char* said;
  } kFiles[] = {
      {"", "s.csv:1: The file is empty"},
      {"source_id,contact,nps\n1,c1,\xff\n", "s.csv:2:6"},
      {"source_id,contact,verbatim\n1,c1,\"cut", "never ends"},
      {"source_id,contact,nps\n1,c1,9\n2,c2", "s.csv:3"},
      {"{\"source_id\":1,\"contact\":\"c1\"}\n{\"source_id\":2,\"con",
       "the file may be cut off"},
      {"source_id,contact,verbatim\n1,c1,a" + std::string(1, '\0') + "b\n",
       "s.csv:2"},
      {"source_id,source_id\n1,1\n", "twice"},
      {"source_id,contact,verbatim\n1,c1," + std::string(1 << 20, 'x') + "\n",
       "At most 4096 bytes, not 1048576."}};
  for (const auto& file : kFiles) {
    const Ended ended = Import(file.content);
    EXPECT_EQ(ended.code, 6) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr(file.said));
  }
  EXPECT_THAT(Import("a,b\n1,2\n", {"--map", "nps=c"}).err,
              HasSubstr("There is no column \"c\"; the columns are a,b."));
  EXPECT_EQ(Import("a\n", {"--map", "speed=a"}).code, 2);
  EXPECT_EQ(Import("a\n", {"--team", "t"}).code, 2);
  EXPECT_EQ(Import("a\n", {"--contact-per-row"}).code, 2);
  EXPECT_EQ(Stored(), 0);
}

TEST_F(SurveyCommandsTest, WordsStayAsTheyAreAndComputeNothing) {
  ASSERT_EQ(Import("source_id,contact,verbatim\n"
                   "1,c1,\"=1+1,<b>\x1b[31m\"\"\"\n")
                .code,
            0);
  const nlohmann::json list = Json({"surveys", "list", "--words"});
  EXPECT_EQ(list[0]["verbatim"], "=1+1,<b>\x1b[31m\"");
  EXPECT_EQ(Attune({"surveys", "list", "-o", "csv", "--fields", "verbatim",
                    "--no-headers"})
                .out,
            "\"'=1+1,<b>\x1b[31m\"\"\"\r\n");
  EXPECT_THAT(Attune({"surveys", "list"}).out, Not(HasSubstr("\x1b")));
}

TEST_F(SurveyCommandsTest, JsonLinesMayBeNestedAndPartnerRatingsAreNoNps) {
  const Ended ended = Import(
      "{\"sid\":\"c1\",\"survey\":{\"rating\":10}}\n"
      "{\"sid\":\"c2\",\"survey\":{\"rating\":null}}\n",
      {"--map", "source_id=sid,contact=sid,partner_rating=survey.rating",
       "--no-answer", "expired"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(Json({"nps"})["n"], 0);
  const nlohmann::json rating =
      Json({"report", "surveys", "--measure", "partner_rating"});
  EXPECT_EQ(rating["n"], 1);
  EXPECT_EQ(rating["responses"], 2);
  EXPECT_EQ(rating["response_rate"], 50.0);
}

TEST_F(SurveyCommandsTest, ARowsContactIsItsAgentsOrTheUnassignedOnes) {
  const std::string rows = "source_id,agent,nps\n1,ann,9\n2,,9\n3,who,9\n";
  EXPECT_THAT(Import(rows, {"--contact-per-row"}).err,
              HasSubstr("s.csv:3: agent"));
  EXPECT_THAT(Import(rows, {"--contact-per-row", "--team", "t"}).err,
              HasSubstr("There is no people/who."));
  EXPECT_EQ(Stored(), 0);
  EXPECT_EQ(
      Import(rows, {"--contact-per-row", "--team", "t", "--skip-bad"}).code, 0);
  const nlohmann::json list = Json({"surveys", "list"});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["contact"], "people/unassigned-t/contacts/survey:2");
  EXPECT_EQ(list[1]["contact"], "people/ann/contacts/survey:1");
  EXPECT_EQ(list[0]["channel"], "CHANNEL_PHONE");
}

TEST_F(SurveyCommandsTest, APreviewShowsWhatWouldBeRead) {
  const Ended ended =
      Import("id,score,note\n1,9,x\n2,,y\n",
             {"--map", "source_id=id,nps=score", "--preview",
              "--contact-per-row", "--agent", "ann", "-o", "csv"});
  EXPECT_EQ(ended.out,
            "field,column,filled,blank,samples\r\n"
            "source_id,id,2,0,1 | 2\r\n"
            "nps,score,1,1,9\r\n");
  EXPECT_EQ(ended.err,
            "2 rows, 2 of them good; nothing was sent.  Not used: "
            "note.\n");
}

TEST_F(SurveyCommandsTest, ALeadLooksAtTheirTeam) {
  std::string rows = "id,score,who,at\n";
  for (int i = 0; i < 6; ++i) {
    absl::StrAppend(&rows, i, ",", i < 3 ? 10 : 0, ",",
                    i % 2 == 0 ? "ann" : "bob", ",2026-03-0", 1 + i, "\n");
  }
  ASSERT_EQ(Import(rows, {"--map", "source_id=id,nps=score,agent=who,time=at",
                          "--contact-per-row"})
                .code,
            0);
  Become("lea");
  const nlohmann::json nps =
      Json({"nps", "--by", "agent", "--period", "2026-03"});
  EXPECT_EQ(nps["n"], 6);
  EXPECT_EQ(nps["nps"], 0.0);
  ASSERT_EQ(nps["groups"].size(), 2u);
  EXPECT_EQ(nps["groups"][0]["reason"], "too_few");
  EXPECT_EQ(nps["change"]["reason"], "too_few");
  EXPECT_THAT(Attune({"nps", "--by", "agent", "--period", "2026-03"}).out,
              HasSubstr("too few to tell"));
  EXPECT_EQ(Attune({"nps", "--team", "none"}).code, 3);
  EXPECT_EQ(Attune({"nps", "--period", "2026-Q5"}).code, 2);
  EXPECT_EQ(
      Attune({"surveys", "import", "-"}, "source_id,contact\n1,c1\n").code, 4);
  Become("ann");
  EXPECT_EQ(Json({"nps"})["n"], 3);
  EXPECT_EQ(Attune({"nps", "--agent", "bob"}).code, 3);
}

TEST_F(SurveyCommandsTest, AChangeIsNotedAndLookedAt) {
  Become("lea");
  const nlohmann::json note = Json({"change-notes", "add", "--title",
                                    "New hold music", "--day", "2026-03-02"});
  EXPECT_EQ(note["team"], "teams/t");
  EXPECT_THAT(Attune({"change-notes", "list"}).out,
              HasSubstr("2026-03-02  New hold music  t"));
  const std::string id = note["name"].get<std::string>();
  const Ended report =
      Attune({"report", "change-note", id, "--measure", "nps", "--days", "30"});
  EXPECT_EQ(report.code, 0) << report.err;
  EXPECT_THAT(report.out,
              StartsWith("New hold music, 2026-03-02 (t)\nNPS: too few answers "
                         "to tell (0 before, 0 now)."));
  EXPECT_THAT(report.out, HasSubstr("2026-01-31 to 2026-03-01  0"));
  EXPECT_EQ(
      Attune({"change-notes", "add", "--title", " ", "--day", "2026-03-02"})
          .code,
      6);
  EXPECT_EQ(Attune({"report", "drivers", "--form", "none"}).code, 3);
}

}  // namespace
}  // namespace attune
