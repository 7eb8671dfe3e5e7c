#include "service/inbox_service.h"

namespace attune {

InboxService::InboxService(Serve& serve, const Collections& collections)
    : ByteService("attune.v1.InboxService", serve) {
  Unary("CreateFeedback", collections.feedback, &Feedbacks::Create);
  Unary("GetFeedback", collections.feedback, &Feedbacks::Get);
  Unary("ListFeedback", collections.feedback, &Feedbacks::List);
  Unary("DecideFeedback", collections.feedback, &Feedbacks::Decide);
  Unary("ReassignFeedback", collections.feedback, &Feedbacks::Reassign);
  Unary("MarkFeedback", collections.feedback, &Feedbacks::Mark);
  Unary("GetUnansweredFeedback", collections.feedback, &Feedbacks::Unanswered);
  Unary("CreateRecoveryAction", collections.recovery_actions,
        &RecoveryActions::Create);
  Unary("GetRecoveryAction", collections.recovery_actions,
        &RecoveryActions::Get);
  Unary("ListRecoveryActions", collections.recovery_actions,
        &RecoveryActions::List);
  Unary("CloseRecoveryAction", collections.recovery_actions,
        &RecoveryActions::Close);
  Unary("GetRecoveryReport", collections.recovery_actions,
        &RecoveryActions::Report);
  Unary("RaiseHarmFlag", collections.harm_flags, &HarmFlags::Raise);
  Unary("AddHarmContacts", collections.harm_flags, &HarmFlags::AddContacts);
  Unary("GetHarmFlag", collections.harm_flags, &HarmFlags::Get);
  Unary("ListHarmFlags", collections.harm_flags, &HarmFlags::List);
  Unary("ListHarmContacts", collections.harm_flags, &HarmFlags::ListContacts);
  Unary("AnswerHarmFlag", collections.harm_flags, &HarmFlags::Answer);
  Unary("ApplyThemes", collections.themes, &Themes::Apply);
  Unary("ListThemes", collections.themes, &Themes::List);
  Unary("TagTheme", collections.theme_tags, &ThemeTags::Tag);
  Unary("UntagTheme", collections.theme_tags, &ThemeTags::Untag);
  Unary("ListThemeTags", collections.theme_tags, &ThemeTags::List);
  Unary("GetThemeReport", collections.theme_tags, &ThemeTags::Report);
}

}  // namespace attune
