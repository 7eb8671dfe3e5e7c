#include "engine/evaluation/self_check_tally.h"

#include "engine/evaluation/self_check.h"
#include "engine/evaluation/self_gap.h"

namespace attune {
namespace {

void Tell(const Sums& sums, const std::string& section_id, v1::MeanGap& gap) {
  gap.set_section_id(section_id);
  gap.set_n(static_cast<int32_t>(sums.n));
  if (sums.n > 0) gap.set_gap(RoundedGap(sums.sum, sums.n));
}

}  // namespace

void SelfCheckTallyBuilder::AddSession(const v1::SelfCheck& check) {
  if (StateOf(check) == v1::SelfCheck::STATE_DONE) {
    counts_.set_done_count(counts_.done_count() + 1);
  } else {
    counts_.set_begun_count(counts_.begun_count() + 1);
  }
  if (check.gap().reading() == v1::SelfCheckGap::READING_TOO_KIND) {
    counts_.set_too_kind_count(counts_.too_kind_count() + 1);
  }
  if (check.gap().reading() == v1::SelfCheckGap::READING_TOO_HARSH) {
    counts_.set_too_harsh_count(counts_.too_harsh_count() + 1);
  }
  for (const v1::SelfCheckPick& pick : check.picks()) {
    if (pick.gap().has_gap()) gap_.Add(HundredthsOf(pick.gap().gap()));
    for (const v1::SectionGap& section : pick.gap().sections()) {
      section_gaps_[section.section_id()].Add(HundredthsOf(section.gap()));
    }
  }
}

void SelfCheckTallyBuilder::AddFeedback(const v1::FormFeedback& feedback) {
  counts_.set_feedback_count(counts_.feedback_count() + 1);
  if (!feedback.idea().empty()) {
    counts_.set_idea_count(counts_.idea_count() + 1);
  }
  CountVerdicts(feedback, questions_);
}

void SelfCheckTallyBuilder::AddMissing(int64_t agents) {
  counts_.set_missing_count(counts_.missing_count() +
                            static_cast<int32_t>(agents));
}

v1::SelfCheckTally SelfCheckTallyBuilder::Build() const {
  v1::SelfCheckTally tally = counts_;
  Tell(gap_, "", *tally.mutable_gap());
  for (const auto& [section_id, sums] : section_gaps_) {
    Tell(sums, section_id, *tally.add_section_gaps());
  }
  for (const auto& [question_id, question] : questions_) {
    *tally.add_questions() = question;
  }
  return tally;
}

}  // namespace attune
