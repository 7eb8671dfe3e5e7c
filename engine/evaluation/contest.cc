#include "engine/evaluation/contest.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/evaluation/standing.h"
#include "engine/form/form_limits.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"
#include "engine/texts.h"

namespace attune {
namespace {

using google::protobuf::RepeatedPtrField;
using Answers = RepeatedPtrField<v1::Answer>;

const v1::QuestionScore* FindQuestion(const v1::Score& score,
                                      const std::string& question_id) {
  for (const v1::QuestionScore& question : score.questions()) {
    if (question.question_id() == question_id) return &question;
  }
  return nullptr;
}

bool IsHidden(const v1::Score& score, const std::string& question_id) {
  const v1::QuestionScore* question = FindQuestion(score, question_id);
  return question != nullptr &&
         question->state() == v1::QuestionScore::STATE_HIDDEN;
}

// `base` with `changes`, which stand last, and without answers to questions
// that these hide.
Answers Overlay(const CompiledForm& form, const Answers& base,
                const Answers& changes) {
  const Answers all = WithChanges(base, changes);
  const v1::Score score = ExplainScore(form, all);
  Answers shown;
  for (int i = 0; i < all.size(); ++i) {
    const bool is_change = i >= all.size() - changes.size();
    if (is_change || !IsHidden(score, all[i].question_id())) {
      *shown.Add() = all[i];
    }
  }
  return shown;
}

// What CheckAnswers finds in the last answers, which came from `paths` in that
// order; with `rest`, what it finds elsewhere is told too, under that path.
void CheckChanges(const CompiledForm& form, const Answers& answers,
                  const std::vector<std::string>& paths,
                  Completeness completeness, absl::string_view rest,
                  Violations& bad) {
  const int first = answers.size() - static_cast<int>(paths.size());
  const Violations found = CheckAnswers(form, answers, completeness);
  for (const Violation& violation : found.all()) {
    bool is_change = false;
    for (size_t i = 0; i < paths.size(); ++i) {
      const std::string at =
          absl::StrCat("answers[", first + static_cast<int>(i), "]");
      if (!absl::StartsWith(violation.field, at)) continue;
      is_change = true;
      bad.Add(absl::StrCat(paths[i], violation.field.substr(at.size())),
              violation.reason, violation.description);
    }
    if (!is_change && !rest.empty()) {
      bad.Add(rest, violation.reason, violation.description);
    }
  }
}

// The answer with the question it is for.
v1::Answer AnswerFor(const std::string& question_id, const v1::Answer& given,
                     absl::string_view path, Violations& bad) {
  v1::Answer answer = given;
  if (!given.question_id().empty() && given.question_id() != question_id) {
    bad.Add(absl::StrCat(path, ".question_id"), "ANSWER_OF_ANOTHER",
            absl::StrCat("The item is about ", question_id,
                         ", the answer about ", given.question_id(), "."));
  }
  answer.set_question_id(question_id);
  return answer;
}

// Whether the item can be contested as it stands.
void CheckStanding(const v1::QuestionScore& question, bool becomes_visible,
                   const std::string& path, Violations& bad) {
  const std::string field = absl::StrCat(path, ".question_id");
  switch (question.state()) {
    case v1::QuestionScore::STATE_NA:
      return;
    case v1::QuestionScore::STATE_SCORED:
      if (question.points_earned() < question.points_possible()) return;
      [[fallthrough]];
    case v1::QuestionScore::STATE_NA_FULL_CREDIT:
      bad.Add(field, "FULL_POINTS",
              absl::StrCat(question.question_id(),
                           " has full points; there is nothing to gain."));
      return;
    default:
      if (becomes_visible) return;
      bad.Add(field, "NOT_SCORED",
              absl::StrCat(question.question_id(), " was not scored."));
  }
}

bool Lowers(const v1::Score& before, const v1::Score& after) {
  return before.has_percent() &&
         (!after.has_percent() || after.percent() < before.percent());
}

bool LowersItem(const v1::Score& before, const v1::Score& after,
                const std::string& question_id) {
  const v1::QuestionScore* was = FindQuestion(before, question_id);
  const v1::QuestionScore* is = FindQuestion(after, question_id);
  return was != nullptr && is != nullptr &&
         was->state() == v1::QuestionScore::STATE_SCORED &&
         is->state() == v1::QuestionScore::STATE_SCORED &&
         is->points_earned() < was->points_earned();
}

bool GainsNothing(const v1::Score& before, const v1::Score& after,
                  const std::string& question_id) {
  const v1::QuestionScore* was = FindQuestion(before, question_id);
  const v1::QuestionScore* is = FindQuestion(after, question_id);
  return was != nullptr && is != nullptr &&
         was->state() == v1::QuestionScore::STATE_SCORED &&
         is->state() == v1::QuestionScore::STATE_SCORED &&
         is->points_earned() <= was->points_earned();
}

}  // namespace

Violations CheckContest(const CompiledForm& form,
                        const v1::Evaluation& evaluation,
                        const v1::Contest& contest) {
  Violations bad;
  if (contest.items().empty() || contest.items_size() > kMaxQuestions) {
    bad.Add("contest.items", "ITEMS_SIZE",
            absl::StrCat("A contest is about 1 to ", kMaxQuestions, " items."));
    return bad;
  }
  const v1::Score& before = EffectiveScore(evaluation);
  const Answers base = EffectiveAnswers(evaluation);
  Answers proposals;
  std::vector<std::string> paths;
  std::set<std::string> seen;
  for (int i = 0; i < contest.items_size(); ++i) {
    const v1::ContestItem& item = contest.items(i);
    const std::string path = absl::StrCat("contest.items[", i, "]");
    CheckReason(item.reason(), absl::StrCat(path, ".reason"), bad);
    if (FindQuestion(before, item.question_id()) == nullptr) {
      bad.Add(absl::StrCat(path, ".question_id"), "QUESTION_UNKNOWN",
              absl::StrCat("The form has no question \"", item.question_id(),
                           "\"."));
    } else if (!seen.insert(item.question_id()).second) {
      bad.Add(absl::StrCat(path, ".question_id"), "ITEM_DUPLICATE",
              absl::StrCat(item.question_id(), " stands here twice."));
    } else {
      paths.push_back(path);
      *proposals.Add() = AnswerFor(item.question_id(), item.proposed(),
                                   absl::StrCat(path, ".proposed"), bad);
    }
  }
  const Answers proposed = Overlay(form, base, proposals);
  const v1::Score after = ExplainScore(form, proposed);
  std::vector<std::string> answer_paths;
  for (size_t i = 0; i < paths.size(); ++i) {
    const std::string& question_id =
        proposals.Get(static_cast<int>(i)).question_id();
    answer_paths.push_back(absl::StrCat(paths[i], ".proposed"));
    CheckStanding(*FindQuestion(before, question_id),
                  !IsHidden(after, question_id), paths[i], bad);
  }
  CheckChanges(form, proposed, answer_paths, Completeness::kPartial, "", bad);
  if (!bad.empty()) return bad;
  for (size_t i = 0; i < paths.size(); ++i) {
    if (GainsNothing(before, after,
                     proposals.Get(static_cast<int>(i)).question_id())) {
      bad.Add(answer_paths[i], "PROPOSES_NO_MORE",
              "Propose an answer that gives more points.");
    }
  }
  if (!after.unanswered().empty()) {
    bad.Add("contest.items", "PROPOSAL_INCOMPLETE",
            absl::StrCat("With these answers the form also asks ",
                         absl::StrJoin(after.unanswered(), ", "),
                         "; propose answers to them too."));
  } else if (Lowers(before, after)) {
    bad.Add("contest.items", "PROPOSES_LESS",
            absl::StrCat("These answers would give ", after.percent(),
                         " %, less than ", before.percent(), " %."));
  }
  return bad;
}

absl::Status RuleOn(const CompiledForm& form, const v1::Contest& contest,
                    const RepeatedPtrField<v1::ItemRuling>& items,
                    v1::Evaluation& evaluation, v1::Ruling& ruling) {
  Violations bad;
  std::map<std::string, int> by_question;
  for (int i = 0; i < items.size(); ++i) {
    const std::string path = absl::StrCat("items[", i, "]");
    const v1::ItemRuling& item = items[i];
    CheckReason(item.reason(), absl::StrCat(path, ".reason"), bad);
    if (!by_question.emplace(item.question_id(), i).second) {
      bad.Add(absl::StrCat(path, ".question_id"), "ITEM_DUPLICATE",
              absl::StrCat(item.question_id(), " stands here twice."));
    }
    if (item.outcome() != v1::ItemRuling::OUTCOME_UPHELD &&
        item.outcome() != v1::ItemRuling::OUTCOME_CHANGED) {
      bad.Add(absl::StrCat(path, ".outcome"), "OUTCOME_MISSING",
              "An item is upheld or changed.");
    }
    if (item.outcome() == v1::ItemRuling::OUTCOME_UPHELD && item.has_answer()) {
      bad.Add(absl::StrCat(path, ".answer"), "ANSWER_NOT_EXPECTED",
              "An item that is upheld keeps its answer.");
    }
  }
  Answers changes;
  std::vector<std::string> paths;
  std::vector<v1::ItemRuling> ordered;
  for (const v1::ContestItem& contested : contest.items()) {
    const auto found = by_question.find(contested.question_id());
    if (found == by_question.end()) {
      bad.Add("items", "ITEM_MISSING",
              absl::StrCat("Rule on ", contested.question_id(), " too."));
      continue;
    }
    const int index = found->second;
    by_question.erase(found);
    v1::ItemRuling ruled = items[index];
    if (ruled.outcome() == v1::ItemRuling::OUTCOME_CHANGED) {
      const std::string path = absl::StrCat("items[", index, "].answer");
      v1::Answer answer =
          AnswerFor(contested.question_id(),
                    ruled.has_answer() ? ruled.answer() : contested.proposed(),
                    path, bad);
      if (answer.comment().empty()) answer.set_comment(ruled.reason());
      *ruled.mutable_answer() = answer;
      paths.push_back(path);
      *changes.Add() = std::move(answer);
    }
    ordered.push_back(std::move(ruled));
  }
  for (const auto& [question_id, index] : by_question) {
    bad.Add(absl::StrCat("items[", index, "].question_id"), "ITEM_UNKNOWN",
            absl::StrCat("The contest is not about ", question_id, "."));
  }
  RETURN_IF_ERROR(bad.ToStatus());

  const v1::Score before = EffectiveScore(evaluation);
  const Answers answers = Overlay(form, EffectiveAnswers(evaluation), changes);
  CheckChanges(form, answers, paths, Completeness::kComplete, "items", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const v1::Score after = ExplainScore(form, answers);
  for (size_t i = 0; i < paths.size(); ++i) {
    if (LowersItem(before, after,
                   changes.Get(static_cast<int>(i)).question_id())) {
      bad.Add(paths[i], "RULING_LOWERS",
              "A ruling never gives fewer points than there were.");
    }
  }
  if (Lowers(before, after)) {
    bad.Add("items", "RULING_LOWERS",
            absl::StrCat("This would lower the score from ", before.percent(),
                         " % to ", after.percent(), " %."));
  }
  RETURN_IF_ERROR(bad.ToStatus());

  for (v1::ItemRuling& item : ordered) *ruling.add_items() = std::move(item);
  if (before.has_percent()) ruling.set_percent_before(before.percent());
  if (after.has_percent()) ruling.set_percent_after(after.percent());
  if (!changes.empty()) {
    *evaluation.mutable_ruled_answers() =
        WithChanges(evaluation.ruled_answers(), changes);
    *evaluation.mutable_ruled_score() = after;
  }
  return absl::OkStatus();
}

}  // namespace attune
