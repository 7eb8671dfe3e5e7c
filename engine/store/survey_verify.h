// Proof that the rollups of surveys equal what the responses give.

#ifndef ATTUNE_ENGINE_STORE_SURVEY_VERIFY_H_
#define ATTUNE_ENGINE_STORE_SURVEY_VERIFY_H_

#include "absl/status/status.h"
#include "attune/v1/admin_service.pb.h"
#include "engine/store/database.h"

namespace attune {

// Adds what it counted, and differences as long as there are fewer than `most`.
absl::Status VerifySurveys(Transaction& tx, int most,
                           v1::VerifyResponse& response);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_SURVEY_VERIFY_H_
