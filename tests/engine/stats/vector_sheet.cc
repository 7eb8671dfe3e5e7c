#include "tests/engine/stats/vector_sheet.h"

#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/engine/stats/vector_cases.h"

namespace attune {

Sheet ReadVectorSheet(const std::string& file) {
  std::ifstream in(absl::StrCat(VectorFolder(), "/", file));
  EXPECT_TRUE(in) << file;
  std::string line;
  const auto next = [&in, &line] {
    if (!std::getline(in, line)) return false;
    absl::StripTrailingAsciiWhitespace(&line);
    return true;
  };
  next();
  const std::vector<std::string> names = absl::StrSplit(line, ',');
  Sheet sheet;
  while (next()) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    for (size_t i = 0; i < names.size(); ++i) {
      sheet[names[i]].push_back(cells[i]);
    }
  }
  return sheet;
}

std::vector<double> Numbers(const std::vector<std::string>& cells) {
  std::vector<double> numbers;
  for (const std::string& cell : cells) {
    numbers.push_back(0);
    EXPECT_TRUE(absl::SimpleAtod(cell, &numbers.back())) << cell;
  }
  return numbers;
}

}  // namespace attune
