#include "engine/form/vendors/amazon_connect.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/form/vendors/amazon_question.h"
#include "engine/form/vendors/exact_numbers.h"
#include "engine/form/vendors/item_ids.h"
#include "engine/form/vendors/unscored.h"

namespace attune {
namespace {

// What the file says about the weights of one section of the form.
struct SectionWeights {
  // Of the section and those around it, as parts of 1; empty if nothing says.
  std::vector<double> around = {};
  std::vector<std::optional<double>> questions = {};
};

class AmazonReader {
 public:
  AmazonReader(NaWeight na_weight, ImportLog& log)
      : na_weight_(na_weight), log_(log) {}

  v1::Form Read(VendorObject& root) {
    const bool is_template = root.has("EvaluationFormTitle");
    form_.set_title(
        root.RequiredText(is_template ? "EvaluationFormTitle" : "Title"));
    if (root.has("Description")) {
      log_.Note(root.At("Description"), root.Text("Description"),
                "a form here has a title alone");
    }
    form_.set_rule(na_weight_ == NaWeight::kForm
                       ? v1::Form::WEIGHTED_QUESTIONS
                       : v1::Form::WEIGHTED_SECTION_MEANS);
    ReadStrategy(root);
    if (!root.has("Items")) {
      log_.Refuse(root.At("Items"), "MISSING",
                  "A form has a list of sections and questions.");
      return {};
    }
    ReadItems(root, {form_.title(), "", {}});
    root.NoteRest();
    if (!log_.refused()) SetWeights();
    return std::move(form_);
  }

 private:
  // A section of the file while its items are read.
  struct Place {
    std::string title;
    std::string ref_id;
    std::vector<double> around;
  };

  void ReadStrategy(VendorObject& root) {
    std::optional<VendorObject> strategy = root.Object("ScoringStrategy");
    if (!strategy) return;
    const std::string mode = strategy->Text("Mode");
    if (!mode.empty() && mode != "QUESTION_ONLY" && mode != "SECTION_ONLY") {
      log_.Refuse(strategy->At("Mode"), "TYPE_UNKNOWN",
                  absl::StrCat("A form is scored QUESTION_ONLY or "
                               "SECTION_ONLY, not ",
                               mode, "."));
    }
    const std::string status = strategy->Text("Status");
    if (status == "DISABLED") {
      form_.set_feedback_only(true);
    } else if (!status.empty() && status != "ENABLED") {
      log_.Refuse(strategy->At("Status"), "TYPE_UNKNOWN",
                  "Scoring is ENABLED or DISABLED.");
    }
    strategy->NoteRest();
  }

  // The questions of `place` become one section; those inside it follow.
  void ReadItems(VendorObject& owner, const Place& place) {
    std::vector<VendorObject> items = owner.Objects("Items");
    std::vector<VendorObject> sections;
    v1::Section section;
    SectionWeights weights{place.around, {}};
    const bool any_weight =
        std::any_of(items.begin(), items.end(), [](VendorObject item) {
          if (!item.Holds("Question")) return false;
          return item.Object("Question")->has("Weight");
        });
    for (VendorObject& item : items) {
      std::optional<VendorObject> question = item.Object("Question");
      std::optional<VendorObject> inner = item.Object("Section");
      if (question.has_value() == inner.has_value()) {
        log_.Refuse(item.path(), "WRONG_SHAPE",
                    "An item is either a Section or a Question.");
      } else if (question) {
        weights.questions.push_back(question->Amount("Weight"));
        *section.add_questions() =
            ReadAmazonQuestion(*question, place.ref_id, question_ids_, log_);
        NoteWeight(*section.questions().rbegin(), *question, any_weight);
        question->NoteRest();
      } else {
        sections.push_back(*inner);
      }
      item.NoteRest();
    }
    if (items.empty()) {
      log_.Note(owner.path(), "a section without items", "it asks nothing");
    }
    if (!section.questions().empty()) {
      section.set_title(place.title);
      section.set_section_id(
          section_ids_.Take(place.ref_id, place.title, "section"));
      *form_.add_sections() = std::move(section);
      weights_.push_back(std::move(weights));
    }
    ReadSections(sections, place);
  }

  void ReadSections(std::vector<VendorObject>& sections, const Place& outer) {
    const bool any_weight = std::any_of(
        sections.begin(), sections.end(),
        [](const VendorObject& section) { return section.has("Weight"); });
    for (VendorObject& section : sections) {
      Place place{section.RequiredText("Title"), section.Text("RefId"),
                  outer.around};
      const std::optional<double> weight = section.Amount("Weight");
      if (any_weight) {
        place.around.push_back(weight.value_or(0));
        // Weights are percents.
        place.around.push_back(0.01);
        if (!section.has("Weight")) NoteNoWeight(section);
      }
      if (section.has("Instructions")) {
        log_.Note(section.At("Instructions"), section.Text("Instructions"),
                  "a section here has no guidance of its own");
      }
      ReadItems(section, place);
      section.NoteRest();
    }
  }

