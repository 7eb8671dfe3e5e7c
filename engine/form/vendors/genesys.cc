#include "engine/form/vendors/genesys.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/vendors/automatic_fail.h"
#include "engine/form/vendors/exact_numbers.h"
#include "engine/form/vendors/genesys_visibility.h"
#include "engine/form/vendors/item_ids.h"
#include "engine/form/vendors/unscored.h"

namespace attune {
namespace {

// What holds for a question and, in a multiple select, for each option.
struct Traits {
  bool na = false;
  bool kill = false;
  bool critical = false;
  bool comments = false;
  std::vector<GenesysCondition> conditions = {};
};

class GenesysReader {
 public:
  explicit GenesysReader(ImportLog& log) : log_(log) {}

  v1::Form Read(VendorObject& root) {
    form_.set_title(root.RequiredText("name"));
    form_.set_rule(v1::Form::SCALED_POINTS);
    if (!root.has("questionGroups")) {
      log_.Refuse(root.At("questionGroups"), "MISSING",
                  "A form has a list of question groups.");
    }
    std::vector<VendorObject> groups = root.Objects("questionGroups");
    for (size_t g = 0; g < groups.size(); ++g) {
      ReadGroup(groups[g], static_cast<int>(g));
    }
    root.NoteRest();
    if (log_.refused()) return {};
    const std::vector<double> fitted =
        FitAndNote(weights_, "$.questionGroups", "weights of groups", log_);
    for (size_t s = 0; s < fitted.size(); ++s) {
      form_.mutable_sections(static_cast<int>(s))->set_weight(fitted[s]);
    }
    FitPoints(QuestionsOf(form_), "$.questionGroups", log_);
    return std::move(form_);
  }

 private:
  void ReadGroup(VendorObject& source, int g) {
    v1::Section section;
    section.set_title(source.RequiredText("name"));
    Traits traits;
    traits.na = source.Flag("naEnabled");
    if (traits.na) {
      log_.Note(source.At("naEnabled"), "N/A for a whole group",
                "each of its questions may be answered N/A");
    }
    traits.conditions = {ReadGenesysCondition(source, g, answers_, log_)};
    const std::optional<double> weight = source.Amount("weight");
    if (!source.has("weight")) {
      log_.Note(source.At("weight"), "no weight of a group", "it counts as 1");
    }
    for (const char* key : {"defaultAnswersToHighest", "defaultAnswersToNA"}) {
      if (!source.Flag(key)) continue;
      log_.Note(source.At(key), key, "answers start empty here");
    }
    if (source.has("manualWeight") && !source.Flag("manualWeight")) {
      log_.Note(source.At("manualWeight"), "a weight that was not set by hand",
                "it is taken as it stands");
    }
    std::vector<VendorObject> questions = source.Objects("questions");
    for (size_t q = 0; q < questions.size(); ++q) {
      ReadQuestion(questions[q], {g, static_cast<int>(q)}, traits, section);
      questions[q].NoteRest();
    }
    if (section.questions().empty()) {
      log_.Note(source.path(), "a group without questions", "it asks nothing");
    } else {
      section.set_section_id(
          section_ids_.Take(source.Text("id"), section.title(), "section"));
      *form_.add_sections() = std::move(section);
      weights_.push_back({{weight.value_or(1)}});
    }
    source.NoteRest();
  }

  static Traits ReadFlags(VendorObject& source, Traits traits) {
    traits.na |= source.Flag("naEnabled");
    traits.kill |= source.Flag("isKill");
    traits.critical |= source.Flag("isCritical");
    traits.comments |= source.Flag("commentsRequired");
    return traits;
  }

