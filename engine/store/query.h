// A statement whose conditions depend on what was asked for.

#ifndef ATTUNE_ENGINE_STORE_QUERY_H_
#define ATTUNE_ENGINE_STORE_QUERY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/store/database.h"

namespace attune {

// Text comes from our code alone; every value is bound.
class Query {
 public:
  explicit Query(absl::string_view text) : text_(text) {}

  // Appends `text`, each `?` in it becoming the next parameter.
  Query& Add(absl::string_view text, std::vector<Value> values = {}) {
    size_t next = 0;
    for (const char c : text) {
      if (c == '?') {
        params_.push_back(std::move(values[next++]));
        text_ += '$' + std::to_string(params_.size());
      } else {
        text_ += c;
      }
    }
    return *this;
  }

  absl::string_view text() const { return text_; }
  absl::Span<const Value> params() const { return params_; }

 private:
  std::string text_;
  std::vector<Value> params_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_STORE_QUERY_H_
