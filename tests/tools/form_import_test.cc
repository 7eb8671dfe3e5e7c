// attune forms import: the program, from another vendor's file to a score.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/temp_dir.h"
#include "tests/tools/attune_process.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kTelecommunications[] =
    "amazon-connect/telecommunications_evaluation.json";

std::string Source(const std::string& name) {
  return absl::StrCat(ATTUNE_SOURCE_DIR, "/tests/engine/form/vendors/", name);
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class FormImportTest : public testing::Test {
 protected:
  Ended Attune(const std::vector<std::string>& arguments,
               const std::string& input = "") {
    return RunAttune(dir_.path(), {}, arguments, input);
  }
  Ended Import(const std::string& from, const std::string& file,
               const std::vector<std::string>& more = {},
               const std::string& input = "") {
    std::vector<std::string> arguments = {"forms", "import", "--from", from,
                                          file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Attune(arguments, input);
  }

  TempDir dir_;
};

TEST_F(FormImportTest, AnImportedFormLintsAndGivesTheVendorsScore) {
  const std::string answers =
      R"json({"technical_diagnosis":
          "good_correct_diagnosis_with_minor_clarifications",
        "troubleshooting_steps": "na",
        "network_knowledge": "satisfactory_adequate_technical_knowledge",
        "service_plan_knowledge": "good_strong_service_plan_knowledge",
        "billing_accuracy":
          "excellent_perfect_billing_accuracy_with_clear_explanations",
        "service_changes": "satisfactory_standard_service_change_process",
        "outage_information": "good_accurate_outage_information_provided",
        "alternative_solutions":
          "excellent_creative_helpful_alternative_solutions",
        "technical_communication": "satisfactory_generally_understandable",
        "customer_education": "good_good_educational_guidance",
        "resolution_completeness": "na", "followup_escalation": "na"})json";
  const struct {
    const char* na_weight;
    double percent;
    const char* warning;
  } kTable[] = {{"form", 78.49, "f.textproto:6:3: warning: "},
                {"section", 77.77, "f.textproto:7:3: warning: "}};
  for (const auto& row : kTable) {
    const Ended made = Import(
        "amazon-connect", Source(kTelecommunications),
        {"--na-weight", row.na_weight, "--out", "f.textproto", "--force"});
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(made.out, "");
    EXPECT_THAT(made.err, HasSubstr("12 questions in 5 sections"));
    EXPECT_THAT(made.err, HasSubstr("whether N/A is allowed: the file does"));
    EXPECT_THAT(made.err, HasSubstr(row.warning));
    EXPECT_THAT(made.err, HasSubstr("Lint: 0 errors, 5 warnings."));
    EXPECT_EQ(Attune({"forms", "lint", "f.textproto"}).code, 0);
    const Ended scored = Attune(
        {"forms", "score", "f.textproto", "--answers", "-", "-o", "json"},
        answers);
    ASSERT_EQ(scored.code, 0) << scored.err;
    EXPECT_EQ(nlohmann::json::parse(scored.out)["percent"], row.percent);
  }
}

TEST_F(FormImportTest, TheFormGoesToStdoutAndOnlyIt) {
  const Ended from_file = Import("genesys", Source("genesys.json"));
  EXPECT_EQ(from_file.code, 0);
  EXPECT_THAT(from_file.out, StartsWith("title: \"Example Evaluation Form\""));
  EXPECT_THAT(from_file.err, HasSubstr("-:7:3: warning: "));
  const Ended quiet =
      Import("genesys", "-", {"-q"}, ContentOf(Source("genesys.json")));
  EXPECT_EQ(quiet.out, from_file.out);
  EXPECT_EQ(quiet.err, "");
  EXPECT_EQ(Attune({"forms", "lint", "-"}, from_file.out).code, 0);
}

TEST_F(FormImportTest, JsonHoldsFormNotesAndFindings) {
  const Ended made = Import("google", Source("google.json"), {"-o", "json"});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.err, "");
  const auto document = nlohmann::json::parse(made.out);
  EXPECT_EQ(document["form"]["title"], "Calls");
  EXPECT_EQ(document["notes"][0]["path"], "$.snapshot.description");
  EXPECT_EQ(document["notes"][0]["what"], "For every call.");
  EXPECT_EQ(document["findings"][0]["reason"], "GUIDANCE_MISSING");
}

TEST_F(FormImportTest, AFileIsReplacedOnlyByForce) {
  const std::string out = dir_.file("form.textproto");
  std::ofstream(out) << "mine";
  const Ended refused = Import("google", Source("google.json"), {"--out", out});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("Cannot write "));
  EXPECT_EQ(ContentOf(out), "mine");
  EXPECT_EQ(
      Import("google", Source("google.json"), {"--out", out, "--force"}).code,
      0);
  EXPECT_THAT(ContentOf(out), StartsWith("title: \"Calls\""));
}

TEST_F(FormImportTest, WhatIsWrongIsToldWithPathsAndNothingIsWritten) {
  const Ended ended =
      Import("amazon-connect", "-", {"--out", "f.textproto"},
             R"({"Title": 3, "Items": [{"Question": {"Title": "Q"}}]})");
  EXPECT_EQ(ended.code, 6);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("-: 2 things are wrong:"));
  EXPECT_THAT(ended.err, HasSubstr("$.Title: This is a text, not number. "
                                   "[WRONG_TYPE]"));
  EXPECT_THAT(ended.err, HasSubstr("$.Items[0].Question.QuestionType: "));
  EXPECT_EQ(ContentOf(dir_.file("f.textproto")), "");
  EXPECT_EQ(Import("genesys", "-", {}, "{\"name\": ").code, 6);
  EXPECT_EQ(Import("genesys", "nosuch.json").code, 1);
}

TEST_F(FormImportTest, AFormThatLintRefusesIsStillGivenAndIsSix) {
  const std::string empty = R"({"name": "F", "questionGroups": []})";
  const Ended ended = Import("genesys", "-", {}, empty);
  EXPECT_EQ(ended.code, 6);
  EXPECT_THAT(ended.out, StartsWith("title: \"F\""));
  EXPECT_THAT(ended.err, HasSubstr("[SECTIONS_MISSING]"));
}

TEST_F(FormImportTest, OptionsThatMakeNoSenseAreUsageErrors) {
  const struct {
    std::string from;
    std::vector<std::string> more;
    const char* want;
  } kTable[] = {
      {"avaya", {}, "avaya"},
      {"genesys", {"--na-weight", "form"}, "--na-weight"},
      {"amazon-connect", {"--na-weight", "question"}, "question"},
      {"google", {"--force"}, "--force"},
      {"google", {"-o", "csv"}, "-o csv"},
  };
  for (const auto& row : kTable) {
    const Ended ended = Import(row.from, Source("google.json"), row.more);
    EXPECT_EQ(ended.code, 2) << row.want;
    EXPECT_THAT(ended.err, HasSubstr(row.want));
    EXPECT_EQ(ended.out, "");
  }
}

}  // namespace
}  // namespace attune
