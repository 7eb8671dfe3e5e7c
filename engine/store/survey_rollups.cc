#include "engine/store/survey_rollups.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

// Every figure with its column; the one place that knows both.
template <typename Tally, typename Visit>
void VisitFigures(Tally& tally, Visit visit) {
  visit("responses", tally.responses);
  visit("answered", tally.answered);
  visit("opted_out", tally.opted_out);
  visit("expired", tally.expired);
  visit("promoters", tally.nps.promoters);
  visit("passives", tally.nps.passives);
  visit("detractors", tally.nps.detractors);
  visit("csat_n", tally.csat.n);
  visit("csat_sum", tally.csat.sum);
  visit("csat_sum_squares", tally.csat.sum_squares);
  visit("rating_n", tally.partner_rating.n);
  visit("rating_sum", tally.partner_rating.sum);
  visit("rating_sum_squares", tally.partner_rating.sum_squares);
  visit("hire_yes", tally.would_hire.yes);
  visit("hire_no", tally.would_hire.no);
  visit("recommend_yes", tally.would_recommend.yes);
  visit("recommend_no", tally.would_recommend.no);
  visit("refer_yes", tally.did_refer.yes);
  visit("refer_no", tally.did_refer.no);
}

// `separator` between `pattern`s, each with a figure's name for every $.
std::string ForEachFigure(absl::string_view pattern,
                          absl::string_view separator) {
  std::string text;
  for (const auto& [name, unused] : FiguresOf(SurveyTally())) {
    if (!text.empty()) absl::StrAppend(&text, separator);
    for (const char c : pattern) {
      if (c == '$') {
        text += name;
      } else {
        text += c;
      }
    }
  }
  return text;
}

std::string MakeUpsert() {
  std::string values = "$1, $2, $3, $4";
  for (size_t i = 0; i < FiguresOf(SurveyTally()).size(); ++i) {
    absl::StrAppend(&values, ", $", i + 5);
  }
  return absl::StrCat(
      "INSERT INTO survey_rollup (day, person, channel, queue, ",
      ForEachFigure("$", ", "), ") VALUES (", values,
      ") ON CONFLICT (day, person, channel, queue) DO UPDATE SET ",
      ForEachFigure("$ = survey_rollup.$ + excluded.$", ", "));
}

SurveyTally ReadFigures(Cells& cells) {
  SurveyTally tally;
  VisitFigures(tally,
               [&](const char*, int64_t& figure) { figure = cells.Int(); });
  return tally;
}

// Whether a figure is asked for with a measure.
bool Needs(v1::SurveyMeasure measure, absl::string_view name) {
  if (name == "responses" || name == "answered") return true;
  switch (measure) {
    case v1::SURVEY_MEASURE_CSAT:
      return absl::StartsWith(name, "csat_");
    case v1::SURVEY_MEASURE_PARTNER_RATING:
      return absl::StartsWith(name, "rating_");
    case v1::SURVEY_MEASURE_WOULD_HIRE:
      return absl::StartsWith(name, "hire_");
    case v1::SURVEY_MEASURE_WOULD_RECOMMEND:
      return absl::StartsWith(name, "recommend_");
    case v1::SURVEY_MEASURE_DID_REFER:
      return absl::StartsWith(name, "refer_");
    default:
      return name == "promoters" || name == "passives" || name == "detractors";
  }
}

std::string SumsOf(v1::SurveyMeasure measure) {
  std::string sums;
  for (const auto& [name, unused] : FiguresOf(SurveyTally())) {
    if (!Needs(measure, name)) continue;
    absl::StrAppend(&sums, ", CAST(SUM(r.", name, ") AS BIGINT)");
  }
  return sums;
}

SurveyTally ReadSums(v1::SurveyMeasure measure, Cells& cells) {
  SurveyTally tally;
  VisitFigures(tally, [&](const char* name, int64_t& figure) {
    if (Needs(measure, name)) figure = cells.Int();
  });
  return tally;
}

void Count(bool present, bool yes, ShareCounts& counts) {
  if (present) ++(yes ? counts.yes : counts.no);
}

bool IsText(SurveyGrouping grouping) {
  return grouping == SurveyGrouping::kPerson ||
         grouping == SurveyGrouping::kTeam ||
         grouping == SurveyGrouping::kQueue;
}

