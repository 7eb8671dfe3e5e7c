// Forms on the wire.

#ifndef ATTUNE_SERVICE_FORM_SERVICE_H_
#define ATTUNE_SERVICE_FORM_SERVICE_H_

#include "engine/form/forms.h"
#include "engine/report/backtests.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class FormService final : public ByteService {
 public:
  FormService(Serve& serve, const Forms& forms, const Backtests& backtests);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_FORM_SERVICE_H_
