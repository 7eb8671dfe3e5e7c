// Words for relationship value.

#ifndef ATTUNE_TOOLS_ATTUNE_RELATIONSHIP_VALUE_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_RELATIONSHIP_VALUE_VIEW_H_

#include <string>

#include "attune/v1/relationship_value.pb.h"
#include "tools/attune/arguments.h"
#include "tools/attune/enum_words.h"

namespace attune {

// `refers_customers`.
inline std::string RelationshipKindWord(v1::RelationshipValue::Kind kind) {
  return WordOf(kind, "KIND_");
}

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_RELATIONSHIP_VALUE_VIEW_H_
