// A year of a contact center, made up: who works there, how well and how
// strictly, which contacts they had, and who scored them.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_YEAR_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_YEAR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "attune/v1/directory_service.pb.h"
#include "attune/v1/evaluation_service.pb.h"
#include "engine/form/compiled_form.h"

namespace attune {

struct YearOptions {
  uint64_t seed = 1;
  int agents = 200;
  int advocates = 8;
  int teams = 10;
  int days = 365;
  int64_t last_day = 0;  // days since 1970-01-01
  int evaluations = 100'000;
};

// Everything is a function of the options: asking in another order, or twice,
// changes nothing.  Ids depend on the seed and on positions alone, so two years
// of one seed are the same people and contacts.  Percents are points of an
// evaluation's total.  Immutable; thread-safe.
class Year {
 public:
  explicit Year(const YearOptions& options);

  const YearOptions& options() const { return options_; }

  std::string AgentId(int agent) const;
  std::string AdvocateId(int advocate) const;
  std::vector<v1::CreateTeamRequest> Teams() const;
  // Advocates, a lead for each team, agents.
  std::vector<v1::CreatePersonRequest> People() const;
  // Of one agent, by time up to the day, in working hours of their five days a
  // week.
  std::vector<v1::CreateContactRequest> ContactsOf(int agent) const;
  // Of one agent.  Most contacts are scored by one advocate, every tenth by
  // two, as far as there are two.  `revision` is `forms/{form}/revisions/{n}`,
  // whose form is `form`.
  std::vector<v1::SubmitEvaluationRequest> EvaluationsOf(
      int agent, const CompiledForm& form, const std::string& revision) const;
  int EvaluationCountOf(int agent) const;
  int ContactCountOf(int agent) const;

  // What an advocate takes off an average evaluation, percent; below 0:
  // lenient. Those of all advocates have mean 0.
  double Severity(int advocate) const;
  // What the agent's contacts are worth to a neutral advocate on average, on
  // the first and the last day, percent; between them it moves evenly.
  double SkillAtStart(int agent) const;
  double SkillAtEnd(int agent) const;

 private:
  struct Planned;
  Planned Plan(int agent, int contact) const;
  std::string ContactId(int agent, int contact) const;
  std::vector<int> RatersOf(int agent, int contact) const;

  YearOptions options_;
  std::vector<double> severities_;
  std::vector<std::vector<int64_t>> work_days_;  // by weekly pattern
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_YEAR_H_
