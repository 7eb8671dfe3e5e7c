// attune self-check feedback: what agents say of the form.

#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attune/v1/self_check_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/self_check_commands.h"
#include "tools/attune/self_check_names.h"
#include "tools/attune/self_check_view.h"

namespace attune {
namespace {

struct FeedbackOptions {
  std::string agent;
  std::string cycle;
  std::string file;
  std::vector<std::string> questions;
  std::vector<std::string> verdicts;
  std::vector<std::string> comments;
  std::string idea;
  int limit = 0;

  bool gives() const {
    return !file.empty() || !questions.empty() || !verdicts.empty() ||
           !comments.empty() || !idea.empty();
  }
};

// A row for each thing that was said.
struct Said {
  const v1::FormFeedback* feedback;
  std::string question_id;
  std::string verdict;
  std::string text;
};

std::vector<Said> RowsOf(const v1::FormFeedback& feedback) {
  std::vector<Said> rows;
  for (const v1::QuestionFeedback& question : feedback.questions()) {
    rows.push_back({&feedback, question.question_id(),
                    VerdictWord(question.verdict()), question.comment()});
  }
  if (!feedback.idea().empty()) {
    rows.push_back({&feedback, "", "idea", feedback.idea()});
  }
  return rows;
}

std::vector<std::string> CellsOf(const Said& row) {
  absl::string_view name = row.feedback->name();
  absl::ConsumeSuffix(&name, "/formFeedback");
  const PersonPart session = ParseSelfCheckName(name).value_or(PersonPart{});
  return {session.person,
          session.id,
          ShortRevision(row.feedback->form_revision()),
          row.question_id,
          row.verdict,
          row.text};
}

// In JSON a feedback is one element; else each thing said is a row.
absl::Status PrintAll(Session& session,
                      const std::vector<v1::FormFeedback>& all) {
  RowPrinter rows(session.terminal, session.output,
                  {{"agent", Align::kLeft},
                   {"cycle_id", Align::kLeft},
                   {"form", Align::kLeft},
                   {"question_id", Align::kLeft},
                   {"verdict", Align::kLeft},
                   {"text", Align::kLeft}});
  RETURN_IF_ERROR(rows.Begin());
  const bool whole = session.output.format == Format::kJson ||
                     session.output.format == Format::kJsonLines;
  for (const v1::FormFeedback& feedback : all) {
    const auto json = [&feedback] { return ToJson(feedback, false); };
    if (whole) {
      rows.Add(std::vector<std::string>(6), json);
      continue;
    }
    for (const Said& said : RowsOf(feedback)) rows.Add(CellsOf(said), json);
  }
  rows.End();
  return absl::OkStatus();
}

absl::Status List(Session& session, const FeedbackOptions& options) {
  v1::ListFormFeedbackRequest request;
  request.set_parent("people/-");
  request.set_page_size(1000);
  if (!options.agent.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), PersonArgument(options.agent));
  }
  if (!options.cycle.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_cycle(),
                     SelfCheckCycleArgument(options.cycle));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  std::vector<v1::FormFeedback> all;
  const auto limit = static_cast<size_t>(options.limit);
  RETURN_IF_ERROR(
      ForEachPage(*client, &v1::SelfCheckService::Stub::ListFormFeedback,
                  request, [&](const v1::ListFormFeedbackResponse& page) {
                    for (const v1::FormFeedback& feedback : page.feedback()) {
                      if (limit > 0 && all.size() == limit) return false;
                      all.push_back(feedback);
                    }
                    return limit == 0 || all.size() < limit;
                  }));
  return PrintAll(session, all);
}

absl::StatusOr<v1::QuestionFeedback::Verdict> VerdictArgument(
    const std::string& word) {
  v1::QuestionFeedback::Verdict verdict =
      v1::QuestionFeedback::VERDICT_UNSPECIFIED;
  if (!v1::QuestionFeedback::Verdict_Parse(
          absl::StrCat("VERDICT_", absl::AsciiStrToUpper(word)), &verdict)) {
    return UsageError("A verdict is keep, change, drop or unclear.");
  }
  return verdict;
}

