#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/temp_dir.h"
#include "tools/attune/commands.h"
#include "tools/attune/completions.h"
#include "tools/attune/help.h"
#include "tools/attune/man.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Result {
  int code;
  std::string out;
  std::string err;
};

Result Attune(const std::vector<std::string>& arguments,
              const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int code = RunAttune(arguments, Terminal{in, out, err});
  return {code, out.str(), err.str()};
}

std::string Source(const std::string& path) {
  return absl::StrCat(ATTUNE_SOURCE_DIR, "/", path);
}

CommandText Root() {
  static std::istringstream in;
  static std::ostringstream out;
  Session session(Terminal{in, out, out});
  return Describe(*MakeCommands(session));
}

// Every command that can be run.
void Leaves(const CommandText& command, std::vector<CommandText>& leaves) {
  if (command.commands.empty()) leaves.push_back(command);
  for (const CommandText& child : command.commands) Leaves(child, leaves);
}

std::vector<CommandText> AllCommands() {
  std::vector<CommandText> leaves;
  Leaves(Root(), leaves);
  return leaves;
}

TEST(CommandLineTest, EveryCommandOfTheContractIsThere) {
  std::vector<std::string> paths;
  for (const CommandText& command : AllCommands()) {
    paths.push_back(command.path.substr(7));
  }
  EXPECT_THAT(
      paths,
      testing::UnorderedElementsAre(
          "people import", "people list", "people show", "teams import",
          "teams list", "teams show", "teams create", "calls import",
          "calls list", "calls show", "forms lint", "forms score",
          "forms import", "forms publish", "forms list", "forms show",
          "forms compare", "forms backtest", "score", "evaluations import",
          "evaluations list", "surveys import", "surveys list", "surveys show",
          "nps", "report surveys", "report drivers", "report change-note",
          "change-notes add", "change-notes list", "evaluations show",
          "evaluations acknowledge", "evaluations comment",
          "evaluations comments", "evaluations void", "contests list",
          "contests show", "contests open", "contests rule",
          "contests escalate", "calibrations create", "calibrations list",
          "calibrations show", "calibrations score", "calibrations close",
          "calibrations result", "report severity", "report drift",
          "queue next", "queue list", "queue claim", "queue skip",
          "queue reassign", "queue add", "plans create", "plans update",
          "plans list", "plans show", "plans draw", "plans draws",
          "report agent", "report team", "report form-health",
          "report contests", "stats agreement", "stats severity", "stats nps",
          "stats compare", "stats shrink", "stats drivers",
          "self-check cycles create", "self-check cycles list",
          "self-check cycles show", "self-check cycles close", "self-check due",
          "self-check to-score", "self-check pick", "self-check score",
          "self-check show", "self-check gaps", "self-check feedback",
          "props invite", "props submit", "props revoke", "props list",
          "props show", "props moderate", "great-calls nominate",
          "great-calls confirm", "great-calls decline", "great-calls search",
          "great-calls list", "great-calls show", "great-calls kudos",
          "relationship-values add", "relationship-values list",
          "report relationship-value", "report recognition",
          "cancellations record", "cancellations show", "cancellations list",
          "report cancellations", "feedback give", "feedback list",
          "feedback show", "feedback decide", "feedback reassign",
          "feedback mark", "feedback unanswered", "recovery open",
          "recovery list", "recovery show", "recovery close", "report recovery",
          "harm raise", "harm add", "harm list", "harm show", "harm contacts",
          "harm answer", "themes apply", "themes list", "themes tag",
          "themes untag", "themes tags", "report themes", "report voice",
          "report insight", "stories tell", "floor log", "floor list",
          "floor delete", "floor hours", "floor quotas", "floor set-quota",
          "floor work-days import", "floor work-days list", "report floor",
          "report service-level", "token create", "token list", "token revoke",
          "admin verify", "admin migrate-store", "completions", "man", "help"));
}

