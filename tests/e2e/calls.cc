#include "tests/e2e/calls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/clock.h"

namespace attune::half_year {
namespace {

int64_t Day(int month, int day) {
  return *ParseDay(absl::StrFormat("2026-%02d-%02d", month, day));
}

bool IsThere(int agent, int64_t day) {
  if (agent == kLeaver) return day < Day(3, 10);
  if (agent == kJoiner) return day >= Day(3, 12);
  return true;
}

Sheet SheetOfQuality(int u, bool name) {
  Sheet sheet = {};
  sheet[kGreeting] = 10;
  sheet[kVerified] = 5;
  sheet[kName] = name ? 5 : 0;
  sheet[kTone] = u >= 1 ? 10 : 0;
  sheet[kSolved] = u >= 5 ? 20 : u >= 2 ? 10 : 0;
  sheet[kTries] = u >= 6 ? 20 : u >= 3 ? 10 : 0;
  sheet[kOwned] = u >= 4 ? 10 : 0;
  sheet[kRapport] = u >= 7 ? 20 : 0;
  return sheet;
}

Call MakeChat(int agent, int cycle, const char* id, int offset) {
  Call call;
  call.agent = agent;
  call.id = absl::StrCat("s", cycle, "-", id);
  // Cycle 1 is open from February 16, cycle 2 from April 10.
  call.day = (cycle == 1 ? Day(2, 10) : Day(4, 6)) + offset;
  if (cycle == 1 && agent == kJoiner) call.day = Day(3, 12);
  call.truth = SheetOfQuality(1 + agent % 5, false);
  return call;
}

std::map<std::string, Call> AllCalls() {
  std::map<std::string, Call> calls;
  const auto add = [&](const std::vector<Call>& more) {
    for (const Call& call : more) calls.emplace(call.name(), call);
  };
  for (int month = 1; month <= 6; ++month) add(CallsOf(month));
  for (int cycle = 1; cycle <= 2; ++cycle) add(ChatsFor(cycle));
  return calls;
}

}  // namespace

std::string AgentId(int agent) { return absl::StrFormat("a%02d", agent + 1); }
std::string AgentName(int agent) {
  return absl::StrCat("people/", AgentId(agent));
}

int AgentIn(const std::string& name) {
  int number = 0;
  EXPECT_EQ(name.substr(0, 8), "people/a") << name;
  EXPECT_TRUE(absl::SimpleAtoi(name.substr(8, 2), &number)) << name;
  return number - 1;
}

std::string FirstTeam(int agent) {
  constexpr const char* kTeams[] = {"red", "green", "blue", "gold", "gold"};
  return kTeams[agent / 10];
}

std::string Call::name() const {
  return absl::StrCat(AgentName(agent), "/contacts/", id);
}

std::vector<Call> CallsOf(int month) {
  std::vector<Call> calls;
  for (int agent = 0; agent < kPeople; ++agent) {
    for (int number = 0; number < 6; ++number) {
      Call call;
      call.agent = agent;
      call.id = absl::StrFormat("m%d-%d", month, number);
      call.day = Day(month, 3 + 4 * number);
      call.drawn = true;
      if (!IsThere(agent, call.day)) continue;
      const int u = agent % 5 * 3 / 2 + ((number + month) % 3 == 0 ? 1 : 0);
      call.truth = SheetOfQuality(u, (agent + number + month) % 2 == 0);
      calls.push_back(call);
    }
  }
  return calls;
}

std::vector<Call> ChatsFor(int cycle) {
  std::vector<Call> calls;
  for (int agent = 0; agent < kPeople; ++agent) {
    if (cycle == 2 && agent == kLeaver) continue;
    calls.push_back(MakeChat(agent, cycle, "own", 0));
    calls.push_back(MakeChat(agent, cycle, "lead", 1));
    calls.push_back(MakeChat(agent, cycle, "other", 2));
  }
  return calls;
}

const Call& FindCall(const std::string& name) {
  static const auto& calls = *new std::map<std::string, Call>(AllCalls());
  static const Call& none = *new Call;
  const auto found = calls.find(name);
  if (found != calls.end()) return found->second;
  ADD_FAILURE() << "There is no call " << name;
  return none;
}

Sheet RatedBy(const std::string& advocate, const Call& call) {
  Sheet sheet = call.truth;
  if (advocate == kSevere && call.day < Day(4, 1)) sheet[kGreeting] = 0;
  return sheet;
}

Sheet GradedByAgent(const Call& call, int cycle) {
  Sheet sheet = call.truth;
  switch (call.agent % 4) {
    case 1:
      sheet[kTone] = 0;
      if (cycle == 1) sheet[kGreeting] = 0;
      break;
    case 2:
      sheet[kName] = 5;
      break;
    case 3:
      (cycle == 1 ? sheet[kRapport] : sheet[kTries]) += cycle == 1 ? 20 : 10;
      break;
    default:
      break;
  }
  return sheet;
}

}  // namespace attune::half_year
