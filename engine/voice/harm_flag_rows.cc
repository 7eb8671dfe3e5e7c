#include "engine/voice/harm_flag_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/people/contacts.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/voice/harm_flag.h"

namespace attune {
namespace {

// The number in the statements below.
static_assert(v1::HarmFlag::STATE_OPEN == 1);

constexpr int kMaxContacts = 100;

constexpr char kInsert[] = R"sql(
  INSERT INTO harm_flag (id, practice, state, level, create_us, version, body)
  VALUES ($1, $2, 1, 0, $3, 1, $4))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE harm_flag SET state = $2, level = $3, version = $4, body = $5
  WHERE id = $1)sql";

constexpr char kInsertRaise[] = R"sql(
  INSERT INTO harm_raise (flag, person, body) VALUES ($1, $2, $3)
  ON CONFLICT (flag, person) DO NOTHING RETURNING flag)sql";

constexpr char kFindRaises[] = R"sql(
  SELECT body FROM harm_raise WHERE flag = $1)sql";

constexpr char kHasRaised[] = R"sql(
  SELECT flag FROM harm_raise WHERE flag = $1 AND person = $2)sql";

constexpr char kInsertContact[] = R"sql(
  INSERT INTO harm_contact (flag, contact, person, adder, add_us)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (flag, contact, person) DO NOTHING RETURNING flag)sql";

// What stands beside it, or depends on the time.
Bytes BodyOf(v1::HarmFlag flag) {
  flag.clear_contact_count();
  flag.clear_raiser_count();
  flag.clear_raises();
  if (flag.state() == v1::HarmFlag::STATE_OPEN) flag.clear_level();
  return Bytes{flag.SerializeAsString()};
}

std::string IdOf(const v1::HarmFlag& flag) {
  return ParseHarmFlagName(flag.name()).value_or("");
}

absl::StatusOr<std::optional<v1::HarmFlag>> FindWhere(
    Transaction& tx, absl::string_view condition, const std::string& value,
    int64_t now_us) {
  Query query(kSelectHarmFlags);
  query.Add(condition, {value});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  std::optional<v1::HarmFlag> flag;
  if (rows.empty()) return flag;
  Cells cells(rows[0]);
  cells.Skip();
  ReadHarmFlag(cells, now_us, flag.emplace());
  RETURN_IF_ERROR(cells.Done());
  return flag;
}

}  // namespace

const char kSelectHarmFlags[] = R"sql(
  SELECT h.id, h.body,
         (SELECT COUNT(*) FROM harm_contact c WHERE c.flag = h.id),
         (SELECT COUNT(*) FROM harm_raise r WHERE r.flag = h.id)
  FROM harm_flag h WHERE )sql";

void ReadHarmFlag(Cells& cells, int64_t now_us, v1::HarmFlag& flag) {
  cells.Message(flag);
  flag.set_contact_count(cells.Int());
  flag.set_raiser_count(cells.Int());
  if (flag.state() == v1::HarmFlag::STATE_OPEN) {
    flag.set_level(
        LevelOf(flag.contact_count(), now_us - ToMicros(flag.create_time())));
  }
}

absl::StatusOr<v1::HarmFlag> FindHarmFlag(Transaction& tx, const Caller& caller,
                                          absl::string_view name,
                                          int64_t now_us) {
  const auto id = ParseHarmFlagName(name);
  if (!id) {
    return Invalid("name", "NAME_INVALID", "A flag is harmFlags/{harm_flag}.");
  }
  if (!SeesEveryFlag(caller.roles)) {
    ASSIGN_OR_RETURN(const std::vector<Row> raised,
                     tx.Run(kHasRaised, {*id, caller.person}));
    if (raised.empty()) return NotFound(name);
  }
  ASSIGN_OR_RETURN(auto flag, FindWhere(tx, "h.id = ?", *id, now_us));
  if (!flag) return NotFound(name);
  return *std::move(flag);
}

absl::StatusOr<std::optional<v1::HarmFlag>> FindOpenFlag(
    Transaction& tx, const std::string& practice_key, int64_t now_us) {
  return FindWhere(tx, "h.practice = ? AND h.state = 1", practice_key, now_us);
}

