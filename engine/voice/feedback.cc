#include "engine/voice/feedback.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/texts.h"
#include "engine/voice/theme.h"

namespace attune {
namespace {

using Feedback = v1::Feedback;

constexpr int kMaxTags = 16;
constexpr size_t kMaxTagBytes = 64;
constexpr size_t kMaxProcessBytes = 256;

bool SideFits(Feedback::Side side, RoleSet giver) {
  switch (side) {
    case Feedback::SIDE_CUSTOMER:
      return true;
    case Feedback::SIDE_AGENT:
      return giver.Has(v1::ROLE_AGENT);
    case Feedback::SIDE_ADVOCATE:
      return giver.Has(v1::ROLE_ADVOCATE);
    case Feedback::SIDE_LEAD:
      return giver.Has(v1::ROLE_LEAD);
    case Feedback::SIDE_MANAGER:
      return giver.Has(v1::ROLE_QA_LEAD) || giver.Has(v1::ROLE_ADMIN) ||
             giver.Has(v1::ROLE_ANALYST);
    default:
      return false;
  }
}

void CheckWhat(const Feedback& feedback, RoleSet giver, Violations& bad) {
  if (!Feedback::Kind_IsValid(feedback.kind())) {
    bad.Add("feedback.kind", "KIND_UNKNOWN", "It is feedback or a story.");
  }
  if (!Feedback::Audience_IsValid(feedback.audience())) {
    bad.Add("feedback.audience", "AUDIENCE_UNKNOWN",
            "It is for its owner or for the leadership.");
  }
  if (feedback.side() != Feedback::SIDE_UNSPECIFIED &&
      !SideFits(feedback.side(), giver)) {
    bad.Add("feedback.side", "SIDE_NOT_YOURS",
            "Speak for a customer, or for a side that the giver's roles "
            "allow.");
  }
  if (absl::StripAsciiWhitespace(feedback.text()).empty()) {
    bad.Add("feedback.text", "TEXT_MISSING", "Say something.");
  }
  CheckPlainText(feedback.text(), "feedback.text", bad);
}

void CheckSubject(const Feedback& feedback, Violations& bad) {
  int subjects = 0;
  for (const std::string* name : {&feedback.form(), &feedback.process(),
                                  &feedback.contact(), &feedback.person()}) {
    if (!name->empty()) ++subjects;
  }
  if (subjects > 1) {
    bad.Add("feedback", "SUBJECT_AMBIGUOUS",
            "It is about one thing: a form, a process, a contact or a person; "
            "without any it is an idea.");
  }
  if (feedback.kind() == Feedback::KIND_STORY && feedback.contact().empty() &&
      feedback.person().empty()) {
    bad.Add("feedback.kind", "STORY_OF_NOBODY",
            "A story is about a contact or a person.");
  }
  if (!feedback.form().empty() && !ParseFormName(feedback.form())) {
    bad.Add("feedback.form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (!feedback.question_id().empty() && feedback.form().empty()) {
    bad.Add("feedback.question_id", "FORM_MISSING",
            "A question is one of a form; name it.");
  }
  CheckPlainText(feedback.process(), kMaxProcessBytes, "feedback.process", bad);
  if (!feedback.contact().empty() && !ParseContactName(feedback.contact())) {
    bad.Add("feedback.contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (!feedback.person().empty() && !ParsePersonName(feedback.person())) {
    bad.Add("feedback.person", "NAME_INVALID", "A person is people/{person}.");
  }
}

void CheckShowing(const Feedback& feedback, Violations& bad) {
  if (!feedback.has_showing()) return;
  const Feedback::Showing& showing = feedback.showing();
  if (feedback.kind() != Feedback::KIND_STORY) {
    bad.Add("feedback.showing", "NOT_A_STORY",
            "A story shows a section or a value; other feedback does not.");
  }
  if (!showing.form().empty() && !ParseFormName(showing.form())) {
    bad.Add("feedback.showing.form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (showing.form().empty() != showing.section_id().empty()) {
    bad.Add("feedback.showing", "SECTION_INCOMPLETE",
            "A section needs its form and its id.");
  }
  if (!showing.value().empty() && !IsItemId(showing.value())) {
    bad.Add("feedback.showing.value", "ID_INVALID",
            "A value is [a-z][a-z0-9_]{0,62}.");
  }
}

void CheckTags(const Feedback& feedback, Violations& bad) {
  if (!feedback.themes().empty()) {
    CheckThemeNames(feedback.themes(), "feedback.themes", bad);
  }
  if (feedback.tags_size() > kMaxTags) {
    bad.Add("feedback.tags", "TOO_MANY",
            absl::StrCat("At most ", kMaxTags, ", not ", feedback.tags_size(),
                         "."));
    return;
  }
  for (int i = 0; i < feedback.tags_size(); ++i) {
    const std::string path = absl::StrCat("feedback.tags[", i, "]");
    if (feedback.tags(i).empty()) {
      bad.Add(path, "TAG_MISSING", "A tag is a word.");
    }
    CheckPlainText(feedback.tags(i), kMaxTagBytes, path, bad);
  }
}

}  // namespace

v1::Feedback::About AboutOf(const Feedback& feedback) {
  if (!feedback.form().empty()) return Feedback::ABOUT_FORM;
  if (!feedback.process().empty()) return Feedback::ABOUT_PROCESS;
  if (!feedback.contact().empty()) return Feedback::ABOUT_CONTACT;
  if (!feedback.person().empty()) return Feedback::ABOUT_PERSON;
  return Feedback::ABOUT_IDEA;
}

void CheckNewFeedback(const Feedback& feedback, RoleSet giver,
                      Violations& bad) {
  CheckWhat(feedback, giver, bad);
  CheckSubject(feedback, bad);
  CheckShowing(feedback, bad);
  CheckTags(feedback, bad);
  if (!feedback.owner().empty() && !ParsePersonName(feedback.owner())) {
    bad.Add("feedback.owner", "NAME_INVALID", "An owner is people/{person}.");
  }
}

v1::Feedback::Side SideOf(RoleSet giver) {
  for (const Feedback::Side side :
       {Feedback::SIDE_MANAGER, Feedback::SIDE_LEAD, Feedback::SIDE_ADVOCATE}) {
    if (SideFits(side, giver)) return side;
  }
  return Feedback::SIDE_AGENT;
}

bool AnswersFeedback(RoleSet roles, Feedback::Audience audience) {
  if (roles.Has(v1::ROLE_QA_LEAD) || roles.Has(v1::ROLE_ADMIN)) return true;
  return audience != Feedback::AUDIENCE_LEADERSHIP &&
         (roles.Has(v1::ROLE_LEAD) || roles.Has(v1::ROLE_ADVOCATE));
}

absl::string_view WhoAnswers(Feedback::Audience audience) {
  return audience == Feedback::AUDIENCE_LEADERSHIP
             ? "a qa_lead or an admin"
             : "a lead, an advocate, a qa_lead or an admin";
}

bool MayRead(const Caller& caller, const Feedback& feedback,
             absl::string_view giver_team) {
  const auto name = ParseFeedbackName(feedback.name());
  const bool shown_to_leads =
      feedback.audience() != Feedback::AUDIENCE_LEADERSHIP;
  return name && caller.Reaches(name->person, shown_to_leads ? giver_team : "",
                                ParsePersonName(feedback.owner()).value_or(""));
}

bool IsOwner(const Caller& caller, const Feedback& feedback) {
  return !caller.person.empty() &&
         feedback.owner() == PersonName(caller.person);
}

bool MayBecome(Feedback::State from, Feedback::State to) {
  switch (from) {
    case Feedback::STATE_OPEN:
      return to == Feedback::STATE_ACCEPTED || to == Feedback::STATE_DECLINED ||
             to == Feedback::STATE_DONE;
    case Feedback::STATE_ACCEPTED:
      return to == Feedback::STATE_DECLINED || to == Feedback::STATE_DONE;
    case Feedback::STATE_DECLINED:
      return to == Feedback::STATE_ACCEPTED;
    default:
      return false;
  }
}

bool MayBeReassigned(Feedback::State state) {
  return state == Feedback::STATE_OPEN || state == Feedback::STATE_ACCEPTED;
}

bool NeedsConsent(const Feedback& feedback) {
  return feedback.kind() == Feedback::KIND_STORY ||
         feedback.side() == Feedback::SIDE_CUSTOMER;
}

}  // namespace attune
