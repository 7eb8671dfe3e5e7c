// The customer's voice on the wire.

#ifndef ATTUNE_SERVICE_VOICE_SERVICE_H_
#define ATTUNE_SERVICE_VOICE_SERVICE_H_

#include "engine/voice/cancellations.h"
#include "engine/voice/change_notes.h"
#include "engine/voice/great_calls.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/recognitions.h"
#include "engine/voice/relationship_values.h"
#include "engine/voice/stories.h"
#include "engine/voice/survey_reports.h"
#include "engine/voice/survey_responses.h"
#include "engine/voice/voice_reports.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class VoiceService final : public ByteService {
 public:
  // What it serves from; all outlive it.
  struct Collections {
    const SurveyResponses& survey_responses;
    const SurveyReports& reports;
    const ChangeNotes& change_notes;
    const PropInvites& prop_invites;
    const Props& props;
    const Recognitions& recognitions;
    const GreatCalls& great_calls;
    const RelationshipValues& relationship_values;
    const Cancellations& cancellations;
    const VoiceReports& voice_reports;
    const Stories& stories;
  };
  VoiceService(Serve& serve, const Collections& collections);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_VOICE_SERVICE_H_
