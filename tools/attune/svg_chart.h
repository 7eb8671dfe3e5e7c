// The charts of printable reports, as SVG without script.  By hand: three kinds
// of marks, and the same ones that the browser shows.

#ifndef ATTUNE_TOOLS_ATTUNE_SVG_CHART_H_
#define ATTUNE_TOOLS_ATTUNE_SVG_CHART_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/attune/html.h"

namespace attune {

// What a chart shows, for those who do not see it; its table says the same.
struct ChartText {
  std::string title;
  std::string description;
};

// A horizontal bar a row, from 0, with a mark where it was before.
struct BarRow {
  std::string label;
  double value = 0;
  double before = 0;
};
Html BarChart(const ChartText& text, const std::vector<BarRow>& rows);

// Values in their order, with a band for their intervals; gaps where there is
// none.
struct LinePoint {
  std::string label;
  std::optional<double> value = {};
  std::optional<double> low = {};
  std::optional<double> high = {};
};
// From `least` to `most` at least, its axis from and to a multiple of 20.
Html LineChart(const ChartText& text, const std::vector<LinePoint>& points,
               double least, double most);

// A small line without axes, as high as a line of text.
Html SparkChart(const ChartText& text, const std::vector<double>& values);

// What all of them look like, on paper and on a screen, light and dark.
extern const char kChartStyle[];

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_SVG_CHART_H_
