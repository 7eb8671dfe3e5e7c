#include "engine/form/form_rules.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/form/decimal.h"
#include "engine/form/question_rules.h"

namespace attune {
namespace {

// A percent above it would be no bonus any more, and squares of percents must
// fit the sums of reports.
constexpr double kMaxCap = 10'000;
constexpr int kManyScored = 30;

bool IsPercent(double value, double least, double most) {
  return value >= least && value <= most && ToTenThousandths(value);
}

void CheckBands(const v1::Form& form, Findings& findings) {
  const double cap =
      form.has_bonus_cap_percent() ? form.bonus_cap_percent() : 100;
  absl::flat_hash_set<double> seen;
  for (int i = 0; i < form.bands_size(); ++i) {
    const v1::Band& band = form.bands(i);
    const std::string at = absl::StrCat("form.bands[", i, "]");
    CheckThere(band.title(), absl::StrCat(at, ".title"), "TITLE_MISSING",
               findings);
    if (!IsPercent(band.from_percent(), 0, cap)) {
      findings.Refuse(absl::StrCat(at, ".from_percent"), "BAND_INVALID",
                      "A band starts at a percent from 0 to the bonus cap, of "
                      "at most four places.");
    } else if (!seen.insert(band.from_percent()).second) {
      findings.Refuse(absl::StrCat(at, ".from_percent"), "BAND_DUPLICATE",
                      "Another band starts at the same percent.");
    }
  }
}

void CheckHead(const v1::Form& form, Findings& findings) {
  CheckThere(form.title(), "form.title", "TITLE_MISSING", findings);
  if (!v1::Form::Rule_IsValid(form.rule())) {
    findings.Break("form.rule", "RULE_UNKNOWN",
                   "A rule is WEIGHTED_SECTION_MEANS, WEIGHTED_QUESTIONS, "
                   "SCALED_POINTS or POINTS.");
  }
  if (!v1::Form::NaPolicy_IsValid(form.na_policy())) {
    findings.Refuse("form.na_policy", "NA_POLICY_UNKNOWN",
                    "A policy is EXCLUDE or FULL_CREDIT.");
  }
  if (form.has_floor_percent() && !IsPercent(form.floor_percent(), 0, 100)) {
    findings.Refuse("form.floor_percent", "FLOOR_INVALID",
                    "A floor is a percent from 0 to 100, of at most four "
                    "places.");
  }
  if (form.has_bonus_cap_percent() &&
      !IsPercent(form.bonus_cap_percent(), 100, kMaxCap)) {
    findings.Break("form.bonus_cap_percent", "CAP_INVALID",
                   "A cap is a percent from 100 to 10000, of at most four "
                   "places.");
  }
  CheckBands(form, findings);
  const bool names_section =
      std::any_of(form.sections().begin(), form.sections().end(),
                  [&](const v1::Section& section) {
                    return section.value() == form.leading_value();
                  });
  if (!form.leading_value().empty() && !names_section) {
    findings.Refuse(
        "form.leading_value", "LEADING_VALUE_UNKNOWN",
        absl::StrCat("No section has the value ", form.leading_value(), "."));
  }
}

// Checks the questions in form order, each against those before it.
class QuestionWalk {
 public:
  QuestionWalk(const v1::Form& form, Findings& findings)
      : form_(form), findings_(findings) {
    for (const v1::Section& section : form.sections()) {
      for (const v1::Question& question : section.questions()) {
        all_.insert(question.question_id());
      }
    }
  }

  void Visit(const v1::Section& section, const v1::Question& question,
             const std::string& path) {
    const bool scored = IsScored(form_, section, question);
    CheckQuestion(question, scored, path, findings_);
    if (earlier_.contains(question.question_id())) {
      findings_.Break(absl::StrCat(path, ".question_id"), "ID_DUPLICATE",
                      absl::StrCat("The form has a question ",
                                   question.question_id(), " already."));
    }
    for (int i = 0; i < question.visible_when_size(); ++i) {
      CheckCondition(question, question.visible_when(i),
                     absl::StrCat(path, ".visible_when[", i, "]"));
    }
    earlier_.emplace(question.question_id(), &question);
    scored_count_ += scored ? 1 : 0;
    earns_ |= scored && !question.bonus();
  }

  int scored_count() const { return scored_count_; }
  // Some question gives points possible.
  bool earns() const { return earns_; }

 private:
  void CheckCondition(const v1::Question& question,
                      const v1::VisibleWhen& condition,
                      const std::string& path) {
    const std::string at = absl::StrCat(path, ".question_id");
    if (condition.choice_ids().empty()) {
      findings_.Break(absl::StrCat(path, ".choice_ids"), "CHOICES_MISSING",
                      "Name the choices that make the question visible.");
    }
    const auto target = earlier_.find(condition.question_id());
    if (target == earlier_.end()) {
      if (condition.question_id() == question.question_id()) {
        findings_.Break(at, "VISIBILITY_CYCLE",
                        "A question cannot depend on itself.");
      } else if (all_.contains(condition.question_id())) {
        findings_.Break(at, "VISIBILITY_FORWARD",
                        "A question may depend only on earlier ones.");
      } else {
        findings_.Break(at, "QUESTION_UNKNOWN",
                        absl::StrCat("The form has no question ",
                                     condition.question_id(), "."));
      }
      return;
    }
    CheckTarget(*target->second, condition, path);
  }

