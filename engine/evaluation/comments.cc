#include "engine/evaluation/comments.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/status_macros.h"
#include "engine/texts.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO evaluation_comment (id, person, evaluation, body)
  VALUES ($1, $2, $3, $4))sql";

constexpr char kExists[] = R"sql(
  SELECT 1 FROM evaluation_comment
  WHERE id = $1 AND person = $2 AND evaluation = $3)sql";

constexpr char kList[] = R"sql(
  SELECT id, body FROM evaluation_comment
  WHERE evaluation = $1 AND person = $2 AND id > $3
  ORDER BY id LIMIT $4)sql";

// The evaluation that `parent` names, if it is submitted and the caller may
// read it.
absl::StatusOr<v1::Evaluation> FindShown(Transaction& tx, const Caller& caller,
                                         absl::string_view parent) {
  const auto name = ParseEvaluationName(parent);
  if (!name) {
    return Invalid(
        "parent", "NAME_INVALID",
        "An evaluation is people/{person}/evaluations/{evaluation}.");
  }
  ASSIGN_OR_RETURN(EvaluationRow row, FindEvaluation(tx, *name));
  if (row.evaluation.state() == v1::Evaluation::STATE_DRAFT ||
      !MayRead(caller, row.evaluation, row.agent_team)) {
    return NotFound(parent);
  }
  return std::move(row.evaluation);
}

bool HasQuestion(const v1::Score& score, const std::string& question_id) {
  for (const v1::QuestionScore& question : score.questions()) {
    if (question.question_id() == question_id) return true;
  }
  return false;
}

Violations CheckComment(const v1::Comment& comment,
                        const v1::Evaluation& evaluation) {
  Violations bad;
  if (comment.text().empty()) {
    bad.Add("comment.text", "TEXT_MISSING", "Say something.");
  }
  CheckText(comment.text(), "comment.text", bad);
  if (!comment.question_id().empty() &&
      !HasQuestion(evaluation.score(), comment.question_id())) {
    bad.Add("comment.question_id", "QUESTION_UNKNOWN",
            absl::StrCat("The form has no question \"", comment.question_id(),
                         "\"."));
  }
  if (comment.has_start_ms() && comment.start_ms() < 0) {
    bad.Add("comment.start_ms", "OFFSET_INVALID",
            "Milliseconds from the contact's start, 0 or more.");
  }
  if (comment.has_end_ms() &&
      (!comment.has_start_ms() || comment.end_ms() < comment.start_ms())) {
    bad.Add("comment.end_ms", "OFFSET_INVALID",
            "It needs a start_ms, and is not before it.");
  }
  return bad;
}

// OK if `comment` answers none, or one of the same evaluation.
absl::Status CheckReplyTo(Transaction& tx, const PersonPart& evaluation,
                          const v1::Comment& comment) {
  if (comment.reply_to().empty()) return absl::OkStatus();
  const auto name = ParseCommentName(comment.reply_to());
  if (!name || name->person != evaluation.person ||
      name->evaluation != evaluation.id) {
    return Invalid("comment.reply_to", "NAME_INVALID",
                   "Name a comment on the same evaluation.");
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kExists, {name->id, name->person, name->evaluation}));
  if (rows.empty()) return NotFound(comment.reply_to());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Comment> Comments::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateCommentRequest& request) const {
  ASSIGN_OR_RETURN(const v1::Evaluation evaluation,
                   FindShown(tx, caller, request.parent()));
  RETURN_IF_ERROR(CheckComment(request.comment(), evaluation).ToStatus());
  const PersonPart name =
      ParseEvaluationName(request.parent()).value_or(PersonPart{});
  RETURN_IF_ERROR(CheckReplyTo(tx, name, request.comment()));
  const int64_t now_us = clock_();
  v1::Comment comment = request.comment();
  const std::string id = MakeUuid(now_us);
  comment.set_name(CommentName({name.person, name.id, id}));
  comment.clear_author();
  if (!caller.person.empty()) comment.set_author(PersonName(caller.person));
  *comment.mutable_create_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(tx.Send(
      kInsert, {id, name.person, name.id, Bytes{comment.SerializeAsString()}}));
  return comment;
}

absl::StatusOr<v1::ListCommentsResponse> Comments::List(
    Transaction& tx, const Caller& caller,
    const v1::ListCommentsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  RETURN_IF_ERROR(FindShown(tx, caller, request.parent()).status());
  const PersonPart name =
      ParseEvaluationName(request.parent()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kList, {name.id, name.person,
                     page.after.empty() ? std::string() : page.after[0],
                     page.size + 1}));
  v1::ListCommentsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.comments_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_comments());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
