#include "engine/evaluation/draws.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/evaluation/assignment_rows.h"
#include "engine/evaluation/frames.h"
#include "engine/evaluation/raters.h"
#include "engine/evaluation/sample.h"
#include "engine/evaluation/sample_split.h"
#include "engine/evaluation/sampling_period.h"
#include "engine/evaluation/sampling_plans.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

constexpr int64_t kMaxDrawn = 10'000;

// Of two draws of a period at once the second conflicts here, runs again and
// finds the first.
constexpr char kInsert[] = R"sql(
  INSERT INTO sample_draw (plan, period, body) VALUES ($1, $2, $3)
  ON CONFLICT (plan, period) DO NOTHING RETURNING period)sql";

constexpr char kFind[] = R"sql(
  SELECT body FROM sample_draw WHERE plan = $1 AND period = $2)sql";

constexpr char kList[] = R"sql(
  SELECT period, body FROM sample_draw WHERE plan = $1 AND period < $2
  ORDER BY period DESC LIMIT $3)sql";

constexpr char kOutcomes[] = R"sql(
  SELECT period, person, contact, state, expire_us FROM assignment
  WHERE plan = $1 AND period >= $2 AND period <= $3)sql";

// After every period there is.
constexpr char kNoPeriod[] = "~";

// What has become of a drawn contact.
struct Outcome {
  bool done = false;
  bool waiting = false;
};

using AgentOutcomes = std::map<std::string, Outcome>;  // by contact

// By period and agent.
using Outcomes = std::map<std::string, std::map<std::string, AgentOutcomes>>;

absl::StatusOr<Outcomes> FindOutcomes(Transaction& tx, const std::string& plan,
                                      const std::string& first,
                                      const std::string& last, int64_t now_us) {
  Outcomes outcomes;
  RETURN_IF_ERROR(tx.Scan(
      kOutcomes, {plan, first, last}, [&](const Row& row) -> absl::Status {
        Cells cells(row);
        const std::string period = cells.Text();
        const std::string person = cells.Text();
        Outcome& outcome = outcomes[period][person][cells.Text()];
        const int64_t state = cells.Int();
        const bool is_over = !cells.IsNull() && cells.IntOr(0) <= now_us;
        if (state == v1::Assignment::STATE_DONE) outcome.done = true;
        if ((state == v1::Assignment::STATE_OPEN ||
             state == v1::Assignment::STATE_CLAIMED) &&
            !is_over) {
          outcome.waiting = true;
        }
        return cells.Done();
      }));
  return outcomes;
}

// Fills in what has become of the draw.
void Tell(const std::map<std::string, AgentOutcomes>& by_agent,
          v1::Draw& draw) {
  draw.set_done_count(0);
  draw.set_lost_count(0);
  draw.set_shortfall_count(0);
  for (v1::Draw::Agent& agent : *draw.mutable_agents()) {
    int32_t done = 0;
    int32_t lost = 0;
    const auto found =
        by_agent.find(ParsePersonName(agent.agent()).value_or(""));
    if (found != by_agent.end()) {
      for (const auto& [contact, outcome] : found->second) {
        if (outcome.done) {
          ++done;
        } else if (!outcome.waiting) {
          ++lost;
        }
      }
    }
    agent.set_done_count(done);
    agent.set_lost_count(lost);
    agent.set_shortfall_count(agent.wanted_count() - agent.drawn_count() +
                              lost);
    draw.set_done_count(draw.done_count() + done);
    draw.set_lost_count(draw.lost_count() + lost);
    draw.set_shortfall_count(draw.shortfall_count() + agent.shortfall_count());
  }
}

absl::StatusOr<v1::Draw> FindDraw(Transaction& tx, const DrawPart& name,
                                  int64_t now_us) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {name.plan, name.period}));
  if (rows.empty()) return NotFound(DrawName(name.plan, name.period));
  v1::Draw draw;
  Cells cells(rows[0]);
  cells.Message(draw);
  RETURN_IF_ERROR(cells.Done());
  ASSIGN_OR_RETURN(Outcomes outcomes, FindOutcomes(tx, name.plan, name.period,
                                                   name.period, now_us));
  Tell(outcomes[name.period], draw);
  return draw;
}

// The period that was asked for, or the last one that is over.
absl::StatusOr<SamplingPeriod> WantedPeriod(const v1::SamplingPlan& plan,
                                            const std::string& text,
                                            int64_t now_us) {
  const SamplingPeriod current = PeriodAt(plan.period(), now_us);
  const SamplingPeriod last = PeriodAt(plan.period(), current.start_us - 1);
  if (text.empty()) return last;
  const auto wanted = ParseSamplingPeriod(plan.period(), text);
  if (!wanted) {
    return Invalid("period", "PERIOD_INVALID",
                   absl::StrCat("A period of this plan is like ", last.text,
                                ", not ", text, "."));
  }
  return *wanted;
}

