#include "service/voice_service.h"

namespace attune {

VoiceService::VoiceService(Serve& serve, const Collections& collections)
    : ByteService("attune.v1.VoiceService", serve) {
  Unary("BatchCreateSurveyResponses", collections.survey_responses,
        &SurveyResponses::BatchCreate);
  Unary("GetSurveyResponse", collections.survey_responses,
        &SurveyResponses::Get);
  Unary("ListSurveyResponses", collections.survey_responses,
        &SurveyResponses::List);
  Unary("GetSurveyReport", collections.reports,
        &SurveyReports::GetSurveyReport);
  Unary("GetDriverReport", collections.reports,
        &SurveyReports::GetDriverReport);
  Unary("CreateChangeNote", collections.change_notes, &ChangeNotes::Create);
  Unary("ListChangeNotes", collections.change_notes, &ChangeNotes::List);
  Unary("GetChangeNoteReport", collections.reports,
        &SurveyReports::GetChangeNoteReport);
  Unary("CreatePropInvite", collections.prop_invites, &PropInvites::Create);
  Unary("GetPropInvite", collections.prop_invites, &PropInvites::Get);
  Unary("SubmitProp", collections.props, &Props::Submit);
  Unary("RevokeProp", collections.props, &Props::Revoke);
  Unary("RevokePropForCustomer", collections.props, &Props::RevokeForCustomer);
  Unary("GetProp", collections.props, &Props::Get);
  Unary("ListProps", collections.props, &Props::List);
  Unary("ModerateProp", collections.props, &Props::Moderate);
  Unary("GetRecognition", collections.recognitions, &Recognitions::Get);
  Unary("NominateGreatCall", collections.great_calls, &GreatCalls::Nominate);
  Unary("ConfirmGreatCall", collections.great_calls, &GreatCalls::Confirm);
  Unary("DeclineGreatCall", collections.great_calls, &GreatCalls::Decline);
  Unary("GetGreatCall", collections.great_calls, &GreatCalls::Get);
  Unary("ListGreatCalls", collections.great_calls, &GreatCalls::List);
  Unary("GiveKudos", collections.great_calls, &GreatCalls::GiveKudos);
  Unary("CreateRelationshipValue", collections.relationship_values,
        &RelationshipValues::Create);
  Unary("ListRelationshipValues", collections.relationship_values,
        &RelationshipValues::List);
  Unary("GetRelationshipValueReport", collections.relationship_values,
        &RelationshipValues::Report);
  Unary("RecordCancellation", collections.cancellations,
        &Cancellations::Record);
  Unary("GetCancellation", collections.cancellations, &Cancellations::Get);
  Unary("ListCancellations", collections.cancellations, &Cancellations::List);
  Unary("GetCancellationReport", collections.cancellations,
        &Cancellations::Report);
  Unary("GetVoiceReport", collections.voice_reports, &VoiceReports::Get);
  Unary("TellStory", collections.stories, &Stories::Tell);
}

}  // namespace attune
