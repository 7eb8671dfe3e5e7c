#include "engine/evaluation/frames.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/access/caller.h"
#include "engine/errors.h"
#include "engine/evaluation/sampling_plan.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr size_t kMaxContacts = 200'000;

constexpr char kAgents[] = R"sql(
  SELECT id, team FROM person WHERE (roles & $1) <> 0 ORDER BY id)sql";

constexpr char kContacts[] = R"sql(
  SELECT id, person, body FROM contact
  WHERE start_us >= $1 AND start_us < $2)sql";

// 5 is expired, 6 withdrawn.
constexpr char kHolders[] = R"sql(
  SELECT c.id, c.person, a.advocate
  FROM contact c JOIN assignment a ON a.contact = c.id AND a.person = c.person
  WHERE c.start_us >= $1 AND c.start_us < $2 AND a.form = $3
    AND a.advocate IS NOT NULL AND a.state NOT IN (5, 6))sql";

// Neither drafts (1) nor void (5), and of the kind that counts (1).
constexpr char kScorers[] = R"sql(
  SELECT c.id, c.person, e.rater
  FROM contact c JOIN evaluation e ON e.contact = c.id AND e.person = c.person
  WHERE c.start_us >= $1 AND c.start_us < $2 AND e.form = $3 AND e.kind = 1
    AND e.state NOT IN (1, 5))sql";

bool IsIn(const google::protobuf::RepeatedPtrField<std::string>& names,
          const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsOf(const v1::SamplingPlan::Population& population,
          const std::string& person, const std::string& team) {
  if (population.teams().empty() && population.people().empty()) return true;
  return IsIn(population.people(), PersonName(person)) ||
         (!team.empty() && IsIn(population.teams(), TeamName(team)));
}

absl::Status FindAgents(Transaction& tx,
                        const v1::SamplingPlan::Population& population,
                        StoredFrame& found) {
  return tx.Scan(kAgents, {RoleSet().Add(v1::ROLE_AGENT).bits()},
                 [&](const Row& row) -> absl::Status {
                   Cells cells(row);
                   const std::string person = cells.Text();
                   const std::string team = cells.TextOr("");
                   RETURN_IF_ERROR(cells.Done());
                   if (IsOf(population, person, team)) {
                     found.frame.agents.push_back(person);
                     found.teams[person] = team;
                   }
                   return absl::OkStatus();
                 });
}

}  // namespace

absl::StatusOr<StoredFrame> FindFrame(Transaction& tx,
                                      const v1::SamplingPlan& plan,
                                      const SamplingPeriod& period) {
  StoredFrame found;
  RETURN_IF_ERROR(FindAgents(tx, plan.population(), found));
  std::vector<FrameContact>& contacts = found.frame.contacts;
  RETURN_IF_ERROR(tx.Scan(
      kContacts, {period.start_us, period.end_us},
      [&](const Row& row) -> absl::Status {
        Cells cells(row);
        const std::string id = cells.Text();
        const std::string person = cells.Text();
        if (found.teams.count(person) == 0) return absl::OkStatus();
        v1::Contact contact;
        cells.Message(contact);
        RETURN_IF_ERROR(cells.Done());
        if (!Admits(plan.population(), contact)) return absl::OkStatus();
        if (contacts.size() == kMaxContacts) {
          return FailedPrecondition(
              "FRAME_TOO_LARGE",
              absl::StrCat("More than ", kMaxContacts, " contacts of ",
                           period.text,
                           " are in the population; draw shorter periods, or "
                           "make a plan for each of several teams."));
        }
        contacts.push_back(
            {ContactName(person, id), person, StratumOf(plan, contact)});
        return absl::OkStatus();
      }));
  if (contacts.empty()) {
    return FailedPrecondition(
        "FRAME_EMPTY",
        absl::StrCat("No contact of ", period.text, " is in the population of ",
                     plan.name(), " (agents: ", found.frame.agents.size(),
                     ")."));
  }
  return found;
}

absl::StatusOr<TakersByContact> FindTakersIn(Transaction& tx,
                                             const SamplingPeriod& period,
                                             const std::string& form) {
  TakersByContact takers;
  const std::vector<Value> params = {period.start_us, period.end_us, form};
  ASSIGN_OR_RETURN(const auto found,
                   tx.RunAll({{kHolders, params}, {kScorers, params}}));
  for (const std::vector<Row>& rows : found) {
    for (const Row& row : rows) {
      Cells cells(row);
      const std::string id = cells.Text();
      const std::string person = cells.Text();
      takers[ContactName(person, id)].insert(cells.Text());
      RETURN_IF_ERROR(cells.Done());
    }
  }
  return takers;
}

}  // namespace attune
