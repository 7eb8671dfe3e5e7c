// When the calls of an open loop are due.

#ifndef ATTUNE_TOOLS_ATTUNE_LOAD_SCHEDULE_H_
#define ATTUNE_TOOLS_ATTUNE_LOAD_SCHEDULE_H_

#include <cstdint>

namespace attune {

// Call number n of all is due n / rate seconds after the start, whatever became
// of the calls before it.  Lane `lane` of `lanes` makes every lanes-th call, so
// that together they make each call once and evenly spaced.
class Schedule {
 public:
  // `rate` is calls a second of all lanes together, above 0; 0 <= lane < lanes.
  Schedule(double rate, int lane, int lanes)
      : rate_(rate), lane_(lane), lanes_(lanes) {}

  // When this lane's call number `index`, from 0, is due: nanoseconds after the
  // start.  Each is computed from its number, so that errors do not add up.
  int64_t DueNanos(int64_t index) const {
    const int64_t number = index * lanes_ + lane_;
    return static_cast<int64_t>(static_cast<double>(number) * 1e9 / rate_);
  }
  // How many calls of this lane are due before `nanos`.
  int64_t CountBefore(int64_t nanos) const;

 private:
  double rate_;
  int64_t lane_;
  int64_t lanes_;
};

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_LOAD_SCHEDULE_H_
