#include "engine/voice/cancellations.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/report/report_scopes.h"
#include "engine/resource.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/cancellation.h"

namespace attune {
namespace {

constexpr char kFind[] = R"sql(
  SELECT body FROM cancellation WHERE contact = $1 AND person = $2)sql";

constexpr char kStore[] = R"sql(
  INSERT INTO cancellation (contact, person, day, asked, given, reason, offers,
                            minutes, result, version, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (contact, person)
  DO UPDATE SET asked = excluded.asked, given = excluded.given,
                reason = excluded.reason, offers = excluded.offers,
                minutes = excluded.minutes, result = excluded.result,
                version = excluded.version, body = excluded.body)sql";

// What is recorded of a contact; nothing if nothing is.
absl::StatusOr<std::optional<v1::Cancellation>> Find(
    Transaction& tx, const v1::Contact& contact) {
  const PersonPart part =
      ParseContactName(contact.name()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {part.id, part.person}));
  std::optional<v1::Cancellation> found;
  if (rows.empty()) return found;
  Cells cells(rows[0]);
  cells.Message(found.emplace());
  RETURN_IF_ERROR(cells.Done());
  return found;
}

absl::Status Store(Transaction& tx, const v1::Cancellation& cancellation,
                   int64_t version) {
  const PersonPart part =
      ParseCancellationName(cancellation.name()).value_or(PersonPart{});
  return tx.Send(
      kStore,
      {part.id, part.person, DayOf(ToMicros(cancellation.contact_time())),
       int64_t{cancellation.permission_asked()},
       int64_t{cancellation.permission_given()},
       int64_t{cancellation.reason_code()}, int64_t{cancellation.offers_made()},
       cancellation.has_minutes_to_processed()
           ? Value(int64_t{cancellation.minutes_to_processed()})
           : Value(),
       int64_t{cancellation.result()}, version,
       Bytes{cancellation.SerializeAsString()}});
}

// The conditions of a list.
absl::Status AddFilters(const v1::ListCancellationsRequest& request,
                        const Caller& caller, Query& query) {
  Violations bad;
  const auto person = ParsePersonOrAll(request.parent());
  if (!person) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  ReportScope scope;
  scope.team = CheckTeam(request.team(), bad);
  scope.days = ParsePeriod(request.period(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  if (*person != "-") scope.person = *person;
  if (request.reason_code() != v1::Cancellation::REASON_UNSPECIFIED) {
    query.Add(" AND c.reason = ?", {int64_t{request.reason_code()}});
  }
  if (request.result() != v1::Cancellation::RESULT_UNSPECIFIED) {
    query.Add(" AND c.result = ?", {int64_t{request.result()}});
  }
  AddDays(scope.days, "c.day", query);
  AddAgents(scope, "c.person", query);
  AddReach(caller, "c.person", query);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Cancellation> Cancellations::Record(
    Transaction& tx, const Caller& caller,
    const v1::RecordCancellationRequest& request) const {
  const int64_t now_us = clock_();
  Violations bad;
  CheckCancellation(request.cancellation(), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  v1::Cancellation cancellation = request.cancellation();
  const PersonPart name =
      ParseCancellationName(cancellation.name()).value_or(PersonPart{});
  ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, name, caller));
  cancellation.set_name(absl::StrCat(contact.name(), "/cancellation"));
  ASSIGN_OR_RETURN(const std::optional<v1::Cancellation> before,
                   Find(tx, contact));
  int64_t version = 1;
  *cancellation.mutable_create_time() = ToTimestamp(now_us);
  if (before) {
    if (cancellation.etag().empty()) return AlreadyExists(cancellation.name());
    ASSIGN_OR_RETURN(version, NextVersion(*before, cancellation.etag()));
    *cancellation.mutable_create_time() = before->create_time();
  } else if (!cancellation.etag().empty()) {
    return NotFound(cancellation.name());
  }
  cancellation.set_etag(absl::StrCat(version));
  *cancellation.mutable_update_time() = ToTimestamp(now_us);
  *cancellation.mutable_contact_time() = contact.start_time();
  cancellation.clear_recorder();
  if (!caller.person.empty()) {
    cancellation.set_recorder(PersonName(caller.person));
  }
  RETURN_IF_ERROR(Store(tx, cancellation, version));
  return cancellation;
}

absl::StatusOr<v1::Cancellation> Cancellations::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetCancellationRequest& request) const {
  const auto name = ParseCancellationName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "It is people/{person}/contacts/{contact}/cancellation.");
  }
  ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, *name, caller));
  ASSIGN_OR_RETURN(std::optional<v1::Cancellation> found, Find(tx, contact));
  if (!found) return NotFound(absl::StrCat(contact.name(), "/cancellation"));
  return *std::move(found);
}

absl::StatusOr<v1::ListCancellationsResponse> Cancellations::List(
    Transaction& tx, const Caller& caller,
    const v1::ListCancellationsRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 3));
  Query query(
      "SELECT c.day, c.contact, c.person, c.body FROM cancellation c WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    int64_t day = 0;
    if (!absl::SimpleAtoi(page.after[0], &day)) {
      return Invalid("page_token", "PAGE_TOKEN_INVALID",
                     "Use the token of the previous page as it is.");
    }
    query.Add("(c.day, c.contact, c.person) < (?, ?, ?)",
              {day, page.after[1], page.after[2]});
  }
  RETURN_IF_ERROR(AddFilters(request, caller, query));
  query.Add(" ORDER BY c.day DESC, c.contact DESC, c.person DESC LIMIT ?",
            {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListCancellationsResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.cancellations_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {absl::StrCat(cells.Int())};
    last.push_back(cells.Text());
    last.push_back(cells.Text());
    cells.Message(*response.add_cancellations());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

absl::StatusOr<v1::CancellationReport> Cancellations::Report(
    Transaction& tx, const Caller& caller,
    const v1::GetCancellationReportRequest& request) const {
  Violations bad;
  ReportScope scope = CheckScope(request, bad);
  RETURN_IF_ERROR(bad.ToStatus());
  ASSIGN_OR_RETURN(scope, NarrowScope(tx, caller, scope));
  Query query(
      "SELECT c.person, c.contact, c.day, c.asked, c.given, c.reason,"
      " c.offers, c.minutes, c.result FROM cancellation c WHERE 1 = 1");
  AddDays(scope.days, "c.day", query);
  AddAgents(scope, "c.person", query);
  query.Add(" ORDER BY c.day DESC, c.contact DESC, c.person DESC");
  CancellationTally tally;
  RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& cell) {
    CancellationRow row;
    Cells cells(cell);
    const std::string agent = cells.Text();
    row.contact = ContactName(agent, cells.Text());
    row.day = cells.Int();
    row.asked = cells.Int() != 0;
    row.given = cells.Int() != 0;
    row.reason = static_cast<v1::Cancellation::Reason>(cells.Int());
    row.offers = cells.Int();
    if (cells.IsNull()) {
      cells.Skip();
    } else {
      row.minutes = cells.Int();
    }
    row.result = static_cast<v1::Cancellation::Result>(cells.Int());
    RETURN_IF_ERROR(cells.Done());
    tally.Add(row);
    return absl::OkStatus();
  }));
  v1::CancellationReport report = tally.Build();
  *report.mutable_period() = request.period();
  if (scope.team) report.set_team(TeamName(*scope.team));
  if (scope.person) report.set_person(PersonName(*scope.person));
  return report;
}

}  // namespace attune
