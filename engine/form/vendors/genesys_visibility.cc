#include "engine/form/vendors/genesys_visibility.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace attune {
namespace {

struct Predicate {
  GenesysPlace place;
  int answer = 0;
};

// `/form/questionGroup/0/question/1/answer/2`, or `..` for the own group; an
// option of a multiple select as `multipleSelectOptionQuestion/3` between.
std::optional<Predicate> ParsePredicate(absl::string_view text, int group) {
  std::vector<std::string> words = absl::StrSplit(text, '/');
  size_t next = 0;
  const auto word = [&](absl::string_view wanted) {
    if (next == words.size() || words[next] != wanted) return false;
    ++next;
    return true;
  };
  const auto index = [&](absl::string_view name, int& value) {
    return word(name) && next < words.size() &&
           absl::SimpleAtoi(words[next++], &value) && value >= 0;
  };
  Predicate predicate;
  predicate.place.group = group;
  if (!word("..") && !(word("") && word("form") &&
                       index("questionGroup", predicate.place.group))) {
    return std::nullopt;
  }
  if (!index("question", predicate.place.question)) return std::nullopt;
  const bool has_option =
      next < words.size() && words[next] == "multipleSelectOptionQuestion";
  if (has_option &&
      !index("multipleSelectOptionQuestion", predicate.place.option)) {
    return std::nullopt;
  }
  if (!index("answer", predicate.answer) || next != words.size()) {
    return std::nullopt;
  }
  return predicate;
}

bool AllOfOneQuestion(const std::vector<v1::VisibleWhen>& terms) {
  for (const v1::VisibleWhen& term : terms) {
    if (term.question_id() != terms[0].question_id()) return false;
  }
  return true;
}

}  // namespace

void GenesysAnswers::Add(const GenesysPlace& place, v1::VisibleWhen answers) {
  all_.insert_or_assign(place, std::move(answers));
}

std::optional<v1::VisibleWhen> GenesysAnswers::Find(const GenesysPlace& place,
                                                    int answer) const {
  const auto found = all_.find(place);
  if (found == all_.end() || answer >= found->second.choice_ids_size() ||
      found->second.choice_ids(answer).empty()) {
    return std::nullopt;
  }
  v1::VisibleWhen term;
  term.set_question_id(found->second.question_id());
  term.add_choice_ids(found->second.choice_ids(answer));
  return term;
}

GenesysCondition ReadGenesysCondition(VendorObject& owner, int group,
                                      const GenesysAnswers& answers,
                                      ImportLog& log) {
  GenesysCondition condition;
  std::optional<VendorObject> source = owner.Object("visibilityCondition");
  if (!source) return condition;
  const std::string operation = source->Text("combiningOperation");
  condition.any_of = operation == "OR";
  if (!operation.empty() && operation != "OR" && operation != "AND") {
    log.Refuse(source->At("combiningOperation"), "TYPE_UNKNOWN",
               "Predicates are combined by AND or OR.");
  }
  const std::vector<std::string> predicates = source->Texts("predicates");
  for (size_t i = 0; i < predicates.size(); ++i) {
    const std::string path =
        absl::StrCat(source->At("predicates"), "[", i, "]");
    const auto predicate = ParsePredicate(predicates[i], group);
    if (!predicate) {
      log.Refuse(path, "REFERENCE_UNKNOWN",
                 "A predicate is a path such as "
                 "/form/questionGroup/0/question/0/answer/0.");
      continue;
    }
    auto term = answers.Find(predicate->place, predicate->answer);
    if (term) {
      condition.terms.push_back(*std::move(term));
    } else {
      log.Note(path, "a condition on an answer",
               "no choice question before this one has that answer");
    }
  }
  source->NoteRest();
  // Any of one question's answers is one term.
  if (condition.any_of && !condition.terms.empty() &&
      AllOfOneQuestion(condition.terms)) {
    v1::VisibleWhen merged = condition.terms[0];
    for (size_t i = 1; i < condition.terms.size(); ++i) {
      merged.MergeFrom(condition.terms[i]);
    }
    condition.terms = {merged};
  }
  if (condition.terms.size() < 2) condition.any_of = false;
  return condition;
}

void SetVisibility(const std::vector<GenesysCondition>& conditions,
                   v1::Question& question, absl::string_view path,
                   ImportLog& log) {
  bool others = false;
  for (const GenesysCondition& condition : conditions) {
    others |= !condition.terms.empty() && !condition.any_of;
  }
  for (const GenesysCondition& condition : conditions) {
    if (condition.terms.empty()) continue;
    if (condition.any_of && (others || question.any_of())) {
      log.Note(path, "any of several conditions beside others",
               "a question is hidden by all or by any of its conditions, not "
               "by both; the others are kept");
      continue;
    }
    question.set_any_of(condition.any_of);
    for (const v1::VisibleWhen& term : condition.terms) {
      *question.add_visible_when() = term;
    }
  }
}

}  // namespace attune
