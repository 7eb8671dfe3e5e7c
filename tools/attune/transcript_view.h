// A transcript as it is read.

#ifndef ATTUNE_TOOLS_ATTUNE_TRANSCRIPT_VIEW_H_
#define ATTUNE_TOOLS_ATTUNE_TRANSCRIPT_VIEW_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "attune/v1/directory.pb.h"
#include "tools/attune/client.h"

namespace attune {

// `contact` is a full name.  NOT_FOUND without one.
absl::StatusOr<v1::Transcript> FetchTranscript(RpcClient& client,
                                               const std::string& contact);

// `agent`, `customer`, `system`; `?` if not known.
std::string SpeakerWord(v1::Segment::Speaker speaker);

// `1:07.5`, or `1:02:07.5`.
std::string Clocked(int64_t millis);

// A line for each segment: when, who, the words; longer ones wrapped.
std::string TranscriptText(const v1::Transcript& transcript, int width,
                           bool color);

}  // namespace attune

#endif  // ATTUNE_TOOLS_ATTUNE_TRANSCRIPT_VIEW_H_
