// attune calibrations, report severity and report drift against a server.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

// Agent `ann` with calls c1 and c2, advocates `rob` and `sue`, a qa_lead
// `quinn`, and the form `small`.
class CalibrationCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddSmallWorld();
    AddPerson("sue", {v1::ROLE_ADVOCATE}, "");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    Become("quinn");
  }

  // `attune calibrations ...`.
  Ended Calibrations(Arguments arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), "calibrations");
    return Attune(arguments, input);
  }
  Arguments CreateArguments() {
    return {"create", "--title", "March",  "--form", "small",
            "--call", "c1",      "--call", "c2",     "--rater",
            "rob",    "--rater", "sue",    "--seed", "7"};
  }
  // A session's id.
  std::string Create() {
    Arguments arguments = CreateArguments();
    arguments.insert(arguments.begin(), "calibrations");
    const std::string name = Json(arguments)["name"];
    return name.substr(name.rfind('/') + 1);
  }
  Ended Score(const std::string& person, const std::string& id,
              const std::string& choice, const std::string& call = "") {
    Become(person);
    Arguments arguments = {"score", id, "--answers", "-"};
    if (!call.empty()) arguments.insert(arguments.begin() + 2, call);
    const Ended ended = Calibrations(arguments, "{\"q\":\"" + choice + "\"}");
    Become("quinn");
    return ended;
  }
};

TEST_F(CalibrationCommandsTest, ASessionFromBeginningToResult) {
  const std::string id = Create();
  EXPECT_EQ(Calibrations({"list", "-o", "csv", "--fields",
                          "title,state,submitted", "--no-headers"})
                .out,
            "March,open,\"rob 0/2, sue 0/2\"\r\n");
  EXPECT_EQ(Score("rob", id, "yes").code, 0);
  EXPECT_EQ(Score("rob", id, "no").code, 0);
  const Ended over = Score("rob", id, "no");
  EXPECT_EQ(over.code, 5);
  EXPECT_THAT(over.err, HasSubstr("submitted every call"));
  EXPECT_EQ(Score("sue", id, "yes", "ann/c1").code, 0);
  EXPECT_EQ(Score("sue", id, "yes", "c1").code, 5);
  EXPECT_EQ(Score("sue", id, "yes", "c9").code, 3);
  // At a terminal, in two sittings.
  Become("sue");
  const Ended left = AttuneAtTerminal({"calibrations", "score", id}, "2\nq\n");
  EXPECT_THAT(left.out, HasSubstr("The draft is kept"));
  const Ended done = AttuneAtTerminal({"calibrations", "score", id}, "y\n");
  EXPECT_EQ(done.code, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("Submitted people/ann/evaluations/"));

  Become("quinn");
  EXPECT_THAT(Calibrations({"show", id}).out, HasSubstr("rob 2/2, sue 2/2"));
  const Ended peek = Calibrations({"result", id});
  EXPECT_EQ(peek.code, 5);
  EXPECT_THAT(peek.err, HasSubstr("nobody sees a rating"));
  EXPECT_EQ(Attune({"evaluations", "list", "-o", "json"}).out, "[]\n");

  EXPECT_EQ(Calibrations({"close", id}).code, 0);
  EXPECT_EQ(Calibrations({"close", id}).code, 5);
  EXPECT_EQ(Score("sue", id, "yes", "c1").code, 5);
  const Ended text = Calibrations({"result", id});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith("Result of calibrations/" + id +
                                   ": 4 ratings by 2 raters\n"));
  EXPECT_THAT(text.out, HasSubstr("Totals within 5 points"));
  EXPECT_THAT(text.out, HasSubstr("ann/c1"));
  const auto result = Json({"calibrations", "result", id});
  EXPECT_EQ(result["percent_agreement"]["value"], 1.0);
  EXPECT_EQ(result["seed"], 7);
  EXPECT_EQ(result["totals"]["icc_single"]["value"], 1.0);
  EXPECT_THAT(Calibrations({"result", id, "-o", "csv"}).out,
              StartsWith("contact,rater,percent,evaluation\r\n"));
  Become("rob");
  EXPECT_EQ(Calibrations({"result", id}).code, 0);
  EXPECT_EQ(Json({"evaluations", "list"}).size(), 4u);
  Become("ann");
  EXPECT_EQ(Calibrations({"result", id}).code, 4);
  EXPECT_EQ(Attune({"evaluations", "list", "-o", "json"}).out, "[]\n");
  BecomeAdmin();
  EXPECT_THAT(Attune({"admin", "verify"}).out, HasSubstr("everything agrees"));
}

