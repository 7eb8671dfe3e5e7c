#include "engine/evaluation/sampling_plans.h"

#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"

namespace attune {
namespace {

constexpr char kPath[] = "sampling_plan";

constexpr char kInsert[] = R"sql(
  INSERT INTO sampling_plan (id, version, body) VALUES ($1, 1, $2)
  ON CONFLICT (id) DO NOTHING RETURNING id)sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM sampling_plan WHERE id = $1)sql";

constexpr char kList[] = R"sql(
  SELECT id, body FROM sampling_plan WHERE id > $1 ORDER BY id LIMIT $2)sql";

constexpr char kUpdate[] = R"sql(
  UPDATE sampling_plan SET version = $2, body = $3 WHERE id = $1)sql";

constexpr char kFindForm[] = R"sql(
  SELECT id FROM form WHERE id = $1)sql";

// 63 bits, so that it reads the same everywhere.
int64_t MakeSeed() {
  uint64_t bits = 0;
  const std::string bytes = RandomBytes(sizeof bits);
  std::memcpy(&bits, bytes.data(), sizeof bits);
  const auto seed = static_cast<int64_t>(bits >> 1);
  return seed == 0 ? 1 : seed;
}

// What the caller may set.
void TakeContent(const v1::SamplingPlan& from, absl::string_view id,
                 v1::SamplingPlan& plan) {
  const v1::SamplingPlan stored = plan;
  plan = from;
  plan.set_name(SamplingPlanName(id));
  if (plan.title().empty()) plan.set_title(std::string(id));
  if (plan.seed() == 0) plan.set_seed(stored.seed());
  if (plan.seed() == 0) plan.set_seed(MakeSeed());
  if (plan.state() == v1::SamplingPlan::STATE_UNSPECIFIED) {
    plan.set_state(v1::SamplingPlan::STATE_ACTIVE);
  }
  *plan.mutable_create_time() = stored.create_time();
}

// A violation for each of `names` that is not among the rows of `query`, which
// takes their ids.
absl::Status CheckStored(
    Transaction& tx, absl::string_view query,
    const google::protobuf::RepeatedPtrField<std::string>& names,
    std::optional<std::string> (*parse)(absl::string_view),
    absl::string_view field, absl::string_view reason, Violations& bad) {
  if (names.empty()) return absl::OkStatus();
  Query sql(query);
  sql.Add(" WHERE id IN (");
  for (int i = 0; i < names.size(); ++i) {
    sql.Add(i == 0 ? "?" : ", ?", {parse(names[i]).value_or("")});
  }
  sql.Add(")");
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(sql.text(), sql.params()));
  std::set<std::string> stored;
  for (const Row& row : rows) {
    Cells cells(row);
    stored.insert(cells.Text());
    RETURN_IF_ERROR(cells.Done());
  }
  for (int i = 0; i < names.size(); ++i) {
    if (stored.count(parse(names[i]).value_or("")) > 0) continue;
    bad.Add(absl::StrCat(kPath, ".", field, "[", i, "]"), reason,
            absl::StrCat("There is no ", names[i], "."));
  }
  return absl::OkStatus();
}

// INVALID_ARGUMENT with everything that is wrong.
absl::Status Check(Transaction& tx, const v1::SamplingPlan& plan,
                   Violations& bad) {
  CheckSamplingPlan(plan, kPath, bad);
  // Names that are not well-formed need no second word.
  if (!bad.empty()) return bad.ToStatus();
  const auto& population = plan.population();
  ASSIGN_OR_RETURN(
      const std::vector<Row> forms,
      tx.Run(kFindForm, {ParseFormName(plan.form()).value_or("")}));
  if (forms.empty()) {
    bad.Add(absl::StrCat(kPath, ".form"), "FORM_UNKNOWN",
            absl::StrCat("There is no ", plan.form(), "."));
  }
  constexpr char kTeams[] = "SELECT id FROM team";
  constexpr char kPeople[] = "SELECT id FROM person";
  RETURN_IF_ERROR(CheckStored(tx, kTeams, population.teams(), ParseTeamName,
                              "population.teams", "TEAM_UNKNOWN", bad));
  RETURN_IF_ERROR(CheckStored(tx, kPeople, population.people(), ParsePersonName,
                              "population.people", "PERSON_UNKNOWN", bad));
  RETURN_IF_ERROR(CheckStored(tx, kPeople, plan.advocates(), ParsePersonName,
                              "advocates", "PERSON_UNKNOWN", bad));
  return bad.ToStatus();
}

