#include "tools/attune/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/attune/table.h"

namespace attune {
namespace {

constexpr int kHelpWidth = 80;

// CLI11 writes the members of a set into the type's name: `TEXT:{a,b}`.
std::vector<std::string> ChoicesOf(const std::string& type) {
  const size_t open = type.find('{');
  const size_t close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return absl::StrSplit(type.substr(open + 1, close - open - 1), ',');
}

OptionText DescribeOption(const CLI::Option& option) {
  OptionText text;
  for (const std::string& name : option.get_snames()) {
    text.flags.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    text.flags.push_back("--" + name);
  }
  const std::string type = option.get_type_name();
  text.choices = ChoicesOf(type);
  if (option.get_positional() && text.flags.empty()) {
    text.value = absl::AsciiStrToUpper(option.get_name(true));
  } else if (option.get_expected_max() > 0) {
    text.value = type.substr(0, type.find(':'));
  }
  text.description = option.get_description();
  text.required = option.get_required();
  text.repeated = option.get_expected_max() > 1;
  text.takes_file = text.value == "FILE" || absl::StartsWith(type, "FILE");
  return text;
}

std::string PathOf(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name()
                           : absl::StrCat(PathOf(*parent), " ", app.get_name());
}

void AppendEntry(std::string& text, const std::string& name,
                 const std::string& description) {
  constexpr int kColumn = 26;
  absl::StrAppend(&text, "  ", name);
  const int used = DisplayWidth(name) + 2;
  if (used > kColumn - 2) {
    absl::StrAppend(&text, "\n", std::string(kColumn, ' '));
  } else {
    text.append(static_cast<size_t>(kColumn - used), ' ');
  }
  absl::StrAppend(&text, Wrapped(description, kHelpWidth - kColumn, kColumn),
                  "\n");
}

std::string DescriptionOf(const OptionText& option) {
  if (option.choices.empty()) return option.description;
  return absl::StrCat(option.description, " [",
                      absl::StrJoin(option.choices, "|"), "]");
}

nlohmann::ordered_json ToJson(const OptionText& option) {
  return {{"flags", option.flags},
          {"value", option.value},
          {"description", option.description},
          {"choices", option.choices},
          {"required", option.required},
          {"repeated", option.repeated}};
}

nlohmann::ordered_json ToJson(const CommandText& command) {
  nlohmann::ordered_json json = {{"path", command.path},
                                 {"summary", command.summary},
                                 {"synopsis", SynopsisOf(command)},
                                 {"examples", command.examples},
                                 {"arguments", nlohmann::ordered_json::array()},
                                 {"options", nlohmann::ordered_json::array()},
                                 {"commands", nlohmann::ordered_json::array()}};
  for (const OptionText& argument : command.arguments) {
    json["arguments"].push_back(ToJson(argument));
  }
  for (const OptionText& option : command.options) {
    json["options"].push_back(ToJson(option));
  }
  for (const CommandText& child : command.commands) {
    json["commands"].push_back(ToJson(child));
  }
  return json;
}

// How many letters must be added, dropped or changed.
size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1,
                         diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

CommandText Describe(const CLI::App& app) {
  CommandText text;
  text.path = PathOf(app);
  text.name = app.get_name();
  text.summary = app.get_description();
  const std::string examples = app.get_footer();
  if (!examples.empty()) {
    text.examples = absl::StrSplit(examples, '\n', absl::SkipEmpty());
  }
  for (const CLI::Option* option : app.get_options()) {
    OptionText described = DescribeOption(*option);
    (described.flags.empty() ? text.arguments : text.options)
        .push_back(std::move(described));
  }
  const auto all = [](const CLI::App*) { return true; };
  for (const CLI::App* command : app.get_subcommands(all)) {
    text.commands.push_back(Describe(*command));
  }
  return text;
}

std::string SynopsisOf(const CommandText& command) {
  std::string synopsis = command.path;
  if (!command.commands.empty()) absl::StrAppend(&synopsis, " COMMAND");
  for (const OptionText& option : command.options) {
    if (option.required) {
      absl::StrAppend(&synopsis, " ", option.flags.back(), " ", option.value);
    }
  }
  absl::StrAppend(&synopsis, " [OPTIONS]");
  for (const OptionText& argument : command.arguments) {
    const std::string name =
        absl::StrCat(argument.value, argument.repeated ? "..." : "");
    absl::StrAppend(&synopsis, " ",
                    argument.required ? name : absl::StrCat("[", name, "]"));
  }
  return synopsis;
}

std::string SignatureOf(const OptionText& option) {
  const std::string flags = absl::StrJoin(option.flags, ", ");
  if (flags.empty()) return option.value;
  return option.value.empty() ? flags : absl::StrCat(flags, " ", option.value);
}

std::string HelpText(const CommandText& command) {
  std::string text =
      absl::StrCat(Wrapped(command.summary, kHelpWidth, 0), "\n\n");
  if (!command.examples.empty()) {
    absl::StrAppend(&text, "Examples:\n");
    for (const std::string& example : command.examples) {
      absl::StrAppend(&text, "  ", example, "\n");
    }
    text += '\n';
  }
  absl::StrAppend(&text, "Usage:\n  ", SynopsisOf(command), "\n");
  if (!command.commands.empty()) {
    absl::StrAppend(&text, "\nCommands:\n");
    for (const CommandText& child : command.commands) {
      AppendEntry(text, child.name, child.summary);
    }
  }
  if (!command.arguments.empty()) {
    absl::StrAppend(&text, "\nArguments:\n");
    for (const OptionText& argument : command.arguments) {
      AppendEntry(text, SignatureOf(argument), DescriptionOf(argument));
    }
  }
  if (!command.options.empty()) {
    absl::StrAppend(&text, "\nOptions:\n");
    for (const OptionText& option : command.options) {
      AppendEntry(text, SignatureOf(option), DescriptionOf(option));
    }
  }
  const std::string program = command.path.substr(0, command.path.find(' '));
  if (command.path != program) {
    absl::StrAppend(&text, "\nOptions of every command: see `", program,
                    " --help`.\n");
  }
  return text;
}

std::string HelpJson(const CommandText& command) {
  return ToJson(command).dump(2) + "\n";
}

std::string NearestWord(absl::string_view word,
                        const std::vector<std::string>& candidates) {
  std::string nearest;
  // Two letters in the wrong order are two edits; short words have fewer.
  size_t least = word.size() < 4 ? 2 : std::max<size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace attune
