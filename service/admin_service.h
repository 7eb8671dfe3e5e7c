// Tokens and proofs on the wire.

#ifndef ATTUNE_SERVICE_ADMIN_SERVICE_H_
#define ATTUNE_SERVICE_ADMIN_SERVICE_H_

#include "engine/access/tokens.h"
#include "service/byte_service.h"
#include "service/serve.h"

namespace attune {

class AdminService final : public ByteService {
 public:
  AdminService(Serve& serve, const Tokens& tokens);
};

}  // namespace attune

#endif  // ATTUNE_SERVICE_ADMIN_SERVICE_H_
