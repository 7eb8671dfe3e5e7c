#include "engine/evaluation/answered_evaluations.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"

namespace attune {

absl::Status ScanAnswered(
    Transaction& tx, const CountedFilter& filter, CustomerAnswer answer,
    absl::FunctionRef<void(const AnsweredEvaluation&)> on_row) {
  const std::string column =
      answer == CustomerAnswer::kCsat ? "r.csat" : "r.nps";
  Query query(
      absl::StrCat("SELECT r.contact, r.person, ", column,
                   ", e.body FROM evaluation e JOIN survey_response r"
                   " ON r.contact = e.contact AND r.person = e.person"));
  AddCountedJoin(filter, query);
  AddCountedWhere(filter, query);
  query.Add(absl::StrCat(" AND ", column,
                         " IS NOT NULL ORDER BY r.contact, r.person, e.id"));
  AnsweredEvaluation next;
  return tx.Scan(query.text(), query.params(),
                 [&](const Row& row) -> absl::Status {
                   Cells cells(row);
                   next.contact.id = cells.Text();
                   next.contact.person = cells.Text();
                   next.answer = cells.Int();
                   next.evaluation.Clear();
                   cells.Message(next.evaluation);
                   RETURN_IF_ERROR(cells.Done());
                   on_row(next);
                   return absl::OkStatus();
                 });
}

}  // namespace attune
