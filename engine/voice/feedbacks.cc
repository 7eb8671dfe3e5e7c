// Giving and reading; feedback_decisions.cc has what owners do.

#include "engine/voice/feedbacks.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/page.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/people/person.h"
#include "engine/status_macros.h"
#include "engine/store/query.h"
#include "engine/violations.h"
#include "engine/voice/feedback.h"
#include "engine/voice/feedback_owners.h"
#include "engine/voice/feedback_rows.h"
#include "engine/voice/theme_tag_rows.h"

namespace attune {
namespace {

// The number in the statements below.
static_assert(v1::Feedback::STATE_OPEN == 1);

constexpr char kFindForm[] = R"sql(
  SELECT id FROM form WHERE id = $1)sql";

constexpr char kFindSection[] = R"sql(
  SELECT value FROM form_section WHERE form = $1 AND section_id = $2)sql";

// In whose name the caller gives it.  NOT_FOUND; PERMISSION_DENIED.
absl::StatusOr<v1::Person> FindGiver(Transaction& tx, const Caller& caller,
                                     const std::string& parent) {
  const auto asked = ParsePersonOrAll(parent);
  if (!asked) {
    return Invalid("parent", "NAME_INVALID",
                   "The parent is people/{person}, who gives it; people/- is "
                   "the caller.");
  }
  const std::string giver = *asked == "-" ? caller.person : *asked;
  if (giver.empty()) {
    return FailedPrecondition(
        "NO_PERSON",
        "This token speaks for nobody; name who gives the feedback.");
  }
  if (giver != caller.person && !caller.roles.Has(v1::ROLE_ADMIN)) {
    return PermissionDenied("Feedback is given in one's own name.");
  }
  return FindPerson(tx, giver);
}

RoleSet RolesOf(const v1::Person& person) {
  Violations none;
  return CheckRoles(person.roles(), "", none);
}

// What is about a form: that it is there, with this question.
absl::Status ResolveForm(Transaction& tx, Revisions& revisions, int64_t now_us,
                         v1::Feedback& feedback, Violations& bad) {
  if (feedback.form().empty()) return absl::OkStatus();
  const std::string form = ParseFormName(feedback.form()).value_or("");
  ASSIGN_OR_RETURN(const std::vector<Row> rows, tx.Run(kFindForm, {form}));
  if (rows.empty()) return NotFound(feedback.form());
  if (feedback.question_id().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto revision,
                   revisions.FindInEffect(tx, {form, 0}, now_us));
  feedback.set_form_revision(revision->document.name());
  if (!revision->compiled.FindQuestion(feedback.question_id())) {
    bad.Add("feedback.question_id", "QUESTION_UNKNOWN",
            absl::StrCat(feedback.form_revision(), " has no such question."));
  }
  return absl::OkStatus();
}

// What is about somebody: whom, and their team.
absl::Status ResolvePerson(Transaction& tx, const Caller& caller,
                           v1::Feedback& feedback, FeedbackRoute& route) {
  if (const auto name = ParseContactName(feedback.contact())) {
    ASSIGN_OR_RETURN(const v1::Contact contact, FindContact(tx, *name, caller));
    feedback.set_contact(contact.name());
    route.subject =
        ParseContactName(contact.name()).value_or(PersonPart{}).person;
  } else if (const auto person = ParsePersonName(feedback.person())) {
    route.subject = *person;
  } else {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const v1::Person subject, FindPerson(tx, route.subject));
  route.subject_team = ParseTeamName(subject.team()).value_or("");
  if (!caller.Reaches(route.subject, route.subject_team)) {
    return NotFound(subject.name());
  }
  return absl::OkStatus();
}

// What a story shows.
absl::Status ResolveShowing(Transaction& tx, v1::Feedback& feedback,
                            Violations& bad) {
  if (feedback.showing().section_id().empty()) return absl::OkStatus();
  v1::Feedback::Showing& showing = *feedback.mutable_showing();
  ASSIGN_OR_RETURN(
      const std::vector<Row> rows,
      tx.Run(kFindSection, {ParseFormName(showing.form()).value_or(""),
                            showing.section_id()}));
  if (rows.empty()) {
    bad.Add("feedback.showing.section_id", "SECTION_UNKNOWN",
            "The form has no such section.");
    return absl::OkStatus();
  }
  Cells cells(rows[0]);
  showing.set_value(cells.Text());
  return cells.Done();
}

// Who answers.
absl::Status ResolveOwner(Transaction& tx, const FeedbackRoute& route,
                          v1::Feedback& feedback, Violations& bad) {
  if (const auto wanted = ParsePersonName(feedback.owner())) {
    ASSIGN_OR_RETURN(const bool can, CanOwn(tx, *wanted, feedback.audience()));
    if (!can) {
      bad.Add(
          "feedback.owner", "OWNER_UNFIT",
          absl::StrCat("An owner is ", WhoAnswers(feedback.audience()), "."));
    }
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string owner, FindDefaultOwner(tx, route));
  if (!owner.empty()) feedback.set_owner(PersonName(owner));
  return absl::OkStatus();
}

