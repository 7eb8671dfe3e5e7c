#include "tools/attune/option.h"

#include <CLI/CLI.hpp>
#include <limits>
#include <optional>

namespace attune {

Option& Option::Required() {
  option_->required();
  return *this;
}

Option& Option::TypeName(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::OneOf(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Option& Option::Between(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::Between(int64_t least, int64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::Between(uint64_t least, uint64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::Between(double least, double most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::Positive() {
  option_->check(CLI::Range(1, std::numeric_limits<int>::max()));
  return *this;
}

Option& Option::Needs(const Option& other) {
  option_->needs(other.option_);
  return *this;
}

Option& Option::Excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option& Option::OneValueEach() {
  option_->allow_extra_args(false);
  return *this;
}

bool Option::Given() const { return option_->count() > 0; }

template <typename Value>
Option AddOption(CLI::App& command, const std::string& flags, Value& value,
                 const std::string& help) {
  return Option(command.add_option(flags, value, help));
}

template Option AddOption(CLI::App&, const std::string&, std::string&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&,
                          std::vector<std::string>&, const std::string&);
template Option AddOption(CLI::App&, const std::string&, int&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&, int64_t&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&, uint64_t&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&, double&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&, std::optional<int>&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&,
                          std::optional<int64_t>&, const std::string&);
template Option AddOption(CLI::App&, const std::string&, uint32_t&,
                          const std::string&);
template Option AddOption(CLI::App&, const std::string&, std::optional<double>&,
                          const std::string&);

Option AddFlag(CLI::App& command, const std::string& flags, bool& value,
               const std::string& help) {
  return Option(command.add_flag(flags, value, help));
}

}  // namespace attune
