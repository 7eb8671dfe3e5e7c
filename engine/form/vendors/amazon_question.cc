#include "engine/form/vendors/amazon_question.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/vendors/automatic_fail.h"
#include "engine/form/vendors/exact_numbers.h"
#include "engine/form/vendors/unscored.h"

namespace attune {
namespace {

class AmazonQuestionReader {
 public:
  AmazonQuestionReader(VendorObject& source, const std::string& section,
                       ImportLog& log)
      : source_(source), section_(section), log_(log) {}

  v1::Question Read(ItemIds& ids) {
    question_.set_text(source_.RequiredText("Title"));
    question_.set_guidance(source_.Text("Instructions"));
    question_.set_question_id(
        ids.Take(source_.Text("RefId"), question_.text(), "question"));
    ReadType(source_.RequiredText("QuestionType"));
    ReadNa();
    if (source_.Object("Enablement")) {
      log_.Note(source_.At("Enablement"), "the condition of a question",
                "it is always asked here; say so with visible_when");
    }
    return std::move(question_);
  }

 private:
  void ReadType(const std::string& type) {
    if (type == "SINGLESELECT") {
      ReadChoices(v1::Question::SINGLE_CHOICE, "SingleSelect");
    } else if (type == "MULTISELECT") {
      ReadChoices(v1::Question::MULTI_CHOICE, "MultiSelect");
    } else if (type == "NUMERIC") {
      ReadRanges();
    } else if (type == "TEXT") {
      question_.set_type(v1::Question::TEXT);
    } else if (type == "DATETIME") {
      question_.set_type(v1::Question::DATE);
      log_.Note(source_.At("QuestionType"), "the time of a DATETIME answer",
                "a date is asked for here");
    } else if (!type.empty()) {
      log_.Refuse(source_.At("QuestionType"), "TYPE_UNKNOWN",
                  absl::StrCat("A question is SINGLESELECT, MULTISELECT, "
                               "NUMERIC, TEXT or DATETIME, not ",
                               type, "."));
    }
  }

  // Templates leave out the member that names the type.
  std::optional<VendorObject> Properties(const char* type) {
    std::optional<VendorObject> outer =
        source_.Object("QuestionTypeProperties");
    if (!outer) {
      log_.Refuse(source_.At("QuestionTypeProperties"), "MISSING",
                  "This type of question needs its properties.");
      return outer;
    }
    if (!outer->has(type)) return outer;
    std::optional<VendorObject> inner = outer->Object(type);
    outer->NoteRest();
    return inner;
  }

  void ReadChoices(v1::Question::Type type, const char* properties_key) {
    question_.set_type(type);
    std::optional<VendorObject> properties = Properties(properties_key);
    if (!properties) return;
    ItemIds ids;
    std::vector<bool> fails;
    for (VendorObject& option : properties->Objects("Options")) {
      v1::Choice& choice = *question_.add_choices();
      choice.set_label(option.RequiredText("Text"));
      choice.set_choice_id(
          ids.Take(option.Text("RefId"), choice.label(), "choice"));
      choice.set_points(option.Amount("Score").value_or(0));
      fails.push_back(ReadFail(option));
      option.NoteRest();
    }
    if (question_.choices().empty()) {
      log_.Refuse(properties->At("Options"), "MISSING",
                  "A select question has at least one option.");
    }
    properties->NoteRest();
    Finish(fails);
  }

  void ReadRanges() {
    question_.set_type(v1::Question::NUMBER);
    std::optional<VendorObject> properties = Properties("Numeric");
    if (!properties) return;
    const std::optional<double> least = properties->Number("MinValue");
    const std::optional<double> most = properties->Number("MaxValue");
    const char* list = properties->has("Ranges") ? "Ranges" : "Options";
    std::vector<bool> fails;
    for (VendorObject& source : properties->Objects(list)) {
      v1::Range& range = *question_.add_ranges();
      range.set_from(Bound(source, "MinValue"));
      range.set_to(Bound(source, "MaxValue"));
      range.set_points(source.Amount("Score").value_or(0));
      fails.push_back(ReadFail(source));
      source.NoteRest();
    }
    if (question_.ranges().empty() && least && most) {
      v1::Range& any = *question_.add_ranges();
      any.set_from(*least);
      any.set_to(*most);
      fails.push_back(false);
    }
    properties->NoteRest();
    Finish(fails);
  }

  double Bound(VendorObject& source, const char* key) {
    const std::optional<double> bound = source.Number(key);
    if (!bound && !source.has(key)) {
      log_.Refuse(source.At(key), "MISSING", "A range has both ends.");
    }
    return bound.value_or(0);
  }

  // A failure of another section than this one cannot be told here.
  bool ReadFail(VendorObject& option) {
    bool fails = option.Flag("AutomaticFail");
    std::optional<VendorObject> narrower =
        option.Object("AutomaticFailConfiguration");
    if (!narrower) {
      fails_form_ |= fails;
      return fails;
    }
    const std::string target = narrower->Text("TargetSection");
    if (!target.empty() && target != section_) {
      log_.Note(narrower->At("TargetSection"),
                "an automatic fail of another section",
                "a question fails its own section or the form; it is only "
                "flagged here");
      fails_elsewhere_ = true;
    } else if (target.empty()) {
      fails_form_ = true;
    }
    narrower->NoteRest();
    return true;
  }

  v1::Critical::Effect Effect() const {
    if (fails_form_) return v1::Critical::ZERO_FORM;
    return fails_elsewhere_ ? v1::Critical::FLAG : v1::Critical::ZERO_SECTION;
  }

  void Finish(const std::vector<bool>& fails) {
    FitPoints({&question_}, source_.path(), log_);
    if (question_.type() != v1::Question::MULTI_CHOICE) {
      SetAutomaticFail(fails, Effect(), question_, source_.path(), log_);
    } else {
      for (const bool is_fail : fails) {
        if (!is_fail) continue;
        log_.Note(source_.path(), "an automatic fail of a MULTISELECT option",
                  "one choice among several cannot fail by itself");
      }
    }
    NoteUnscored(question_, source_.path(), log_);
  }

  void ReadNa() {
    const bool is_said = source_.has("NotApplicableEnabled");
    const bool is_enabled = source_.Flag("NotApplicableEnabled");
    const bool is_asked = question_.type() != v1::Question::TEXT &&
                          question_.type() != v1::Question::DATE;
    if (!is_said && is_asked) {
      log_.Note(source_.At("NotApplicableEnabled"), "whether N/A is allowed",
                "the file does not say; it is allowed here");
    }
    if (is_enabled || (!is_said && is_asked)) {
      question_.mutable_na()->set_allowed(true);
    }
  }

  VendorObject& source_;
  const std::string& section_;
  ImportLog& log_;
  v1::Question question_;
  bool fails_form_ = false;
  bool fails_elsewhere_ = false;
};

}  // namespace

v1::Question ReadAmazonQuestion(VendorObject& source,
                                const std::string& section, ItemIds& ids,
                                ImportLog& log) {
  return AmazonQuestionReader(source, section, log).Read(ids);
}

}  // namespace attune
