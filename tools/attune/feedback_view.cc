#include "tools/attune/feedback_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/names.h"
#include "tools/attune/arguments.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Row = v1::Feedback;

std::string Giver(const Row& row) {
  return ParseFeedbackName(row.name()).value_or(PersonPart{}).person;
}

// `form call two_tries`, `process refunds`, `call 28/035e`, `person 28`,
// `idea`.
std::string About(const Row& row) {
  switch (row.about()) {
    case Row::ABOUT_FORM:
      return absl::StrCat("form ", LastPart(row.form()),
                          row.question_id().empty() ? "" : " ",
                          row.question_id());
    case Row::ABOUT_PROCESS:
      return absl::StrCat("process ", row.process());
    case Row::ABOUT_CONTACT:
      return absl::StrCat("call ", ShortContact(row.contact()));
    case Row::ABOUT_PERSON:
      return absl::StrCat("person ", LastPart(row.person()));
    default:
      return "idea";
  }
}

std::string State(const Row& row) { return WordOf(row.state(), "STATE_"); }

std::string Marks(const Row& row) {
  std::vector<std::string> marks;
  if (row.for_revision()) marks.emplace_back("revision");
  if (row.for_monthly_report()) marks.emplace_back("report");
  return absl::StrJoin(marks, " ");
}

std::string Themes(const Row& row) {
  return absl::StrJoin(row.themes(), " ",
                       [](std::string* out, const std::string& theme) {
                         out->append(LastPart(theme));
                       });
}

std::string Shows(const Row& row) {
  const Row::Showing& showing = row.showing();
  if (showing.section_id().empty()) return showing.value();
  return absl::StrCat(LastPart(showing.form()), "/", showing.section_id(),
                      showing.value().empty() ? "" : ", ", showing.value());
}

std::string Owner(const std::string& name) {
  return name.empty() ? "nobody" : LastPart(name);
}

// What became of it, in lines.
std::string History(const Row& row) {
  std::string text;
  for (const Row::Handover& handover : row.handovers()) {
    absl::StrAppend(
        &text, ShortTime(handover.hand_over_time()), ": ",
        handover.by().empty() ? "an administrator" : LastPart(handover.by()),
        " gave it from ", Owner(handover.from()), " to ", Owner(handover.to()),
        ", because: ", handover.reason(), "\n");
  }
  for (const Row::Decision& decision : row.decisions()) {
    absl::StrAppend(&text, ShortTime(decision.decide_time()), ": ",
                    LastPart(decision.decider()), " says ",
                    WordOf(decision.state(), "STATE_"), ": ", decision.words(),
                    "\n");
  }
  return text;
}

}  // namespace

const std::vector<Column<v1::Feedback>>& FeedbackColumns() {
  static const auto& columns = *new std::vector<Column<Row>>{
      {"given", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
      {"giver", Align::kLeft, &Giver},
      {"side", Align::kLeft,
       [](const Row& row) { return WordOf(row.side(), "SIDE_"); }},
      {"kind", Align::kLeft,
       [](const Row& row) { return WordOf(row.kind(), "KIND_"); }},
      {"about", Align::kLeft, &About},
      {"state", Align::kLeft, &State},
      {"owner", Align::kLeft,
       [](const Row& row) { return LastPart(row.owner()); }},
      {"due", Align::kLeft,
       [](const Row& row) { return ShortTime(row.due_time()).substr(0, 10); }},
      {"marks", Align::kLeft, &Marks},
      {"themes", Align::kLeft, &Themes},
      {"text", Align::kLeft, [](const Row& row) { return row.text(); }},
      {"feedback_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

absl::Status PrintFeedback(Session& session, const v1::Feedback& feedback) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, FeedbackColumns(),
                    feedback);
  }
  std::vector<std::pair<std::string, std::string>> facts = {
      {"feedback", feedback.name()},
      {"given", ShortTime(feedback.create_time())},
      {"by",
       absl::StrCat(
           Giver(feedback),
           feedback.side() == Row::SIDE_CUSTOMER
               ? ", for a customer"
               : absl::StrCat(" (", WordOf(feedback.side(), "SIDE_"), ")"))},
      {"about", About(feedback)},
      {"state", State(feedback)},
      {"owner", Owner(feedback.owner())}};
  if (feedback.state() == Row::STATE_OPEN) {
    facts.emplace_back("answer due", ShortTime(feedback.due_time()));
  }
  if (feedback.audience() == Row::AUDIENCE_LEADERSHIP) {
    facts.emplace_back("for", "the leadership");
  }
  if (feedback.kind() == Row::KIND_STORY) {
    facts.emplace_back("shows", Shows(feedback));
    facts.emplace_back("customer agrees",
                       feedback.customer_consents() ? "yes" : "no");
  }
  facts.emplace_back("marked for", Marks(feedback));
  facts.emplace_back("themes", Themes(feedback));
  facts.emplace_back("tags", absl::StrJoin(feedback.tags(), ", "));
  PrintFacts(session.terminal, facts);
  session.terminal.out << "\n" << PrintableLines(feedback.text()) << "\n";
  const std::string history = History(feedback);
  if (!history.empty()) {
    session.terminal.out << "\n" << PrintableLines(history);
  }
  return absl::OkStatus();
}

}  // namespace attune
