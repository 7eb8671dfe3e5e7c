// Rows to a Batch method: cut into requests that the server takes, several
// outstanding, until all are stored or one fails.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_BATCHES_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_BATCHES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/attune/client.h"
#include "tools/attune_load/call_loop.h"

namespace attune {

// Gives the rows of group 0, 1, 2 and so on up to `groups`, each group when its
// turn comes; a request never mixes groups.
template <typename Request, typename Row>
class Batches : public CallSource {
 public:
  using RowsOf = std::function<absl::StatusOr<std::vector<Row>>(int group)>;

  // `client` tells errors; `on_created` hears how many rows are stored so far.
  Batches(const RpcClient& client, const char* path, int most_rows, int groups,
          RowsOf rows_of, std::function<void(int64_t)> on_created)
      : client_(client),
        path_(path),
        most_rows_(most_rows),
        groups_(groups),
        rows_of_(std::move(rows_of)),
        on_created_(std::move(on_created)) {}

  std::optional<OutgoingCall> Next() override {
    while (next_row_ == rows_.size()) {
      if (group_ == groups_) return std::nullopt;
      absl::StatusOr<std::vector<Row>> rows = rows_of_(group_++);
      if (!rows.ok()) {
        status_.Update(rows.status());
        return std::nullopt;
      }
      rows_ = *std::move(rows);
      next_row_ = 0;
    }
    Request request;
    size_t bytes = 0;
    while (next_row_ < rows_.size() && request.requests_size() < most_rows_) {
      bytes += rows_[next_row_].ByteSizeLong();
      if (bytes > kMostBytes && request.requests_size() > 0) break;
      *request.add_requests() = std::move(rows_[next_row_++]);
    }
    request.set_request_id(RequestIdOf(request.SerializeAsString()));
    // A call's kind is here how many rows it carries.
    return OutgoingCall{request.requests_size(), path_, ToBytes(request)};
  }

  bool OnEnd(const EndedCall& call) override {
    if (!call.status.ok()) {
      status_.Update(client_.ToStatus(call.status));
      return false;
    }
    created_ += call.kind;
    on_created_(created_);
    return true;
  }

  // The first error.
  const absl::Status& status() const { return status_; }
  int64_t created() const { return created_; }

 private:
  // Under the server's largest request, with room for the framing.
  static constexpr size_t kMostBytes = 3 << 20;

  const RpcClient& client_;
  const char* const path_;
  const int most_rows_;
  const int groups_;
  const RowsOf rows_of_;
  const std::function<void(int64_t)> on_created_;
  std::vector<Row> rows_;
  size_t next_row_ = 0;
  int group_ = 0;
  absl::Status status_;
  int64_t created_ = 0;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_BATCHES_H_