// A group as it stands in a row.
using Group = std::pair<int64_t, std::string>;

Group ReadGroup(SurveyGrouping grouping, Cells& cells) {
  if (IsText(grouping)) return {0, cells.Text()};
  return {cells.Int(), ""};
}

Value ToValue(SurveyGrouping grouping, const Group& group) {
  return IsText(grouping) ? Value(group.second) : Value(group.first);
}

// Of rollups and of responses, both called r.
const char* ColumnOf(SurveyGrouping grouping) {
  switch (grouping) {
    case SurveyGrouping::kPerson:
      return "r.person";
    case SurveyGrouping::kTeam:
      return "COALESCE(p.team, '')";
    case SurveyGrouping::kChannel:
      return "r.channel";
    case SurveyGrouping::kQueue:
      return "r.queue";
    case SurveyGrouping::kDay:
      break;
  }
  return "r.day";
}

// ` JOIN person ... WHERE ...`, but for the days.
void AddConditions(const SurveyFilter& filter, SurveyGrouping grouping,
                   Query& query) {
  if (filter.team || grouping == SurveyGrouping::kTeam) {
    query.Add(" JOIN person p ON p.id = r.person");
  }
  query.Add(" WHERE 1 = 1");
  if (filter.team) query.Add(" AND p.team = ?", {*filter.team});
  if (filter.person) query.Add(" AND r.person = ?", {*filter.person});
  if (filter.channel) query.Add(" AND r.channel = ?", {*filter.channel});
  if (filter.queue) query.Add(" AND r.queue = ?", {*filter.queue});
}

using Groups = std::map<Group, SurveyTally>;

// From the responses themselves.
absl::StatusOr<Groups> SumResponses(Transaction& tx, const SurveyFilter& filter,
                                    SurveyGrouping grouping) {
  const bool by_day = grouping == SurveyGrouping::kDay;
  Query query(absl::StrCat("SELECT r.body, ",
                           by_day ? "r.contact_us" : ColumnOf(grouping),
                           " FROM survey_response r"));
  AddConditions(filter, grouping, query);
  if (filter.first_day) {
    query.Add(" AND r.contact_us >= ?", {*filter.first_day * kMicrosPerDay});
  }
  if (filter.last_day) {
    query.Add(" AND r.contact_us < ?",
              {(*filter.last_day + 1) * kMicrosPerDay});
  }
  // What counts, as in standing.h.
  query.Add(
      " AND (r.contact, r.person) IN (SELECT e.contact, e.person"
      " FROM evaluation e WHERE e.form = ? AND e.kind = 1"
      " AND e.state IN (2, 3, 4) AND e.withheld = 0)",
      {*filter.form});
  Groups groups;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
    v1::SurveyResponse response;
    Cells cells(row);
    cells.Message(response);
    Group group = ReadGroup(grouping, cells);
    if (by_day) group.first = DayOf(group.first);
    groups[group].Add(TallyOf(response));
    return cells.Done();
  }));
  return groups;
}

}  // namespace

void SurveyTally::Add(const SurveyTally& other) {
  const auto figures = FiguresOf(other);
  auto theirs = figures.begin();
  VisitFigures(*this, [&](const char*, int64_t& figure) {
    figure += (theirs++)->second;
  });
}

void SurveyTally::Subtract(const SurveyTally& other) {
  const auto figures = FiguresOf(other);
  auto theirs = figures.begin();
  VisitFigures(*this, [&](const char*, int64_t& figure) {
    figure -= (theirs++)->second;
  });
}

bool operator==(const SurveyTally& a, const SurveyTally& b) {
  const auto first = FiguresOf(a);
  const auto second = FiguresOf(b);
  for (size_t i = 0; i < first.size(); ++i) {
    if (first[i].second != second[i].second) return false;
  }
  return true;
}

std::vector<std::pair<const char*, int64_t>> FiguresOf(
    const SurveyTally& tally) {
  std::vector<std::pair<const char*, int64_t>> figures;
  VisitFigures(tally, [&](const char* name, int64_t figure) {
    figures.emplace_back(name, figure);
  });
  return figures;
}

