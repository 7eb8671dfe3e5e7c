// attune report form-health: what each question tells.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attune/v1/report_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/command.h"
#include "tools/attune/report_print.h"

namespace attune {
namespace {

using Question = v1::QuestionHealth;

struct Options {
  std::string form;
  std::string since;
  std::string until;
  std::string team;
};

std::string Number(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "";
}

// Its correlation with customers' answers, or `none`.
std::string CustomersCell(const Question& question, v1::SurveyMeasure measure,
                          const char* none) {
  for (const v1::CustomerCorrelation& found : question.customers()) {
    if (found.measure() == measure && found.has_correlation()) {
      return absl::StrFormat("%.2f", found.correlation());
    }
  }
  return none;
}

// `always_passed`
std::string Word(const v1::QuestionFinding& finding) {
  return absl::AsciiStrToLower(
             v1::QuestionFinding::Reason_Name(finding.reason()))
      .substr(7);  // after `reason_`
}

std::string Words(const Question& question) {
  return absl::StrJoin(question.findings(), " ",
                       [](std::string* out, const v1::QuestionFinding& found) {
                         *out += Word(found);
                       });
}

const std::vector<Column<Question>>& Columns() {
  static const auto& columns = *new std::vector<Column<Question>>{
      {"question_id", Align::kLeft,
       [](const Question& q) { return q.question_id(); }},
      {"section_id", Align::kLeft,
       [](const Question& q) { return q.section_id(); }},
      {"asked", Align::kRight,
       [](const Question& q) { return absl::StrCat(q.asked()); }},
      {"scored", Align::kRight,
       [](const Question& q) { return absl::StrCat(q.scored()); }},
      {"pass_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.has_pass_percent(), q.pass_percent());
       }},
      {"mean_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.has_mean_percent(), q.mean_percent());
       }},
      {"na_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.has_na_percent(), q.na_percent());
       }},
      {"hidden_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.has_hidden_percent(), q.hidden_percent());
       }},
      {"lost", Align::kRight,
       [](const Question& q) { return Number(true, q.lost()); }},
      {"share_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.has_share_percent(), q.share_percent());
       }},
      {"discrimination", Align::kRight,
       [](const Question& q) {
         return Number(q.discrimination().has_correlation(),
                       q.discrimination().correlation());
       }},
      {"agreement_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.agreement().has_agreement_percent(),
                       q.agreement().agreement_percent());
       }},
      {"kappa", Align::kRight,
       [](const Question& q) {
         return Number(q.agreement().has_kappa(), q.agreement().kappa());
       }},
      {"rater_pairs", Align::kRight,
       [](const Question& q) { return absl::StrCat(q.agreement().pairs()); }},
      {"contested", Align::kRight,
       [](const Question& q) { return absl::StrCat(q.contests().items()); }},
      {"contest_rate_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.contests().has_rate_percent(),
                       q.contests().rate_percent());
       }},
      {"changed_percent", Align::kRight,
       [](const Question& q) {
         return Number(q.contests().has_changed_percent(),
                       q.contests().changed_percent());
       }},
      {"keep", Align::kRight,
       [](const Question& q) {
         return absl::StrCat(q.feedback().keep_count());
       }},
      {"change", Align::kRight,
       [](const Question& q) {
         return absl::StrCat(q.feedback().change_count());
       }},
      {"drop", Align::kRight,
       [](const Question& q) {
         return absl::StrCat(q.feedback().drop_count());
       }},
      {"unclear", Align::kRight,
       [](const Question& q) {
         return absl::StrCat(q.feedback().unclear_count());
       }},
      {"nps_correlation", Align::kRight,
       [](const Question& q) {
         return CustomersCell(q, v1::SURVEY_MEASURE_NPS, "");
       }},
      {"csat_correlation", Align::kRight,
       [](const Question& q) {
         return CustomersCell(q, v1::SURVEY_MEASURE_CSAT, "");
       }},
      {"findings", Align::kLeft, &Words},
      {"text", Align::kLeft, [](const Question& q) { return q.text(); }},
  };
  return columns;
}

std::string Cell(bool present, double value) {
  return present ? absl::StrFormat("%.2f", value) : "-";
}

// Verdicts of agents: keep, change, drop, unclear.
std::string Verdicts(const Question& question) {
  if (!question.has_feedback()) return "-";
  const v1::QuestionTally& said = question.feedback();
  return absl::StrJoin({said.keep_count(), said.change_count(),
                        said.drop_count(), said.unclear_count()},
                       "/");
}

