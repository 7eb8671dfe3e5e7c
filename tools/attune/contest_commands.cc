// attune contests: agents' objections to their scores, and rulings.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/answer_argument.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/failure.h"
#include "tools/attune/score_view.h"

namespace attune {
namespace {

constexpr char kKeep[] = "keep";
constexpr char kProposed[] = "proposed";

std::string StateWord(const v1::Contest& contest) {
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::Contest::State_Name(contest.state()), "STATE_"));
}

EvaluationPart PartOf(const v1::Contest& contest) {
  return ParseContestName(contest.name()).value_or(EvaluationPart{});
}

std::string Questions(const v1::Contest& contest) {
  return absl::StrJoin(contest.items(), ", ",
                       [](std::string* out, const v1::ContestItem& item) {
                         out->append(item.question_id());
                       });
}

std::string PercentAfter(const v1::Contest& contest) {
  if (contest.rulings().empty()) return "";
  const v1::Ruling& newest = contest.rulings(contest.rulings_size() - 1);
  return newest.has_percent_after()
             ? absl::StrFormat("%.2f", newest.percent_after())
             : "";
}

const std::vector<Column<v1::Contest>>& ContestColumns() {
  using Row = v1::Contest;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"opened", Align::kLeft,
       [](const Row& row) { return ShortTime(row.create_time()); }},
      {"agent", Align::kLeft,
       [](const Row& row) { return PartOf(row).person; }},
      {"rater", Align::kLeft,
       [](const Row& row) { return LastPart(row.rater()); }},
      {"state", Align::kLeft, &StateWord},
      {"questions", Align::kLeft, &Questions},
      {"percent_after", Align::kRight, &PercentAfter},
      {"form", Align::kLeft,
       [](const Row& row) { return ShortRevision(row.form_revision()); }},
      {"evaluation_id", Align::kLeft,
       [](const Row& row) { return PartOf(row).evaluation; }},
      {"contest_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
  };
  return columns;
}

// One item with what was decided of it, in lines.
std::string ItemText(const v1::Form& form, const v1::Contest& contest,
                     const v1::ContestItem& item) {
  const v1::Question* question = FindQuestion(form, item.question_id());
  std::string text = absl::StrCat(
      "\n", question == nullptr ? item.question_id() : question->text(), " (",
      item.question_id(),
      ")\n  agent: ", AnswerText(question, &item.proposed()),
      ", because: ", item.reason(), "\n");
  for (const v1::Ruling& ruling : contest.rulings()) {
    for (const v1::ItemRuling& ruled : ruling.items()) {
      if (ruled.question_id() != item.question_id()) continue;
      absl::StrAppend(&text, "  ", LastPart(ruling.ruler()), ": ",
                      ruled.outcome() == v1::ItemRuling::OUTCOME_CHANGED
                          ? absl::StrCat("changed to ",
                                         AnswerText(question, &ruled.answer()))
                          : "upheld",
                      ", because: ", ruled.reason(), "\n");
    }
  }
  return text;
}

absl::Status Print(Session& session, RpcClient& client,
                   const v1::Contest& contest) {
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, ContestColumns(),
                    contest);
  }
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(client, contest.form_revision()));
  const EvaluationPart part = PartOf(contest);
  PrintFacts(
      session.terminal,
      {{"contest", contest.name()},
       {"state", StateWord(contest)},
       {"evaluation", EvaluationName(part.person, part.evaluation)},
       {"rater", contest.rater()},
       {"opened", ShortTime(contest.create_time())},
       {"may be escalated until", ShortTime(contest.escalate_end_time())},
       {"escalated", ShortTime(contest.escalate_time())},
       {"escalated because", contest.escalate_reason()}});
  for (const v1::ContestItem& item : contest.items()) {
    session.terminal.out << PrintableLines(
        ItemText(revision.form(), contest, item));
  }
  for (const v1::Ruling& ruling : contest.rulings()) {
    if (!ruling.has_percent_before() || !ruling.has_percent_after()) continue;
    session.terminal.out << absl::StrFormat(
        "\n%s ruled on %s: %.2f -> %.2f\n", LastPart(ruling.ruler()),
        ShortTime(ruling.rule_time()), ruling.percent_before(),
        ruling.percent_after());
  }
  return absl::OkStatus();
}

