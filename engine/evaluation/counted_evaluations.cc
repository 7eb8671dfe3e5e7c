#include "engine/evaluation/counted_evaluations.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/work_queue.h"

namespace attune {
namespace {

constexpr int64_t kRowsPerBatch = 50;
constexpr int64_t kRowsPerReport = 5 * kRowsPerBatch;
// One being filled or read, and some waiting, for each thread.
constexpr size_t kBatchesPerTaker = 3;
constexpr size_t kMostTakers = 8;

// Stored evaluations behind each other, and where each ends.
struct Batch {
  std::string bytes;
  std::vector<size_t> ends;
};

// Batches go round: filled by the reader, emptied by the takers.
class Ring {
 public:
  explicit Ring(absl::Span<EvaluationTaker* const> takers) {
    for (size_t i = 0; i < takers.size() * kBatchesPerTaker; ++i) {
      Batch batch;
      empty_.Push(batch);
    }
    for (EvaluationTaker* taker : takers) {
      threads_.emplace_back([this, taker] { Serve(*taker); });
    }
  }
  ~Ring() { Finish(); }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;

  void Add(const std::string& body) {
    if (batch_.ends.empty()) {
      batch_ = *empty_.Pop();
      batch_.bytes.clear();
      batch_.ends.clear();
    }
    batch_.bytes += body;
    batch_.ends.push_back(batch_.bytes.size());
    if (static_cast<int64_t>(batch_.ends.size()) == kRowsPerBatch) Send();
  }

  // Whether everything was an evaluation.
  bool Finish() {
    if (!batch_.ends.empty()) Send();
    full_.Close();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return !misfit_;
  }

 private:
  void Send() {
    full_.Push(batch_);
    batch_ = Batch();
  }

  void Serve(EvaluationTaker& taker) {
    v1::Evaluation evaluation;  // its memory serves one row after the other
    while (std::optional<Batch> batch = full_.Pop()) {
      size_t begin = 0;
      for (const size_t end : batch->ends) {
        if (evaluation.ParseFromArray(batch->bytes.data() + begin,
                                      static_cast<int>(end - begin))) {
          taker.Take(evaluation);
        } else {
          misfit_ = true;
        }
        begin = end;
      }
      empty_.Push(*batch);
    }
  }

  WorkQueue<Batch> empty_;
  WorkQueue<Batch> full_;
  Batch batch_;
  std::atomic<bool> misfit_ = false;
  std::vector<std::thread> threads_;
};

absl::Status Misfit() {
  return MakeError(absl::StatusCode::kDataLoss, "ROW_MISFIT",
                   "A stored row does not fit its type.");
}

}  // namespace

void AddCountedJoin(const CountedFilter& filter, Query& query) {
  if (!filter.rollups.team) return;
  query.Add(" JOIN person p ON p.id = e.person AND p.team = ?",
            {*filter.rollups.team});
}

void AddCountedWhere(const CountedFilter& filter, Query& query) {
  const RollupFilter& rollups = filter.rollups;
  // As Counts() in standing.h.
  query.Add(" WHERE e.state IN (?, ?, ?) AND e.withheld = 0",
            {int64_t{v1::Evaluation::STATE_SUBMITTED},
             int64_t{v1::Evaluation::STATE_ACKNOWLEDGED},
             int64_t{v1::Evaluation::STATE_CONTESTED}});
  if (rollups.kind) query.Add(" AND e.kind = ?", {*rollups.kind});
  if (rollups.person) query.Add(" AND e.person = ?", {*rollups.person});
  if (rollups.form) query.Add(" AND e.form = ?", {*rollups.form});
  if (filter.revision) query.Add(" AND e.revision = ?", {*filter.revision});
  if (rollups.first_day) {
    query.Add(" AND e.contact_us >= ?", {*rollups.first_day * kMicrosPerDay});
  }
  if (rollups.last_day) {
    query.Add(" AND e.contact_us < ?",
              {(*rollups.last_day + 1) * kMicrosPerDay});
  }
}

absl::StatusOr<int64_t> CountEvaluations(Transaction& tx,
                                         const RollupFilter& filter) {
  Query query(
      "SELECT CAST(SUM(r.n + r.unscored) AS BIGINT) "
      "FROM evaluation_rollup r");
  if (filter.team) {
    query.Add(" JOIN person p ON p.id = r.person AND p.team = ?",
              {*filter.team});
  }
  query.Add(" WHERE r.block = 0");
  if (filter.person) query.Add(" AND r.person = ?", {*filter.person});
  if (filter.form) query.Add(" AND r.form = ?", {*filter.form});
  if (filter.kind) query.Add(" AND r.kind = ?", {*filter.kind});
  if (filter.first_day) query.Add(" AND r.day >= ?", {*filter.first_day});
  if (filter.last_day) query.Add(" AND r.day <= ?", {*filter.last_day});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  Cells cells(rows[0]);
  const int64_t count = cells.IntOr(0);
  RETURN_IF_ERROR(cells.Done());
  return count;
}

size_t TakerCount() {
  return std::clamp<size_t>(std::thread::hardware_concurrency(), 1,
                            kMostTakers);
}

absl::Status ScanCounted(Transaction& tx, const CountedFilter& filter,
                         absl::Span<EvaluationTaker* const> takers,
                         absl::FunctionRef<absl::Status(int64_t)> on_read) {
  Query query("SELECT e.body FROM evaluation e");
  AddCountedJoin(filter, query);
  AddCountedWhere(filter, query);
  Ring ring(takers);
  int64_t read = 0;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(),
                          [&](const Row& row) -> absl::Status {
                            const auto* body = std::get_if<Bytes>(&row[0]);
                            if (body == nullptr) return Misfit();
                            ring.Add(body->data);
                            if (++read % kRowsPerReport != 0) {
                              return absl::OkStatus();
                            }
                            return on_read(read);
                          }));
  if (!ring.Finish()) return Misfit();
  return on_read(read);
}

}  // namespace attune
