// The rules of relationship value, and its figures.

#ifndef ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUE_H_
#define ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUE_H_

#include <cstdint>
#include <map>
#include <string>

#include "attune/v1/relationship_value.pb.h"
#include "attune/v1/voice_service.pb.h"
#include "engine/violations.h"

namespace attune {

void CheckRelationshipValue(const v1::CreateRelationshipValueRequest& request,
                            int64_t now_us, Violations& bad);

// Sums up by kind.
class RelationshipValueTally {
 public:
  void Add(v1::RelationshipValue::Kind kind, int64_t units, int64_t records);
  // The kinds that there are, in their order; `all`: every kind.
  google::protobuf::RepeatedPtrField<v1::RelationshipValueCount> Kinds(
      bool all) const;

 private:
  struct Count {
    int64_t units = 0;
    int64_t records = 0;
  };
  std::map<int, Count> counts_;
};

// Of `n` customers, `hits` referred others.  What tells who referred is the
// caller's, and `basis` says which it was.
v1::ReferralRate ReferralRateOf(int year, v1::ReferralRate::Basis basis,
                                int64_t hits, int64_t n);

}  // namespace attune

#endif  // ATTUNE_ENGINE_VOICE_RELATIONSHIP_VALUE_H_
