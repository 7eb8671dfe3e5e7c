#include "tools/attune/score_session.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/ids.h"
#include "engine/scoring/answers.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"
#include "tools/attune/question_prompt.h"
#include "tools/attune/terminal.h"
#include "tools/attune/transcript_view.h"

namespace attune {
namespace {

constexpr char kKeys[] =
    "Keys: a number chooses, n = does not apply, Enter = next, b = back, "
    "c = comment, t = transcript, q = keep the draft and leave.";

}  // namespace

ScoreSession::ScoreSession(std::istream& in, std::ostream& screen,
                           const ScoreLook& look, const CompiledForm& form,
                           const v1::Transcript& transcript,
                           v1::Evaluation draft, Save save)
    : in_(in),
      screen_(screen),
      look_(look),
      form_(form),
      transcript_(transcript),
      draft_(std::move(draft)),
      save_(std::move(save)) {}

std::optional<std::string> ScoreSession::ReadLine(absl::string_view prompt) {
  screen_ << prompt << std::flush;
  std::string line;
  if (!std::getline(in_, line)) return std::nullopt;
  absl::StripAsciiWhitespace(&line);
  return line;
}

v1::Score ScoreSession::ScoreNow() const {
  return ExplainScore(form_, draft_.answers());
}

bool ScoreSession::IsHidden(int index) const {
  return ScoreNow().questions(index).state() == v1::QuestionScore::STATE_HIDDEN;
}

int ScoreSession::Neighbour(int index, int step) const {
  const v1::Score score = ScoreNow();
  do {
    index += step;
  } while (index >= 0 && index < form_.question_count() &&
           score.questions(index).state() == v1::QuestionScore::STATE_HIDDEN);
  return index;
}

int ScoreSession::FirstOpen() const {
  for (int i = 0; i < form_.question_count(); ++i) {
    if (!IsHidden(i) &&
        FindAnswer(draft_.answers(), form_.question(i).question_id()) ==
            nullptr) {
      return i;
    }
  }
  return form_.question_count();
}

void ScoreSession::Greet() {
  screen_ << Toned(Printable(form_.form().title()), Tone::kStrong, look_.color)
          << ", " << draft_.form_revision() << "\nCall " << draft_.contact()
          << ", " << transcript_.segments_size()
          << " segments in its transcript.\n"
          << Wrapped(kKeys, look_.width, 0) << "\n";
  if (draft_.answers_size() > 0) {
    screen_ << "Going on with your draft: " << draft_.answers_size() << " of "
            << form_.question_count() << " answered, " << TotalText(ScoreNow())
            << ".\n";
  }
}

absl::StatusOr<ScoreSession::Outcome> ScoreSession::Run() {
  Greet();
  int index = FirstOpen();
  while (true) {
    if (index >= form_.question_count()) {
      ASSIGN_OR_RETURN(const std::optional<Outcome> outcome, Finish(index));
      if (outcome) return *outcome;
      continue;
    }
    ASSIGN_OR_RETURN(const Step step, Ask(index));
    if (step == Step::kNext) index = Neighbour(index, 1);
    if (step == Step::kBack) {
      const int before = Neighbour(index, -1);
      index = before < 0 ? index : before;
    }
    if (step == Step::kQuit) {
      if (!unsaved_.ok()) RETURN_IF_ERROR(SaveDraft());
      RETURN_IF_ERROR(unsaved_);
      return Outcome::kKeepDraft;
    }
  }
}

absl::StatusOr<ScoreSession::Step> ScoreSession::Ask(int index) {
  const v1::Question& question = form_.question(index);
  const int section = form_.questions()[static_cast<size_t>(index)].section;
  screen_ << "\n"
          << Toned(
                 absl::StrCat("[", index + 1, "/", form_.question_count(), "] ",
                              Printable(form_.section(section).title())),
                 Tone::kFaint, look_.color)
          << "\n"
          << QuestionPrompt(
                 question, FindAnswer(draft_.answers(), question.question_id()),
                 look_);
  const std::optional<std::string> typed = ReadLine("> ");
  if (!typed || *typed == "q") return Step::kQuit;
  if (typed->empty()) return Step::kNext;
  if (*typed == "b") return Step::kBack;
  if (*typed == "c") return Comment(index);
  if (*typed == "?") {
    screen_ << Wrapped(kKeys, look_.width, 0) << "\n";
    return Step::kStay;
  }
  if (*typed == "t") {
    screen_ << TranscriptText(transcript_, look_.width, look_.color);
    return Step::kStay;
  }
  return Take(index, *typed);
}

absl::StatusOr<ScoreSession::Step> ScoreSession::Take(
    int index, const std::string& typed) {
  const v1::Question& question = form_.question(index);
  absl::StatusOr<v1::Answer> answer = ReadTyped(question, typed);
  if (!answer.ok()) {
    screen_ << answer.status().message() << "\n";
    return Step::kStay;
  }
  const v1::Answer* before =
      FindAnswer(draft_.answers(), question.question_id());
  if (before != nullptr) {
    answer->set_comment(before->comment());
    *answer->mutable_evidence() = before->evidence();
  }
  AnswerList alone;
  *alone.Add() = *answer;
  const Violations violations =
      CheckAnswers(form_, alone, Completeness::kPartial);
  if (!violations.empty()) {
    screen_ << violations.all().front().description << "\n";
    return Step::kStay;
  }
  if (NeedsComment(question, *answer) && answer->comment().empty()) {
    const std::optional<std::string> comment =
        ReadLine("Why (this choice needs a comment)? ");
    if (!comment) return Step::kQuit;
    if (comment->empty() || !IsCleanUtf8(*comment)) {
      screen_ << "Without a comment this choice cannot be kept.\n";
      return Step::kStay;
    }
    answer->set_comment(*comment);
  }
  RETURN_IF_ERROR(Store(*std::move(answer)));
  return Step::kNext;
}

absl::StatusOr<ScoreSession::Step> ScoreSession::Comment(int index) {
  const v1::Answer* before =
      FindAnswer(draft_.answers(), form_.question(index).question_id());
  if (before == nullptr) {
    screen_ << "Answer the question first.\n";
    return Step::kStay;
  }
  const std::optional<std::string> comment =
      ReadLine("Comment (empty keeps it as it is): ");
  if (!comment) return Step::kQuit;
  if (comment->empty()) return Step::kStay;
  v1::Answer answer = *before;
  answer.set_comment(*comment);
  AnswerList alone;
  *alone.Add() = answer;
  const Violations violations =
      CheckAnswers(form_, alone, Completeness::kPartial);
  if (!violations.empty()) {
    screen_ << violations.all().front().description << "\n";
    return Step::kStay;
  }
  RETURN_IF_ERROR(Store(std::move(answer)));
  return Step::kStay;
}

absl::Status ScoreSession::Store(v1::Answer answer) {
  v1::Answer* place = nullptr;
  for (v1::Answer& stored : *draft_.mutable_answers()) {
    if (stored.question_id() == answer.question_id()) place = &stored;
  }
  if (place == nullptr) place = draft_.add_answers();
  *place = std::move(answer);
  RETURN_IF_ERROR(SaveDraft());
  screen_ << "  " << (unsaved_.ok() ? "Saved; " : "NOT SAVED YET; ")
          << TotalText(ScoreNow()) << ".\n";
  return absl::OkStatus();
}

absl::Status ScoreSession::SaveDraft() {
  const absl::StatusOr<v1::Evaluation> saved = save_(draft_);
  if (saved.ok()) {
    draft_.set_etag(saved->etag());
    unsaved_ = absl::OkStatus();
    return absl::OkStatus();
  }
  unsaved_ = saved.status();
  // Only a server that is away may come back and take it.
  if (!absl::IsUnavailable(unsaved_) && !absl::IsDeadlineExceeded(unsaved_) &&
      !absl::IsResourceExhausted(unsaved_)) {
    return unsaved_;
  }
  screen_ << unsaved_.message()
          << "\nThe answer is kept here and goes with the next one.\n";
  return absl::OkStatus();
}

void ScoreSession::DropHiddenAnswers() {
  const v1::Score score = ScoreNow();
  AnswerList kept;
  for (const v1::Answer& answer : draft_.answers()) {
    const std::optional<int> index = form_.FindQuestion(answer.question_id());
    if (index &&
        score.questions(*index).state() != v1::QuestionScore::STATE_HIDDEN) {
      *kept.Add() = answer;
    }
  }
  draft_.mutable_answers()->Swap(&kept);
}

absl::StatusOr<std::optional<ScoreSession::Outcome>> ScoreSession::Finish(
    int& index) {
  const v1::Score score = ScoreNow();
  if (score.unanswered_size() > 0) {
    index = form_.FindQuestion(score.unanswered(0)).value_or(0);
    screen_ << "\n" << TotalText(score) << ".\n";
    return std::nullopt;
  }
  screen_ << "\n"
          << ScoreText(form_.form(), draft_.answers(), score, look_) << "\n";
  while (true) {
    const std::optional<std::string> typed = ReadLine(
        "Submit?  y = submit, c = comment on the whole call, b = back, "
        "q = keep the draft: ");
    if (!typed || *typed == "q") {
      if (!unsaved_.ok()) RETURN_IF_ERROR(SaveDraft());
      RETURN_IF_ERROR(unsaved_);
      return Outcome::kKeepDraft;
    }
    if (*typed == "y") {
      DropHiddenAnswers();
      return Outcome::kSubmit;
    }
    if (*typed == "b") {
      index = Neighbour(form_.question_count(), -1);
      return std::nullopt;
    }
    if (*typed != "c") continue;
    if (const auto comment = ReadLine("Comment: ");
        comment && IsCleanUtf8(*comment)) {
      draft_.set_comment(*comment);
      RETURN_IF_ERROR(SaveDraft());
    }
  }
}

}  // namespace attune
