#include "engine/voice/cancellations.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/engine/voice/customer_test.h"

namespace attune {
namespace {

using testing::ElementsAre;

constexpr char kCancelled[] = R"pb(
  permission_asked: true
  permission_given: true
  reason_code: REASON_PRICE
  reason_text: "It doubled."
  offers_made: 0
  minutes_to_processed: 4
  result: RESULT_CANCELLED
)pb";

class CancellationsTest : public CustomerTest {
 protected:
  absl::StatusOr<v1::Cancellation> Record(const Caller& caller,
                                          const std::string& contact,
                                          const std::string& fields,
                                          const std::string& etag = "") {
    v1::RecordCancellationRequest request;
    *request.mutable_cancellation() = Text<v1::Cancellation>(fields);
    request.mutable_cancellation()->set_name(
        absl::StrCat("people/-/contacts/", contact, "/cancellation"));
    request.mutable_cancellation()->set_etag(etag);
    return Ask(cancellations_, &Cancellations::Record, caller, request);
  }
  absl::StatusOr<v1::CancellationReport> Report(const Caller& caller,
                                                const std::string& request) {
    return Ask(cancellations_, &Cancellations::Report, caller,
               Text<v1::GetCancellationReportRequest>(request));
  }
};

TEST_P(CancellationsTest, AContactHasOneAndItMayBePutRight) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Cancellation first,
                              Record(ann_, "call-1", kCancelled));
  EXPECT_EQ(first.name(), "people/ann/contacts/call-1/cancellation");
  EXPECT_EQ(first.recorder(), "people/ann");
  EXPECT_EQ(first.contact_time().seconds(), 1'772'413'200);
  EXPECT_THAT(Record(ada_, "call-1", kCancelled),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Record(ada_, "call-1", kCancelled, "7"),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Record(ada_, "call-2", kCancelled, "1"),
              StatusIs(absl::StatusCode::kNotFound));
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::Cancellation second,
                              Record(ada_, "call-1", R"pb(
                                       permission_asked: false
                                       reason_code: REASON_UNKNOWN
                                       offers_made: 2
                                       result: RESULT_STAYED)pb",
                                     first.etag()));
  EXPECT_EQ(second.recorder(), "people/ada");
  EXPECT_EQ(second.create_time().seconds(), first.create_time().seconds());
  v1::GetCancellationRequest get;
  get.set_name(second.name());
  ATTUNE_ASSERT_OK_AND_ASSIGN(
      const v1::Cancellation stored,
      Ask(cancellations_, &Cancellations::Get, lea_, get));
  EXPECT_EQ(stored.DebugString(), second.DebugString());
  EXPECT_THAT(Ask(cancellations_, &Cancellations::Get, bob_, get),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(CancellationsTest, WhatIsMissingOrDoesNotFitIsAllNamed) {
  const auto nothing = Record(ann_, "call-1", "");
  for (const char* field :
       {"permission_asked", "offers_made", "minutes_to_processed"}) {
    EXPECT_THAT(nothing, HasViolation(absl::StrCat("cancellation.", field),
                                      "VALUE_MISSING"));
  }
  EXPECT_THAT(nothing,
              HasViolation("cancellation.reason_code", "REASON_UNKNOWN_CODE"));
  EXPECT_THAT(nothing, HasViolation("cancellation.result", "RESULT_UNKNOWN"));
  const auto misfits = Record(ann_, "call-1", R"pb(
    permission_asked: false
    permission_given: true
    reason_code: REASON_UNKNOWN
    reason_text: "It doubled.\033"
    offers_made: 101
    minutes_to_processed: -1
    result: RESULT_STAYED)pb");
  EXPECT_THAT(misfits,
              HasViolation("cancellation.permission_given", "NOT_ASKED"));
  EXPECT_THAT(misfits,
              HasViolation("cancellation.reason_text", "REASON_NOT_CODED"));
  EXPECT_THAT(misfits,
              HasViolation("cancellation.reason_text", "TEXT_CONTROL"));
  EXPECT_THAT(misfits,
              HasViolation("cancellation.offers_made", "VALUE_INVALID"));
  EXPECT_THAT(misfits, HasViolation("cancellation.minutes_to_processed",
                                    "NOTHING_PROCESSED"));
  EXPECT_THAT(misfits, HasViolation("cancellation.minutes_to_processed",
                                    "VALUE_INVALID"));
  EXPECT_THAT(Record(ann_, "call-1", "permission_asked: true"),
              HasViolation("cancellation.permission_given", "VALUE_MISSING"));
  EXPECT_THAT(Record(ann_, "", ""),
              HasViolation("cancellation.name", "NAME_INVALID"));
  EXPECT_THAT(Record(bob_, "call-1", kCancelled),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Number("SELECT COUNT(*) FROM cancellation"), 0);
}

TEST_P(CancellationsTest, TheReportCountsWhatTheFieldsSay) {
  ASSERT_THAT(Record(ann_, "call-1", kCancelled), IsOk());
  ASSERT_THAT(Record(ann_, "call-2", R"pb(
                permission_asked: true
                permission_given: false
                reason_code: REASON_UNKNOWN
                offers_made: 2
                minutes_to_processed: 9
                result: RESULT_PAUSED)pb"),
              IsOk());
  ASSERT_THAT(Record(bob_, "call-3", R"pb(
                permission_asked: false
                reason_code: REASON_PRICE
                offers_made: 1
                result: RESULT_STAYED)pb"),
              IsOk());
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CancellationReport report,
                              Report(quinn_, ""));
  EXPECT_EQ(report.n(), 3);
  // Asked in 2 of 3: 66.67 %; Wilson with z = 1.96: 20.77 to 93.85.
  EXPECT_EQ(report.permission_asked().percent(), 66.67);
  EXPECT_NEAR(report.permission_asked().low(), 20.77, 0.005);
  EXPECT_NEAR(report.permission_asked().high(), 93.85, 0.005);
  EXPECT_EQ(report.permission_given().hits(), 1);
  EXPECT_EQ(report.permission_given().n(), 2);
  EXPECT_EQ(report.over_offered().hits(), 1);
  EXPECT_THAT(report.over_offered_contacts(),
              ElementsAre("people/ann/contacts/call-2"));
  EXPECT_EQ(report.offers_made(), 3);
  // Of 4 and 9.
  EXPECT_EQ(report.median_minutes(), 6.5);
  EXPECT_EQ(report.minutes_n(), 2);
  const auto results = absl::StrJoin(
      report.results(), " ", [](std::string* out, const auto& result) {
        absl::StrAppend(out, result.result(), ":", result.count());
      });
  EXPECT_EQ(results, "1:1 2:1 3:1");
  ASSERT_EQ(report.months_size(), 1);
  EXPECT_EQ(report.months(0).month(), "2026-03");
  EXPECT_EQ(report.months(0).n(), 3);
  EXPECT_EQ(report.months(0).reasons(0).reason_code(),
            v1::Cancellation::REASON_PRICE);
  EXPECT_EQ(report.months(0).reasons(0).count(), 2);
  EXPECT_EQ(report.reasons(1).reason_code(), v1::Cancellation::REASON_UNKNOWN);

  EXPECT_EQ(Report(ann_, "")->n(), 2);
  EXPECT_EQ(Report(lea_, "")->n(), 2);
  EXPECT_EQ(Report(quinn_, "team: 'teams/blue'")->n(), 1);
  EXPECT_EQ(Report(quinn_, "person: 'people/bob'")->n(), 1);
  EXPECT_EQ(Report(quinn_, "period { last_day: '2026-03-02' }")->n(), 1);
  EXPECT_THAT(Report(lea_, "person: 'people/bob'"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(CancellationsTest, OfNoneThereIsNoRateAndNoMedian) {
  ATTUNE_ASSERT_OK_AND_ASSIGN(const v1::CancellationReport report,
                              Report(quinn_, ""));
  EXPECT_EQ(report.n(), 0);
  EXPECT_FALSE(report.permission_asked().has_percent());
  EXPECT_FALSE(report.has_median_minutes());
  EXPECT_EQ(report.months_size(), 0);
}

TEST_P(CancellationsTest, ListsGoBackInTimePageByPage) {
  for (const char* contact : {"call-1", "call-2", "call-3"}) {
    ASSERT_THAT(Record(quinn_, contact, kCancelled), IsOk());
  }
  auto request =
      Text<v1::ListCancellationsRequest>("parent: 'people/-' page_size: 2");
  std::vector<std::string> names;
  for (int pages = 0; pages < 3; ++pages) {
    ATTUNE_ASSERT_OK_AND_ASSIGN(
        const v1::ListCancellationsResponse page,
        Ask(cancellations_, &Cancellations::List, quinn_, request));
    for (const auto& one : page.cancellations()) names.push_back(one.name());
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
  }
  EXPECT_THAT(names, ElementsAre("people/bob/contacts/call-3/cancellation",
                                 "people/ann/contacts/call-2/cancellation",
                                 "people/ann/contacts/call-1/cancellation"));
  const auto count = [&](const Caller& caller, const std::string& fields) {
    return Ask(cancellations_, &Cancellations::List, caller,
               Text<v1::ListCancellationsRequest>(fields))
        ->cancellations_size();
  };
  EXPECT_EQ(count(ann_, "parent: 'people/-'"), 2);
  EXPECT_EQ(count(bob_, "parent: 'people/ann'"), 0);
  EXPECT_EQ(count(lea_, "parent: 'people/-'"), 2);
  EXPECT_EQ(count(quinn_, "parent: 'people/-' team: 'teams/blue'"), 1);
  EXPECT_EQ(count(quinn_, "parent: 'people/-' reason_code: REASON_MOVED"), 0);
  EXPECT_EQ(count(quinn_, "parent: 'people/-' result: RESULT_CANCELLED"), 3);
}

ATTUNE_ON_EVERY_BACKEND(CancellationsTest);

}  // namespace
}  // namespace attune
