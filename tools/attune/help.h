// What the command table says about each command, for help, completions and
// manual pages.

#ifndef ATTUNE_TOOLS_ATTUNE_HELP_H_
#define ATTUNE_TOOLS_ATTUNE_HELP_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/attune/option.h"

namespace attune {

struct OptionText {
  std::vector<std::string> flags;  // with dashes; empty for an argument
  std::string value;  // such as FILE, or an argument's name; empty for a flag
  std::string description;
  std::vector<std::string> choices;
  bool required = false;
  bool repeated = false;
  bool takes_file = false;
};

struct CommandText {
  std::string path;  // `attune people import`
  std::string name;  // `import`
  std::string summary;
  std::vector<std::string> examples;
  std::vector<OptionText> arguments;
  std::vector<OptionText> options;
  std::vector<CommandText> commands;
};

CommandText Describe(const CLI::App& app);

// `attune people import [OPTIONS] FILE`
std::string SynopsisOf(const CommandText& command);
// `-o, --output FORMAT`
std::string SignatureOf(const OptionText& option);

// Help as it is shown: what it does, examples, arguments, options.
std::string HelpText(const CommandText& command);
// The whole tree as JSON, for tools.
std::string HelpJson(const CommandText& command);

// The candidate that `word` was probably meant to be; empty if none is near.
std::string NearestWord(absl::string_view word,
                        const std::vector<std::string>& candidates);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_HELP_H_
