#include <ios>

#include "tools/attune_load/load_commands.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return attune::RunAttuneLoad({argv + 1, argv + argc},
                               attune::StandardTerminal());
}