// The contest that an id or a name stands for.
absl::StatusOr<v1::Contest> Find(RpcClient& client, const std::string& text) {
  if (ParseContestName(text)) {
    v1::GetContestRequest request;
    request.set_name(text);
    return client.Call(&v1::EvaluationService::Stub::GetContest, request);
  }
  v1::ListContestsRequest request;
  request.set_parent("people/-/evaluations/-");
  request.set_page_size(1000);
  v1::Contest found;
  RETURN_IF_ERROR(
      ForEachPage(client, &v1::EvaluationService::Stub::ListContests, request,
                  [&](const v1::ListContestsResponse& page) {
                    for (const v1::Contest& contest : page.contests()) {
                      if (LastPart(contest.name()) == text) found = contest;
                    }
                    return found.name().empty();
                  }));
  if (found.name().empty()) return NotFound(absl::StrCat("contest ", text));
  return found;
}

struct ListOptions {
  std::string agent;
  std::string rater;
  std::string state;
  bool to_rule = false;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListContestsRequest request;
  std::string person = "people/-";
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(person, PersonArgument(options.agent));
  }
  request.set_parent(absl::StrCat(person, "/evaluations/-"));
  if (!options.rater.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_rater(), PersonArgument(options.rater));
  }
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::Contest::State>(options.state, "STATE_"));
  }
  request.set_to_rule(options.to_rule);
  return ListAll<v1::Contest>(session, ContestColumns(), request, options.limit,
                              &v1::EvaluationService::Stub::ListContests,
                              &v1::ListContestsResponse::contests);
}

struct ItemOptions {
  std::string subject;  // an evaluation, or a contest
  std::vector<std::string> items;
  std::vector<std::string> reasons;
};

absl::Status Open(Session& session, const ItemOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<ItemArgument> items,
                   ItemArguments(options.items, options.reasons));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  v1::GetEvaluationRequest get;
  ASSIGN_OR_RETURN(*get.mutable_name(),
                   FullEvaluationName(*client, options.subject));
  ASSIGN_OR_RETURN(
      const v1::Evaluation evaluation,
      client->Call(&v1::EvaluationService::Stub::GetEvaluation, get));
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(*client, evaluation.form_revision()));
  v1::CreateContestRequest request;
  request.set_parent(evaluation.name());
  for (const ItemArgument& item : items) {
    v1::ContestItem& contested = *request.mutable_contest()->add_items();
    contested.set_question_id(item.question_id);
    contested.set_reason(item.reason);
    ASSIGN_OR_RETURN(
        *contested.mutable_proposed(),
        AnswerArgument(revision.form(), item.question_id, item.answer));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Contest contest,
      client->Call(&v1::EvaluationService::Stub::CreateContest, request));
  return Print(session, *client, contest);
}

absl::Status Rule(Session& session, const ItemOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<ItemArgument> items,
                   ItemArguments(options.items, options.reasons));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Contest waiting, Find(*client, options.subject));
  ASSIGN_OR_RETURN(const v1::FormRevision revision,
                   FetchRevision(*client, waiting.form_revision()));
  v1::RuleContestRequest request;
  request.set_name(waiting.name());
  request.set_etag(waiting.etag());
  for (const ItemArgument& item : items) {
    v1::ItemRuling& ruled = *request.add_items();
    ruled.set_question_id(item.question_id);
    ruled.set_reason(item.reason);
    if (item.answer == kKeep) {
      ruled.set_outcome(v1::ItemRuling::OUTCOME_UPHELD);
      continue;
    }
    ruled.set_outcome(v1::ItemRuling::OUTCOME_CHANGED);
    if (item.answer == kProposed) continue;
    ASSIGN_OR_RETURN(
        *ruled.mutable_answer(),
        AnswerArgument(revision.form(), item.question_id, item.answer));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Contest contest,
      client->Call(&v1::EvaluationService::Stub::RuleContest, request));
  return Print(session, *client, contest);
}

