#include "engine/report/rater_severity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/names.h"
#include "engine/stats/distributions.h"

namespace attune {
namespace {

// Points under which nobody should be told to look.
constexpr double kHardlyAny = 0.5;

std::optional<size_t> PlaceIn(const std::vector<std::string>& ids,
                              absl::string_view id) {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  if (found == ids.end() || *found != id) return std::nullopt;
  return static_cast<size_t>(found - ids.begin());
}

std::vector<std::string> Sorted(const std::set<std::string>& ids) {
  return {ids.begin(), ids.end()};
}

std::vector<CrossedScore> Numbered(const std::vector<RatedScore>& scores,
                                   const std::vector<std::string>& agents,
                                   const std::vector<std::string>& raters) {
  std::vector<CrossedScore> numbered;
  for (const RatedScore& score : scores) {
    const auto agent = PlaceIn(agents, score.agent);
    const auto rater = PlaceIn(raters, score.rater);
    if (score.auto_failed || !agent || !rater) continue;
    numbered.push_back({*agent, *rater, score.percent()});
  }
  return numbered;
}

std::vector<std::string> Picked(const std::vector<std::string>& ids,
                                const std::vector<size_t>& places) {
  std::vector<std::string> picked;
  for (const size_t place : places) picked.push_back(ids[place]);
  return picked;
}

// All scores of one agent, the auto-failed among them.
struct RawScores {
  int64_t n = 0;
  int64_t auto_failed = 0;
  int64_t sum = 0;  // hundredths
};

std::map<std::string, RawScores> RawByAgent(const SeverityModel& model) {
  std::map<std::string, RawScores> raw;
  for (const RatedScore& score : model.scores()) {
    RawScores& agent = raw[score.agent];
    ++agent.n;
    agent.sum += score.hundredths;
    if (score.auto_failed) ++agent.auto_failed;
  }
  return raw;
}

std::string Points(double points) {
  return absl::StrFormat("%.1f points", std::abs(points));
}

std::string RaterSentence(const LinkedScores& part,
                          const v1::RaterSeverity& rater) {
  if (part.reason == Reason::kOneRater) {
    return "The only rater here: there is nobody to compare with.";
  }
  if (!rater.has_severity()) {
    return "Cannot be told apart from the agents' skill.";
  }
  const std::string size = absl::StrCat(
      "Gives about ", Points(rater.severity()),
      rater.severity() >= 0 ? " more" : " less", " than an average rater");
  if (rater.low() <= 0 && rater.high() >= 0) {
    return absl::StrCat(size, ", which may be chance.");
  }
  return absl::StrCat(rater.severity() > 0 ? "Lenient" : "Harsh", ": g",
                      size.substr(1), ".");
}

std::string AgentSentence(const v1::FairMean& agent) {
  std::string sentence;
  if (!agent.has_scored_mean()) {
    sentence = "Every score is an automatic failure: nothing to adjust.";
  } else if (!agent.has_fair_mean()) {
    sentence = "Raters and calls cannot be told apart here.";
  } else {
    const double raters = agent.scored_mean() - agent.fair_mean();
    if (std::abs(raters) < kHardlyAny) {
      sentence = "Hardly anything of this average is the raters'.";
    } else if (raters > 0) {
      sentence = absl::StrCat("About ", Points(raters),
                              " of this average are the raters', not the "
                              "calls'.");
    } else {
      sentence = absl::StrCat("About ", Points(raters),
                              " are missing from this average because of the "
                              "raters, not the calls.");
    }
  }
  if (agent.auto_failed() > 0 && agent.has_scored_mean()) {
    absl::StrAppend(&sentence, " The raw mean also counts ",
                    agent.auto_failed(), " automatic ",
                    agent.auto_failed() == 1 ? "failure" : "failures",
                    " as 0.");
  }
  return sentence;
}

template <typename Message>
void SetInterval(double middle, double se, Message& message) {
  message.set_se(se);
  message.set_low(middle - NormalMargin() * se);
  message.set_high(middle + NormalMargin() * se);
}

v1::FairMean FairMeanOf(const std::string& id, const RawScores& raw) {
  v1::FairMean result;
  result.set_agent(PersonName(id));
  result.set_n(raw.n);
  result.set_auto_failed(raw.auto_failed);
  result.set_raw_mean(static_cast<double>(raw.sum) / 100 /
                      static_cast<double>(raw.n));
  return result;
}

v1::FairMean AgentOf(const LinkedScores& part, size_t agent,
                     const RawScores& raw) {
  v1::FairMean result = FairMeanOf(part.agents[agent], raw);
  const FairScore& fit = part.fit.agents[agent];
  result.set_scored_mean(fit.raw);
  if (part.adjusts() && fit.fair && fit.se) {
    result.set_fair_mean(*fit.fair);
    SetInterval(*fit.fair, *fit.se, result);
  }
  result.set_sentence(AgentSentence(result));
  return result;
}

bool MoreLenient(const v1::RaterSeverity& a, const v1::RaterSeverity& b) {
  return a.severity() > b.severity();
}

bool Lower(const v1::FairMean& a, const v1::FairMean& b) {
  const auto mean = [](const v1::FairMean& agent) {
    return agent.has_fair_mean() ? agent.fair_mean() : agent.raw_mean();
  };
  return mean(a) < mean(b);
}

bool Shows(const SeverityView& view, const std::string& agent) {
  return !view.agents || view.agents->count(agent) > 0;
}

v1::SeverityPart ShownPart(const LinkedScores& part,
                           const std::map<std::string, RawScores>& raw,
                           const SeverityView& view) {
  v1::SeverityPart result;
  result.set_reason(std::string(ReasonWord(part.reason)));
  result.set_n(part.sums.n);
  result.set_residual_df(part.sums.residual_df());
  if (part.adjusts() && part.fit.sigma2 && part.fit.sigma2_rater) {
    result.set_deviation(std::sqrt(*part.fit.sigma2));
    result.set_rater_deviation(std::sqrt(*part.fit.sigma2_rater));
  }
  for (size_t rater = 0; rater < part.raters.size(); ++rater) {
    if (!view.all_raters && part.raters[rater] != view.rater) continue;
    *result.add_raters() = RaterSeverityOf(part, rater);
  }
  for (size_t agent = 0; agent < part.agents.size(); ++agent) {
    if (!Shows(view, part.agents[agent])) continue;
    *result.add_agents() = AgentOf(part, agent, raw.at(part.agents[agent]));
  }
  std::stable_sort(result.mutable_raters()->begin(),
                   result.mutable_raters()->end(), MoreLenient);
  std::stable_sort(result.mutable_agents()->begin(),
                   result.mutable_agents()->end(), Lower);
  return result;
}

// Agents whom no model knows, for everything of theirs was auto-failed.
v1::SeverityPart OnlyFailed(const SeverityModel& model,
                            const std::map<std::string, RawScores>& raw,
                            const SeverityView& view) {
  v1::SeverityPart result;
  result.set_reason(std::string(ReasonWord(Reason::kNoData)));
  for (const auto& [id, scores] : raw) {
    const bool known = std::any_of(
        model.parts().begin(), model.parts().end(),
        [id = id](const LinkedScores& part) { return part.FindAgent(id); });
    if (known || !Shows(view, id)) continue;
    v1::FairMean agent = FairMeanOf(id, scores);
    agent.set_sentence(AgentSentence(agent));
    *result.add_agents() = std::move(agent);
  }
  return result;
}

std::string Summary(const SeverityModel& model, const SeverityView& view) {
  const std::vector<LinkedScores>& parts = model.parts();
  if (parts.empty()) return "There are no scores to compare.";
  if (parts.size() > 1) {
    return absl::StrCat(
        "Severity and skill cannot be told apart: these scores fall into ",
        parts.size(),
        " parts that share no rater, so that numbers of one part do not "
        "compare with those of another.  A call scored by a rater of each "
        "side joins them",
        view.all_raters ? absl::StrCat(", such as by ", parts[0].raters[0],
                                       " and by ", parts[1].raters[0])
                        : "",
        ".");
  }
  const LinkedScores& part = parts[0];
  switch (part.reason) {
    case Reason::kNone:
      break;
    case Reason::kOneRater:
      return "One rater gave all the scores: severity and skill cannot be told "
             "apart.";
    case Reason::kTooFew:
      return absl::StrCat("Only ", part.sums.residual_df(),
                          " degrees of freedom are left over; from ",
                          kFewestResidualDfShown,
                          " on severity and skill can be told apart.");
    default:
      return "There are as many agents and raters as scores: severity and "
             "skill cannot be told apart.";
  }
  if (part.fit.sigma2_rater == 0) {
    return "There is no evidence that raters differ in severity: nothing is "
           "adjusted.";
  }
  return absl::StrFormat(
      "Raters differ in severity by a standard deviation of %.1f points; "
      "chance "
      "moves a single score by %.1f.",
      std::sqrt(*part.fit.sigma2_rater), std::sqrt(*part.fit.sigma2));
}

}  // namespace

LinkedScores::LinkedScores(std::vector<std::string> agent_ids,
                           std::vector<std::string> rater_ids,
                           const std::vector<CrossedScore>& scores)
    : agents(std::move(agent_ids)),
      raters(std::move(rater_ids)),
      sums(scores, agents.size(), raters.size()),
      fit(FitSeverity(sums)),
      reason(fit.reason) {
  if (reason == Reason::kNone && fit.residual_df < kFewestResidualDfShown) {
    reason = Reason::kTooFew;
  }
}

std::optional<size_t> LinkedScores::FindAgent(absl::string_view id) const {
  return PlaceIn(agents, id);
}

std::optional<size_t> LinkedScores::FindRater(absl::string_view id) const {
  return PlaceIn(raters, id);
}

SeverityModel::SeverityModel(std::vector<RatedScore> scores)
    : scores_(std::move(scores)) {
  // Sums do not depend on the order in which rows came.
  std::sort(scores_.begin(), scores_.end());
  std::set<std::string> agent_ids;
  std::set<std::string> rater_ids;
  for (const RatedScore& score : scores_) {
    if (score.auto_failed) continue;
    agent_ids.insert(score.agent);
    rater_ids.insert(score.rater);
  }
  const std::vector<std::string> agents = Sorted(agent_ids);
  const std::vector<std::string> raters = Sorted(rater_ids);
  const CrossedScores all(Numbered(scores_, agents, raters), agents.size(),
                          raters.size());
  for (const CrossedComponent& component : ComponentsOf(all)) {
    std::vector<std::string> inside = Picked(agents, component.agents);
    std::vector<std::string> by = Picked(raters, component.raters);
    const std::vector<CrossedScore> numbered = Numbered(scores_, inside, by);
    parts_.emplace_back(std::move(inside), std::move(by), numbered);
  }
  std::stable_sort(parts_.begin(), parts_.end(),
                   [](const LinkedScores& a, const LinkedScores& b) {
                     return a.sums.n > b.sums.n;
                   });
}

const LinkedScores* SeverityModel::PartOf(absl::string_view rater) const {
  for (const LinkedScores& part : parts_) {
    if (part.FindRater(rater)) return &part;
  }
  return nullptr;
}

v1::RaterSeverity RaterSeverityOf(const LinkedScores& part, size_t rater) {
  v1::RaterSeverity result;
  result.set_rater(PersonName(part.raters[rater]));
  result.set_n(part.sums.raters[rater].n);
  const RaterSeverity& fit = part.fit.raters[rater];
  if (part.reason == Reason::kOneRater) result.set_severity(0);
  if (part.adjusts() && fit.severity && fit.se) {
    result.set_severity(*fit.severity);
    SetInterval(*fit.severity, *fit.se, result);
  }
  result.set_sentence(RaterSentence(part, result));
  return result;
}

v1::SeverityReport SeverityReportOf(const SeverityModel& model,
                                    const SeverityView& view) {
  v1::SeverityReport report;
  report.set_method("reml");
  const size_t parts = model.parts().size();
  report.set_part_count(static_cast<int32_t>(parts));
  if (parts != 1) {
    report.set_reason(std::string(
        ReasonWord(parts == 0 ? Reason::kNoData : Reason::kDisconnected)));
  }
  report.set_summary(Summary(model, view));
  const std::map<std::string, RawScores> raw = RawByAgent(model);
  const auto add = [&report](v1::SeverityPart part) {
    if (part.raters().empty() && part.agents().empty()) return;
    *report.add_parts() = std::move(part);
  };
  for (const LinkedScores& part : model.parts()) {
    add(ShownPart(part, raw, view));
  }
  add(OnlyFailed(model, raw, view));
  return report;
}

}  // namespace attune
