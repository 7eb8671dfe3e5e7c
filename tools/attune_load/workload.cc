#include "tools/attune_load/workload.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/evaluation_service.grpc.pb.h"
#include "attune/v1/form_service.grpc.pb.h"
#include "attune/v1/report_service.grpc.pb.h"
#include "engine/clock.h"
#include "tools/attune_load/answers.h"

namespace attune {
namespace {

constexpr size_t kBatch = 64;           // contacts that arrive together
constexpr size_t kStock = 4096;         // pairs of contact and rater
constexpr size_t kRatersOfContact = 8;  // at most
constexpr size_t kNames = 1024;         // evaluations to read
constexpr int64_t kNameOneIn = 64;      // submits whose answer is looked at
constexpr int kListPage = 25;
constexpr double kQuality = 0.7;
constexpr double kQualityDeviation = 0.12;
constexpr int64_t kRecentDays = 7;

size_t RatersOfContact(const LoadCenter& center) {
  return std::min(kRatersOfContact, center.advocates.size());
}

}  // namespace

int64_t CallTally::failed() const {
  int64_t sum = 0;
  for (const auto& [code, failure] : failures) sum += failure.count;
  return sum;
}

void CallTally::Merge(const CallTally& other) {
  latency_nanos.Merge(other.latency_nanos);
  for (const auto& [code, failure] : other.failures) {
    Failure& mine = failures[code];
    if (mine.count == 0) mine.first_message = failure.first_message;
    mine.count += failure.count;
  }
}

Workload::Workload(const LoadCenter& center, const WorkloadOptions& options)
    : center_(center),
      options_(options),
      random_(options.seed, {static_cast<uint64_t>(options.lane)}),
      evaluations_(center.evaluations) {}

bool Workload::NeedsContacts() const {
  if (options_.mix.weight(CallKind::kSubmit) == 0) return false;
  return pairs_.size() + arriving_ * kBatch * RatersOfContact(center_) < kStock;
}

v1::BatchCreateContactsRequest Workload::NextContacts() {
  v1::BatchCreateContactsRequest batch;
  batch.set_request_id(NextRequestId());
  const std::string& agent = OneOf(center_.agents);
  const int64_t number = batches_++;
  for (size_t i = 0; i < kBatch; ++i) {
    v1::CreateContactRequest& request = *batch.add_requests();
    request.set_parent(agent);
    request.set_contact_id(
        absl::StrCat(options_.run, "-", options_.lane, "-", number, "-", i));
    v1::Contact& contact = *request.mutable_contact();
    contact.set_channel(v1::CHANNEL_PHONE);
    *contact.mutable_start_time() =
        ToTimestamp(options_.now_us -
                    static_cast<int64_t>(random_.Below(
                        static_cast<size_t>(kRecentDays * kMicrosPerDay))));
    contact.mutable_duration()->set_seconds(
        60 + static_cast<int64_t>(random_.Below(900)));
  }
  return batch;
}

void Workload::AddContacts(const v1::BatchCreateContactsResponse& made) {
  for (const v1::Contact& contact : made.contacts()) {
    const size_t first = random_.Below(center_.advocates.size());
    for (size_t i = 0; i < RatersOfContact(center_); ++i) {
      const size_t advocate = (first + i) % center_.advocates.size();
      // Nobody scores a contact of their own.
      if (absl::StartsWith(contact.name(), center_.advocates[advocate] + "/")) {
        continue;
      }
      pairs_.push_back({contact.name(), advocate});
    }
  }
}

std::optional<OutgoingCall> Workload::Next() {
  if (NeedsContacts()) return Contacts();
  switch (options_.mix.Pick(random_)) {
    case CallKind::kPreview:
      return Preview();
    case CallKind::kGet:
      if (!evaluations_.empty()) return Get();
      break;
    case CallKind::kList:
      return List();
    case CallKind::kReport:
      return Report();
    case CallKind::kTeamReport:
      if (!center_.teams.empty()) return TeamReport();
      break;
    default:
      break;
  }
  return pairs_.empty() ? Contacts() : Submit();
}

bool Workload::OnEnd(const EndedCall& call) {
  const auto kind = static_cast<CallKind>(call.kind);
  CallTally& tally = tallies_[static_cast<size_t>(call.kind)];
  if (kind == CallKind::kContacts) OnContacts(call);
  if (!call.status.ok()) {
    CallTally::Failure& failure = tally.failures[call.status.error_code()];
    if (failure.count++ == 0) {
      failure.first_message = call.status.error_message();
    }
    return true;
  }
  tally.latency_nanos.Add(call.latency_nanos);
  if (kind == CallKind::kSubmit) OnSubmit(call);
  return true;
}

void Workload::OnContacts(const EndedCall& call) {
  --arriving_;
  v1::BatchCreateContactsResponse made;
  if (call.status.ok() && FromBytes(call.response, made)) AddContacts(made);
}

void Workload::OnSubmit(const EndedCall& call) {
  if (submitted_++ % kNameOneIn != 0) return;
  v1::Evaluation evaluation;
  if (!FromBytes(call.response, evaluation)) return;
  if (evaluations_.size() < kNames) {
    evaluations_.push_back(evaluation.name());
  } else {
    evaluations_[random_.Below(kNames)] = evaluation.name();
  }
}

OutgoingCall Workload::Call(
    CallKind kind, const google::protobuf::MessageLite& message) const {
  return {static_cast<int>(kind), TextOf(kind).path, ToBytes(message)};
}

OutgoingCall Workload::Submit() {
  std::swap(pairs_[random_.Below(pairs_.size())], pairs_.back());
  const Pair pair = std::move(pairs_.back());
  pairs_.pop_back();
  v1::SubmitEvaluationRequest request;
  request.set_parent(pair.contact.substr(0, pair.contact.find("/contacts/")));
  request.set_request_id(NextRequestId());
  v1::Evaluation& evaluation = *request.mutable_evaluation();
  evaluation.set_contact(pair.contact);
  evaluation.set_form_revision(center_.form.revision);
  evaluation.set_rater(center_.advocates[pair.advocate]);
  *evaluation.mutable_answers() = Answers();
  return Call(CallKind::kSubmit, request);
}

OutgoingCall Workload::Preview() {
  v1::PreviewScoreRequest request;
  request.set_name(center_.form.revision);
  *request.mutable_answers() = Answers();
  // Somewhere on the way through the form.
  const auto count = static_cast<size_t>(request.answers_size());
  const auto kept = static_cast<int>(random_.Below(count + 1));
  request.mutable_answers()->DeleteSubrange(kept,
                                            request.answers_size() - kept);
  return Call(CallKind::kPreview, request);
}

OutgoingCall Workload::Get() {
  v1::GetEvaluationRequest request;
  request.set_name(OneOf(evaluations_));
  return Call(CallKind::kGet, request);
}

OutgoingCall Workload::List() {
  v1::ListEvaluationsRequest request;
  request.set_parent(OneOf(center_.agents));
  request.set_page_size(kListPage);
  return Call(CallKind::kList, request);
}

OutgoingCall Workload::Report() {
  v1::GetAgentScorecardRequest request;
  request.set_person(OneOf(center_.agents));
  return Call(CallKind::kReport, request);
}

OutgoingCall Workload::TeamReport() {
  v1::GetTeamCoachingReportRequest request;
  request.set_team(OneOf(center_.teams));
  return Call(CallKind::kTeamReport, request);
}

OutgoingCall Workload::Contacts() {
  ++arriving_;
  return Call(CallKind::kContacts, NextContacts());
}

google::protobuf::RepeatedPtrField<v1::Answer> Workload::Answers() {
  Judgement judgement;
  judgement.quality = kQuality + kQualityDeviation * random_.Normal();
  judgement.contact_seed = random_.Next();
  judgement.rater_seed = random_.Next();
  return MakeAnswers(center_.form.form, judgement);
}

std::string Workload::NextRequestId() {
  return absl::StrCat(options_.run, "-", options_.lane, "-", requests_++);
}

const std::string& Workload::OneOf(const std::vector<std::string>& names) {
  return names[random_.Below(names.size())];
}

}  // namespace attune
