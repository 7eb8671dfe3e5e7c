#include "engine/voice/survey_reports.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/report/period.h"
#include "engine/report/report_filter.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/survey_rollups.h"
#include "engine/violations.h"
#include "engine/voice/survey_figure.h"
#include "engine/voice/voice_scope.h"

namespace attune {
namespace {

using Grouping = v1::SurveyReport::Grouping;

constexpr size_t kMonthBytes = 7;  // of YYYY-MM-DD

constexpr char kPeople[] = R"sql(
  SELECT id, body FROM person)sql";

constexpr char kHasForm[] = R"sql(
  SELECT 1 FROM form WHERE id = $1)sql";

constexpr char kTeams[] = R"sql(
  SELECT id, body FROM team)sql";

// By key.
using Tallies = std::map<std::string, SurveyTally>;

SurveyFilter CheckRequest(const v1::GetSurveyReportRequest& request,
                          Violations& bad) {
  SurveyFilter filter;
  const DayRange days = ParsePeriod(request.period(), bad);
  filter.first_day = days.first;
  filter.last_day = days.last;
  filter.team = CheckTeam(request.team(), bad);
  filter.form = CheckForm(request.form(), bad);
  filter.person = ParsePersonName(request.person());
  if (!request.person().empty() && !filter.person) {
    bad.Add("person", "NAME_INVALID", "An agent is people/{person}.");
  }
  if (!request.queue().empty()) filter.queue = request.queue();
  if (!v1::Channel_IsValid(request.channel())) {
    bad.Add("channel", "CHANNEL_UNKNOWN",
            "A channel is phone, chat, email, social or in_person.");
  } else if (request.channel() != v1::CHANNEL_UNSPECIFIED) {
    filter.channel = request.channel();
  }
  if (!v1::SurveyMeasure_IsValid(request.measure())) {
    bad.Add("measure", "MEASURE_UNKNOWN", "There is no such measure.");
  }
  if (!v1::SurveyReport::Grouping_IsValid(request.group_by())) {
    bad.Add("group_by", "GROUPING_UNKNOWN", "There is no such grouping.");
  }
  return filter;
}

// As many days just before; nothing if the period is open.
std::optional<SurveyFilter> Before(const SurveyFilter& filter) {
  if (!filter.first_day || !filter.last_day) return std::nullopt;
  SurveyFilter before = filter;
  before.last_day = *filter.first_day - 1;
  before.first_day =
      *filter.first_day - (*filter.last_day - *filter.first_day + 1);
  return before;
}

absl::StatusOr<SurveyTally> SumAll(Transaction& tx, const SurveyFilter& filter,
                                   v1::SurveyMeasure measure) {
  SurveyTally all;
  RETURN_IF_ERROR(SumSurveys(tx, filter, measure, SurveyGrouping::kChannel,
                             [&](const Value&, const SurveyTally& tally) {
                               all.Add(tally);
                               return absl::OkStatus();
                             }));
  return all;
}

absl::StatusOr<Tallies> SumMonths(Transaction& tx, const SurveyFilter& filter,
                                  v1::SurveyMeasure measure) {
  Tallies months;
  RETURN_IF_ERROR(SumSurveys(tx, filter, measure, SurveyGrouping::kDay,
                             [&](const Value& day, const SurveyTally& tally) {
                               const std::string text =
                                   FormatDay(std::get<int64_t>(day));
                               months[text.substr(0, kMonthBytes)].Add(tally);
                               return absl::OkStatus();
                             }));
  return months;
}

SurveyGrouping StoredGrouping(Grouping grouping) {
  switch (grouping) {
    case v1::SurveyReport::GROUPING_AGENT:
      return SurveyGrouping::kPerson;
    case v1::SurveyReport::GROUPING_TEAM:
      return SurveyGrouping::kTeam;
    case v1::SurveyReport::GROUPING_QUEUE:
      return SurveyGrouping::kQueue;
    default:
      return SurveyGrouping::kChannel;
  }
}

// A group's key in the report.
std::string KeyOf(Grouping grouping, const Value& group) {
  if (const auto* number = std::get_if<int64_t>(&group)) {
    return absl::AsciiStrToLower(absl::StripPrefix(
        v1::Channel_Name(static_cast<v1::Channel>(*number)), "CHANNEL_"));
  }
  const std::string& text = std::get<std::string>(group);
  if (text.empty()) return "";
  if (grouping == v1::SurveyReport::GROUPING_AGENT) return PersonName(text);
  if (grouping == v1::SurveyReport::GROUPING_TEAM) return TeamName(text);
  return text;
}

absl::StatusOr<Tallies> SumGroups(Transaction& tx, const SurveyFilter& filter,
                                  v1::SurveyMeasure measure,
                                  Grouping grouping) {
  Tallies groups;
  RETURN_IF_ERROR(SumSurveys(tx, filter, measure, StoredGrouping(grouping),
                             [&](const Value& group, const SurveyTally& tally) {
                               groups[KeyOf(grouping, group)] = tally;
                               return absl::OkStatus();
                             }));
  return groups;
}