std::string QuestionsTable(const v1::FormHealth& health,
                           const ReportLook& look) {
  Table table({{"QUESTION"},
               {"N", Align::kRight},
               {"PASS %", Align::kRight},
               {"MEAN %", Align::kRight},
               {"N/A %", Align::kRight},
               {"HIDDEN %", Align::kRight},
               {"LOSES", Align::kRight},
               {"DISCR.", Align::kRight},
               {"AGREE %", Align::kRight},
               {"KAPPA", Align::kRight},
               {"PAIRS", Align::kRight},
               {"CONTESTED", Align::kRight},
               {"CHANGED %", Align::kRight},
               {"K/C/D/U", Align::kRight},
               {"NPS R", Align::kRight},
               {"CSAT R", Align::kRight}});
  for (const Question& q : health.questions()) {
    table.AddRow(
        {absl::StrCat(q.question_id(), q.retired() ? " (retired)" : ""),
         absl::StrCat(q.scored()), Cell(q.has_pass_percent(), q.pass_percent()),
         Cell(q.has_mean_percent(), q.mean_percent()),
         Cell(q.has_na_percent(), q.na_percent()),
         Cell(q.has_hidden_percent(), q.hidden_percent()), Cell(true, q.lost()),
         Cell(q.discrimination().has_correlation(),
              q.discrimination().correlation()),
         Cell(q.agreement().has_agreement_percent(),
              q.agreement().agreement_percent()),
         Cell(q.agreement().has_kappa(), q.agreement().kappa()),
         absl::StrCat(q.agreement().pairs()),
         absl::StrCat(q.contests().items()),
         Cell(q.contests().has_changed_percent(),
              q.contests().changed_percent()),
         Verdicts(q), CustomersCell(q, v1::SURVEY_MEASURE_NPS, "-"),
         CustomersCell(q, v1::SURVEY_MEASURE_CSAT, "-")});
  }
  return table.Render({true, look.color, 0, 0});
}

std::string FormHealthText(const v1::FormHealth& health,
                           const ReportLook& look) {
  std::string text = absl::StrCat(
      Toned(absl::StrCat("Form health: ",
                         Printable(NameText(health.title(),
                                            ShortRevision(health.name())))),
            Tone::kStrong, look.color),
      ", ", PeriodText(health.period()),
      health.team().empty() ? "" : absl::StrCat(", ", health.team()), "\n",
      health.evaluations(), " evaluations; ", health.contacts_scored_twice(),
      " contacts scored by several raters; - is not enough data;\n"
      "K/C/D/U: agents who would keep, change, drop it, find it unclear;\n"
      "NPS R, CSAT R: correlation with the customer's own answer\n\n",
      QuestionsTable(health, look));
  std::string findings;
  int too_few = 0;
  for (const Question& question : health.questions()) {
    for (const v1::QuestionFinding& finding : question.findings()) {
      if (finding.reason() == v1::QuestionFinding::REASON_NOT_ENOUGH_DATA) {
        ++too_few;
        continue;
      }
      absl::StrAppend(&findings, "  ",
                      Wrapped(Printable(absl::StrCat(question.question_id(),
                                                     ": ", finding.words())),
                              look.width - 4, 4),
                      "\n");
    }
  }
  absl::StrAppend(&text, "\n",
                  findings.empty() ? "Nothing stands out.\n"
                                   : absl::StrCat("Findings\n", findings));
  if (too_few > 0) {
    absl::StrAppend(&text, "Not enough data on ", too_few,
                    too_few == 1 ? " question: asked under 30 times.\n"
                                 : " questions: asked under 30 times.\n");
  }
  return text;
}

absl::Status FormHealth(Session& session, const Options& options) {
  v1::GetFormHealthRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(),
                   FormOrRevisionArgument(options.form));
  ASSIGN_OR_RETURN(*request.mutable_period(),
                   PeriodArgument(options.since, options.until));
  if (!options.team.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_team(), TeamArgument(options.team));
  }
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::FormHealth health,
      client->Call(&v1::ReportService::Stub::GetFormHealth, request));
  return PrintReport(session, health, health.questions(), Columns(),
                     &FormHealthText);
}

}  // namespace

void AddFormHealthReport(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "form-health",
      "What each question of a form tells: pass and N/A rates, points lost, "
      "discrimination, agreement, contests, and what to think about.",
      "attune report form-health call\n"
      "attune report form-health call@2 --since 2026-01-01 -o csv");
  auto options = std::make_shared<Options>();
  AddOption(command, "form", options->form,
            "Id, for all revisions together, or ID@REVISION.")
      .Required();
  AddOption(command, "--since", options->since, "First day of contacts, UTC.")
      .TypeName("DAY");
  AddOption(command, "--until", options->until, "Last day of contacts, UTC.")
      .TypeName("DAY");
  AddOption(command, "--team", options->team, "Only agents of this team.");
  OnRun(command, session,
        [&session, options] { return FormHealth(session, *options); });
}

}  // namespace attune
