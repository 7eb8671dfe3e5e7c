// The month's successes and frustrations as a page to print.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/attune/html.h"
#include "tools/attune/svg_chart.h"
#include "tools/attune/voice_report_view.h"

namespace attune {
namespace {

using Themes = google::protobuf::RepeatedPtrField<v1::VoiceTheme>;

constexpr char kStyle[] = R"css(
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.25rem 0.5rem;
  border-bottom: 1px solid #8886; vertical-align: middle; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
blockquote { margin: 0.5rem 0 1rem; padding-left: 1rem;
  border-left: 3px solid #2f6f9f; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.alert { border: 2px solid #b3261e; padding: 0.5rem 1rem; }
.small { font-size: 0.85rem; }
@media print {
  body { max-width: none; margin: 0; }
  section { break-inside: avoid; }
}
)css";

std::vector<double> Months(const v1::VoiceTheme& theme) {
  return {theme.months().begin(), theme.months().end()};
}

void AddCell(const std::string& text, bool number, Html& html) {
  html.Element(
      "td", text,
      number ? Html::Attributes{{"class", "number"}} : Html::Attributes{});
}

struct Header {
  std::string word;
  bool number = false;
};

void AddHeader(const std::vector<Header>& headers, Html& html) {
  html.Open("thead").Open("tr");
  for (const Header& header : headers) {
    html.Element("th", header.word,
                 {{"scope", "col"}, {"class", header.number ? "number" : ""}});
  }
  html.Close().Close();
}

void AddThemes(const std::string& title, const Themes& themes, Html& html) {
  html.Open("section").Element("h2", title);
  if (themes.empty()) {
    html.Element("p", "Nothing was tagged.").Close();
    return;
  }
  std::vector<BarRow> bars;
  for (const v1::VoiceTheme& theme : themes) {
    bars.push_back({theme.label(), static_cast<double>(theme.weight()),
                    static_cast<double>(theme.weight_before())});
  }
  html.Add(BarChart({absl::StrCat(title, " by weight"),
                     "Bars are this month, the mark on each the month before; "
                     "the table says the same."},
                    bars));
  html.Open("table");
  AddHeader({{"Theme"},
             {"Weight", true},
             {"Before", true},
             {"Seven months"},
             {"Counts"}},
            html);
  html.Open("tbody");
  for (const v1::VoiceTheme& theme : themes) {
    html.Open("tr").Element("th", theme.label(), {{"scope", "row"}});
    AddCell(absl::StrCat(theme.weight()), true, html);
    AddCell(absl::StrCat(theme.weight_before()), true, html);
    html.Open("td");
    html.Add(SparkChart({absl::StrCat(theme.label(), ", seven months"),
                         absl::StrJoin(theme.months(), ", ")},
                        Months(theme)));
    html.Text(absl::StrJoin(theme.months(), " ")).Close();
    AddCell(CountsText(theme.counts()), false, html);
    html.Close();
  }
  html.Close().Close();
  for (const v1::VoiceTheme& theme : themes) {
    if (!theme.has_story()) continue;
    html.Element("p", absl::StrCat(theme.label(), ", ", theme.story().day()));
    html.Element("blockquote", theme.story().text());
  }
  html.Close();
}

void AddAlerts(const v1::VoiceReport& report, Html& html) {
  for (const v1::VoiceTheme& theme : report.frustrations()) {
    if (!theme.rising()) continue;
    html.Element("p", absl::StrCat("Rising: ", RisingText(theme)),
                 {{"class", "alert"}, {"role", "alert"}});
  }
}

// The NPS as a line; every measure in the table.
void AddOutcomes(const v1::VoiceReport& report, Html& html) {
  html.Open("section").Element("h2", "What customers answered");
  if (report.outcomes().empty()) {
    html.Element("p", "Nothing.").Close();
    return;
  }
  for (const v1::VoiceOutcome& outcome : report.outcomes()) {
    if (outcome.measure() != v1::SURVEY_MEASURE_NPS) continue;
    std::vector<LinePoint> points;
    for (const v1::SurveyGroup& month : outcome.months()) {
      LinePoint& point = points.emplace_back();
      point.label = month.key();
      if (month.figure().has_value()) point.value = month.figure().value();
      if (month.figure().has_low()) point.low = month.figure().low();
      if (month.figure().has_high()) point.high = month.figure().high();
    }
    html.Add(LineChart({"NPS by month",
                        "The line is the NPS, the band its 95 % interval; the "
                        "table has the figures."},
                       points, 0, 0.001));
    html.Open("table");
    AddHeader({{"Month"}, {"NPS, 95 % interval"}}, html);
    html.Open("tbody");
    for (const v1::SurveyGroup& month : outcome.months()) {
      html.Open("tr").Element("th", month.key(), {{"scope", "row"}});
      AddCell(FigureText(month.figure()), false, html);
      html.Close();
    }
    html.Close().Close();
  }
  html.Open("ul");
  for (const v1::VoiceOutcome& outcome : report.outcomes()) {
    html.Element("li", absl::StrCat(MeasureTitle(outcome.measure()), ": ",
                                    FigureText(outcome.figure()), ". ",
                                    outcome.change().sentence()));
  }
  html.Close().Close();
}

}  // namespace

std::string VoiceReportHtml(const v1::VoiceReport& report) {
  const std::string title = VoiceTitle(report);
  Html html;
  html.Open("html", {{"lang", "en"}}).Open("head");
  html.Empty("meta", {{"charset", "utf-8"}});
  html.Empty("meta", {{"name", "viewport"},
                      {"content", "width=device-width, initial-scale=1"}});
  html.Element("title", title);
  html.Style(absl::StrCat(kStyle, kChartStyle)).Close();
  html.Open("body").Open("main").Element("h1", title);
  AddAlerts(report, html);
  AddThemes("Successes", report.successes(), html);
  AddThemes("Frustrations", report.frustrations(), html);
  html.Element("p", kWeightsText, {{"class", "small"}});
  AddOutcomes(report, html);
  html.Open("section").Element("h2", "What else happened").Open("ul");
  for (const std::string& line : TotalsText(report.totals())) {
    html.Element("li", line);
  }
  html.Close().Close();
  if (!report.insights().empty()) {
    html.Open("section").Element("h2", "An insight for your meeting");
    for (const v1::VoiceStory& story : report.insights()) {
      html.Element("p", absl::StrCat(story.team(), ", ", story.day()));
      html.Element("blockquote", story.text());
    }
    html.Close();
  }
  return absl::StrCat("<!doctype html>\n", std::move(html).Finish());
}

}  // namespace attune
