#include "engine/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "engine/texts.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "field REASON", of what is wrong.
std::vector<std::string> Told(const Violations& bad) {
  std::vector<std::string> told;
  for (const Violation& violation : bad.all()) {
    told.push_back(absl::StrCat(violation.field, " ", violation.reason));
  }
  return told;
}

TEST(WordsTest, AreLettersAndDigitsOfAnyScriptFoldedSortedAndOnce) {
  EXPECT_THAT(WordsOf("Refund, REFUND & delivery-2 (it's)"),
              ElementsAre("2", "delivery", "it", "refund", "s"));
  EXPECT_THAT(WordsOf("Grüße ПРИВЕТ Ωμέγα"),
              ElementsAre("grüße", "ωμέγα", "привет"));
  // Chinese and Japanese have no blanks; each letter stands alone.
  EXPECT_THAT(WordsOf("返金ok"), ElementsAre("ok", "返", "金"));
  EXPECT_THAT(WordsOf("'\" * & | ! \\ \xF0\x9F\x99\x82"), IsEmpty());
  EXPECT_THAT(WordsOf(""), IsEmpty());
}

TEST(WordsTest, LongOnesAreCutBetweenLetters) {
  EXPECT_EQ(WordsOf(std::string(100, 'x')).at(0), std::string(64, 'x'));
  std::string twos;
  for (int i = 0; i < 50; ++i) twos += "é";
  EXPECT_EQ(WordsOf(twos).at(0), twos.substr(0, 64));
  EXPECT_EQ(WordsOf(absl::StrCat("a", twos)).at(0),
            absl::StrCat("a", twos.substr(0, 62)));
}

TEST(WordsTest, AreJoinedOnce) {
  EXPECT_EQ(JoinWords({"b a", "", "A c"}), "a b c");
  EXPECT_EQ(JoinWords({}), "");
}

TEST(WordsTest, ASearchWithoutAWordIsRefused) {
  Violations bad;
  EXPECT_THAT(CheckSearch("", "search", bad), IsEmpty());
  EXPECT_THAT(CheckSearch("Re fund", "search", bad), ElementsAre("fund", "re"));
  EXPECT_THAT(Told(bad), IsEmpty());
  (void)CheckSearch("?!", "search", bad);
  (void)CheckSearch(std::string(257, 'a'), "search", bad);
  (void)CheckSearch("\xFF", "search", bad);
  EXPECT_THAT(Told(bad),
              ElementsAre("search SEARCH_EMPTY", "search TEXT_TOO_LONG",
                          "search TEXT_NOT_CLEAN"));
}

TEST(PlainTextTest, HasNoControlCharactersButTabsAndLineEnds) {
  const struct {
    const char* text;
    bool fine;
  } kTable[] = {
      {"", true},
      {"One\tline\nand\r\nanother.", true},
      {"<b>It's</b> \"fine\" & =1+1", true},
      {"Grüße, 誰か \xF0\x9F\x99\x82", true},
      {"\xC2\xA0", true},   // U+00A0, a blank
      {"\x1B[2J", false},   // ESC
      {"a\rb", false},      // a lone CR
      {"a\r", false},       // likewise
      {"\x7F", false},      // DEL
      {"\xC2\x9B", false},  // U+009B, CSI
      {"\x08", false},      // backspace
  };
  for (const auto& row : kTable) {
    Violations bad;
    CheckPlainText(row.text, "text", bad);
    EXPECT_EQ(bad.empty(), row.fine) << row.text;
    if (!row.fine) {
      EXPECT_THAT(Told(bad), ElementsAre("text TEXT_CONTROL"));
    }
  }
}

}  // namespace
}  // namespace attune
