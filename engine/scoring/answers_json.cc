#include "engine/scoring/answers_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/scoring/answers.h"
#include "engine/violations.h"

namespace attune {
namespace {

using Answers = google::protobuf::RepeatedPtrField<v1::Answer>;
using Json = nlohmann::ordered_json;

constexpr size_t kMaxDepth = 3;  // object, answer object, array
constexpr int kMaxShownId = 63;

// Reads along without keeping anything: the library's own reader would take
// the last of two equal keys and say nothing.
class ShapeCheck : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return Value(); }
  bool boolean(bool) override { return Value(); }
  bool number_integer(number_integer_t) override { return Value(); }
  bool number_unsigned(number_unsigned_t) override { return Value(); }
  bool number_float(number_float_t, const string_t&) override {
    return Value();
  }
  bool string(string_t&) override { return Value(); }
  bool binary(binary_t&) override { return Value(); }

  bool start_object(size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override {
    return !keys_.empty() ? Open() : Value();
  }
  bool end_array() override { return Close(); }
  bool key(string_t& key) override {
    if (!keys_.back().insert(key).second) {
      return Stop(absl::StrCat("The key ", IsItemId(key) ? key : "here",
                               " stands twice."));
    }
    if (keys_.back().size() > static_cast<size_t>(kMaxQuestions)) {
      return Stop(absl::StrCat("At most ", kMaxQuestions, " answers."));
    }
    return true;
  }

  bool parse_error(size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    absl::string_view text = error.what();
    const size_t end_of_code = text.find("] ");
    if (end_of_code != absl::string_view::npos) {
      text.remove_prefix(end_of_code + 2);
    }
    absl::ConsumePrefix(&text, "parse error at ");
    return Stop(std::string(text));
  }

  const std::string& problem() const { return problem_; }

 private:
  bool Value() {
    return !keys_.empty() ||
           Stop("Answers are one object of question ids and answers.");
  }
  bool Open() {
    keys_.emplace_back();
    return keys_.size() <= kMaxDepth || Stop("Nested too deeply.");
  }
  bool Close() {
    keys_.pop_back();
    return true;
  }
  bool Stop(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  std::vector<absl::flat_hash_set<std::string>> keys_;
  std::string problem_;
};

// Turns each member into an Answer; remembers what has no place in one.
class AnswerReader {
 public:
  explicit AnswerReader(const CompiledForm& form) : form_(form) {}

  void Read(const std::string& question_id, const Json& value) {
    const auto index = form_.FindQuestion(question_id);
    if (!index) {
      bad_.Add(question_id.substr(0, kMaxShownId), "QUESTION_UNKNOWN",
               "The form has no question of this id.");
      return;
    }
    v1::Answer answer;
    answer.set_question_id(question_id);
    if (!value.is_object()) {
      if (!value.is_null() && ReadValue(*index, value, answer)) Keep(answer);
      return;
    }
    bool readable = true;
    for (const auto& [key, inner] : value.items()) {
      if (key == "answer") {
        readable &= inner.is_null() || ReadValue(*index, inner, answer);
      } else if (key == "comment" && inner.is_string()) {
        answer.set_comment(inner.get<std::string>());
      } else {
        bad_.Add(question_id, "FIELD_UNKNOWN",
                 "An answer object has `answer` and a text as `comment`.");
        readable = false;
      }
    }
    const bool answered =
        value.contains("answer") && !value["answer"].is_null();
    if (!answered &&
        form_.question(*index).type() == v1::Question::MULTI_CHOICE) {
      // Without choices it would read as "none of them".
      bad_.Add(question_id, "ANSWER_MISSING",
               "A comment on this question needs an answer with it.");
      readable = false;
    }
    if (readable) Keep(answer);
  }

  // All answers, or every violation.
  absl::StatusOr<Answers> Finish() {
    const Violations misfits =
        CheckAnswers(form_, answers_, Completeness::kPartial);
    for (const Violation& violation : misfits.all()) {
      size_t index = 0;
      if (absl::StartsWith(violation.field, "answers[")) {
        index = std::stoul(violation.field.substr(8));
      }
      bad_.Add(answers_[static_cast<int>(index)].question_id(),
               violation.reason, violation.description);
    }
    if (!bad_.empty()) return bad_.ToStatus();
    return std::move(answers_);
  }

 private:
  void Keep(const v1::Answer& answer) { *answers_.Add() = answer; }

  bool WrongType(int index) {
    const v1::Question& question = form_.question(index);
    bad_.Add(
        question.question_id(), "ANSWER_WRONG_TYPE",
        absl::StrCat(question.question_id(), " is a ",
                     v1::Question::Type_Name(question.type()), " question."));
    return false;
  }

  bool ReadValue(int index, const Json& value, v1::Answer& answer) {
    const v1::Question::Type type = form_.question(index).type();
    if (value.is_number()) {
      if (type != v1::Question::NUMBER) return WrongType(index);
      answer.set_number(value.get<double>());
      return true;
    }
    if (value.is_array()) {
      if (type != v1::Question::MULTI_CHOICE) return WrongType(index);
      for (const Json& choice : value) {
        if (!choice.is_string()) return WrongType(index);
        answer.add_choice_ids(choice.get<std::string>());
      }
      return true;
    }
    if (!value.is_string()) return WrongType(index);
    return ReadString(index, value.get<std::string>(), answer);
  }

  bool ReadString(int index, const std::string& text, v1::Answer& answer) {
    if (text == "na" && !form_.FindChoice(index, text)) {
      answer.set_na(true);
      return true;
    }
    switch (form_.question(index).type()) {
      case v1::Question::SINGLE_CHOICE:
        answer.set_choice_id(text);
        break;
      case v1::Question::MULTI_CHOICE:
        answer.add_choice_ids(text);
        break;
      case v1::Question::TEXT:
        answer.set_text(text);
        break;
      case v1::Question::DATE:
        answer.set_date(text);
        break;
      default:
        return WrongType(index);
    }
    return true;
  }

  const CompiledForm& form_;
  Answers answers_;
  Violations bad_;
};

}  // namespace

absl::StatusOr<Answers> ParseAnswersJson(const CompiledForm& form,
                                         absl::string_view json) {
  if (json.size() > kMaxAnswersJsonBytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "JSON_TOO_LARGE",
                     absl::StrCat("Answers have at most ", kMaxAnswersJsonBytes,
                                  " bytes, not ", json.size(), "."));
  }
  ShapeCheck check;
  if (!Json::sax_parse(json.begin(), json.end(), &check)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "JSON_INVALID",
                     check.problem());
  }
  const Json object = Json::parse(json.begin(), json.end(), nullptr, false);
  AnswerReader reader(form);
  for (const auto& [question_id, value] : object.items()) {
    reader.Read(question_id, value);
  }
  return reader.Finish();
}

}  // namespace attune