absl::Status Escalate(Session& session, const std::string& subject,
                      const std::string& reason) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Contest ruled, Find(*client, subject));
  v1::EscalateContestRequest request;
  request.set_name(ruled.name());
  request.set_etag(ruled.etag());
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Contest contest,
      client->Call(&v1::EvaluationService::Stub::EscalateContest, request));
  return Print(session, *client, contest);
}

void AddItems(CLI::App& command, ItemOptions& options,
              const std::string& summary) {
  AddOption(command, "--item", options.items, summary)
      .TypeName("QUESTION=ANSWER")
      .Required();
  AddOption(command, "--reason", options.reasons,
            "Why; one for each --item, in the same order.")
      .TypeName("TEXT")
      .Required();
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list =
      AddCommand(group, "list", "List contests, those that wait longest first.",
                 "attune contests list --to-rule\n"
                 "attune contests list --agent 28 -o json");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--agent", options->agent, "Only of this person's calls.");
  AddOption(list, "--rater", options->rater, "Only of this person's scoring.");
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf({"open", "ruled", "escalated", "final", "closed"});
  AddFlag(list, "--to-rule", options->to_rule,
          "Only those that wait for a ruling which you may give.");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });
}

}  // namespace

void AddContestCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "contests", "Objections to scores, and rulings on them.");
  AddList(group, session);

  CLI::App& show = AddCommand(
      group, "show", "Show one contest with everything that was said.",
      "attune contests show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01");
  auto shown = std::make_shared<std::string>();
  AddOption(show, "contest", *shown, "Id or full name.").Required();
  OnRun(show, session, [&session, shown]() -> absl::Status {
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(const v1::Contest contest, Find(*client, *shown));
    return Print(session, *client, contest);
  });

  CLI::App& open = AddCommand(
      group, "open", "Contest items of your evaluation.",
      "attune contests open 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--item empathy=at_once --reason 'At 1:12 I said how sorry I was.'");
  auto opened = std::make_shared<ItemOptions>();
  AddOption(open, "evaluation", opened->subject,
            "Id, PERSON/ID, or people/PERSON/evaluations/ID.")
      .Required();
  AddItems(open, *opened,
           "A question and the answer that would be right: a choice's id, "
           "several with commas, a number, a day, or na.");
  OnRun(open, session, [&session, opened] { return Open(session, *opened); });

  CLI::App& rule =
      AddCommand(group, "rule", "Rule on every item of a contest.",
                 "attune contests rule 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
                 "--item empathy=proposed --reason 'She did, at 1:12.' "
                 "--item greeting=keep --reason 'The name is missing.'");
  auto ruled = std::make_shared<ItemOptions>();
  AddOption(rule, "contest", ruled->subject, "Id or full name.").Required();
  AddItems(rule, *ruled,
           "A question and what becomes of it: keep, proposed (as the agent "
           "has it), or another answer.");
  OnRun(rule, session, [&session, ruled] { return Rule(session, *ruled); });

  CLI::App& escalate = AddCommand(
      group, "escalate", "Ask a qa_lead to rule once more.",
      "attune contests escalate 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
      "--reason 'The second apology was passed over.'");
  auto escalated = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  AddOption(escalate, "contest", *escalated, "Id or full name.").Required();
  AddOption(escalate, "--reason", *reason, "Why the ruling is not right.")
      .TypeName("TEXT")
      .Required();
  OnRun(escalate, session, [&session, escalated, reason] {
    return Escalate(session, *escalated, *reason);
  });
}

}  // namespace attune
