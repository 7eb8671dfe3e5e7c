// The schema, as numbered steps forward.

#ifndef ATTUNE_ENGINE_STORE_MIGRATIONS_H_
#define ATTUNE_ENGINE_STORE_MIGRATIONS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace attune {

// One step.  `{int}`, `{bytes}`, `{strict}`, `{keyed}` (strict, and stored by
// its primary key) and `{searchable TABLE}` (text_search.h) stand for what
// differs between databases; a driver replaces them.
struct Migration {
  int number;  // from 1, without gaps
  absl::string_view name;
  absl::string_view sql;  // statements, separated by semicolons
};

absl::Span<const Migration> Migrations();

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_MIGRATIONS_H_
