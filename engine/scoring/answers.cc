#include "engine/scoring/answers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/scoring/answer_sheet.h"
#include "engine/scoring/marks.h"

namespace attune {
namespace {

using Answers = google::protobuf::RepeatedPtrField<v1::Answer>;

void CheckText(const std::string& text, const std::string& path,
               Violations& bad) {
  if (text.size() > kMaxItemTextBytes) {
    bad.Add(path, "TEXT_TOO_LONG",
            absl::StrCat("A text has at most ", kMaxItemTextBytes,
                         " bytes, not ", text.size(), "."));
  }
  if (!IsCleanUtf8(text)) {
    bad.Add(path, "TEXT_NOT_CLEAN", "Text is UTF-8 without NUL characters.");
  }
}

void CheckEvidence(const v1::Answer& answer, const std::string& path,
                   Violations& bad) {
  if (answer.evidence_size() > kMaxEvidence) {
    bad.Add(absl::StrCat(path, ".evidence"), "EVIDENCE_INVALID",
            absl::StrCat("An answer rests on at most ", kMaxEvidence,
                         " moments, not ", answer.evidence_size(), "."));
    return;
  }
  for (int i = 0; i < answer.evidence_size(); ++i) {
    const v1::Evidence& evidence = answer.evidence(i);
    const std::string at = absl::StrCat(path, ".evidence[", i, "]");
    if (evidence.start_ms() < 0) {
      bad.Add(absl::StrCat(at, ".start_ms"), "EVIDENCE_INVALID",
              "A moment starts at 0 milliseconds or later.");
    }
    if (evidence.end_ms() != 0 && evidence.end_ms() < evidence.start_ms()) {
      bad.Add(absl::StrCat(at, ".end_ms"), "EVIDENCE_INVALID",
              "A moment does not end before it starts.");
    }
    CheckText(evidence.quote(), absl::StrCat(at, ".quote"), bad);
  }
}

struct GivenField {
  bool given = false;
  const char* name = "";
  bool fits = false;
};

// Checks the answers of one request against one form.
class AnswerCheck {
 public:
  AnswerCheck(const CompiledForm& form, Completeness completeness)
      : form_(form), completeness_(completeness) {}

  Violations Run(const Answers& answers) {
    if (answers.size() > kMaxQuestions) {
      bad_.Add(
          "answers", "TOO_MANY_ANSWERS",
          absl::StrCat("At most ", kMaxQuestions,
                       " answers, one a question, not ", answers.size(), "."));
      return std::move(bad_);
    }
    const AnswerSheet sheet = CodeAnswers(form_, answers);
    const Marks marks = MarkSheet(form_, sheet);
    std::vector<bool> seen(marks.size(), false);
    for (int i = 0; i < answers.size(); ++i) {
      const auto index = form_.FindQuestion(answers[i].question_id());
      if (!index) {
        bad_.Add(absl::StrCat("answers[", i, "].question_id"),
                 "QUESTION_UNKNOWN",
                 absl::StrCat("The form has no question ",
                              Shown(answers[i].question_id()), "."));
        continue;
      }
      const auto at = static_cast<size_t>(*index);
      if (seen[at]) {
        bad_.Add(
            absl::StrCat("answers[", i, "].question_id"), "ANSWER_DUPLICATE",
            absl::StrCat(answers[i].question_id(), " is answered already."));
        continue;
      }
      seen[at] = true;
      CheckOne(*index, answers[i], sheet[at], marks[at], i);
    }
    if (completeness_ != Completeness::kPartial) CheckMissing(answers, marks);
    return std::move(bad_);
  }

 private:
  // An id that came from outside, fit to be repeated.
  static std::string Shown(const std::string& id) {
    return IsItemId(id) ? id : "of this id";
  }

  void CheckOne(int index, const v1::Answer& answer, const CodedAnswer& coded,
                const Mark& mark, int i) {
    // Most answers fit; only the others need their path spelled out.
    if (completeness_ != Completeness::kPartial &&
        mark.state == v1::QuestionScore::STATE_HIDDEN) {
      bad_.Add(absl::StrCat("answers[", i, "].question_id"), "ANSWER_HIDDEN",
               absl::StrCat(answer.question_id(),
                            " is hidden by the other answers; leave it out."));
    }
    if (coded.kind == CodedAnswer::Kind::kNone) {
      const std::string path = absl::StrCat("answers[", i, "]");
      if (CheckType(index, answer, path)) CheckValue(index, answer, path);
    }
    if (!answer.text().empty() || !answer.comment().empty() ||
        !answer.evidence().empty()) {
      const std::string path = absl::StrCat("answers[", i, "]");
      CheckText(answer.text(), absl::StrCat(path, ".text"), bad_);
      CheckText(answer.comment(), absl::StrCat(path, ".comment"), bad_);
      CheckEvidence(answer, path, bad_);
    }
    if (completeness_ == Completeness::kComplete) {
      CheckComment(index, answer, coded, i);
    }
  }

