#include "engine/evaluation/contest_items.h"

#include "attune/v1/contest.pb.h"
#include "engine/clock.h"
#include "engine/store/query.h"

namespace attune {
namespace {

using Standing = ContestedItem::Standing;

constexpr char kItems[] = R"sql(
  SELECT i.form, i.question, i.rater, a.team, i.outcome, c.state
  FROM contest_item i
  JOIN contest c ON c.id = i.contest AND c.person = i.person
  JOIN person a ON a.id = i.person)sql";

Standing StandingOf(int64_t outcome, int64_t state) {
  if (state == v1::Contest::STATE_OPEN ||
      state == v1::Contest::STATE_ESCALATED) {
    return Standing::kOpen;
  }
  if (outcome == v1::ItemRuling::OUTCOME_UPHELD) return Standing::kUpheld;
  if (outcome == v1::ItemRuling::OUTCOME_CHANGED) return Standing::kChanged;
  return Standing::kClosed;
}

absl::Status Scan(Transaction& tx, const Query& query,
                  OnContestedItem on_item) {
  return tx.Scan(query.text(), query.params(), [&](const Row& row) {
    Cells cells(row);
    ContestedItem item;
    item.form = cells.Text();
    item.question = cells.Text();
    item.rater = cells.Text();
    item.team = cells.TextOr("");
    const int64_t outcome = cells.Int();
    item.standing = StandingOf(outcome, cells.Int());
    on_item(item);
    return cells.Done();
  });
}

}  // namespace

absl::Status ScanItemsContestedIn(Transaction& tx, const RollupFilter& filter,
                                  OnContestedItem on_item) {
  Query query(kItems);
  query.Add(" WHERE 1 = 1");
  if (filter.team) query.Add(" AND a.team = ?", {*filter.team});
  if (filter.form) query.Add(" AND i.form = ?", {*filter.form});
  if (filter.first_day) {
    query.Add(" AND i.create_us >= ?", {*filter.first_day * kMicrosPerDay});
  }
  if (filter.last_day) {
    query.Add(" AND i.create_us < ?", {(*filter.last_day + 1) * kMicrosPerDay});
  }
  return Scan(tx, query, on_item);
}

absl::Status ScanItemsOf(Transaction& tx, const CountedFilter& filter,
                         OnContestedItem on_item) {
  Query query(kItems);
  query.Add(
      " JOIN evaluation e ON e.id = i.evaluation AND e.person = i.person");
  AddCountedJoin(filter, query);
  AddCountedWhere(filter, query);
  return Scan(tx, query, on_item);
}

}  // namespace attune