absl::Status NotAPlan(absl::string_view field) {
  return Invalid(field, "NAME_INVALID",
                 "A sampling plan is samplingPlans/{plan}.");
}

}  // namespace

absl::StatusOr<v1::SamplingPlan> FindSamplingPlan(Transaction& tx,
                                                  absl::string_view id) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {std::string(id)}));
  if (rows.empty()) return NotFound(SamplingPlanName(id));
  v1::SamplingPlan plan;
  Cells cells(rows[0]);
  cells.Message(plan);
  RETURN_IF_ERROR(cells.Done());
  return plan;
}

absl::StatusOr<v1::SamplingPlan> SamplingPlans::Create(
    Transaction& tx, const Caller&,
    const v1::CreateSamplingPlanRequest& request) const {
  Violations bad;
  if (!IsResourceId(request.sampling_plan_id())) {
    bad.Add("sampling_plan_id", "ID_INVALID",
            "An id is [a-z0-9][a-z0-9._-]{0,62}.");
  }
  RETURN_IF_ERROR(Check(tx, request.sampling_plan(), bad));
  const int64_t now_us = clock_();
  v1::SamplingPlan plan;
  TakeContent(request.sampling_plan(), request.sampling_plan_id(), plan);
  plan.set_etag("1");
  *plan.mutable_create_time() = ToTimestamp(now_us);
  *plan.mutable_update_time() = ToTimestamp(now_us);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kInsert, {request.sampling_plan_id(),
                                    Bytes{plan.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(plan.name());
  return plan;
}

absl::StatusOr<v1::SamplingPlan> SamplingPlans::Get(
    Transaction& tx, const Caller&,
    const v1::GetSamplingPlanRequest& request) const {
  const auto id = ParseSamplingPlanName(request.name());
  if (!id) return NotAPlan("name");
  return FindSamplingPlan(tx, *id);
}

absl::StatusOr<v1::ListSamplingPlansResponse> SamplingPlans::List(
    Transaction& tx, const Caller&,
    const v1::ListSamplingPlansRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kList, {page.after.empty() ? "" : page.after[0], page.size + 1}));
  v1::ListSamplingPlansResponse response;
  std::string last;
  for (const Row& row : rows) {
    if (response.sampling_plans_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {last}));
      break;
    }
    Cells cells(row);
    last = cells.Text();
    cells.Message(*response.add_sampling_plans());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::SamplingPlan> SamplingPlans::Update(
    Transaction& tx, const Caller&,
    const v1::UpdateSamplingPlanRequest& request) const {
  const auto id = ParseSamplingPlanName(request.sampling_plan().name());
  if (!id) return NotAPlan("sampling_plan.name");
  Violations bad;
  RETURN_IF_ERROR(Check(tx, request.sampling_plan(), bad));
  ASSIGN_OR_RETURN(v1::SamplingPlan plan, FindSamplingPlan(tx, *id));
  ASSIGN_OR_RETURN(const int64_t version,
                   NextVersion(plan, request.sampling_plan().etag()));
  TakeContent(request.sampling_plan(), *id, plan);
  plan.set_etag(absl::StrCat(version));
  *plan.mutable_update_time() = ToTimestamp(clock_());
  RETURN_IF_ERROR(
      tx.Run(kUpdate, {*id, version, Bytes{plan.SerializeAsString()}})
          .status());
  return plan;
}

}  // namespace attune
