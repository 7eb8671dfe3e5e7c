// attune stats through the real program: what it prints and what it refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/temp_dir.h"
#include "tests/tools/attune_process.h"

namespace attune {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr int kInvalid = 6;
constexpr int kUsage = 2;

class StatsCommandsTest : public testing::Test {
 protected:
  Ended Stats(std::vector<std::string> arguments,
              const std::string& input = "") {
    arguments.insert(arguments.begin(), "stats");
    return RunAttune(folder_.path(), {{"TERM", "dumb"}}, arguments, input);
  }
  Json JsonOf(std::vector<std::string> arguments,
              const std::string& input = "") {
    arguments.insert(arguments.end(), {"-o", "json"});
    const Ended ended = Stats(arguments, input);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
  std::string File(const std::string& name, const std::string& content) {
    std::ofstream(folder_.file(name), std::ios::binary) << content;
    return name;
  }

 private:
  TempDir folder_;
};

std::string Vector(const std::string& name) {
  return absl::StrCat(ATTUNE_SOURCE_DIR, "/tests/vectors/data/", name);
}

// Krippendorff 2011.
constexpr char kCanonical[] =
    "unit,A,B,C,D\n1,1,1,,1\n2,2,2,3,2\n3,3,3,3,3\n4,3,3,3,3\n5,2,2,2,2\n"
    "6,1,2,3,4\n7,4,4,4,4\n8,1,1,2,1\n9,2,2,2,2\n10,NA,5,5,5\n11,n/a,,1,1\n"
    "12,,,3,\n";

// --- agreement

TEST_F(StatsCommandsTest, AgreementGivesEveryFigureByItsName) {
  const Json json =
      JsonOf({"agreement", "-", "--level", "ordinal"}, kCanonical);
  EXPECT_EQ(json["units"], 12);
  EXPECT_EQ(json["ratings"], 41);
  EXPECT_EQ(json["raters"], 4);
  EXPECT_NEAR(json["percent_agreement"]["pairwise"], 9.0 / 11, 1e-12);
  EXPECT_NEAR(json["percent_agreement"]["unanimous"], 8.0 / 11, 1e-12);
  EXPECT_EQ(json["percent_agreement"]["n_single"], 1);
  EXPECT_NEAR(json["fleiss_kappa"]["value"], 0.7611692754224112, 1e-9);
  EXPECT_TRUE(json["fleiss_kappa"]["reason"].is_null());
  EXPECT_TRUE(json["fleiss_kappa"]["se0"].is_null());
  const Json& alpha = json["krippendorff_alpha"];
  EXPECT_NEAR(alpha["value"], 0.8153875037548813, 1e-9);
  EXPECT_EQ(alpha["level"], "ordinal");
  EXPECT_EQ(alpha["seed"], 1);
  EXPECT_LT(alpha["ci"][0], alpha["value"]);
  EXPECT_GT(alpha["ci"][1], alpha["value"]);
  EXPECT_EQ(json["icc"].size(), 6u);
  EXPECT_EQ(json["icc"]["icc_3_k"]["reason"], "too_few");
  EXPECT_FALSE(json.contains("cohen_kappa"));
}

TEST_F(StatsCommandsTest, AgreementTellsTheSameForTheSameSeed) {
  const auto interval = [&](const char* seed) {
    return JsonOf({"agreement", "-", "--level", "interval", "--seed", seed,
                   "--draws", "200"},
                  kCanonical)["krippendorff_alpha"]["ci"];
  };
  EXPECT_EQ(interval("5"), interval("5"));
  EXPECT_NE(interval("5"), interval("6"));
  EXPECT_TRUE(JsonOf({"agreement", "-", "--draws", "0"},
                     kCanonical)["krippendorff_alpha"]["ci"]
                  .is_null());
}

TEST_F(StatsCommandsTest, TwoRatersHaveCohensKappa) {
  // 20, 5, 10, 15 of 50: kappa 0.4.
  std::string csv = "A,B\n";
  for (int i = 0; i < 20; ++i) csv += "yes,yes\n";
  for (int i = 0; i < 5; ++i) csv += "yes,no\n";
  for (int i = 0; i < 10; ++i) csv += "no,yes\n";
  for (int i = 0; i < 15; ++i) csv += "no,no\n";
  const Json json = JsonOf({"agreement", "-"}, csv);
  EXPECT_NEAR(json["cohen_kappa"]["value"], 0.4, 1e-12);
  EXPECT_NEAR(json["cohen_kappa"]["po"], 0.7, 1e-12);
  EXPECT_NEAR(json["cohen_kappa"]["pe"], 0.5, 1e-12);
  EXPECT_NEAR(json["cohen_kappa"]["se"], 0.12699606293110036, 1e-9);
  EXPECT_NEAR(json["cohen_kappa"]["ci"][0], 0.151092290476661, 1e-9);
  // Words have no mean squares.
  EXPECT_EQ(json["icc"]["icc_2_1"]["reason"], "not_scorable");
}

TEST_F(StatsCommandsTest, WeightedKappaCountsCategoriesNobodyChose) {
  const std::string csv = "1,1\n1,2\n2,2\n5,5\n5,2\n2,1\n";
  const auto kappa = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"agreement", "-",       "--no-header",
                                          "--level",   "ordinal", "--weights",
                                          "linear"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return JsonOf(arguments, csv)["cohen_kappa"]["value"].get<double>();
  };
  EXPECT_NEAR(kappa({}), 0.4, 1e-12);
  EXPECT_NEAR(kappa({"--categories", "1,2,3,4,5"}), 14.0 / 29, 1e-12);
}

TEST_F(StatsCommandsTest, OrderedWordsAreRankedByTheirCategories) {
  const Json json = JsonOf(
      {"agreement", "-", "--level", "ordinal", "--categories", "low,mid,high"},
      "A,B\nlow,low\nmid,high\nhigh,high\n");
  const Json ranks =
      JsonOf({"agreement", "-", "--level", "ordinal"}, "A,B\n1,1\n2,3\n3,3\n");
  EXPECT_EQ(json["krippendorff_alpha"]["value"],
            ranks["krippendorff_alpha"]["value"]);
}

TEST_F(StatsCommandsTest, AgreementIsReadable) {
  const Ended ended =
      Stats({"agreement", "-", "--level", "nominal"}, kCanonical);
  EXPECT_THAT(ended.out, StartsWith("12 units, 4 raters, 41 ratings.\n\n"
                                    "STATISTIC"));
  EXPECT_THAT(ended.out, HasSubstr("Krippendorff's alpha  0.7434"));
  const Ended csv = Stats({"agreement", "-", "-o", "csv"}, kCanonical);
  EXPECT_THAT(csv.out, StartsWith("statistic,value,low,high,note\r\n"
                                  "agreement of pairs,0.8182,"));
  const Ended numbers = Stats({"agreement", "-"}, "1,2\n1,2\n");
  EXPECT_THAT(numbers.err, HasSubstr("--no-header"));
}

TEST_F(StatsCommandsTest, AgreementRefusesWhatMakesNoSense) {
  EXPECT_EQ(Stats({"agreement", "-", "--weights", "linear"}, kCanonical).code,
            kUsage);
  EXPECT_EQ(Stats({"agreement", "-", "--tolerance", "1"}, "A,B\nx,y\n").code,
            kUsage);
  EXPECT_EQ(Stats({"agreement", "-", "--categories", "1,1"}, kCanonical).code,
            kUsage);
  const Ended word =
      Stats({"agreement", "-", "--level", "interval"}, "id,A\n1,4\n2,good\n");
  EXPECT_EQ(word.code, kInvalid);
  EXPECT_THAT(word.err, HasSubstr("standard input:3: A: \"good\": This is no "
                                  "number"));
  const Ended unknown =
      Stats({"agreement", "-", "--categories", "1,2"}, "A,B\n1,2\n3,1\n");
  EXPECT_EQ(unknown.code, kInvalid);
  EXPECT_THAT(unknown.err, HasSubstr("standard input:3: A: \"3\": This is "
                                     "none of the categories 1,2"));
}

// --- severity

TEST_F(StatsCommandsTest, SeverityGivesFairScores) {
  const Json json = JsonOf({"severity", Vector("severity_sim.csv")});
  EXPECT_EQ(json["method"], "reml");
  EXPECT_EQ(json["agents"].size(), 40u);
  EXPECT_EQ(json["agents"][30]["agent"], "A31");
  EXPECT_EQ(json["agents"][30]["n"], 5);
  EXPECT_NEAR(json["agents"][30]["raw"], 92.02, 1e-9);
  EXPECT_NEAR(json["agents"][30]["fair"], 85.159962304, 1e-3);
  EXPECT_EQ(json["raters"][0]["rater"], "Q1");
  EXPECT_NEAR(json["raters"][0]["severity"], -8.896883103, 1e-3);
  EXPECT_NEAR(json["sigma2"], 56.15015682534437, 1e-3);
  EXPECT_NEAR(json["sigma2_rater"], 31.681141942404043, 1e-3);
  EXPECT_TRUE(json["reason"].is_null());
  const Ended table = Stats({"severity", Vector("severity_sim.csv")});
  EXPECT_THAT(table.out, StartsWith("234 scores of 40 agents by 8 raters.\n"));
  EXPECT_THAT(table.out, HasSubstr("A31     5  92.02  85.16   -6.86"));
}

TEST_F(StatsCommandsTest, SeverityComparesOnlyWhatIsConnected) {
  const Json json =
      JsonOf({"severity", "-"},
             "rater,score,agent\nQ1,80,A\nQ1,82,A\nQ2,70,B\nQ2,74,B\n");
  EXPECT_EQ(json["reason"], "disconnected");
  EXPECT_TRUE(json["agents"][0]["fair"].is_null());
  EXPECT_NEAR(json["agents"][0]["raw"], 81, 1e-12);
  ASSERT_EQ(json["components"].size(), 2u);
  EXPECT_EQ(json["components"][1]["agents"][0]["agent"], "B");
  EXPECT_EQ(json["components"][1]["reason"], "one_rater");
  EXPECT_NEAR(json["components"][1]["agents"][0]["fair"], 72, 1e-12);
}

TEST_F(StatsCommandsTest, LeastSquaresAreASecondOpinion) {
  const std::string csv =
      "agent,rater,score\nA,Q1,80\nA,Q2,70\nB,Q1,90\nC,Q2,60\n";
  const Json ols = JsonOf({"severity", "-", "--method", "ols"}, csv);
  EXPECT_NEAR(ols["agents"][1]["fair"], 85, 1e-9);
  EXPECT_NEAR(ols["raters"][1]["severity"], -5, 1e-9);
  const Json reml = JsonOf({"severity", "-"}, csv);
  EXPECT_EQ(reml["reason"], "no_residual_df");
  EXPECT_NEAR(reml["agents"][1]["fair"], 90, 1e-9);
}

TEST_F(StatsCommandsTest, EachFormHasItsOwnFit) {
  const std::string csv =
      "agent,rater,score,form\nA,Q1,80,x\nB,Q1,90,x\nA,Q1,8,y\nB,Q1,9,y\n";
  const Json json = JsonOf({"severity", "-"}, csv);
  ASSERT_EQ(json["forms"].size(), 2u);
  EXPECT_EQ(json["forms"][1]["form"], "y");
  EXPECT_NEAR(json["forms"][1]["agents"][0]["raw"], 8, 1e-12);
  // Both forms in standard deviations: -1/sqrt 2 and +1/sqrt 2.
  const Json z = JsonOf({"severity", "-", "--z-scores"}, csv);
  EXPECT_NEAR(z["agents"][0]["raw"], -0.7071067811865476, 1e-12);
  EXPECT_NEAR(z["agents"][1]["raw"], 0.7071067811865476, 1e-12);
  EXPECT_EQ(
      Stats({"severity", "-", "--z-scores"}, "agent,rater,score\nA,Q1,80\n")
          .code,
      kUsage);
}

TEST_F(StatsCommandsTest, FewDegreesOfFreedomAreNotShownToPeople) {
  const Ended ended =
      Stats({"severity", "-"},
            "agent,rater,score\nA,Q1,80\nA,Q2,82\nA,Q1,78\nB,Q2,88\nB,Q1,92\n");
  EXPECT_THAT(ended.out, HasSubstr("A      3  80.00\n"));
  EXPECT_THAT(ended.err, HasSubstr("Only 2 degrees of freedom"));
}

TEST_F(StatsCommandsTest, ScoresThatAreAllBlankAreNoData) {
  const Json json =
      JsonOf({"severity", "-"}, "agent,rater,score\nA,Q1,\nB,Q2,\n");
  EXPECT_EQ(json["reason"], "no_data");
  EXPECT_EQ(json["residual_df"], 0);
  EXPECT_TRUE(json["agents"].empty());
}

// --- nps

TEST_F(StatsCommandsTest, NpsComesFromCountsOrAnswers) {
  const Json json = JsonOf({"nps", "--counts", "1436,968,342"});
  EXPECT_EQ(json["n"], 2746);
  EXPECT_NEAR(json["nps"], 39.83976693372178, 1e-9);
  EXPECT_NEAR(json["margin"], 2.6139288428661565, 1e-6);
  EXPECT_NEAR(json["ci"][0], 37.18236071697378, 1e-6);
  EXPECT_TRUE(json["reason"].is_null());
  const Json answers = JsonOf(
      {"nps", "-"}, "id,nps\r\na,10\r\nb,9\r\nc,\r\nd,7\r\ne,8\r\nf,0\r\n");
  EXPECT_EQ(answers["promoters"], 2);
  EXPECT_EQ(answers["passives"], 2);
  EXPECT_EQ(answers["detractors"], 1);
  EXPECT_NEAR(answers["nps"], 20, 1e-12);
  EXPECT_EQ(JsonOf({"nps", "-"}, "anything\n9\n8\n")["reason"], "too_few");
  EXPECT_TRUE(JsonOf({"nps", "--counts", "0,0,0"})["nps"].is_null());
}

TEST_F(StatsCommandsTest, NpsNamesEveryWrongAnswer) {
  const Ended ended = Stats({"nps", "-"}, "nps\n11\n7.5\n-1\nten\n9\n");
  EXPECT_EQ(ended.code, kInvalid);
  EXPECT_THAT(ended.err, StartsWith("attune: 4 rows are wrong."));
  EXPECT_THAT(ended.err, HasSubstr("standard input:3: nps: \"7.5\": An answer "
                                   "is a whole number from 0 to 10"));
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(Stats({"nps"}).code, kUsage);
  EXPECT_EQ(Stats({"nps", "--counts", "1,2"}).code, kUsage);
  EXPECT_EQ(Stats({"nps", "--counts", "1,2,-3"}).code, kUsage);
  EXPECT_EQ(Stats({"nps", "-", "--counts", "1,2,3"}, "nps\n9\n").code, kUsage);
}

TEST_F(StatsCommandsTest, TwentyProblemsAreShownAndTheOthersCounted) {
  std::string csv = "nps\n";
  for (int i = 0; i < 1000; ++i) csv += "99\n";
  const Ended ended = Stats({"nps", "-"}, csv);
  EXPECT_THAT(ended.err, HasSubstr("980 more problems are not shown."));
  EXPECT_THAT(ended.err, HasSubstr("standard input:21: nps"));
  EXPECT_THAT(ended.err, Not(HasSubstr("standard input:22: nps")));
}

// --- compare, shrink, drivers

TEST_F(StatsCommandsTest, CompareTestsGroupsAndPairs) {
  const std::string a = File(
      "a.csv", "score\n0.7\n-1.6\n-0.2\n-1.2\n-0.1\n3.4\n3.7\n0.8\n0\n2\n");
  const std::string b = File(
      "b.csv", "score\n1.9\n0.8\n1.1\n0.1\n-0.1\n4.4\n5.5\n1.6\n4.6\n3.4\n");
  const Json welch = JsonOf({"compare", a, b});
  EXPECT_NEAR(welch["mean_a"], 0.75, 1e-12);
  EXPECT_NEAR(welch["mean_b"], 2.33, 1e-12);
  EXPECT_NEAR(welch["difference"], 1.58, 1e-12);
  EXPECT_NEAR(welch["t"], 1.8608, 5e-5);
  EXPECT_NEAR(welch["df"], 17.776, 5e-4);
  EXPECT_NEAR(welch["p"], 0.07939, 5e-6);
  const Json paired = JsonOf({"compare", a, b, "--paired"});
  EXPECT_NEAR(paired["t"], 4.062127683382037, 1e-9);
  EXPECT_EQ(paired["df"], 9);
  EXPECT_NEAR(paired["p"], 0.00283289019738427, 1e-9);
  EXPECT_NEAR(paired["ci"][0], 0.7001142367452713, 1e-9);
  const std::string one = File("one.csv", "score\n3\n");
  const Json few = JsonOf({"compare", one, b});
  EXPECT_TRUE(few["t"].is_null());
  EXPECT_EQ(few["reason"], "too_few");
  EXPECT_EQ(Stats({"compare", one, b, "--paired"}).code, kUsage);
  EXPECT_EQ(Stats({"compare", "-", "-"}).code, kUsage);
}

TEST_F(StatsCommandsTest, ShrinkPullsSmallGroupsTowardsTheMean) {
  const Json json = JsonOf(
      {"shrink", "-"},
      "group,value\nA,1545\nA,1440\nA,1440\nA,1520\nA,1580\nB,1540\nB,1555\n"
      "B,1490\nB,1560\nB,1495\nC,1595\nC,1550\nC,1605\nC,1510\nC,1560\n"
      "D,1445\nD,1440\nD,1595\nD,1465\nD,1545\nE,1595\nE,1630\nE,1515\n"
      "E,1635\nE,1625\nF,1520\nF,1455\nF,1450\nF,1480\nF,1445\n");
  EXPECT_NEAR(json["mu"], 1527.5, 1e-6);
  EXPECT_NEAR(json["tau2"], 1764.05, 1e-4);
  EXPECT_NEAR(json["sigma2"], 2451.25, 1e-4);
  EXPECT_EQ(json["groups"][0]["group"], "A");
  EXPECT_EQ(json["groups"][0]["n"], 5);
  EXPECT_NEAR(json["groups"][0]["mean"], 1505, 1e-9);
  EXPECT_NEAR(json["groups"][0]["shrunk"], 1509.893148649249, 1e-6);
  EXPECT_NEAR(json["groups"][0]["weight"], 0.782526726700043, 1e-9);
  const Json one = JsonOf({"shrink", "-"}, "value,group\n80,a\n90,a\n");
  EXPECT_EQ(one["reason"], "one_group");
  EXPECT_TRUE(one["tau2"].is_null());
  EXPECT_NEAR(one["groups"][0]["shrunk"], 85, 1e-12);
}

TEST_F(StatsCommandsTest, DriversDependOnTheScaleOfTheOutcome) {
  const std::string file = Vector("sfo2017_drivers_complete.csv");
  const Json json =
      JsonOf({"drivers", file, "--outcome", "NETPRO", "--draws", "100"});
  EXPECT_EQ(json["n"], 2154);
  EXPECT_NEAR(json["r2"], 0.324685677934414, 1e-9);
  const Json& safe = json["predictors"][5];
  EXPECT_EQ(safe["name"], "Q10SAFE");
  EXPECT_NEAR(safe["lmg"], 0.06066381784542855, 1e-9);
  EXPECT_NEAR(safe["relative_weight"], 0.06326950221111248, 1e-9);
  EXPECT_NEAR(safe["share"], 18.68385, 1e-4);
  EXPECT_EQ(safe["sign"], 1);
  EXPECT_LT(safe["ci"][0], safe["lmg"]);
  EXPECT_GT(safe["ci"][1], safe["lmg"]);
  EXPECT_TRUE(json["dropped"].empty());
  const Json nps = JsonOf({"drivers", file, "--outcome", "NETPRO", "--scale",
                           "nps", "--draws", "0"});
  EXPECT_NEAR(nps["predictors"][4]["lmg"], 0.06732140137211574, 1e-9);
  EXPECT_TRUE(nps["predictors"][4]["ci"].is_null());
}

TEST_F(StatsCommandsTest, DriversSayWhenThereIsTooLittle) {
  const Json json =
      JsonOf({"drivers", "-", "--outcome", "y"}, "y,a\n1,2\n3,\n4,5\n");
  EXPECT_EQ(json["reason"], "too_few");
  EXPECT_TRUE(json["r2"].is_null());
  EXPECT_EQ(json["rows_dropped"], 1);
  EXPECT_EQ(Stats({"drivers", "-", "--outcome", "z"}, "y,a\n1,2\n").code,
            kInvalid);
  EXPECT_EQ(Stats({"drivers", "-", "--outcome", "y"}, "y\n1\n").code, kInvalid);
}

// --- input

TEST_F(StatsCommandsTest, NoInputMakesItCrash) {
  const std::vector<std::vector<std::string>> commands = {
      {"agreement", "-"},
      {"severity", "-"},
      {"nps", "-"},
      {"shrink", "-"},
      {"drivers", "-", "--outcome", "y"}};
  const std::string inputs[] = {"",
                                "\n",
                                "a,b\n",
                                std::string("a\0b\n", 4),
                                "\xff\xfe\x00",
                                "a,a\n1,2\n",
                                "a,\n1,2\n",
                                "a,b\n1\n1,2,3\n",
                                "\"a\n"};
  for (const auto& command : commands) {
    for (const std::string& input : inputs) {
      const Ended ended = Stats(command, input);
      EXPECT_EQ(ended.code, kInvalid) << command[0] << " " << input;
      EXPECT_THAT(ended.err, HasSubstr("standard input:")) << command[0];
    }
  }
  EXPECT_EQ(Stats({"nps", "missing.csv"}).code, 1);
}

TEST_F(StatsCommandsTest, RaggedRowsAreAllNamed) {
  const Ended ended = Stats({"agreement", "-"}, "A,B\n1\n1,2\n1,2,3\n");
  EXPECT_THAT(ended.err, HasSubstr("standard input:2: The row has 1 cells; "
                                   "the first line has 2. [CELL_COUNT]"));
  EXPECT_THAT(ended.err, HasSubstr("standard input:4: The row has 3 cells"));
}

TEST_F(StatsCommandsTest, ErrorsAreJsonForPrograms) {
  const Ended ended = Stats({"nps", "-", "-o", "json"}, "nps\n11\n");
  EXPECT_EQ(ended.code, kInvalid);
  const size_t json = ended.err.find('{');
  ASSERT_NE(json, std::string::npos);
  const Json error =
      Json::parse(ended.err.substr(json), nullptr, false)["error"];
  EXPECT_EQ(error["reason"], "ROWS_INVALID");
  EXPECT_EQ(error["violations"][0]["field"], "standard input:2: nps");
  EXPECT_EQ(error["violations"][0]["reason"], "NPS_INVALID");
}

}  // namespace
}  // namespace attune