absl::StatusOr<std::vector<AgentSample>> DrawWithin(
    const v1::SamplingPlan& plan, const Frame& frame) {
  std::vector<AgentSample> samples = DrawFrom(plan, frame);
  int64_t drawn = 0;
  for (const AgentSample& sample : samples) {
    drawn += static_cast<int64_t>(sample.drawn.size());
  }
  if (drawn > kMaxDrawn) {
    return FailedPrecondition(
        "DRAW_TOO_LARGE",
        absl::StrCat(drawn, " contacts would be drawn; a draw makes at most ",
                     kMaxDrawn, "."));
  }
  return samples;
}

absl::StatusOr<Split> SplitSamples(Transaction& tx,
                                   const v1::SamplingPlan& plan,
                                   const SamplingPeriod& period,
                                   const StoredFrame& stored,
                                   const std::vector<AgentSample>& samples) {
  ASSIGN_OR_RETURN(std::vector<Rater> raters, ListRaters(tx, plan));
  if (raters.empty()) {
    return FailedPrecondition(
        "NO_ADVOCATES",
        absl::StrCat("Nobody is there to score for ", plan.name(),
                     ": give somebody the role of an advocate."));
  }
  ASSIGN_OR_RETURN(
      TakersByContact takers,
      FindTakersIn(tx, period, ParseFormName(plan.form()).value_or("")));
  std::vector<SplitContact> contacts;
  for (const AgentSample& sample : samples) {
    for (const std::string& name : sample.drawn) {
      contacts.push_back({name, sample.agent, stored.teams.at(sample.agent),
                          std::move(takers[name])});
    }
  }
  return SplitOver(plan.seed(), plan.overlap_percent(), std::move(contacts),
                   std::move(raters));
}

void AddAgents(const std::vector<AgentSample>& samples, v1::Draw& draw) {
  for (const AgentSample& sample : samples) {
    const auto drawn = static_cast<int32_t>(sample.drawn.size());
    v1::Draw::Agent& agent = *draw.add_agents();
    agent.set_agent(PersonName(sample.agent));
    agent.set_frame_count(static_cast<int32_t>(sample.frame_count));
    agent.set_wanted_count(static_cast<int32_t>(sample.wanted_count));
    agent.set_drawn_count(drawn);
    draw.set_drawn_count(draw.drawn_count() + drawn);
  }
}

void AddPicks(const Split& split, v1::Draw& draw) {
  std::map<std::string, int32_t> loads;
  for (const SplitPick& from : split.picks) {
    v1::Draw::Pick& pick = *draw.add_picks();
    pick.set_contact(from.name);
    for (const std::string& rater : from.raters) {
      pick.add_advocates(PersonName(rater));
      ++loads[rater];
    }
  }
  for (const auto& [rater, count] : loads) {
    v1::Draw::Load& load = *draw.add_loads();
    load.set_advocate(PersonName(rater));
    load.set_count(count);
  }
  draw.set_overlap_count(static_cast<int32_t>(split.overlap_count));
  draw.set_connected(split.connected);
}

// What the plan draws; nothing is stored.
absl::StatusOr<v1::Draw> Preview(Transaction& tx, const v1::SamplingPlan& plan,
                                 const SamplingPeriod& period) {
  ASSIGN_OR_RETURN(const StoredFrame stored, FindFrame(tx, plan, period));
  ASSIGN_OR_RETURN(const std::vector<AgentSample> samples,
                   DrawWithin(plan, stored.frame));
  ASSIGN_OR_RETURN(const Split split,
                   SplitSamples(tx, plan, period, stored, samples));
  v1::Draw draw;
  draw.set_name(absl::StrCat(plan.name(), "/draws/", period.text));
  *draw.mutable_plan() = plan;
  *draw.mutable_start_time() = ToTimestamp(period.start_us);
  *draw.mutable_end_time() = ToTimestamp(period.end_us);
  draw.set_seed(plan.seed());
  draw.set_frame_count(static_cast<int32_t>(stored.frame.contacts.size()));
  draw.set_frame_hash(FrameHash(stored.frame));
  AddAgents(samples, draw);
  AddPicks(split, draw);
  Tell({}, draw);
  return draw;
}

