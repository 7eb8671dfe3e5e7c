// What a comparison of two forms tells.

#include "engine/form/form_compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/scoring/scoring_forms.h"

namespace attune {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBase[] = R"pb(
  title: "F"
  sections {
    section_id: "s"
    title: "S"
    weight: 3
    questions {
      question_id: "a"
      text: "A"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 1 }
      choices { choice_id: "no" label: "No" }
    }
    questions {
      question_id: "b"
      text: "B"
      type: SINGLE_CHOICE
      weight: 2
      choices { choice_id: "yes" label: "Yes" points: 1 }
    }
  }
  sections {
    section_id: "u"
    title: "U"
    weight: 1
    questions {
      question_id: "c"
      text: "C"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 1 }
    }
    questions { question_id: "d" text: "D" type: TEXT }
  })pb";

// "id changes before after".
std::vector<std::string> Told(
    const google::protobuf::RepeatedPtrField<v1::FormComparison::Item>& items) {
  std::vector<std::string> result;
  for (const auto& item : items) {
    std::string line =
        item.question_id().empty()
            ? item.section_id()
            : absl::StrCat(item.section_id(), ".", item.question_id());
    for (const int change : item.changes()) {
      absl::StrAppend(&line, " ",
                      v1::FormComparison::Change_Name(
                          static_cast<v1::FormComparison::Change>(change))
                          .substr(7));
    }
    if (item.has_share_before()) {
      absl::StrAppend(&line, " before ", item.share_before());
    }
    if (item.has_share_after()) {
      absl::StrAppend(&line, " after ", item.share_after());
    }
    result.push_back(line);
  }
  return result;
}

TEST(FormCompareTest, AFormDoesNotDifferFromItself) {
  v1::Form same = FormOf(kBase);
  same.set_rule(v1::Form::WEIGHTED_SECTION_MEANS);  // the default
  same.set_etag("7");
  const v1::FormComparison told = CompareForms(FormOf(kBase), same);
  EXPECT_THAT(Told(told.sections()), IsEmpty());
  EXPECT_THAT(Told(told.questions()), IsEmpty());
  EXPECT_THAT(told.fields(), IsEmpty());
}

TEST(FormCompareTest, WeightsMoveShares) {
  v1::Form other = FormOf(kBase);
  other.mutable_sections(0)->set_weight(4);
  const v1::FormComparison told = CompareForms(FormOf(kBase), other);
  EXPECT_THAT(Told(told.sections()),
              ElementsAre("s REWEIGHTED before 75 after 80",
                          "u REWEIGHTED before 25 after 20"));
  EXPECT_THAT(Told(told.questions()),
              ElementsAre("s.a REWEIGHTED before 25 after 26.6667",
                          "s.b REWEIGHTED before 50 after 53.3333",
                          "u.c REWEIGHTED before 25 after 20"));
}

TEST(FormCompareTest, PointsAndWordsAreToldApart) {
  v1::Form other = FormOf(kBase);
  v1::Question& a = *other.mutable_sections(0)->mutable_questions(0);
  a.mutable_choices(1)->set_points(0.5);
  other.mutable_sections(0)
      ->mutable_questions(1)
      ->mutable_choices(0)
      ->set_label("Aye");
  other.mutable_sections(1)->mutable_questions(1)->set_guidance("G");
  other.mutable_sections(1)->set_title("New");
  const v1::FormComparison told = CompareForms(FormOf(kBase), other);
  EXPECT_THAT(Told(told.sections()),
              ElementsAre("u REWORDED before 25 after 25"));
  EXPECT_THAT(Told(told.questions()),
              ElementsAre("s.a REWEIGHTED before 25 after 25",
                          "s.b REWORDED before 50 after 50", "u.d REWORDED"));
  EXPECT_EQ(told.sections(0).text(), "New");
}

TEST(FormCompareTest, QuestionsComeGoAndMove) {
  v1::Form other = FormOf(kBase);
  v1::Section& s = *other.mutable_sections(0);
  *other.mutable_sections(1)->add_questions() = s.questions(1);
  s.mutable_questions()->DeleteSubrange(0, 2);
  v1::Question& e = *s.add_questions();
  e = other.sections(1).questions(0);
  e.set_question_id("e");
  const v1::FormComparison told = CompareForms(FormOf(kBase), other);
  EXPECT_THAT(
      Told(told.questions()),
      ElementsAre("s.e ADDED after 75", "u.c REWEIGHTED before 25 after 8.3333",
                  "u.b REWEIGHTED MOVED before 50 after 16.6667",
                  "s.a REMOVED before 25"));
}

TEST(FormCompareTest, SectionsComeAndGo) {
  v1::Form other = FormOf(kBase);
  other.mutable_sections(1)->set_section_id("v");
  const v1::FormComparison told = CompareForms(FormOf(kBase), other);
  EXPECT_THAT(Told(told.sections()),
              ElementsAre("v ADDED after 25", "u REMOVED before 25"));
  EXPECT_THAT(Told(told.questions()),
              ElementsAre("v.c MOVED before 25 after 25", "v.d MOVED"));
}

TEST(FormCompareTest, OtherFieldsAreNamed) {
  v1::Form other = FormOf(kBase);
  other.set_title("G");
  other.set_rule(v1::Form::POINTS);
  other.set_floor_percent(50);
  other.add_bands()->set_title("B");
  other.add_examples();
  EXPECT_THAT(
      CompareForms(FormOf(kBase), other).fields(),
      ElementsAre("title", "rule", "floor_percent", "bands", "examples"));
}

TEST(FormCompareTest, AnUnsoundDraftHasNoShares) {
  v1::Form other = FormOf(kBase);
  other.mutable_sections(0)->set_weight(-1);
  const v1::FormComparison told = CompareForms(FormOf(kBase), other);
  ASSERT_EQ(told.sections_size(), 2);
  EXPECT_TRUE(told.sections(0).has_share_before());
  EXPECT_FALSE(told.sections(0).has_share_after());
}

}  // namespace
}  // namespace attune