absl::Status InsertHarmFlag(Transaction& tx, const std::string& practice_key,
                            const v1::HarmFlag& flag) {
  return tx.Send(
      kInsert,
      {IdOf(flag), practice_key, ToMicros(flag.create_time()), BodyOf(flag)},
      MakeError(absl::StatusCode::kAborted, "RAISED_AT_ONCE",
                "Somebody is raising the same practice at this moment; raise "
                "it again to join them."));
}

absl::Status UpdateHarmFlag(Transaction& tx, int64_t now_us,
                            v1::HarmFlag& flag) {
  ASSIGN_OR_RETURN(const int64_t version, NextVersion(flag, ""));
  flag.set_etag(absl::StrCat(version));
  *flag.mutable_update_time() = ToTimestamp(now_us);
  const bool open = flag.state() == v1::HarmFlag::STATE_OPEN;
  return tx.Send(kUpdate, {IdOf(flag), int64_t{flag.state()},
                           open ? int64_t{0} : int64_t{flag.level()}, version,
                           BodyOf(flag)});
}

absl::StatusOr<bool> InsertRaise(Transaction& tx, const std::string& flag,
                                 const v1::HarmFlag::Raise& raise) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsertRaise, {flag, ParsePersonName(raise.raiser()).value_or(""),
                            Bytes{raise.SerializeAsString()}}));
  return !rows.empty();
}

absl::Status TellRaises(Transaction& tx, const Caller& caller,
                        v1::HarmFlag& flag) {
  const bool all = SeesEveryFlag(caller.roles);
  std::vector<v1::HarmFlag::Raise> raises;
  RETURN_IF_ERROR(tx.Scan(kFindRaises, {IdOf(flag)}, [&](const Row& row) {
    v1::HarmFlag::Raise raise;
    Cells cells(row);
    cells.Message(raise);
    RETURN_IF_ERROR(cells.Done());
    if (all || raise.raiser() == PersonName(caller.person)) {
      raises.push_back(std::move(raise));
    }
    return absl::OkStatus();
  }));
  std::sort(raises.begin(), raises.end(), [](const auto& a, const auto& b) {
    return ToMicros(a.raise_time()) < ToMicros(b.raise_time());
  });
  flag.mutable_raises()->Assign(raises.begin(), raises.end());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<NamedContact>> ResolveContacts(
    Transaction& tx, const Caller& caller,
    const google::protobuf::RepeatedPtrField<std::string>& names,
    absl::string_view field, Violations& bad) {
  std::vector<NamedContact> contacts;
  if (names.size() > kMaxContacts) {
    bad.Add(field, "TOO_MANY",
            absl::StrCat("At most ", kMaxContacts, " at once, not ",
                         names.size(), "."));
    return contacts;
  }
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    const auto part = ParseContactName(names[i]);
    if (!part) {
      bad.Add(path, "NAME_INVALID",
              "A contact is people/{person}/contacts/{contact}.");
      continue;
    }
    const auto contact = FindContact(tx, *part, caller);
    if (absl::IsNotFound(contact.status())) {
      bad.Add(path, "CONTACT_UNKNOWN",
              absl::StrCat("There is no ", names[i], " within your reach."));
      continue;
    }
    if (absl::IsFailedPrecondition(contact.status())) {
      bad.Add(path, ReasonOf(contact.status()), contact.status().message());
      continue;
    }
    RETURN_IF_ERROR(contact.status());
    if (!seen.insert(contact->name()).second) {
      bad.Add(path, "CONTACT_REPEATED",
              absl::StrCat(contact->name(), " is named already."));
      continue;
    }
    contacts.push_back(
        {i, ParseContactName(contact->name()).value_or(PersonPart{})});
  }
  return contacts;
}

absl::StatusOr<bool> InsertHarmContact(Transaction& tx, const std::string& flag,
                                       const PersonPart& contact,
                                       const Caller& adder, int64_t now_us) {
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsertContact,
             {flag, contact.id, contact.person,
              adder.person.empty() ? Value() : Value(adder.person), now_us}));
  return !rows.empty();
}

}  // namespace attune
