// Feedback, recovery, harm flags and themes on the wire.

#ifndef ATTUNE_SERVICE_INBOX_SERVICE_H_
#define ATTUNE_SERVICE_INBOX_SERVICE_H_

#include "engine/voice/feedbacks.h"
#include "engine/voice/harm_flags.h"
#include "engine/voice/recovery_actions.h"
#include "engine/voice/theme_tags.h"
#include "engine/voice/themes.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class InboxService final : public ByteService {
 public:
  // What it serves from; all outlive it.
  struct Collections {
    const Feedbacks& feedback;
    const RecoveryActions& recovery_actions;
    const HarmFlags& harm_flags;
    const Themes& themes;
    const ThemeTags& theme_tags;
  };
  InboxService(Serve& serve, const Collections& collections);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_INBOX_SERVICE_H_