// Display names by key; the keys themselves where they have none.
absl::StatusOr<std::map<std::string, std::string>> FindNames(
    Transaction& tx, Grouping grouping, const SurveyFilter& filter) {
  std::map<std::string, std::string> names;
  if (grouping == v1::SurveyReport::GROUPING_AGENT) {
    Query query(kPeople);
    if (filter.person) query.Add(" WHERE id = ?", {*filter.person});
    if (filter.team && !filter.person) {
      query.Add(" WHERE team = ?", {*filter.team});
    }
    RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
      v1::Person person;
      Cells cells(row);
      std::string& name = names[PersonName(cells.Text())];
      cells.Message(person);
      name = person.display_name();
      return cells.Done();
    }));
  } else if (grouping == v1::SurveyReport::GROUPING_TEAM) {
    RETURN_IF_ERROR(tx.Scan(kTeams, {}, [&](const Row& row) {
      v1::Team team;
      Cells cells(row);
      std::string& name = names[TeamName(cells.Text())];
      cells.Message(team);
      name = team.display_name();
      return cells.Done();
    }));
  }
  return names;
}

void AddGroup(const std::string& key, v1::SurveyMeasure measure,
              const SurveyTally& tally,
              const std::map<std::string, std::string>& names,
              google::protobuf::RepeatedPtrField<v1::SurveyGroup>& groups) {
  v1::SurveyGroup& group = *groups.Add();
  group.set_key(key);
  const auto name = names.find(key);
  group.set_display_name(name == names.end() ? key : name->second);
  *group.mutable_figure() = FigureOf(measure, tally);
}

void AddMonths(const Tallies& months, v1::SurveyReport& report) {
  for (const auto& [month, tally] : months) {
    AddGroup(month, report.measure(), tally, {}, *report.mutable_months());
  }
}

// The months as groups, each against the one before it if that has responses.
void AddMonthGroups(const Tallies& months, v1::SurveyReport& report) {
  const SurveyTally* before = nullptr;
  for (const auto& [month, tally] : months) {
    AddGroup(month, report.measure(), tally, {}, *report.mutable_groups());
    if (before != nullptr) {
      *report.mutable_groups()->rbegin()->mutable_change() =
          ChangeOf(report.measure(), *before, tally);
    }
    before = &tally;
  }
}

bool ComesBefore(const v1::SurveyGroup& a, const v1::SurveyGroup& b) {
  const auto rank = [](const v1::SurveyGroup& group) {
    return std::make_tuple(!group.figure().has_value(), group.figure().value(),
                           group.key());
  };
  return rank(a) < rank(b);
}

absl::Status AddGroups(Transaction& tx, const SurveyFilter& filter,
                       const std::optional<SurveyFilter>& before,
                       Grouping grouping, v1::SurveyReport& report) {
  ASSIGN_OR_RETURN(const Tallies now,
                   SumGroups(tx, filter, report.measure(), grouping));
  ASSIGN_OR_RETURN(const auto names, FindNames(tx, grouping, filter));
  Tallies earlier;
  if (before) {
    ASSIGN_OR_RETURN(earlier,
                     SumGroups(tx, *before, report.measure(), grouping));
  }
  for (const auto& [key, tally] : now) {
    AddGroup(key, report.measure(), tally, names, *report.mutable_groups());
    if (before) {
      *report.mutable_groups()->rbegin()->mutable_change() =
          ChangeOf(report.measure(), earlier[key], tally);
    }
  }
  return absl::OkStatus();
}

void AdjustGroups(v1::SurveyReport& report) {
  std::vector<v1::SurveyChange*> changes;
  for (v1::SurveyGroup& group : *report.mutable_groups()) {
    if (group.has_change()) changes.push_back(group.mutable_change());
  }
  AdjustTogether(report.measure(), changes);
}

}  // namespace

absl::StatusOr<v1::SurveyReport> SurveyReports::GetSurveyReport(
    Transaction& tx, const Caller& caller,
    const v1::GetSurveyReportRequest& request) const {
  Violations bad;
  SurveyFilter filter = CheckRequest(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  RETURN_IF_ERROR(Narrow(tx, caller, filter));
  if (filter.form) {
    ASSIGN_OR_RETURN(const std::vector<Row> found,
                     tx.Run(kHasForm, {*filter.form}));
    if (found.empty()) return NotFound(request.form());
  }
  v1::SurveyReport report;
  report.set_measure(request.measure() == v1::SURVEY_MEASURE_UNSPECIFIED
                         ? v1::SURVEY_MEASURE_NPS
                         : request.measure());
  if (filter.person) report.set_person(PersonName(*filter.person));
  if (filter.team) report.set_team(TeamName(*filter.team));
  *report.mutable_period() = request.period();

  ASSIGN_OR_RETURN(const Tallies months,
                   SumMonths(tx, filter, report.measure()));
  SurveyTally overall;
  for (const auto& [month, tally] : months) overall.Add(tally);
  *report.mutable_overall() = FigureOf(report.measure(), overall);
  AddMonths(months, report);
  const std::optional<SurveyFilter> before = Before(filter);
  if (before) {
    report.mutable_period_before()->set_first_day(
        FormatDay(*before->first_day));
    report.mutable_period_before()->set_last_day(FormatDay(*before->last_day));
    ASSIGN_OR_RETURN(const SurveyTally earlier,
                     SumAll(tx, *before, report.measure()));
    *report.mutable_change() = ChangeOf(report.measure(), earlier, overall);
  }
  if (request.group_by() == v1::SurveyReport::GROUPING_MONTH) {
    AddMonthGroups(months, report);
  } else if (request.group_by() != v1::SurveyReport::GROUPING_UNSPECIFIED) {
    RETURN_IF_ERROR(AddGroups(tx, filter, before, request.group_by(), report));
    std::sort(report.mutable_groups()->begin(), report.mutable_groups()->end(),
              ComesBefore);
  }
  AdjustGroups(report);
  return report;
}

}  // namespace attune
