// attune forms lint and score: what needs no server.

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/errors.h"
#include "engine/form/form_lint.h"
#include "engine/scoring/answers_json.h"
#include "engine/scoring/score.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/finding_view.h"
#include "tools/attune/form_commands.h"
#include "tools/attune/form_files.h"
#include "tools/attune/score_view.h"

namespace attune {
namespace {

// A file that does not parse is one finding, at the place in its message.
PlacedFinding SyntaxFinding(const std::string& file,
                            const absl::Status& status) {
  PlacedFinding finding{file, {}, {}};
  std::string message(status.message());
  message.erase(0, file.size() + 1);
  const std::vector<std::string> parts =
      absl::StrSplit(message, absl::MaxSplits(':', 2));
  if (parts.size() == 3 && absl::SimpleAtoi(parts[0], &finding.place.line) &&
      absl::SimpleAtoi(parts[1], &finding.place.column)) {
    message = std::string(absl::StripAsciiWhitespace(parts[2]));
  }
  finding.finding.set_severity(v1::LintFinding::SEVERITY_ERROR);
  finding.finding.set_reason(ReasonOf(status));
  finding.finding.set_description(message);
  return finding;
}

absl::StatusOr<std::vector<PlacedFinding>> LintFile(Session& session,
                                                    const std::string& path) {
  absl::StatusOr<FormFile> file = ReadFormFile(path, session.terminal.in);
  if (!file.ok()) {
    if (ExitCodeOf(file.status()) != kExitInvalid) return file.status();
    return std::vector<PlacedFinding>{SyntaxFinding(path, file.status())};
  }
  return LintText(path, file->text);
}

absl::Status PrintRows(Session& session,
                       const std::vector<PlacedFinding>& findings) {
  RowPrinter printer(session.terminal, session.output,
                     {{"file", Align::kLeft},
                      {"line", Align::kRight},
                      {"column", Align::kRight},
                      {"severity", Align::kLeft},
                      {"field", Align::kLeft},
                      {"reason", Align::kLeft},
                      {"description", Align::kLeft}});
  RETURN_IF_ERROR(printer.Begin());
  for (const PlacedFinding& finding : findings) {
    printer.Add({finding.file, absl::StrCat(finding.place.line),
                 absl::StrCat(finding.place.column), SeverityWord(finding),
                 finding.finding.field(), finding.finding.reason(),
                 finding.finding.description()},
                [&finding] {
                  return FindingJson(finding).dump(
                      -1, ' ', false,
                      nlohmann::ordered_json::error_handler_t::replace);
                });
  }
  printer.End();
  return absl::OkStatus();
}

absl::Status Lint(Session& session, const std::vector<std::string>& paths) {
  std::vector<PlacedFinding> all;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(std::vector<PlacedFinding> findings,
                     LintFile(session, path));
    all.insert(all.end(), findings.begin(), findings.end());
  }
  if (std::any_of(all.begin(), all.end(), IsError)) {
    session.exit_code = kExitInvalid;
  }
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintRows(session, all);
  }
  for (const PlacedFinding& finding : all) {
    session.terminal.out << FindingLine(finding, session.terminal.out_color)
                         << '\n';
  }
  session.Say(absl::StrCat(
      paths.size(), paths.size() == 1 ? " form: " : " forms: ", CountText(all),
      "."));
  return absl::OkStatus();
}

// Puts the file's name before what is wrong with answers in it.
absl::Status InFile(const std::string& path, const absl::Status& status) {
  const Violations violations = Violations::FromStatus(status);
  if (violations.empty()) {
    return MakeError(status.code(), ReasonOf(status),
                     absl::StrCat(path, ": ", std::string(status.message())));
  }
  Violations placed;
  placed.Append(absl::StrCat(path, ": "), violations);
  return placed.ToStatus();
}

absl::Status Score(Session& session, const std::string& form_path,
                   const std::string& answers_path) {
  if (form_path == "-" && answers_path == "-") {
    return UsageError("Only one of the files can be standard input.");
  }
  ASSIGN_OR_RETURN(FormFile file, ReadFormFile(form_path, session.terminal.in));
  RETURN_IF_ERROR(ErrorOf(file, LintForm(file.text.form())));
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(file.text.form()));
  ASSIGN_OR_RETURN(std::string json,
                   ReadFileOr(answers_path, session.terminal.in));
  const auto answers = ParseAnswersJson(form, json);
  if (!answers.ok()) return InFile(answers_path, answers.status());
  const v1::Score score = ExplainScore(form, *answers);
  if (session.is_table() && session.output.fields.empty()) {
    session.terminal.out << ScoreText(
        form.form(), *answers, score,
        {session.TextWidth(), session.terminal.out_color});
    return absl::OkStatus();
  }
  if (session.output.format == Format::kJson ||
      session.output.format == Format::kJsonLines) {
    session.terminal.out << ToJson(score,
                                   session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  ListPrinter<v1::QuestionScore> printer(session.terminal, session.output,
                                         QuestionScoreColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const v1::QuestionScore& question : score.questions()) {
    printer.Add(question);
  }
  printer.End();
  return absl::OkStatus();
}

}  // namespace

void AddOfflineFormCommands(CLI::App& group, Session& session) {
  CLI::App& lint = AddCommand(
      group, "lint",
      "Check form files, without a server; exits with 6 if there are errors.",
      "attune forms lint config/forms/call.textproto\n"
      "attune forms lint config/forms/*.textproto -o json");
  auto paths = std::make_shared<std::vector<std::string>>();
  AddOption(lint, "file", *paths, "Form files; - is stdin.").Required();
  OnRun(lint, session, [&session, paths] { return Lint(session, *paths); });

  CLI::App& score = AddCommand(
      group, "score", "Score answers on a form file, without a server.",
      "attune forms score config/forms/call.textproto --answers answers.json\n"
      "echo '{\"solved\": \"yes\"}' | attune forms score call.textproto "
      "--answers - -o json");
  auto form_path = std::make_shared<std::string>();
  auto answers_path = std::make_shared<std::string>();
  AddOption(score, "file", *form_path, "Form file; - is stdin.").Required();
  AddOption(score, "--answers", *answers_path,
            "JSON file: question ids to a choice id, a list of them, a "
            "number, a text or \"na\"; - is stdin.")
      .Required()
      .TypeName("FILE");
  OnRun(score, session, [&session, form_path, answers_path] {
    return Score(session, *form_path, *answers_path);
  });
}

}  // namespace attune
