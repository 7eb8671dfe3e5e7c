// attune forms: what is asked, and what each answer is worth.

#include "tools/attune/form_commands.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "engine/form/form_compare.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/evaluation_commands.h"
#include "tools/attune/files.h"
#include "tools/attune/form_files.h"
#include "tools/attune/form_view.h"

namespace attune {
namespace {

const std::vector<Column<v1::Form>>& FormColumns() {
  static const auto& columns = *new std::vector<Column<v1::Form>>{
      {"form_id", Align::kLeft,
       [](const v1::Form& form) { return LastPart(form.name()); }},
      {"title", Align::kLeft,
       [](const v1::Form& form) { return form.title(); }},
      {"rule", Align::kLeft,
       [](const v1::Form& form) {
         return absl::AsciiStrToLower(v1::Form::Rule_Name(form.rule()));
       }},
      {"revision", Align::kRight,
       [](const v1::Form& form) {
         return form.latest_revision() == 0
                    ? ""
                    : absl::StrCat(form.latest_revision());
       }},
      {"updated", Align::kLeft,
       [](const v1::Form& form) { return ShortTime(form.update_time()); }},
  };
  return columns;
}

absl::Status List(Session& session, int limit) {
  return ListAll<v1::Form>(session, FormColumns(), v1::ListFormsRequest(),
                           limit, &v1::FormService::Stub::ListForms,
                           &v1::ListFormsResponse::forms);
}

absl::StatusOr<v1::Form> FetchForm(RpcClient& client, const std::string& name) {
  if (!ParseFormName(name)) {
    ASSIGN_OR_RETURN(v1::FormRevision revision, FetchRevision(client, name));
    return revision.form();
  }
  v1::GetFormRequest request;
  request.set_name(name);
  return client.Call(&v1::FormService::Stub::GetForm, request);
}

absl::StatusOr<std::string> RevisionsTable(Session& session, RpcClient& client,
                                           const std::string& form) {
  Table table({{"REVISION", Align::kRight},
               {"IN EFFECT FROM"},
               {"PUBLISHED BY"},
               {"NOTE"}});
  v1::ListFormRevisionsRequest request;
  request.set_parent(form);
  request.set_page_size(1000);
  RETURN_IF_ERROR(ForEachPage(
      client, &v1::FormService::Stub::ListFormRevisions, request,
      [&](const v1::ListFormRevisionsResponse& page) {
        for (const v1::FormRevision& revision : page.revisions()) {
          table.AddRow(
              {LastPart(revision.name()), ShortTime(revision.effective_time()),
               LastPart(revision.publisher()), revision.change_note()});
        }
        return true;
      }));
  if (table.empty()) return std::string("\nNot published yet.\n");
  return absl::StrCat(
      "\n", table.Render({session.output.headers, session.terminal.out_color,
                          session.terminal.width, 0}));
}

absl::Status Show(Session& session, const std::string& text) {
  ASSIGN_OR_RETURN(std::string name, FormOrRevisionArgument(text));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  if (!ParseFormName(name) && !session.is_table()) {
    ASSIGN_OR_RETURN(v1::FormRevision revision, FetchRevision(*client, name));
    session.terminal.out << ToJson(revision,
                                   session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(v1::Form form, FetchForm(*client, name));
  if (!session.is_table() || !session.output.fields.empty()) {
    return PrintOne(session.terminal, session.output, FormColumns(), form);
  }
  session.terminal.out << FormPage(form, session.TextWidth(),
                                   session.terminal.out_color);
  if (ParseFormName(name)) {
    ASSIGN_OR_RETURN(std::string revisions,
                     RevisionsTable(session, *client, name));
    session.terminal.out << revisions;
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Form> FileOrStored(Session& session,
                                      const std::string& text) {
  if (IsFile(text)) {
    ASSIGN_OR_RETURN(FormFile file, ReadFormFile(text, session.terminal.in));
    return file.text.form();
  }
  ASSIGN_OR_RETURN(std::string name, FormOrRevisionArgument(text));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  return FetchForm(*client, name);
}

absl::Status Compare(Session& session, const std::string& base,
                     const std::string& other) {
  if (!IsFile(base) && !IsFile(other)) {
    v1::CompareFormsRequest request;
    ASSIGN_OR_RETURN(*request.mutable_base(), FormOrRevisionArgument(base));
    ASSIGN_OR_RETURN(*request.mutable_other(), FormOrRevisionArgument(other));
    ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
    ASSIGN_OR_RETURN(
        v1::FormComparison comparison,
        client->Call(&v1::FormService::Stub::CompareForms, request));
    return PrintComparison(session, comparison);
  }
  ASSIGN_OR_RETURN(v1::Form before, FileOrStored(session, base));
  ASSIGN_OR_RETURN(v1::Form after, FileOrStored(session, other));
  return PrintComparison(session, CompareForms(before, after));
}

}  // namespace

void AddFormCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "forms", "What is asked, and what each answer is worth.");
  AddOfflineFormCommands(group, session);
  AddFormImport(group, session);
  AddFormPublish(group, session);
  AddFormBacktest(group, session);

  CLI::App& list =
      AddCommand(group, "list", "List forms, by id.", "attune forms list");
  auto limit = std::make_shared<int>(0);
  AddLimit(list, *limit);
  OnRun(list, session, [&session, limit] { return List(session, *limit); });

  CLI::App& show =
      AddCommand(group, "show", "Show a form, or one of its revisions.",
                 "attune forms show call\nattune forms show call@2 -o json");
  auto form = std::make_shared<std::string>();
  AddOption(show, "form", *form, "Id, or ID@REVISION; @- is the newest.")
      .Required();
  OnRun(show, session, [&session, form] { return Show(session, *form); });

  CLI::App& compare =
      AddCommand(group, "compare", "Show what changed between two forms.",
                 "attune forms compare call@1 call@2\n"
                 "attune forms compare call@- config/forms/call.textproto");
  auto base = std::make_shared<std::string>();
  auto other = std::make_shared<std::string>();
  AddOption(compare, "base", *base, "A file, ID, or ID@REVISION.")
      .Required()
      .TypeName("FILE");
  AddOption(compare, "other", *other, "What it is compared with.")
      .Required()
      .TypeName("FILE");
  OnRun(compare, session,
        [&session, base, other] { return Compare(session, *base, *other); });
}

}  // namespace attune
