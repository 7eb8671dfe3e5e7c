#include "service/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/access/tokens.h"
#include "engine/coaching/floor_quotas.h"
#include "engine/coaching/floor_reports.h"
#include "engine/coaching/floor_sessions.h"
#include "engine/coaching/service_levels.h"
#include "engine/coaching/work_days.h"
#include "engine/errors.h"
#include "engine/evaluation/assignments.h"
#include "engine/evaluation/calibrations.h"
#include "engine/evaluation/comments.h"
#include "engine/evaluation/contests.h"
#include "engine/evaluation/draws.h"
#include "engine/evaluation/evaluations.h"
#include "engine/evaluation/form_feedbacks.h"
#include "engine/evaluation/sampling_plans.h"
#include "engine/evaluation/self_check_cycles.h"
#include "engine/evaluation/self_checks.h"
#include "engine/form/forms.h"
#include "engine/form/revisions.h"
#include "engine/people/contacts.h"
#include "engine/people/people.h"
#include "engine/people/teams.h"
#include "engine/report/backtests.h"
#include "engine/report/reports.h"
#include "engine/report/severities.h"
#include "engine/status_macros.h"
#include "engine/store/open_store.h"
#include "engine/store/requests.h"
#include "engine/voice/cancellations.h"
#include "engine/voice/change_notes.h"
#include "engine/voice/feedbacks.h"
#include "engine/voice/great_calls.h"
#include "engine/voice/harm_flags.h"
#include "engine/voice/prop_invites.h"
#include "engine/voice/props.h"
#include "engine/voice/recognitions.h"
#include "engine/voice/recovery_actions.h"
#include "engine/voice/relationship_values.h"
#include "engine/voice/stories.h"
#include "engine/voice/survey_reports.h"
#include "engine/voice/survey_responses.h"
#include "engine/voice/theme_tags.h"
#include "engine/voice/themes.h"
#include "engine/voice/voice_reports.h"
#include "grpc/health/v1/health.pb.h"
#include "service/admin_service.h"
#include "service/calibration_service.h"
#include "service/directory_service.h"
#include "service/evaluation_service.h"
#include "service/first_token.h"
#include "service/floor_service.h"
#include "service/form_service.h"
#include "service/inbox_service.h"
#include "service/periodic.h"
#include "service/report_service.h"
#include "service/self_check_service.h"
#include "service/serve.h"
#include "service/settings.h"
#include "service/voice_service.h"

namespace attune {
namespace {

constexpr absl::Duration kAnswersKept = absl::Hours(24);
constexpr absl::Duration kForgetEvery = absl::Hours(1);
constexpr absl::Duration kTellEvery = absl::Milliseconds(200);
// For answers on their way and clients that watch our health.
constexpr absl::Duration kFlush = absl::Milliseconds(200);

// Once in a process, as gRPC asks.
void EnableHealthAndReflection() {
  static const bool once = [] {
    // Reflection can only describe a service whose descriptor is linked in.
    grpc::health::v1::HealthCheckRequest::descriptor();
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  (void)once;
}

}  // namespace

struct Server::Parts {
  Parts(Settings the_settings, Clock the_clock)
      : settings(std::move(the_settings)), clock(std::move(the_clock)) {}

  std::string TokenPath() const {
    return absl::StrCat(settings.data_dir, "/admin.token");
  }
  void MakeServices();
  absl::Status Listen();
  void Forget();
  // Tells the health service whether the store takes writes, if that changed.
  void TellHealth();

