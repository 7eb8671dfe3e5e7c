// Past evaluations scored again under another form, and what that changes.

#ifndef ATTUNE_ENGINE_SCORING_BACKTEST_H_
#define ATTUNE_ENGINE_SCORING_BACKTEST_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "attune/v1/backtest.pb.h"
#include "attune/v1/form.pb.h"
#include "attune/v1/score.pb.h"
#include "engine/form/compiled_form.h"
#include "engine/scoring/answer_sheet.h"
#include "engine/scoring/grade.h"
#include "engine/scoring/score_counts.h"

namespace attune {

// Adds up evaluations one by one, in whole numbers: in whatever order, and
// however they are spread over threads, the result is the same.  What each
// figure means is told in backtest.proto.
class BacktestTally {
 public:
  // `draft` must outlive this.
  explicit BacktestTally(const CompiledForm& draft);

  // `answers` and `before` are those that count, after rulings.  `agent` is
  // `people/{person}`.
  void Add(absl::string_view agent,
           const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
           const v1::Score& before);
  void Merge(const BacktestTally& other);

  v1::Backtest Result() const;

 private:
  // Points of the total lost, ten-thousandths of a percent.
  struct Lost {
    int64_t before = 0;
    int64_t after = 0;
  };
  struct Line {
    std::string band;
    int64_t percent = 0;  // ten-thousandths
    int64_t below_before = 0;
    int64_t below_after = 0;
    int64_t rose = 0;
    int64_t fell = 0;
  };
  struct Agent {
    int64_t n = 0;
    int64_t before = 0;  // hundredths
    int64_t after = 0;
  };
  // By section and question, of what the draft lacks; the question is empty
  // for a section.
  using ForeignLost = std::map<std::pair<std::string, std::string>, int64_t>;

  void Code(const google::protobuf::RepeatedPtrField<v1::Answer>& answers);
  void CountAnswers(const Marks& marks);
  void Compare(absl::string_view agent, const Grade& grade,
               const Breakdown& breakdown, const v1::Score& before);
  void AddLosses(const Breakdown& breakdown, const v1::Score& before);
  // `hint` is where the question is if both forms have the same order.
  int Find(absl::string_view question_id, int& hint) const;

  void TellDistributions(v1::Backtest& result) const;
  void TellLines(v1::Backtest& result) const;
  void TellAgents(v1::Backtest& result) const;
  void TellDrivers(v1::Backtest& result) const;
  void TellUnmatched(v1::Backtest& result) const;

  const CompiledForm& draft_;
  absl::flat_hash_map<std::string, int> section_index_;
  AnswerSheet sheet_;       // of the evaluation at hand
  std::vector<bool> seen_;  // its questions with an answer

  int64_t evaluations_ = 0;
  int64_t score_lost_ = 0;
  int64_t score_gained_ = 0;
  int64_t with_missing_ = 0;
  int64_t raised_ = 0;
  int64_t lowered_ = 0;
  ScoreCounts before_;
  ScoreCounts after_;
  std::vector<Line> lines_;
  absl::flat_hash_map<std::string, Agent> agents_;
  std::vector<Lost> sections_;   // of the draft
  std::vector<Lost> questions_;  // of the draft
  ForeignLost foreign_;
  int64_t critical_ = 0;           // hundredths
  std::vector<int64_t> answered_;  // by question of the draft
  std::vector<int64_t> missing_;   // likewise
  absl::flat_hash_map<std::string, int64_t> left_out_;  // by question
  std::map<std::pair<std::string, std::string>, int64_t> unmatched_;
};

}  // namespace attune

#endif  // ATTUNE_ENGINE_SCORING_BACKTEST_H_
