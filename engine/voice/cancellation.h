// The rules of cancellation calls, and their figures.

#ifndef ATTUNE_ENGINE_VOICE_CANCELLATION_H_
#define ATTUNE_ENGINE_VOICE_CANCELLATION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attune/v1/cancellation.pb.h"
#include "engine/violations.h"

namespace attune {

// More offers than this are a fault.
inline constexpr int kMostOffers = 1;

// Violations under `cancellation`.
void CheckCancellation(const v1::Cancellation& cancellation, Violations& bad);

// What a report looks at of one.
struct CancellationRow {
  std::string contact;  // full name
  int64_t day = 0;
  bool asked = false;
  bool given = false;
  v1::Cancellation::Reason reason = v1::Cancellation::REASON_UNSPECIFIED;
  int64_t offers = 0;
  std::optional<int64_t> minutes = {};
  v1::Cancellation::Result result = v1::Cancellation::RESULT_UNSPECIFIED;
};

// Counts the cancellation calls of a report, those of the newest day first.
class CancellationTally {
 public:
  void Add(const CancellationRow& row);
  // The figures, without what the report is about.
  v1::CancellationReport Build() const;

 private:
  using Reasons = std::map<v1::Cancellation::Reason, int64_t>;

  static google::protobuf::RepeatedPtrField<v1::CancellationReasonCount>
  MostFrequentFirst(const Reasons& reasons);

  int64_t n_ = 0;
  int64_t asked_ = 0;
  int64_t given_ = 0;
  int64_t over_offered_ = 0;
  int64_t offers_ = 0;
  std::vector<std::string> over_offered_contacts_;
  std::vector<double> minutes_;
  std::map<v1::Cancellation::Result, int64_t> results_;
  Reasons reasons_;
  std::map<std::string, Reasons> months_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_CANCELLATION_H_
