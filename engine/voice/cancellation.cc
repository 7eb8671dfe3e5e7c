#include "engine/voice/cancellation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/names.h"
#include "engine/stats/distributions.h"
#include "engine/texts.h"
#include "engine/voice/report_share.h"

namespace attune {
namespace {

constexpr int kMaxOffers = 100;
constexpr int kMaxMinutes = 365 * 24 * 60;
constexpr size_t kMaxNamed = 100;

void CheckPermission(const v1::Cancellation& cancellation, Violations& bad) {
  if (!cancellation.has_permission_asked()) {
    bad.Add("cancellation.permission_asked", "VALUE_MISSING",
            "Say whether leave to ask why was asked.");
    return;
  }
  if (cancellation.permission_asked() == cancellation.has_permission_given()) {
    return;
  }
  bad.Add("cancellation.permission_given",
          cancellation.permission_asked() ? "VALUE_MISSING" : "NOT_ASKED",
          cancellation.permission_asked()
              ? "Leave to ask why was asked: say whether it was given."
              : "What was not asked was not given either; leave it out.");
}

void CheckReasonGiven(const v1::Cancellation& cancellation, Violations& bad) {
  if (cancellation.reason_code() == v1::Cancellation::REASON_UNSPECIFIED ||
      !v1::Cancellation::Reason_IsValid(cancellation.reason_code())) {
    bad.Add("cancellation.reason_code", "REASON_UNKNOWN_CODE",
            "A reason is core_need_failed, price, needs_changed, moved, "
            "competitor, service_experience or unknown.");
  }
  if (cancellation.reason_code() == v1::Cancellation::REASON_UNKNOWN &&
      !cancellation.reason_text().empty()) {
    bad.Add("cancellation.reason_text", "REASON_NOT_CODED",
            "A reason that was told has a code.");
  }
  CheckPlainText(cancellation.reason_text(), "cancellation.reason_text", bad);
}

void CheckMinutes(const v1::Cancellation& cancellation, Violations& bad) {
  constexpr char kField[] = "cancellation.minutes_to_processed";
  const bool stayed = cancellation.result() == v1::Cancellation::RESULT_STAYED;
  if (!cancellation.has_minutes_to_processed()) {
    if (!stayed) {
      bad.Add(kField, "VALUE_MISSING",
              "Say how many minutes it took to process.");
    }
    return;
  }
  if (stayed) {
    bad.Add(kField, "NOTHING_PROCESSED",
            "Who stays has nothing processed; leave it out.");
  }
  if (cancellation.minutes_to_processed() < 0 ||
      cancellation.minutes_to_processed() > kMaxMinutes) {
    bad.Add(kField, "VALUE_INVALID",
            absl::StrCat("Minutes are 0 to ", kMaxMinutes, "."));
  }
}

}  // namespace

void CheckCancellation(const v1::Cancellation& cancellation, Violations& bad) {
  if (!ParseCancellationName(cancellation.name())) {
    bad.Add("cancellation.name", "NAME_INVALID",
            "It is people/{person}/contacts/{contact}/cancellation.");
  }
  CheckPermission(cancellation, bad);
  CheckReasonGiven(cancellation, bad);
  if (!cancellation.has_offers_made()) {
    bad.Add("cancellation.offers_made", "VALUE_MISSING",
            "Say how many offers to stay were made, also if none.");
  } else if (cancellation.offers_made() < 0 ||
             cancellation.offers_made() > kMaxOffers) {
    bad.Add("cancellation.offers_made", "VALUE_INVALID",
            absl::StrCat("Offers are 0 to ", kMaxOffers, "."));
  }
  if (cancellation.result() == v1::Cancellation::RESULT_UNSPECIFIED ||
      !v1::Cancellation::Result_IsValid(cancellation.result())) {
    bad.Add("cancellation.result", "RESULT_UNKNOWN",
            "A result is cancelled, paused or stayed.");
  }
  CheckMinutes(cancellation, bad);
}

void CancellationTally::Add(const CancellationRow& row) {
  ++n_;
  asked_ += row.asked ? 1 : 0;
  given_ += row.given ? 1 : 0;
  offers_ += row.offers;
  if (row.offers > kMostOffers) {
    ++over_offered_;
    if (over_offered_contacts_.size() < kMaxNamed) {
      over_offered_contacts_.push_back(row.contact);
    }
  }
  if (row.minutes) minutes_.push_back(static_cast<double>(*row.minutes));
  ++results_[row.result];
  ++reasons_[row.reason];
  ++months_[FormatDay(row.day).substr(0, 7)][row.reason];
}

v1::CancellationReport CancellationTally::Build() const {
  v1::CancellationReport report;
  report.set_n(n_);
  *report.mutable_permission_asked() = ReportShareOf(asked_, n_);
  *report.mutable_permission_given() = ReportShareOf(given_, asked_);
  *report.mutable_over_offered() = ReportShareOf(over_offered_, n_);
  for (const std::string& contact : over_offered_contacts_) {
    report.add_over_offered_contacts(contact);
  }
  report.set_offers_made(offers_);
  if (!minutes_.empty()) {
    std::vector<double> sorted = minutes_;
    std::sort(sorted.begin(), sorted.end());
    report.set_median_minutes(SampleQuantile(sorted, 0.5));
  }
  report.set_minutes_n(static_cast<int64_t>(minutes_.size()));
  for (int result = v1::Cancellation::Result_MIN + 1;
       result <= v1::Cancellation::Result_MAX; ++result) {
    v1::CancellationResultCount& count = *report.add_results();
    count.set_result(static_cast<v1::Cancellation::Result>(result));
    const auto found = results_.find(count.result());
    if (found != results_.end()) count.set_count(found->second);
  }
  *report.mutable_reasons() = MostFrequentFirst(reasons_);
  for (const auto& [name, reasons] : months_) {
    v1::CancellationMonth& month = *report.add_months();
    month.set_month(name);
    *month.mutable_reasons() = MostFrequentFirst(reasons);
    int64_t n = 0;
    for (const auto& [reason, count] : reasons) n += count;
    month.set_n(n);
  }
  return report;
}

google::protobuf::RepeatedPtrField<v1::CancellationReasonCount>
CancellationTally::MostFrequentFirst(const Reasons& reasons) {
  std::vector<std::pair<v1::Cancellation::Reason, int64_t>> sorted(
      reasons.begin(), reasons.end());
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  google::protobuf::RepeatedPtrField<v1::CancellationReasonCount> counts;
  for (const auto& [reason, n] : sorted) {
    v1::CancellationReasonCount& count = *counts.Add();
    count.set_reason_code(reason);
    count.set_count(n);
  }
  return counts;
}

}  // namespace attune
