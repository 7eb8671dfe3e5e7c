#include "engine/store/rollups.h"

#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/evaluation/standing.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {
namespace {

// Sections in one row.  Five figures each keep a row of the usual form well
// under a page, and most forms to a single row.
constexpr int64_t kSlotsPerBlock = 8;
constexpr size_t kCategories = 3;

constexpr const char* kTotals[] = {"n",
                                   "unscored",
                                   "acknowledged",
                                   "sum",
                                   "sum_squares",
                                   "critical",
                                   "critical_customer",
                                   "critical_business",
                                   "critical_compliance"};
constexpr const char* kSectionFigures[] = {"n", "sum", "sum_squares", "lost",
                                           "critical"};

// The names of all figures, in the order they are stored and bound.
std::vector<std::string> FigureNames() {
  std::vector<std::string> names(std::begin(kTotals), std::end(kTotals));
  for (int64_t slot = 0; slot < kSlotsPerBlock; ++slot) {
    for (const char* figure : kSectionFigures) {
      names.push_back(absl::StrCat("s", slot, "_", figure));
    }
  }
  return names;
}

std::string MakeUpsert() {
  std::string columns = "day, person, form, kind, block";
  std::string values = "$1, $2, $3, $4, $5";
  std::string sums;
  int parameter = 5;
  for (const std::string& name : FigureNames()) {
    absl::StrAppend(&columns, ", ", name);
    absl::StrAppend(&values, ", $", ++parameter);
    absl::StrAppend(&sums, sums.empty() ? "" : ", ", name,
                    " = evaluation_rollup.", name, " + excluded.", name);
  }
  return absl::StrCat("INSERT INTO evaluation_rollup (", columns, ") VALUES (",
                      values,
                      ") ON CONFLICT (day, person, form, kind, block) "
                      "DO UPDATE SET ",
                      sums);
}

std::string MakeSelect() {
  std::string columns = "r.day, r.person, r.form, r.kind, r.block";
  for (const std::string& name : FigureNames()) {
    absl::StrAppend(&columns, ", r.", name);
  }
  return absl::StrCat("SELECT ", columns, " FROM evaluation_rollup r");
}

// The figures of one block, in FigureNames() order.
void AppendFigures(const Tally& tally, int64_t block,
                   std::vector<Value>& values) {
  const bool totals = block == 0;
  const auto add = [&](int64_t figure) { values.emplace_back(figure); };
  for (const int64_t figure :
       {tally.percent.n, tally.unscored, tally.acknowledged, tally.percent.sum,
        tally.percent.sum_squares, tally.critical,
        tally.critical_by_category[0], tally.critical_by_category[1],
        tally.critical_by_category[2]}) {
    add(totals ? figure : 0);
  }
  for (int64_t i = 0; i < kSlotsPerBlock; ++i) {
    const auto found = tally.sections.find(block * kSlotsPerBlock + i);
    const SectionSums section =
        found == tally.sections.end() ? SectionSums{} : found->second;
    add(section.percent.n);
    add(section.percent.sum);
    add(section.percent.sum_squares);
    add(section.lost);
    add(section.critical);
  }
}

// Reads one block back.  A section of which nothing is known is left out.
void ReadFigures(Cells& cells, int64_t block, Tally& tally) {
  Tally read;
  read.percent.n = cells.Int();
  read.unscored = cells.Int();
  read.acknowledged = cells.Int();
  read.percent.sum = cells.Int();
  read.percent.sum_squares = cells.Int();
  read.critical = cells.Int();
  for (size_t i = 0; i < kCategories; ++i) {
    read.critical_by_category[i] = cells.Int();
  }
  for (int64_t i = 0; i < kSlotsPerBlock; ++i) {
    SectionSums section;
    section.percent.n = cells.Int();
    section.percent.sum = cells.Int();
    section.percent.sum_squares = cells.Int();
    section.lost = cells.Int();
    section.critical = cells.Int();
    if (section != SectionSums{}) {
      read.sections[block * kSlotsPerBlock + i] = section;
    }
  }
  tally.Add(read);
}

int64_t Hundredths(double percent) { return std::llround(percent * 100); }

constexpr char kFindSlots[] = R"sql(
  SELECT section_id, slot FROM form_section WHERE form = $1)sql";

constexpr char kUpsertSection[] = R"sql(
  INSERT INTO form_section (form, section_id, slot, title, value)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (form, section_id)
  DO UPDATE SET title = excluded.title, value = excluded.value)sql";

constexpr char kFindSections[] = R"sql(
  SELECT slot, section_id, title, value FROM form_section
  WHERE form = $1)sql";

}  // namespace

void SectionSums::Add(const SectionSums& other) {
  percent.Add(other.percent);
  lost += other.lost;
  critical += other.critical;
}

void SectionSums::Subtract(const SectionSums& other) {
  percent.Subtract(other.percent);
  lost -= other.lost;
  critical -= other.critical;
}

void Tally::Add(const Tally& other) {
  percent.Add(other.percent);
  unscored += other.unscored;
  acknowledged += other.acknowledged;
  critical += other.critical;
  for (size_t i = 0; i < kCategories; ++i) {
    critical_by_category[i] += other.critical_by_category[i];
  }
  for (const auto& [slot, section] : other.sections) {
    sections[slot].Add(section);
  }
}

void Tally::Subtract(const Tally& other) {
  percent.Subtract(other.percent);
  unscored -= other.unscored;
  acknowledged -= other.acknowledged;
  critical -= other.critical;
  for (size_t i = 0; i < kCategories; ++i) {
    critical_by_category[i] -= other.critical_by_category[i];
  }
  for (const auto& [slot, section] : other.sections) {
    SectionSums& own = sections[slot];
    own.Subtract(section);
    if (own == SectionSums{}) sections.erase(slot);
  }
}

