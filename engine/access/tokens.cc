#include "engine/access/tokens.h"

#include <optional>
#include <vector>

#include "engine/access/secret.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/people.h"
#include "engine/people/person.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr absl::string_view kPrefix = "att";

void CheckToken(const v1::Token& token, int64_t now_us, Violations& bad) {
  if (token.display_name().empty()) {
    bad.Add("token.display_name", "TEXT_MISSING", "Say what the token is for.");
  }
  CheckShortText(token.display_name(), "token.display_name", bad);
  CheckRoles(token.roles(), "token.roles", bad);
  if (token.person().empty()) {
    if (token.roles().empty()) {
      bad.Add("token.roles", "ROLES_MISSING",
              "A token without a person has at least one role.");
    }
  } else if (!ParsePersonName(token.person())) {
    bad.Add("token.person", "NAME_INVALID", "A person is people/{person}.");
  }
  if (token.has_expire_time() && (!IsValid(token.expire_time()) ||
                                  ToMicros(token.expire_time()) <= now_us)) {
    bad.Add("token.expire_time", "TIME_INVALID",
            "A token expires in the future, before the year 10000.");
  }
}

absl::Status Unauthenticated() {
  return MakeError(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID",
                   "The API token is unknown, revoked or expired; send "
                   "`authorization: Bearer {token}`.");
}

constexpr char kInsert[] = R"sql(
  INSERT INTO token (id, secret_hash, person, roles, expire_us, body)
  VALUES ($1, $2, $3, $4, $5, $6))sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM token WHERE id = $1)sql";

constexpr char kRevoke[] = R"sql(
  UPDATE token SET revoke_us = $2, body = $3 WHERE id = $1)sql";

constexpr char kAuthenticate[] = R"sql(
  SELECT t.secret_hash, t.roles, t.expire_us, t.revoke_us, t.person,
         p.roles, p.team,
         (SELECT CAST(COALESCE(SUM(q.blocks), 0) AS BIGINT) FROM floor_quota q)
  FROM token t LEFT JOIN person p ON p.id = t.person
  WHERE t.id = $1)sql";

constexpr char kAny[] = R"sql(
  SELECT 1 FROM token LIMIT 1)sql";

}  // namespace

absl::StatusOr<v1::CreateTokenResponse> Tokens::Create(
    Transaction& tx, const Caller&,
    const v1::CreateTokenRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  CheckToken(request.token(), now_us, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  const auto person = ParsePersonName(request.token().person());
  if (person) RETURN_IF_ERROR(FindPerson(tx, *person).status());

  const std::string id = MakeUuid(now_us);
  const Secret secret = MakeSecret(kPrefix, id);
  v1::CreateTokenResponse response;
  v1::Token& token = *response.mutable_token();
  token = request.token();
  token.set_name(TokenName(id));
  *token.mutable_create_time() = ToTimestamp(now_us);
  token.clear_revoke_time();
  response.set_secret(secret.text);
  Violations unused;
  RETURN_IF_ERROR(
      tx.Run(kInsert,
             {id, secret.hash, person ? Value(*person) : Value(),
              CheckRoles(token.roles(), "", unused).bits(),
              token.has_expire_time() ? Value(ToMicros(token.expire_time()))
                                      : Value(),
              Bytes{token.SerializeAsString()}})
          .status());
  return response;
}

absl::StatusOr<v1::ListTokensResponse> Tokens::List(
    Transaction& tx, const Caller&,
    const v1::ListTokensRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  Query query("SELECT id, body FROM token");
  if (!page.after.empty()) query.Add(" WHERE id < ?", {page.after[0]});
  query.Add(" ORDER BY id DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListTokensResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.tokens_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_tokens());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Token> Tokens::Revoke(
    Transaction& tx, const Caller&,
    const v1::RevokeTokenRequest& request) const {
  const auto id = ParseTokenName(request.name());
  if (!id) return Invalid("name", "NAME_INVALID", "A token is tokens/{token}.");
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kFind, {*id}));
  if (rows.empty()) return NotFound(request.name());
  v1::Token token;
  Cells cells(rows[0]);
  cells.Message(token);
  RETURN_IF_ERROR(cells.Done());
  if (token.has_revoke_time()) return token;
  const int64_t now_us = clock_();
  *token.mutable_revoke_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(
      tx.Run(kRevoke, {*id, now_us, Bytes{token.SerializeAsString()}})
          .status());
  return token;
}

absl::StatusOr<Caller> Tokens::Authenticate(Transaction& tx,
                                            absl::string_view secret) const {
  const std::optional<ShownSecret> shown = ParseSecret(kPrefix, secret);
  if (!shown) return Unauthenticated();
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kAuthenticate, {shown->id}));
  if (rows.empty()) return Unauthenticated();
  Cells cells(rows[0]);
  const std::string hash = cells.Text();
  const RoleSet token_roles(cells.Int());
  const bool expires = !cells.IsNull();
  const int64_t expire_us = cells.IntOr(0);
  const bool revoked = !cells.IsNull();
  cells.Skip();
  Caller caller;
  caller.token = shown->id;
  caller.person = cells.TextOr("");
  const RoleSet person_roles(cells.IntOr(0));
  caller.team = cells.TextOr("");
  const RoleSet floor_blocks(cells.Int());
  RETURN_IF_ERROR(cells.Done());
  if (!IsSecret(*shown, hash) || revoked ||
      (expires && expire_us <= clock_())) {
    return Unauthenticated();
  }
  if (caller.person.empty()) {
    caller.roles = token_roles;
  } else {
    caller.roles =
        token_roles.empty() ? person_roles : person_roles.And(token_roles);
    caller.floor_blocks = caller.roles.And(floor_blocks);
  }
  return caller;
}

absl::StatusOr<bool> Tokens::None(Transaction& tx) const {
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kAny, {}));
  return rows.empty();
}

}  // namespace attune
