#include "service/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/status_macros.h"

namespace attune {
namespace {

absl::StatusOr<std::string> ReadPem(const char* field,
                                    const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return Invalid(field, "FILE_UNREADABLE",
                   absl::StrCat("Cannot read ", path, "."));
  }
  return text.str();
}

// gRPC would only say at the first handshake that these do not work.
absl::Status CheckPair(const std::string& cert_path,
                       const std::string& key_path) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
      SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  absl::Status status;
  if (SSL_CTX_use_certificate_chain_file(context.get(), cert_path.c_str()) !=
      1) {
    status = Invalid("tls_cert", "PEM_INVALID",
                     absl::StrCat(cert_path, " holds no PEM certificate."));
  } else if (SSL_CTX_use_PrivateKey_file(context.get(), key_path.c_str(),
                                         SSL_FILETYPE_PEM) != 1) {
    // OpenSSL compares the two when it loads the second.
    const bool mismatch =
        ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
    status = mismatch
                 ? Invalid("tls_key", "KEY_MISMATCH",
                           absl::StrCat(key_path,
                                        " is not the key of the certificate."))
                 : Invalid("tls_key", "PEM_INVALID",
                           absl::StrCat(key_path, " holds no PEM key."));
  }
  ERR_clear_error();
  return status;
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsCredentials(
    const std::string& cert_path, const std::string& key_path) {
  ASSIGN_OR_RETURN(std::string cert, ReadPem("tls_cert", cert_path));
  ASSIGN_OR_RETURN(std::string key, ReadPem("tls_key", key_path));
  RETURN_IF_ERROR(CheckPair(cert_path, key_path));
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({std::move(key), std::move(cert)});
  return grpc::SslServerCredentials(options);
}

}  // namespace attune