  // True if at most one field is given, and one that the question takes.
  bool CheckType(int index, const v1::Answer& answer, const std::string& path) {
    const v1::Question::Type type = form_.question(index).type();
    const GivenField fields[] = {
        {!answer.choice_id().empty(), ".choice_id",
         type == v1::Question::SINGLE_CHOICE},
        {!answer.choice_ids().empty(), ".choice_ids",
         type == v1::Question::MULTI_CHOICE},
        {answer.has_number(), ".number", type == v1::Question::NUMBER},
        {!answer.text().empty(), ".text", type == v1::Question::TEXT},
        {!answer.date().empty(), ".date", type == v1::Question::DATE},
        {answer.na(), ".na", true}};
    int given = 0;
    bool fits = true;
    for (const GivenField& field : fields) {
      given += field.given ? 1 : 0;
      if (!field.given || field.fits) continue;
      fits = false;
      bad_.Add(absl::StrCat(path, field.name), "ANSWER_WRONG_TYPE",
               absl::StrCat(answer.question_id(), " is a ",
                            v1::Question::Type_Name(type), " question."));
    }
    if (fits && given > 1) {
      bad_.Add(path, "ANSWER_AMBIGUOUS",
               absl::StrCat("Answer ", answer.question_id(),
                            " or say that it does not apply, not both."));
    }
    return fits && given <= 1;
  }

  void CheckValue(int index, const v1::Answer& answer,
                  const std::string& path) {
    if (answer.na() && !form_.question(index).na().allowed()) {
      bad_.Add(
          absl::StrCat(path, ".na"), "NA_NOT_ALLOWED",
          absl::StrCat(answer.question_id(), " applies to every contact."));
    }
    if (!answer.choice_id().empty()) {
      CheckChoice(index, answer.choice_id(), absl::StrCat(path, ".choice_id"));
    }
    CheckChoices(index, answer, path);
    if (answer.has_number()) CheckNumber(index, answer, path);
    if (!answer.date().empty() && !ParseDay(answer.date())) {
      bad_.Add(absl::StrCat(path, ".date"), "DATE_INVALID",
               "A date is a day of the calendar as YYYY-MM-DD.");
    }
  }

  void CheckChoice(int index, const std::string& choice_id,
                   const std::string& path) {
    if (form_.FindChoice(index, choice_id)) return;
    bad_.Add(path, "CHOICE_UNKNOWN",
             absl::StrCat(form_.question(index).question_id(),
                          " has no choice ", Shown(choice_id), "."));
  }

  void CheckChoices(int index, const v1::Answer& answer,
                    const std::string& path) {
    absl::flat_hash_set<absl::string_view> seen;
    for (int i = 0; i < answer.choice_ids_size(); ++i) {
      const std::string at = absl::StrCat(path, ".choice_ids[", i, "]");
      CheckChoice(index, answer.choice_ids(i), at);
      if (!seen.insert(answer.choice_ids(i)).second) {
        bad_.Add(at, "CHOICE_DUPLICATE", "Each choice is named once.");
      }
    }
  }

  void CheckNumber(int index, const v1::Answer& answer,
                   const std::string& path) {
    if (!std::isfinite(answer.number())) {
      bad_.Add(absl::StrCat(path, ".number"), "NUMBER_NOT_FINITE",
               "Give a finite number.");
    } else if (!form_.question(index).ranges().empty() &&
               !form_.FindRange(index, answer.number())) {
      bad_.Add(absl::StrCat(path, ".number"), "NUMBER_OUT_OF_RANGE",
               absl::StrCat(answer.question_id(), " has no range with ",
                            answer.number(), "."));
    }
  }

  void CheckComment(int index, const v1::Answer& answer,
                    const CodedAnswer& coded, int i) {
    if (coded.choices.none() ||
        !absl::StripAsciiWhitespace(answer.comment()).empty()) {
      return;
    }
    const v1::Question& question = form_.question(index);
    for (int c = 0; c < question.choices_size(); ++c) {
      if (!coded.choices[static_cast<size_t>(c)] ||
          !question.choices(c).comment_required()) {
        continue;
      }
      bad_.Add(absl::StrCat("answers[", i, "].comment"), "COMMENT_MISSING",
               absl::StrCat("Say why ", question.question_id(), " is ",
                            question.choices(c).choice_id(), "."));
      return;
    }
  }

  // A question whose answer does not fit has been told of already.
  void CheckMissing(const Answers& answers, const Marks& marks) {
    const auto lacks = [](const Mark& mark) {
      return mark.state == v1::QuestionScore::STATE_UNANSWERED;
    };
    if (std::none_of(marks.begin(), marks.end(), lacks)) return;
    absl::flat_hash_set<absl::string_view> given;
    for (const v1::Answer& answer : answers) {
      if (HasContent(answer)) given.insert(answer.question_id());
    }
    for (size_t q = 0; q < marks.size(); ++q) {
      const std::string& id = form_.question(static_cast<int>(q)).question_id();
      if (!lacks(marks[q]) || given.contains(id)) continue;
      bad_.Add("answers", "ANSWER_MISSING",
               absl::StrCat(id, " needs an answer."));
    }
  }

  static bool HasContent(const v1::Answer& answer) {
    return !answer.choice_id().empty() || !answer.choice_ids().empty() ||
           answer.has_number() || !answer.text().empty() ||
           !answer.date().empty() || answer.na();
  }

  const CompiledForm& form_;
  const Completeness completeness_;
  Violations bad_;
};

}  // namespace

Violations CheckAnswers(const CompiledForm& form, const Answers& answers,
                        Completeness completeness) {
  return AnswerCheck(form, completeness).Run(answers);
}

}  // namespace attune
