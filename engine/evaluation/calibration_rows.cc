#include "engine/evaluation/calibration_rows.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO calibration (id, state, version, body)
  VALUES ($1, $2, $3, $4))sql";

constexpr char kInsertRater[] = R"sql(
  INSERT INTO calibration_rater (calibration, rater) VALUES ($1, $2))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE calibration SET state = $2, version = $3, body = $4
  WHERE id = $1)sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM calibration WHERE id = $1)sql";

constexpr char kState[] = R"sql(
  SELECT state FROM calibration WHERE id = $1)sql";

constexpr char kInsertResult[] = R"sql(
  INSERT INTO calibration_result (calibration, body) VALUES ($1, $2))sql";

constexpr char kFindResult[] = R"sql(
  SELECT body FROM calibration_result WHERE calibration = $1)sql";

constexpr char kIsRater[] = R"sql(
  SELECT 1 FROM calibration_rater WHERE calibration = $1 AND rater = $2)sql";

// `calibration <> ''` lets databases see that the partial index fits.
constexpr char kRatings[] = R"sql(
  SELECT body FROM evaluation
  WHERE calibration = $1 AND calibration <> '' AND state <> $2
  ORDER BY id)sql";

constexpr char kRating[] = R"sql(
  SELECT body FROM evaluation
  WHERE calibration = $1 AND calibration <> '' AND state <> $2
    AND rater = $3 AND contact = $4 AND person = $5)sql";

constexpr char kProgress[] = R"sql(
  SELECT calibration, rater, CAST(COUNT(*) AS BIGINT) FROM evaluation
  WHERE calibration <> '')sql";

std::string IdOf(const v1::Calibration& calibration) {
  return ParseCalibrationName(calibration.name()).value_or("");
}

int64_t VersionOf(const v1::Calibration& calibration) {
  int64_t version = 0;
  return absl::SimpleAtoi(calibration.etag(), &version) ? version : 0;
}

// What is counted anew at every look is not stored.
Bytes BodyOf(v1::Calibration calibration) {
  calibration.clear_progress();
  return Bytes{calibration.SerializeAsString()};
}

absl::StatusOr<std::vector<v1::Evaluation>> EvaluationsIn(
    const std::vector<Row>& rows) {
  std::vector<v1::Evaluation> evaluations(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    Cells cells(rows[i]);
    cells.Message(evaluations[i]);
    RETURN_IF_ERROR(cells.Done());
  }
  return evaluations;
}

}  // namespace

absl::Status InsertCalibration(Transaction& tx,
                               const v1::Calibration& calibration) {
  const std::string id = IdOf(calibration);
  RETURN_IF_ERROR(
      tx.Send(kInsert, {id, int64_t{calibration.state()},
                        VersionOf(calibration), BodyOf(calibration)}));
  for (const std::string& rater : calibration.raters()) {
    RETURN_IF_ERROR(
        tx.Send(kInsertRater, {id, ParsePersonName(rater).value_or("")}));
  }
  return absl::OkStatus();
}

absl::Status UpdateCalibration(Transaction& tx,
                               const v1::Calibration& calibration) {
  return tx.Send(kUpdate, {IdOf(calibration), int64_t{calibration.state()},
                           VersionOf(calibration), BodyOf(calibration)});
}

absl::StatusOr<v1::Calibration> FindCalibration(Transaction& tx,
                                                absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(CalibrationName(id));
  v1::Calibration calibration;
  Cells cells(rows[0]);
  cells.Message(calibration);
  RETURN_IF_ERROR(cells.Done());
  return calibration;
}

absl::Status AddProgress(Transaction& tx,
                         absl::Span<v1::Calibration* const> calibrations) {
  if (calibrations.empty()) return absl::OkStatus();
  Query query(kProgress);
  query.Add(" AND state NOT IN (?, ?) AND calibration IN (",
            {int64_t{v1::Evaluation::STATE_DRAFT},
             int64_t{v1::Evaluation::STATE_VOID}});
  for (const v1::Calibration* calibration : calibrations) {
    query.Add(calibration == calibrations[0] ? "?" : ", ?",
              {IdOf(*calibration)});
  }
  query.Add(") GROUP BY calibration, rater");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  std::map<std::pair<std::string, std::string>, int64_t> submitted;
  for (const Row& row : rows) {
    Cells cells(row);
    std::string calibration = CalibrationName(cells.Text());
    std::string rater = PersonName(cells.Text());
    submitted[{std::move(calibration), std::move(rater)}] = cells.Int();
    RETURN_IF_ERROR(cells.Done());
  }
  for (v1::Calibration* calibration : calibrations) {
    calibration->clear_progress();
    for (const std::string& rater : calibration->raters()) {
      v1::CalibrationProgress& progress = *calibration->add_progress();
      progress.set_rater(rater);
      const auto found = submitted.find({calibration->name(), rater});
      if (found == submitted.end()) continue;
      progress.set_submitted(static_cast<int32_t>(found->second));
    }
  }
  return absl::OkStatus();
}

absl::Status InsertResult(Transaction& tx,
                          const v1::CalibrationResult& result) {
  return tx.Send(kInsertResult,
                 {ParseCalibrationName(result.calibration()).value_or(""),
                  Bytes{result.SerializeAsString()}});
}

absl::StatusOr<v1::CalibrationResult> FindResult(Transaction& tx,
                                                 absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindResult, {std::string(id)}));
  if (rows.empty()) return NotFound(CalibrationName(id));
  v1::CalibrationResult result;
  Cells cells(rows[0]);
  cells.Message(result);
  RETURN_IF_ERROR(cells.Done());
  return result;
}

absl::StatusOr<std::vector<v1::Evaluation>> FindRatings(Transaction& tx,
                                                        absl::string_view id) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kRatings, {std::string(id), int64_t{v1::Evaluation::STATE_VOID}}));
  return EvaluationsIn(rows);
}

absl::StatusOr<std::vector<v1::Evaluation>> FindRating(
    Transaction& tx, absl::string_view id, absl::string_view rater,
    const PersonPart& contact) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kRating, {std::string(id), int64_t{v1::Evaluation::STATE_VOID},
                       std::string(rater), contact.id, contact.person}));
  return EvaluationsIn(rows);
}

absl::Status CalibrationClosed(absl::string_view name) {
  return FailedPrecondition(
      "CALIBRATION_CLOSED",
      absl::StrCat(name, " is closed; nothing is rated in it any more."));
}

absl::Status CheckStillOpen(Transaction& tx, const v1::Evaluation& evaluation) {
  const auto id = ParseCalibrationName(evaluation.calibration());
  if (!id) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kState, {*id}));
  if (rows.empty()) return NotFound(evaluation.calibration());
  Cells cells(rows[0]);
  const int64_t state = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  if (state != v1::Calibration::STATE_OPEN) {
    return CalibrationClosed(evaluation.calibration());
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IsReleasedTo(Transaction& tx, absl::string_view person,
                                  const v1::Evaluation& evaluation) {
  const auto id = ParseCalibrationName(evaluation.calibration());
  if (!id || person.empty() || evaluation.withheld() ||
      evaluation.state() == v1::Evaluation::STATE_DRAFT) {
    return false;
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kIsRater, {*id, std::string(person)}));
  return !rows.empty();
}

}  // namespace attune
