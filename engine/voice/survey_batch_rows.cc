#include "engine/voice/survey_batch_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/people/contact.h"
#include "engine/people/contacts.h"
#include "engine/status_macros.h"
#include "engine/store/survey_rollups.h"
#include "engine/voice/survey_response.h"

namespace attune {
namespace {

using Response = v1::BatchCreateSurveyResponsesResponse;

// So many statements go out together.
constexpr size_t kStatementsAtOnce = 300;

constexpr char kBySource[] = R"sql(
  SELECT body FROM survey_response WHERE source_id = $1 AND source = $2)sql";

constexpr char kContactOf[] = R"sql(
  SELECT body FROM contact WHERE id = $1 AND person = $2)sql";

constexpr char kContactOfAnyone[] = R"sql(
  SELECT body FROM contact WHERE id = $1)sql";

constexpr char kOfContact[] = R"sql(
  SELECT body FROM survey_response WHERE contact = $1)sql";

constexpr char kPerson[] = R"sql(
  SELECT id FROM person WHERE id = $1)sql";

constexpr char kInsert[] = R"sql(
  INSERT INTO survey_response (id, person, contact, source, source_id,
                               contact_us, channel, queue, status, nps, csat,
                               words, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql";

constexpr char kUpdate[] = R"sql(
  UPDATE survey_response
  SET status = $3, nps = $4, csat = $5, words = $6, body = $7
  WHERE id = $1 AND person = $2)sql";

// What a statement is for: a row and what its answer is added to.
enum class Lookup { kSource, kContact, kAnswered };
struct Asked {
  size_t row;
  Lookup lookup;
};

template <typename Message>
absl::StatusOr<std::vector<Message>> Read(const std::vector<Row>& rows) {
  std::vector<Message> messages;
  for (const Row& row : rows) {
    Cells cells(row);
    cells.Message(messages.emplace_back());
    RETURN_IF_ERROR(cells.Done());
  }
  return messages;
}

absl::Status Take(const std::vector<Row>& answer, Lookup lookup,
                  SurveyRow& row) {
  if (lookup == Lookup::kContact) {
    ASSIGN_OR_RETURN(row.contacts, Read<v1::Contact>(answer));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::vector<v1::SurveyResponse> found,
                   Read<v1::SurveyResponse>(answer));
  if (lookup == Lookup::kAnswered) {
    row.answered = std::move(found);
  } else if (!found.empty()) {
    row.known = std::move(found.front());
  }
  return absl::OkStatus();
}

// The agents of new contacts who are not there.
absl::StatusOr<std::set<std::string>> FindMissing(
    Transaction& tx, const std::vector<SurveyRow>& rows) {
  std::set<std::string> asked;
  for (const SurveyRow& row : rows) {
    if (row.bad.empty() && row.request->has_new_contact()) {
      asked.insert(row.contact.person);
    }
  }
  std::set<std::string> missing;
  for (const std::string& person : asked) {
    ASSIGN_OR_RETURN(const std::vector<Row> found, tx.Run(kPerson, {person}));
    if (found.empty()) missing.insert(person);
  }
  return missing;
}

void CheckRow(SurveyRow& row) {
  const v1::SurveyResponse& response = row.request->survey_response();
  CheckSurveyResponse(response, "survey_response", row.bad);
  row.contact = ParseContactName(response.contact()).value_or(PersonPart{});
  if (!row.request->has_new_contact()) return;
  CheckContact(row.request->new_contact(), "new_contact", row.bad);
  if (row.contact.person == "-") {
    row.bad.Add("survey_response.contact", "NAME_INVALID",
                "A new contact has an agent: people/{person}/contacts/{id}.");
  }
}

// What a row's source id was before, if it was there.
void DecideKnown(int64_t now_us, SurveyRow& row) {
  const v1::SurveyResponse& sent = row.request->survey_response();
  const v1::SurveyResponse& known = *row.known;
  const auto contact = ParseContactName(known.contact()).value_or(PersonPart{});
  const bool same_contact =
      contact.id == row.contact.id &&
      (row.contact.person == "-" || contact.person == row.contact.person);
  const bool waits = known.status() == v1::SurveyResponse::STATUS_SENT;
  const bool is_sent = sent.status() == v1::SurveyResponse::STATUS_SENT;
  row.result = known;
  if (same_contact && (is_sent || SaysTheSame(known, sent))) {
    // Also an older list, of when it was only sent.
    row.outcome = Response::OUTCOME_UNCHANGED;
  } else if (same_contact && waits) {
    row.outcome = Response::OUTCOME_UPDATED;
    row.result.MergeFrom(ContentOf(sent));
    *row.result.mutable_update_time() = ToTimestamp(now_us);
  } else {
    row.bad.Add("survey_response.source_id", "RESPONSE_DIFFERS",
                absl::StrCat("A response with this id is there already, with ",
                             same_contact ? "other answers" : "another contact",
                             "; ids of another survey need another source."));
  }
}

