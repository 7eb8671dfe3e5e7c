// What every driver promises: isolation, deadlines, shared commits, the end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <numeric>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/store/database.h"
#include "tests/engine/store/items.h"
#include "tests/engine/store/store_test.h"
#include "tests/status_matchers.h"

namespace attune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What a call was answered, once it is.
class Answer {
 public:
  Database::Done done() {
    return [this](absl::Status status) { status_.set_value(status); };
  }
  absl::Status Wait() { return status_.get_future().get(); }

 private:
  std::promise<absl::Status> status_;
};

class DatabaseConcurrencyTest : public StoreTest {
 protected:
  DatabaseConcurrencyTest() : StoreTest(kItemSchema) {}

  std::vector<int64_t> Items() { return *InRead(ListItems); }

  // Keeps a write running until Release(), so that others queue behind it.
  void Hold() {
    db().Write(
        absl::InfiniteFuture(),
        [this](Transaction&) {
          if (!running_.HasBeenNotified()) running_.Notify();
          release_.WaitForNotification();
          return absl::OkStatus();
        },
        held_.done());
    running_.WaitForNotification();
  }
  void Release() {
    release_.Notify();
    EXPECT_THAT(held_.Wait(), IsOk());
  }

 private:
  absl::Notification running_;
  absl::Notification release_;
  Answer held_;
};

Database::Body Insert(int64_t id) {
  return [id](Transaction& tx) { return InsertItem(tx, id); };
}

Database::Body Endless(absl::string_view sql) {
  return [sql](Transaction& tx) { return tx.Run(sql, {}).status(); };
}

TEST_P(DatabaseConcurrencyTest, EveryWriteOfManyThreadsIsKept) {
  constexpr int64_t kThreads = 64;
  constexpr int64_t kWrites = 20;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int64_t i = 0; i < kWrites; ++i) {
        failures += !db().WriteAndWait(Insert(thread * kWrites + i)).ok();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  std::vector<int64_t> all(kThreads * kWrites);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(Items(), all);
}

TEST_P(DatabaseConcurrencyTest, AReadModifyWriteLosesNoUpdate) {
  ASSERT_THAT(InWrite([](Transaction& tx) {
                return tx.Run("INSERT INTO item (id, number) VALUES (1, 100)",
                              {});
              }),
              IsOk());
  const auto add_one = [](Transaction& tx) {
    ASSIGN_OR_RETURN(const std::vector<Row> rows,
                     tx.Run("SELECT number FROM item WHERE id = 1", {}));
    return tx
        .Run("UPDATE item SET number = $1 WHERE id = 1",
             {Cells(rows[0]).Int() + 1})
        .status();
  };
  std::vector<Answer> answers(200);
  for (Answer& answer : answers) {
    db().Write(absl::InfiniteFuture(), add_one, answer.done());
  }
  for (Answer& answer : answers) EXPECT_THAT(answer.Wait(), IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const std::vector<Row> rows,
                              InRead([](Transaction& tx) {
                                return tx.Run("SELECT number FROM item", {});
                              }));
  EXPECT_THAT(rows, ElementsAre(Row{int64_t{300}}));
}