TEST(CommandLineTest, EveryCommandHasASentenceAndAnExample) {
  for (const CommandText& command : AllCommands()) {
    EXPECT_FALSE(command.examples.empty()) << command.path;
    EXPECT_EQ(command.summary.back(), '.') << command.path;
    for (const OptionText& option : command.options) {
      EXPECT_FALSE(option.description.empty()) << command.path;
    }
    const Result help = Attune({"help", "-q"});
    EXPECT_EQ(help.code, 0);
  }
}

TEST(CommandLineTest, HelpBeginsWithWhatItDoesAndExamples) {
  const Result help = Attune({"people", "import", "--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_EQ(help.err, "");
  EXPECT_THAT(help.out, StartsWith("Create people from a CSV file"));
  EXPECT_LT(help.out.find("Examples:"), help.out.find("Usage:"));
  EXPECT_THAT(help.out, HasSubstr("attune people import [OPTIONS] FILE"));
  EXPECT_EQ(Attune({"help", "people", "import"}).out, help.out);
  EXPECT_EQ(Attune({}).code, 0);
  EXPECT_THAT(Attune({}).out, HasSubstr("Commands:"));
}

TEST(CommandLineTest, WrongCommandLinesAreUsageErrors) {
  const struct {
    std::vector<std::string> arguments;
    const char* want;
  } kTable[] = {
      {{"people"}, "Commands:"},
      {{"people", "lsit"}, "Did you mean `attune people list`?"},
      {{"poeple", "list"}, "Did you mean `attune people`?"},
      {{"people", "list", "--tema", "x"}, "Did you mean --team?"},
      {{"people", "show"}, "person"},
      {{"people", "show", "1", "2"}, "one word too many: 2"},
      {{"people", "list", "--role", "boss"}, "boss"},
      {{"people", "list", "-o", "yaml"}, "yaml"},
      {{"people", "show", "No Id"}, "is no id of a person"},
      {{"calls", "list", "--limit", "0"}, "limit"},
      {{"calls", "import", "x", "--channel", "fax"}, "fax"},
      {{"--timeout", "x", "people", "list"}, "timeout"},
      {{"--server", "nowhere", "people", "list"}, "--server is HOST:PORT"},
      {{"score", "abc", "--form", "call"}, "--answers"},
      {{"report", "team", "t", "--since", "March"}, "is no day"},
      {{"help", "poeple"}, "Did you mean `attune people`?"},
      {{"completions", "tcsh"}, "tcsh"},
      {{"forms", "score", "-", "--answers", "-"}, "standard input"},
  };
  for (const auto& row : kTable) {
    const Result result = Attune(row.arguments);
    EXPECT_EQ(result.code, 2) << row.want;
    EXPECT_THAT(result.err, HasSubstr(row.want));
    EXPECT_EQ(result.out, "");
  }
}

TEST(CommandLineTest, AnArgumentMayBeNamedLikeACommand) {
  // Fails for want of a server, not of a word.
  EXPECT_EQ(Attune({"--server", "127.0.0.1:1", "--timeout", "5", "teams",
                    "show", "people"})
                .code,
            7);
}

TEST(CommandLineTest, AServerThatIsAwayIsSaidAndIsSeven) {
  const Result result = Attune({"people", "list", "--server", "127.0.0.1:1",
                                "--timeout", "5", "-o", "json"});
  EXPECT_EQ(result.code, 7);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err,
              StartsWith("attune: The server at 127.0.0.1:1 is not available"));
  const std::string json = result.err.substr(result.err.find("{\"error\""));
  EXPECT_EQ(nlohmann::json::parse(json)["error"]["code"], "UNAVAILABLE");
}

TEST(CommandLineTest, VersionIsOneLine) {
  const Result version = Attune({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_THAT(version.out, testing::MatchesRegex("attune [0-9.]+\n"));
}

TEST(CommandLineTest, LintsTheDefaultForms) {
  const Result result =
      Attune({"forms", "lint", Source("config/forms/call.textproto"),
              Source("config/forms/cancellation_call.textproto"),
              Source("config/forms/written_contact.textproto")});
  EXPECT_EQ(result.code, 0) << result.out;
  EXPECT_THAT(result.err, StartsWith("3 forms: 0 errors, "));
}

TEST(CommandLineTest, LintNamesThePlaceOfEachError) {
  const TempDir folder;
  const std::string path = folder.file("form.textproto");
  std::ofstream(path) << "title: \"T\"\n"
                         "sections {\n"
                         "  section_id: \"S\"\n"
                         "  title: \"S\"\n"
                         "}\n";
  const Result lint = Attune({"forms", "lint", path});
  EXPECT_EQ(lint.code, 6);
  EXPECT_THAT(lint.out, HasSubstr(absl::StrCat(path, ":3:3: error: ")));
  const Result json = Attune({"forms", "lint", path, "-o", "json"});
  EXPECT_EQ(json.code, 6);
  const auto findings = nlohmann::json::parse(json.out);
  EXPECT_EQ(findings[0]["file"], path);
  EXPECT_EQ(findings[0]["severity"], "SEVERITY_ERROR");
  std::ofstream(path) << "title: \"T\"\nsections { oops }\n";
  const Result syntax = Attune({"forms", "lint", path});
  EXPECT_EQ(syntax.code, 6);
  EXPECT_THAT(syntax.out, StartsWith(absl::StrCat(path, ":2:")));
  EXPECT_EQ(Attune({"forms", "lint", folder.file("none")}).code, 1);
  EXPECT_EQ(Attune({"forms", "lint", folder.path()}).code, 1);
}

constexpr char kAnswers[] =
    R"({"two_tries": "none", "rapport": "no", "empathy": "na", "wow": "no",
        "solved": "yes", "unstated_need": "na", "options": "na",
        "verified": "no", "nothing_given_away": "no", "opening": "yes",
        "name": "no", "lead_in": "no", "close": "yes",
        "loyal_customer": "na", "tone": "yes", "let_speak": "yes",
        "flow": "no"})";

TEST(CommandLineTest, ScoresAnswersOnTheDefaultForm) {
  const std::string form = Source("config/forms/call.textproto");
  const Result json = Attune(
      {"forms", "score", form, "--answers", "-", "-o", "json"}, kAnswers);
  ASSERT_EQ(json.code, 0) << json.err;
  const auto score = nlohmann::json::parse(json.out);
  EXPECT_EQ(score["percent"], 37.0);
  EXPECT_EQ(score["percent_before_critical"], 37.0);
  EXPECT_EQ(score["sections"].size(), 5u);
  EXPECT_EQ(score["questions"].size(), 17u);
  EXPECT_EQ(score["sections"][0]["effective_share"], 40.0);
  EXPECT_EQ(score["unanswered"].size(), 0u);
  const Result text =
      Attune({"forms", "score", form, "--answers", "-"}, kAnswers);
  EXPECT_THAT(text.out, HasSubstr("37.00 of 100"));
  EXPECT_THAT(text.out, HasSubstr("Where most was lost\n   17.14  "));
  const Result csv =
      Attune({"forms", "score", form, "--answers", "-", "-o", "csv"}, kAnswers);
  EXPECT_THAT(csv.out, StartsWith("question_id,section_id,state,"));
  const Result open = Attune({"forms", "score", form, "--answers", "-"},
                             "{\"solved\":\"yes\"}");
  EXPECT_EQ(open.code, 0);
  EXPECT_THAT(open.out, HasSubstr("so far 100.00, 16 questions to go"));
}

TEST(CommandLineTest, AnswersThatDoNotFitAreAllNamed) {
  const std::string form = Source("config/forms/call.textproto");
  const Result result =
      Attune({"forms", "score", form, "--answers", "-"},
             R"({"solved": "perhaps", "nosuch": 1, "verified": "na"})");
  EXPECT_EQ(result.code, 6);
  EXPECT_THAT(result.err, HasSubstr("-: solved: "));
  EXPECT_THAT(result.err, HasSubstr("[CHOICE_UNKNOWN]"));
  EXPECT_THAT(result.err, HasSubstr("-: nosuch: "));
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(Attune({"forms", "score", form, "--answers", "-"}, "{").code, 6);
  EXPECT_EQ(Attune({"forms", "score", form, "--answers", "/none"}).code, 1);
}

TEST(CommandLineTest, ComparesFilesWithoutAServer) {
  const std::string form = Source("config/forms/call.textproto");
  const Result same = Attune({"forms", "compare", form, form});
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_EQ(same.out, "Nothing differs.\n");
  const Result other =
      Attune({"forms", "compare", form,
              Source("config/forms/written_contact.textproto"), "-o", "json"});
  EXPECT_EQ(other.code, 0);
  EXPECT_GT(nlohmann::json::parse(other.out)["questions"].size(), 0u);
}

// As a manual page writes it.
std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(text, {{"-", "\\-"}});
}

