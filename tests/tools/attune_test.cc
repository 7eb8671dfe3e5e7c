// The program against a server: good and bad input, and what is stored.

#include "tests/tools/attune_test.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "engine/store/sqlite.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(AttuneTest, LoadsTheRealCallsAndReports) {
  EXPECT_EQ(Attune({"teams", "import", Source("config/demo/teams.csv")}).err,
            "Imported 1 team.\n");
  EXPECT_EQ(Attune({"people", "import", Source("config/demo/people.csv")}).code,
            0);
  const std::vector<std::string> calls = {
      "calls",
      "import",
      Source("config/demo/calls.jsonl"),
      "--map",
      "contact_id=sid,agent=agent_speaker_id,topics=task_types",
      "--channel",
      "phone",
      "--transcripts",
      Source("config/demo/transcripts.jsonl")};
  EXPECT_EQ(Attune(calls).err, "Imported 20 calls.\n");
  EXPECT_EQ(Attune(calls).err, "Imported 0 calls; 20 were there already.\n");
  const Ended published =
      Attune({"forms", "publish", Source("config/forms/call.textproto"), "--id",
              "call", "--note", "The first."});
  EXPECT_EQ(published.code, 0) << published.err;
  EXPECT_THAT(published.out, StartsWith("Published forms/call/revisions/1"));
  const std::vector<std::string> evaluations = {
      "evaluations", "import", Source("config/demo/evaluations-reader-a.jsonl"),
      Source("config/demo/evaluations-reader-b.jsonl")};
  EXPECT_EQ(Attune(evaluations).err, "Imported 40 evaluations.\n");
  // The same request again within a day is the same import.
  EXPECT_EQ(Attune(evaluations).err, "Imported 40 evaluations.\n");
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 40u);

  const auto report = Json({"report", "team", "harper-valley"});
  EXPECT_EQ(report["overall"]["average"]["n"], "40");
  EXPECT_EQ(report["agents"].size(), 13u);
  const Ended text = Attune({"report", "team", "harper-valley"});
  EXPECT_THAT(text.out, StartsWith("Coaching report: Harper Valley"));
  EXPECT_THAT(text.out, HasSubstr("from 40 evaluations"));
  const Ended agent = Attune({"report", "agent", "28"});
  EXPECT_THAT(agent.out, HasSubstr("from 6 evaluations"));
  EXPECT_EQ(Attune({"report", "agent", "28", "-o", "csv"}).out.substr(0, 4),
            "day,");
  EXPECT_THAT(Attune({"admin", "verify"}).out, HasSubstr("everything agrees"));

  const auto all = Json({"evaluations", "list", "--call", "035edd1d09c1433e",
                         "--rater", "reader-a"});
  ASSERT_EQ(all.size(), 1u);
  const std::string name = all[0]["name"];
  for (const std::string& id :
       {name, name.substr(name.rfind('/') + 1),
        absl::StrReplaceAll(name.substr(7), {{"/evaluations", ""}})}) {
    const Ended shown = Attune({"evaluations", "show", id});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("37.00 of 100"));
    EXPECT_THAT(shown.out, HasSubstr("goes straight to a probing question"));
  }
}

TEST_F(AttuneTest, BadRowsAreAllShownAndNothingIsStored) {
  const std::string file = File("people.csv",
                                "person_id,roles,team_id\n"
                                "ann,agent,t\n"
                                "Bob,agent,\n"
                                "cid,boss,\n");
  const Ended refused = Attune({"people", "import", file, "-o", "json"});
  EXPECT_EQ(refused.code, 6);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err,
              StartsWith("attune: 2 rows are wrong; nothing was stored.\n"));
  EXPECT_THAT(refused.err,
              HasSubstr(absl::StrCat(file, ":3: person_id: \"Bob\": ")));
  EXPECT_THAT(refused.err,
              HasSubstr(absl::StrCat(file, ":4: roles: \"boss\": ")));
  const auto error =
      nlohmann::json::parse(refused.err.substr(refused.err.find("{\"error\"")));
  EXPECT_EQ(error["error"]["violations"].size(), 2u);
  EXPECT_EQ(Json({"people", "list"}).size(), 0u);
  EXPECT_EQ(Json({"teams", "list"}).size(), 0u);

  EXPECT_EQ(Attune({"people", "import", file, "--skip-bad", "--dry-run"}).code,
            0);
  EXPECT_EQ(Json({"people", "list"}).size(), 0u);
  EXPECT_EQ(
      Attune({"people", "import", file, "--skip-bad", "--no-create-teams"})
          .code,
      0);
  EXPECT_EQ(Json({"people", "list"}).size(), 0u);
  const Ended skipped = Attune({"people", "import", file, "--skip-bad"});
  EXPECT_EQ(skipped.code, 0);
  EXPECT_THAT(skipped.err, HasSubstr("Imported 1 person."));
  EXPECT_EQ(Json({"people", "list"}).size(), 1u);
  EXPECT_EQ(Json({"teams", "list"}).size(), 1u);

  const Ended other =
      Attune({"people", "import", "-"}, "person_id,roles\nann,agent|lead\n");
  EXPECT_EQ(other.code, 6);
  EXPECT_THAT(other.err, HasSubstr("[ALREADY_EXISTS]"));
}

