// The ceiling: SQLite alone.

#ifndef ATTUNE_TESTS_BENCH_BARE_SQLITE_H_
#define ATTUNE_TESTS_BENCH_BARE_SQLITE_H_

#include <string>

namespace attune {

// Inserts what a batch of `kBatch` submits inserts, evaluations and the answer
// that is kept for a retry, in one transaction each, as fast as SQLite alone
// can: evaluations a second.  Rollups, which are no inserts, are left out.
double BareSqliteInserts(const std::string& body);

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_BARE_SQLITE_H_
