#include "tools/attune/import_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "tests/status_matchers.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

std::vector<ReadyRow> Rows(int count, size_t bytes = 10) {
  std::vector<ReadyRow> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back({{"f", i + 2}, absl::StrCat("people/", i), bytes});
  }
  return rows;
}

// Refuses batches with a bad row, in the way that `blame` says.
class FakeServer {
 public:
  enum class Blame { kField, kResource, kNobody };
  FakeServer(std::vector<size_t> bad, Blame blame)
      : bad_(std::move(bad)), blame_(blame) {}

  absl::Status Send(const std::vector<size_t>& batch) {
    ++calls;
    for (size_t i = 0; i < batch.size(); ++i) {
      if (std::find(bad_.begin(), bad_.end(), batch[i]) == bad_.end()) continue;
      switch (blame_) {
        case Blame::kField:
          return Invalid(absl::StrCat("requests[", i, "].person.team"), "BAD",
                         "It is bad.");
        case Blame::kResource:
          return AlreadyExists(absl::StrCat("people/", batch[i]));
        case Blame::kNobody:
          return FailedPrecondition("BAD", "Something is bad.");
      }
    }
    stored.insert(stored.end(), batch.begin(), batch.end());
    return absl::OkStatus();
  }

  int calls = 0;
  std::vector<size_t> stored;

 private:
  std::vector<size_t> bad_;
  Blame blame_;
};

BatchOutcome SendAll(FakeServer& server, const std::vector<ReadyRow>& rows,
                     bool skip_bad) {
  return SendBatches(
      rows, skip_bad,
      [&](const std::vector<size_t>& batch) { return server.Send(batch); },
      [](int) {});
}

TEST(SendBatchesTest, CutsByCountAndByBytes) {
  FakeServer all({}, FakeServer::Blame::kField);
  EXPECT_EQ(SendAll(all, Rows(2500), false).stored, 2500);
  EXPECT_EQ(all.calls, 3);
  FakeServer large({}, FakeServer::Blame::kField);
  EXPECT_EQ(SendAll(large, Rows(4, 2 << 20), false).stored, 4);
  EXPECT_EQ(large.calls, 4);
  FakeServer none({}, FakeServer::Blame::kField);
  EXPECT_EQ(SendAll(none, {}, false).stored, 0);
  EXPECT_EQ(none.calls, 0);
}

TEST(SendBatchesTest, WithoutSkippingTheFirstRefusalEndsIt) {
  for (const auto blame :
       {FakeServer::Blame::kField, FakeServer::Blame::kResource}) {
    FakeServer server({3}, blame);
    const BatchOutcome outcome = SendAll(server, Rows(10), false);
    EXPECT_EQ(outcome.stored, 0);
    EXPECT_EQ(server.calls, 1);
    ASSERT_EQ(outcome.bad.size(), 1u);
    EXPECT_EQ(outcome.bad[0].origin.line, 5);
    EXPECT_THAT(outcome.status, IsOk());
  }
  FakeServer server({3}, FakeServer::Blame::kNobody);
  const BatchOutcome outcome = SendAll(server, Rows(10), false);
  EXPECT_TRUE(outcome.bad.empty());
  EXPECT_THAT(outcome.status, StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(SendBatchesTest, SkippingStoresEveryGoodRowHoweverTheServerBlames) {
  for (const auto blame :
       {FakeServer::Blame::kField, FakeServer::Blame::kResource,
        FakeServer::Blame::kNobody}) {
    FakeServer server({3, 7}, blame);
    const BatchOutcome outcome = SendAll(server, Rows(10), true);
    EXPECT_EQ(outcome.stored, 8);
    EXPECT_EQ(server.stored, (std::vector<size_t>{0, 1, 2, 4, 5, 6, 8, 9}));
    ASSERT_EQ(outcome.bad.size(), 2u);
    EXPECT_EQ(outcome.bad[0].origin.line, 5);
    EXPECT_EQ(outcome.bad[1].origin.line, 9);
    EXPECT_THAT(outcome.status, IsOk());
  }
}

TEST(SendBatchesTest, AServerThatIsAwayEndsItEvenWhenSkipping) {
  const BatchOutcome outcome = SendBatches(
      Rows(10), true,
      [](const std::vector<size_t>&) { return absl::UnavailableError("away"); },
      [](int) {});
  EXPECT_THAT(outcome.status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_TRUE(outcome.bad.empty());
}

TEST(BadRowsTest, TellsThemAllWithPlaceValueAndReason) {
  std::vector<BadRow> bad;
  for (int i = 0; i < 30; ++i) {
    bad.push_back({{"p.csv", i + 2},
                   "roles",
                   "boss",
                   "ROLE_UNKNOWN",
                   "There is no such role."});
  }
  const std::string text =
      FailureText(BadRowsError(bad, "; nothing was stored."), false);
  EXPECT_EQ(text.substr(0, text.find("p.csv:3")),
            "attune: 30 rows are wrong; nothing was stored.\n"
            "p.csv:2: roles: \"boss\": There is no such role. "
            "[ROLE_UNKNOWN]\n");
  EXPECT_NE(text.find("p.csv:31: "), std::string::npos);
}

TEST(FinishImportTest, SaysHowItEnded) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Session session(Terminal{in, out, err});
  EXPECT_THAT(
      FinishImport(session, {}, {"people", "person", 3, 1}, absl::OkStatus()),
      IsOk());
  EXPECT_EQ(err.str(), "Imported 3 people; 1 was there already.\n");
  EXPECT_EQ(out.str(), "");
  session.output.format = Format::kJson;
  EXPECT_THAT(FinishImport(session, {.dry_run = true},
                           {"people", "person", 3, 1}, absl::OkStatus()),
              IsOk());
  EXPECT_EQ(out.str(),
            "{\"created\":3,\"unchanged\":1,\"bad\":0,\"dry_run\":true}\n");
}

}  // namespace
}  // namespace attune
