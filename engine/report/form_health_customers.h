// Whether what a question asks for goes with what customers answer.

#ifndef ATTUNE_ENGINE_REPORT_FORM_HEALTH_CUSTOMERS_H_
#define ATTUNE_ENGINE_REPORT_FORM_HEALTH_CUSTOMERS_H_

#include "absl/status/status.h"
#include "attune/v1/form_health.pb.h"
#include "engine/evaluation/counted_evaluations.h"
#include "engine/store/database.h"

namespace attune {

// Fills `customers` of every question of `health`.
absl::Status AddCustomers(Transaction& tx, const CountedFilter& filter,
                          v1::FormHealth& health);

}  // namespace attune

#endif  // ATTUNE_ENGINE_REPORT_FORM_HEALTH_CUSTOMERS_H_
