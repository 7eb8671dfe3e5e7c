// Scoring a contact at a terminal: question by question, every answer saved.

#ifndef ATTUNE_TOOLS_ATTUNE_SCORE_SESSION_H_
#define ATTUNE_TOOLS_ATTUNE_SCORE_SESSION_H_

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/directory.pb.h"
#include "attune/v1/evaluation.pb.h"
#include "engine/form/compiled_form.h"
#include "tools/attune/score_view.h"

namespace attune {

// Reads whole lines, so that it works in any terminal.
class ScoreSession {
 public:
  // Stores the draft and gives it back with its new etag.
  using Save =
      std::function<absl::StatusOr<v1::Evaluation>(const v1::Evaluation&)>;
  enum class Outcome { kSubmit, kKeepDraft };

  // Borrows everything but the draft.
  ScoreSession(std::istream& in, std::ostream& screen, const ScoreLook& look,
               const CompiledForm& form, const v1::Transcript& transcript,
               v1::Evaluation draft, Save save);

  // Until the rater submits or leaves, or input ends.  An answer that could
  // not be saved because the server is away is kept and goes with the next; if
  // even the last one fails, that error is returned, as is ABORTED at once.
  absl::StatusOr<Outcome> Run();

  // With the answers as they are to be submitted.
  const v1::Evaluation& evaluation() const { return draft_; }

 private:
  enum class Step { kNext, kBack, kStay, kQuit };

  // A line without blanks around it; nothing at the end of input.
  std::optional<std::string> ReadLine(absl::string_view prompt);
  void Greet();
  // Asks one question and does what is typed.
  absl::StatusOr<Step> Ask(int index);
  absl::StatusOr<Step> Take(int index, const std::string& typed);
  absl::StatusOr<Step> Comment(int index);
  // Shows the score and asks what to do with it.
  absl::StatusOr<std::optional<Outcome>> Finish(int& index);
  // Puts the answer in place of an earlier one and saves.
  absl::Status Store(v1::Answer answer);
  absl::Status SaveDraft();
  void DropHiddenAnswers();

  bool IsHidden(int index) const;
  // The first visible question after (or before) `index`; the end (or -1).
  int Neighbour(int index, int step) const;
  int FirstOpen() const;
  v1::Score ScoreNow() const;

  std::istream& in_;
  std::ostream& screen_;
  const ScoreLook look_;
  const CompiledForm& form_;
  const v1::Transcript& transcript_;
  v1::Evaluation draft_;
  const Save save_;
  absl::Status unsaved_;  // why the last save failed
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SCORE_SESSION_H_
