// Resource names: `people/{person}/contacts/{contact}` and the like.

#ifndef ATTUNE_ENGINE_NAMES_H_
#define ATTUNE_ENGINE_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attune {

struct PersonPart {
  std::string person;
  std::string id;
};

// What belongs to an evaluation: a contest, a comment.
struct EvaluationPart {
  std::string person;
  std::string evaluation;
  std::string id;
};

struct RevisionName {
  std::string form;
  int64_t revision = 0;  // 0 stands for `-`, the newest in effect
};

struct DrawPart {
  std::string plan;
  std::string period;  // as it is written: 2026-W47
};

std::string PersonName(absl::string_view person);
std::string TeamName(absl::string_view team);
std::string ContactName(absl::string_view person, absl::string_view contact);
std::string EvaluationName(absl::string_view person,
                           absl::string_view evaluation);
std::string ContestName(const EvaluationPart& contest);
std::string CommentName(const EvaluationPart& comment);
std::string FormName(absl::string_view form);
std::string FormRevisionName(absl::string_view form, int64_t revision);
std::string TokenName(absl::string_view token);
std::string CalibrationName(absl::string_view calibration);
std::string SelfCheckCycleName(absl::string_view cycle);
std::string SelfCheckName(absl::string_view person, absl::string_view cycle);
std::string FormFeedbackName(absl::string_view person, absl::string_view cycle);
std::string SamplingPlanName(absl::string_view plan);
std::string DrawName(absl::string_view plan, absl::string_view period);
std::string AssignmentName(absl::string_view assignment);
std::string CancellationName(absl::string_view person,
                             absl::string_view contact);
std::string GreatCallName(absl::string_view person,
                          absl::string_view great_call);
std::string PropName(absl::string_view person, absl::string_view prop);
std::string PropInviteName(absl::string_view person, absl::string_view invite);
std::string RelationshipValueName(absl::string_view person,
                                  absl::string_view value);
std::string SurveyResponseName(absl::string_view person,
                               absl::string_view response);
std::string ChangeNoteName(absl::string_view note);
std::string FeedbackName(absl::string_view person, absl::string_view feedback);
std::string RecoveryActionName(absl::string_view person,
                               absl::string_view action);
std::string HarmFlagName(absl::string_view flag);
std::string ThemeName(absl::string_view theme);
std::string FloorSessionName(absl::string_view person,
                             absl::string_view session);
// The day as YYYY-MM-DD.
std::string WorkDayName(absl::string_view person, absl::string_view day);

// The ids in a name; nothing unless it has exactly this shape and well-formed
// ids.  `-` is accepted for a person only where the comment says so.
std::optional<std::string> ParsePersonName(absl::string_view name);
// Accepts `people/-` and gives "-".
std::optional<std::string> ParsePersonOrAll(absl::string_view name);
std::optional<std::string> ParseTeamName(absl::string_view name);
std::optional<std::string> ParseFormName(absl::string_view name);
std::optional<std::string> ParseTokenName(absl::string_view name);
std::optional<std::string> ParseCalibrationName(absl::string_view name);
std::optional<std::string> ParseSelfCheckCycleName(absl::string_view name);
std::optional<std::string> ParseSamplingPlanName(absl::string_view name);
// Any period that could be an id.
std::optional<DrawPart> ParseDrawName(absl::string_view name);
std::optional<std::string> ParseAssignmentName(absl::string_view name);
// Accept `-` for the person.
std::optional<PersonPart> ParseContactName(absl::string_view name);
// The id is the contact's.
std::optional<PersonPart> ParseCancellationName(absl::string_view name);
std::optional<PersonPart> ParseGreatCallName(absl::string_view name);
std::optional<PersonPart> ParsePropName(absl::string_view name);
std::optional<PersonPart> ParseFeedbackName(absl::string_view name);
std::optional<PersonPart> ParseRecoveryActionName(absl::string_view name);
std::optional<PersonPart> ParseFloorSessionName(absl::string_view name);
// Do not.
std::optional<PersonPart> ParseTranscriptName(absl::string_view name);
std::optional<PersonPart> ParseSurveyResponseName(absl::string_view name);
std::optional<std::string> ParseChangeNoteName(absl::string_view name);
std::optional<std::string> ParseHarmFlagName(absl::string_view name);
std::optional<std::string> ParseThemeName(absl::string_view name);
std::optional<PersonPart> ParseEvaluationName(absl::string_view name);
// The id is the day, a real one.
std::optional<PersonPart> ParseWorkDayName(absl::string_view name);
// Accepts `-` for the evaluation, and then also for the person.
std::optional<PersonPart> ParseEvaluationOrAll(absl::string_view name);
std::optional<EvaluationPart> ParseContestName(absl::string_view name);
std::optional<EvaluationPart> ParseCommentName(absl::string_view name);
// The id is the cycle's.
std::optional<PersonPart> ParseSelfCheckName(absl::string_view name);
// Accepts `-` for the revision.
std::optional<RevisionName> ParseFormRevisionName(absl::string_view name);

}  // namespace attune

#endif  // ATTUNE_ENGINE_NAMES_H_
