// attune change-notes, and attune report change-note: what was changed when,
// and what came of it.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/voice_service.grpc.pb.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/report_print.h"
#include "tools/attune/survey_arguments.h"

namespace attune {
namespace {

using Stub = v1::VoiceService::Stub;
using Note = v1::ChangeNote;

constexpr char kQuality[] = "quality";

const std::vector<Column<Note>>& NoteColumns() {
  static const auto& columns = *new std::vector<Column<Note>>{
      {"day", Align::kLeft, [](const Note& note) { return note.day(); }},
      {"title", Align::kLeft, [](const Note& note) { return note.title(); }},
      {"team", Align::kLeft,
       [](const Note& note) { return LastPart(note.team()); }},
      {"form", Align::kLeft,
       [](const Note& note) { return LastPart(note.form()); }},
      {"author", Align::kLeft,
       [](const Note& note) { return LastPart(note.author()); }},
      {"change_note_id", Align::kLeft,
       [](const Note& note) { return LastPart(note.name()); }},
      {"text", Align::kLeft, [](const Note& note) { return note.text(); }},
  };
  return columns;
}

struct NoteOptions {
  std::string title;
  std::string text;
  std::string day;
  std::string team;
  std::string form;
  int limit = 0;
};

absl::Status Add(Session& session, const NoteOptions& options) {
  v1::CreateChangeNoteRequest request;
  Note& note = *request.mutable_change_note();
  note.set_title(options.title);
  note.set_text(options.text);
  ASSIGN_OR_RETURN(*note.mutable_day(), DayArgument(options.day));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*note.mutable_team(), TeamArgument(options.team));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*note.mutable_form(), FormArgument(options.form));
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const Note made,
                   client->Call(&Stub::CreateChangeNote, request));
  return PrintOne(session.terminal, session.output, NoteColumns(), made);
}

absl::Status List(Session& session, const NoteOptions& options) {
  v1::ListChangeNotesRequest request;
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  if (!options.form.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_form(), FormArgument(options.form));
  }
  return ListAll<Note>(session, NoteColumns(), request, options.limit,
                       &Stub::ListChangeNotes,
                       &v1::ListChangeNotesResponse::change_notes);
}

std::string Number(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "";
}

// One window: its days, how many answered, and what they come to.
struct Side {
  std::string window;
  std::string n;
  std::string value;
  std::string low;
  std::string high;
};

Side SideOf(const std::string& window, const v1::SurveyFigure& figure) {
  return {window, absl::StrCat(figure.n()),
          Number(figure.has_value(), figure.value()),
          Number(figure.has_low(), figure.low()),
          Number(figure.has_high(), figure.high())};
}

Side SideOf(const std::string& window, const v1::Average& average) {
  return {window, absl::StrCat(average.n()),
          Number(average.has_percent(), average.percent()),
          Number(average.has_low(), average.low()),
          Number(average.has_high(), average.high())};
}

std::vector<Side> SidesOf(const v1::ChangeNoteReport& report) {
  const auto window = [](const v1::Period& period) {
    return absl::StrCat(period.first_day(), " to ", period.last_day());
  };
  if (report.has_quality()) {
    return {SideOf(window(report.before()), report.quality().before()),
            SideOf(window(report.after()), report.quality().after())};
  }
  return {SideOf(window(report.before()), report.change().before()),
          SideOf(window(report.after()), report.figure())};
}

struct ChangeOptions {
  std::string id;
  std::string measure = kQuality;
  int days = 60;
};

absl::Status Report(Session& session, const ChangeOptions& options) {
  v1::GetChangeNoteReportRequest request;
  request.set_name(absl::StartsWith(options.id, "changeNotes/")
                       ? options.id
                       : ChangeNoteName(options.id));
  if (!ParseChangeNoteName(request.name())) {
    return UsageError(
        absl::StrCat("`", options.id, "` is no id of a change note."));
  }
  if (options.measure != kQuality) {
    request.set_measure(ParseMeasure(options.measure));
  }
  request.set_days(options.days);
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::ChangeNoteReport report,
                   client->Call(&Stub::GetChangeNoteReport, request));
  if (session.output.format == Format::kJson ||
      session.output.format == Format::kJsonLines) {
    session.terminal.out << ToJson(report,
                                   session.output.format == Format::kJson)
                         << '\n';
    return absl::OkStatus();
  }
  if (session.is_table() && session.output.fields.empty()) {
    const std::string team =
        report.team().empty() ? "everybody" : LastPart(report.team());
    session.terminal.out << Printable(absl::StrCat(report.note().title(), ", ",
                                                   report.note().day(), " (",
                                                   team, ")"))
                         << "\n"
                         << Wrapped(Printable(report.sentence()),
                                    session.TextWidth(), 0)
                         << "\n\n";
  }
  RowPrinter printer(session.terminal, session.output,
                     {{"window", Align::kLeft},
                      {"n", Align::kRight},
                      {options.measure, Align::kRight},
                      {"low", Align::kRight},
                      {"high", Align::kRight}});
  RETURN_IF_ERROR(printer.Begin());
  for (const Side& side : SidesOf(report)) {
    printer.Add({side.window, side.n, side.value, side.low, side.high},
                [] { return std::string(); });
  }
  printer.End();
  return absl::OkStatus();
}

}  // namespace

void AddChangeNoteCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "change-notes", "What was changed on which day.");
  CLI::App& add = AddCommand(
      group, "add", "Note a change, to look at what comes of it.",
      "attune change-notes add --title 'New hold music' --day 2026-03-02\n"
      "attune change-notes add --title 'Call form 3' --day 2026-04-01 --form "
      "call --team red --text 'Empathy weighs more.'");
  auto options = std::make_shared<NoteOptions>();
  AddOption(add, "--title", options->title, "What changed, in a line.")
      .Required();
  AddOption(add, "--text", options->text, "More about it.");
  AddOption(add, "--day", options->day, "The first day with it, UTC.")
      .TypeName("DAY")
      .Required();
  AddOption(add, "--team", options->team,
            "Which team it concerns; default everybody, for a lead their "
            "own.");
  AddOption(add, "--form", options->form, "Which form it concerns.");
  OnRun(add, session, [&session, options] { return Add(session, *options); });

  CLI::App& list =
      AddCommand(group, "list", "List change notes, the last day first.",
                 "attune change-notes list\n"
                 "attune change-notes list --team red -o csv");
  auto filter = std::make_shared<NoteOptions>();
  AddOption(list, "--team", filter->team, "Only of this team.");
  AddOption(list, "--form", filter->form, "Only on this form.");
  AddLimit(list, filter->limit);
  OnRun(list, session, [&session, filter] { return List(session, *filter); });
}

void AddChangeNoteReport(CLI::App& group, Session& session) {
  CLI::App& report = AddCommand(
      group, "change-note",
      "A measure before and after a change note's day, with an interval.",
      "attune report change-note 01a20840-266e-7002-ae0a-162d1365cb4a "
      "--measure nps\n"
      "attune report change-note 01a20840-266e-7002-ae0a-162d1365cb4a --days "
      "30");
  auto options = std::make_shared<ChangeOptions>();
  AddOption(report, "note", options->id, "Id of the change note.").Required();
  std::vector<std::string> measures = MeasureWords();
  measures.emplace_back(kQuality);
  AddOption(report, "--measure", options->measure,
            "quality (the advocates' scores), or what customers answered; "
            "default quality.")
      .OneOf(measures);
  AddOption(report, "--days", options->days, "Days on each side; default 60.")
      .Between(1, 3650);
  OnRun(report, session,
        [&session, options] { return Report(session, *options); });
}

}  // namespace attune
