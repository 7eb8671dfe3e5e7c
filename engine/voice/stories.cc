#include "engine/voice/stories.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/feedback.pb.h"
#include "attune/v1/great_call.pb.h"
#include "attune/v1/prop.pb.h"
#include "engine/errors.h"
#include "engine/names.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/voice/voice_subjects.h"

namespace attune {
namespace {

// The numbers in the statements below.
static_assert(v1::Prop::STATE_PUBLISHED == 2);
static_assert(v1::Feedback::KIND_STORY == 2);
static_assert(v1::Feedback::AUDIENCE_OWNER == 1);
static_assert(v1::GreatCall::STATE_CONFIRMED == 2);

v1::VoiceStory OfProp(const v1::Prop& prop) {
  v1::VoiceStory story;
  story.set_subject(prop.name());
  story.set_text(prop.text());
  return story;
}

v1::VoiceStory OfFeedback(const v1::Feedback& feedback) {
  v1::VoiceStory story;
  if (!feedback.customer_consents()) return story;
  story.set_subject(feedback.name());
  story.set_text(feedback.text());
  return story;
}

v1::VoiceStory OfGreatCall(const v1::GreatCall& call) {
  v1::VoiceStory story;
  story.set_subject(call.name());
  story.set_text(call.reason());
  return story;
}

// A kind of thing that may be told.
struct Kind {
  const char* table;
  const char* collection;
  const char* said_us;    // when, of the row x and its contact c
  const char* condition;  // on x
  bool has_contact;
  v1::VoiceStory (*read)(Cells& cells);
};

template <typename Message, v1::VoiceStory (*kOf)(const Message&)>
v1::VoiceStory Read(Cells& cells) {
  Message message;
  cells.Message(message);
  return kOf(message);
}

constexpr Kind kKinds[] = {
    {"prop", "props", "c.start_us", "x.state = 2 AND x.consent = 1", true,
     &Read<v1::Prop, &OfProp>},
    {"feedback", "feedback", "x.create_us",
     "x.kind = 2 AND x.for_report = 1 AND x.audience = 1", false,
     &Read<v1::Feedback, &OfFeedback>},
    {"great_call", "greatCalls", "c.start_us", "x.state = 2", true,
     &Read<v1::GreatCall, &OfGreatCall>},
};

// ` FROM x, its person p and its contact c WHERE ...`.
std::string FromWhere(const Kind& kind) {
  return absl::StrCat(
      " FROM ", kind.table, " x JOIN person p ON p.id = x.person",
      kind.has_contact
          ? " JOIN contact c ON c.id = x.contact AND c.person = x.person"
          : "");
}

std::string SubjectOf(const Kind& kind) {
  return absl::StrCat("'people/' || x.person || '/", kind.collection,
                      "/' || x.id");
}

// Reads `body, person, team, said_us`; without a subject if it may not be told.
v1::VoiceStory ReadStory(const Kind& kind, Cells& cells) {
  v1::VoiceStory story = kind.read(cells);
  story.set_person(PersonName(cells.Text()));
  const std::string team = cells.TextOr("");
  if (!team.empty()) story.set_team(TeamName(team));
  story.set_day(FormatDay(DayOf(cells.Int())));
  return story;
}

std::string Columns(const Kind& kind) {
  return absl::StrCat("x.body, x.person, p.team, ", kind.said_us);
}

}  // namespace

absl::StatusOr<std::vector<ThemeStory>> FindThemeStories(
    Transaction& tx, int64_t first, int64_t last,
    const std::optional<std::string>& team) {
  std::vector<ThemeStory> stories;
  for (const Kind& kind : kKinds) {
    Query query(absl::StrCat("SELECT ", Columns(kind), ", t.theme",
                             FromWhere(kind),
                             " JOIN theme_tag t ON t.person = x.person"
                             " AND t.subject = ",
                             SubjectOf(kind), " WHERE ", kind.condition));
    query.Add(" AND t.day >= ? AND t.day <= ?", {first, last});
    if (team) query.Add(" AND p.team = ?", {*team});
    query.Add(" ORDER BY t.day DESC, x.id DESC, t.theme");
    RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
      Cells cells(row);
      ThemeStory found;
      found.story = ReadStory(kind, cells);
      found.theme = cells.Text();
      if (!found.story.subject().empty()) stories.push_back(std::move(found));
      return cells.Done();
    }));
  }
  return stories;
}

absl::StatusOr<std::vector<v1::VoiceStory>> FindInsights(
    Transaction& tx, const std::optional<std::string>& team) {
  std::map<std::string, v1::VoiceStory> newest;
  for (const Kind& kind : kKinds) {
    Query query(absl::StrCat(
        "SELECT ", Columns(kind), FromWhere(kind), " WHERE ", kind.condition,
        " AND p.team IS NOT NULL AND NOT EXISTS (SELECT 1 FROM story_telling s"
        " WHERE s.person = x.person AND s.subject = ",
        SubjectOf(kind), ")"));
    if (team) query.Add(" AND p.team = ?", {*team});
    RETURN_IF_ERROR(tx.Scan(query.text(), query.params(), [&](const Row& row) {
      Cells cells(row);
      v1::VoiceStory story = ReadStory(kind, cells);
      RETURN_IF_ERROR(cells.Done());
      if (story.subject().empty()) return absl::OkStatus();
      v1::VoiceStory& best = newest[story.team()];
      if (std::make_tuple(best.day(), best.subject()) <
          std::make_tuple(story.day(), story.subject())) {
        best = std::move(story);
      }
      return absl::OkStatus();
    }));
  }
  std::vector<v1::VoiceStory> insights;
  for (auto& [name, story] : newest) insights.push_back(std::move(story));
  return insights;
}

absl::StatusOr<v1::VoiceStory> Stories::Tell(
    Transaction& tx, const Caller& caller,
    const v1::TellStoryRequest& request) const {
  ASSIGN_OR_RETURN(const VoiceSubject subject,
                   FindVoiceSubject(tx, caller, request.subject(), "subject"));
  for (const Kind& kind : kKinds) {
    if (!absl::StrContains(subject.name,
                           absl::StrCat("/", kind.collection, "/"))) {
      continue;
    }
    Query query(absl::StrCat("SELECT ", Columns(kind), FromWhere(kind),
                             " WHERE ", kind.condition));
    query.Add(absl::StrCat(" AND x.person = ? AND ", SubjectOf(kind), " = ?"),
              {subject.person, subject.name});
    ASSIGN_OR_RETURN(const std::vector<Row> rows,
                     tx.Run(query.text(), query.params()));
    if (rows.empty()) break;
    Cells cells(rows[0]);
    v1::VoiceStory story = ReadStory(kind, cells);
    RETURN_IF_ERROR(cells.Done());
    if (story.subject().empty()) break;
    ASSIGN_OR_RETURN(
        const std::vector<Row> told,
        tx.Run(
            R"sql(INSERT INTO story_telling (subject, person, teller, tell_us)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (subject, person) DO UPDATE
                       SET subject = excluded.subject
                     RETURNING teller, tell_us)sql",
            {subject.name, subject.person,
             caller.person.empty() ? Value() : Value(caller.person),
             clock_()}));
    Cells telling(told.at(0));
    const std::string teller = telling.TextOr("");
    if (!teller.empty()) story.set_teller(PersonName(teller));
    *story.mutable_tell_time() = ToTimestamp(telling.Int());
    RETURN_IF_ERROR(telling.Done());
    return story;
  }
  return NotFound(absl::StrCat(subject.name, ", a story that may be told,"));
}

}  // namespace attune
