// The ceilings: libpq alone.

#ifndef ATTUNE_TESTS_BENCH_BARE_POSTGRES_H_
#define ATTUNE_TESTS_BENCH_BARE_POSTGRES_H_

#include <string>

namespace attune {

// Both insert what submits insert, evaluations and the answers kept for a
// retry, into tables with the indexes but without the references of the real
// ones, in the schema that `url` names: evaluations a second.  Rollups, which
// are no inserts, are left out.

// One autocommitted statement an evaluation, over 16 connections at once.
double BarePostgresInserts(const std::string& url, const std::string& body);
// A batch of kBatch and its one answer as one pipeline and one transaction,
// over 4 connections.
double BarePostgresBatches(const std::string& url, const std::string& body);

}  // namespace attune

#endif  // ATTUNE_TESTS_BENCH_BARE_POSTGRES_H_
