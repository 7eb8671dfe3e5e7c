#include "engine/form/vendors/google.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/form/vendors/exact_numbers.h"
#include "engine/form/vendors/item_ids.h"
#include "engine/form/vendors/unscored.h"

namespace attune {
namespace {

class GoogleReader {
 public:
  explicit GoogleReader(ImportLog& log) : log_(log) {}

  v1::Form Read(VendorObject& root) {
    form_.set_rule(v1::Form::POINTS);
    ReadRevision(root);
    const char* list = root.has("qaQuestions") ? "qaQuestions" : "questions";
    if (!root.has(list)) {
      log_.Refuse(root.At("qaQuestions"), "MISSING",
                  "A scorecard has its list of questions beside it.");
    }
    std::vector<VendorObject> sources = root.Objects(list);
    std::vector<std::pair<double, size_t>> order;
    for (size_t i = 0; i < sources.size(); ++i) {
      order.emplace_back(sources[i].Number("order").value_or(0), i);
    }
    std::stable_sort(
        order.begin(), order.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [unused, index] : order) {
      ReadQuestion(sources[index]);
      sources[index].NoteRest();
    }
    root.NoteRest();
    if (log_.refused()) return {};
    FitPoints(QuestionsOf(form_), root.At(list), log_);
    return std::move(form_);
  }

 private:
  // The revision itself, or a file that holds it and the questions.
  void ReadRevision(VendorObject& root) {
    std::optional<VendorObject> revision = root.Object("qaScorecardRevision");
    ReadTitle(revision ? *revision : root);
    if (revision) revision->NoteRest();
  }

  void ReadTitle(VendorObject& revision) {
    std::optional<VendorObject> card = revision.Object("snapshot");
    if (!card) {
      form_.set_title("Scorecard");
      log_.Note(revision.At("snapshot"), "the title of the form",
                "the file has none");
      return;
    }
    form_.set_title(card->RequiredText("displayName"));
    if (card->has("description")) {
      log_.Note(card->At("description"), card->Text("description"),
                "a form here has a title alone");
    }
    card->NoteRest();
  }

  // The last part of a resource's name.
  static std::string LastPart(const std::string& name) {
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    return parts.back();
  }

  void ReadQuestion(VendorObject& source) {
    v1::Question question;
    question.set_type(v1::Question::SINGLE_CHOICE);
    question.set_text(source.RequiredText("questionBody"));
    question.set_guidance(source.Text("answerInstructions"));
    // The abbreviation is what people call it; numbers of a name say nothing.
    std::string id = source.Text("abbreviation");
    const std::string name = LastPart(source.Text("name"));
    if (id.empty() && !name.empty() &&
        name.find_first_not_of("0123456789") != std::string::npos) {
      id = name;
    }
    question.set_question_id(ids_.Take(id, question.text(), "question"));
    ReadChoices(source, question);
    NoteUnscored(question, source.path(), log_);
    const std::vector<std::string> tags = source.Texts("tags");
    if (tags.size() > 1) {
      log_.Note(source.At("tags"), "further tags of a question",
                "it stands in one section, that of its first tag");
    }
    *SectionOf(tags.empty() ? "" : tags[0]).add_questions() =
        std::move(question);
  }

  v1::Section& SectionOf(const std::string& tag) {
    const auto [found, is_new] =
        sections_.try_emplace(tag, form_.sections_size());
    if (is_new) {
      v1::Section& section = *form_.add_sections();
      section.set_title(tag.empty() ? "Questions" : tag);
      section.set_section_id(section_ids_.Take("", section.title(), "section"));
    }
    return *form_.mutable_sections(found->second);
  }

  void ReadChoices(VendorObject& source, v1::Question& question) {
    ItemIds ids;
    for (VendorObject& answer : source.Objects("answerChoices")) {
      const std::string key = answer.Text("key");
      const bool is_na = answer.Flag("naValue");
      const std::optional<double> score = answer.Amount("score");
      const std::string label = LabelOf(answer, key);
      if (is_na) {
        question.mutable_na()->set_allowed(true);
      } else if (label.empty()) {
        log_.Refuse(answer.path(), "MISSING",
                    "A choice has a strValue, numValue, boolValue or naValue.");
      } else {
        v1::Choice& choice = *question.add_choices();
        choice.set_label(label);
        choice.set_choice_id(ids.Take(key, label, "choice"));
        choice.set_points(score.value_or(0));
      }
      answer.NoteRest();
    }
    if (question.choices().empty()) {
      log_.Refuse(source.At("answerChoices"), "MISSING",
                  "A question has at least one choice that is not N/A.");
    }
  }

  static std::string LabelOf(VendorObject& answer, const std::string& key) {
    const std::string text = answer.Text("strValue");
    if (!text.empty()) return text;
    if (const auto number = answer.Number("numValue")) {
      return absl::StrCat(*number);
    }
    if (answer.has("boolValue")) {
      return answer.Flag("boolValue") ? "Yes" : "No";
    }
    return answer.has("strValue") ? key : "";
  }

  ImportLog& log_;
  v1::Form form_;
  std::map<std::string, int> sections_;
  ItemIds section_ids_;
  ItemIds ids_;
};

}  // namespace

v1::Form ReadGoogle(VendorObject root, ImportLog& log) {
  return GoogleReader(log).Read(root);
}

}  // namespace attune
