// How every report is printed, and the parts of `attune report`.

#ifndef ATTUNE_TOOLS_ATTUNE_REPORT_PRINT_H_
#define ATTUNE_TOOLS_ATTUNE_REPORT_PRINT_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/attune/option.h"
#include "tools/attune/report_view.h"
#include "tools/attune/session.h"

namespace attune {

// The whole report as JSON or text; its rows in the other formats.
template <typename Report, typename Row>
absl::Status PrintReport(Session& session, const Report& report,
                         const google::protobuf::RepeatedPtrField<Row>& rows,
                         const std::vector<Column<Row>>& columns,
                         std::string (*text)(const Report&,
                                             const ReportLook&)) {
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(report, true) << '\n';
    return absl::OkStatus();
  }
  if (session.is_table() && session.output.fields.empty()) {
    session.terminal.out << text(
        report, {session.TextWidth(), session.terminal.out_color});
    return absl::OkStatus();
  }
  ListPrinter<Row> printer(session.terminal, session.output, columns);
  if (absl::Status status = printer.Begin(); !status.ok()) return status;
  for (const Row& row : rows) printer.Add(row);
  printer.End();
  return absl::OkStatus();
}

void AddFormHealthReport(CLI::App& group, Session& session);
void AddContestReport(CLI::App& group, Session& session);
void AddSurveyReport(CLI::App& group, Session& session);
void AddDriverReport(CLI::App& group, Session& session);
void AddChangeNoteReport(CLI::App& group, Session& session);
void AddRelationshipValueReport(CLI::App& group, Session& session);
void AddCancellationReport(CLI::App& group, Session& session);
void AddRecognitionReport(CLI::App& group, Session& session);
void AddRecoveryReport(CLI::App& group, Session& session);
void AddThemeReport(CLI::App& group, Session& session);
void AddFloorReport(CLI::App& group, Session& session);
void AddServiceLevelReport(CLI::App& group, Session& session);
// voice and insight.
void AddVoiceReport(CLI::App& group, Session& session);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_REPORT_PRINT_H_