  const Settings settings;
  const Clock clock;
  const Tokens tokens{clock};
  const People people{clock};
  const Teams teams{clock};
  const Contacts contacts{clock};
  const std::shared_ptr<Revisions> revisions = std::make_shared<Revisions>();
  const Forms forms{clock, revisions};
  const Evaluations evaluations{clock, revisions, settings.contest_days};
  const Contests contests{clock, revisions, settings.contest_days};
  const Comments comments{clock};
  const Calibrations calibrations{clock, revisions};
  const SelfCheckCycles self_check_cycles{clock, settings.contest_days};
  const SelfChecks self_checks{clock, revisions};
  const FormFeedbacks form_feedbacks{clock, revisions};
  const SamplingPlans sampling_plans{clock};
  const Draws draws{clock};
  const Assignments assignments{clock};
  const Reports reports{clock};
  const Backtests backtests{clock};
  const Severities severities{};
  const SurveyResponses survey_responses{clock};
  const ChangeNotes change_notes{clock};
  const SurveyReports survey_reports{clock};
  const PropInvites prop_invites{clock};
  const Props props{clock};
  const Recognitions recognitions{};
  const GreatCalls great_calls{clock};
  const RelationshipValues relationship_values{clock};
  const Cancellations cancellations{clock};
  const VoiceReports voice_reports{clock};
  const Stories stories{clock};
  const Feedbacks feedback{clock, revisions, settings.feedback_owner};
  const RecoveryActions recovery_actions{clock};
  const HarmFlags harm_flags{clock};
  const Themes themes{};
  const ThemeTags theme_tags{clock};
  const FloorSessions floor_sessions{clock};
  const FloorQuotas floor_quotas{clock};
  const FloorReports floor_reports{clock};
  const WorkDays work_days{clock};
  const ServiceLevels service_levels{};
  std::unique_ptr<Database> database;
  std::optional<Serve> serve;
  std::vector<std::unique_ptr<ByteService>> services;
  std::unique_ptr<grpc::Server> grpc;
  grpc::HealthCheckServiceInterface* health = nullptr;
  std::optional<bool> told_serving;
  std::optional<Periodic> forgetting;
  std::optional<Periodic> telling;
  int port = 0;
};

void Server::Parts::MakeServices() {
  Serve::Options options;
  options.max_in_flight = settings.max_in_flight;
  options.longest = settings.longest_call;
  options.clock = clock;
  serve.emplace(*database, tokens, std::move(options));
  services.push_back(std::make_unique<AdminService>(*serve, tokens));
  services.push_back(
      std::make_unique<CalibrationService>(*serve, calibrations, severities));
  services.push_back(
      std::make_unique<DirectoryService>(*serve, people, teams, contacts));
  services.push_back(std::make_unique<EvaluationService>(
      *serve,
      EvaluationService::Collections{evaluations, contests, comments,
                                     sampling_plans, draws, assignments}));
  services.push_back(std::make_unique<FormService>(*serve, forms, backtests));
  services.push_back(std::make_unique<ReportService>(*serve, reports));
  services.push_back(std::make_unique<SelfCheckService>(
      *serve, self_check_cycles, self_checks, form_feedbacks));
  services.push_back(std::make_unique<VoiceService>(
      *serve, VoiceService::Collections{
                  survey_responses, survey_reports, change_notes, prop_invites,
                  props, recognitions, great_calls, relationship_values,
                  cancellations, voice_reports, stories}));
  services.push_back(std::make_unique<InboxService>(
      *serve, InboxService::Collections{feedback, recovery_actions, harm_flags,
                                        themes, theme_tags}));
  services.push_back(std::make_unique<FloorService>(
      *serve,
      FloorService::Collections{floor_sessions, floor_quotas, floor_reports,
                                work_days, service_levels}));
}

absl::Status Server::Parts::Listen() {
  EnableHealthAndReflection();
  grpc::ServerBuilder builder;
  // Else a second server would take half of the first one's connections.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(settings.max_request_bytes);
  builder.AddListeningPort(settings.address, settings.credentials, &port);
  for (const auto& service : services) builder.RegisterService(service.get());
  grpc = builder.BuildAndStart();
  if (grpc == nullptr || port == 0) {
    return MakeError(
        absl::StatusCode::kUnavailable, "ADDRESS_UNAVAILABLE",
        absl::StrCat("Cannot listen on ", settings.address,
                     ": the port is taken, or the host is not this machine."));
  }
  health = grpc->GetHealthCheckService();
  return absl::OkStatus();
}

void Server::Parts::TellHealth() {
  const bool serving = database->Health().ok();
  if (serving == told_serving) return;
  told_serving = serving;
  health->SetServingStatus(serving);
  for (const auto& service : services) {
    health->SetServingStatus(service->full_name(), serving);
  }
}

void Server::Parts::Forget() {
  const int64_t before = clock() - absl::ToInt64Microseconds(kAnswersKept);
  const absl::Status status = database->WriteAndWait(
      [before](Transaction& tx) { return ForgetAnswers(tx, before); });
  if (!status.ok()) {
    spdlog::error("event=forget_answers code={} reason={}",
                  absl::StatusCodeToString(status.code()), ReasonOf(status));
  }
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const v1::ServerConfig& config, Clock clock) {
  ASSIGN_OR_RETURN(Settings settings, Settings::Make(config));
  auto parts = std::make_unique<Parts>(std::move(settings), std::move(clock));
  ASSIGN_OR_RETURN(parts->database, OpenStore(parts->settings.store));
  RETURN_IF_ERROR(
      EnsureFirstToken(*parts->database, parts->tokens, parts->TokenPath()));
  parts->MakeServices();
  RETURN_IF_ERROR(parts->Listen());
  parts->TellHealth();
  parts->forgetting.emplace(kForgetEvery, [p = parts.get()] { p->Forget(); });
  parts->telling.emplace(kTellEvery, [p = parts.get()] { p->TellHealth(); });
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() { Stop(absl::ZeroDuration()); }

int Server::grpc_port() const { return parts_->port; }

std::string Server::grpc_address() const {
  return parts_->settings.listener.WithPort(parts_->port);
}

const std::string& Server::data_dir() const {
  return parts_->settings.data_dir;
}

std::string Server::token_path() const { return parts_->TokenPath(); }

absl::Duration Server::shutdown_grace() const {
  return parts_->settings.shutdown_grace;
}

void Server::Stop(absl::Duration grace) {
  if (parts_->database == nullptr) return;
  parts_->forgetting.reset();
  parts_->serve->Close();
  parts_->telling.reset();
  parts_->health->Shutdown();
  parts_->serve->Drain(absl::Now() + grace);
  parts_->grpc->Shutdown(absl::ToChronoTime(absl::Now() + kFlush));
  parts_->grpc->Wait();
  // Before Serve, to which its threads still talk.
  parts_->database.reset();
}

}  // namespace attune
