#include "engine/evaluation/self_check_cycle.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/people/person.h"

namespace attune {
namespace {

// A year is not past the calendar after some months are added.
constexpr int64_t kLastOpenUs = int64_t{253'370'764'800} * 1'000'000;

int64_t OpenTime(const v1::SelfCheckCycle& cycle, int64_t now_us) {
  return cycle.has_open_time() ? ToMicros(cycle.open_time()) : now_us;
}

}  // namespace

void CheckNewCycle(const v1::CreateSelfCheckCycleRequest& request,
                   int64_t now_us, Violations& bad) {
  const v1::SelfCheckCycle& cycle = request.cycle();
  if (!IsResourceId(request.cycle_id())) {
    bad.Add("cycle_id", "ID_INVALID", "An id is [a-z0-9][a-z0-9._-]{0,62}.");
  }
  CheckShortText(cycle.title(), "cycle.title", bad);
  if (!ParseFormName(cycle.form())) {
    bad.Add("cycle.form", "NAME_INVALID", "A form is forms/{form}.");
  }
  const bool open_is_valid =
      !cycle.has_open_time() ||
      (IsValid(cycle.open_time()) && ToMicros(cycle.open_time()) < kLastOpenUs);
  if (!open_is_valid) {
    bad.Add("cycle.open_time", "TIME_INVALID",
            "A time is between the years 1 and 9998.");
  }
  if (!cycle.has_close_time()) return;
  if (!IsValid(cycle.close_time())) {
    bad.Add("cycle.close_time", "TIME_INVALID",
            "A time is between the years 1 and 9999.");
  } else if (open_is_valid &&
             ToMicros(cycle.close_time()) <= OpenTime(cycle, now_us)) {
    bad.Add("cycle.close_time", "TIME_ORDER", "A cycle closes after it opens.");
  }
}

v1::SelfCheckCycle MakeCycle(const v1::CreateSelfCheckCycleRequest& request,
                             int64_t now_us) {
  const v1::SelfCheckCycle& wanted = request.cycle();
  const int64_t open_us = OpenTime(wanted, now_us);
  v1::SelfCheckCycle cycle;
  cycle.set_name(SelfCheckCycleName(request.cycle_id()));
  cycle.set_title(wanted.title().empty() ? request.cycle_id() : wanted.title());
  cycle.set_form(wanted.form());
  *cycle.mutable_open_time() = ToTimestamp(open_us);
  *cycle.mutable_close_time() =
      wanted.has_close_time()
          ? wanted.close_time()
          : ToTimestamp(AddMonths(open_us, kSelfCheckMonths));
  cycle.set_state(v1::SelfCheckCycle::STATE_OPEN);
  cycle.set_etag("1");
  *cycle.mutable_create_time() = ToTimestamp(now_us);
  *cycle.mutable_update_time() = ToTimestamp(now_us);
  return cycle;
}

absl::Status CheckTakesPart(const v1::SelfCheckCycle& cycle, int64_t now_us) {
  if (cycle.state() != v1::SelfCheckCycle::STATE_OPEN) {
    return CycleClosed(cycle.name());
  }
  if (now_us < ToMicros(cycle.open_time())) {
    return FailedPrecondition(
        "CYCLE_NOT_OPEN_YET",
        absl::StrCat(cycle.name(), " opens on ",
                     FormatMinute(ToMicros(cycle.open_time())), "."));
  }
  return absl::OkStatus();
}

absl::Status CycleClosed(const std::string& cycle_name) {
  return FailedPrecondition(
      "CYCLE_CLOSED",
      absl::StrCat(cycle_name, " is closed; nothing of it changes any more."));
}

}  // namespace attune
