#include "tools/attune/voice_report_view.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/attune/table.h"
#include "tools/attune/terminal.h"

namespace attune {

const char kWeightsText[] =
    "Weight: 3 for a great call, a prop, a lost customer and feedback chosen "
    "for "
    "this report, 1 for everything else that is tagged.";

namespace {

using Themes = google::protobuf::RepeatedPtrField<v1::VoiceTheme>;

std::string Count(int64_t n, const char* one, const char* many) {
  return absl::StrCat(n, " ", n == 1 ? one : many);
}

// Nothing in it is Markdown or HTML.
std::string Quoted(absl::string_view text) {
  std::string safe;
  for (const char c : PrintableLines(text)) {
    if (absl::StrContains("\\`*_[]<>#|&!~", c)) safe += '\\';
    safe += c;
  }
  return safe;
}

std::string QuotedBlock(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(Quoted(text), '\n')) {
    lines.push_back(absl::StrCat("> ", line));
  }
  return absl::StrJoin(lines, "\n");
}

void AddThemes(const std::string& title, const Themes& themes,
               const ReportLook& look, std::string& text) {
  absl::StrAppend(&text, "\n", Toned(title, Tone::kStrong, look.color), "\n");
  if (themes.empty()) {
    absl::StrAppend(&text, "Nothing was tagged.\n");
    return;
  }
  Table table({{"#", Align::kRight},
               {"THEME"},
               {"WEIGHT", Align::kRight},
               {"SEVEN MONTHS"},
               {"USUAL", Align::kRight},
               {"COUNTS"}});
  int place = 0;
  for (const v1::VoiceTheme& theme : themes) {
    table.AddRow(
        {absl::StrCat(++place), theme.label(), WeightText(theme),
         absl::StrJoin(theme.months(), " "),
         absl::StrFormat("%.2f", theme.usual()), CountsText(theme.counts())},
        theme.rising() ? Tone::kWarning : Tone::kPlain);
  }
  absl::StrAppend(&text, table.Render({true, look.color, look.width, 0}));
  for (const v1::VoiceTheme& theme : themes) {
    if (!theme.has_story()) continue;
    absl::StrAppend(&text, "  ", Printable(theme.label()), ", ",
                    theme.story().day(), ": ", Printable(theme.story().text()),
                    "\n");
  }
}

std::vector<std::string> Alerts(const v1::VoiceReport& report) {
  std::vector<std::string> alerts;
  for (const v1::VoiceTheme& theme : report.frustrations()) {
    if (!theme.rising()) continue;
    alerts.push_back(RisingText(theme));
  }
  return alerts;
}

void AddThemesMarkdown(const std::string& title, const Themes& themes,
                       std::string& text) {
  absl::StrAppend(&text, "\n## ", title, "\n\n");
  if (themes.empty()) {
    absl::StrAppend(&text, "Nothing was tagged.\n");
    return;
  }
  absl::StrAppend(&text,
                  "| # | Theme | Weight | Seven months | Usual | Counts |\n"
                  "| ---: | --- | ---: | --- | ---: | --- |\n");
  int place = 0;
  for (const v1::VoiceTheme& theme : themes) {
    absl::StrAppend(&text, "| ", ++place, " | ", Quoted(theme.label()),
                    theme.rising() ? " (**rising**)" : "", " | ",
                    WeightText(theme), " | ",
                    absl::StrJoin(theme.months(), " "), " | ",
                    absl::StrFormat("%.2f", theme.usual()), " | ",
                    CountsText(theme.counts()), " |\n");
  }
  for (const v1::VoiceTheme& theme : themes) {
    if (!theme.has_story()) continue;
    absl::StrAppend(&text, "\n**", Quoted(theme.label()), "**, ",
                    theme.story().day(), "\n\n",
                    QuotedBlock(theme.story().text()), "\n");
  }
}

}  // namespace

std::string VoiceTitle(const v1::VoiceReport& report) {
  return absl::StrCat("Top successes and frustrations, ", report.month(),
                      report.team().empty() ? "" : ", ", report.team());
}

std::string CountsText(const v1::ThemeCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](int64_t n, const char* one, const char* many) {
    if (n > 0) parts.push_back(Count(n, one, many));
  };
  add(counts.great_calls(), "great call", "great calls");
  add(counts.props(), "prop", "props");
  add(counts.told(), "told", "told");
  add(counts.losses(), "lost", "lost");
  add(counts.kept(), "kept", "kept");
  add(counts.promoters(), "promoter", "promoters");
  add(counts.detractors(), "detractor", "detractors");
  add(counts.others(), "other", "others");
  return absl::StrJoin(parts, ", ");
}

std::string WeightText(const v1::VoiceTheme& theme) {
  return absl::StrFormat("%d (%+d)", theme.weight(),
                         theme.weight() - theme.weight_before());
}

std::string RisingText(const v1::VoiceTheme& theme) {
  constexpr double kLeastTold = 1e-6;
  return absl::StrFormat(
      "%s came up %d times, usually %.2f; the chance of that is %s%.6f.",
      theme.label(), theme.months(theme.months_size() - 1), theme.usual(),
      theme.p() < kLeastTold ? "under " : "", std::max(theme.p(), kLeastTold));
}