  void ReadQuestion(VendorObject& source, const GenesysPlace& place,
                    const Traits& group, v1::Section& section) {
    const std::string type = source.Text("type");
    Traits traits = ReadFlags(source, group);
    traits.conditions.push_back(
        ReadGenesysCondition(source, place.group, answers_, log_));
    v1::Question question;
    question.set_text(source.RequiredText("text"));
    question.set_guidance(source.Text("helpText"));
    if (type == "readOnlyTextBlockQuestion") {
      log_.Note(source.path(),
                absl::StrCat("read-only text: ", question.text()),
                "every question here asks something");
      return;
    }
    question.set_question_id(
        ids_.Take(source.Text("id"), question.text(), "question"));
    if (type == "multipleSelectQuestion") {
      ReadMultipleSelect(source, place, traits, question, section);
    } else if (type.empty() || type == "multipleChoiceQuestion") {
      question.set_type(v1::Question::SINGLE_CHOICE);
      ReadOptions(source, place, question);
      Add(std::move(question), traits, source.path(), section);
    } else if (type == "freeTextQuestion") {
      question.set_type(v1::Question::TEXT);
      Add(std::move(question), traits, source.path(), section);
    } else if (type == "npsQuestion") {
      question.set_type(v1::Question::NUMBER);
      question.add_ranges()->set_to(10);
      Add(std::move(question), traits, source.path(), section);
    } else {
      log_.Refuse(source.At("type"), "TYPE_UNKNOWN",
                  absl::StrCat("A question is a multipleChoiceQuestion, "
                               "multipleSelectQuestion, freeTextQuestion, "
                               "npsQuestion or readOnlyTextBlockQuestion, not ",
                               type, "."));
    }
  }

  void ReadOptions(VendorObject& source, const GenesysPlace& place,
                   v1::Question& question) {
    ItemIds ids;
    for (VendorObject& option : source.Objects("answerOptions")) {
      v1::Choice& choice = *question.add_choices();
      choice.set_label(option.RequiredText("text"));
      choice.set_choice_id(
          ids.Take(option.Text("id"), choice.label(), "choice"));
      choice.set_points(option.Amount("value").value_or(0));
      option.NoteRest();
    }
    if (question.choices().empty()) {
      log_.Refuse(source.At("answerOptions"), "MISSING",
                  "A question has at least one answer option.");
    }
    RememberAnswers(place, question);
  }

  void ReadMultipleSelect(VendorObject& source, GenesysPlace place,
                          const Traits& traits, v1::Question& question,
                          v1::Section& section) {
    std::vector<VendorObject> options =
        source.Objects("multipleSelectOptionQuestions");
    if (options.empty()) {
      log_.Refuse(source.At("multipleSelectOptionQuestions"), "MISSING",
                  "A multiple select has at least one option.");
      return;
    }
    std::vector<v1::Question> parts;
    std::vector<Traits> own;
    bool is_plain = !traits.kill && !traits.critical;
    for (size_t i = 0; i < options.size(); ++i) {
      place.option = static_cast<int>(i);
      parts.push_back(ReadPart(options[i], place, question));
      const Traits alone = ReadFlags(options[i], {});
      is_plain &= IsSelection(parts.back()) && !alone.na && !alone.kill &&
                  !alone.critical && !alone.comments &&
                  !options[i].has("visibilityCondition");
      own.push_back(ReadFlags(options[i], traits));
    }
    if (is_plain) {
      JoinParts(parts, place, question);
      Add(std::move(question), traits, source.path(), section);
    } else {
      log_.Note(source.path(), "a multiple select",
                "each option is a question of its own, since it may be N/A, "
                "fatal, critical or hidden by itself");
    }
    for (size_t i = 0; i < options.size(); ++i) {
      place.option = static_cast<int>(i);
      if (!is_plain) {
        own[i].conditions.push_back(
            ReadGenesysCondition(options[i], place.group, answers_, log_));
        AddPart(std::move(parts[i]), question, place, own[i], options[i].path(),
                section);
      }
      options[i].NoteRest();
    }
  }

  void AddPart(v1::Question part, const v1::Question& whole,
               const GenesysPlace& place, const Traits& traits,
               const std::string& path, v1::Section& section) {
    part.set_question_id(
        ids_.Take(absl::StrCat(whole.question_id(), "_", part.question_id()),
                  "", "question"));
    part.set_text(absl::StrCat(whole.text(), " ", part.text()));
    RememberAnswers(place, part);
    Add(std::move(part), traits, path, section);
  }