TEST_P(DatabaseConcurrencyTest, OneThatFailsLeavesTheOthers) {
  Hold();
  Answer first, taken, refused, swallowed, last;
  db().Write(absl::InfiniteFuture(), Insert(1), first.done());
  db().Write(absl::InfiniteFuture(), Insert(1), taken.done());
  db().Write(
      absl::InfiniteFuture(),
      [](Transaction& tx) {
        RETURN_IF_ERROR(InsertItem(tx, 2));
        return absl::AbortedError("No.");
      },
      refused.done());
  db().Write(
      absl::InfiniteFuture(),
      [](Transaction& tx) {
        RETURN_IF_ERROR(InsertItem(tx, 3));
        InsertItem(tx, 3).IgnoreError();
        return absl::OkStatus();
      },
      swallowed.done());
  db().Write(absl::InfiniteFuture(), Insert(4), last.done());
  Release();
  // Either may have been first.
  EXPECT_THAT(std::vector({first.Wait().code(), taken.Wait().code()}),
              testing::UnorderedElementsAre(absl::StatusCode::kOk,
                                            absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(refused.Wait(), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(swallowed.Wait(), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(last.Wait(), IsOk());
  EXPECT_THAT(Items(), ElementsAre(1, 4));
}

TEST_P(DatabaseConcurrencyTest, TheFirstToFailLeavesTheOthers) {
  Hold();
  Answer refused, last;
  db().Write(
      absl::InfiniteFuture(),
      [](Transaction& tx) {
        RETURN_IF_ERROR(InsertItem(tx, 1));
        return absl::AbortedError("No.");
      },
      refused.done());
  db().Write(absl::InfiniteFuture(), Insert(2), last.done());
  Release();
  EXPECT_THAT(refused.Wait(), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(last.Wait(), IsOk());
  EXPECT_THAT(Items(), ElementsAre(2));
}

TEST_P(DatabaseConcurrencyTest, AReadSeesEveryWriteAnsweredBefore) {
  for (int64_t i = 1; i <= 200; ++i) {
    ASSERT_THAT(db().WriteAndWait(Insert(i)), IsOk());
    ASSERT_EQ(*InRead(CountItems), i);
  }
}

TEST_P(DatabaseConcurrencyTest, AnAnswerMayLeadToAReadThatSeesTheWrite) {
  std::promise<int64_t> counted;
  db().Write(absl::InfiniteFuture(), Insert(1), [&](absl::Status status) {
    ASSERT_THAT(status, IsOk());
    auto count = std::make_shared<int64_t>(-1);
    db().Read(
        absl::InfiniteFuture(),
        [count](Transaction& tx) {
          ASSIGN_OR_RETURN(*count, CountItems(tx));
          return absl::OkStatus();
        },
        [&counted, count](absl::Status) { counted.set_value(*count); });
  });
  EXPECT_EQ(counted.get_future().get(), 1);
}

TEST_P(DatabaseConcurrencyTest, AReadSeesOneStateFromBeginningToEnd) {
  std::promise<void> begun;
  std::promise<void> written;
  std::vector<int64_t> counts;
  Answer answer;
  db().Read(
      absl::InfiniteFuture(),
      [&](Transaction& tx) {
        ASSIGN_OR_RETURN(counts.emplace_back(), CountItems(tx));
        begun.set_value();
        written.get_future().wait();
        ASSIGN_OR_RETURN(counts.emplace_back(), CountItems(tx));
        return absl::OkStatus();
      },
      answer.done());
  begun.get_future().wait();
  EXPECT_THAT(db().WriteAndWait(Insert(1)), IsOk());
  written.set_value();
  EXPECT_THAT(answer.Wait(), IsOk());
  EXPECT_THAT(counts, ElementsAre(0, 0));
  EXPECT_EQ(*InRead(CountItems), 1);
}

TEST_P(DatabaseConcurrencyTest, ADeadlineThatPassedInTheQueueRunsNothing) {
  std::atomic<bool> ran = false;
  const auto body = [&](Transaction&) {
    ran = true;
    return absl::OkStatus();
  };
  Hold();
  Answer write, read;
  db().Write(absl::Now(), body, write.done());
  db().Read(absl::InfinitePast(), body, read.done());
  Release();
  EXPECT_THAT(write.Wait(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(read.Wait(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_FALSE(ran);
}

TEST_P(DatabaseConcurrencyTest, ADeadlineEndsARunningStatement) {
  const absl::Time deadline = absl::Now() + absl::Milliseconds(30);
  Answer write, read;
  db().Write(deadline, Endless(kEndlessInsert), write.done());
  db().Read(deadline, Endless(kEndlessQuery), read.done());
  EXPECT_THAT(write.Wait(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(read.Wait(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(Items(), IsEmpty());
  EXPECT_THAT(db().WriteAndWait(Insert(1)), IsOk());
  EXPECT_THAT(Items(), ElementsAre(1));
}

TEST_P(DatabaseConcurrencyTest, OneThatTakesTooLongLeavesTheOthers) {
  Hold();
  Answer first, endless_write, endless_query, last;
  const absl::Time deadline = absl::Now() + absl::Milliseconds(50);
  db().Write(absl::InfiniteFuture(), Insert(1), first.done());
  db().Write(deadline, Endless(kEndlessInsert), endless_write.done());
  db().Write(deadline, Endless(kEndlessQuery), endless_query.done());
  db().Write(absl::InfiniteFuture(), Insert(2), last.done());
  Release();
  EXPECT_THAT(first.Wait(), IsOk());
  EXPECT_THAT(endless_write.Wait(),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(endless_query.Wait(),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(last.Wait(), IsOk());
  EXPECT_THAT(Items(), ElementsAre(1, 2));
}

TEST_P(DatabaseConcurrencyTest, TheEndAnswersWhatIsQueued) {
  constexpr int kCalls = 500;
  std::atomic<int> ok = 0;
  const auto count = [&](absl::Status status) { ok += status.ok(); };
  Hold();
  for (int64_t i = 0; i < kCalls; ++i) {
    db().Write(absl::InfiniteFuture(), Insert(i), count);
    db().Read(
        absl::InfiniteFuture(),
        [](Transaction& tx) { return CountItems(tx).status(); }, count);
  }
  Release();
  Close();
  EXPECT_EQ(ok, 2 * kCalls);
}

TEST_P(DatabaseConcurrencyTest, AnAnswerDuringTheEndMayStillCall) {
  std::promise<void> answered;
  Database& store = db();
  Hold();
  store.Write(absl::InfiniteFuture(), Insert(1), [&](absl::Status) {
    store.Read(
        absl::InfiniteFuture(),
        [](Transaction& tx) { return CountItems(tx).status(); },
        [&](absl::Status) {
          store.Write(absl::InfiniteFuture(), Insert(2),
                      [&](absl::Status) { answered.set_value(); });
        });
  });
  Release();
  Close();
  EXPECT_EQ(answered.get_future().wait_for(std::chrono::seconds(0)),
            std::future_status::ready);
}

ATTUNE_ON_EVERY_BACKEND(DatabaseConcurrencyTest);

}  // namespace
}  // namespace attune
