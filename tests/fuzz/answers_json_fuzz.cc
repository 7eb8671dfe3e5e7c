// Any text as answers to one form that has a question of every kind.

#include <google/protobuf/text_format.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/answers_json.h"
#include "engine/scoring/score.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr size_t kMaxInput = 64 * 1024;

constexpr char kForm[] = R"pb(
  title: "Every kind"
  sections {
    section_id: "all"
    title: "All"
    questions {
      question_id: "single"
      text: "One of them"
      type: SINGLE_CHOICE
      choices { choice_id: "yes" label: "Yes" points: 2 }
      choices { choice_id: "no" label: "No" comment_required: true }
      na { allowed: true }
    }
    questions {
      question_id: "many"
      text: "Any of them"
      type: MULTI_CHOICE
      choices { choice_id: "a" label: "A" points: 1.5 }
      choices { choice_id: "b" label: "B" points: 2 }
      choices { choice_id: "na" label: "None" }
    }
    questions {
      question_id: "number"
      text: "How many"
      type: NUMBER
      ranges { from: -1 to: 0.5 points: 1 }
      ranges { from: 1 to: 9 points: 3 }
    }
    questions { question_id: "text" text: "What" type: TEXT }
    questions { question_id: "date" text: "When" type: DATE required: true }
    questions {
      question_id: "hidden"
      text: "If so"
      type: SINGLE_CHOICE
      choices { choice_id: "x" label: "X" points: 1 }
      visible_when { question_id: "single" choice_ids: "yes" }
    }
  })pb";

const CompiledForm& EveryKind() {
  static const CompiledForm& form = *[] {
    v1::Form document;
    if (!google::protobuf::TextFormat::ParseFromString(kForm, &document)) {
      std::abort();
    }
    auto compiled = CompiledForm::Make(document);
    if (!compiled.ok()) std::abort();
    return new CompiledForm(*std::move(compiled));
  }();
  return form;
}

void CheckJson(absl::string_view json) {
  const auto answers = ParseAnswersJson(EveryKind(), json);
  if (!answers.ok()) {
    if (answers.status().message().empty()) std::abort();
    return;
  }
  if (!CheckAnswers(EveryKind(), *answers, Completeness::kPartial).empty()) {
    std::abort();
  }
  const v1::Score score = ExplainScore(EveryKind(), *answers);
  if (score.percent() < 0 || score.percent() > 100) std::abort();
}

}  // namespace
}  // namespace attune

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > attune::kMaxInput) return 0;
  attune::CheckJson(
      absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
