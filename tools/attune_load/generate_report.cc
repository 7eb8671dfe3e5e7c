#include "tools/attune_load/generate_report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "tools/attune/table.h"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

double TwoPlaces(double value) { return std::round(value * 100) / 100; }

Json AdvocatesOf(const Year& year) {
  Json advocates = Json::array();
  for (int i = 0; i < year.options().advocates; ++i) {
    advocates.push_back({{"person", PersonName(year.AdvocateId(i))},
                         {"severity", TwoPlaces(year.Severity(i))}});
  }
  return advocates;
}

double RateOf(const GenerateResult& result) {
  return result.evaluation_seconds > 0
             ? std::round(static_cast<double>(result.evaluations.created) /
                          result.evaluation_seconds)
             : 0;
}

}  // namespace

std::string TruthJson(const Year& year, const std::string& form_id) {
  const YearOptions& options = year.options();
  Json agents = Json::array();
  for (int i = 0; i < options.agents; ++i) {
    agents.push_back({{"person", PersonName(year.AgentId(i))},
                      {"skill_first_day", TwoPlaces(year.SkillAtStart(i))},
                      {"skill_last_day", TwoPlaces(year.SkillAtEnd(i))}});
  }
  const Json json = {
      {"seed", options.seed},
      {"form", FormName(form_id)},
      {"first_day", FormatDay(options.last_day - options.days + 1)},
      {"last_day", FormatDay(options.last_day)},
      {"advocates", AdvocatesOf(year)},
      {"agents", agents}};
  return json.dump(2) + "\n";
}

std::string GenerateTable(const Year& year, const GenerateResult& result) {
  Table made(
      {{""}, {"CREATED", Align::kRight}, {"THERE ALREADY", Align::kRight}});
  const auto add = [&](const char* what, const Made& count) {
    made.AddRow(
        {what, absl::StrCat(count.created), absl::StrCat(count.existing)});
  };
  add("teams", result.teams);
  add("people", result.people);
  add("contacts", result.contacts);
  add("evaluations", result.evaluations);
  Table truth({{"ADVOCATE"}, {"TRUE SEVERITY", Align::kRight}});
  for (int i = 0; i < year.options().advocates; ++i) {
    truth.AddRow(
        {year.AdvocateId(i), absl::StrFormat("%+.2f", year.Severity(i))});
  }
  const TableLook look;
  std::string text = absl::StrCat(
      made.Render(look),
      absl::StrFormat("%s%s; %.1f s", result.form_revision,
                      result.form_published ? ", published now" : "",
                      result.seconds));
  if (result.evaluations.created > 0) {
    absl::StrAppendFormat(&text, ", evaluations at %.0f/s", RateOf(result));
  }
  absl::StrAppend(&text, ".\n\n", truth.Render(look),
                  "Percent that each takes off an average evaluation; below 0: "
                  "lenient.\n");
  return text;
}

std::string GenerateJson(const Year& year, const GenerateResult& result) {
  const auto counts = [](const Made& made) -> Json {
    return {{"created", made.created}, {"existing", made.existing}};
  };
  const Json json = {{"seed", year.options().seed},
                     {"form_revision", result.form_revision},
                     {"form_published", result.form_published},
                     {"teams", counts(result.teams)},
                     {"people", counts(result.people)},
                     {"contacts", counts(result.contacts)},
                     {"evaluations", counts(result.evaluations)},
                     {"seconds", TwoPlaces(result.seconds)},
                     {"evaluations_per_second", RateOf(result)},
                     {"advocates", AdvocatesOf(year)}};
  return json.dump(2) + "\n";
}

}  // namespace attune
