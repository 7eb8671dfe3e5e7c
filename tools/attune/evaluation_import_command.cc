// attune evaluations import: files of evaluations, in one transaction.

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/evaluation_import.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/progress.h"

namespace attune {
namespace {

struct EvaluationImportOptions : ImportOptions {
  std::vector<std::string> files;
};

absl::StatusOr<std::vector<RatedContact>> ReadLines(
    Session& session, const std::vector<std::string>& files,
    std::vector<BadRow>& bad) {
  std::vector<RatedContact> lines;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(std::string text, ReadFileOr(file, session.terminal.in));
    ASSIGN_OR_RETURN(std::vector<RatedContact> more,
                     ParseRatedContacts(file, text, bad));
    lines.insert(lines.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  }
  return lines;
}

struct ReadyForm {
  std::string name;  // of the revision
  CompiledForm form;
};

absl::StatusOr<ReadyForm> FetchForm(RpcClient& client,
                                    const std::string& name) {
  ASSIGN_OR_RETURN(v1::FormRevision revision, FetchRevision(client, name));
  ASSIGN_OR_RETURN(CompiledForm form, CompiledForm::Make(revision.form()));
  return ReadyForm{revision.name(), std::move(form)};
}

// Types every line's answers, fetching each form once.
absl::StatusOr<std::vector<EvaluationRow>> TypeLines(
    RpcClient& client, const std::vector<RatedContact>& lines,
    std::vector<BadRow>& bad) {
  std::map<std::string, absl::StatusOr<ReadyForm>> forms;
  std::vector<EvaluationRow> rows;
  for (const RatedContact& line : lines) {
    auto found = forms.find(line.form);
    if (found == forms.end()) {
      found = forms.emplace(line.form, FetchForm(client, line.form)).first;
    }
    const absl::StatusOr<ReadyForm>& ready = found->second;
    if (!ready.ok()) {
      const ExitCode code = ExitCodeOf(ready.status());
      if (code != kExitNotFound && code != kExitConflict) {
        return ready.status();
      }
      bad.push_back({line.origin, "form", line.form, ReasonOf(ready.status()),
                     std::string(ready.status().message())});
      continue;
    }
    EvaluationRow row;
    row.evaluation.set_form_revision(ready->name);
    if (TypeAnswers(line, ready->form, row, bad)) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// One stream; what the server refuses goes to `bad` with its line.
class Importer {
 public:
  Importer(Session& session, RpcClient& client,
           const std::vector<EvaluationRow>& rows)
      : session_(session), client_(client), rows_(rows) {}

  // How many were stored, or would be with `validate_only`.
  absl::StatusOr<int> Send(bool validate_only, bool skip_bad,
                           std::vector<BadRow>& bad) {
    grpc::ClientContext context;
    client_.Prepare(context);
    v1::ImportEvaluationsResponse response;
    const std::unique_ptr<grpc::ClientWriter<v1::ImportEvaluationsRequest>>
        stream = client_.Stub<v1::EvaluationService>().ImportEvaluations(
            &context, &response);
    Progress progress(session_, "evaluations",
                      static_cast<int64_t>(rows_.size()));
    for (size_t i = 0; i < rows_.size(); ++i) {
      v1::ImportEvaluationsRequest message;
      *message.mutable_evaluation() = rows_[i].evaluation;
      if (i == 0) {
        message.set_validate_only(validate_only);
        message.set_skip_bad(skip_bad);
        if (!validate_only) message.set_request_id(RequestId(skip_bad));
      }
      if (!stream->Write(message)) break;  // Finish() tells why
      progress.Update(static_cast<int64_t>(i) + 1);
    }
    stream->WritesDone();
    const grpc::Status status = stream->Finish();
    if (!status.ok()) return client_.ToStatus(status);
    for (const auto& failure : response.failures()) {
      const auto index = static_cast<size_t>(failure.index());
      if (index >= rows_.size()) continue;
      bad.push_back({rows_[index].origin, failure.field(), "", failure.reason(),
                     failure.description()});
    }
    return response.imported_count();
  }

 private:
  std::string RequestId(bool skip_bad) const {
    std::string content = skip_bad ? "skip" : "all";
    for (const EvaluationRow& row : rows_) {
      const std::string bytes = row.evaluation.SerializeAsString();
      absl::StrAppend(&content, ":", bytes.size(), ":", bytes);
    }
    return RequestIdOf(content);
  }

  Session& session_;
  RpcClient& client_;
  const std::vector<EvaluationRow>& rows_;
};

absl::Status Import(Session& session, const EvaluationImportOptions& options) {
  ImportSummary summary{"evaluations", "evaluation"};
  ASSIGN_OR_RETURN(std::vector<RatedContact> lines,
                   ReadLines(session, options.files, summary.bad));
  if (!summary.bad.empty() && !options.skip_bad) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(std::vector<EvaluationRow> rows,
                   TypeLines(*client, lines, summary.bad));
  if (rows.empty() || (!summary.bad.empty() && !options.skip_bad)) {
    return FinishImport(session, options, summary, absl::OkStatus());
  }
  Importer importer(session, *client, rows);
  absl::StatusOr<int> stored =
      importer.Send(options.dry_run, options.skip_bad, summary.bad);
  if (stored.ok()) {
    summary.created = *stored;
  } else if (ExitCodeOf(stored.status()) == kExitInvalid) {
    // An error holds the first few violations; a trial run lists them all.
    RETURN_IF_ERROR(importer.Send(true, false, summary.bad).status());
  }
  return FinishImport(session, options, summary, stored.status());
}

}  // namespace

void AddEvaluationImport(CLI::App& group, Session& session) {
  CLI::App& import = AddCommand(
      group, "import",
      "Submit evaluations from files with one JSON object a line: {contact, "
      "rater, form, answers, comments, comment}; all files in one "
      "transaction.",
      "attune evaluations import reader-a.jsonl reader-b.jsonl\n"
      "attune evaluations import reader-a.jsonl --dry-run");
  auto options = std::make_shared<EvaluationImportOptions>();
  AddOption(import, "file", options->files, "JSON lines files; - is stdin.")
      .Required();
  AddImportFlags(import, *options);
  OnRun(import, session,
        [&session, options] { return Import(session, *options); });
}

}  // namespace attune
