// attune feedback give: saying something, or telling a story.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/failure.h"
#include "tools/attune/feedback_view.h"
#include "tools/attune/files.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Feedback = v1::Feedback;

struct GiveOptions {
  std::string text;
  std::string giver;
  std::string side;
  std::string form;
  std::string question;
  std::string process;
  std::string call;
  std::string person;
  std::string section;
  std::string value;
  std::string owner;
  std::vector<std::string> themes;
  std::vector<std::string> tags;
  bool story = false;
  bool consent = false;
  bool leadership = false;
};

// What it is about.
absl::Status SetSubject(const GiveOptions& options, Feedback& feedback) {
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*feedback.mutable_form(), FormArgument(options.form));
  }
  feedback.set_question_id(options.question);
  feedback.set_process(options.process);
  if (!options.call.empty()) {
    ASSIGN_OR_RETURN(*feedback.mutable_contact(),
                     ContactArgument(options.call));
  }
  if (!options.person.empty()) {
    ASSIGN_OR_RETURN(*feedback.mutable_person(),
                     PersonArgument(options.person));
  }
  return absl::OkStatus();
}

// `call/connection`: a section of a form.
absl::Status SetShowing(const GiveOptions& options, Feedback& feedback) {
  if (!options.value.empty()) {
    feedback.mutable_showing()->set_value(options.value);
  }
  if (options.section.empty()) return absl::OkStatus();
  const size_t slash = options.section.find('/');
  if (slash == std::string::npos) {
    return UsageError(absl::StrCat("`", options.section,
                                   "` is no section; one is like "
                                   "`call/connection`."));
  }
  Feedback::Showing& showing = *feedback.mutable_showing();
  ASSIGN_OR_RETURN(*showing.mutable_form(),
                   FormArgument(options.section.substr(0, slash)));
  showing.set_section_id(options.section.substr(slash + 1));
  return absl::OkStatus();
}

absl::Status Give(Session& session, const GiveOptions& options) {
  v1::CreateFeedbackRequest request;
  request.set_parent("people/-");
  if (!options.giver.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.giver));
  }
  Feedback& feedback = *request.mutable_feedback();
  feedback.set_text(options.text);
  if (options.text == "-") {
    ASSIGN_OR_RETURN(*feedback.mutable_text(),
                     ReadFileOr("-", session.terminal.in));
  }
  feedback.set_kind(options.story ? Feedback::KIND_STORY
                                  : Feedback::KIND_FEEDBACK);
  feedback.set_side(ValueOf<Feedback::Side>(options.side, "SIDE_"));
  feedback.set_audience(options.leadership ? Feedback::AUDIENCE_LEADERSHIP
                                           : Feedback::AUDIENCE_OWNER);
  RETURN_IF_ERROR(SetSubject(options, feedback));
  RETURN_IF_ERROR(SetShowing(options, feedback));
  feedback.set_customer_consents(options.consent);
  for (const std::string& theme : options.themes) {
    ASSIGN_OR_RETURN(*feedback.add_themes(), ThemeArgument(theme));
  }
  feedback.mutable_tags()->Assign(options.tags.begin(), options.tags.end());
  if (!options.owner.empty()) {
    ASSIGN_OR_RETURN(*feedback.mutable_owner(), PersonArgument(options.owner));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const Feedback given,
      client->Call(&v1::InboxService::Stub::CreateFeedback, request));
  return PrintFeedback(session, given);
}

}  // namespace

void AddFeedbackGive(CLI::App& group, Session& session) {
  CLI::App& give = AddCommand(
      group, "give",
      "Say what should change, write down what a customer says, or tell their "
      "story; somebody answers.",
      "attune feedback give 'Is a joke a try?' --form call "
      "--question two_tries\n"
      "attune feedback give 'Three letters for one refund.' --side customer "
      "--call 035edd1d09c1433e --theme effort\n"
      "attune feedback give 'She sang along.' --story --call 28/035edd1d09 "
      "--section call/connection --consent");
  auto options = std::make_shared<GiveOptions>();
  AddOption(give, "text", options->text, "What to say; - is stdin.").Required();
  AddOption(give, "--form", options->form, "It is about this form.");
  AddOption(give, "--question", options->question,
            "It is about this question of the form.");
  AddOption(give, "--process", options->process, "It is about this process.");
  AddOption(give, "--call", options->call, "It is about this call.");
  AddOption(give, "--person", options->person, "It is about this person.");
  AddOption(give, "--side", options->side,
            "For whom you speak; default your role. customer: for one.")
      .OneOf(WordsOf<Feedback::Side>("SIDE_"));
  AddFlag(give, "--story", options->story,
          "A customer's story, about a call or a person.");
  AddOption(give, "--section", options->section,
            "The section that the story shows, such as call/connection.")
      .TypeName("FORM/SECTION");
  AddOption(give, "--value", options->value, "The value that it shows.");
  AddFlag(give, "--consent", options->consent,
          "The customer agrees that it is told to others.");
  AddFlag(give, "--leadership", options->leadership,
          "For a qa_lead or an admin alone; leads do not see it.");
  AddOption(give, "--owner", options->owner,
            "Who answers; default whose matter it is.")
      .TypeName("PERSON");
  AddOption(give, "--theme", options->themes, "A theme; again for each.");
  AddOption(give, "--tag", options->tags, "A word of yours; again for each.");
  AddOption(give, "--giver", options->giver,
            "In whose name, for administrators; default your own.")
      .TypeName("PERSON");
  OnRun(give, session, [&session, options] { return Give(session, *options); });
}

}  // namespace attune
