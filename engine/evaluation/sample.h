// Drawing: which contacts of a frame, the same whatever order they come in.

#ifndef ATTUNE_ENGINE_EVALUATION_SAMPLE_H_
#define ATTUNE_ENGINE_EVALUATION_SAMPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attune/v1/sampling_plan.pb.h"

namespace attune {

// A contact that may be drawn.
struct FrameContact {
  std::string name;   // people/{person}/contacts/{contact}
  std::string agent;  // id
  int64_t stratum = 0;
};

// Everything that may be drawn, and from whom.
struct Frame {
  std::vector<FrameContact> contacts;  // in any order, no name twice
  std::vector<std::string> agents;     // also those without a contact
};

// One agent's part of a drawn sample.
struct AgentSample {
  std::string agent;
  int64_t frame_count = 0;
  int64_t wanted_count = 0;
  std::vector<std::string> drawn;  // contact names
};

// SHA-256, hexadecimal, of the seed, a line feed and `text`: the order in which
// things are taken.
std::string KeyedHash(int64_t seed, absl::string_view text);

// SHA-256, hexadecimal, of all contact names in order.
std::string FrameHash(const Frame& frame);

// How many to take from strata of these sizes: `count`, or everything if that
// is less.  Each stratum gets one first, the largest before the others, and
// then whichever has the most contacts for each one it has (Adams); of equals
// the earlier.
std::vector<int64_t> Allot(const std::vector<int64_t>& sizes, int64_t count);

// What the plan draws from the frame with its seed, by agent.  Within a stratum
// the contacts with the smallest hashes are taken.
std::vector<AgentSample> DrawFrom(const v1::SamplingPlan& plan,
                                  const Frame& frame);

}  // namespace attune

#endif  // ATTUNE_ENGINE_EVALUATION_SAMPLE_H_
