#include "engine/names.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "engine/clock.h"
#include "engine/ids.h"

namespace attune {
namespace {

constexpr int64_t kMaxRevision = 10'000;

std::optional<std::string> ParseOne(absl::string_view name,
                                    absl::string_view collection) {
  if (!absl::ConsumePrefix(&name, collection) || !IsResourceId(name)) {
    return std::nullopt;
  }
  return std::string(name);
}

std::optional<PersonPart> ParsePart(absl::string_view name,
                                    absl::string_view collection,
                                    bool any_person) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "people" || parts[2] != collection ||
      !(IsResourceId(parts[1]) || (any_person && parts[1] == "-")) ||
      !IsContactId(parts[3])) {
    return std::nullopt;
  }
  return PersonPart{std::string(parts[1]), std::string(parts[3])};
}

std::optional<EvaluationPart> ParseEvaluationPart(
    absl::string_view name, absl::string_view collection) {
  const size_t end = name.rfind('/');
  if (end == absl::string_view::npos || !IsContactId(name.substr(end + 1))) {
    return std::nullopt;
  }
  absl::string_view parent = name.substr(0, end);
  if (!absl::ConsumeSuffix(&parent, collection)) return std::nullopt;
  const auto evaluation = ParseEvaluationName(parent);
  if (!evaluation) return std::nullopt;
  return EvaluationPart{evaluation->person, evaluation->id,
                        std::string(name.substr(end + 1))};
}

}  // namespace

std::string PersonName(absl::string_view person) {
  return absl::StrCat("people/", person);
}
std::string TeamName(absl::string_view team) {
  return absl::StrCat("teams/", team);
}
std::string ContactName(absl::string_view person, absl::string_view contact) {
  return absl::StrCat("people/", person, "/contacts/", contact);
}
std::string EvaluationName(absl::string_view person,
                           absl::string_view evaluation) {
  return absl::StrCat("people/", person, "/evaluations/", evaluation);
}
std::string ContestName(const EvaluationPart& contest) {
  return absl::StrCat(EvaluationName(contest.person, contest.evaluation),
                      "/contests/", contest.id);
}
std::string CommentName(const EvaluationPart& comment) {
  return absl::StrCat(EvaluationName(comment.person, comment.evaluation),
                      "/comments/", comment.id);
}
std::string FormName(absl::string_view form) {
  return absl::StrCat("forms/", form);
}
std::string FormRevisionName(absl::string_view form, int64_t revision) {
  return absl::StrCat("forms/", form, "/revisions/", revision);
}
std::string TokenName(absl::string_view token) {
  return absl::StrCat("tokens/", token);
}
std::string CalibrationName(absl::string_view calibration) {
  return absl::StrCat("calibrations/", calibration);
}
std::string SamplingPlanName(absl::string_view plan) {
  return absl::StrCat("samplingPlans/", plan);
}
std::string DrawName(absl::string_view plan, absl::string_view period) {
  return absl::StrCat("samplingPlans/", plan, "/draws/", period);
}
std::string AssignmentName(absl::string_view assignment) {
  return absl::StrCat("assignments/", assignment);
}

std::string CancellationName(absl::string_view person,
                             absl::string_view contact) {
  return absl::StrCat(ContactName(person, contact), "/cancellation");
}
std::string GreatCallName(absl::string_view person,
                          absl::string_view great_call) {
  return absl::StrCat("people/", person, "/greatCalls/", great_call);
}
std::string PropName(absl::string_view person, absl::string_view prop) {
  return absl::StrCat("people/", person, "/props/", prop);
}
std::string PropInviteName(absl::string_view person, absl::string_view invite) {
  return absl::StrCat("people/", person, "/propInvites/", invite);
}
std::string RelationshipValueName(absl::string_view person,
                                  absl::string_view value) {
  return absl::StrCat("people/", person, "/relationshipValues/", value);
}
std::string SurveyResponseName(absl::string_view person,
                               absl::string_view response) {
  return absl::StrCat("people/", person, "/surveyResponses/", response);
}
std::string ChangeNoteName(absl::string_view note) {
  return absl::StrCat("changeNotes/", note);
}
std::string FeedbackName(absl::string_view person, absl::string_view feedback) {
  return absl::StrCat(PersonName(person), "/feedback/", feedback);
}
std::string RecoveryActionName(absl::string_view person,
                               absl::string_view action) {
  return absl::StrCat(PersonName(person), "/recoveryActions/", action);
}
std::string HarmFlagName(absl::string_view flag) {
  return absl::StrCat("harmFlags/", flag);
}
std::string ThemeName(absl::string_view theme) {
  return absl::StrCat("themes/", theme);
}

std::string FloorSessionName(absl::string_view person,
                             absl::string_view session) {
  return absl::StrCat(PersonName(person), "/floorSessions/", session);
}
std::string WorkDayName(absl::string_view person, absl::string_view day) {
  return absl::StrCat(PersonName(person), "/workDays/", day);
}

std::string SelfCheckCycleName(absl::string_view cycle) {
  return absl::StrCat("selfCheckCycles/", cycle);
}
std::string SelfCheckName(absl::string_view person, absl::string_view cycle) {
  return absl::StrCat("people/", person, "/selfChecks/", cycle);
}
std::string FormFeedbackName(absl::string_view person,
                             absl::string_view cycle) {
  return absl::StrCat(SelfCheckName(person, cycle), "/formFeedback");
}

