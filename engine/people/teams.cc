#include "engine/people/teams.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/person.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;

void CheckCreate(const v1::CreateTeamRequest& request, absl::string_view prefix,
                 Violations& bad) {
  if (!IsResourceId(request.team_id())) {
    bad.Add(absl::StrCat(prefix, "team_id"), "ID_INVALID",
            "An id is [a-z0-9][a-z0-9._-]{0,62}.");
  }
  CheckTeam(request.team(), absl::StrCat(prefix, "team"), bad);
}

constexpr char kInsert[] = R"sql(
  INSERT INTO team (id, version, body) VALUES ($1, 1, $2)
  ON CONFLICT (id) DO NOTHING RETURNING id)sql";

absl::StatusOr<v1::Team> Insert(Transaction& tx,
                                const v1::CreateTeamRequest& request,
                                int64_t now_us) {
  v1::Team team;
  team.set_name(TeamName(request.team_id()));
  team.set_display_name(request.team().display_name().empty()
                            ? request.team_id()
                            : request.team().display_name());
  team.set_etag("1");
  *team.mutable_create_time() = ToTimestamp(now_us);
  *team.mutable_update_time() = ToTimestamp(now_us);
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kInsert, {request.team_id(), Bytes{team.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(team.name());
  return team;
}

constexpr char kFind[] = R"sql(
  SELECT body FROM team WHERE id = $1)sql";

constexpr char kList[] = R"sql(
  SELECT id, body FROM team WHERE id > $1 ORDER BY id LIMIT $2)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE team SET version = $2, body = $3 WHERE id = $1)sql";

}  // namespace

absl::StatusOr<v1::Team> FindTeam(Transaction& tx, absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(TeamName(id));
  v1::Team team;
  Cells cells(rows[0]);
  cells.Message(team);
  RETURN_IF_ERROR(cells.Done());
  return team;
}

absl::StatusOr<v1::Team> Teams::Create(
    Transaction& tx, const Caller&,
    const v1::CreateTeamRequest& request) const {
  Violations bad;
  CheckCreate(request, "", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  return Insert(tx, request, clock_());
}

absl::StatusOr<v1::BatchCreateTeamsResponse> Teams::BatchCreate(
    Transaction& tx, const Caller&,
    const v1::BatchCreateTeamsRequest& request) const {
  Violations bad;
  CheckBatch(request.requests(), kMaxBatch, CheckCreate, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  v1::BatchCreateTeamsResponse response;
  for (const auto& one : request.requests()) {
    ASSIGN_OR_RETURN(*response.add_teams(), Insert(tx, one, clock_()));
  }
  return response;
}

absl::StatusOr<v1::Team> Teams::Get(Transaction& tx, const Caller&,
                                    const v1::GetTeamRequest& request) const {
  const auto id = ParseTeamName(request.name());
  if (!id) return Invalid("name", "NAME_INVALID", "A team is teams/{team}.");
  return FindTeam(tx, *id);
}

absl::StatusOr<v1::ListTeamsResponse> Teams::List(
    Transaction& tx, const Caller&, const v1::ListTeamsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  const std::string after = page.after.empty() ? "" : page.after[0];
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kList, {after, page.size + 1}));
  v1::ListTeamsResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.teams_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_teams());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::Team> Teams::Update(
    Transaction& tx, const Caller&,
    const v1::UpdateTeamRequest& request) const {
  Violations bad;
  const auto id = ParseTeamName(request.team().name());
  if (!id) bad.Add("team.name", "NAME_INVALID", "A team is teams/{team}.");
  CheckTeam(request.team(), "team", bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(v1::Team team, FindTeam(tx, *id));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(team, request.team().etag()));
  team.set_display_name(request.team().display_name().empty()
                            ? *id
                            : request.team().display_name());
  team.set_etag(absl::StrCat(version));
  *team.mutable_update_time() = ToTimestamp(clock_());
  RETURN_IF_ERROR(
      tx.Run(kUpdate, {*id, version, Bytes{team.SerializeAsString()}})
          .status());
  return team;
}

}  // namespace attune