// --question, --verdict and --comment as they follow each other on the command
// line: what comes after a --question is said of it.
absl::StatusOr<v1::FormFeedback> FromOptions(const CLI::App& command,
                                             const FeedbackOptions& options) {
  v1::FormFeedback feedback;
  feedback.set_idea(options.idea);
  std::map<std::string, size_t> taken;
  for (const CLI::Option* option : command.parse_order()) {
    const std::string name = option->get_name();
    const size_t nth = taken[name]++;
    if (name == "--question") {
      feedback.add_questions()->set_question_id(options.questions[nth]);
      continue;
    }
    if (name != "--verdict" && name != "--comment") continue;
    if (feedback.questions().empty()) {
      return UsageError(absl::StrCat(name, " comes after its --question."));
    }
    v1::QuestionFeedback& last =
        *feedback.mutable_questions(feedback.questions_size() - 1);
    if (name == "--comment") {
      last.set_comment(options.comments[nth]);
      continue;
    }
    ASSIGN_OR_RETURN(const auto verdict,
                     VerdictArgument(options.verdicts[nth]));
    last.set_verdict(verdict);
  }
  return feedback;
}

absl::StatusOr<v1::FormFeedback> FromFile(Session& session,
                                          const std::string& path) {
  ASSIGN_OR_RETURN(const std::string json,
                   ReadFileOr(path, session.terminal.in));
  v1::FormFeedback feedback;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &feedback);
  if (!status.ok()) {
    return UsageError(absl::StrCat(
        path,
        " is not such JSON as {\"questions\": [{\"question_id\": \"q\", "
        "\"verdict\": \"VERDICT_KEEP\"}], \"idea\": \"…\"}: ",
        std::string(status.message())));
  }
  return feedback;
}

absl::Status Give(Session& session, const CLI::App& command,
                  const FeedbackOptions& options) {
  const bool from_file = !options.file.empty();
  if (from_file && (!options.questions.empty() || !options.idea.empty())) {
    return UsageError("Give a --file, or questions and an idea.");
  }
  v1::SubmitFormFeedbackRequest request;
  if (from_file) {
    ASSIGN_OR_RETURN(*request.mutable_feedback(),
                     FromFile(session, options.file));
  } else {
    ASSIGN_OR_RETURN(*request.mutable_feedback(),
                     FromOptions(command, options));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const std::string agent, AgentName(*client, options.agent));
  ASSIGN_OR_RETURN(const std::string cycle, CycleName(*client, options.cycle));
  request.set_parent(SelfCheckOf(agent, cycle));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::FormFeedback given,
      client->Call(&v1::SelfCheckService::Stub::SubmitFormFeedback, request));
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(given, true) << '\n';
    return absl::OkStatus();
  }
  return PrintAll(session, {given});
}

}  // namespace

void AddSelfCheckFeedbackCommand(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "feedback",
      "Say what is wrong with the form, question by question; with nothing to "
      "say, list what was said.",
      "attune self-check feedback --question empathy --verdict change "
      "--comment 'Tone counts too.' --idea 'Ask about follow-up.'\n"
      "attune self-check feedback --file feedback.json\n"
      "attune self-check feedback --cycle 2026-h1 -o csv");
  auto options = std::make_shared<FeedbackOptions>();
  AddOption(command, "--question", options->questions,
            "A question's id; again for each question.");
  AddOption(command, "--verdict", options->verdicts,
            "Of the question before it: keep, change, drop, unclear.");
  AddOption(command, "--comment", options->comments,
            "Why, for the question before it.");
  AddOption(command, "--idea", options->idea, "What the form should have.");
  AddOption(command, "--file", options->file,
            "All of it as JSON, as -o json prints it; - is stdin.")
      .TypeName("FILE");
  AddOption(command, "--agent", options->agent,
            "Whose; default your own, or when listing everyone's.");
  AddCycleOption(command, options->cycle);
  AddLimit(command, options->limit);
  OnRun(command, session, [&session, &command, options] {
    return options->gives() ? Give(session, command, *options)
                            : List(session, *options);
  });
}

}  // namespace attune