TEST_F(AttuneTest, CutOffAndBinaryFilesStoreNothing) {
  AddSmallWorld();
  const std::string binary(
      "\x7f"
      "ELF\0\1\2",
      7);
  const std::string cut_csv = "person_id,roles\nx,\"agent";
  const std::string cut_json =
      "{\"contact_id\":\"x\",\"agent\":\"ann\","
      "\"start_time\":\"2020-01-01\"}\n{\"contact_id\":\"y\",\"ag";
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"people", "import", File("b", binary)},
           {"teams", "import", File("b", binary)},
           {"calls", "import", File("b", binary), "--channel", "phone"},
           {"evaluations", "import", File("b", binary)},
           {"people", "import", File("p", cut_csv)},
           {"calls", "import", File("c", cut_json), "--channel", "phone"},
           {"evaluations", "import", File("c", cut_json)}}) {
    const Ended ended = Attune(arguments);
    EXPECT_EQ(ended.code, 6) << arguments[0] << ended.err;
    EXPECT_EQ(ended.out, "");
  }
  EXPECT_EQ(Json({"people", "list"}).size(), 2u);
  EXPECT_EQ(Json({"calls", "list"}).size(), 2u);
  EXPECT_EQ(Attune({"people", "import", folder().file("none")}).code, 1);
}

TEST_F(AttuneTest, EvaluationsThatDoNotFitAreNamedByLine) {
  AddSmallWorld();
  const std::string file =
      File("e.jsonl",
           "{\"contact\":\"c1\",\"rater\":\"rob\",\"form\":\"small\","
           "\"answers\":{\"q\":\"yes\"}}\n"
           "{\"contact\":\"nosuch\",\"rater\":\"rob\",\"form\":\"small\","
           "\"answers\":{\"q\":\"yes\"}}\n"
           "{\"contact\":\"c2\",\"rater\":\"rob\",\"form\":\"small\","
           "\"answers\":{}}\n");
  const Ended refused = Attune({"evaluations", "import", file});
  EXPECT_EQ(refused.code, 6);
  EXPECT_THAT(refused.err, HasSubstr(absl::StrCat(file, ":2: ")));
  EXPECT_THAT(refused.err, HasSubstr(absl::StrCat(file, ":3: ")));
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 0u);
  const Ended wrong =
      Attune({"evaluations", "import", "-"},
             "{\"contact\":\"c1\",\"rater\":\"rob\",\"form\":\"small\","
             "\"answers\":{\"q\":\"maybe\"}}\n"
             "{\"contact\":\"c1\",\"rater\":\"rob\",\"form\":\"nosuch\","
             "\"answers\":{}}\n");
  EXPECT_EQ(wrong.code, 6);
  EXPECT_THAT(wrong.err, HasSubstr("-:1: answers.q: \"maybe\": "));
  EXPECT_THAT(wrong.err, HasSubstr("-:2: form: \"forms/nosuch\": "));
  const Ended dry =
      Attune({"evaluations", "import", file, "--skip-bad", "--dry-run"});
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_THAT(dry.err, HasSubstr("Would import 1 evaluation."));
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 0u);
  EXPECT_EQ(Attune({"evaluations", "import", file, "--skip-bad"}).code, 0);
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 1u);
}