  // One option, its id that of the option alone.
  v1::Question ReadPart(VendorObject& source, const GenesysPlace& place,
                        const v1::Question& whole) {
    v1::Question part;
    part.set_type(v1::Question::SINGLE_CHOICE);
    part.set_text(source.RequiredText("text"));
    part.set_guidance(source.Text("helpText"));
    if (part.guidance().empty()) part.set_guidance(whole.guidance());
    const std::string type = source.Text("type");
    if (!type.empty() && type != "multipleChoiceQuestion" &&
        type != "multipleSelectOptionQuestion") {
      log_.Refuse(source.At("type"), "TYPE_UNKNOWN",
                  "An option of a multiple select is a "
                  "multipleSelectOptionQuestion.");
    }
    part.set_question_id(
        ItemIds().Take(source.Text("id"), part.text(), "option"));
    ReadOptions(source, place, part);
    return part;
  }

  void RememberAnswers(const GenesysPlace& place,
                       const v1::Question& question) {
    v1::VisibleWhen answers;
    answers.set_question_id(question.question_id());
    for (const v1::Choice& choice : question.choices()) {
      answers.add_choice_ids(choice.choice_id());
    }
    answers_.Add(place, std::move(answers));
  }

  // Two answers, one of them without points.
  static bool IsSelection(const v1::Question& part) {
    return part.choices_size() == 2 &&
           (part.choices(0).points() == 0 || part.choices(1).points() == 0);
  }

  // The options become choices, chosen where their better answer would be.
  void JoinParts(const std::vector<v1::Question>& parts, GenesysPlace place,
                 v1::Question& question) {
    question.set_type(v1::Question::MULTI_CHOICE);
    ItemIds ids;
    for (size_t i = 0; i < parts.size(); ++i) {
      const v1::Question& part = parts[i];
      const int better =
          part.choices(1).points() > part.choices(0).points() ? 1 : 0;
      v1::Choice& choice = *question.add_choices();
      choice.set_choice_id(ids.Take(part.question_id(), "", "choice"));
      choice.set_label(part.text());
      choice.set_points(part.choices(better).points());
      // Not to choose is no answer that another question could depend on.
      v1::VisibleWhen answers;
      answers.set_question_id(question.question_id());
      answers.add_choice_ids(better == 0 ? choice.choice_id() : "");
      answers.add_choice_ids(better == 1 ? choice.choice_id() : "");
      place.option = static_cast<int>(i);
      answers_.Add(place, std::move(answers));
    }
  }

  void Add(v1::Question question, const Traits& traits, const std::string& path,
           v1::Section& section) {
    const bool is_asked = question.type() != v1::Question::TEXT;
    if (traits.na) question.mutable_na()->set_allowed(true);
    for (v1::Choice& choice : *question.mutable_choices()) {
      choice.set_comment_required(traits.comments);
    }
    if (is_asked && !EarnsNothing(question)) {
      if (traits.kill) {
        SetCritical(v1::Critical::ZERO_FORM, question, path, log_);
      } else if (traits.critical) {
        SetCritical(v1::Critical::FLAG, question, path, log_);
      }
      if (traits.critical) {
        log_.Note(path, "the score of the critical questions alone",
                  "failures are listed, without a percent of their own");
      }
    } else if (traits.kill || traits.critical) {
      log_.Note(path, "a fatal or critical question without points",
                "it cannot fail");
    }
    SetVisibility(traits.conditions, question, path, log_);
    NoteUnscored(question, path, log_);
    *section.add_questions() = std::move(question);
  }

  ImportLog& log_;
  v1::Form form_;
  GenesysAnswers answers_;
  std::vector<ExactNumber> weights_;
  ItemIds section_ids_;
  ItemIds ids_;
};

}  // namespace

v1::Form ReadGenesys(VendorObject root, ImportLog& log) {
  return GenesysReader(log).Read(root);
}

}  // namespace attune
