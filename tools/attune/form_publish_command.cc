// attune forms publish: from a file to a revision.

#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/form/form_compare.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/failure.h"
#include "tools/attune/form_commands.h"
#include "tools/attune/form_files.h"
#include "tools/attune/form_view.h"

namespace attune {
namespace {

struct PublishOptions {
  std::string file;
  std::string id;
  std::string note;
  std::string effective;
  bool dry_run = false;
};

// The content alone, as it stands in a file.
v1::Form ContentOf(v1::Form form) {
  form.clear_name();
  form.clear_etag();
  form.clear_create_time();
  form.clear_update_time();
  form.clear_latest_revision();
  return form;
}

bool SaysTheSame(const v1::Form& a, const v1::Form& b) {
  return google::protobuf::util::MessageDifferencer::Equals(ContentOf(a),
                                                            ContentOf(b));
}

// The stored form; nothing yet is an empty one without a name.
absl::StatusOr<v1::Form> FindForm(RpcClient& client, const std::string& name) {
  v1::GetFormRequest request;
  request.set_name(name);
  absl::StatusOr<v1::Form> form =
      client.Call(&v1::FormService::Stub::GetForm, request);
  if (absl::IsNotFound(form.status())) return v1::Form();
  return form;
}

// The newest revision, in effect or not; empty if there is none.
absl::StatusOr<v1::FormRevision> FindNewest(RpcClient& client,
                                            const v1::Form& form) {
  if (form.latest_revision() == 0) return v1::FormRevision();
  const auto part = ParseFormName(form.name());
  return FetchRevision(
      client, FormRevisionName(part ? *part : "", form.latest_revision()));
}

// Makes the file the draft, and gives the draft.
absl::StatusOr<v1::Form> StoreDraft(RpcClient& client, const v1::Form& stored,
                                    const std::string& name,
                                    const v1::Form& content) {
  if (stored.name().empty()) {
    v1::CreateFormRequest request;
    request.set_form_id(LastPart(name));
    *request.mutable_form() = content;
    request.set_request_id(NewRequestId());
    return client.Call(&v1::FormService::Stub::CreateForm, request);
  }
  if (SaysTheSame(stored, content)) return stored;
  v1::UpdateFormRequest request;
  *request.mutable_form() = content;
  request.mutable_form()->set_name(name);
  request.mutable_form()->set_etag(stored.etag());
  request.set_request_id(NewRequestId());
  return client.Call(&v1::FormService::Stub::UpdateForm, request);
}

absl::Status PrintPublished(Session& session, const v1::FormRevision& revision,
                            const v1::FormRevision& before) {
  if (!session.is_table()) {
    session.terminal.out << ToJson(revision,
                                   session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  session.terminal.out << "Published " << revision.name() << ", in effect from "
                       << FullTime(revision.effective_time()) << ".\n";
  if (before.name().empty()) return absl::OkStatus();
  session.terminal.out << "Changes since " << before.name() << ":\n";
  return PrintComparison(session, CompareForms(before.form(), revision.form()));
}

// What publishing would say and do.
absl::Status DryRun(Session& session, RpcClient& client, const FormFile& file,
                    const v1::FormRevision& before) {
  v1::LintFormRequest request;
  *request.mutable_form() = file.text.form();
  ASSIGN_OR_RETURN(v1::LintFormResponse response,
                   client.Call(&v1::FormService::Stub::LintForm, request));
  RETURN_IF_ERROR(
      ErrorOf(file, {response.findings().begin(), response.findings().end()}));
  if (session.is_table()) {
    session.terminal.out << "Would publish; changes since "
                         << (before.name().empty() ? "nothing" : before.name())
                         << ":\n";
  }
  return PrintComparison(session,
                         CompareForms(before.form(), file.text.form()));
}

absl::Status Publish(Session& session, const PublishOptions& options) {
  ASSIGN_OR_RETURN(std::string name, FormArgument(options.id));
  v1::PublishFormRequest publish;
  publish.set_name(name);
  publish.set_change_note(options.note);
  if (!options.effective.empty()) {
    ASSIGN_OR_RETURN(*publish.mutable_effective_time(),
                     TimeArgument(options.effective));
  }
  ASSIGN_OR_RETURN(FormFile file,
                   ReadFormFile(options.file, session.terminal.in));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(v1::Form stored, FindForm(*client, name));
  ASSIGN_OR_RETURN(v1::FormRevision before, FindNewest(*client, stored));
  if (!before.name().empty() && SaysTheSame(before.form(), file.text.form())) {
    session.Say(
        absl::StrCat(before.name(), " says the same; nothing was published."));
    if (!session.is_table()) {
      return PrintPublished(session, before, before);
    }
    return absl::OkStatus();
  }
  if (options.dry_run) return DryRun(session, *client, file, before);
  absl::StatusOr<v1::Form> draft =
      StoreDraft(*client, stored, name, file.text.form());
  if (!draft.ok()) return AtPlaces(file, draft.status());
  publish.set_etag(draft->etag());
  publish.set_request_id(NewRequestId());
  const absl::StatusOr<v1::FormRevision> revision =
      client->Call(&v1::FormService::Stub::PublishForm, publish);
  if (!revision.ok()) return AtPlaces(file, revision.status());
  return PrintPublished(session, *revision, before);
}

}  // namespace

void AddFormPublish(CLI::App& group, Session& session) {
  CLI::App& publish = AddCommand(
      group, "publish",
      "Make a file the form's draft and publish it as the next revision; "
      "shows what changed.",
      "attune forms publish call.textproto --id call --note 'Clearer words'\n"
      "attune forms publish call.textproto --id call --note x --dry-run");
  auto options = std::make_shared<PublishOptions>();
  AddOption(publish, "file", options->file, "Form file; - is stdin.")
      .Required();
  AddOption(publish, "--id", options->id, "Which form.").Required();
  AddOption(publish, "--note", options->note, "Why, for agents to read.");
  AddOption(publish, "--effective", options->effective,
            "Day or time from which new evaluations use it; default "
            "now.")
      .TypeName("TIME");
  AddFlag(publish, "--dry-run", options->dry_run,
          "Check it and show the changes; store nothing.");
  OnRun(publish, session,
        [&session, options] { return Publish(session, *options); });
}

}  // namespace attune
