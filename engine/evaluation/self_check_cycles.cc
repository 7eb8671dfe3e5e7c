#include "engine/evaluation/self_check_cycles.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/self_check_assignments.h"
#include "engine/evaluation/self_check_cycle.h"
#include "engine/evaluation/self_check_rows.h"
#include "engine/evaluation/self_check_tally.h"
#include "engine/evaluation/self_gaps.h"
#include "engine/evaluation/withheld_evaluations.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kFindForm[] = R"sql(
  SELECT 1 FROM form WHERE id = $1)sql";

constexpr char kFindOpen[] = R"sql(
  SELECT id FROM self_check_cycle WHERE form = $1 AND state = 1)sql";

constexpr char kFeedback[] = R"sql(
  SELECT body FROM form_feedback WHERE cycle = $1)sql";

// Role 1 is the agent's.
constexpr char kCountMissing[] = R"sql(
  SELECT COUNT(*) FROM person p
  WHERE (p.roles & 2) <> 0
    AND NOT EXISTS (SELECT 1 FROM self_check s
                    WHERE s.cycle = $1 AND s.person = p.id))sql";

// A tally tells of everyone's grades.
void HideTallyFrom(const Caller& caller, v1::SelfCheckCycle& cycle) {
  if (!caller.reach.all) cycle.clear_tally();
}

absl::StatusOr<v1::SelfCheckTally> TallyUp(Transaction& tx,
                                           const std::string& cycle) {
  SelfCheckTallyBuilder builder;
  ASSIGN_OR_RETURN(std::vector<v1::SelfCheck> sessions,
                   FindSessions(tx, cycle));
  for (v1::SelfCheck& check : sessions) {
    RETURN_IF_ERROR(TellGaps(tx, check));
    builder.AddSession(check);
  }
  RETURN_IF_ERROR(tx.Scan(kFeedback, {cycle}, [&](const Row& row) {
    v1::FormFeedback feedback;
    Cells cells(row);
    cells.Message(feedback);
    builder.AddFeedback(feedback);
    return cells.Done();
  }));
  ASSIGN_OR_RETURN(const std::vector<Row> missing,
                   tx.Run(kCountMissing, {cycle}));
  Cells cells(missing[0]);
  builder.AddMissing(cells.Int());
  RETURN_IF_ERROR(cells.Done());
  return builder.Build();
}

}  // namespace

absl::StatusOr<v1::SelfCheckCycle> SelfCheckCycles::Create(
    Transaction& tx, const Caller&,
    const v1::CreateSelfCheckCycleRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  CheckNewCycle(request, now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const v1::SelfCheckCycle cycle = MakeCycle(request, now_us);
  const std::string form = ParseFormName(cycle.form()).value_or("");
  ASSIGN_OR_RETURN(const auto found,
                   tx.RunAll({{kFindForm, {form}}, {kFindOpen, {form}}}));
  if (found[0].empty()) return NotFound(cycle.form());
  if (!found[1].empty()) {
    Cells cells(found[1][0]);
    const std::string open = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    if (open == request.cycle_id()) return AlreadyExists(cycle.name());
    return FailedPrecondition(
        "CYCLE_OPEN", absl::StrCat(SelfCheckCycleName(open), " of ",
                                   cycle.form(), " is open; close it first."));
  }
  RETURN_IF_ERROR(InsertCycle(tx, cycle));
  return cycle;
}

absl::StatusOr<v1::SelfCheckCycle> SelfCheckCycles::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetSelfCheckCycleRequest& request) const {
  const auto id = ParseSelfCheckCycleName(request.name());
  if (!id) {
    return Invalid("name", "NAME_INVALID",
                   "A cycle is selfCheckCycles/{cycle}.");
  }
  ASSIGN_OR_RETURN(v1::SelfCheckCycle cycle, FindCycle(tx, *id));
  HideTallyFrom(caller, cycle);
  return cycle;
}

absl::StatusOr<v1::ListSelfCheckCyclesResponse> SelfCheckCycles::List(
    Transaction& tx, const Caller& caller,
    const v1::ListSelfCheckCyclesRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Query query("SELECT open_us, id, body FROM self_check_cycle WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t open_us = 0;
    if (!absl::SimpleAtoi(page.after[0], &open_us)) {
      return Invalid("page_token", "PAGE_TOKEN_INVALID",
                     "Use the token of the previous page as it is.");
    }
    query.Add("(open_us < ? OR (open_us = ? AND id < ?))",
              {open_us, open_us, page.after[1]});
  }
  if (!request.form().empty()) {
    const auto form = ParseFormName(request.form());
    if (!form) {
      return Invalid("form", "NAME_INVALID", "A form is forms/{form}.");
    }
    query.Add(" AND form = ?", {*form});
  }
  if (request.state() != v1::SelfCheckCycle::STATE_UNSPECIFIED) {
    query.Add(" AND state = ?", {int64_t{request.state()}});
  }
  query.Add(" ORDER BY open_us DESC, id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListSelfCheckCyclesResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.cycles_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    v1::SelfCheckCycle& cycle = *response.add_cycles();
    cells.Message(cycle);
    RETURN_IF_ERROR(cells.Done());
    HideTallyFrom(caller, cycle);
  }
  return response;
}

absl::StatusOr<v1::SelfCheckCycle> SelfCheckCycles::Close(
    Transaction& tx, const Caller&,
    const v1::CloseSelfCheckCycleRequest& request) const {
  Violations bad;
  const auto id = ParseSelfCheckCycleName(request.name());
  if (!id) {
    bad.Add("name", "NAME_INVALID", "A cycle is selfCheckCycles/{cycle}.");
  }
  if (request.etag().empty()) {
    bad.Add("etag", "ETAG_MISSING", "Send the etag that was read.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::SelfCheckCycle cycle, FindCycle(tx, *id));
  if (cycle.state() == v1::SelfCheckCycle::STATE_CLOSED) {
    return CycleClosed(cycle.name());
  }
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(cycle, request.etag()));
  const int64_t now_us = clock_();
  RETURN_IF_ERROR(ShowAll(tx, *id, {now_us, contest_days_}));
  RETURN_IF_ERROR(WithdrawAll(tx, *id, now_us));
  ASSIGN_OR_RETURN(*cycle.mutable_tally(), TallyUp(tx, *id));
  cycle.set_state(v1::SelfCheckCycle::STATE_CLOSED);
  cycle.set_etag(absl::StrCat(version));
  *cycle.mutable_update_time() = ToTimestamp(now_us);
  *cycle.mutable_actual_close_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(UpdateCycle(tx, cycle));
  return cycle;
}

}  // namespace attune
