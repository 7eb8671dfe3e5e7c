#include "tools/attune_load/answers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/clock.h"
#include "tools/attune_load/random.h"

namespace attune {
namespace {

constexpr size_t kNotApplicableOneIn = 10;
constexpr double kOwnView = 0.15;  // share of answers that are the rater's own
constexpr size_t kEvidenceOneIn = 4;
constexpr size_t kRemarkOneIn = 8;
constexpr size_t kLongestContactMs = 300'000;

constexpr const char* kComments[] = {
    "The customer said it twice before it was taken up.",
    "There was room for a second try after the balance was read out.",
    "Asked, but did not wait for the answer.",
    "A warm word here would have cost nothing.",
    "Well meant, but too late: the customer had moved on.",
    "The customer had to bring it up again at the end."};
constexpr const char* kQuotes[] = {
    "I have been trying to sort this out since Monday.",
    "Could you tell me what happens next?", "Oh, that is kind of you.",
    "No, that was everything, thank you."};

template <size_t kCount>
const char* OneOf(const char* const (&texts)[kCount], Random& random) {
  return texts[random.Below(kCount)];
}

// Each question has streams of its own, so that raters of one contact who
// differ on one question still see the others alike.
class Answering {
 public:
  Answering(const CompiledForm& form, const Judgement& judgement)
      : form_(form),
        judgement_(judgement),
        given_(static_cast<size_t>(form.question_count())) {}

  google::protobuf::RepeatedPtrField<v1::Answer> Run() {
    google::protobuf::RepeatedPtrField<v1::Answer> answers;
    answers.Reserve(form_.question_count());
    for (int index = 0; index < form_.question_count(); ++index) {
      const auto name = static_cast<uint64_t>(index);
      Random contact(judgement_.contact_seed, {name});
      Random rater(judgement_.rater_seed, {name});
      if (!IsVisible(index)) continue;
      const bool own = rater.Uniform() < kOwnView;
      v1::Answer& answer = *answers.Add();
      answer.set_question_id(form_.question(index).question_id());
      if (!Give(index, own ? rater : contact, answer)) answers.RemoveLast();
    }
    return answers;
  }

 private:
  bool IsVisible(int index) const {
    const CompiledForm::Question& question = At(index);
    if (question.conditions.empty()) return true;
    const auto holds = [this](const CompiledForm::Condition& condition) {
      return (given_[static_cast<size_t>(condition.question)] &
              condition.choices)
          .any();
    };
    const auto& all = question.conditions;
    return question.any_of ? std::any_of(all.begin(), all.end(), holds)
                           : std::all_of(all.begin(), all.end(), holds);
  }

  // False if the question is better left unanswered.
  bool Give(int index, Random& random, v1::Answer& answer) {
    const CompiledForm::Question& question = At(index);
    if (random.OneIn(kNotApplicableOneIn) && question.na_allowed) {
      answer.set_na(true);
      return true;
    }
    switch (question.type) {
      case v1::Question::SINGLE_CHOICE:
        GiveChoice(index, PickLevel(index, random), answer);
        break;
      case v1::Question::MULTI_CHOICE:
        GiveChoices(index, random, answer);
        break;
      case v1::Question::NUMBER:
        answer.set_number(PickNumber(index, random));
        break;
      case v1::Question::DATE:
        if (!question.needs_answer && random.OneIn(2)) return false;
        answer.set_date(
            FormatDay(19'000 + static_cast<int64_t>(random.Below(1000))));
        break;
      default:
        if (!question.needs_answer && random.OneIn(2)) return false;
        answer.set_text(OneOf(kComments, random));
    }
    AddWords(index, random, answer);
    return true;
  }

  // A choice or range, by its points: with x drawn evenly around the quality,
  // one of the two levels next to x, so that their mean is x.
  size_t PickLevel(int index, Random& random) const {
    const std::vector<int64_t>& points = At(index).points;
    const double quality = std::clamp(judgement_.quality, 0.0, 1.0);
    const double reach = std::min(quality, 1 - quality);
    const double x = quality + reach * (2 * random.Uniform() - 1);
    const double wanted = x * static_cast<double>(*std::max_element(
                                  points.begin(), points.end()));
    size_t low = points.size();
    size_t high = points.size();
    // Several choices may earn the same; each has its turn.
    const size_t first = random.Below(points.size());
    for (size_t step = 0; step < points.size(); ++step) {
      const size_t i = (first + step) % points.size();
      const auto earned = static_cast<double>(points[i]);
      if (earned <= wanted &&
          (low == points.size() || points[i] > points[low])) {
        low = i;
      }
      if (earned >= wanted &&
          (high == points.size() || points[i] < points[high])) {
        high = i;
      }
    }
    const double chance = random.Uniform();
    if (low == points.size()) return high;
    if (high == points.size() || points[low] == points[high]) return low;
    const auto gap = static_cast<double>(points[high] - points[low]);
    return chance * gap < wanted - static_cast<double>(points[low]) ? high
                                                                    : low;
  }

  void GiveChoice(int index, size_t choice, v1::Answer& answer) {
    given_[static_cast<size_t>(index)].set(choice);
    answer.set_choice_id(
        form_.question(index).choices(static_cast<int>(choice)).choice_id());
  }

  void GiveChoices(int index, Random& random, v1::Answer& answer) {
    const v1::Question& question = form_.question(index);
    for (int i = 0; i < question.choices_size(); ++i) {
      const bool earns = question.choices(i).points() > 0;
      if (random.Uniform() >= (earns ? judgement_.quality : 0.1)) continue;
      given_[static_cast<size_t>(index)].set(static_cast<size_t>(i));
      answer.add_choice_ids(question.choices(i).choice_id());
    }
  }

  double PickNumber(int index, Random& random) const {
    const v1::Question& question = form_.question(index);
    if (question.ranges().empty()) {
      return static_cast<double>(random.Below(61));
    }
    const v1::Range& range =
        question.ranges(static_cast<int>(PickLevel(index, random)));
    // A whole number if the range holds one, else its lower end.
    const double first = std::ceil(range.from());
    const double count = std::floor(range.to()) - first + 1;
    if (count < 1) return range.from();
    return first + static_cast<double>(random.Below(
                       static_cast<size_t>(std::min(count, 1000.0))));
  }

  void AddWords(int index, Random& random, v1::Answer& answer) {
    const v1::Question& question = form_.question(index);
    bool demanded = false;
    for (int i = 0; i < question.choices_size(); ++i) {
      demanded = demanded ||
                 (given_[static_cast<size_t>(index)][static_cast<size_t>(i)] &&
                  question.choices(i).comment_required());
    }
    if (random.OneIn(kRemarkOneIn) || demanded) {
      answer.set_comment(OneOf(kComments, random));
    }
    if (!random.OneIn(kEvidenceOneIn)) return;
    v1::Evidence& evidence = *answer.add_evidence();
    evidence.set_start_ms(
        static_cast<int64_t>(random.Below(kLongestContactMs)));
    evidence.set_end_ms(evidence.start_ms() + 4000);
    evidence.set_quote(OneOf(kQuotes, random));
  }

  const CompiledForm::Question& At(int index) const {
    return form_.questions()[static_cast<size_t>(index)];
  }

  const CompiledForm& form_;
  const Judgement& judgement_;
  std::vector<ChoiceSet> given_;
};

}  // namespace

google::protobuf::RepeatedPtrField<v1::Answer> MakeAnswers(
    const CompiledForm& form, const Judgement& judgement) {
  return Answering(form, judgement).Run();
}

}  // namespace attune
