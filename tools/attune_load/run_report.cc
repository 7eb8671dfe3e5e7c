#include "tools/attune_load/run_report.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/attune/table.h"

namespace attune {
namespace {

constexpr struct {
  const char* name;
  double share;
} kQuantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}};

double Milliseconds(int64_t nanos) {
  return std::round(static_cast<double>(nanos) / 1e3) / 1e3;
}

CallTally Total(const RunResult& result) {
  CallTally total;
  for (const CallTally& tally : result.tallies) total.Merge(tally);
  return total;
}

int64_t CallsOf(const CallTally& tally) {
  return tally.latency_nanos.count() + tally.failed();
}

double RateOf(const CallTally& tally, double seconds) {
  return seconds > 0
             ? static_cast<double>(tally.latency_nanos.count()) / seconds
             : 0;
}

std::string CodeName(grpc::StatusCode code) {
  return absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
}

void AddRow(Table& table, const char* name, const CallTally& tally,
            double seconds) {
  std::vector<std::string> cells = {
      name, absl::StrCat(CallsOf(tally)),
      absl::StrFormat("%.0f", RateOf(tally, seconds))};
  for (const auto& quantile : kQuantiles) {
    cells.push_back(absl::StrFormat(
        "%.2f", Milliseconds(tally.latency_nanos.Quantile(quantile.share))));
  }
  cells.push_back(
      absl::StrFormat("%.2f", Milliseconds(tally.latency_nanos.max())));
  cells.push_back(absl::StrCat(tally.failed()));
  table.AddRow(std::move(cells),
               tally.failed() > 0 ? Tone::kBad : Tone::kPlain);
}

nlohmann::ordered_json ToJson(const CallTally& tally, double seconds) {
  nlohmann::ordered_json latency;
  for (const auto& quantile : kQuantiles) {
    latency[quantile.name] =
        Milliseconds(tally.latency_nanos.Quantile(quantile.share));
  }
  latency["max"] = Milliseconds(tally.latency_nanos.max());
  nlohmann::ordered_json codes = nlohmann::ordered_json::array();
  for (const auto& [code, failure] : tally.failures) {
    codes.push_back({{"code", CodeName(code)},
                     {"count", failure.count},
                     {"first_message", failure.first_message}});
  }
  return {{"calls", CallsOf(tally)},
          {"calls_per_second", std::round(RateOf(tally, seconds) * 10) / 10},
          {"errors", tally.failed()},
          {"latency_ms", latency},
          {"error_codes", codes}};
}

std::string Heading(const RunOptions& options, absl::string_view form_revision,
                    const RunResult& result) {
  std::string loop =
      options.rate
          ? absl::StrFormat("Open loop at %g calls/s, at most %d outstanding",
                            *options.rate, options.window)
          : absl::StrFormat("Closed loop, %d outstanding", options.window);
  return absl::StrFormat("%s; %d channels, %d threads, %.1f s, %s, run %s.\n",
                         loop, options.channels, options.threads,
                         result.seconds, form_revision, result.run);
}

}  // namespace

int64_t ErrorsOf(const RunResult& result) { return Total(result).failed(); }

std::string RunTable(const RunOptions& options, absl::string_view form_revision,
                     const RunResult& result, bool color) {
  Table table({{"METHOD"},
               {"CALLS", Align::kRight},
               {"CALLS/S", Align::kRight},
               {"P50 MS", Align::kRight},
               {"P90 MS", Align::kRight},
               {"P99 MS", Align::kRight},
               {"MAX MS", Align::kRight},
               {"ERRORS", Align::kRight}});
  std::string failures;
  for (size_t i = 0; i < kCallKinds; ++i) {
    const CallTally& tally = result.tallies[i];
    const char* name = TextOf(static_cast<CallKind>(i)).name;
    if (CallsOf(tally) == 0) continue;
    AddRow(table, name, tally, result.seconds);
    for (const auto& [code, failure] : tally.failures) {
      absl::StrAppend(&failures, name, ": ", failure.count, " ", CodeName(code),
                      ", the first: ", PrintableLines(failure.first_message),
                      "\n");
    }
  }
  AddRow(table, "total", Total(result), result.seconds);
  TableLook look;
  look.color = color;
  std::string text = absl::StrCat(Heading(options, form_revision, result),
                                  table.Render(look), failures);
  if (result.unsent > 0) {
    absl::StrAppend(&text, result.unsent,
                    " more calls were due, but the window had no room for "
                    "them until the end.\n");
  }
  return text;
}

std::string RunJson(const RunOptions& options, absl::string_view form_revision,
                    const RunResult& result) {
  nlohmann::ordered_json methods = nlohmann::ordered_json::array();
  for (size_t i = 0; i < kCallKinds; ++i) {
    if (CallsOf(result.tallies[i]) == 0) continue;
    nlohmann::ordered_json method = {
        {"method", TextOf(static_cast<CallKind>(i)).name}};
    method.update(ToJson(result.tallies[i], result.seconds));
    methods.push_back(std::move(method));
  }
  nlohmann::ordered_json rate;
  if (options.rate) rate = *options.rate;
  const nlohmann::ordered_json json = {
      {"run", result.run},
      {"form_revision", std::string(form_revision)},
      {"loop", options.rate ? "open" : "closed"},
      {"servers", options.servers},
      {"channels", options.channels},
      {"threads", options.threads},
      {"window", options.window},
      {"rate", rate},
      {"seed", options.seed},
      {"mix", options.mix.ToString()},
      {"seconds", std::round(result.seconds * 1e3) / 1e3},
      {"unsent", result.unsent},
      {"methods", methods},
      {"total", ToJson(Total(result), result.seconds)}};
  // A message may quote what is not UTF-8.
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace attune
