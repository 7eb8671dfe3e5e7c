// How tables lie on several machines where the Citus extension is present.

#ifndef ATTUNE_ENGINE_STORE_POSTGRES_CITUS_H_
#define ATTUNE_ENGINE_STORE_POSTGRES_CITUS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attune {

// A table and the column whose value says on which machine a row lies.
struct CitusTable {
  absl::string_view name;
  absl::string_view column;  // empty: a copy on every machine
};

// Every table of the schema, those that others refer to first.  What belongs to
// a person lies together, so that a transaction about one person stays on one
// machine; what a caller was answered lies with the caller.
const std::vector<CitusTable>& CitusTables();

// The statement that places the table, unless it has been placed.
std::string PlaceCitusTable(const CitusTable& table);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_POSTGRES_CITUS_H_