  void NoteWeight(const v1::Question& question, const VendorObject& source,
                  bool any_weight) {
    if (!IsWeighed(question) && source.has("Weight")) {
      log_.Note(source.At("Weight"), "weight of a question without points",
                "it decides nothing");
    } else if (IsWeighed(question) && any_weight && !source.has("Weight")) {
      NoteNoWeight(source);
    }
  }

  void NoteNoWeight(const VendorObject& source) {
    log_.Note(source.At("Weight"), "no weight beside others that have one",
              "it counts as 0");
  }

  // What questions say, or equal parts of the whole where none says anything.
  std::vector<ExactNumber> OwnWeights(size_t s, bool any_in_form) const {
    const v1::Section& section = form_.sections(static_cast<int>(s));
    const SectionWeights& weights = weights_[s];
    const bool any_here =
        std::any_of(weights.questions.begin(), weights.questions.end(),
                    [](const auto& weight) { return weight.has_value(); });
    const bool is_equal =
        !any_here && (!weights.around.empty() || !any_in_form);
    int64_t scored = 0;
    for (const v1::Question& question : section.questions()) {
      scored += IsWeighed(question) ? 1 : 0;
    }
    std::vector<ExactNumber> own;
    for (const std::optional<double>& weight : weights.questions) {
      if (!is_equal) {
        own.push_back({{weight.value_or(0)}, 1});
      } else if (weights.around.empty()) {
        own.push_back({{1}, 1});
      } else {
        own.push_back({{100}, std::max<int64_t>(1, scored)});
      }
    }
    return own;
  }

  // A weight that a pass-or-fail question has already stays 0.
  static bool IsWeighed(const v1::Question& question) {
    return question.type() != v1::Question::TEXT &&
           question.type() != v1::Question::DATE && !question.has_weight() &&
           !EarnsNothing(question);
  }

  void SetWeights() {
    bool any_in_form = false;
    for (const SectionWeights& weights : weights_) {
      for (const auto& weight : weights.questions) {
        any_in_form |= weight.has_value();
      }
    }
    std::vector<ExactNumber> products;
    std::vector<ExactNumber> around;
    std::vector<v1::Question*> weighed;
    for (size_t s = 0; s < weights_.size(); ++s) {
      v1::Section& section = *form_.mutable_sections(static_cast<int>(s));
      const std::vector<ExactNumber> own = OwnWeights(s, any_in_form);
      const std::vector<double>& factors = weights_[s].around;
      const bool is_nothing =
          std::find(factors.begin(), factors.end(), 0) != factors.end();
      if (is_nothing) section.set_weight(0);
      around.push_back({factors, 1});
      for (int q = 0; q < section.questions_size(); ++q) {
        v1::Question& question = *section.mutable_questions(q);
        if (!IsWeighed(question)) continue;
        ExactNumber product = own[static_cast<size_t>(q)];
        if (na_weight_ == NaWeight::kForm && !is_nothing) {
          product.factors.insert(product.factors.end(), factors.begin(),
                                 factors.end());
        }
        weighed.push_back(&question);
        products.push_back(std::move(product));
      }
    }
    const std::vector<double> fitted =
        FitAndNote(products, "$", "weights of questions", log_);
    for (size_t i = 0; i < weighed.size(); ++i) {
      weighed[i]->set_weight(fitted[i]);
    }
    if (na_weight_ == NaWeight::kSection) SetSectionWeights(around);
  }

  // Without any in the file, a section weighs what its questions do.
  void SetSectionWeights(std::vector<ExactNumber> around) {
    bool any = false;
    for (ExactNumber& number : around) {
      any |= !number.factors.empty();
      // As percents again.
      number.factors.push_back(100);
    }
    if (!any) return;
    const std::vector<double> fitted =
        FitAndNote(around, "$", "weights of sections", log_);
    for (size_t s = 0; s < fitted.size(); ++s) {
      form_.mutable_sections(static_cast<int>(s))->set_weight(fitted[s]);
    }
  }

  const NaWeight na_weight_;
  ImportLog& log_;
  v1::Form form_;
  std::vector<SectionWeights> weights_;
  ItemIds section_ids_;
  ItemIds question_ids_;
};

}  // namespace

v1::Form ReadAmazonConnect(VendorObject root, NaWeight na_weight,
                           ImportLog& log) {
  AmazonReader reader(na_weight, log);
  if (!root.has("EvaluationForm")) return reader.Read(root);
  std::optional<VendorObject> inner = root.Object("EvaluationForm");
  root.NoteRest();
  return inner ? reader.Read(*inner) : v1::Form();
}

}  // namespace attune
