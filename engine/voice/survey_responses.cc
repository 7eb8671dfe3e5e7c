#include "engine/voice/survey_responses.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/survey_batch_rows.h"

namespace attune {
namespace {

constexpr int kMaxBatch = 1000;

constexpr char kFind[] = R"sql(
  SELECT s.body, p.team FROM survey_response s JOIN person p ON p.id = s.person
  WHERE s.id = $1 AND s.person = $2)sql";

// Everything that is wrong, as a request that is refused tells it.
absl::Status Refusal(const std::vector<SurveyRow>& rows) {
  Violations bad;
  for (size_t i = 0; i < rows.size(); ++i) {
    bad.Append(absl::StrCat("requests[", i, "]."), rows[i].bad);
  }
  return bad.ToStatus();
}

v1::BatchCreateSurveyResponsesResponse Answer(
    const std::vector<SurveyRow>& rows, bool stored) {
  v1::BatchCreateSurveyResponsesResponse response;
  for (size_t i = 0; i < rows.size(); ++i) {
    auto& result = *response.add_results();
    result.set_outcome(rows[i].outcome);
    const bool is_new = rows[i].outcome ==
                        v1::BatchCreateSurveyResponsesResponse::OUTCOME_CREATED;
    // A name that was never given to anything is not told.
    if (stored || !is_new) result.set_survey_response(rows[i].result.name());
    for (const Violation& violation : rows[i].bad.all()) {
      auto& failure = *response.add_failures();
      failure.set_index(static_cast<int32_t>(i));
      failure.set_field(violation.field);
      failure.set_reason(violation.reason);
      failure.set_description(violation.description);
    }
  }
  return response;
}

// The names in a list request, checked.
struct ListNames {
  std::string person;
  std::string team;
  PersonPart contact;
};

absl::StatusOr<ListNames> ParseNames(
    const v1::ListSurveyResponsesRequest& request) {
  Violations bad;
  ListNames names;
  if (auto person = ParsePersonOrAll(request.parent())) {
    names.person = *std::move(person);
  } else {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everyone.");
  }
  if (auto team = ParseTeamName(request.team())) {
    names.team = *std::move(team);
  } else if (!request.team().empty()) {
    bad.Add("team", "NAME_INVALID", "A team is teams/{team}.");
  }
  if (auto contact = ParseContactName(request.contact())) {
    names.contact = *std::move(contact);
  } else if (!request.contact().empty()) {
    bad.Add("contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  RETURN_IF_ERROR(bad.ToStatus());
  return names;
}

// Whose responses: asked for, and within reach.
void AddPeople(const ListNames& names, const Caller& caller, Query& query) {
  constexpr char kInTeam[] =
      " AND s.person IN (SELECT id FROM person WHERE team = ?)";
  if (names.person != "-") query.Add(" AND s.person = ?", {names.person});
  if (!names.team.empty()) query.Add(kInTeam, {names.team});
  if (!names.contact.id.empty()) {
    query.Add(" AND s.contact = ?", {names.contact.id});
    if (names.contact.person != "-") {
      query.Add(" AND s.person = ?", {names.contact.person});
    }
  }
  if (caller.reach.all) return;
  query.Add(" AND (s.person = ?", {caller.reach.own ? caller.person : ""});
  query.Add(" OR s.person IN (SELECT id FROM person WHERE team = ?))",
            {caller.reach.team ? caller.team : ""});
}

void AddContent(const v1::ListSurveyResponsesRequest& request, Query& query) {
  if (request.channel() != v1::CHANNEL_UNSPECIFIED) {
    query.Add(" AND s.channel = ?", {int64_t{request.channel()}});
  }
  if (!request.queue().empty()) {
    query.Add(" AND s.queue = ?", {request.queue()});
  }
  if (request.status() != v1::SurveyResponse::STATUS_UNSPECIFIED) {
    query.Add(" AND s.status = ?", {int64_t{request.status()}});
  }
  if (!request.source().empty()) {
    query.Add(" AND s.source = ?", {request.source()});
  }
  if (request.has_start_time()) {
    query.Add(" AND s.contact_us >= ?", {ToMicros(request.start_time())});
  }
  if (request.has_end_time()) {
    query.Add(" AND s.contact_us < ?", {ToMicros(request.end_time())});
  }
  if (request.has_min_nps()) {
    query.Add(" AND s.nps >= ?", {int64_t{request.min_nps()}});
  }
  if (request.has_max_nps()) {
    query.Add(" AND s.nps <= ?", {int64_t{request.max_nps()}});
  }
  if (request.with_words()) query.Add(" AND s.words = 1");
}

}  // namespace

absl::StatusOr<v1::BatchCreateSurveyResponsesResponse>
SurveyResponses::BatchCreate(
    Transaction& tx, const Caller&,
    const v1::BatchCreateSurveyResponsesRequest& request) const {
  if (request.requests().empty() || request.requests_size() > kMaxBatch) {
    return Invalid(
        "requests", "BATCH_SIZE",
        absl::StrCat("A batch holds 1 to ", kMaxBatch, " requests, not ",
                     request.requests_size(), "."));
  }
  const int64_t now_us = clock_();
  std::vector<SurveyRow> rows = CheckSurveyRows(request);
  RETURN_IF_ERROR(FindStored(tx, rows));
  Decide(now_us, rows);
  if (!request.validate_only()) {
    RETURN_IF_ERROR(Refusal(rows));
    RETURN_IF_ERROR(StoreSurveyRows(tx, now_us, rows));
  }
  return Answer(rows, !request.validate_only());
}

absl::StatusOr<v1::SurveyResponse> SurveyResponses::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetSurveyResponseRequest& request) const {
  const auto name = ParseSurveyResponseName(request.name());
  if (!name) {
    return Invalid("name", "NAME_INVALID",
                   "A response is people/{person}/surveyResponses/{id}.");
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kFind, {name->id, name->person}));
  if (rows.empty()) return NotFound(request.name());
  v1::SurveyResponse response;
  Cells cells(rows[0]);
  cells.Message(response);
  const std::string team = cells.TextOr("");
  RETURN_IF_ERROR(cells.Done());
  if (!caller.Reaches(name->person, team)) return NotFound(request.name());
  return response;
}

absl::StatusOr<v1::ListSurveyResponsesResponse> SurveyResponses::List(
    Transaction& tx, const Caller& caller,
    const v1::ListSurveyResponsesRequest& request) const {
  ASSIGN_OR_RETURN(const Page page, PageOf(request, 2));
  ASSIGN_OR_RETURN(const ListNames names, ParseNames(request));
  Query query("SELECT s.id, s.person, s.body FROM survey_response s WHERE ");
  if (page.after.empty()) {
    query.Add("1 = 1");
  } else {
    query.Add("(s.id, s.person) < (?, ?)", {page.after[0], page.after[1]});
  }
  AddPeople(names, caller, query);
  AddContent(request, query);
  query.Add(" ORDER BY s.id DESC, s.person DESC LIMIT ?", {page.size + 1});
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListSurveyResponsesResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.survey_responses_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last = {cells.Text()};
    last.push_back(cells.Text());
    cells.Message(*response.add_survey_responses());
    RETURN_IF_ERROR(cells.Done());
  }
  return response;
}

}  // namespace attune
