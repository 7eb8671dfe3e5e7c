// attune themes: what customers are glad of and what frustrates them.

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attune/v1/inbox_service.grpc.pb.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/text_error.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/files.h"
#include "tools/attune/inbox_arguments.h"

namespace attune {
namespace {

using Stub = v1::InboxService::Stub;

const std::vector<Column<v1::Theme>>& ThemeColumns() {
  using Row = v1::Theme;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"theme_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.name()); }},
      {"kind", Align::kLeft,
       [](const Row& row) { return WordOf(row.kind(), "KIND_"); }},
      {"label", Align::kLeft, [](const Row& row) { return row.label(); }},
      {"keywords", Align::kLeft,
       [](const Row& row) { return absl::StrJoin(row.keywords(), ", "); }},
      {"retired", Align::kLeft,
       [](const Row& row) { return row.retired() ? "yes" : "no"; }},
  };
  return columns;
}

const std::vector<Column<v1::ThemeTag>>& TagColumns() {
  using Row = v1::ThemeTag;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"subject", Align::kLeft, [](const Row& row) { return row.subject(); }},
      {"theme_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.theme()); }},
      {"tagged_by", Align::kLeft,
       [](const Row& row) { return LastPart(row.tagger()); }},
      {"day", Align::kLeft, [](const Row& row) { return row.day(); }},
  };
  return columns;
}

absl::Status Apply(Session& session, const std::string& path) {
  v1::ApplyThemesRequest request;
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFileOr(path, session.terminal.in));
  FirstTextError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  if (!parser.ParseFromString(text, request.mutable_taxonomy())) {
    return MakeError(absl::StatusCode::kInvalidArgument, "THEMES_TEXT_INVALID",
                     absl::StrCat(path, ":", error.text()));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::ApplyThemesResponse response,
                   client->Call(&Stub::ApplyThemes, request));
  using Row = v1::ApplyThemesResponse;
  const auto count = [](const char* key, int32_t (Row::*get)() const) {
    return Column<Row>{key, Align::kRight, [get](const Row& row) {
                         return absl::StrCat((row.*get)());
                       }};
  };
  return PrintOne(session.terminal, session.output,
                  {count("created", &Row::created_count),
                   count("updated", &Row::updated_count),
                   count("unchanged", &Row::unchanged_count),
                   count("retired", &Row::retired_count)},
                  response);
}

// tag and untag: the same request and answer, but for their names.
template <typename Request, typename Response>
absl::Status ChangeTags(Session& session,
                        grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                     const Request&, Response*),
                        const std::string& subject,
                        const std::vector<std::string>& themes) {
  Request request;
  request.set_subject(subject);
  for (const std::string& theme : themes) {
    ASSIGN_OR_RETURN(*request.add_themes(), ThemeArgument(theme));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Response response, client->Call(method, request));
  ListPrinter<v1::ThemeTag> printer(session.terminal, session.output,
                                    TagColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const v1::ThemeTag& tag : response.tags()) printer.Add(tag);
  printer.End();
  return absl::OkStatus();
}

template <typename Request, typename Response>
void AddTagging(CLI::App& group, Session& session, const std::string& name,
                const std::string& summary,
                grpc::Status (Stub::*method)(grpc::ClientContext*,
                                             const Request&, Response*)) {
  CLI::App& command = AddCommand(
      group, name, summary,
      absl::StrCat("attune themes ", name,
                   " people/28/feedback/01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
                   "effort price"));
  auto subject = std::make_shared<std::string>();
  auto themes = std::make_shared<std::vector<std::string>>();
  AddOption(command, "name", *subject,
            "Full name of feedback or of an evaluation.")
      .Required();
  AddOption(command, "themes", *themes, "Ids of themes.").Required();
  OnRun(command, session, [&session, method, subject, themes] {
    return ChangeTags(session, method, *subject, *themes);
  });
}

void AddList(CLI::App& group, Session& session) {
  CLI::App& list = AddCommand(group, "list", "List themes, by id.",
                              "attune themes list\n"
                              "attune themes list --kind frustration");
  auto kind = std::make_shared<std::string>();
  auto retired = std::make_shared<bool>(false);
  auto limit = std::make_shared<int>(0);
  AddOption(list, "--kind", *kind, "Only of this kind.")
      .OneOf(WordsOf<v1::Theme::Kind>("KIND_"));
  AddFlag(list, "--retired", *retired, "Those no longer in use as well.");
  AddLimit(list, *limit);
  OnRun(list, session, [&session, kind, retired, limit] {
    v1::ListThemesRequest request;
    request.set_kind(ValueOf<v1::Theme::Kind>(*kind, "KIND_"));
    request.set_show_retired(*retired);
    return ListAll<v1::Theme>(session, ThemeColumns(), request, *limit,
                              &Stub::ListThemes,
                              &v1::ListThemesResponse::themes);
  });
}

void AddTags(CLI::App& group, Session& session) {
  CLI::App& tags = AddCommand(
      group, "tags", "List what is tagged, by name.",
      "attune themes tags --theme effort\n"
      "attune themes tags --since 2026-11-01 --until 2026-11-30 -o csv");
  auto theme = std::make_shared<std::string>();
  auto since = std::make_shared<std::string>();
  auto until = std::make_shared<std::string>();
  auto limit = std::make_shared<int>(0);
  AddOption(tags, "--theme", *theme, "Only with this theme.");
  AddOption(tags, "--since", *since, "Said from this day on, UTC.")
      .TypeName("DAY");
  AddOption(tags, "--until", *until, "Said until this day, UTC.")
      .TypeName("DAY");
  AddLimit(tags, *limit);
  OnRun(tags, session,
        [&session, theme, since, until, limit]() -> absl::Status {
          v1::ListThemeTagsRequest request;
          if (!theme->empty()) {
            ASSIGN_OR_RETURN(*request.mutable_theme(), ThemeArgument(*theme));
          }
          ASSIGN_OR_RETURN(*request.mutable_period(),
                           PeriodArgument(*since, *until));
          return ListAll<v1::ThemeTag>(session, TagColumns(), request, *limit,
                                       &Stub::ListThemeTags,
                                       &v1::ListThemeTagsResponse::tags);
        });
}

}  // namespace

void AddThemeCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(
      root, "themes", "What customers are glad of and what frustrates them.");
  CLI::App& apply = AddCommand(
      group, "apply", "Make the themes those of a file: add, change, retire.",
      "attune themes apply config/themes.textproto");
  auto file = std::make_shared<std::string>();
  AddOption(apply, "file", *file, "Taxonomy file; - is stdin.").Required();
  OnRun(apply, session, [&session, file] { return Apply(session, *file); });
  AddList(group, session);
  AddTagging(group, session, "tag",
             "Tag feedback or an evaluation with themes.", &Stub::TagTheme);
  AddTagging(group, session, "untag", "Take themes off again.",
             &Stub::UntagTheme);
  AddTags(group, session);
}

}  // namespace attune
