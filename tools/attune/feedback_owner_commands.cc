// attune feedback decide, reassign and mark: what owners do.

#include <memory>
#include <string>
#include <vector>

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

absl::Status Decide(Session& session, const std::string& id,
                    const std::string& decision, const std::string& words) {
  v1::DecideFeedbackRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FeedbackArgument(id));
  request.set_state(ValueOf<Feedback::State>(decision, "STATE_"));
  request.set_words(words);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Feedback feedback,
                   client->Call(&Stub::DecideFeedback, request));
  return PrintFeedback(session, feedback);
}

absl::Status Reassign(Session& session, const std::string& id,
                      const std::string& to, const std::string& reason) {
  v1::ReassignFeedbackRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FeedbackArgument(id));
  ASSIGN_OR_RETURN(*request.mutable_owner(), PersonArgument(to));
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Feedback feedback,
                   client->Call(&Stub::ReassignFeedback, request));
  return PrintFeedback(session, feedback);
}

struct MarkOptions {
  std::string id;
  bool for_revision = false;
  bool not_for_revision = false;
  bool for_report = false;
  bool not_for_report = false;
  bool consent = false;
};

absl::Status Mark(Session& session, const MarkOptions& options) {
  v1::MarkFeedbackRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), FeedbackArgument(options.id));
  if (options.for_revision || options.not_for_revision) {
    request.set_for_revision(options.for_revision);
  }
  if (options.for_report || options.not_for_report) {
    request.set_for_monthly_report(options.for_report);
  }
  if (options.consent) request.set_customer_consents(true);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Feedback feedback,
                   client->Call(&Stub::MarkFeedback, request));
  return PrintFeedback(session, feedback);
}

void AddMark(CLI::App& group, Session& session) {
  CLI::App& mark = AddCommand(
      group, "mark",
      "Mark one of the best that you own for the form's next revision or the "
      "monthly report.",
      "attune feedback mark 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--for-revision\n"
      "attune feedback mark 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 --for-report "
      "--consent");
  auto options = std::make_shared<MarkOptions>();
  AddOption(mark, "feedback", options->id, "Id or full name.").Required();
  Option revision = AddFlag(mark, "--for-revision", options->for_revision,
                            "For the form's next revision.");
  AddFlag(mark, "--not-for-revision", options->not_for_revision,
          "Take that mark off.")
      .Excludes(revision);
  Option report = AddFlag(mark, "--for-report", options->for_report,
                          "For the monthly report.");
  AddFlag(mark, "--not-for-report", options->not_for_report,
          "Take that mark off.")
      .Excludes(report);
  AddFlag(mark, "--consent", options->consent,
          "The customer agrees that it is told to others.");
  OnRun(mark, session, [&session, options] { return Mark(session, *options); });
}

}  // namespace

void AddFeedbackOwnerCommands(CLI::App& group, Session& session) {
  CLI::App& decide = AddCommand(
      group, "decide", "Answer feedback that you own, for its giver to read.",
      "attune feedback decide 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 accepted "
      "--words 'From the next revision on.'");
  auto id = std::make_shared<std::string>();
  auto decision = std::make_shared<std::string>();
  auto words = std::make_shared<std::string>();
  AddOption(decide, "feedback", *id, "Id or full name.").Required();
  AddOption(decide, "decision", *decision, "accepted, declined or done.")
      .Required()
      .OneOf({"accepted", "declined", "done"});
  AddOption(decide, "--words", *words, "Why, or what was done.")
      .Required()
      .TypeName("TEXT");
  OnRun(decide, session, [&session, id, decision, words] {
    return Decide(session, *id, *decision, *words);
  });

  CLI::App& reassign = AddCommand(
      group, "reassign", "Give feedback to somebody else to answer.",
      "attune feedback reassign 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--to quinn --reason 'It is about the form.'");
  auto moved = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(reassign, "feedback", *moved, "Id or full name.").Required();
  AddOption(reassign, "--to", *to, "Who answers from now on.")
      .Required()
      .TypeName("PERSON");
  AddOption(reassign, "--reason", *reason, "Why.").Required().TypeName("TEXT");
  OnRun(reassign, session, [&session, moved, to, reason] {
    return Reassign(session, *moved, *to, *reason);
  });
  AddMark(group, session);
}

}  // namespace attune