TEST(ManualTest, CompletionsAndManualPagesNameEveryCommandAndOption) {
  const CommandText root = Root();
  const std::string bash = BashCompletions(root);
  const std::string zsh = ZshCompletions(root);
  const std::string fish = FishCompletions(root);
  const auto pages = ManualPages(root);
  const std::string page = ManualPage(root);
  for (const CommandText& command : AllCommands()) {
    for (const std::string* script : {&bash, &zsh, &fish}) {
      EXPECT_THAT(*script, HasSubstr(absl::StrCat("'", command.path, "'")));
    }
    std::string file = command.path;
    std::replace(file.begin(), file.end(), ' ', '-');
    ASSERT_EQ(pages.count(file + ".1"), 1u) << file;
    EXPECT_THAT(page, HasSubstr(Escaped(command.path)));
    for (const OptionText& option : command.options) {
      const std::string name = option.flags.back().substr(2);
      EXPECT_THAT(bash, HasSubstr("--" + name));
      EXPECT_THAT(fish, HasSubstr(" -l " + name));
      EXPECT_THAT(pages.at(file + ".1"), HasSubstr("\\-\\-" + Escaped(name)));
    }
  }
  EXPECT_THAT(page, HasSubstr(".SH EXIT STATUS"));
}

TEST(ManualTest, HelpAllIsJsonForTools) {
  const Result result = Attune({"help", "--all", "-o", "json"});
  ASSERT_EQ(result.code, 0);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["path"], "attune");
  EXPECT_EQ(json["commands"].size(), Root().commands.size());
  EXPECT_THAT(Attune({"help", "--all"}).out,
              HasSubstr("attune evaluations acknowledge [OPTIONS] EVALUATION"));
}

TEST(ManualTest, WritesAPageForEachCommand) {
  const TempDir folder;
  EXPECT_EQ(Attune({"man", "--dir", folder.file("man1")}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder.file("man1/attune.1")));
  EXPECT_TRUE(
      std::filesystem::exists(folder.file("man1/attune-people-import.1")));
  EXPECT_THAT(Attune({"man"}).out, StartsWith(".TH \"ATTUNE\" \"1\""));
}

TEST(HelpTest, SuggestsOnlyWhatIsNear) {
  const std::vector<std::string> words = {"import", "list", "show"};
  EXPECT_EQ(NearestWord("lsit", words), "list");
  EXPECT_EQ(NearestWord("imprt", words), "import");
  EXPECT_EQ(NearestWord("shwo", words), "show");
  EXPECT_EQ(NearestWord("delete", words), "");
  EXPECT_EQ(NearestWord("x", words), "");
}

}  // namespace
}  // namespace attune
