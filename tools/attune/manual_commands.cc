// completions, man, help: what the command table tells of itself.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/attune/command.h"
#include "tools/attune/completions.h"
#include "tools/attune/failure.h"
#include "tools/attune/help.h"
#include "tools/attune/man.h"

namespace attune {
namespace {

absl::Status WritePages(const CommandText& root, const std::string& folder,
                        const Session& session) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const auto& [name, page] : ManualPages(root)) {
    std::ofstream file(std::filesystem::path(folder) / name, std::ios::binary);
    file << page;
    if (!file.flush()) {
      return FileError(absl::StrCat("Cannot write ", folder, "/", name, "."));
    }
  }
  session.Say(absl::StrCat("Manual pages are in ", folder, "."));
  return absl::OkStatus();
}

// The command that the words name.
absl::StatusOr<CommandText> Find(const CommandText& root,
                                 const std::vector<std::string>& words) {
  CommandText found = root;
  for (const std::string& word : words) {
    std::vector<std::string> names;
    const CommandText* next = nullptr;
    for (const CommandText& child : found.commands) {
      names.push_back(child.name);
      if (child.name == word) next = &child;
    }
    if (next == nullptr) {
      const std::string nearest = NearestWord(word, names);
      return UsageError(absl::StrCat(
          "There is no command `", found.path, " ", word, "`.",
          nearest.empty() ? ""
                          : absl::StrCat("  Did you mean `", found.path, " ",
                                         nearest, "`?")));
    }
    CommandText deeper = *next;
    found = std::move(deeper);
  }
  return found;
}

void PrintAll(const CommandText& command, std::ostream& out) {
  if (command.commands.empty()) {
    out << SynopsisOf(command) << "\n    " << command.summary << "\n";
  }
  for (const CommandText& child : command.commands) PrintAll(child, out);
}

}  // namespace

void AddManualCommands(CLI::App& root, Session& session) {
  CLI::App& completions = AddCommand(
      root, "completions", "Print the completions for a shell.",
      "attune completions bash > /etc/bash_completion.d/attune\n"
      "attune completions zsh > ~/.zfunc/_attune\n"
      "attune completions fish > ~/.config/fish/completions/attune.fish");
  auto shell = std::make_shared<std::string>();
  AddOption(completions, "shell", *shell, "Which shell.")
      .Required()
      .OneOf({"bash", "zsh", "fish"});
  OnRun(completions, session, [&root, &session, shell] {
    const CommandText all = Describe(root);
    session.terminal.out << (*shell == "bash"  ? BashCompletions(all)
                             : *shell == "zsh" ? ZshCompletions(all)
                                               : FishCompletions(all));
    return absl::OkStatus();
  });

  CLI::App& man =
      AddCommand(root, "man", "Print the manual page, or write all of them.",
                 "attune man | man -l -\n"
                 "attune man --dir /usr/share/man/man1");
  auto folder = std::make_shared<std::string>();
  AddOption(man, "--dir", *folder, "Write one page for each command there.")
      .TypeName("FOLDER");
  OnRun(man, session, [&root, &session, folder]() -> absl::Status {
    const CommandText all = Describe(root);
    if (!folder->empty()) return WritePages(all, *folder, session);
    session.terminal.out << ManualPage(all);
    return absl::OkStatus();
  });

  CLI::App& help = AddCommand(root, "help", "Print help on a command.",
                              "attune help people import\n"
                              "attune help --all -o json");
  auto words = std::make_shared<std::vector<std::string>>();
  auto whole = std::make_shared<bool>(false);
  AddOption(help, "command", *words, "Which command.");
  AddFlag(help, "--all", *whole, "Every command.");
  OnRun(help, session, [&root, &session, words, whole]() -> absl::Status {
    const absl::StatusOr<CommandText> found = Find(Describe(root), *words);
    if (!found.ok()) return found.status();
    if (session.output.format == Format::kJson) {
      session.terminal.out << HelpJson(*found);
    } else if (*whole) {
      PrintAll(*found, session.terminal.out);
    } else {
      session.terminal.out << HelpText(*found);
    }
    return absl::OkStatus();
  });
}

}  // namespace attune
