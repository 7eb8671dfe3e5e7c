#include "tests/engine/evaluation/calibration_test.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attune {

Caller Reading(Caller caller, Reach reach) {
  caller.reach = reach;
  return caller;
}

v1::Calibration CalibrationTest::Wanted(
    std::initializer_list<std::string> contacts) const {
  v1::Calibration wanted;
  wanted.set_title("March");
  wanted.set_form_revision("forms/call");
  for (const std::string& contact : contacts) {
    wanted.add_contacts(absl::StrCat("people/-/contacts/", contact));
  }
  wanted.add_raters("people/ada");
  wanted.add_raters("people/abe");
  wanted.set_seed(7);
  return wanted;
}

absl::StatusOr<v1::Calibration> CalibrationTest::Create(
    const v1::Calibration& wanted) {
  v1::CreateCalibrationRequest request;
  *request.mutable_calibration() = wanted;
  return InWrite([&](Transaction& tx) {
    return calibrations_.Create(tx, quinn_, request);
  });
}

absl::StatusOr<v1::Calibration> CalibrationTest::Get(const Caller& caller,
                                                     const std::string& name) {
  v1::GetCalibrationRequest request;
  request.set_name(name);
  return InRead(
      [&](Transaction& tx) { return calibrations_.Get(tx, caller, request); });
}

absl::StatusOr<v1::Evaluation> CalibrationTest::Begin(
    const Caller& rater, const v1::Calibration& session,
    const std::string& contact) {
  v1::BeginCalibrationEvaluationRequest request;
  request.set_name(session.name());
  request.set_contact(contact);
  return InWrite(
      [&](Transaction& tx) { return calibrations_.Begin(tx, rater, request); });
}

absl::StatusOr<v1::Evaluation> CalibrationTest::SubmitDraft(
    const Caller& rater, v1::Evaluation draft, const v1::Evaluation& answers) {
  *draft.mutable_answers() = answers.answers();
  v1::SubmitEvaluationRequest request;
  *request.mutable_evaluation() = std::move(draft);
  return InWrite(
      [&](Transaction& tx) { return evaluations_.Submit(tx, rater, request); });
}

absl::StatusOr<v1::Evaluation> CalibrationTest::Rate(
    const Caller& rater, const v1::Calibration& session,
    const std::string& contact, const v1::Evaluation& answers) {
  auto draft = Begin(rater, session, contact);
  if (!draft.ok()) return draft;
  return SubmitDraft(rater, *std::move(draft), answers);
}

absl::StatusOr<v1::Calibration> CalibrationTest::Close(
    const Caller& caller, const v1::Calibration& session) {
  v1::CloseCalibrationRequest request;
  request.set_name(session.name());
  request.set_etag(session.etag());
  return InWrite([&](Transaction& tx) {
    return calibrations_.Close(tx, caller, request);
  });
}

absl::StatusOr<v1::CalibrationResult> CalibrationTest::Result(
    const Caller& caller, const v1::Calibration& session) {
  v1::GetCalibrationResultRequest request;
  request.set_name(session.name());
  return InRead([&](Transaction& tx) {
    return calibrations_.GetResult(tx, caller, request);
  });
}

absl::StatusOr<v1::Evaluation> CalibrationTest::Read(const Caller& caller,
                                                     const std::string& name) {
  v1::GetEvaluationRequest request;
  request.set_name(name);
  return InRead(
      [&](Transaction& tx) { return evaluations_.Get(tx, caller, request); });
}

int CalibrationTest::Listed(const Caller& caller) {
  v1::ListEvaluationsRequest request;
  request.set_parent("people/-");
  request.set_kind(v1::Evaluation::KIND_CALIBRATION);
  const auto list = InRead(
      [&](Transaction& tx) { return evaluations_.List(tx, caller, request); });
  EXPECT_THAT(list, IsOk());
  return list->evaluations_size();
}

std::string CalibrationTest::Text(const v1::CalibrationFigure& figure) {
  if (!figure.has_value()) return absl::StrCat("- ", figure.reason());
  return absl::StrFormat("%.2f", figure.value());
}

}  // namespace attune
