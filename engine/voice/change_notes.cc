#include "engine/voice/change_notes.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/report/report_filter.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/change_note.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT body FROM change_note WHERE id = $1)sql";

constexpr char kHasForm[] = R"sql(
  SELECT 1 FROM form WHERE id = $1)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO change_note (id, day, team, form, body)
  VALUES ($1, $2, $3, $4, $5))sql";

Value OrNull(const std::optional<std::string>& id) {
  return id ? Value(*id) : Value();
}

}  // namespace

absl::StatusOr<v1::ChangeNote> FindChangeNote(Transaction& tx,
                                              const Caller& caller,
                                              absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(ChangeNoteName(id));
  v1::ChangeNote note;
  Cells cells(rows[0]);
  cells.Message(note);
  RETURN_IF_ERROR(cells.Done());
  const bool reached = caller.reach.all || note.team().empty() ||
                       (caller.reach.team && !caller.team.empty() &&
                        note.team() == TeamName(caller.team));
  if (!reached) return NotFound(ChangeNoteName(id));
  return note;
}

absl::StatusOr<v1::ChangeNote> ChangeNotes::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateChangeNoteRequest& request) const {
  const v1::ChangeNote& wanted = request.change_note();
  Violations bad;
  CheckChangeNote(wanted, "change_note", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(const auto team,
                   FindTeamInReach(tx, caller, ParseTeamName(wanted.team())));
  const auto form = ParseFormName(wanted.form());
  if (form) {
    ASSIGN_OR_RETURN(const std::vector<Row> found, tx.Run(kHasForm, {*form}));
    if (found.empty()) return NotFound(wanted.form());
  }
  const int64_t now_us = clock_();
  const std::string id = MakeUuid(now_us);
  v1::ChangeNote note = wanted;
  note.set_name(ChangeNoteName(id));
  note.set_team(team ? TeamName(*team) : "");
  note.set_author(caller.person.empty() ? "" : PersonName(caller.person));
  *note.mutable_create_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(
      tx.Send(kInsert, {id, ParseDay(note.day()).value_or(0), OrNull(team),
                        OrNull(form), Bytes{note.SerializeAsString()}}));
  return note;
}

absl::StatusOr<v1::ListChangeNotesResponse> ChangeNotes::List(
    Transaction& tx, const Caller& caller,
    const v1::ListChangeNotesRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  Violations bad;
  const auto team = CheckTeam(request.team(), bad);
  const auto form = CheckForm(request.form(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  Query query("SELECT n.day, n.id, n.body FROM change_note n WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t day = 0;
    if (!absl::SimpleAtoi(page.after[0], &day)) day = 0;
    query.Add("(n.day, n.id) < (?, ?)", {day, page.after[1]});
  }
  if (team) query.Add(" AND n.team = ?", {*team});
  if (form) query.Add(" AND n.form = ?", {*form});
  if (!caller.reach.all) {
    query.Add(" AND (n.team IS NULL OR n.team = ?)",
              {caller.reach.team ? caller.team : ""});
  }
  query.Add(" ORDER BY n.day DESC, n.id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListChangeNotesResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.change_notes_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    cells.Message(*response.add_change_notes());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
