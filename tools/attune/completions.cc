#include "tools/attune/completions.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace attune {
namespace {

// In single quotes of any shell here.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::vector<std::string> WordsAt(const CommandText& command,
                                 const CommandText& root) {
  std::vector<std::string> words;
  for (const CommandText& child : command.commands) words.push_back(child.name);
  for (const OptionText& argument : command.arguments) {
    words.insert(words.end(), argument.choices.begin(), argument.choices.end());
  }
  // Every command has --help, as the root has.
  std::set<std::string> flags;
  for (const CommandText* source : {&command, &root}) {
    for (const OptionText& option : source->options) {
      flags.insert(option.flags.begin(), option.flags.end());
    }
  }
  words.insert(words.end(), flags.begin(), flags.end());
  return words;
}

bool TakesFiles(const CommandText& command) {
  return std::any_of(
      command.arguments.begin(), command.arguments.end(),
      [](const OptionText& argument) { return argument.takes_file; });
}

// Fills `cases` with `PATH) kind=... next=...;;` of a shell `case`.
void AddWordCases(const CommandText& command, const CommandText& root,
                  std::string& cases) {
  absl::StrAppend(&cases, "    ", Quoted(command.path),
                  ") kind=", TakesFiles(command) ? "any" : "words",
                  " next=", Quoted(absl::StrJoin(WordsAt(command, root), " ")),
                  ";;\n");
  for (const CommandText& child : command.commands) {
    AddWordCases(child, root, cases);
  }
}

void AddPaths(const CommandText& command, std::vector<std::string>& paths) {
  for (const CommandText& child : command.commands) {
    paths.push_back(Quoted(child.path));
    AddPaths(child, paths);
  }
}

// Options with a fixed set of values, and those that take something else.
void AddValueCases(const CommandText& command, std::string& cases) {
  for (const OptionText& option : command.options) {
    if (option.value.empty()) continue;
    std::vector<std::string> patterns;
    for (const std::string& flag : option.flags) {
      patterns.push_back(Quoted(absl::StrCat(command.path, " ", flag)));
    }
    absl::StrAppend(
        &cases, "    ", absl::StrJoin(patterns, "|"), ") ",
        option.choices.empty()
            ? (option.takes_file ? std::string("kind=file") : "kind=none")
            : absl::StrCat("kind=words next=",
                           Quoted(absl::StrJoin(option.choices, " "))),
        ";;\n");
  }
  for (const CommandText& child : command.commands) {
    AddValueCases(child, cases);
  }
}

// The same walk for bash and zsh: how far the words lead into the command
// tree, and what may come next.  Sets `kind` and `next`.
std::string WalkFunction(const CommandText& root) {
  std::vector<std::string> paths;
  AddPaths(root, paths);
  std::string word_cases;
  AddWordCases(root, root, word_cases);
  std::string value_cases;
  AddValueCases(root, value_cases);
  return absl::StrCat(
      "# _attune_next PREVIOUS WORD...: what may follow `attune WORD...`.\n"
      "_attune_next() {\n"
      "  local previous=$1 word\n"
      "  shift\n"
      "  at=attune kind=words next=\n"
      "  for word in \"$@\"; do\n"
      "    case \"$at $word\" in\n    ",
      absl::StrJoin(paths, "|"),
      ") at=\"$at $word\";;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at\" in\n",
      word_cases,
      "  esac\n"
      "  for word in \"$at $previous\" \"attune $previous\"; do\n"
      "    case \"$word\" in\n",
      value_cases,
      "    *) continue;;\n"
      "    esac\n"
      "    break\n"
      "  done\n"
      "}\n");
}

void AddFishLines(const CommandText& command, std::string& script) {
  std::vector<std::string> names;
  for (const CommandText& child : command.commands) names.push_back(child.name);
  const std::string condition =
      Quoted(absl::StrCat("__attune_at ", Quoted(command.path)));
  for (const CommandText& child : command.commands) {
    absl::StrAppend(&script, "complete -c attune -n ", condition, " -f -a ",
                    Quoted(child.name), " -d ", Quoted(child.summary), "\n");
  }
  for (const OptionText& argument : command.arguments) {
    if (argument.choices.empty()) continue;
    absl::StrAppend(&script, "complete -c attune -n ", condition, " -f -a ",
                    Quoted(absl::StrJoin(argument.choices, " ")), "\n");
  }
  for (const OptionText& option : command.options) {
    absl::StrAppend(&script, "complete -c attune");
    // The options of the root are good everywhere.
    if (command.path != "attune") {
      absl::StrAppend(&script, " -n ", condition);
    }
    for (const std::string& flag : option.flags) {
      const bool is_long = flag.size() > 2;
      absl::StrAppend(&script, is_long ? " -l " : " -s ",
                      flag.substr(is_long ? 2 : 1));
    }
    if (!option.value.empty()) {
      absl::StrAppend(&script, option.takes_file ? " -r -F" : " -x");
    }
    if (!option.choices.empty()) {
      absl::StrAppend(&script, " -a ",
                      Quoted(absl::StrJoin(option.choices, " ")));
    }
    absl::StrAppend(&script, " -d ", Quoted(option.description), "\n");
  }
  for (const CommandText& child : command.commands) {
    AddFishLines(child, script);
  }
}

}  // namespace

std::string BashCompletions(const CommandText& root) {
  return absl::StrCat(
      "# bash completion for attune\n", WalkFunction(root),
      "_attune() {\n"
      "  local at kind next\n"
      "  local current=${COMP_WORDS[COMP_CWORD]}\n"
      "  _attune_next \"${COMP_WORDS[COMP_CWORD-1]}\" "
      "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\"\n"
      "  COMPREPLY=()\n"
      "  case $kind in\n"
      "    none) return;;\n"
      "    file) COMPREPLY=($(compgen -f -- \"$current\")); return;;\n"
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$next\" -- \"$current\"))\n"
      "  if [[ $kind == any && $current != -* ]]; then\n"
      "    COMPREPLY+=($(compgen -f -- \"$current\"))\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _attune attune\n");
}

std::string ZshCompletions(const CommandText& root) {
  return absl::StrCat("#compdef attune\n", WalkFunction(root),
                      "_attune() {\n"
                      "  local at kind next\n"
                      "  _attune_next \"${words[CURRENT-1]}\" "
                      "\"${(@)words[2,CURRENT-1]}\"\n"
                      "  case $kind in\n"
                      "    none) return;;\n"
                      "    file) _files; return;;\n"
                      "  esac\n"
                      "  compadd -- ${=next}\n"
                      "  [[ $kind == any && $PREFIX != -* ]] && _files\n"
                      "}\n"
                      "compdef _attune attune\n");
}

std::string FishCompletions(const CommandText& root) {
  std::string script = absl::StrCat(
      "# fish completion for attune\n"
      "function __attune_at\n"
      "  set -l path attune\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$path $word\"\n"
      "      case ");
  std::vector<std::string> paths;
  AddPaths(root, paths);
  absl::StrAppend(&script, absl::StrJoin(paths, " "),
                  "\n"
                  "        set path \"$path $word\"\n"
                  "    end\n"
                  "  end\n"
                  "  test \"$path\" = \"$argv[1]\"\n"
                  "end\n");
  AddFishLines(root, script);
  return script;
}

}  // namespace attune