TEST_F(AttuneTest, PublishesComparesAndNamesThePlaceOfErrors) {
  std::ifstream source(Source("config/forms/call.textproto"));
  const std::string text((std::istreambuf_iterator<char>(source)), {});
  const std::string file = File("f.textproto", text);
  const std::vector<std::string> publish = {"forms", "publish", file, "--id",
                                            "call"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), publish.begin(), publish.end());
    return more;
  };
  EXPECT_EQ(Attune(with({"--dry-run"})).code, 0);
  EXPECT_EQ(Json({"forms", "list"}).size(), 0u);
  EXPECT_EQ(Attune(publish).code, 6);  // no note
  EXPECT_EQ(Attune(with({"--note", "One."})).code, 0);
  EXPECT_THAT(Attune(with({"--note", "Two."})).err,
              HasSubstr("says the same; nothing was published"));
  File("f.textproto", absl::StrReplaceAll(text, {{"title: \"Solution\"",
                                                  "title: \"Solving\""}}));
  EXPECT_THAT(Attune(with({"--note", "Two."})).out, HasSubstr("reworded"));
  EXPECT_THAT(Attune({"forms", "compare", "call@1", "call@2"}).out,
              HasSubstr("Solving"));
  EXPECT_EQ(Attune({"forms", "compare", "call@2", file}).out,
            "Nothing differs.\n");
  EXPECT_EQ(Json({"forms", "show", "call@2"})["change_note"], "Two.");
  EXPECT_THAT(Attune({"forms", "show", "call"}).out, HasSubstr("Two."));
  EXPECT_EQ(Attune({"forms", "show", "call@7"}).code, 3);
  File("f.textproto", absl::StrReplaceAll(text, {{"weight: 40", "weight: 4"}}));
  const Ended wrong = Attune(with({"--note", "Three."}));
  EXPECT_EQ(wrong.code, 6);
  EXPECT_THAT(wrong.err, HasSubstr(absl::StrCat(file, ":")));
  EXPECT_EQ(Attune({"forms", "show", "call@3"}).code, 3);
}

TEST_F(AttuneTest, TokensOpenAndClose) {
  AddSmallWorld();
  const std::string path = folder().file("rob.secret");
  const Ended made = Attune({"token", "create", "--name", "Rob", "--person",
                             "rob", "--out", path, "-o", "json"});
  ASSERT_EQ(made.code, 0) << made.err;
  struct stat info {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  std::ifstream secret_file(path);
  std::string secret;
  secret_file >> secret;
  EXPECT_THAT(made.out, Not(HasSubstr(secret)));
  const std::string id = nlohmann::json::parse(made.out)["token"]["name"];
  EXPECT_EQ(Attune({"people", "list", "--token-file", path}).code, 0);
  EXPECT_EQ(Attune({"token", "list", "--token-file", path}).code, 4);
  EXPECT_EQ(Attune({"token", "create", "--name", "x", "--person", "rob",
                    "--out", path})
                .code,
            1);
  EXPECT_THAT(Attune({"token", "revoke", id}).out, HasSubstr("revoked"));
  EXPECT_EQ(Attune({"people", "list", "--token-file", path}).code, 4);
  EXPECT_EQ(Attune({"token", "revoke", "nosuch"}).code, 3);
  EXPECT_EQ(Attune({"token", "create", "--name", "x"}).code, 6);
  EXPECT_EQ(Attune({"token", "create", "--name", "x", "--role", "boss"}).code,
            2);
  const Ended none =
      RunAttune(folder().path(), {{"ATTUNE_SERVER", server().grpc_address()}},
                {"people", "list"});
  EXPECT_EQ(none.code, 4);
  EXPECT_THAT(none.err, HasSubstr("--token-file"));
}

TEST_F(AttuneTest, ScoresFromAFile) {
  AddSmallWorld();
  Become("rob");
  const std::vector<std::string> score = {"score", "c1",        "--form",
                                          "small", "--answers", "-"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), score.begin(), score.end());
    return more;
  };
  const std::string yes = "{\"q\":\"yes\"}";
  const Ended preview = Attune(with({"--dry-run"}), yes);
  EXPECT_EQ(preview.code, 0) << preview.err;
  EXPECT_THAT(preview.out, HasSubstr("100.00 of 100"));
  EXPECT_EQ(Attune(score, "{\"q\":\"maybe\"}").code, 6);
  EXPECT_EQ(Attune(score, "{}").code, 6);
  EXPECT_EQ(Attune(score, "{\"q\"").code, 6);
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 0u);
  const Ended scored = Attune(score, yes);
  EXPECT_EQ(scored.code, 0) << scored.err;
  EXPECT_THAT(scored.out, HasSubstr("100.00 of 100"));
  EXPECT_EQ(Attune(score, yes).code, 5);
  EXPECT_EQ(
      Attune({"score", "nosuch", "--form", "small", "--answers", "-"}, yes)
          .code,
      3);
  EXPECT_EQ(
      Attune({"score", "c1", "--form", "nosuch", "--answers", "-"}, yes).code,
      3);
  EXPECT_EQ(Attune({"score", "c1", "--form", "small"}, yes).code, 2);

  Become("ann");
  const auto mine = Json({"evaluations", "list"});
  ASSERT_EQ(mine.size(), 1u);
  const std::string name = mine[0]["name"];
  EXPECT_EQ(Attune(score, yes).code, 4);
  const Ended read =
      Attune({"evaluations", "acknowledge", name, "--comment", "Thanks."});
  EXPECT_EQ(read.code, 0) << read.err;
  EXPECT_THAT(Attune({"evaluations", "show", name}).out, HasSubstr("Thanks."));
  EXPECT_EQ(Attune({"evaluations", "acknowledge", "nosuch"}).code, 3);
}

