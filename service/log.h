// The server's log: lines of key=value on standard error.

#ifndef ATTUNE_SERVICE_LOG_H_
#define ATTUNE_SERVICE_LOG_H_

namespace attune {

// Sends spdlog's default logger there, with time (UTC) and level on each line.
// Lines are gathered for up to a second, warnings written at once.  gRPC and
// protobuf are silenced: what they say of a failed start or a bad request we
// say ourselves.
void LogToStderr();

// Lets gRPC speak again, in the same form; for a server that runs.
void LogGrpcToo();

}  // namespace attune

#endif  // ATTUNE_SERVICE_LOG_H_
