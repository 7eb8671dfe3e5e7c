#include "engine/voice/voice_subjects.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attune/v1/evaluation.pb.h"
#include "attune/v1/feedback.pb.h"
#include "attune/v1/great_call.pb.h"
#include "attune/v1/prop.pb.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

// The numbers in the statements below.
static_assert(v1::Feedback::AUDIENCE_LEADERSHIP == 2);
static_assert(v1::Evaluation::KIND_QA == 1);
static_assert(v1::Evaluation::STATE_DRAFT == 1);
static_assert(v1::Evaluation::STATE_VOID == 5);
static_assert(v1::Prop::STATE_PENDING == 1);
static_assert(v1::Prop::STATE_PUBLISHED == 2);
static_assert(v1::GreatCall::STATE_DECLINED == 3);

// A kind of thing that is named `people/{person}/{before}{id}{after}`.
struct Kind {
  const char* before;
  const char* after;
  // By id ($1) and person ($2): the team whose leads reach it, who reaches it
  // besides (a rater, an owner), when it was said, and its contact's id; NULL
  // where there is none.
  const char* sql;
};

constexpr Kind kKinds[] = {
    {"evaluations/", "", R"sql(
       SELECT p.team, e.rater, e.contact_us, e.contact
       FROM evaluation e JOIN person p ON p.id = e.person
       WHERE e.id = $1 AND e.person = $2 AND e.kind = 1
         AND e.state NOT IN (1, 5) AND e.withheld = 0)sql"},
    // Of whatever contact it is about, the person is its giver: no contact
    // here.
    {"feedback/", "", R"sql(
       SELECT CASE WHEN f.audience = 2 THEN NULL ELSE p.team END, f.owner,
              f.create_us, NULL
       FROM feedback f JOIN person p ON p.id = f.person
       WHERE f.id = $1 AND f.person = $2)sql"},
    {"surveyResponses/", "", R"sql(
       SELECT p.team, NULL, r.contact_us, r.contact
       FROM survey_response r JOIN person p ON p.id = r.person
       WHERE r.id = $1 AND r.person = $2)sql"},
    // Neither hidden nor taken back.
    {"props/", "", R"sql(
       SELECT p.team, NULL, c.start_us, x.contact
       FROM prop x JOIN person p ON p.id = x.person
         JOIN contact c ON c.id = x.contact AND c.person = x.person
       WHERE x.id = $1 AND x.person = $2 AND x.state IN (1, 2))sql"},
    // Not declined.
    {"greatCalls/", "", R"sql(
       SELECT p.team, NULL, c.start_us, g.contact
       FROM great_call g JOIN person p ON p.id = g.person
         JOIN contact c ON c.id = g.contact AND c.person = g.person
       WHERE g.id = $1 AND g.person = $2 AND g.state <> 3)sql"},
    {"contacts/", "/cancellation", R"sql(
       SELECT p.team, NULL, c.start_us, l.contact
       FROM cancellation l JOIN person p ON p.id = l.person
         JOIN contact c ON c.id = l.contact AND c.person = l.person
       WHERE l.contact = $1 AND l.person = $2)sql"},
};

// `people/{person}/{before}{id}{after}`.
std::optional<PersonPart> ParseUnderPerson(absl::string_view name,
                                           absl::string_view before,
                                           absl::string_view after) {
  if (!absl::ConsumePrefix(&name, "people/")) return std::nullopt;
  const size_t slash = name.find('/');
  if (slash == absl::string_view::npos) return std::nullopt;
  const absl::string_view person = name.substr(0, slash);
  name.remove_prefix(slash + 1);
  if (!absl::ConsumePrefix(&name, before) ||
      !absl::ConsumeSuffix(&name, after) || !IsResourceId(person) ||
      !IsContactId(name)) {
    return std::nullopt;
  }
  return PersonPart{std::string(person), std::string(name)};
}

}  // namespace

absl::StatusOr<VoiceSubject> FindVoiceSubject(Transaction& tx,
                                              const Caller& caller,
                                              absl::string_view name,
                                              absl::string_view field) {
  const Kind* kind = nullptr;
  std::optional<PersonPart> part;
  for (const Kind& each : kKinds) {
    part = ParseUnderPerson(name, each.before, each.after);
    kind = &each;
    if (part) break;
  }
  if (!part) {
    std::string kinds;
    for (const Kind& each : kKinds) {
      absl::StrAppend(&kinds, kinds.empty() ? "" : " or ", "people/{person}/",
                      each.before, "{id}", each.after);
    }
    return Invalid(field, "SUBJECT_UNKNOWN_KIND",
                   absl::StrCat("Name ", kinds, "."));
  }
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(kind->sql, {part->id, part->person}));
  if (rows.empty()) return NotFound(name);
  VoiceSubject subject;
  subject.name = std::string(name);
  subject.person = part->person;
  Cells cells(rows[0]);
  const std::string team = cells.TextOr("");
  const std::string other = cells.TextOr("");
  subject.said_us = cells.Int();
  subject.contact.id = cells.TextOr("");
  if (!subject.contact.id.empty()) subject.contact.person = part->person;
  RETURN_IF_ERROR(cells.Done());
  if (!caller.Reaches(part->person, team, other)) return NotFound(name);
  return subject;
}

}  // namespace attune
