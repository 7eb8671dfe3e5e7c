// HTML that people's words cannot leave.

#include "tools/attune/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tools/attune/svg_chart.h"
#include "tools/attune/voice_report_view.h"

namespace attune {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kHostile[] = "</blockquote><script>alert('1')</script> & \"x\"";

TEST(HtmlTest, WordsAreNoMarkup) {
  EXPECT_EQ(
      Escaped(kHostile),
      "&lt;/blockquote&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; "
      "&amp; &quot;x&quot;");
  EXPECT_EQ(Escaped("a\x1B[2Jb\r\nc\td"), "a\xEF\xBF\xBD[2Jb\nc\td");
  // U+202E turns what follows around; U+0085 is a control character.
  EXPECT_EQ(Escaped("a\xE2\x80\xAE"
                    "b\xC2\x85"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("Grüße 誰か"), "Grüße 誰か");
}

TEST(HtmlTest, WhatIsOpenedIsClosed) {
  Html html;
  html.Open("p", {{"title", "\"a\""}}).Text("1 < 2").Open("em");
  EXPECT_EQ(std::move(html).Finish(),
            "<p title=\"&quot;a&quot;\">1 &lt; 2<em></em>\n</p>\n");
}

TEST(SvgChartTest, BarsHaveTheirNumbersAndTheMonthBefore) {
  Html html;
  html.Add(BarChart({"T", "D"}, {{"<a>", 10, 5}}));
  const std::string svg = std::move(html).Finish();
  // Bars begin at 220 and have 360 for the most.
  EXPECT_THAT(svg, HasSubstr("x=\"220.0\" y=\"5.0\" width=\"360.0\""));
  EXPECT_THAT(svg, HasSubstr("x1=\"400.0\" x2=\"400.0\""));
  EXPECT_THAT(svg, HasSubstr("&lt;a&gt;"));
  EXPECT_THAT(svg, HasSubstr("<title>T</title>"));
}

TEST(SvgChartTest, ALineHasGapsWhereThereIsNoValue) {
  Html html;
  html.Add(LineChart({"T", "D"}, {{"1", 10, 0, 20}, {"2"}, {"3", 30}}, 0, 1));
  const std::string svg = std::move(html).Finish();
  // From 0 to 40 on 160 down to 20: 30 is at 55.
  EXPECT_THAT(svg, HasSubstr("d=\"M40.0 "));
  EXPECT_THAT(svg, HasSubstr(" M600.0 55.0 \""));
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

v1::VoiceReport Report() {
  v1::VoiceReport report;
  report.set_month("2026-10");
  v1::VoiceTheme& theme = *report.add_frustrations();
  theme.set_label("Effort | *twice*");
  theme.set_weight(12);
  theme.set_weight_before(8);
  theme.mutable_counts()->set_losses(3);
  theme.mutable_counts()->set_detractors(3);
  for (const int64_t n : {0, 0, 1, 0, 1, 0, 6}) theme.add_months(n);
  theme.set_usual(0.33);
  theme.set_p(0.000123);
  theme.set_rising(true);
  theme.mutable_story()->set_text(kHostile);
  theme.mutable_story()->set_day("2026-10-03");
  return report;
}

TEST(VoiceReportViewTest, TheTableHasEverything) {
  const std::string text = VoiceReportText(Report(), {120, false});
  EXPECT_THAT(text,
              HasSubstr("RISING Effort | *twice* came up 6 times, usually "
                        "0.33; the chance of that is 0.000123.\n"));
  EXPECT_THAT(
      text,
      HasSubstr("1  Effort | *twice*  12 (+4)  0 0 1 0 1 0 6   0.33  3 lost, 3 "
                "detractors\n"));
}

TEST(VoiceReportViewTest, MarkdownQuotesWhatPeopleSaid) {
  const std::string text = VoiceReportMarkdown(Report());
  EXPECT_THAT(text, HasSubstr("| 1 | Effort \\| \\*twice\\* (**rising**) |"));
  EXPECT_THAT(text, HasSubstr("> \\</blockquote\\>\\<script\\>alert('1')"));
}

TEST(VoiceReportViewTest, ThePageHasNoScript) {
  const std::string page = VoiceReportHtml(Report());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("http://www.w3.org/1999")));
  EXPECT_THAT(page, HasSubstr("<svg xmlns="));
}

}  // namespace
}  // namespace attune