  void CheckTarget(const v1::Question& target, const v1::VisibleWhen& condition,
                   const std::string& path) {
    if (!IsChoiceType(target.type())) {
      findings_.Break(absl::StrCat(path, ".question_id"),
                      "VISIBILITY_NOT_A_CHOICE",
                      "Only the answer to a choice question can make another "
                      "one visible.");
      return;
    }
    absl::flat_hash_set<absl::string_view> known;
    for (const v1::Choice& choice : target.choices()) {
      known.insert(choice.choice_id());
    }
    for (int i = 0; i < condition.choice_ids_size(); ++i) {
      if (known.contains(condition.choice_ids(i))) continue;
      findings_.Break(absl::StrCat(path, ".choice_ids[", i, "]"),
                      "CHOICE_UNKNOWN",
                      absl::StrCat(target.question_id(), " has no choice ",
                                   condition.choice_ids(i), "."));
    }
  }

  const v1::Form& form_;
  Findings& findings_;
  absl::flat_hash_set<absl::string_view> all_;
  absl::flat_hash_map<absl::string_view, const v1::Question*> earlier_;
  int scored_count_ = 0;
  bool earns_ = false;
};

void CheckSectionHead(const v1::Section& section, const std::string& path,
                      Findings& findings) {
  CheckItemId(section.section_id(), absl::StrCat(path, ".section_id"),
              findings);
  CheckThere(section.title(), absl::StrCat(path, ".title"), "TITLE_MISSING",
             findings);
  if (section.has_weight()) {
    CheckDecimal(section.weight(), absl::StrCat(path, ".weight"), "WEIGHT",
                 false, findings);
  }
  if (section.questions().empty()) {
    findings.Refuse(absl::StrCat(path, ".questions"), "QUESTIONS_MISSING",
                    "A section asks at least one question.");
  }
  if (section.has_critical()) {
    CheckCritical(section.critical(), absl::StrCat(path, ".critical"),
                  findings);
  }
}

void WarnOfSection(const v1::Form& form, const v1::Section& section,
                   const std::string& path, Findings& findings) {
  int scored = 0;
  for (const v1::Question& question : section.questions()) {
    if (!IsScored(form, section, question)) continue;
    if (!question.na().allowed()) return;
    ++scored;
  }
  if (scored > 0) {
    findings.Warn(absl::StrCat(path, ".questions"), "NA_EVERYWHERE",
                  "Every question here may be answered \"not applicable\", so "
                  "the whole section may drop out.");
  }
}

void CheckExampleHeads(const v1::Form& form, Findings& findings) {
  for (int i = 0; i < form.examples_size(); ++i) {
    const std::string at = absl::StrCat("form.examples[", i, "]");
    CheckThere(form.examples(i).title(), absl::StrCat(at, ".title"),
               "TITLE_MISSING", findings);
  }
}

}  // namespace

bool IsScored(const v1::Form& form, const v1::Section& section,
              const v1::Question& question) {
  return !form.feedback_only() &&
         !(section.has_weight() && section.weight() == 0) &&
         (IsChoiceType(question.type()) ||
          question.type() == v1::Question::NUMBER);
}

Findings CheckFormRules(const v1::Form& form) {
  Findings findings;
  CheckHead(form, findings);
  QuestionWalk walk(form, findings);
  absl::flat_hash_set<absl::string_view> section_ids;
  for (int s = 0; s < form.sections_size(); ++s) {
    const v1::Section& section = form.sections(s);
    const std::string path = absl::StrCat("form.sections[", s, "]");
    CheckSectionHead(section, path, findings);
    if (!section_ids.insert(section.section_id()).second) {
      findings.Refuse(absl::StrCat(path, ".section_id"), "ID_DUPLICATE",
                      absl::StrCat("The form has a section ",
                                   section.section_id(), " already."));
    }
    for (int q = 0; q < section.questions_size(); ++q) {
      walk.Visit(section, section.questions(q),
                 absl::StrCat(path, ".questions[", q, "]"));
    }
    WarnOfSection(form, section, path, findings);
  }
  if (form.sections().empty()) {
    findings.Refuse("form.sections", "SECTIONS_MISSING",
                    "A form has at least one section.");
  } else if (!form.feedback_only() && !walk.earns()) {
    findings.Refuse("form.sections", "NO_SCORED_QUESTION",
                    "No question can earn points; say feedback_only if that is "
                    "meant.");
  }
  if (walk.scored_count() > kManyScored) {
    findings.Warn("form.sections", "MANY_QUESTIONS",
                  absl::StrCat("With ", walk.scored_count(),
                               " scored questions raters tire; aim for at "
                               "most ",
                               kManyScored, "."));
  }
  CheckExampleHeads(form, findings);
  return findings;
}

}  // namespace attune
