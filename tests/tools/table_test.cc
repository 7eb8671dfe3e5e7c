#include "tools/attune/table.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/score.pb.h"
#include "tests/status_matchers.h"
#include "tools/attune/output.h"
#include "tools/attune/progress.h"
#include "tools/attune/terminal.h"

namespace attune {
namespace {

struct Streams {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err};
};

TEST(TableTest, AlignsByWhatTheEyeSees) {
  Table table({{"NAME"}, {"N", Align::kRight}, {"NOTE"}});
  table.AddRow({"Zoë", "7", "short"});
  table.AddRow({"李", "1234", ""});
  table.AddRow({"Robert", "12", "x"});
  EXPECT_EQ(table.Render({}),
            "NAME       N  NOTE\n"
            "Zoë        7  short\n"
            "李      1234\n"
            "Robert    12  x\n");
}

TEST(TableTest, CutsOnlyTextAndOnlyOnANarrowScreen) {
  Table table({{"NAME"}, {"N", Align::kRight}});
  table.AddRow({"a name that is much too long", "123456"});
  EXPECT_EQ(table.Render({.headers = false}),
            "a name that is much too long  123456\n");
  EXPECT_EQ(table.Render({.headers = false, .max_width = 20}),
            "a name that…  123456\n");
}

TEST(TableTest, ControlCharactersDoNotReachTheTerminal) {
  Table table({{"A"}});
  table.AddRow({"\x1b[31mred\x07\nnext\u202e"});
  EXPECT_EQ(table.Render({.headers = false}), "�[31mred� next�\n");
}

TEST(TableTest, ColourIsNeverAlone) {
  Table table({{"A"}});
  table.AddRow({"bad"}, Tone::kBad);
  EXPECT_EQ(table.Render({.headers = false, .color = true}),
            "\x1b[31mbad\x1b[0m\n");
  EXPECT_EQ(table.Render({.headers = false}), "bad\n");
}

TEST(TerminalTest, ColourFollowsTheEnvironment) {
  EXPECT_TRUE(WantsColor(true, nullptr, nullptr, "xterm"));
  EXPECT_FALSE(WantsColor(false, nullptr, nullptr, "xterm"));
  EXPECT_FALSE(WantsColor(true, "1", nullptr, "xterm"));
  EXPECT_TRUE(WantsColor(true, "", nullptr, "xterm"));
  EXPECT_FALSE(WantsColor(true, nullptr, nullptr, "dumb"));
  EXPECT_FALSE(WantsColor(true, nullptr, nullptr, nullptr));
  EXPECT_TRUE(WantsColor(false, nullptr, "1", nullptr));
  EXPECT_FALSE(WantsColor(false, nullptr, "0", "xterm"));
  EXPECT_FALSE(WantsColor(true, "1", "1", "xterm"));
}

TEST(TerminalTest, WrapsAtBlanks) {
  EXPECT_EQ(Wrapped("one two three", 8, 2), "one two\n  three");
  EXPECT_EQ(Wrapped("one two three", 0, 2), "one two three");
  EXPECT_EQ(Wrapped("unbreakable", 4, 0), "unbreakable");
}

v1::Person MakePerson(const std::string& id) {
  v1::Person person;
  person.set_name(absl::StrCat("people/", id));
  person.set_display_name("=cmd");
  return person;
}

std::vector<Column<v1::Person>> Columns() {
  return {{"person_id", Align::kLeft,
           [](const v1::Person& person) { return person.name().substr(7); }},
          {"display_name", Align::kLeft,
           [](const v1::Person& person) { return person.display_name(); }}};
}

std::string Print(const OutputOptions& options,
                  const std::vector<std::string>& ids) {
  Streams streams;
  ListPrinter<v1::Person> printer(streams.terminal, options, Columns());
  if (absl::Status status = printer.Begin(); !status.ok()) {
    return std::string(status.message());
  }
  for (const std::string& id : ids) printer.Add(MakePerson(id));
  printer.End();
  return streams.out.str();
}

TEST(OutputTest, PrintsAListInEveryFormat) {
  EXPECT_EQ(Print({}, {"a"}), "PERSON ID  DISPLAY NAME\na          =cmd\n");
  EXPECT_EQ(Print({.format = Format::kCsv}, {"a"}),
            "person_id,display_name\r\na,'=cmd\r\n");
  EXPECT_EQ(Print({.format = Format::kCsv, .headers = false}, {"a"}),
            "a,'=cmd\r\n");
  const std::string json =
      R"({"name":"people/a","display_name":"=cmd","roles":[],"team":"",)"
      R"("hire_date":"","etag":""})";
  EXPECT_EQ(Print({.format = Format::kJsonLines}, {"a"}), json + "\n");
  EXPECT_EQ(Print({.format = Format::kJson}, {"a"}), "[\n  " + json + "\n]\n");
}

TEST(OutputTest, AnEmptyListIsAnEmptyArray) {
  EXPECT_EQ(Print({.format = Format::kJson}, {}), "[]\n");
  EXPECT_EQ(Print({.format = Format::kJsonLines}, {}), "");
  EXPECT_EQ(Print({.format = Format::kCsv}, {}), "person_id,display_name\r\n");
}

TEST(OutputTest, FieldsChooseColumnsAndTheirOrder) {
  EXPECT_EQ(Print({.fields = {"display_name", "person_id"}}, {"a"}),
            "DISPLAY NAME  PERSON ID\n=cmd          a\n");
  EXPECT_EQ(Print({.fields = {"age"}}, {"a"}),
            "There is no field age; the fields are person_id, display_name.");
}

TEST(OutputTest, NumbersStayAndWhatIsAbsentStaysAbsent) {
  v1::Score score;
  score.set_percent(0);
  score.add_questions()->set_question_id("q");
  EXPECT_EQ(ToJson(score, false),
            R"({"band":"","rule":"RULE_UNSPECIFIED","sections":[],)"
            R"("questions":[{"question_id":"q","section_id":"",)"
            R"("state":"STATE_UNSPECIFIED","points_earned":0,)"
            R"("points_possible":0,"effective_share":0,"lost":0,)"
            R"("bonus":false}],"critical_failures":[],"largest_losses":[],)"
            R"("unanswered":[],"below_floor":false,"percent":0})");
}

TEST(ProgressTest, ShowsRateAndTimeLeft) {
  EXPECT_EQ(ProgressLine("calls", 10, 20, 2'000'000),
            "calls  [##########----------]  50 %  10/20  5/s  2 s left");
  EXPECT_EQ(ProgressLine("calls", 0, 0, 0),
            "calls  [####################]  100 %  0/0");
}

TEST(ProgressTest, IsSilentWithoutATerminal) {
  Streams streams;
  Session session(streams.terminal);
  { Progress(session, "calls", 2).Update(1); }
  EXPECT_EQ(streams.err.str(), "");
  session.terminal.err_is_tty = true;
  { Progress(session, "calls", 2).Update(1); }
  EXPECT_NE(streams.err.str().find("50 %"), std::string::npos);
}

}  // namespace
}  // namespace attune
