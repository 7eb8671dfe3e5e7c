// Answers typed as `question=answer` arguments.

#ifndef ATTUNE_TOOLS_ATTUNE_ANSWER_ARGUMENT_H_
#define ATTUNE_TOOLS_ATTUNE_ANSWER_ARGUMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"

namespace attune {

// What was said of one question, and why.
struct ItemArgument {
  std::string question_id;
  std::string answer;
  std::string reason;
};

// `items` are QUESTION=ANSWER, and each has the reason at the same place.
// INVALID_ARGUMENT (USAGE) otherwise.
absl::StatusOr<std::vector<ItemArgument>> ItemArguments(
    const std::vector<std::string>& items,
    const std::vector<std::string>& reasons);

// The id or label of a choice, ids of several with commas, a number, a day, a
// text; `na`.
// INVALID_ARGUMENT (USAGE) for a number that is none.  A question or choice
// that the form does not have is the server's to refuse.
absl::StatusOr<v1::Answer> AnswerArgument(const v1::Form& form,
                                          const std::string& question_id,
                                          const std::string& text);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_ANSWER_ARGUMENT_H_