SurveyTally TallyOf(const v1::SurveyResponse& response) {
  SurveyTally tally;
  tally.responses = 1;
  switch (response.status()) {
    case v1::SurveyResponse::STATUS_ANSWERED:
      tally.answered = 1;
      break;
    case v1::SurveyResponse::STATUS_OPTED_OUT:
      tally.opted_out = 1;
      break;
    case v1::SurveyResponse::STATUS_EXPIRED:
      tally.expired = 1;
      break;
    default:
      break;
  }
  if (response.has_nps()) {
    if (const auto category = NpsCategoryOf(response.nps())) {
      tally.nps.Add(*category);
    }
  }
  if (response.has_csat()) tally.csat.Add(response.csat());
  if (response.has_partner_rating()) {
    tally.partner_rating.Add(response.partner_rating());
  }
  Count(response.has_would_hire(), response.would_hire(), tally.would_hire);
  Count(response.has_would_recommend(), response.would_recommend(),
        tally.would_recommend);
  Count(response.has_did_refer(), response.did_refer(), tally.did_refer);
  return tally;
}

SurveyRollupKey RollupKeyOf(const v1::SurveyResponse& response) {
  SurveyRollupKey key;
  key.day = DayOf(ToMicros(response.contact_time()));
  key.person =
      ParseContactName(response.contact()).value_or(PersonPart{}).person;
  key.channel = response.channel();
  key.queue = response.queue();
  return key;
}

absl::Status AddToSurveyRollup(Transaction& tx, const SurveyRollupKey& key,
                               const SurveyTally& tally) {
  static const std::string& upsert = *new std::string(MakeUpsert());
  std::vector<Value> values = {key.day, key.person, key.channel, key.queue};
  for (const auto& [name, figure] : FiguresOf(tally)) {
    values.emplace_back(figure);
  }
  return tx.Send(upsert, values);
}

absl::Status SumSurveys(
    Transaction& tx, const SurveyFilter& filter, v1::SurveyMeasure measure,
    SurveyGrouping grouping,
    absl::FunctionRef<absl::Status(const Value& group, const SurveyTally&)>
        on_group) {
  if (filter.form) {
    ASSIGN_OR_RETURN(const Groups groups, SumResponses(tx, filter, grouping));
    for (const auto& [group, tally] : groups) {
      RETURN_IF_ERROR(on_group(ToValue(grouping, group), tally));
    }
    return absl::OkStatus();
  }
  Query query(absl::StrCat("SELECT ", ColumnOf(grouping), SumsOf(measure),
                           " FROM survey_rollup r"));
  AddConditions(filter, grouping, query);
  if (filter.first_day) query.Add(" AND r.day >= ?", {*filter.first_day});
  if (filter.last_day) query.Add(" AND r.day <= ?", {*filter.last_day});
  query.Add(absl::StrCat(" GROUP BY ", ColumnOf(grouping), " ORDER BY ",
                         ColumnOf(grouping)));
  return tx.Scan(query.text(), query.params(),
                 [&](const Row& row) -> absl::Status {
                   Cells cells(row);
                   const Group group = ReadGroup(grouping, cells);
                   const SurveyTally tally = ReadSums(measure, cells);
                   RETURN_IF_ERROR(cells.Done());
                   return on_group(ToValue(grouping, group), tally);
                 });
}

absl::Status ScanSurveyRollups(
    Transaction& tx,
    absl::FunctionRef<absl::Status(const SurveyRollupKey&, const SurveyTally&)>
        on_rollup) {
  static const std::string& select = *new std::string(absl::StrCat(
      "SELECT r.day, r.person, r.channel, r.queue, ",
      ForEachFigure("r.$", ", "),
      " FROM survey_rollup r ORDER BY r.day, r.person, r.channel, r.queue"));
  return tx.Scan(select, {}, [&](const Row& row) -> absl::Status {
    Cells cells(row);
    SurveyRollupKey key;
    key.day = cells.Int();
    key.person = cells.Text();
    key.channel = cells.Int();
    key.queue = cells.Text();
    const SurveyTally tally = ReadFigures(cells);
    RETURN_IF_ERROR(cells.Done());
    return on_rollup(key, tally);
  });
}

}  // namespace attune
