// attune evaluations comment, comments and void.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"

namespace attune {
namespace {

constexpr char kEvaluation[] =
    "Id, PERSON/ID, or people/PERSON/evaluations/ID.";

const std::vector<Column<v1::Comment>>& CommentColumns() {
  using Row = v1::Comment;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"time", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
      {"author", Align::kLeft,
       [](const Row& row) { return LastPart(row.author()); }},
      {"moment", Align::kLeft, &MomentText<Row>},
      {"question_id", Align::kLeft,
       [](const Row& row) { return row.question_id(); }},
      {"text", Align::kLeft, [](const Row& row) { return row.text(); }},
      {"reply_to", Align::kLeft,
       [](const Row& row) { return LastPart(row.reply_to()); }},
      {"comment_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

struct CommentOptions {
  std::string evaluation;
  std::string text;
  std::string question;
  std::string reply_to;
  std::string from;
  std::string to;
};

absl::Status Say(Session& session, const CommentOptions& options) {
  v1::CreateCommentRequest request;
  v1::Comment& comment = *request.mutable_comment();
  comment.set_text(options.text);
  comment.set_question_id(options.question);
  RETURN_IF_ERROR(SetMoment(options.from, options.to, comment));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(*request.mutable_parent(),
                   FullEvaluationName(*client, options.evaluation));
  if (!options.reply_to.empty()) {
    comment.set_reply_to(absl::StrCat(request.parent(), "/comments/",
                                      LastPart(options.reply_to)));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Comment said,
      client->Call(&v1::EvaluationService::Stub::CreateComment, request));
  return PrintOne(session.terminal, session.output, CommentColumns(), said);
}

absl::Status Void(Session& session, const std::string& id,
                  const std::string& reason) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  v1::GetEvaluationRequest get;
  ASSIGN_OR_RETURN(*get.mutable_name(), FullEvaluationName(*client, id));
  ASSIGN_OR_RETURN(
      const v1::Evaluation current,
      client->Call(&v1::EvaluationService::Stub::GetEvaluation, get));
  v1::VoidEvaluationRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Evaluation gone,
      client->Call(&v1::EvaluationService::Stub::VoidEvaluation, request));
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(*client, gone.form_revision()));
  return PrintEvaluation(session, gone, revision.form());
}

}  // namespace

void AddCommentCommands(CLI::App& group, Session& session) {
  CLI::App& comment = AddCommand(
      group, "comment", "Say something on an evaluation.",
      "attune evaluations comment 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "'Here you smiled.' --from 1:02 --to 1:10 --question empathy");
  auto said = std::make_shared<CommentOptions>();
  AddOption(comment, "evaluation", said->evaluation, kEvaluation).Required();
  AddOption(comment, "text", said->text, "What to say.").Required();
  AddOption(comment, "--question", said->question,
            "The question that it is about.");
  AddOption(comment, "--from", said->from, "The moment that it points to.")
      .TypeName("M:SS");
  AddOption(comment, "--to", said->to, "The end of that moment.")
      .TypeName("M:SS");
  AddOption(comment, "--reply-to", said->reply_to,
            "The comment that it answers.");
  OnRun(comment, session, [&session, said] { return Say(session, *said); });

  CLI::App& comments = AddCommand(
      group, "comments", "List what was said on an evaluation.",
      "attune evaluations comments 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto listed = std::make_shared<std::string>();
  AddOption(comments, "evaluation", *listed, kEvaluation).Required();
  OnRun(comments, session, [&session, listed]() -> absl::Status {
    v1::ListCommentsRequest request;
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(*request.mutable_parent(),
                     FullEvaluationName(*client, *listed));
    return ListAll<v1::Comment>(session, CommentColumns(), request, 0,
                                &v1::EvaluationService::Stub::ListComments,
                                &v1::ListCommentsResponse::comments);
  });

  CLI::App& take_back = AddCommand(
      group, "void", "Take an evaluation back; its call may be scored anew.",
      "attune evaluations void 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'The recording is of another call.'");
  auto voided = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(take_back, "evaluation", *voided, kEvaluation).Required();
  AddOption(take_back, "--reason", *reason, "Why, for the agent and the rater.")
      .TypeName("TEXT")
      .Required();
  OnRun(take_back, session,
        [&session, voided, reason] { return Void(session, *voided, *reason); });
}

}  // namespace attune
