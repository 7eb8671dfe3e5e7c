#include "tests/engine/store/faulty_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/store/items.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

class FaultyDatabaseTest : public StoreTest {
 protected:
  FaultyDatabaseTest() : StoreTest(kItemSchema) {}
};

absl::Status InsertTwo(Transaction& tx) {
  RETURN_IF_ERROR(InsertItem(tx, 1));
  return InsertItem(tx, 2);
}

TEST_P(FaultyDatabaseTest, FailsTheNthStatementAndKeepsNothing) {
  for (const int nth : {1, 2}) {
    FaultyDatabase faulty(db(), nth);
    EXPECT_THAT(InWrite(faulty, InsertTwo), HasReason("FAULT"));
    EXPECT_TRUE(faulty.fired());
    EXPECT_EQ(*InRead(db(), CountItems), 0);
  }
}

TEST_P(FaultyDatabaseTest, DoesNothingWithFewerStatements) {
  FaultyDatabase faulty(db(), 3);
  EXPECT_THAT(InWrite(faulty, InsertTwo), IsOk());
  EXPECT_FALSE(faulty.fired());
  EXPECT_EQ(*InRead(db(), CountItems), 2);
}

TEST_P(FaultyDatabaseTest, CountsReadsAndWritesTogether) {
  FaultyDatabase faulty(db(), 3);
  EXPECT_THAT(InWrite(faulty, InsertTwo), IsOk());
  EXPECT_THAT(InRead(faulty, CountItems), HasReason("FAULT"));
  EXPECT_TRUE(faulty.fired());
}

TEST_P(FaultyDatabaseTest, ASwallowedFaultIsStillTheEnd) {
  FaultyDatabase faulty(db(), 1);
  EXPECT_THAT(InWrite(faulty,
                      [](Transaction& tx) {
                        InsertItem(tx, 1).IgnoreError();
                        EXPECT_THAT(InsertItem(tx, 2), HasReason("FAULT"));
                        return absl::OkStatus();
                      }),
              HasReason("FAULT"));
  EXPECT_EQ(*InRead(db(), CountItems), 0);
}

ATTUNE_ON_EVERY_BACKEND(FaultyDatabaseTest);

}  // namespace
}  // namespace attune
