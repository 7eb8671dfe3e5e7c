// Proof that the rollups equal what evaluations and survey responses give.

#ifndef ATTUNE_ENGINE_STORE_VERIFY_H_
#define ATTUNE_ENGINE_STORE_VERIFY_H_

#include "absl/status/statusor.h"
#include "attune/v1/admin_service.pb.h"
#include "engine/store/database.h"

namespace attune {

absl::StatusOr<v1::VerifyResponse> VerifyStore(Transaction& tx);

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_VERIFY_H_
