#include "tools/attune/svg_chart.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attune {

const char kChartStyle[] = R"css(
svg { display: block; max-width: 100%; height: auto; margin: 0.5rem 0; }
svg text { fill: currentColor; font: 13px system-ui, sans-serif; }
.bar { fill: #2f6f9f; }
.before { stroke: currentColor; stroke-width: 2; }
.axis { stroke: currentColor; stroke-opacity: 0.35; }
.band { fill: #2f6f9f; fill-opacity: 0.2; }
.line { fill: none; stroke: #2f6f9f; stroke-width: 2; }
.point { fill: #2f6f9f; }
svg.spark { display: inline-block; margin: 0; vertical-align: middle; }
)css";

namespace {

constexpr double kWidth = 640;
constexpr double kLabels = 220;  // left of bars
constexpr double kNumbers = 60;  // right of them
constexpr double kRowHeight = 26;
constexpr double kBarHeight = 16;
constexpr double kLineHeight = 200;
constexpr double kMargin = 40;
constexpr double kRound = 20;  // axes end at, so that their middle is whole
constexpr double kSparkWidth = 84;
constexpr double kSparkHeight = 20;
constexpr size_t kLabelBytes = 32;

std::string Px(double value) { return absl::StrFormat("%.1f", value); }

Html Begin(const ChartText& text, double width, double height,
           const std::string& kind) {
  Html svg;
  svg.Open("svg",
           {{"xmlns", "http://www.w3.org/2000/svg"},
            {"class", kind},
            {"role", "img"},
            {"viewBox", absl::StrCat("0 0 ", Px(width), " ", Px(height))},
            {"width", Px(width)},
            {"height", Px(height)}});
  svg.Element("title", text.title);
  svg.Element("desc", text.description);
  return svg;
}

// Cut at a whole character.
std::string Cut(const std::string& label) {
  if (label.size() <= kLabelBytes) return label;
  size_t end = kLabelBytes;
  while (end > 0 && (static_cast<unsigned char>(label[end]) & 0xC0) == 0x80) {
    --end;
  }
  return absl::StrCat(label.substr(0, end), "…");
}

struct Scale {
  double low;
  double high;
  double top;
  double bottom;
  double Of(double value) const {
    return bottom - (value - low) / (high - low) * (bottom - top);
  }
};

void AddBand(const std::vector<LinePoint>& points, const Scale& y, double step,
             Html& svg) {
  std::string there;
  std::string back;
  const auto flush = [&] {
    if (!there.empty()) {
      svg.Empty("polygon",
                {{"class", "band"}, {"points", absl::StrCat(there, back)}});
    }
    there.clear();
    back.clear();
  };
  for (size_t i = 0; i < points.size(); ++i) {
    if (!points[i].low || !points[i].high) {
      flush();
      continue;
    }
    const std::string x = Px(kMargin + step * static_cast<double>(i));
    absl::StrAppend(&there, x, ",", Px(y.Of(*points[i].high)), " ");
    back = absl::StrCat(x, ",", Px(y.Of(*points[i].low)), " ", back);
  }
  flush();
}

void AddLine(const std::vector<LinePoint>& points, const Scale& y, double step,
             Html& svg) {
  std::string path;
  bool down = false;
  for (size_t i = 0; i < points.size(); ++i) {
    if (!points[i].value) {
      down = false;
      continue;
    }
    absl::StrAppend(&path, down ? "L" : "M",
                    Px(kMargin + step * static_cast<double>(i)), " ",
                    Px(y.Of(*points[i].value)), " ");
    down = true;
  }
  if (!path.empty()) svg.Empty("path", {{"class", "line"}, {"d", path}});
}

}  // namespace

Html BarChart(const ChartText& text, const std::vector<BarRow>& rows) {
  double most = 1;
  for (const BarRow& row : rows) most = std::max({most, row.value, row.before});
  const double unit = (kWidth - kLabels - kNumbers) / most;
  Html svg = Begin(text, kWidth, kRowHeight * static_cast<double>(rows.size()),
                   "bars");
  for (size_t i = 0; i < rows.size(); ++i) {
    const double top = kRowHeight * static_cast<double>(i);
    const double middle = top + kRowHeight / 2;
    svg.Element("text", Cut(rows[i].label),
                {{"x", Px(kLabels - 8)},
                 {"y", Px(middle + 4)},
                 {"text-anchor", "end"}});
    svg.Empty("rect", {{"class", "bar"},
                       {"x", Px(kLabels)},
                       {"y", Px(middle - kBarHeight / 2)},
                       {"width", Px(rows[i].value * unit)},
                       {"height", Px(kBarHeight)}});
    const double before = kLabels + rows[i].before * unit;
    svg.Empty("line", {{"class", "before"},
                       {"x1", Px(before)},
                       {"x2", Px(before)},
                       {"y1", Px(top + 2)},
                       {"y2", Px(top + kRowHeight - 2)}});
    svg.Element("text", absl::StrFormat("%.0f", rows[i].value),
                {{"x", Px(kLabels +
                          std::max(rows[i].value, rows[i].before) * unit + 8)},
                 {"y", Px(middle + 4)}});
  }
  return svg.Close();
}

Html LineChart(const ChartText& text, const std::vector<LinePoint>& points,
               double least, double most) {
  Scale y{least, most, kMargin / 2, kLineHeight - kMargin};
  for (const LinePoint& point : points) {
    for (const auto& value : {point.value, point.low, point.high}) {
      if (value) y.low = std::min(y.low, *value);
      if (value) y.high = std::max(y.high, *value);
    }
  }
  y.low = std::floor(y.low / kRound) * kRound;
  y.high = std::ceil(y.high / kRound) * kRound;
  const double step =
      points.size() < 2
          ? 0
          : (kWidth - 2 * kMargin) / static_cast<double>(points.size() - 1);
  Html svg = Begin(text, kWidth, kLineHeight, "lines");
  for (const double at : {y.low, (y.low + y.high) / 2, y.high}) {
    svg.Empty("line", {{"class", "axis"},
                       {"x1", Px(kMargin)},
                       {"x2", Px(kWidth - kMargin)},
                       {"y1", Px(y.Of(at))},
                       {"y2", Px(y.Of(at))}});
    svg.Element("text", absl::StrFormat("%.0f", at),
                {{"x", Px(kMargin - 6)},
                 {"y", Px(y.Of(at) + 4)},
                 {"text-anchor", "end"}});
  }
  AddBand(points, y, step, svg);
  AddLine(points, y, step, svg);
  for (size_t i = 0; i < points.size(); ++i) {
    const double x = kMargin + step * static_cast<double>(i);
    if (points[i].value) {
      svg.Empty("circle", {{"class", "point"},
                           {"cx", Px(x)},
                           {"cy", Px(y.Of(*points[i].value))},
                           {"r", "4"}});
    }
    svg.Element(
        "text", points[i].label,
        {{"x", Px(x)}, {"y", Px(kLineHeight - 12)}, {"text-anchor", "middle"}});
  }
  return svg.Close();
}

Html SparkChart(const ChartText& text, const std::vector<double>& values) {
  Html svg = Begin(text, kSparkWidth, kSparkHeight, "spark");
  double most = 1;
  for (const double value : values) most = std::max(most, value);
  const double step =
      values.size() < 2
          ? 0
          : (kSparkWidth - 8) / static_cast<double>(values.size() - 1);
  std::string points;
  double x = 4;
  double y = 0;
  for (const double value : values) {
    y = kSparkHeight - 3 - value / most * (kSparkHeight - 6);
    absl::StrAppend(&points, Px(x), ",", Px(y), " ");
    x += step;
  }
  svg.Empty("polyline", {{"class", "line"}, {"points", points}});
  if (!values.empty()) {
    svg.Empty("circle", {{"class", "point"},
                         {"cx", Px(x - step)},
                         {"cy", Px(y)},
                         {"r", "2.5"}});
  }
  return svg.Close();
}

}  // namespace attune
