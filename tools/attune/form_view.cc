#include "tools/attune/form_view.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "engine/form/form_compare.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

using Item = v1::FormComparison::Item;

std::string Words(absl::string_view enum_name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(enum_name), {{"_", " "}});
}

std::string Percent(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "";
}

// Percent of the total with everything applicable, by section and question.
struct Shares {
  std::map<std::string, std::string> sections;
  std::map<std::string, std::string> questions;
};

Shares SharesOf(const v1::Form& form) {
  Shares shares;
  // Against an empty form every item is new.
  const v1::FormComparison all = CompareForms(v1::Form(), form);
  for (const Item& item : all.sections()) {
    shares.sections[item.section_id()] =
        Percent(item.has_share_after(), item.share_after());
  }
  for (const Item& item : all.questions()) {
    shares.questions[item.question_id()] =
        Percent(item.has_share_after(), item.share_after());
  }
  return shares;
}

std::string QuestionNotes(const v1::Question& question) {
  std::vector<std::string> notes = {
      Words(v1::Question::Type_Name(question.type()))};
  if (question.na().allowed()) notes.push_back("n/a allowed");
  if (question.bonus()) notes.push_back("bonus");
  if (question.has_critical()) {
    notes.push_back(absl::StrCat(
        "critical (",
        Words(v1::Critical::Category_Name(question.critical().category())),
        ", ", Words(v1::Critical::Effect_Name(question.critical().effect())),
        ")"));
  }
  for (const v1::VisibleWhen& when : question.visible_when()) {
    notes.push_back(absl::StrCat("only if ", when.question_id(), " is ",
                                 absl::StrJoin(when.choice_ids(), " or ")));
  }
  return absl::StrJoin(notes, ", ");
}

std::string QuestionPage(const v1::Question& question, const std::string& share,
                         int width) {
  std::string text = absl::StrCat(
      "  ", absl::StrFormat("%6s  ", share),
      Wrapped(Printable(question.text()), width - 10, 10), "\n          ",
      Wrapped(Printable(absl::StrCat(question.question_id(), ": ",
                                     QuestionNotes(question))),
              width - 10, 10),
      "\n");
  for (const v1::Choice& choice : question.choices()) {
    absl::StrAppend(
        &text, "          ", absl::StrFormat("%4g  ", choice.points()),
        Wrapped(Printable(absl::StrCat(
                    choice.label(), " (", choice.choice_id(),
                    choice.comment_required() ? ", with a comment)" : ")")),
                width - 16, 16),
        "\n");
  }
  for (const v1::Range& range : question.ranges()) {
    absl::StrAppend(&text, "          ",
                    absl::StrFormat("%4g  %g to %g\n", range.points(),
                                    range.from(), range.to()));
  }
  return text;
}

const std::vector<Column<Item>>& ItemColumns() {
  static const auto& columns = *new std::vector<Column<Item>>{
      {"section_id", Align::kLeft,
       [](const Item& item) { return item.section_id(); }},
      {"question_id", Align::kLeft,
       [](const Item& item) { return item.question_id(); }},
      {"change", Align::kLeft, &ChangesText},
      {"share_before", Align::kRight,
       [](const Item& item) {
         return Percent(item.has_share_before(), item.share_before());
       }},
      {"share_after", Align::kRight,
       [](const Item& item) {
         return Percent(item.has_share_after(), item.share_after());
       }},
      {"text", Align::kLeft, [](const Item& item) { return item.text(); }},
  };
  return columns;
}

}  // namespace

std::string FormPage(const v1::Form& form, int width, bool color) {
  const Shares shares = SharesOf(form);
  std::string text = absl::StrCat(
      Toned(Printable(form.title()), Tone::kStrong, color), "\n", "Rule: ",
      Words(v1::Form::Rule_Name(form.rule() == v1::Form::RULE_UNSPECIFIED
                                    ? v1::Form::WEIGHTED_SECTION_MEANS
                                    : form.rule())),
      form.feedback_only() ? "; feedback only" : "",
      form.leading_value().empty()
          ? ""
          : absl::StrCat("; leading value: ", Printable(form.leading_value())),
      form.has_floor_percent() ? absl::StrCat("; floor: ", form.floor_percent())
                               : "",
      "\n");
  for (const v1::Section& section : form.sections()) {
    const auto share = shares.sections.find(section.section_id());
    absl::StrAppend(
        &text, "\n",
        Toned(
            absl::StrCat(absl::StrFormat("%8s  ", share == shares.sections.end()
                                                      ? ""
                                                      : share->second),
                         Printable(section.title())),
            Tone::kStrong, color),
        section.has_weight() ? absl::StrCat(" (weight ", section.weight(), ")")
                             : "",
        "\n");
    for (const v1::Question& question : section.questions()) {
      const auto found = shares.questions.find(question.question_id());
      absl::StrAppend(
          &text,
          QuestionPage(question,
                       found == shares.questions.end() ? "" : found->second,
                       width));
    }
  }
  return text;
}

std::string ChangesText(const v1::FormComparison::Item& item) {
  return absl::StrJoin(item.changes(), ", ", [](std::string* out, int change) {
    *out += Words(v1::FormComparison::Change_Name(
                      static_cast<v1::FormComparison::Change>(change)))
                .substr(7);  // after `change `
  });
}

absl::Status PrintComparison(Session& session,
                             const v1::FormComparison& comparison) {
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(comparison, true) << '\n';
    return absl::OkStatus();
  }
  const bool none =
      comparison.sections_size() == 0 && comparison.questions_size() == 0;
  if (session.is_table() && !comparison.fields().empty()) {
    session.terminal.out << "Other fields that differ: "
                         << absl::StrJoin(comparison.fields(), ", ") << "\n";
  }
  if (session.is_table() && none) {
    if (comparison.fields().empty()) {
      session.terminal.out << "Nothing differs.\n";
    }
    return absl::OkStatus();
  }
  ListPrinter<Item> printer(session.terminal, session.output, ItemColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const Item& item : comparison.sections()) printer.Add(item);
  for (const Item& item : comparison.questions()) printer.Add(item);
  printer.End();
  return absl::OkStatus();
}

}  // namespace attune
