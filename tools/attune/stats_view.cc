#include "tools/attune/stats_view.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

absl::Status PrintTable(const Session& session, const StatsTable& table) {
  RowPrinter printer(session.terminal, session.output, table.columns);
  RETURN_IF_ERROR(printer.Begin());
  for (const std::vector<std::string>& row : table.rows) {
    printer.Add(row, [] { return std::string(); });
  }
  printer.End();
  return absl::OkStatus();
}

absl::Status PrintText(const Session& session, const StatsReport& report) {
  session.terminal.out << report.headline << '\n';
  for (const StatsTable& table : report.tables) {
    session.terminal.out << '\n';
    if (!table.title.empty()) session.terminal.out << table.title << '\n';
    RETURN_IF_ERROR(PrintTable(session, table));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PrintStats(Session& session, const StatsReport& report) {
  if (session.output.format == Format::kJson) {
    session.terminal.out << report.json.dump(2) << '\n';
  } else if (session.output.format == Format::kJsonLines) {
    session.terminal.out << report.json.dump() << '\n';
  } else if (session.is_table() && session.output.fields.empty()) {
    RETURN_IF_ERROR(PrintText(session, report));
  } else {
    RETURN_IF_ERROR(PrintTable(session, report.tables.front()));
  }
  for (const std::string& remark : report.remarks) session.Say(remark);
  return absl::OkStatus();
}

std::string Shown(const std::optional<double>& value, int places) {
  if (!value) return "";
  const double scale = std::pow(10, places);
  const double rounded = std::round(*value * scale) / scale;
  // No minus before zeros.
  return absl::StrFormat("%.*f", places, rounded == 0 ? 0 : rounded);
}

std::string Shown(const std::optional<Interval>& interval, int places) {
  if (!interval) return "";
  return absl::StrCat(Shown(std::optional<double>(interval->low), places),
                      " to ",
                      Shown(std::optional<double>(interval->high), places));
}

nlohmann::ordered_json JsonOf(const std::optional<double>& value) {
  if (!value) return nullptr;
  return *value;
}

nlohmann::ordered_json JsonOf(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return nlohmann::ordered_json::array({interval->low, interval->high});
}

nlohmann::ordered_json JsonOf(Reason reason) {
  if (reason == Reason::kNone) return nullptr;
  return std::string(ReasonWord(reason));
}

std::string ReasonText(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      return "";
    case Reason::kNoData:
      return "there is no data";
    case Reason::kNoVariation:
      return "everything is the same";
    case Reason::kTooFew:
      return "there is too little data";
    case Reason::kOneRater:
      return "there is one rater";
    case Reason::kOneTarget:
      return "there is one target";
    case Reason::kOneGroup:
      return "there is one group";
    case Reason::kNoPairableValues:
      return "nothing was rated twice";
    case Reason::kDisconnected:
      return "parts of the data share no rater";
    case Reason::kNoResidualDf:
      return "there are as many effects as scores";
    case Reason::kDegenerate:
      return "the formula does not apply to these numbers";
    case Reason::kNotScorable:
      return "it needs numbers, or fewer categories";
  }
  return "";
}

}  // namespace attune
