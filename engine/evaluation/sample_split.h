// Who scores what was drawn: evenly, and so that raters can be compared.

#ifndef ATTUNE_ENGINE_EVALUATION_SAMPLE_SPLIT_H_
#define ATTUNE_ENGINE_EVALUATION_SAMPLE_SPLIT_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/evaluation/assignment.h"

namespace attune {

// A drawn contact.
struct SplitContact {
  std::string name;        // people/{person}/contacts/{contact}
  std::string agent;       // id
  std::string agent_team;  // id; empty if in none
  // Ids of those who have scored it, or have it in their queue.
  std::set<std::string> taken_by = {};
};

// The same contact and the ids of those who score it: two where it overlaps,
// none if nobody may.
struct SplitPick {
  std::string name;
  std::string agent;
  std::vector<std::string> raters;
};

struct Split {
  std::vector<SplitPick> picks;  // by name
  int64_t overlap_count = 0;
  // Whether every agent and rater of the picks is linked with every other by a
  // chain of picks.
  bool connected = true;
};

// Gives each contact to the rater with the least so far, and then
// `overlap_percent` of them, rounded up, to another one as well: first where
// that links what was not linked, then to whoever has the least.  Where
// everybody may score everything, two raters' shares differ by at most one. The
// seed decides between equals; the order of contacts and raters changes
// nothing.
Split SplitOver(int64_t seed, int64_t overlap_percent,
                std::vector<SplitContact> contacts, std::vector<Rater> raters);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SAMPLE_SPLIT_H_
