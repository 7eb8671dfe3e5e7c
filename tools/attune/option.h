// Options of commands, without the parser's headers: they take longer to
// compile than most commands.

#ifndef ATTUNE_TOOLS_ATTUNE_OPTION_H_
#define ATTUNE_TOOLS_ATTUNE_OPTION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace attune {

// A handle on one that was added.  Members give it back, so that one can follow
// the other.
class Option {
 public:
  Option() = default;
  explicit Option(CLI::Option* option) : option_(option) {}

  Option& Required();
  // What stands for the value in help: `PERSON`.
  Option& TypeName(const std::string& name);
  // Any other value is refused, and told which ones there are.
  Option& OneOf(const std::vector<std::string>& words);
  // Both ends are taken too.
  Option& Between(int least, int most);
  Option& Between(int64_t least, int64_t most);
  Option& Between(uint64_t least, uint64_t most);
  Option& Between(double least, double most);
  Option& Positive();
  Option& Needs(const Option& other);
  Option& Excludes(const Option& other);
  // Of one that is given again and again: one value each time, so that what
  // follows is not taken for another.
  Option& OneValueEach();

  // Whether it stood on the command line.
  bool Given() const;

 private:
  CLI::Option* option_ = nullptr;
};

// `flags` is `--since`, `-o,--output`, or, for what has no dashes, its place:
// `call`.  `value` is set while the command line is read and must live until
// then: a std::string, a number, an optional one, or a std::vector<std::string>
// for what may be given again.  Each type is listed in option.cc.
template <typename Value>
Option AddOption(CLI::App& command, const std::string& flags, Value& value,
                 const std::string& help);

Option AddFlag(CLI::App& command, const std::string& flags, bool& value,
               const std::string& help);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_OPTION_H_
