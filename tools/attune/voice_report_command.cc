// attune report voice, attune report insight and attune stories tell.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"
#include "tools/attune/files.h"
#include "tools/attune/report_print.h"
#include "tools/attune/voice_report_view.h"

namespace attune {
namespace {

using Voice = v1::VoiceService::Stub;

struct Options {
  std::string month;
  std::string team;
  std::string html;
  bool markdown = false;
};

const std::vector<Column<v1::VoiceTheme>>& Columns() {
  using Row = v1::VoiceTheme;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"kind", Align::kLeft,
       [](const Row& row) { return WordOf(row.kind(), "KIND_"); }},
      {"theme_id", Align::kLeft,
       [](const Row& row) { return LastPart(row.theme()); }},
      {"label", Align::kLeft, [](const Row& row) { return row.label(); }},
      {"weight", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.weight()); }},
      {"weight_before", Align::kRight,
       [](const Row& row) { return absl::StrCat(row.weight_before()); }},
      {"months", Align::kLeft,
       [](const Row& row) { return absl::StrJoin(row.months(), " "); }},
      {"usual", Align::kRight,
       [](const Row& row) { return absl::StrFormat("%.2f", row.usual()); }},
      {"rising", Align::kLeft,
       [](const Row& row) { return row.rising() ? "yes" : "no"; }},
      {"story", Align::kLeft,
       [](const Row& row) { return row.story().text(); }},
  };
  return columns;
}

absl::StatusOr<v1::VoiceReport> Get(Session& session, const std::string& month,
                                    const std::string& team) {
  v1::GetVoiceReportRequest request;
  request.set_month(month);
  if (!team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(team));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  return client->Call(&Voice::GetVoiceReport, request);
}

absl::Status Show(Session& session, const Options& options) {
  ASSIGN_OR_RETURN(const v1::VoiceReport report,
                   Get(session, options.month, options.team));
  if (!options.html.empty()) {
    const std::string page = VoiceReportHtml(report);
    if (options.html == "-") {
      session.terminal.out << page;
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(WriteFile(options.html, page, /*replace=*/true));
    session.Say(absl::StrCat("Written to ", options.html, "."));
    return absl::OkStatus();
  }
  if (options.markdown) {
    session.terminal.out << VoiceReportMarkdown(report);
    return absl::OkStatus();
  }
  google::protobuf::RepeatedPtrField<v1::VoiceTheme> themes;
  themes.MergeFrom(report.successes());
  themes.MergeFrom(report.frustrations());
  return PrintReport(session, report, themes, Columns(), &VoiceReportText);
}

const std::vector<Column<v1::VoiceStory>>& StoryColumns() {
  using Row = v1::VoiceStory;
  static const auto& columns = *new std::vector<Column<Row>>{
      {"team", Align::kLeft,
       [](const Row& row) { return LastPart(row.team()); }},
      {"day", Align::kLeft, [](const Row& row) { return row.day(); }},
      {"person", Align::kLeft,
       [](const Row& row) { return LastPart(row.person()); }},
      {"text", Align::kLeft, [](const Row& row) { return row.text(); }},
      {"subject", Align::kLeft, [](const Row& row) { return row.subject(); }},
  };
  return columns;
}

std::string InsightText(const v1::VoiceReport& report, const ReportLook&) {
  if (report.insights().empty()) {
    return "There is no story that was not told yet.\n";
  }
  std::string text;
  for (const v1::VoiceStory& story : report.insights()) {
    absl::StrAppend(&text, story.team(), ", ", story.day(), "\n  ",
                    Printable(story.text()), "\n  Told?  attune stories tell ",
                    story.subject(), "\n");
  }
  return text;
}

absl::Status Insight(Session& session, const std::string& team) {
  ASSIGN_OR_RETURN(const v1::VoiceReport report, Get(session, "", team));
  return PrintReport(session, report, report.insights(), StoryColumns(),
                     &InsightText);
}

absl::Status Tell(Session& session, const std::string& subject) {
  v1::TellStoryRequest request;
  request.set_subject(subject);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::VoiceStory story,
                   client->Call(&Voice::TellStory, request));
  session.Say(absl::StrCat("Told ", ShortTime(story.tell_time()), "."));
  return absl::OkStatus();
}

}  // namespace

void AddVoiceReport(CLI::App& group, Session& session) {
  CLI::App& voice = AddCommand(
      group, "voice",
      "The month's top successes and frustrations, with a story each.",
      "attune report voice\n"
      "attune report voice --period 2026-10 --markdown\n"
      "attune report voice --period 2026-10 --team red --html october.html");
  auto options = std::make_shared<Options>();
  AddOption(voice, "--period", options->month,
            "The month; default the last that is over.")
      .TypeName("YYYY-MM");
  AddOption(voice, "--team", options->team,
            "Only what is about this team's agents.");
  Option markdown =
      AddFlag(voice, "--markdown", options->markdown, "As Markdown.");
  AddOption(voice, "--html", options->html,
            "As a page to print, into this file; - is stdout.")
      .TypeName("FILE")
      .Excludes(markdown);
  OnRun(voice, session,
        [&session, options] { return Show(session, *options); });

  CLI::App& insight = AddCommand(
      group, "insight",
      "An insight for each team's meeting: the newest story not told there.",
      "attune report insight --team red");
  auto team = std::make_shared<std::string>();
  AddOption(insight, "--team", *team, "Only this team's.");
  OnRun(insight, session, [&session, team] { return Insight(session, *team); });
}

void AddStoryCommands(CLI::App& root, Session& session) {
  CLI::App& group = AddGroup(root, "stories", "Stories of customers.");
  CLI::App& tell = AddCommand(
      group, "tell",
      "Note that a story was told in its team's meeting; the next insight is "
      "another.",
      "attune stories tell people/28/props/ID");
  auto subject = std::make_shared<std::string>();
  AddOption(tell, "subject", *subject,
            "Full name of a prop, of feedback or of a great call.")
      .Required();
  OnRun(tell, session, [&session, subject] { return Tell(session, *subject); });
}

}  // namespace attune
