// Forms on the wire.

#ifndef ATTUNE_SERVICE_FORM_SERVICE_H_
#define ATTUNE_SERVICE_FORM_SERVICE_H_

#include "engine/form/forms.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class FormService final : public ByteService {
 public:
  FormService(Serve& serve, const Forms& forms);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_FORM_SERVICE_H_
