// Collects what lint finds.

#ifndef ATTUNE_ENGINE_FORM_FINDINGS_H_
#define ATTUNE_ENGINE_FORM_FINDINGS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"

namespace attune {

struct Findings {
  std::vector<v1::LintFinding> all = {};
  // False once something was found on which no score could stand.
  bool sound = true;

  void Warn(absl::string_view field, absl::string_view reason,
            absl::string_view description);
  // Stops publishing.
  void Refuse(absl::string_view field, absl::string_view reason,
              absl::string_view description);
  // Stops publishing and scoring.
  void Break(absl::string_view field, absl::string_view reason,
             absl::string_view description);
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_FINDINGS_H_