TEST_F(CalibrationCommandsTest, WhatIsWrongIsSaid) {
  const struct {
    Arguments arguments;
    int code;
    const char* says;
  } kTable[] = {
      {{"create", "--title", "x"}, 2, "--form"},
      {{"create", "--title", "x", "--form", "small", "--call", "c1", "--rater",
        "rob"},
       6,
       "RATERS_SIZE"},
      {{"create", "--title", "x", "--form", "small", "--call", "c1", "--rater",
        "rob", "--rater", "ann"},
       6,
       "RATER_IS_AGENT"},
      {{"create", "--title", "x", "--form", "small", "--call", "c9", "--rater",
        "rob", "--rater", "sue"},
       3,
       "c9"},
      {{"create", "--title", "x", "--form", "small", "--call", "c1", "--rater",
        "rob", "--rater", "sue", "--tolerance", "101"},
       6,
       "TOLERANCE_OUT_OF_RANGE"},
      {{"show", "nosuch"}, 3, "nosuch"},
      {{"show", "NO/SUCH"}, 2, "calibrations/ID"},
      {{"result", "nosuch"}, 3, "nosuch"},
      {{"score", "nosuch"}, 2, "no terminal"},
      {{"list", "--state", "shut"}, 2, "shut"},
  };
  for (const auto& row : kTable) {
    const Ended ended = Calibrations(row.arguments);
    EXPECT_EQ(ended.code, row.code) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr(row.says));
  }
  EXPECT_EQ(Calibrations({"list", "-o", "json"}).out, "[]\n");
  const std::string id = Create();
  EXPECT_EQ(Score("quinn", id, "yes").code, 5);
  Become("rob");
  EXPECT_EQ(Calibrations(CreateArguments()).code, 4);
  EXPECT_EQ(Calibrations({"close", id}).code, 4);
}

TEST_F(CalibrationCommandsTest, SeverityAndDriftAreReports) {
  const auto score = [&](const std::string& person, const std::string& call,
                         const std::string& choice) {
    Become(person);
    EXPECT_EQ(Attune({"score", call, "--form", "small", "--answers", "-"},
                     "{\"q\":\"" + choice + "\"}")
                  .code,
              0);
  };
  score("rob", "c1", "yes");
  score("sue", "c1", "no");
  score("rob", "c2", "yes");
  Become("quinn");
  const Ended text = Attune({"report", "severity", "--form", "small"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("degrees of freedom"));
  const auto report = Json({"report", "severity", "--form", "small"});
  EXPECT_EQ(report["method"], "reml");
  EXPECT_EQ(report["parts"][0]["reason"], "too_few");
  EXPECT_EQ(report["parts"][0]["agents"][0]["agent"], "people/ann");
  EXPECT_THAT(
      Attune({"report", "severity", "--form", "small", "-o", "csv"}).out,
      StartsWith("agent,n,auto_failed,raw_mean,"));
  const Ended drift = Attune({"report", "drift", "rob", "--form", "small"});
  EXPECT_EQ(drift.code, 0) << drift.err;
  EXPECT_THAT(drift.out, HasSubstr("Fewer than two months"));
  EXPECT_THAT(
      Attune({"report", "drift", "rob", "--form", "small", "-o", "csv"}).out,
      StartsWith("month,n,others,severity,"));
  EXPECT_EQ(Attune({"report", "severity", "--form", "nosuch"}).code, 3);
  EXPECT_EQ(Attune({"report", "severity"}).code, 2);
  Become("rob");
  const auto own = Json({"report", "severity", "--form", "small"});
  EXPECT_EQ(own["parts"][0]["raters"].size(), 1u);
  EXPECT_EQ(own["parts"][0]["agents"].size(), 0u);
  EXPECT_EQ(Attune({"report", "drift", "sue", "--form", "small"}).code, 3);
  Become("ann");
  EXPECT_EQ(Attune({"report", "severity", "--form", "small"}).code, 4);
}

}  // namespace
}  // namespace attune
