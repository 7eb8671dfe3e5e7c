#include "engine/store/database.h"

#include <future>
#include <utility>

#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {

absl::StatusOr<std::vector<Row>> Transaction::Run(
    absl::string_view sql, absl::Span<const Value> params) {
  std::vector<Row> rows;
  RETURN_IF_ERROR(Scan(sql, params, [&](const Row& row) {
    rows.push_back(row);
    return absl::OkStatus();
  }));
  return rows;
}

absl::StatusOr<std::vector<std::vector<Row>>> Transaction::RunAll(
    absl::Span<const Statement> statements) {
  std::vector<std::vector<Row>> rows;
  for (const Statement& statement : statements) {
    ASSIGN_OR_RETURN(rows.emplace_back(), Run(statement.sql, statement.params));
  }
  return rows;
}

absl::Status Transaction::Send(absl::string_view sql,
                               absl::Span<const Value> params,
                               const absl::Status& if_taken) {
  const absl::Status status =
      Scan(sql, params, [](const Row&) { return absl::OkStatus(); });
  return absl::IsAlreadyExists(status) && !if_taken.ok() ? if_taken : status;
}

absl::Status Database::WriteAndWait(Body body) {
  std::promise<absl::Status> answer;
  Write(absl::InfiniteFuture(), std::move(body),
        [&](absl::Status status) { answer.set_value(std::move(status)); });
  return answer.get_future().get();
}

absl::Status Database::ReadAndWait(Body body) {
  std::promise<absl::Status> answer;
  Read(absl::InfiniteFuture(), std::move(body),
       [&](absl::Status status) { answer.set_value(std::move(status)); });
  return answer.get_future().get();
}

const Value* Cells::Next() {
  if (next_ < row_.size()) return &row_[next_++];
  misfit_ = true;
  return nullptr;
}

int64_t Cells::Int() {
  const Value* value = Next();
  if (value == nullptr) return 0;
  if (const auto* number = std::get_if<int64_t>(value)) return *number;
  misfit_ = true;
  return 0;
}

int64_t Cells::IntOr(int64_t otherwise) {
  if (!IsNull()) return Int();
  ++next_;
  return otherwise;
}

bool Cells::IsNull() const {
  return next_ < row_.size() &&
         std::holds_alternative<std::monostate>(row_[next_]);
}

std::string Cells::Text() {
  const Value* value = Next();
  if (value == nullptr) return "";
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  misfit_ = true;
  return "";
}

std::string Cells::TextOr(absl::string_view otherwise) {
  if (!IsNull()) return Text();
  ++next_;
  return std::string(otherwise);
}

std::string Cells::Blob() {
  const Value* value = Next();
  if (value == nullptr) return "";
  if (const auto* bytes = std::get_if<Bytes>(value)) return bytes->data;
  misfit_ = true;
  return "";
}

absl::Status Cells::Done() const {
  if (!misfit_) return absl::OkStatus();
  return MakeError(absl::StatusCode::kDataLoss, "ROW_MISFIT",
                   "A stored row does not fit its type.");
}

}  // namespace attune
