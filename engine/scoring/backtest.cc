#include "engine/scoring/backtest.h"

#include <algorithm>
#include <cmath>

#include "engine/form/decimal.h"
#include "engine/scoring/marks.h"

namespace attune {
namespace {

using Kind = CodedAnswer::Kind;

int64_t Hundredths(double percent) { return std::llround(percent * 100); }
int64_t TenThousandths(double percent) {
  return std::llround(percent * 10'000);
}

bool SaysAnything(const v1::Answer& answer) {
  return !answer.choice_id().empty() || !answer.choice_ids().empty() ||
         answer.has_number() || !answer.text().empty() ||
         !answer.date().empty() || answer.na();
}

}  // namespace

BacktestTally::BacktestTally(const CompiledForm& draft)
    : draft_(draft),
      sheet_(static_cast<size_t>(draft.question_count())),
      seen_(sheet_.size()),
      sections_(draft.sections().size()),
      questions_(sheet_.size()),
      answered_(sheet_.size()),
      missing_(sheet_.size()) {
  const v1::Form& form = draft.form();
  for (int s = 0; s < form.sections_size(); ++s) {
    section_index_.emplace(form.sections(s).section_id(), s);
  }
  if (form.has_floor_percent()) {
    lines_.push_back({"", ToTenThousandths(form.floor_percent()).value_or(0)});
  }
  const size_t bands = lines_.size();
  for (const v1::Band& band : form.bands()) {
    lines_.push_back(
        {band.title(), ToTenThousandths(band.from_percent()).value_or(0)});
  }
  std::sort(lines_.begin() + static_cast<std::ptrdiff_t>(bands), lines_.end(),
            [](const Line& a, const Line& b) { return a.percent < b.percent; });
}

void BacktestTally::Add(
    absl::string_view agent,
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
    const v1::Score& before) {
  ++evaluations_;
  Code(answers);
  const Marks marks = MarkSheet(draft_, sheet_);
  CountAnswers(marks);
  // What is unanswered counts as not applicable: that is GradeMarks' rule.
  const Grade grade = GradeMarks(draft_, marks);
  if (grade.percent && before.has_percent()) {
    Compare(agent, grade, BreakDown(draft_, marks), before);
  } else {
    score_gained_ += grade.percent ? 1 : 0;
    score_lost_ += before.has_percent() ? 1 : 0;
  }
}

int BacktestTally::Find(absl::string_view question_id, int& hint) const {
  if (hint < draft_.question_count() &&
      draft_.question(hint).question_id() == question_id) {
    return hint++;
  }
  const int found = draft_.FindQuestion(question_id).value_or(-1);
  if (found >= 0) hint = found + 1;
  return found;
}

void BacktestTally::Code(
    const google::protobuf::RepeatedPtrField<v1::Answer>& answers) {
  std::fill(sheet_.begin(), sheet_.end(), CodedAnswer{});
  std::fill(seen_.begin(), seen_.end(), false);
  int hint = 0;
  for (const v1::Answer& answer : answers) {
    const int q = Find(answer.question_id(), hint);
    if (q < 0) {
      ++left_out_[answer.question_id()];
      continue;
    }
    const auto at = static_cast<size_t>(q);
    CodedAnswer& coded = sheet_[at];
    // As CodeAnswers: what is answered twice has no answer.
    coded = seen_[at] ? CodedAnswer{} : CodeAnswer(draft_, q, answer);
    seen_[at] = true;
    if (coded.kind != Kind::kNone || !SaysAnything(answer)) continue;
    // An answer with several choices names those that the draft lacks.
    bool named = false;
    const auto name = [&](const std::string& choice_id) {
      if (draft_.FindChoice(q, choice_id)) return;
      ++unmatched_[{answer.question_id(), choice_id}];
      named = true;
    };
    if (!answer.choice_id().empty()) name(answer.choice_id());
    for (const std::string& choice_id : answer.choice_ids()) name(choice_id);
    if (!named) ++unmatched_[{answer.question_id(), ""}];
  }
}

void BacktestTally::CountAnswers(const Marks& marks) {
  bool any_missing = false;
  for (size_t q = 0; q < marks.size(); ++q) {
    if (sheet_[q].kind != Kind::kNone) ++answered_[q];
    if (marks[q].state != v1::QuestionScore::STATE_UNANSWERED) continue;
    ++missing_[q];
    any_missing = true;
  }
  with_missing_ += any_missing ? 1 : 0;
}

void BacktestTally::Compare(absl::string_view agent, const Grade& grade,
                            const Breakdown& breakdown,
                            const v1::Score& before) {
  const int64_t was = Hundredths(before.percent());
  const int64_t is = *grade.percent;
  before_.Add(was);
  after_.Add(is);
  raised_ += is > was ? 1 : 0;
  lowered_ += is < was ? 1 : 0;
  for (Line& line : lines_) {
    const bool was_below = was * 100 < line.percent;
    const bool is_below = is * 100 < line.percent;
    line.below_before += was_below ? 1 : 0;
    line.below_after += is_below ? 1 : 0;
    line.rose += was_below && !is_below ? 1 : 0;
    line.fell += !was_below && is_below ? 1 : 0;
  }
  Agent& mean = agents_[agent];
  ++mean.n;
  mean.before += was;
  mean.after += is;
  critical_ += is - *grade.percent_before_critical -
               (was - Hundredths(before.percent_before_critical()));
  AddLosses(breakdown, before);
}

void BacktestTally::AddLosses(const Breakdown& breakdown,
                              const v1::Score& before) {
  for (size_t s = 0; s < sections_.size(); ++s) {
    sections_[s].after += breakdown.sections[s].lost;
  }
  for (size_t q = 0; q < questions_.size(); ++q) {
    questions_[q].after += breakdown.questions[q].lost;
  }
  for (const v1::SectionScore& section : before.sections()) {
    const int64_t lost = TenThousandths(section.lost());
    const auto found = section_index_.find(section.section_id());
    if (found != section_index_.end()) {
      sections_[static_cast<size_t>(found->second)].before += lost;
    } else {
      foreign_[{section.section_id(), ""}] += lost;
    }
  }
  int hint = 0;
  for (const v1::QuestionScore& question : before.questions()) {
    const int64_t lost = TenThousandths(question.lost());
    const int q = Find(question.question_id(), hint);
    if (q >= 0) {
      questions_[static_cast<size_t>(q)].before += lost;
    } else if (question.points_possible() > 0) {
      foreign_[{question.section_id(), question.question_id()}] += lost;
    }
  }
}

void BacktestTally::Merge(const BacktestTally& other) {
  evaluations_ += other.evaluations_;
  score_lost_ += other.score_lost_;
  score_gained_ += other.score_gained_;
  with_missing_ += other.with_missing_;
  raised_ += other.raised_;
  lowered_ += other.lowered_;
  before_.Merge(other.before_);
  after_.Merge(other.after_);
  for (size_t i = 0; i < lines_.size(); ++i) {
    lines_[i].below_before += other.lines_[i].below_before;
    lines_[i].below_after += other.lines_[i].below_after;
    lines_[i].rose += other.lines_[i].rose;
    lines_[i].fell += other.lines_[i].fell;
  }
  for (const auto& [name, agent] : other.agents_) {
    Agent& own = agents_[name];
    own.n += agent.n;
    own.before += agent.before;
    own.after += agent.after;
  }
  for (size_t s = 0; s < sections_.size(); ++s) {
    sections_[s].before += other.sections_[s].before;
    sections_[s].after += other.sections_[s].after;
  }
  for (size_t q = 0; q < questions_.size(); ++q) {
    questions_[q].before += other.questions_[q].before;
    questions_[q].after += other.questions_[q].after;
    answered_[q] += other.answered_[q];
    missing_[q] += other.missing_[q];
  }
  for (const auto& [part, lost] : other.foreign_) foreign_[part] += lost;
  critical_ += other.critical_;
  for (const auto& [question, n] : other.left_out_) left_out_[question] += n;
  for (const auto& [answer, n] : other.unmatched_) unmatched_[answer] += n;
}

}  // namespace attune