absl::Status Store(Transaction& tx, const DrawPart& name, const v1::Draw& draw,
                   int64_t now_us) {
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kInsert, {name.plan, name.period,
                                    Bytes{draw.SerializeAsString()}}));
  if (rows.empty()) return AlreadyExists(draw.name());
  const v1::SamplingPlan& plan = draw.plan();
  v1::Assignment assignment;
  assignment.set_form(plan.form());
  assignment.set_plan(plan.name());
  assignment.set_draw(draw.name());
  assignment.set_state(v1::Assignment::STATE_OPEN);
  assignment.set_etag("1");
  *assignment.mutable_due_time() =
      ToTimestamp(PeriodAt(plan.period(), ToMicros(draw.end_time())).end_us);
  if (plan.has_expire_after()) {
    *assignment.mutable_expire_time() =
        ToTimestamp(now_us + plan.expire_after().seconds() * 1'000'000 +
                    plan.expire_after().nanos() / 1000);
  }
  *assignment.mutable_create_time() = ToTimestamp(now_us);
  *assignment.mutable_update_time() = ToTimestamp(now_us);
  for (const v1::Draw::Pick& pick : draw.picks()) {
    assignment.set_contact(pick.contact());
    // What nobody may score waits for somebody who may.
    for (int i = 0; i < std::max(1, pick.advocates_size()); ++i) {
      assignment.set_name(AssignmentName(MakeUuid(now_us)));
      assignment.set_advocate(pick.advocates().empty() ? ""
                                                       : pick.advocates(i));
      RETURN_IF_ERROR(InsertAssignment(tx, assignment));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Draw> Draws::Make(
    Transaction& tx, const Caller&,
    const v1::DrawSampleRequest& request) const {
  const auto id = ParseSamplingPlanName(request.name());
  if (!id) {
    return Invalid("name", "NAME_INVALID",
                   "A sampling plan is samplingPlans/{plan}.");
  }
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const v1::SamplingPlan plan, FindSamplingPlan(tx, *id));
  ASSIGN_OR_RETURN(const SamplingPeriod period,
                   WantedPeriod(plan, request.period(), now_us));
  const DrawPart name{*id, period.text};
  absl::StatusOr<v1::Draw> first = FindDraw(tx, name, now_us);
  if (!absl::IsNotFound(first.status())) return first;
  if (plan.state() == v1::SamplingPlan::STATE_ENDED) {
    return FailedPrecondition(
        "PLAN_ENDED",
        absl::StrCat(plan.name(), " has ended; it draws no more."));
  }
  if (period.end_us > now_us && !request.validate_only()) {
    return FailedPrecondition(
        "PERIOD_NOT_OVER",
        absl::StrCat(period.text,
                     " is not over: its contacts are not all in, "
                     "and a period is drawn once."));
  }
  RETURN_IF_ERROR(
      FindRevision(tx, {ParseFormName(plan.form()).value_or(""), 0}, now_us)
          .status());
  if (request.validate_only()) return Preview(tx, plan, period);
  RETURN_IF_ERROR(StampExpired(tx, now_us));
  ASSIGN_OR_RETURN(v1::Draw draw, Preview(tx, plan, period));
  *draw.mutable_create_time() = ToTimestamp(now_us);
  RETURN_IF_ERROR(Store(tx, name, draw, now_us));
  return draw;
}

absl::StatusOr<v1::Draw> Draws::Get(Transaction& tx, const Caller&,
                                    const v1::GetDrawRequest& request) const {
  const auto name = ParseDrawName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "A draw is samplingPlans/{plan}/draws/{period}.");
  }
  return FindDraw(tx, *name, clock_());
}

absl::StatusOr<v1::ListDrawsResponse> Draws::List(
    Transaction& tx, const Caller&, const v1::ListDrawsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 1));
  const auto plan = ParseSamplingPlanName(request.parent());
  if (!plan) {
    return Invalid("parent", "NAME_INVALID",
                   "The parent is samplingPlans/{plan}.");
  }
  RETURN_IF_ERROR(FindSamplingPlan(tx, *plan).status());
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kList, {*plan, page.after.empty() ? kNoPeriod : page.after[0],
                     page.size + 1}));
  v1::ListDrawsResponse response;
  std::vector<std::string> periods;
  for (const Row& row : rows) {
    if (response.draws_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, {periods.back()}));
      break;
    }
    Cells cells(row);
    periods.push_back(cells.Text());
    cells.Message(*response.add_draws());
    RETURN_IF_ERROR(cells.Done());
  }
  if (periods.empty()) return response;
  ASSIGN_OR_RETURN(Outcomes outcomes, FindOutcomes(tx, *plan, periods.back(),
                                                   periods.front(), clock_()));
  for (int i = 0; i < response.draws_size(); ++i) {
    v1::Draw& draw = *response.mutable_draws(i);
    Tell(outcomes[periods[static_cast<size_t>(i)]], draw);
    draw.clear_agents();
    draw.clear_loads();
    draw.clear_picks();
  }
  return response;
}

}  // namespace attune
