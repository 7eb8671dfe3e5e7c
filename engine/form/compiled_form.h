// A form ready to score: flat, with whole numbers for every point and weight.

#ifndef ATTUNE_ENGINE_FORM_COMPILED_FORM_H_
#define ATTUNE_ENGINE_FORM_COMPILED_FORM_H_

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attune/v1/form.pb.h"
#include "engine/form/form_limits.h"

namespace attune {

struct Coefficients;

// Choices of one question, by index.
using ChoiceSet = std::bitset<kMaxChoices>;

// Immutable; safe to share between threads.  Copies are deep but for the
// coefficients.
class CompiledForm {
 public:
  // The question is visible if its answer has one of these choices.
  struct Condition {
    int question = 0;
    ChoiceSet choices = {};
  };

  struct Question {
    int section = 0;
    v1::Question::Type type = v1::Question::TYPE_UNSPECIFIED;
    bool scored = false;
    bool bonus = false;
    bool na_allowed = false;
    bool full_credit = false;   // N/A earns the maximum
    bool needs_answer = false;  // when visible
    bool any_of = false;
    int64_t unit = 1;       // ten-thousandths of a point
    int64_t maximum = 0;    // units
    int64_t weight = 0;     // ten-thousandths
    int64_t pass_mark = 0;  // units; earning less is a critical failure
    std::vector<int64_t> points = {};  // units, of each choice or range
    std::vector<Condition> conditions = {};
  };

  struct Section {
    int first_question = 0;
    int end_question = 0;
    int64_t weight = 0;  // ten-thousandths
    // Ten-thousandths of a percent; under it the section fails; 0: never.
    int64_t pass_percent = 0;
  };

  // INVALID_ARGUMENT with every lint error.
  static absl::StatusOr<CompiledForm> Make(const v1::Form& form);
  // A form that lint may still refuse for its words, its leading value or its
  // examples.  Nothing if its structure or its numbers are not sound.
  static std::optional<CompiledForm> MakeDraft(const v1::Form& form);

  // The document it was made from.
  const v1::Form& form() const { return form_; }
  // With the default put in.
  v1::Form::Rule rule() const { return rule_; }
  // Ten-thousandths of a percent.
  int64_t cap() const { return cap_; }

  const std::vector<Section>& sections() const { return sections_; }
  // In form order, those of all sections.
  const std::vector<Question>& questions() const { return questions_; }
  int question_count() const { return static_cast<int>(questions_.size()); }
  const v1::Section& section(int index) const { return form_.sections(index); }
  const v1::Question& question(int index) const;

  // Index of a question; nothing if the form has no such question.
  std::optional<int> FindQuestion(absl::string_view question_id) const;
  // Index, within the question, of a choice.
  std::optional<int> FindChoice(int index, absl::string_view choice_id) const;
  // Index, within the question, of the range that holds `number`.
  std::optional<int> FindRange(int index, double number) const;

  // What scoring multiplies with; see coefficients.h.
  const Coefficients& coefficients() const { return *coefficients_; }

 private:
  friend class FormCompiler;
  struct Place {
    int section = 0;
    int question = 0;
  };
  CompiledForm() = default;

  v1::Form form_;
  v1::Form::Rule rule_ = v1::Form::WEIGHTED_SECTION_MEANS;
  int64_t cap_ = 0;
  std::vector<Section> sections_;
  std::vector<Question> questions_;
  std::vector<Place> places_;  // of each question in the document
  absl::flat_hash_map<std::string, int> index_;
  std::shared_ptr<const Coefficients> coefficients_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_FORM_COMPILED_FORM_H_
