#include "engine/voice/great_call_rows.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/store/text_search.h"
#include "engine/voice/great_call.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO great_call (id, person, contact, form, section, value, nominator,
                          state, kudos, search_key, words, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11))sql";

// State 3 is declined.
constexpr char kTaken[] = R"sql(
  SELECT id FROM great_call
  WHERE contact = $1 AND person = $2 AND form = $3 AND section = $4
    AND state <> 3)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE great_call SET state = $3, body = $4
  WHERE id = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT g.person, p.team, g.kudos, g.body
  FROM great_call g JOIN person p ON p.id = g.person WHERE g.id = )sql";

constexpr char kInsertKudos[] = R"sql(
  INSERT INTO great_call_kudos (great_call, person, giver, create_us)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (great_call, person, giver) DO NOTHING RETURNING giver)sql";

constexpr char kCountKudos[] = R"sql(
  UPDATE great_call SET kudos = kudos + 1 WHERE id = $1 AND person = $2
  RETURNING kudos)sql";

constexpr char kFindForm[] = R"sql(
  SELECT 1 FROM form WHERE id = $1)sql";

constexpr char kFindSection[] = R"sql(
  SELECT title, value FROM form_section
  WHERE form = $1 AND section_id = $2)sql";

PersonPart PartOf(const v1::GreatCall& great_call) {
  return ParseGreatCallName(great_call.name()).value_or(PersonPart{});
}

std::string NominatorOf(const v1::GreatCall& great_call) {
  return ParsePersonName(great_call.nominator()).value_or("");
}

}  // namespace

absl::Status InsertGreatCall(Transaction& tx, const v1::GreatCall& great_call) {
  const PersonPart name = PartOf(great_call);
  const PersonPart contact =
      ParseContactName(great_call.contact()).value_or(PersonPart{});
  const std::string form = ParseFormName(great_call.form()).value_or("");
  ASSIGN_OR_RETURN(const std::vector<Row> taken,
                   tx.Run(kTaken, {contact.id, contact.person, form,
                                   great_call.section_id()}));
  if (!taken.empty()) {
    Cells cells(taken[0]);
    const std::string other = cells.Text();
    RETURN_IF_ERROR(cells.Done());
    return AlreadyExists(GreatCallName(name.person, other));
  }
  const IndexedWords indexed = {NewSearchKey(), WordsFor(great_call)};
  RETURN_IF_ERROR(tx.Send(
      kInsert, {name.id, name.person, contact.id, form, great_call.section_id(),
                great_call.value(), NominatorOf(great_call),
                int64_t{great_call.state()}, indexed.search_key, indexed.words,
                Bytes{great_call.SerializeAsString()}}));
  return IndexWords(tx, "great_call", {}, indexed);
}

absl::Status UpdateGreatCall(Transaction& tx, const v1::GreatCall& great_call) {
  const PersonPart name = PartOf(great_call);
  v1::GreatCall stored = great_call;
  stored.clear_kudos();  // the column has them
  return tx.Send(kUpdate, {name.id, name.person, int64_t{great_call.state()},
                           Bytes{stored.SerializeAsString()}});
}

absl::StatusOr<GreatCallRow> FindGreatCall(Transaction& tx,
                                           const Caller& caller,
                                           const PersonPart& name) {
  Query query(kFind);
  query.Add("?", {name.id});
  if (name.person != "-") query.Add(" AND g.person = ?", {name.person});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  const absl::Status none = NotFound(GreatCallName(name.person, name.id));
  if (rows.empty()) return none;
  GreatCallRow row;
  Cells cells(rows[0]);
  row.agent = cells.Text();
  row.agent_team = cells.TextOr("");
  const int64_t kudos = cells.Int();
  cells.Message(row.great_call);
  RETURN_IF_ERROR(cells.Done());
  row.great_call.set_kudos(kudos);
  if (row.great_call.state() != v1::GreatCall::STATE_CONFIRMED &&
      !caller.Reaches(row.agent, row.agent_team, NominatorOf(row.great_call))) {
    return none;
  }
  return row;
}

absl::StatusOr<int64_t> InsertKudos(Transaction& tx, const PersonPart& name,
                                    const std::string& giver, int64_t now_us) {
  ASSIGN_OR_RETURN(const std::vector<Row> inserted,
                   tx.Run(kInsertKudos, {name.id, name.person, giver, now_us}));
  if (inserted.empty()) {
    return AlreadyExists(absl::StrCat("The kudos of ", PersonName(giver),
                                      " for ",
                                      GreatCallName(name.person, name.id)));
  }
  ASSIGN_OR_RETURN(const std::vector<Row> counted,
                   tx.Run(kCountKudos, {name.id, name.person}));
  Cells cells(counted.at(0));
  const int64_t kudos = cells.Int();
  RETURN_IF_ERROR(cells.Done());
  return kudos;
}

absl::StatusOr<bool> FillSection(Transaction& tx, v1::GreatCall& great_call) {
  const std::string form = ParseFormName(great_call.form()).value_or("");
  ASSIGN_OR_RETURN(
      const auto found,
      tx.RunAll({{kFindForm, {form}},
                 {kFindSection, {form, great_call.section_id()}}}));
  if (found[0].empty()) return NotFound(great_call.form());
  if (found[1].empty()) return false;
  Cells cells(found[1][0]);
  great_call.set_section_title(cells.Text());
  great_call.set_value(cells.Text());
  RETURN_IF_ERROR(cells.Done());
  return true;
}

}  // namespace attune
