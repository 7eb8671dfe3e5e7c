#include "tools/attune/transcript_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attune/v1/directory_service.grpc.pb.h"
#include "tools/attune/terminal.h"

namespace attune {

absl::StatusOr<v1::Transcript> FetchTranscript(RpcClient& client,
                                               const std::string& contact) {
  v1::GetTranscriptRequest request;
  request.set_name(absl::StrCat(contact, "/transcript"));
  return client.Call(&v1::DirectoryService::Stub::GetTranscript, request);
}

std::string SpeakerWord(v1::Segment::Speaker speaker) {
  switch (speaker) {
    case v1::Segment::SPEAKER_AGENT:
      return "agent";
    case v1::Segment::SPEAKER_CUSTOMER:
      return "customer";
    case v1::Segment::SPEAKER_SYSTEM:
      return "system";
    default:
      return "?";
  }
}

std::string Clocked(int64_t millis) {
  const int64_t tenths = millis / 100;
  const int64_t seconds = tenths / 10;
  if (seconds < 3600) {
    return absl::StrFormat("%d:%02d.%d", seconds / 60, seconds % 60,
                           tenths % 10);
  }
  return absl::StrFormat("%d:%02d:%02d.%d", seconds / 3600, seconds / 60 % 60,
                         seconds % 60, tenths % 10);
}

std::string TranscriptText(const v1::Transcript& transcript, int width,
                           bool color) {
  constexpr int kMargin = 20;  // time and speaker
  std::string text;
  for (const v1::Segment& segment : transcript.segments()) {
    const bool agent = segment.speaker() == v1::Segment::SPEAKER_AGENT;
    absl::StrAppend(
        &text, absl::StrFormat("%9s  ", Clocked(segment.start_ms())),
        Toned(absl::StrFormat("%-8s ", SpeakerWord(segment.speaker())),
              agent ? Tone::kStrong : Tone::kPlain, color),
        Wrapped(Printable(segment.text()), width - kMargin, kMargin), "\n");
  }
  return text;
}

}  // namespace attune
