#include "tools/attune/man.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace attune {
namespace {

constexpr char kExitCodes[] = R"(.SH EXIT STATUS
.TP
.B 0
It worked.
.TP
.B 1
Something failed that has no code of its own, such as a file that cannot be
read.
.TP
.B 2
The command line is wrong.
.TP
.B 3
What was asked for is not there, or not within the caller's reach.
.TP
.B 4
The token is missing, unknown, or may not do this.
.TP
.B 5
It is there already, was changed meanwhile, or is in a state that does not
allow it.
.TP
.B 6
The content is wrong; every error has been listed.
.TP
.B 7
The server is not available, is too busy, or did not answer in time.
.TP
.B 8
A check ran and found something.
.TP
.B 130
Interrupted with Ctrl-C.
)";

constexpr char kEnvironment[] = R"(.SH ENVIRONMENT
.TP
.B ATTUNE_SERVER
HOST:PORT of the server, where \-\-server is not given.
.TP
.B ATTUNE_TOKEN_FILE
File with the API token, where \-\-token\-file is not given.
.TP
.B NO_COLOR, CLICOLOR_FORCE, TERM
A value in NO_COLOR switches colour off; one in CLICOLOR_FORCE switches it on,
also where the output is no terminal; TERM=dumb is a terminal without colour.
)";

// roff takes a dash for a hyphen and a leading dot for a request.
std::string Roff(absl::string_view text) {
  std::string escaped =
      absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
  if (absl::StartsWith(escaped, ".") || absl::StartsWith(escaped, "'")) {
    escaped = absl::StrCat("\\&", escaped);
  }
  return escaped;
}

std::string PageName(const CommandText& command) {
  return absl::StrReplaceAll(command.path, {{" ", "-"}});
}

std::string Heading(const CommandText& command) {
  const std::string page = PageName(command);
  return absl::StrCat(".TH \"", absl::AsciiStrToUpper(Roff(page)),
                      "\" \"1\" \"\" \"attune " ATTUNE_VERSION
                      "\" \"Attune\"\n.SH NAME\n",
                      Roff(page), " \\- ", Roff(command.summary), "\n");
}

std::string Examples(const CommandText& command) {
  if (command.examples.empty()) return "";
  std::string text = ".SH EXAMPLES\n";
  for (const std::string& example : command.examples) {
    absl::StrAppend(&text, ".PP\n.B ", Roff(example), "\n");
  }
  return text;
}

void AppendOptions(std::string& text, const std::vector<OptionText>& options) {
  for (const OptionText& option : options) {
    absl::StrAppend(&text, ".TP\n.B ", Roff(SignatureOf(option)), "\n",
                    Roff(option.description));
    if (!option.choices.empty()) {
      absl::StrAppend(&text, " One of ",
                      Roff(absl::StrJoin(option.choices, ", ")), ".");
    }
    text += '\n';
  }
}

std::string OptionSections(const CommandText& command) {
  std::string text;
  if (!command.arguments.empty()) {
    text += ".SH ARGUMENTS\n";
    AppendOptions(text, command.arguments);
  }
  if (!command.options.empty()) {
    text += ".SH OPTIONS\n";
    AppendOptions(text, command.options);
  }
  return text;
}

// Leaves of the tree, in order.
void ListCommands(const CommandText& command, std::string& text) {
  if (command.commands.empty()) {
    absl::StrAppend(&text, ".TP\n.B ", Roff(SynopsisOf(command)), "\n",
                    Roff(command.summary), "\n");
  }
  for (const CommandText& child : command.commands) ListCommands(child, text);
}

void AddPages(const CommandText& command,
              std::map<std::string, std::string>& pages) {
  for (const CommandText& child : command.commands) {
    if (child.commands.empty()) {
      pages[PageName(child) + ".1"] = absl::StrCat(
          Heading(child), ".SH SYNOPSIS\n.B ", Roff(SynopsisOf(child)), "\n",
          Examples(child), OptionSections(child),
          ".PP\nOptions of every command, and exit codes: see\n.BR attune "
          "(1).\n");
    }
    AddPages(child, pages);
  }
}

}  // namespace

std::string ManualPage(const CommandText& root) {
  std::string commands;
  ListCommands(root, commands);
  return absl::StrCat(Heading(root), ".SH SYNOPSIS\n.B ",
                      Roff(SynopsisOf(root)), "\n", Examples(root),
                      ".SH COMMANDS\n", commands, OptionSections(root),
                      kEnvironment, kExitCodes);
}

std::map<std::string, std::string> ManualPages(const CommandText& root) {
  std::map<std::string, std::string> pages;
  AddPages(root, pages);
  pages["attune.1"] = ManualPage(root);
  return pages;
}

}  // namespace attune