// The contact that a new response is of; null, and said why, without one.
const v1::Contact* FindContactOf(SurveyRow& row) {
  constexpr char kField[] = "survey_response.contact";
  const std::string name = ContactName(row.contact.person, row.contact.id);
  if (row.request->has_new_contact()) {
    if (row.contacts.empty()) return &row.request->new_contact();
    row.bad.Add(kField, "CONTACT_EXISTS",
                absl::StrCat(name, " is there already."));
  } else if (row.contacts.empty()) {
    row.bad.Add(kField, "CONTACT_NOT_FOUND",
                absl::StrCat("There is no ", name, "."));
  } else if (row.contacts.size() > 1) {
    row.bad.Add(kField, "CONTACT_AMBIGUOUS",
                absl::StrCat(row.contacts.size(), " agents have a contact ",
                             row.contact.id, "; name the agent."));
  } else {
    return &row.contacts.front();
  }
  return nullptr;
}

void DecideNew(int64_t now_us, std::set<std::string>& taken, SurveyRow& row) {
  const v1::Contact* contact = FindContactOf(row);
  if (contact == nullptr) return;
  const PersonPart name =
      row.request->has_new_contact()
          ? row.contact
          : ParseContactName(contact->name()).value_or(PersonPart{});
  const std::string full = ContactName(name.person, name.id);
  const bool stored =
      std::any_of(row.answered.begin(), row.answered.end(),
                  [&](const auto& other) { return other.contact() == full; });
  if (stored || !taken.insert(full).second) {
    row.bad.Add("survey_response.contact", "CONTACT_ANSWERED",
                absl::StrCat(full, " has another survey response",
                             stored ? " already." : " in this request."));
    return;
  }
  row.outcome = Response::OUTCOME_CREATED;
  row.result = ContentOf(row.request->survey_response());
  row.result.set_name(SurveyResponseName(name.person, MakeUuid(now_us)));
  row.result.set_contact(full);
  row.result.set_channel(contact->channel());
  const auto queue = contact->labels().find("queue");
  if (queue != contact->labels().end()) row.result.set_queue(queue->second);
  *row.result.mutable_contact_time() = contact->start_time();
  *row.result.mutable_create_time() = ToTimestamp(now_us);
  *row.result.mutable_update_time() = ToTimestamp(now_us);
}

Value OrNull(bool present, int32_t value) {
  return present ? Value(int64_t{value}) : Value();
}

absl::Status InsertResponse(Transaction& tx, const v1::SurveyResponse& made) {
  const PersonPart name =
      ParseSurveyResponseName(made.name()).value_or(PersonPart{});
  const PersonPart contact =
      ParseContactName(made.contact()).value_or(PersonPart{});
  return tx.Send(
      kInsert,
      {name.id, name.person, contact.id, made.source(),
       made.source_id().empty() ? Value() : Value(made.source_id()),
       ToMicros(made.contact_time()), int64_t{made.channel()}, made.queue(),
       int64_t{made.status()}, OrNull(made.has_nps(), made.nps()),
       OrNull(made.has_csat(), made.csat()), int64_t{HasWords(made) ? 1 : 0},
       Bytes{made.SerializeAsString()}});
}

absl::Status UpdateResponse(Transaction& tx, const v1::SurveyResponse& made) {
  const PersonPart name =
      ParseSurveyResponseName(made.name()).value_or(PersonPart{});
  return tx.Send(
      kUpdate,
      {name.id, name.person, int64_t{made.status()},
       OrNull(made.has_nps(), made.nps()), OrNull(made.has_csat(), made.csat()),
       int64_t{HasWords(made) ? 1 : 0}, Bytes{made.SerializeAsString()}});
}

}  // namespace