TEST_F(AttuneTest, ScoresAtATerminalAndGoesOnWithTheDraft) {
  AddSmallWorld();
  Become("rob");
  const std::vector<std::string> score = {"score", "c1", "--form", "small"};
  const Ended left = AttuneAtTerminal(score, "t\n2\nq\n");
  EXPECT_EQ(left.code, 0) << left.out;
  EXPECT_THAT(left.out, HasSubstr("Was it good?"));
  EXPECT_THAT(left.out, HasSubstr("Hello."));
  EXPECT_THAT(left.out, HasSubstr("Saved; 0.00 of 100"));
  EXPECT_THAT(left.out, HasSubstr("The draft is kept"));
  const auto drafts = Json({"evaluations", "list"});
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0]["state"], "STATE_DRAFT");
  EXPECT_EQ(drafts[0]["answers"][0]["choice_id"], "no");

  const Ended done = AttuneAtTerminal(score, "b\n1\nc\nWell done\ny\n");
  EXPECT_EQ(done.code, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("Going on with your draft"));
  EXPECT_THAT(done.out, HasSubstr("Submitted people/ann/evaluations/"));
  const auto scored = Json({"evaluations", "list"});
  ASSERT_EQ(scored.size(), 1u);
  EXPECT_EQ(scored[0]["state"], "STATE_SUBMITTED");
  EXPECT_EQ(scored[0]["score"]["percent"], 100.0);
  EXPECT_EQ(scored[0]["comment"], "Well done");
}

TEST_F(AttuneTest, InterruptingIsOneHundredAndThirty) {
  AddSmallWorld();
  Become("rob");
  const Ended ended =
      AttuneAtTerminal({"score", "c2", "--form", "small"}, "1\n\x03");
  EXPECT_EQ(ended.code, 130) << ended.out;
}

TEST_F(AttuneTest, VerifyIsEightWhereSomethingDiffers) {
  AddSmallWorld();
  Become("rob");
  ASSERT_EQ(Attune({"score", "c1", "--form", "small", "--answers", "-"},
                   "{\"q\":\"yes\"}")
                .code,
            0);
  const std::string data = server().data_dir();
  Destroy();
  {
    ATTUNE_ASSERT_OK_AND_ASSIGN(auto database, OpenSqlite({.folder = data}));
    ASSERT_THAT(database->WriteAndWait([](Transaction& tx) {
      return tx.Run("UPDATE evaluation_rollup SET n = n + 1", {}).status();
    }),
                IsOk());
  }
  Start();
  BecomeAdmin();
  const Ended found = Attune({"admin", "verify"});
  EXPECT_EQ(found.code, 8);
  EXPECT_THAT(found.out, HasSubstr("rollup day="));
  const Ended csv = Attune({"admin", "verify", "-o", "csv"});
  EXPECT_EQ(csv.code, 8);
  EXPECT_THAT(csv.out, StartsWith("subject,figure,expected,stored\r\n"));
}

TEST_F(AttuneTest, ListsPageThroughEverything) {
  std::string csv = "team_id,display_name\n";
  for (int i = 0; i < 1203; ++i) absl::StrAppend(&csv, "team-", i, ",\n");
  EXPECT_EQ(Attune({"teams", "import", "-"}, csv).err,
            "Imported 1203 teams.\n");
  EXPECT_EQ(Json({"teams", "list"}).size(), 1203u);
  EXPECT_EQ(Json({"teams", "list", "--limit", "1001"}).size(), 1001u);
  EXPECT_EQ(Attune({"teams", "list", "--limit", "2", "-o", "csv", "--fields",
                    "team_id", "--no-headers"})
                .out,
            "team-0\r\nteam-1\r\n");
}

TEST_F(AttuneTest, ColourIsForTerminalsThatWantIt) {
  const std::vector<std::string> words = {"teams", "list"};
  const Ended color =
      RunAttuneAtTerminal(folder().path(),
                          {{"ATTUNE_SERVER", server().grpc_address()},
                           {"ATTUNE_TOKEN_FILE", server().token_path()},
                           {"TERM", "xterm"}},
                          words, "");
  EXPECT_THAT(color.out, HasSubstr("\x1b[1mTEAM ID"));
  const Ended plain =
      RunAttuneAtTerminal(folder().path(),
                          {{"ATTUNE_SERVER", server().grpc_address()},
                           {"ATTUNE_TOKEN_FILE", server().token_path()},
                           {"TERM", "xterm"},
                           {"NO_COLOR", "1"}},
                          words, "");
  EXPECT_THAT(plain.out, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace attune
