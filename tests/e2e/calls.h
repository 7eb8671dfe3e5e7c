// The calls of the half-year: when they were, how good they are, and what each
// rater makes of them.  Everything follows from the agent's and the call's
// number, so that every figure can be worked out by hand.

#ifndef ATTUNE_TESTS_E2E_CALLS_H_
#define ATTUNE_TESTS_E2E_CALLS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/e2e/call_form.h"

namespace attune::half_year {

// Agents a01 to a40 are 0 to 39; a41, who joins in March, is 40.
inline constexpr int kPeople = 41;
inline constexpr int kNeverChecked = 16;  // a17, who ignores the first cycle
inline constexpr int kLeaver = 39;        // a40, who leaves on March 10
inline constexpr int kJoiner = 40;

std::string AgentId(int agent);
std::string AgentName(int agent);  // people/a01
// The number in `people/a01` and in whatever is under it.
int AgentIn(const std::string& name);
// Where the agent is, or was until they left.
std::string FirstTeam(int agent);

// In the order of their ids, in which queues take them.
inline constexpr const char* kAdvocates[] = {"ada", "ben", "cleo",
                                             "dev", "uma", "vera"};
// Gives no greeting its 10 points, until the calibration in April.
inline constexpr char kSevere[] = "vera";

struct Call {
  int agent = 0;
  std::string id;
  int64_t day = 0;     // since 1970-01-01
  bool drawn = false;  // on the telephone, of which the plan draws
  Sheet truth = {};

  std::string name() const;
};

// Six of each agent who is there, on days 3, 7, 11, 15, 19 and 23 of the month,
// 1 to 6.  A call is of quality u, 0 to 7, which is worth 15, 25, 35, 45, 55,
// 65, 75 or 95 of 100 points, and 5 more where agent + call + month is even,
// for the customer's name.  u is 0, 1, 3, 4 or 6 by agent % 5, and 1 more where
// (call + month) % 3 is 0.
std::vector<Call> CallsOf(int month);
// Chats for the self-checks of a cycle, 1 or 2: `own`, `lead` and `other`, all
// of quality 1 + agent % 5 and without the name.
std::vector<Call> ChatsFor(int cycle);

// By its full name; fails the test if there is none.
const Call& FindCall(const std::string& name);

// What this advocate gives the call.
Sheet RatedBy(const std::string& advocate, const Call& call);
// What the agent gives it in the self-check of a cycle.  By agent % 4:
//   0  the truth
//   1  20 points less in the first cycle (greeting, tone), 10 in the second
//   2  5 points more (name), which revision 2 does not ask
//   3  20 points more in the first cycle (rapport), 10 in the second (one try)
Sheet GradedByAgent(const Call& call, int cycle);

}  // namespace attune::half_year

#endif  // ATTUNE_TESTS_E2E_CALLS_H_
