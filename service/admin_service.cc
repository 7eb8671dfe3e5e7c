#include "service/admin_service.h"

#include "engine/store/verify.h"

namespace attune {

AdminService::AdminService(Serve& serve, const Tokens& tokens)
    : ByteService("attune.v1.AdminService", serve) {
  Unary("CreateToken", tokens, &Tokens::Create);
  Unary("ListTokens", tokens, &Tokens::List);
  Unary("RevokeToken", tokens, &Tokens::Revoke);
  Unary<v1::VerifyRequest>("Verify", &VerifyStore);
}

}  // namespace attune
