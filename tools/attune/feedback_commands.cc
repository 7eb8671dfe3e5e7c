// attune feedback: one inbox for all sides.

#include <memory>
#include <string>

#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/feedback_view.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Stub = v1::InboxService::Stub;
using Feedback = v1::Feedback;

struct ListOptions {
  std::string giver;
  std::string owner;
  std::string state;
  std::string kind;
  std::string side;
  std::string about;
  std::string form;
  std::string question;
  std::string theme;
  std::string since;
  std::string until;
  bool for_revision = false;
  bool for_report = false;
  bool overdue = false;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListFeedbackRequest request;
  request.set_parent("people/-");
  if (!options.giver.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.giver));
  }
  if (options.owner == "-") {
    request.set_owner("people/-");
  } else if (!options.owner.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_owner(), PersonArgument(options.owner));
  }
  request.set_state(ValueOf<Feedback::State>(options.state, "STATE_"));
  request.set_kind(ValueOf<Feedback::Kind>(options.kind, "KIND_"));
  request.set_side(ValueOf<Feedback::Side>(options.side, "SIDE_"));
  request.set_about(ValueOf<Feedback::About>(options.about, "ABOUT_"));
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  request.set_question_id(options.question);
  if (!options.theme.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_theme(), ThemeArgument(options.theme));
  }
  request.set_for_revision(options.for_revision);
  request.set_for_monthly_report(options.for_report);
  request.set_overdue_only(options.overdue);
  RETURN_IF_ERROR(SetDays(options.since, options.until, request));
  return ListAll<Feedback>(session, FeedbackColumns(), request, options.limit,
                           &Stub::ListFeedback,
                           &v1::ListFeedbackResponse::feedback);
}

absl::Status Show(Session& session, const std::string& id) {
  v1::GetFeedbackRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FeedbackArgument(id));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Feedback feedback,
                   client->Call(&Stub::GetFeedback, request));
  return PrintFeedback(session, feedback);
}

using Waiting = v1::UnansweredFeedback::Owner;

Column<Waiting> Count(const std::string& key, int64_t (Waiting::*get)() const) {
  return {key, Align::kRight,
          [get](const Waiting& row) { return std::to_string((row.*get)()); }};
}

const std::vector<Column<Waiting>>& WaitingColumns() {
  static const auto& columns = *new std::vector<Column<Waiting>>{
      {"owner", Align::kLeft,
       [](const Waiting& row) {
         return row.owner().empty() ? "nobody" : LastPart(row.owner());
       }},
      Count("unanswered", &Waiting::unanswered),
      Count("up_to_7_days", &Waiting::up_to_7_days),
      Count("up_to_14_days", &Waiting::up_to_14_days),
      Count("up_to_30_days", &Waiting::up_to_30_days),
      Count("over_30_days", &Waiting::over_30_days),
      {"oldest", Align::kLeft,
       [](const Waiting& row) { return ShortTime(row.oldest_time()); }},
  };
  return columns;
}

absl::Status Unanswered(Session& session) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::UnansweredFeedback report,
                   client->Call(&Stub::GetUnansweredFeedback,
                                v1::GetUnansweredFeedbackRequest()));
  ListPrinter<Waiting> printer(session.terminal, session.output,
                               WaitingColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const Waiting& owner : report.owners()) printer.Add(owner);
  printer.End();
  return absl::OkStatus();
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(
      group, "list",
      "List the feedback you may see, the oldest first; with --for-revision by "
      "form and question.",
      "attune feedback list --state open\n"
      "attune feedback list --owner lea --overdue\n"
      "attune feedback list --form call --for-revision -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--giver", options->giver, "Only what this person gave.");
  AddOption(list, "--owner", options->owner,
            "Only what this person answers; - is what nobody does.");
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf(WordsOf<Feedback::State>("STATE_"));
  AddOption(list, "--kind", options->kind, "Only of this kind.")
      .OneOf(WordsOf<Feedback::Kind>("KIND_"));
  AddOption(list, "--side", options->side, "Only from this side.")
      .OneOf(WordsOf<Feedback::Side>("SIDE_"));
  AddOption(list, "--about", options->about, "Only about this.")
      .OneOf(WordsOf<Feedback::About>("ABOUT_"));
  Option form =
      AddOption(list, "--form", options->form, "Only about this form.");
  AddOption(list, "--question", options->question,
            "Only about this question of it.")
      .Needs(form);
  AddOption(list, "--theme", options->theme, "Only what has this theme.");
  AddFlag(list, "--for-revision", options->for_revision,
          "Only what is marked for a form's next revision.");
  AddFlag(list, "--for-report", options->for_report,
          "Only what is marked for the monthly report.");
  AddFlag(list, "--overdue", options->overdue,
          "Only what should have been answered by now.");
  AddOption(list, "--since", options->since, "Given from this day on, UTC.")
      .TypeName("DAY");
  AddOption(list, "--until", options->until, "Given until this day, UTC.")
      .TypeName("DAY");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace

void AddFeedbackCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(
      root, "feedback",
      "Feedback from all sides: who gave it, who answers, what they said.");
  AddFeedbackGive(group, session);
  AddList(group, session);

  CLI::App& show =
      AddCommand(group, "show", "Show one item with its answers.",
                 "attune feedback show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "feedback", *shown, "Id or full name.").Required();
  OnRun(show, session, [&session, shown] { return Show(session, *shown); });

  AddFeedbackOwnerCommands(group, session);

  CLI::App& unanswered = AddCommand(
      group, "unanswered", "Count what is unanswered, by owner and age.",
      "attune feedback unanswered\n"
      "attune feedback unanswered -o csv");
  OnRun(unanswered, session, [&session] { return Unanswered(session); });
}

}  // namespace attune