std::vector<SurveyRow> CheckSurveyRows(
    const v1::BatchCreateSurveyResponsesRequest& request) {
  std::vector<SurveyRow> rows;
  rows.reserve(static_cast<size_t>(request.requests_size()));
  for (const auto& one : request.requests()) {
    rows.emplace_back().request = &one;
    CheckRow(rows.back());
  }
  return rows;
}

absl::Status FindStored(Transaction& tx, std::vector<SurveyRow>& rows) {
  std::vector<Statement> statements;
  std::vector<Asked> asked;
  const auto ask = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const auto answers, tx.RunAll(statements));
    for (size_t i = 0; i < asked.size(); ++i) {
      RETURN_IF_ERROR(Take(answers[i], asked[i].lookup, rows[asked[i].row]));
    }
    statements.clear();
    asked.clear();
    return absl::OkStatus();
  };
  const auto add = [&](size_t row, Lookup lookup, Statement statement) {
    statements.push_back(std::move(statement));
    asked.push_back({row, lookup});
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    const SurveyRow& row = rows[i];
    if (!row.bad.empty()) continue;
    const v1::SurveyResponse& response = row.request->survey_response();
    if (!response.source_id().empty()) {
      add(i, Lookup::kSource,
          {kBySource, {response.source_id(), response.source()}});
    }
    const PersonPart& contact = row.contact;
    if (contact.person == "-") {
      add(i, Lookup::kContact, {kContactOfAnyone, {contact.id}});
    } else {
      add(i, Lookup::kContact, {kContactOf, {contact.id, contact.person}});
    }
    if (!row.request->has_new_contact()) {
      add(i, Lookup::kAnswered, {kOfContact, {contact.id}});
    }
    if (statements.size() >= kStatementsAtOnce) RETURN_IF_ERROR(ask());
  }
  if (!statements.empty()) RETURN_IF_ERROR(ask());
  ASSIGN_OR_RETURN(const std::set<std::string> missing, FindMissing(tx, rows));
  for (SurveyRow& row : rows) {
    if (row.bad.empty() && row.request->has_new_contact() &&
        missing.count(row.contact.person) > 0) {
      row.bad.Add(
          "survey_response.contact", "PERSON_NOT_FOUND",
          absl::StrCat("There is no ", PersonName(row.contact.person), "."));
    }
  }
  return absl::OkStatus();
}

void Decide(int64_t now_us, std::vector<SurveyRow>& rows) {
  std::set<std::pair<std::string, std::string>> sources;
  std::set<std::string> taken;
  for (SurveyRow& row : rows) {
    if (!row.bad.empty()) continue;
    const v1::SurveyResponse& response = row.request->survey_response();
    if (!response.source_id().empty() &&
        !sources.emplace(response.source(), response.source_id()).second) {
      row.bad.Add("survey_response.source_id", "SOURCE_ID_REPEATED",
                  "An earlier response of this request has this id.");
    } else if (row.known) {
      DecideKnown(now_us, row);
    } else {
      DecideNew(now_us, taken, row);
    }
  }
}

absl::Status StoreSurveyRows(Transaction& tx, int64_t now_us,
                             const std::vector<SurveyRow>& rows) {
  std::map<SurveyRollupKey, SurveyTally> rollups;
  for (const SurveyRow& row : rows) {
    if (row.outcome == Response::OUTCOME_UNCHANGED) continue;
    SurveyTally& rollup = rollups[RollupKeyOf(row.result)];
    rollup.Add(TallyOf(row.result));
    if (row.outcome == Response::OUTCOME_UPDATED) {
      rollup.Subtract(TallyOf(*row.known));
      RETURN_IF_ERROR(UpdateResponse(tx, row.result));
      continue;
    }
    if (row.request->has_new_contact()) {
      v1::Contact contact = row.request->new_contact();
      contact.set_name(row.result.contact());
      contact.set_has_transcript(false);
      *contact.mutable_create_time() = ToTimestamp(now_us);
      RETURN_IF_ERROR(StoreContact(tx, contact));
    }
    RETURN_IF_ERROR(InsertResponse(tx, row.result));
  }
  for (const auto& [key, tally] : rollups) {
    RETURN_IF_ERROR(AddToSurveyRollup(tx, key, tally));
  }
  return absl::OkStatus();
}

}  // namespace attune
