// Data files of the cases.

#ifndef ATTUNE_TESTS_ENGINE_STATS_VECTOR_SHEET_H_
#define ATTUNE_TESTS_ENGINE_STATS_VECTOR_SHEET_H_

#include <map>
#include <string>
#include <vector>

namespace attune {

// Rows of cells by column, as text.
using Sheet = std::map<std::string, std::vector<std::string>>;

Sheet ReadVectorSheet(const std::string& file);
std::vector<double> Numbers(const std::vector<std::string>& cells);

}  // namespace attune

#endif  // ATTUNE_TESTS_ENGINE_STATS_VECTOR_SHEET_H_
