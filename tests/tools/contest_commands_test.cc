// Contests, comments and voiding, each by the person they are for.

#include <gmock/gmock.h>

#include <string>

#include "tests/tools/attune_test.h"

namespace attune {
namespace {

using testing::HasSubstr;

// Rob scored Ann's call c1 on the form of one question: 0 of 1.
class ContestCommandsTest : public AttuneTest {
 protected:
  void SetUp() override {
    AttuneTest::SetUp();
    AddSmallWorld();
    AddPerson("rae", {v1::ROLE_ADVOCATE}, "");
    AddPerson("quinn", {v1::ROLE_QA_LEAD}, "");
    Become("rob");
    const std::string answers =
        File("answers.json", R"({")" + std::string(kQuestion) +
                                 R"(": {"answer": "no", "comment": "No."}})");
    const Ended scored = Attune(
        {"score", "c1", "--form", "small", "--answers", answers, "-o", "json"});
    ASSERT_EQ(scored.code, 0) << scored.err;
    evaluation_ = nlohmann::json::parse(scored.out)["name"];
  }

  // The id of the only contest.
  std::string Contest() {
    const auto all = Json({"contests", "list"});
    if (all.size() != 1) return "";
    const std::string name = all[0]["name"];
    return name.substr(name.rfind('/') + 1);
  }
  std::string Open() {
    Become("ann");
    const Ended opened = Attune({"contests", "open", evaluation_, "--item",
                                 std::string(kQuestion) + "=yes", "--reason",
                                 "Listen at 0:10."});
    EXPECT_EQ(opened.code, 0) << opened.err;
    return Contest();
  }

  static constexpr const char* kQuestion = "q";
  std::string evaluation_;
};

TEST_F(ContestCommandsTest, OpenedRuledEscalatedAndRuledOnceMore) {
  const std::string contest = Open();
  Become("rob");
  EXPECT_EQ(Json({"contests", "list", "--to-rule"}).size(), 0u);
  const Ended own = Attune(
      {"contests", "rule", contest, "--item", "q=keep", "--reason", "No."});
  EXPECT_THAT(own.err, HasSubstr("independent"));
  Become("rae");
  EXPECT_EQ(Json({"contests", "list", "--to-rule"}).size(), 1u);
  const Ended kept = Attune({"contests", "rule", contest, "--item", "q=keep",
                             "--reason", "It was not."});
  EXPECT_EQ(kept.code, 0) << kept.err;
  EXPECT_THAT(kept.out, HasSubstr("rae: upheld, because: It was not."));
  Become("ann");
  const Ended escalated =
      Attune({"contests", "escalate", contest, "--reason", "It was, at 0:10."});
  EXPECT_THAT(escalated.out, HasSubstr("escalated because"));
  Become("quinn");
  const Ended ruled = Attune({"contests", "rule", contest, "--item",
                              "q=proposed", "--reason", "So it was."});
  EXPECT_EQ(ruled.code, 0) << ruled.err;
  EXPECT_THAT(ruled.out, HasSubstr("0.00 -> 100.00"));
  Become("ann");
  EXPECT_THAT(Attune({"evaluations", "show", evaluation_}).out,
              HasSubstr("As ruled after a contest; scored it had 0.00"));
  BecomeAdmin();
  EXPECT_THAT(Attune({"admin", "verify"}).out, HasSubstr("everything agrees"));
}

TEST_F(ContestCommandsTest, WrongArgumentsAreToldBeforeAnythingIsSent) {
  Become("ann");
  const Ended uneven =
      Attune({"contests", "open", evaluation_, "--item", "q=yes", "--item",
              "q=no", "--reason", "Only one."});
  EXPECT_EQ(uneven.code, 2);
  EXPECT_THAT(uneven.err, HasSubstr("2 items and 1 reasons"));
  const Ended shapeless = Attune(
      {"contests", "open", evaluation_, "--item", "q", "--reason", "Why not?"});
  EXPECT_EQ(shapeless.code, 2);
  EXPECT_THAT(shapeless.err, HasSubstr("QUESTION=ANSWER"));
  EXPECT_EQ(Json({"contests", "list"}).size(), 0u);
}

TEST_F(ContestCommandsTest, WordsOnAnEvaluationAndTakingItBack) {
  Become("rob");
  const Ended said =
      Attune({"evaluations", "comment", evaluation_, "Here it was lost.",
              "--question", kQuestion, "--from", "1:02", "--to", "1:10.5"});
  EXPECT_EQ(said.code, 0) << said.err;
  Become("ann");
  const auto all = Json({"evaluations", "comments", evaluation_});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0]["start_ms"], "62000");
  EXPECT_EQ(all[0]["end_ms"], "70500");
  EXPECT_EQ(
      Attune({"evaluations", "void", evaluation_, "--reason", "Mine."}).code,
      4);
  Become("quinn");
  const Ended gone = Attune(
      {"evaluations", "void", evaluation_, "--reason", "The wrong call."});
  EXPECT_EQ(gone.code, 0) << gone.err;
  EXPECT_THAT(gone.out, HasSubstr("The wrong call."));
  EXPECT_THAT(
      Attune({"evaluations", "comment", evaluation_, "Late", "--from", "noon"})
          .err,
      HasSubstr("minutes:seconds"));
}

}  // namespace
}  // namespace attune
