// TLS for a listener.

#ifndef ATTUNE_SERVICE_TLS_H_
#define ATTUNE_SERVICE_TLS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace attune {

// From two PEM files.  INVALID_ARGUMENT names the one that cannot be read
// (FILE_UNREADABLE), is no PEM (PEM_INVALID), or says that the key does not
// belong to the certificate (KEY_MISMATCH).
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsCredentials(
    const std::string& cert_path, const std::string& key_path);

}  // namespace attune

#endif  // ATTUNE_SERVICE_TLS_H_