std::string MeasureTitle(v1::SurveyMeasure measure) {
  switch (measure) {
    case v1::SURVEY_MEASURE_NPS:
      return "NPS";
    case v1::SURVEY_MEASURE_CSAT:
      return "CSAT (1 to 5)";
    case v1::SURVEY_MEASURE_WOULD_HIRE:
      return "Would hire the agent, %";
    case v1::SURVEY_MEASURE_WOULD_RECOMMEND:
      return "Would recommend us, %";
    default:
      return "";
  }
}

std::string FigureText(const v1::SurveyFigure& figure) {
  if (!figure.has_value()) {
    return absl::StrFormat("not enough data (n = %d)", figure.n());
  }
  if (!figure.has_low()) {
    return absl::StrFormat("%.2f (n = %d)", figure.value(), figure.n());
  }
  return absl::StrFormat("%.2f (%.2f to %.2f), n = %d", figure.value(),
                         figure.low(), figure.high(), figure.n());
}

std::vector<std::string> TotalsText(const v1::VoiceTotals& totals) {
  std::vector<std::string> lines = {
      absl::StrCat(Count(totals.props(), "prop", "props"), ", ",
                   Count(totals.great_calls(), "great call", "great calls"),
                   " with ", totals.kudos(), " kudos."),
      absl::StrCat(Count(totals.relationship_units(), "unit", "units"),
                   " of relationship value."),
      absl::StrCat(Count(totals.cancellations(), "cancellation call",
                         "cancellation calls"),
                   ", after which ", totals.losses(), " left."),
      absl::StrCat(
          Count(totals.recoveries(), "recovery action", "recovery actions"),
          " done; ", Count(totals.harm_flags_open(), "harm flag", "harm flags"),
          " open now.")};
  return lines;
}

std::string VoiceReportText(const v1::VoiceReport& report,
                            const ReportLook& look) {
  std::string text =
      absl::StrCat(Toned(VoiceTitle(report), Tone::kStrong, look.color), "\n");
  for (const std::string& alert : Alerts(report)) {
    absl::StrAppend(&text, Toned("RISING", Tone::kWarning, look.color), " ",
                    Printable(alert), "\n");
  }
  AddThemes("Successes", report.successes(), look, text);
  AddThemes("Frustrations", report.frustrations(), look, text);
  absl::StrAppend(&text, "\n", kWeightsText, "\n\n",
                  Toned("What customers answered", Tone::kStrong, look.color),
                  "\n");
  for (const v1::VoiceOutcome& outcome : report.outcomes()) {
    absl::StrAppend(&text, MeasureTitle(outcome.measure()), ": ",
                    FigureText(outcome.figure()), "\n  ",
                    outcome.change().sentence(), "\n");
  }
  if (report.outcomes().empty()) absl::StrAppend(&text, "Nothing.\n");
  absl::StrAppend(&text, "\n",
                  Toned("What else happened", Tone::kStrong, look.color), "\n",
                  absl::StrJoin(TotalsText(report.totals()), "\n"), "\n");
  if (report.insights().empty()) return text;
  absl::StrAppend(
      &text, "\n",
      Toned("An insight for your meeting", Tone::kStrong, look.color), "\n");
  for (const v1::VoiceStory& story : report.insights()) {
    absl::StrAppend(&text, story.team(), ", ", story.day(), ": ",
                    Printable(story.text()), "\n  ", story.subject(), "\n");
  }
  return text;
}

std::string VoiceReportMarkdown(const v1::VoiceReport& report) {
  std::string text = absl::StrCat("# ", VoiceTitle(report), "\n");
  for (const std::string& alert : Alerts(report)) {
    absl::StrAppend(&text, "\n**Rising:** ", Quoted(alert), "\n");
  }
  AddThemesMarkdown("Successes", report.successes(), text);
  AddThemesMarkdown("Frustrations", report.frustrations(), text);
  absl::StrAppend(&text, "\n", kWeightsText,
                  "\n\n## What customers answered\n\n");
  for (const v1::VoiceOutcome& outcome : report.outcomes()) {
    absl::StrAppend(&text, "- ", MeasureTitle(outcome.measure()), ": ",
                    FigureText(outcome.figure()), ". ",
                    outcome.change().sentence(), "\n");
  }
  if (report.outcomes().empty()) absl::StrAppend(&text, "Nothing.\n");
  absl::StrAppend(&text, "\n## What else happened\n\n");
  for (const std::string& line : TotalsText(report.totals())) {
    absl::StrAppend(&text, "- ", line, "\n");
  }
  if (!report.insights().empty()) {
    absl::StrAppend(&text, "\n## An insight for your meeting\n");
  }
  for (const v1::VoiceStory& story : report.insights()) {
    absl::StrAppend(&text, "\n", story.team(), ", ", story.day(), "\n\n",
                    QuotedBlock(story.text()), "\n");
  }
  return text;
}

}  // namespace attune