std::optional<std::string> ParsePersonName(absl::string_view name) {
  return ParseOne(name, "people/");
}
std::optional<std::string> ParsePersonOrAll(absl::string_view name) {
  if (name == "people/-") return "-";
  return ParsePersonName(name);
}
std::optional<std::string> ParseTeamName(absl::string_view name) {
  return ParseOne(name, "teams/");
}
std::optional<std::string> ParseFormName(absl::string_view name) {
  return ParseOne(name, "forms/");
}
std::optional<std::string> ParseTokenName(absl::string_view name) {
  return ParseOne(name, "tokens/");
}
std::optional<std::string> ParseCalibrationName(absl::string_view name) {
  return ParseOne(name, "calibrations/");
}
std::optional<std::string> ParseSelfCheckCycleName(absl::string_view name) {
  return ParseOne(name, "selfCheckCycles/");
}
std::optional<std::string> ParseSamplingPlanName(absl::string_view name) {
  return ParseOne(name, "samplingPlans/");
}
std::optional<DrawPart> ParseDrawName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "samplingPlans" || parts[2] != "draws" ||
      !IsResourceId(parts[1]) || !IsContactId(parts[3])) {
    return std::nullopt;
  }
  return DrawPart{std::string(parts[1]), std::string(parts[3])};
}
std::optional<std::string> ParseAssignmentName(absl::string_view name) {
  return ParseOne(name, "assignments/");
}
std::optional<PersonPart> ParseContactName(absl::string_view name) {
  return ParsePart(name, "contacts", /*any_person=*/true);
}
std::optional<PersonPart> ParseCancellationName(absl::string_view name) {
  if (!absl::ConsumeSuffix(&name, "/cancellation")) return std::nullopt;
  return ParseContactName(name);
}
std::optional<PersonPart> ParseGreatCallName(absl::string_view name) {
  return ParsePart(name, "greatCalls", /*any_person=*/true);
}
std::optional<PersonPart> ParsePropName(absl::string_view name) {
  return ParsePart(name, "props", /*any_person=*/true);
}
std::optional<PersonPart> ParseSurveyResponseName(absl::string_view name) {
  return ParsePart(name, "surveyResponses", /*any_person=*/false);
}
std::optional<std::string> ParseChangeNoteName(absl::string_view name) {
  return ParseOne(name, "changeNotes/");
}
std::optional<PersonPart> ParseFeedbackName(absl::string_view name) {
  return ParsePart(name, "feedback", /*any_person=*/true);
}
std::optional<PersonPart> ParseRecoveryActionName(absl::string_view name) {
  return ParsePart(name, "recoveryActions", /*any_person=*/true);
}
std::optional<PersonPart> ParseFloorSessionName(absl::string_view name) {
  return ParsePart(name, "floorSessions", /*any_person=*/true);
}
std::optional<PersonPart> ParseWorkDayName(absl::string_view name) {
  const auto part = ParsePart(name, "workDays", /*any_person=*/false);
  return part && ParseDay(part->id) ? part : std::nullopt;
}
std::optional<std::string> ParseHarmFlagName(absl::string_view name) {
  return ParseOne(name, "harmFlags/");
}
std::optional<std::string> ParseThemeName(absl::string_view name) {
  return ParseOne(name, "themes/");
}
std::optional<PersonPart> ParseTranscriptName(absl::string_view name) {
  if (!absl::ConsumeSuffix(&name, "/transcript")) return std::nullopt;
  return ParsePart(name, "contacts", /*any_person=*/false);
}
std::optional<PersonPart> ParseEvaluationName(absl::string_view name) {
  return ParsePart(name, "evaluations", /*any_person=*/false);
}
std::optional<PersonPart> ParseSelfCheckName(absl::string_view name) {
  const auto part = ParsePart(name, "selfChecks", /*any_person=*/false);
  return part && IsResourceId(part->id) ? part : std::nullopt;
}

std::optional<PersonPart> ParseEvaluationOrAll(absl::string_view name) {
  if (absl::ConsumeSuffix(&name, "/evaluations/-")) {
    const auto person = ParsePersonOrAll(name);
    return person ? std::optional<PersonPart>({*person, "-"}) : std::nullopt;
  }
  return ParseEvaluationName(name);
}
std::optional<EvaluationPart> ParseContestName(absl::string_view name) {
  return ParseEvaluationPart(name, "/contests");
}
std::optional<EvaluationPart> ParseCommentName(absl::string_view name) {
  return ParseEvaluationPart(name, "/comments");
}

std::optional<RevisionName> ParseFormRevisionName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "forms" || parts[2] != "revisions" ||
      !IsResourceId(parts[1])) {
    return std::nullopt;
  }
  RevisionName result{std::string(parts[1]), 0};
  if (parts[3] == "-") return result;
  // Only the canonical spelling: a name is compared as text.
  if (!absl::SimpleAtoi(parts[3], &result.revision) || result.revision < 1 ||
      result.revision > kMaxRevision ||
      absl::StrCat(result.revision) != parts[3]) {
    return std::nullopt;
  }
  return result;
}

}  // namespace attune
