#include "engine/store/text_search.h"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/words.h"
#include "tests/engine/store/store_test.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Migration kSchema[] = {{1, "notes", R"sql(
  CREATE TABLE note (
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    search_key {int} NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (id, person)
  ){strict};
  {searchable note}
  CREATE INDEX note_by_person ON note (person, id);)sql"}};

class TextSearchTest : public StoreTest {
 protected:
  TextSearchTest() : StoreTest(kSchema) {}

  // Stores a note of this text, or changes its text.
  absl::Status Store(Transaction& tx, const std::string& id,
                     const std::string& text) {
    IndexedWords& stored = stored_[id];
    if (stored.search_key == 0) stored.search_key = NewSearchKey();
    const IndexedWords after = {stored.search_key, JoinWords({text})};
    EXPECT_THAT(tx.Send("INSERT INTO note VALUES ($1, $2, $3, $4) ON CONFLICT "
                        "(id, person) DO UPDATE SET words = excluded.words",
                        {id, "ann", after.search_key, after.words}),
                IsOk());
    const absl::Status status = IndexWords(tx, "note", stored, after);
    stored = after;
    return status;
  }
  void Set(const std::string& id, const std::string& text) {
    ASSERT_THAT(InWrite([&](Transaction& tx) { return Store(tx, id, text); }),
                IsOk());
  }
  // The ids of what is found.
  std::vector<std::string> Find(const std::string& search) {
    std::vector<std::string> ids;
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  Query query("SELECT note.id FROM note WHERE 1 = 1");
                  AddSearch(tx, "note", WordsOf(search), query);
                  query.Add(" AND note.person = ? ORDER BY note.id", {"ann"});
                  return tx.Scan(query.text(), query.params(),
                                 [&](const Row& row) {
                                   ids.push_back(Cells(row).Text());
                                   return absl::OkStatus();
                                 });
                }),
                IsOk());
    return ids;
  }

 private:
  std::map<std::string, IndexedWords> stored_;
};

TEST_P(TextSearchTest, EveryWordBeginsOneOfTheRow) {
  Set("a", "She refunded the delivery at once.");
  Set("b", "A refund, patiently");
  Set("c", "Grüße aus Köln");
  EXPECT_THAT(Find("refund"), ElementsAre("a", "b"));
  EXPECT_THAT(Find("REFUND deliv"), ElementsAre("a"));
  EXPECT_THAT(Find("refunds"), IsEmpty());
  EXPECT_THAT(Find("fund"), IsEmpty());
  EXPECT_THAT(Find("GRÜ"), ElementsAre("c"));
  EXPECT_THAT(Find("gru"), IsEmpty());
}

// What either database could take for its own language is only words.
TEST_P(TextSearchTest, NothingIsAnOperator) {
  Set("a", "near or and not null it's 50 100% a_b http://x.y/z e-mail@x.y");
  for (const char* search :
       {"near", "or", "and not", "null", "it's", "50", "100%", "a_b", "b",
        "http://x.y/z", "e-mail@x.y", "\"near\"", "'near'", "near*", "near:*",
        "(near", "near & or", "!near"}) {
    EXPECT_THAT(Find(search), ElementsAre("a")) << search;
  }
  EXPECT_THAT(Find("near missing"), IsEmpty());
}

TEST_P(TextSearchTest, TheIndexFollowsTheWords) {
  Set("a", "warm words");
  Set("b", "warm bread");
  Set("a", "cold tea");
  EXPECT_THAT(Find("warm"), ElementsAre("b"));
  EXPECT_THAT(Find("cold"), ElementsAre("a"));
  Set("a", "cold tea");
  EXPECT_THAT(Find("cold"), ElementsAre("a"));
  Set("a", "");
  EXPECT_THAT(Find("cold"), IsEmpty());
  Set("a", "warm again");
  EXPECT_THAT(Find("warm"), ElementsAre("a", "b"));
}

TEST_P(TextSearchTest, AnIndexIsMadeAnewFromItsTable) {
  Set("a", "warm words");
  ASSERT_THAT(InWrite([&](Transaction& tx) -> absl::Status {
                EXPECT_THAT(tx.Send("INSERT INTO note VALUES "
                                    "('c', 'ann', 7, 'warm')",
                                    {}),
                            IsOk());
                return RebuildSearchIndex(tx, "note");
              }),
              IsOk());
  EXPECT_THAT(Find("warm"), ElementsAre("a", "c"));
}

TEST_P(TextSearchTest, WhatIsErasedIsNowhereInTheIndex) {
  if (GetParam().name != "Sqlite") GTEST_SKIP() << "PostgreSQL's is its own";
  for (int i = 0; i < 20; ++i) Set(absl::StrCat("n", i), "Something else.");
  Set("a", "unmistakable");
  const auto found = [&] {
    bool contains = false;
    EXPECT_THAT(InRead([&](Transaction& tx) {
                  return tx.Scan("SELECT block FROM note_search_data", {},
                                 [&](const Row& row) {
                                   const std::string block = Cells(row).Blob();
                                   contains |=
                                       absl::StrContains(block, "unmistak");
                                   return absl::OkStatus();
                                 });
                }),
                IsOk());
    return contains;
  };
  EXPECT_TRUE(found());
  Set("a", "");
  EXPECT_FALSE(found());
  EXPECT_EQ(Find("something").size(), 20u);
}

TEST_P(TextSearchTest, AnIndexIsRolledBackWithItsRow) {
  EXPECT_THAT(InWrite([&](Transaction& tx) -> absl::Status {
                EXPECT_THAT(Store(tx, "a", "gone"), IsOk());
                return absl::CancelledError("no");
              }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(Find("gone"), IsEmpty());
}

ATTUNE_ON_EVERY_BACKEND(TextSearchTest);

}  // namespace
}  // namespace attune
