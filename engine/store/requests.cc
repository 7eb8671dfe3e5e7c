#include "engine/store/requests.h"

#include <vector>

#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT method, digest, body FROM answered_request
  WHERE id = $1 AND caller = $2)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO answered_request (id, caller, method, digest, answered_us, body)
  VALUES ($1, $2, $3, $4, $5, $6))sql";

constexpr char kForget[] = R"sql(
  DELETE FROM answered_request WHERE answered_us < $1)sql";

}  // namespace

absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx,
                                                      const RequestKey& key) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {key.id, key.caller}));
  if (rows.empty()) return std::nullopt;
  Cells cells(rows[0]);
  const std::string method = cells.Text();
  const std::string digest = cells.Text();
  std::string answer = cells.Blob();
  RETURN_IF_ERROR(cells.Done());
  if (method != key.method || digest != key.digest) {
    return Invalid("request_id", "REQUEST_ID_REUSED",
                   "This request_id was sent before with another request; make "
                   "a new one for each request.");
  }
  return answer;
}

absl::Status RecordAnswer(Transaction& tx, const RequestKey& key,
                          absl::string_view answer, int64_t now_us) {
  return tx.Send(kInsert, {key.id, key.caller, key.method, key.digest, now_us,
                           Bytes{std::string(answer)}});
}

absl::Status ForgetAnswers(Transaction& tx, int64_t before_us) {
  return tx.Run(kForget, {before_us}).status();
}

}  // namespace attune
