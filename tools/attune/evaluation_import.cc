#include "tools/attune/evaluation_import.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/scoring/answers_json.h"
#include "engine/status_macros.h"
#include "engine/violations.h"
#include "tools/attune/arguments.h"
#include "tools/attune/json_lines.h"

namespace attune {
namespace {

using Json = nlohmann::json;

// Reads the fields of one line; remembers whether any was wrong.
class LineReader {
 public:
  LineReader(const JsonLine& line, std::vector<BadRow>& bad)
      : line_(line), bad_(bad) {}

  void Wrong(const std::string& field, const std::string& value,
             absl::string_view reason, absl::string_view description) {
    bad_.push_back({line_.origin, field, value, std::string(reason),
                    std::string(description)});
    ok_ = false;
  }
  // Text, or a whole number as text; empty if it is absent.
  std::string Word(const std::string& name, bool required) {
    const auto found = line_.object.find(name);
    if (found == line_.object.end() || found->is_null()) {
      if (required) {
        Wrong(name, "", "VALUE_REQUIRED", "A value is required.");
      }
      return "";
    }
    if (!found->is_string() && !found->is_number_integer()) {
      Wrong(name, Spelled(*found), "TYPE_INVALID", "This must be text.");
      return "";
    }
    return Spelled(*found);
  }
  // The same, made a name.
  std::string Name(const std::string& field, bool required,
                   absl::StatusOr<std::string> (*make)(absl::string_view)) {
    const std::string word = Word(field, required);
    if (word.empty()) return "";
    absl::StatusOr<std::string> name = make(word);
    if (name.ok()) return *std::move(name);
    Wrong(field, word, "ID_INVALID", std::string(name.status().message()));
    return "";
  }
  // An object; null if it is absent or none.
  const Json* Object(const std::string& name, bool required) {
    const auto found = line_.object.find(name);
    if (found != line_.object.end() && found->is_object()) return &*found;
    if (required || (found != line_.object.end() && !found->is_null())) {
      Wrong(name, "", "NOT_AN_OBJECT",
            "This must be an object, question by question.");
    }
    return nullptr;
  }
  bool ok() const { return ok_; }

 private:
  const JsonLine& line_;
  std::vector<BadRow>& bad_;
  bool ok_ = true;
};

void ReadComments(LineReader& reader, RatedContact& rated) {
  const Json* comments = reader.Object("comments", false);
  if (comments == nullptr) return;
  for (const auto& [question, comment] : comments->items()) {
    if (comment.is_string()) {
      rated.comments[question] = comment.get<std::string>();
    } else if (!comment.is_null()) {
      reader.Wrong(absl::StrCat("comments.", question), Spelled(comment),
                   "TYPE_INVALID", "A comment is text.");
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<RatedContact>> ParseRatedContacts(
    const std::string& file, absl::string_view text, std::vector<BadRow>& bad) {
  ASSIGN_OR_RETURN(std::vector<JsonLine> lines,
                   ParseJsonLines(file, text, bad));
  std::vector<RatedContact> all;
  for (const JsonLine& line : lines) {
    LineReader reader(line, bad);
    RatedContact rated;
    rated.origin = line.origin;
    rated.contact = reader.Name("contact", true, &ContactArgument);
    rated.rater = reader.Name("rater", false, &PersonArgument);
    rated.form = reader.Name("form", true, &FormOrRevisionArgument);
    rated.comment = reader.Word("comment", false);
    ReadComments(reader, rated);
    if (const Json* answers = reader.Object("answers", true)) {
      rated.answers = answers->dump();
    }
    if (reader.ok()) all.push_back(std::move(rated));
  }
  return all;
}

bool TypeAnswers(const RatedContact& line, const CompiledForm& form,
                 EvaluationRow& row, std::vector<BadRow>& bad) {
  row.origin = line.origin;
  row.evaluation.set_contact(line.contact);
  row.evaluation.set_rater(line.rater);
  row.evaluation.set_comment(line.comment);
  const size_t bad_before = bad.size();
  auto answers = ParseAnswersJson(form, line.answers);
  if (!answers.ok()) {
    const Violations violations = Violations::FromStatus(answers.status());
    const Json given = Json::parse(line.answers, nullptr, false);
    for (const Violation& violation : violations.all()) {
      const auto value = given.find(violation.field);
      bad.push_back({line.origin, absl::StrCat("answers.", violation.field),
                     value == given.end() ? "" : Spelled(*value),
                     violation.reason, violation.description});
    }
    if (violations.empty()) {
      bad.push_back({line.origin, "answers", "", "ANSWERS_INVALID",
                     std::string(answers.status().message())});
    }
    return false;
  }
  std::map<std::string, std::string> comments = line.comments;
  for (v1::Answer& answer : *answers) {
    const auto comment = comments.find(answer.question_id());
    if (comment != comments.end()) {
      answer.set_comment(comment->second);
      comments.erase(comment);
    }
    *row.evaluation.add_answers() = std::move(answer);
  }
  for (const auto& [question, comment] : comments) {
    bad.push_back({line.origin, absl::StrCat("comments.", question), "",
                   "COMMENT_WITHOUT_ANSWER",
                   "There is a comment, but no answer."});
  }
  return bad.size() == bad_before;
}

}  // namespace attune
