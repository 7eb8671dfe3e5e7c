#include "tools/attune/severity_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/attune/arguments.h"
#include "tools/attune/table.h"

namespace attune {
namespace {

std::string Number(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "";
}

template <typename Message>
std::string Between(const Message& message) {
  if (!message.has_low() || !message.has_high()) return "";
  return absl::StrFormat("%.2f to %.2f", message.low(), message.high());
}

std::string RatersTable(const v1::SeverityPart& part, const ReportLook& look) {
  Table table({{"RATER"},
               {"N", Align::kRight},
               {"SEVERITY", Align::kRight},
               {"95 % INTERVAL", Align::kRight},
               {"IN WORDS"}});
  for (const v1::RaterSeverity& rater : part.raters()) {
    table.AddRow({LastPart(rater.rater()), absl::StrCat(rater.n()),
                  Number(rater.has_severity(), rater.severity()),
                  Between(rater), rater.sentence()});
  }
  return table.Render({true, look.color, 0, 0});
}

std::string AgentsTable(const v1::SeverityPart& part, const ReportLook& look) {
  Table table({{"AGENT"},
               {"N", Align::kRight},
               {"FAILED", Align::kRight},
               {"RAW", Align::kRight},
               {"SCORED", Align::kRight},
               {"FAIR", Align::kRight},
               {"95 % INTERVAL", Align::kRight},
               {"IN WORDS"}});
  for (const v1::FairMean& agent : part.agents()) {
    table.AddRow({LastPart(agent.agent()), absl::StrCat(agent.n()),
                  absl::StrCat(agent.auto_failed()),
                  Number(true, agent.raw_mean()),
                  Number(agent.has_scored_mean(), agent.scored_mean()),
                  Number(agent.has_fair_mean(), agent.fair_mean()),
                  Between(agent), agent.sentence()});
  }
  return table.Render({true, look.color, 0, 0});
}

}  // namespace

std::string SeverityReportText(const v1::SeverityReport& report,
                               const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned(absl::StrCat("Severity on ", report.form()), Tone::kStrong,
            look.color),
      "\n", Wrapped(Printable(report.summary()), look.width, 0), "\n");
  int number = 0;
  for (const v1::SeverityPart& part : report.parts()) {
    ++number;
    if (report.part_count() > 1) {
      absl::StrAppend(
          &text, "\nPart ", number, ", ", part.n(),
          " scores, not to be compared with the others",
          part.reason().empty() ? "" : absl::StrCat(" (", part.reason(), ")"),
          "\n");
    }
    if (!part.raters().empty()) {
      absl::StrAppend(&text,
                      "\nRaters: points given beyond an average rater (+ "
                      "lenient)\n",
                      RatersTable(part, look));
    }
    if (!part.agents().empty()) {
      absl::StrAppend(&text,
                      "\nAgents: raw mean, mean without automatic failures, "
                      "and what an average rater would give\n",
                      AgentsTable(part, look));
    }
  }
  return text;
}

std::string RaterDriftText(const v1::RaterDrift& drift,
                           const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned(absl::StrCat("Drift of ", drift.rater(), " on ", drift.form()),
            Tone::kStrong, look.color),
      "\n");
  if (!drift.overall().sentence().empty()) {
    absl::StrAppend(&text, "Over all: ", Printable(drift.overall().sentence()),
                    "\n");
  }
  absl::StrAppend(&text, Printable(drift.sentence()), "\n");
  if (drift.months().empty()) return text;
  Table table({{"MONTH"},
               {"N", Align::kRight},
               {"OTHERS", Align::kRight},
               {"SEVERITY", Align::kRight},
               {"95 % INTERVAL", Align::kRight}});
  for (const v1::MonthSeverity& month : drift.months()) {
    table.AddRow(
        {month.month(), absl::StrCat(month.n()), absl::StrCat(month.others()),
         month.has_severity() ? Number(true, month.severity()) : month.reason(),
         Between(month)});
  }
  absl::StrAppend(&text, "\n", table.Render({true, look.color, 0, 0}));
  return text;
}

}  // namespace attune