Tally TallyOf(const v1::Evaluation& evaluation, const SectionSlots& slots) {
  Tally tally;
  if (!Counts(evaluation)) return tally;
  const v1::Score& score = EffectiveScore(evaluation);
  if (score.has_percent()) {
    tally.percent.Add(Hundredths(score.percent()));
  } else {
    tally.unscored = 1;
  }
  if (IsAcknowledged(evaluation)) tally.acknowledged = 1;
  const auto section_of = [&](const std::string& section_id) -> SectionSums* {
    const auto slot = slots.find(section_id);
    return slot == slots.end() ? nullptr : &tally.sections[slot->second];
  };
  for (const v1::SectionScore& section : score.sections()) {
    if (!section.has_percent()) continue;
    if (SectionSums* sums = section_of(section.section_id())) {
      sums->percent.Add(Hundredths(section.percent()));
      sums->lost += Hundredths(section.lost());
    }
  }
  std::set<size_t> categories;
  for (const v1::CriticalFailure& failure : score.critical_failures()) {
    if (SectionSums* sums = section_of(failure.section_id())) ++sums->critical;
    if (failure.category() >= v1::Critical::CUSTOMER &&
        failure.category() <= v1::Critical::COMPLIANCE) {
      categories.insert(
          static_cast<size_t>(failure.category() - v1::Critical::CUSTOMER));
    }
  }
  if (score.critical_failures_size() > 0) tally.critical = 1;
  for (const size_t category : categories) {
    tally.critical_by_category[category] = 1;
  }
  return tally;
}

absl::StatusOr<SectionSlots> FindSlots(Transaction& tx,
                                       absl::string_view form_id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindSlots, {std::string(form_id)}));
  SectionSlots slots;
  for (const Row& row : rows) {
    Cells cells(row);
    std::string section_id = cells.Text();
    slots[std::move(section_id)] = cells.Int();
    RETURN_IF_ERROR(cells.Done());
  }
  return slots;
}

absl::StatusOr<SectionSlots> AssignSlots(Transaction& tx,
                                         absl::string_view form_id,
                                         const v1::Form& form) {
  ASSIGN_OR_RETURN(SectionSlots slots, FindSlots(tx, form_id));
  for (const v1::Section& section : form.sections()) {
    const auto next = static_cast<int64_t>(slots.size());
    const auto [entry, is_new] = slots.emplace(section.section_id(), next);
    RETURN_IF_ERROR(tx.Run(kUpsertSection,
                           {std::string(form_id), section.section_id(),
                            entry->second, section.title(), section.value()})
                        .status());
  }
  return slots;
}

absl::StatusOr<std::map<int64_t, SectionLabel>> FindSectionLabels(
    Transaction& tx, absl::string_view form_id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFindSections, {std::string(form_id)}));
  std::map<int64_t, SectionLabel> labels;
  for (const Row& row : rows) {
    Cells cells(row);
    SectionLabel& label = labels[cells.Int()];
    label.section_id = cells.Text();
    label.title = cells.Text();
    label.value = cells.Text();
    RETURN_IF_ERROR(cells.Done());
  }
  return labels;
}

absl::Status AddToRollup(Transaction& tx, const RollupKey& key,
                         const Tally& tally) {
  static const std::string& upsert = *new std::string(MakeUpsert());
  std::set<int64_t> blocks = {0};
  for (const auto& [slot, section] : tally.sections) {
    blocks.insert(slot / kSlotsPerBlock);
  }
  for (const int64_t block : blocks) {
    std::vector<Value> values = {key.day, key.person, key.form, key.kind,
                                 block};
    AppendFigures(tally, block, values);
    RETURN_IF_ERROR(tx.Send(upsert, values));
  }
  return absl::OkStatus();
}

absl::Status ScanRollups(
    Transaction& tx, const RollupFilter& filter,
    absl::FunctionRef<absl::Status(const RollupKey&, const Tally&)> on_rollup) {
  static const std::string& select = *new std::string(MakeSelect());
  Query query(select);
  if (filter.team) {
    query.Add(" JOIN person p ON p.id = r.person AND p.team = ?",
              {*filter.team});
  }
  query.Add(" WHERE 1 = 1");
  if (filter.person) query.Add(" AND r.person = ?", {*filter.person});
  if (filter.form) query.Add(" AND r.form = ?", {*filter.form});
  if (filter.kind) query.Add(" AND r.kind = ?", {*filter.kind});
  if (filter.first_day) query.Add(" AND r.day >= ?", {*filter.first_day});
  if (filter.last_day) query.Add(" AND r.day <= ?", {*filter.last_day});
  query.Add(" ORDER BY r.person, r.day, r.form, r.kind, r.block");

  std::optional<RollupKey> key;
  Tally tally;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(),
                          [&](const Row& row) -> absl::Status {
                            Cells cells(row);
                            RollupKey next;
                            next.day = cells.Int();
                            next.person = cells.Text();
                            next.form = cells.Text();
                            next.kind = cells.Int();
                            const int64_t block = cells.Int();
                            if (key && *key != next) {
                              RETURN_IF_ERROR(on_rollup(*key, tally));
                              tally = Tally();
                            }
                            key = std::move(next);
                            ReadFigures(cells, block, tally);
                            return cells.Done();
                          }));
  return key ? on_rollup(*key, tally) : absl::OkStatus();
}

}  // namespace attune
