#include "engine/voice/prop_rows.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/words.h"

namespace attune {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO prop (id, person, contact, receipt_hash, state, consent, counted,
                    version, search_key, words, body)
  VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE prop SET state = $3, consent = $4, counted = COALESCE($5, counted),
                  version = $6, words = $7, body = $8
  WHERE id = $1 AND person = $2)sql";

constexpr char kFind[] = R"sql(
  SELECT g.person, p.team, g.receipt_hash, g.search_key, g.words, g.body
  FROM prop g JOIN person p ON p.id = g.person WHERE g.id = )sql";

// What a search finds it by: nothing of what is hidden or taken back.
std::string WordsFor(const v1::Prop& prop) {
  return prop.state() == v1::Prop::STATE_HIDDEN ? "" : JoinWords({prop.text()});
}

int64_t VersionOf(const v1::Prop& prop) {
  int64_t version = 0;
  return absl::SimpleAtoi(prop.etag(), &version) ? version : 0;
}

PersonPart PartOf(const v1::Prop& prop) {
  return ParsePropName(prop.name()).value_or(PersonPart{});
}

}  // namespace

absl::Status InsertProp(Transaction& tx, const v1::Prop& prop,
                        absl::string_view receipt_hash) {
  const PersonPart name = PartOf(prop);
  const PersonPart contact =
      ParseContactName(prop.contact()).value_or(PersonPart{});
  const IndexedWords indexed = {NewSearchKey(), WordsFor(prop)};
  RETURN_IF_ERROR(tx.Send(
      kInsert,
      {name.id, name.person, contact.id, std::string(receipt_hash),
       int64_t{prop.state()}, int64_t{prop.consent_to_share()}, VersionOf(prop),
       indexed.search_key, indexed.words, Bytes{prop.SerializeAsString()}}));
  return IndexWords(tx, "prop", {}, indexed);
}

absl::Status UpdateProp(Transaction& tx, std::optional<bool> counted,
                        PropRow& row) {
  v1::Prop& prop = row.prop;
  const PersonPart name = PartOf(prop);
  const int64_t version = VersionOf(prop) + 1;
  prop.set_etag(absl::StrCat(version));
  const IndexedWords after = {row.indexed.search_key, WordsFor(prop)};
  RETURN_IF_ERROR(
      tx.Send(kUpdate, {name.id, name.person, int64_t{prop.state()},
                        int64_t{prop.consent_to_share()},
                        counted ? Value(int64_t{*counted}) : Value(), version,
                        after.words, Bytes{prop.SerializeAsString()}}));
  return IndexWords(tx, "prop", row.indexed, after);
}

absl::StatusOr<PropRow> FindProp(Transaction& tx, const PersonPart& name) {
  Query query(kFind);
  query.Add("?", {name.id});
  if (name.person != "-") query.Add(" AND g.person = ?", {name.person});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  if (rows.empty()) return NotFound(PropName(name.person, name.id));
  PropRow row;
  Cells cells(rows[0]);
  row.agent = cells.Text();
  row.agent_team = cells.TextOr("");
  row.receipt_hash = cells.Text();
  row.indexed.search_key = cells.Int();
  row.indexed.words = cells.Text();
  cells.Message(row.prop);
  RETURN_IF_ERROR(cells.Done());
  return row;
}

}  // namespace attune