// What the giver may say.
v1::Feedback ContentOf(const v1::Feedback& wanted, RoleSet giver) {
  v1::Feedback feedback;
  feedback.set_kind(wanted.kind() == v1::Feedback::KIND_UNSPECIFIED
                        ? v1::Feedback::KIND_FEEDBACK
                        : wanted.kind());
  feedback.set_side(wanted.side() == v1::Feedback::SIDE_UNSPECIFIED
                        ? SideOf(giver)
                        : wanted.side());
  feedback.set_audience(wanted.audience() == v1::Feedback::AUDIENCE_UNSPECIFIED
                            ? v1::Feedback::AUDIENCE_OWNER
                            : wanted.audience());
  feedback.set_text(wanted.text());
  feedback.set_about(AboutOf(wanted));
  feedback.set_form(wanted.form());
  feedback.set_question_id(wanted.question_id());
  feedback.set_process(wanted.process());
  feedback.set_contact(wanted.contact());
  feedback.set_person(wanted.person());
  if (wanted.has_showing()) *feedback.mutable_showing() = wanted.showing();
  feedback.set_customer_consents(wanted.customer_consents());
  *feedback.mutable_themes() = wanted.themes();
  *feedback.mutable_tags() = wanted.tags();
  feedback.set_owner(wanted.owner());
  return feedback;
}

void CheckTime(const google::protobuf::Timestamp& time, const char* field,
               Violations& bad) {
  if (!IsValid(time)) {
    bad.Add(field, "TIME_INVALID", "A time is in the years 1 to 9999.");
  }
}

absl::Status CheckFilters(const v1::ListFeedbackRequest& request) {
  Violations bad;
  if (!ParsePersonOrAll(request.parent())) {
    bad.Add("parent", "NAME_INVALID",
            "The parent is people/{person}, or people/- for everybody.");
  }
  if (!request.owner().empty() && !ParsePersonOrAll(request.owner())) {
    bad.Add("owner", "NAME_INVALID",
            "An owner is people/{person}, or people/- for nobody.");
  }
  if (!request.form().empty() && !ParseFormName(request.form())) {
    bad.Add("form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (!request.question_id().empty() && request.form().empty()) {
    bad.Add("question_id", "FORM_MISSING",
            "A question is one of a form; name it.");
  }
  if (!request.theme().empty() && !ParseThemeName(request.theme())) {
    bad.Add("theme", "NAME_INVALID", "A theme is themes/{theme}.");
  }
  if (request.has_start_time()) {
    CheckTime(request.start_time(), "start_time", bad);
  }
  if (request.has_end_time()) CheckTime(request.end_time(), "end_time", bad);
  return bad.ToStatus();
}

void AddFilters(const v1::ListFeedbackRequest& request, int64_t now_us,
                Query& query) {
  const auto add_enum = [&](const char* text, int value) {
    if (value != 0) query.Add(text, {int64_t{value}});
  };
  const std::string giver = ParsePersonOrAll(request.parent()).value_or("");
  if (giver != "-") query.Add(" AND f.person = ?", {giver});
  if (const auto owner = ParsePersonOrAll(request.owner())) {
    if (*owner == "-") {
      query.Add(" AND f.owner IS NULL");
    } else {
      query.Add(" AND f.owner = ?", {*owner});
    }
  }
  add_enum(" AND f.state = ?", request.state());
  add_enum(" AND f.kind = ?", request.kind());
  add_enum(" AND f.side = ?", request.side());
  add_enum(" AND f.about = ?", request.about());
  if (const auto form = ParseFormName(request.form())) {
    query.Add(" AND f.form = ?", {*form});
  }
  if (!request.question_id().empty()) {
    query.Add(" AND f.question = ?", {request.question_id()});
  }
  if (const auto theme = ParseThemeName(request.theme())) {
    query.Add(
        " AND EXISTS (SELECT 1 FROM theme_tag t WHERE t.person = f.person AND"
        " t.subject = 'people/' || f.person || '/feedback/' || f.id AND"
        " t.theme = ?)",
        {*theme});
  }
  if (request.for_revision()) query.Add(" AND f.for_revision = 1");
  if (request.for_monthly_report()) query.Add(" AND f.for_report = 1");
  if (request.overdue_only()) {
    query.Add(" AND f.state = 1 AND f.due_us < ?", {now_us});
  }
  if (request.has_start_time()) {
    query.Add(" AND f.create_us >= ?", {ToMicros(request.start_time())});
  }
  if (request.has_end_time()) {
    query.Add(" AND f.create_us < ?", {ToMicros(request.end_time())});
  }
}

// By form and question, or by age alone.
void AddOrder(bool by_form, const Page& page, Query& query) {
  if (by_form) {
    if (!page.after.empty()) {
      query.Add(" AND (f.form, f.question, f.id) > (?, ?, ?)",
                {page.after[0], page.after[1], page.after[2]});
    }
    query.Add(" ORDER BY f.form, f.question, f.id LIMIT ?", {page.size + 1});
    return;
  }
  if (!page.after.empty()) query.Add(" AND f.id > ?", {page.after[0]});
  query.Add(" ORDER BY f.id LIMIT ?", {page.size + 1});
}

}  // namespace

