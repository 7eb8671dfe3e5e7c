#include "engine/voice/great_call.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/texts.h"
#include "engine/words.h"

namespace attune {

void CheckNomination(const v1::GreatCall& great_call, Violations& bad) {
  if (!ParseContactName(great_call.contact())) {
    bad.Add("great_call.contact", "NAME_INVALID",
            "A contact is people/{person}/contacts/{contact}.");
  }
  if (!ParseFormName(great_call.form())) {
    bad.Add("great_call.form", "NAME_INVALID", "A form is forms/{form}.");
  }
  if (!IsItemId(great_call.section_id())) {
    bad.Add("great_call.section_id", "SECTION_UNKNOWN",
            "Name the section of the form that the contact shows.");
  }
  CheckReason(great_call.reason(), "great_call.reason", bad);
  if (great_call.has_start_ms() && great_call.start_ms() < 0) {
    bad.Add("great_call.start_ms", "OFFSET_INVALID",
            "Milliseconds from the contact's start, 0 or more.");
  }
  if (great_call.has_end_ms() &&
      (!great_call.has_start_ms() ||
       great_call.end_ms() < great_call.start_ms())) {
    bad.Add("great_call.end_ms", "OFFSET_INVALID",
            "It needs a start_ms, and is not before it.");
  }
}

void CheckExcerpt(const v1::GreatCall& great_call, const v1::Contact& contact,
                  Violations& bad) {
  if (!contact.has_duration()) return;
  const int64_t length_ms = contact.duration().seconds() * 1000 +
                            contact.duration().nanos() / 1'000'000;
  const auto check = [&](bool has, int64_t ms, absl::string_view field) {
    if (!has || ms <= length_ms) return;
    bad.Add(
        field, "EXCERPT_PAST_END",
        absl::StrCat("The contact ends after ", length_ms, " milliseconds."));
  };
  check(great_call.has_start_ms(), great_call.start_ms(),
        "great_call.start_ms");
  check(great_call.has_end_ms(), great_call.end_ms(), "great_call.end_ms");
}

absl::Status CheckMayDecide(const v1::GreatCall& great_call,
                            absl::string_view agent,
                            absl::string_view decider) {
  if (great_call.state() != v1::GreatCall::STATE_NOMINATED) {
    return FailedPrecondition(
        "ALREADY_DECIDED",
        absl::StrCat(great_call.name(), " is decided already."));
  }
  if (decider.empty()) return absl::OkStatus();
  if (great_call.nominator() == PersonName(decider)) {
    return FailedPrecondition("OWN_NOMINATION",
                              "Nobody decides on their own nomination.");
  }
  if (agent == decider) {
    return FailedPrecondition("OWN_CONTACT",
                              "Nobody decides on a call of their own.");
  }
  return absl::OkStatus();
}

std::string WordsFor(const v1::GreatCall& great_call) {
  std::vector<absl::string_view> texts = {
      great_call.reason(), great_call.section_title(), great_call.value()};
  texts.insert(texts.end(), great_call.topics().begin(),
               great_call.topics().end());
  return JoinWords(texts);
}

}  // namespace attune
