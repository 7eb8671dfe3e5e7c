#include "tools/attune_load/mix.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/attune/failure.h"

namespace attune {
namespace {

constexpr CallKindText kTexts[kCallKinds] = {
    {"submit", "/attune.v1.EvaluationService/SubmitEvaluation"},
    {"preview", "/attune.v1.FormService/PreviewScore"},
    {"get", "/attune.v1.EvaluationService/GetEvaluation"},
    {"list", "/attune.v1.EvaluationService/ListEvaluations"},
    {"report", "/attune.v1.ReportService/GetAgentScorecard"},
    {"team_report", "/attune.v1.ReportService/GetTeamCoachingReport"},
    {"contacts", "/attune.v1.DirectoryService/BatchCreateContacts"}};
constexpr size_t kMixed = static_cast<size_t>(CallKind::kContacts);
constexpr size_t kMostWeight = 1'000'000;
constexpr char kDefault[] =
    "submit=50,preview=20,get=15,list=10,report=4,team_report=1";

absl::Status Wrong(absl::string_view part) {
  std::vector<std::string> names;
  for (size_t i = 0; i < kMixed; ++i) names.push_back(kTexts[i].name);
  return UsageError(
      absl::StrCat("--mix is such as ", kDefault, ", with whole weights of ",
                   absl::StrJoin(names, ", "), "; not \"", part, "\"."));
}

}  // namespace

const CallKindText& TextOf(CallKind kind) {
  return kTexts[static_cast<size_t>(kind)];
}

Mix Mix::Default() { return Parse(kDefault).value(); }

absl::StatusOr<Mix> Mix::Parse(absl::string_view text) {
  Mix mix;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<absl::string_view> sides = absl::StrSplit(part, '=');
    uint64_t weight = 0;
    if (sides.size() != 2 || !absl::SimpleAtoi(sides[1], &weight) ||
        weight > kMostWeight) {
      return Wrong(part);
    }
    size_t kind = 0;
    while (kind < kMixed && sides[0] != kTexts[kind].name) ++kind;
    if (kind == kMixed || mix.weights_[kind] != 0) return Wrong(part);
    mix.weights_[kind] = weight;
    mix.total_ += weight;
  }
  if (mix.total_ == 0) return Wrong(text);
  return mix;
}

CallKind Mix::Pick(Random& random) const {
  size_t at = random.Below(total_);
  size_t kind = 0;
  while (at >= weights_[kind]) at -= weights_[kind++];
  return static_cast<CallKind>(kind);
}

std::string Mix::ToString() const {
  std::vector<std::string> parts;
  for (size_t i = 0; i < kMixed; ++i) {
    if (weights_[i] > 0) {
      parts.push_back(absl::StrCat(kTexts[i].name, "=", weights_[i]));
    }
  }
  return absl::StrJoin(parts, ",");
}

}  // namespace attune
