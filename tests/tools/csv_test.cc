#include "tools/attune/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace attune {
namespace {

// `1:a|b 2:c|d`, or the error.
std::string Read(absl::string_view text) {
  const auto rows = ParseCsv(text);
  if (!rows.ok()) return std::string(rows.status().message());
  return absl::StrJoin(*rows, " ", [](std::string* out, const CsvRow& row) {
    absl::StrAppend(out, row.line, ":", absl::StrJoin(row.cells, "|"));
  });
}

TEST(CsvTest, ReadsWhatTheTableSays) {
  const struct {
    const char* text;
    const char* want;
  } kTable[] = {
      {"", ""},
      {"a,b", "1:a|b"},
      {"a,b\n", "1:a|b"},
      {"a,b\r\nc,d\r\n", "1:a|b 2:c|d"},
      {"\xef\xbb\xbf"
       "a,b\n",
       "1:a|b"},
      {"a\n\n\nb\n", "1:a 4:b"},
      {"a,\n,b\n", "1:a| 2:|b"},
      {"\"a,b\",c\n", "1:a,b|c"},
      {"\"say \"\"hi\"\"\"\n", "1:say \"hi\""},
      {"\"two\nlines\",x\ny,z\n", "1:two\nlines|x 3:y|z"},
      {"\"\"\n", "1:"},
      {" a , b \n", "1: a | b "},
      {"Zoë,\xf0\x9f\x98\x80\n", "1:Zoë|\xf0\x9f\x98\x80"},
  };
  for (const auto& row : kTable) EXPECT_EQ(Read(row.text), row.want);
}

TEST(CsvTest, NamesLineAndColumnOfWhatItRefuses) {
  const struct {
    std::string text;
    const char* want;
  } kTable[] = {
      {"a\nb\"c\n",
       "2:2: A quote stands inside a cell that is not quoted; quote the whole "
       "cell and double the quote."},
      {"a\n\"b\"c\n", "2:4: There is text after the closing quote."},
      {"a\nx,\"b\nc\n",
       "2:3: The quoted cell that begins here never ends; the file may be cut "
       "off."},
      {"a\rb\n", "1:2: A carriage return stands alone."},
      {std::string("a,b\nc,\0d\n", 9),
       "2:3: There is a NUL byte; this is not a text file."},
      {"a\nZo\xeb\n", "2:3: This is not UTF-8 text."},
      {"caf\xc3", "1:4: This is not UTF-8 text."},
  };
  for (const auto& row : kTable) EXPECT_EQ(Read(row.text), row.want);
}

TEST(CsvTest, WritesWhatItReadsBack) {
  const std::vector<std::string> cells = {"plain",      "a,b", "say \"hi\"",
                                          "two\nlines", "",    "end"};
  const auto rows = ParseCsv(CsvLine(cells));
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ(rows->front().cells, cells);
  EXPECT_EQ(CsvLine({"a", "b"}), "a,b\r\n");
  EXPECT_EQ(CsvLine({""}), "\"\"\r\n");
}

TEST(CsvTest, NoCellIsAFormula) {
  const struct {
    const char* cell;
    const char* want;
  } kTable[] = {
      {"=1+1", "'=1+1\r\n"},
      {"+49 30 1", "'+49 30 1\r\n"},
      {"-x", "'-x\r\n"},
      {"@SUM(A1)", "'@SUM(A1)\r\n"},
      {"\tx", "'\tx\r\n"},
      {"\rx", "\"'\rx\"\r\n"},
      {"-12.5", "-12.5\r\n"},
      {"+3", "+3\r\n"},
      {"-1e3", "-1e3\r\n"},
      {"-inf", "'-inf\r\n"},
      {"-", "'-\r\n"},
      {"a=1", "a=1\r\n"},
      {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"\r\n"},
  };
  for (const auto& row : kTable) EXPECT_EQ(CsvLine({row.cell}), row.want);
}

}  // namespace
}  // namespace attune
