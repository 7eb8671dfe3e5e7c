// Form files and the places in them.

#include "engine/form/form_text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/status_matchers.h"

namespace attune {
namespace {

constexpr char kFile[] =
    "# A form.\n"
    "title: \"Call\"\n"
    "sections {\n"
    "  section_id: \"care\"\n"
    "  questions {\n"
    "    question_id: \"warm\"\n"
    "    choices { choice_id: \"yes\" points: 2 }\n"
    "    choices { choice_id: \"no\" }\n"
    "    visible_when { choice_ids: [\"a\", \"b\"] }\n"
    "  }\n"
    "  questions { weight: 3 }\n"
    "}\n"
    "examples { percent: 96 }\n";

std::string Place(const FormText& file, const std::string& path) {
  const TextPlace place = file.Locate(path);
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST(FormTextTest, FindsTheFieldOfAFinding) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const FormText file, FormText::Parse(kFile));
  EXPECT_EQ(file.form().title(), "Call");
  EXPECT_EQ(Place(file, "form.title"), "2:1");
  EXPECT_EQ(Place(file, "form.sections[0].section_id"), "4:3");
  EXPECT_EQ(Place(file, "form.sections[0].questions[0].choices[1].choice_id"),
            "8:15");
  EXPECT_EQ(Place(file, "form.sections[0].questions[1].weight"), "11:15");
  EXPECT_EQ(Place(file, "form.examples[0].percent"), "13:12");
  const FormText moved = FormText::Parse(kFile).value();
  EXPECT_EQ(Place(moved, "form.examples[0].percent"), "13:12");
}

TEST(FormTextTest, FindsTheNearestWhereTheFieldIsAbsent) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const FormText file, FormText::Parse(kFile));
  EXPECT_EQ(Place(file, "form.sections[0].questions[1].text"), "11:3");
  EXPECT_EQ(Place(file, "form.sections[0].questions[0].choices"), "7:5");
  EXPECT_EQ(Place(file, "form.sections[0].questions[0].choices[7].points"),
            "5:3");
  EXPECT_EQ(Place(file, "form.sections"), "3:1");
  EXPECT_EQ(Place(file, "form.leading_value"), "1:1");
  EXPECT_EQ(Place(file, "form"), "1:1");
  EXPECT_EQ(Place(file, "nonsense[3].x"), "1:1");
}

TEST(FormTextTest, TellsLineAndColumnOfAMistakeAndPrintsNothing) {
  testing::internal::CaptureStderr();
  const auto unknown = FormText::Parse("title: \"F\"\n  wieght: 3\n");
  const auto open = FormText::Parse("sections {\n  title: \"S\"\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_THAT(unknown, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(unknown, HasReason("FORM_TEXT_INVALID"));
  EXPECT_EQ(std::string(unknown.status().message()).substr(0, 5), "2:9: ");
  EXPECT_EQ(std::string(open.status().message()).substr(0, 5), "3:1: ");
}

TEST(FormTextTest, RefusesWhatIsTooLarge) {
  EXPECT_THAT(FormText::Parse(std::string(kMaxFormTextBytes + 1, '#')),
              HasReason("FORM_TEXT_TOO_LARGE"));
}

}  // namespace
}  // namespace attune