absl::StatusOr<v1::Feedback> Feedbacks::Create(
    Transaction& tx, const Caller& caller,
    const v1::CreateFeedbackRequest& request) const {
  const int64_t now_us = clock_();
  ASSIGN_OR_RETURN(const v1::Person giver,
                   FindGiver(tx, caller, request.parent()));
  Violations bad;
  CheckNewFeedback(request.feedback(), RolesOf(giver), bad);
  RETURN_IF_ERROR(bad.ToStatus());
  v1::Feedback feedback = ContentOf(request.feedback(), RolesOf(giver));
  FeedbackRoute route;
  route.about = feedback.about();
  route.audience = feedback.audience();
  route.giver = ParsePersonName(giver.name()).value_or("");
  route.ideas_owner = ideas_owner_;
  RETURN_IF_ERROR(ResolveForm(tx, *revisions_, now_us, feedback, bad));
  RETURN_IF_ERROR(ResolvePerson(tx, caller, feedback, route));
  RETURN_IF_ERROR(ResolveShowing(tx, feedback, bad));
  RETURN_IF_ERROR(CheckThemes(tx, feedback.themes(), "feedback.themes", bad));
  RETURN_IF_ERROR(ResolveOwner(tx, route, feedback, bad));
  RETURN_IF_ERROR(bad.ToStatus());

  feedback.set_name(FeedbackName(route.giver, MakeUuid(now_us)));
  feedback.set_state(v1::Feedback::STATE_OPEN);
  feedback.set_etag("1");
  *feedback.mutable_create_time() = ToTimestamp(now_us);
  *feedback.mutable_update_time() = ToTimestamp(now_us);
  *feedback.mutable_due_time() =
      ToTimestamp(now_us + kAnswerDays * kMicrosPerDay);
  RETURN_IF_ERROR(InsertFeedback(tx, feedback));
  RETURN_IF_ERROR(InsertThemeTags(tx,
                                  {feedback.name(), route.giver, DayOf(now_us)},
                                  caller.person, feedback.themes()));
  RETURN_IF_ERROR(TellThemes(tx, {&feedback}));
  return feedback;
}

absl::StatusOr<v1::Feedback> Feedbacks::Get(
    Transaction& tx, const Caller& caller,
    const v1::GetFeedbackRequest& request) const {
  ASSIGN_OR_RETURN(FeedbackRow row, FindFeedback(tx, caller, request.name()));
  RETURN_IF_ERROR(TellThemes(tx, {&row.feedback}));
  return std::move(row.feedback);
}

absl::StatusOr<v1::ListFeedbackResponse> Feedbacks::List(
    Transaction& tx, const Caller& caller,
    const v1::ListFeedbackRequest& request) const {
  const bool by_form = request.for_revision();
  ASSIGN_OR_RETURN(const Page page, PageOf(request, by_form ? 3 : 1));
  RETURN_IF_ERROR(CheckFilters(request));
  Query query(
      "SELECT f.form, f.question, f.id, f.body FROM feedback f WHERE 1 = 1");
  AddFilters(request, clock_(), query);
  AddFeedbackReach(caller, query);
  AddOrder(by_form, page, query);
  ASSIGN_OR_RETURN(const std::vector<Row> rows,
                   tx.Run(query.text(), query.params()));
  v1::ListFeedbackResponse response;
  std::vector<std::string> last;
  for (const Row& row : rows) {
    if (response.feedback_size() == page.size) {
      response.set_next_page_token(NextPageToken(page, last));
      break;
    }
    Cells cells(row);
    last.clear();
    for (int i = 0; i < 3; ++i) last.push_back(cells.Text());
    if (!by_form) last.erase(last.begin(), last.begin() + 2);
    cells.Message(*response.add_feedback());
    RETURN_IF_ERROR(cells.Done());
  }
  std::vector<v1::Feedback*> shown;
  for (v1::Feedback& feedback : *response.mutable_feedback()) {
    shown.push_back(&feedback);
  }
  RETURN_IF_ERROR(TellThemes(tx, shown));
  return response;
}

}  // namespace attune
