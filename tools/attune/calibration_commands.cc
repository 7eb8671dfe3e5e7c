// attune calibrations: blind sessions in which raters score the same calls.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "attune/v1/calibration_service.grpc.pb.h"
#include "engine/status_macros.h"
#include "tools/attune/arguments.h"
#include "tools/attune/calibration_view.h"
#include "tools/attune/command.h"
#include "tools/attune/enum_words.h"

namespace attune {
namespace {

struct CreateOptions {
  std::string title;
  std::string form;
  std::vector<std::string> calls;
  std::vector<std::string> raters;
  std::string reference;
  double tolerance = 0;
  uint32_t seed = 0;
  Option tolerance_option;
  Option seed_option;
};

absl::Status Create(Session& session, const CreateOptions& options) {
  v1::CreateCalibrationRequest request;
  v1::Calibration& wanted = *request.mutable_calibration();
  wanted.set_title(options.title);
  ASSIGN_OR_RETURN(*wanted.mutable_form_revision(),
                   FormOrRevisionArgument(options.form));
  for (const std::string& call : options.calls) {
    ASSIGN_OR_RETURN(*wanted.add_contacts(), ContactArgument(call));
  }
  for (const std::string& rater : options.raters) {
    ASSIGN_OR_RETURN(*wanted.add_raters(), PersonArgument(rater));
  }
  if (!options.reference.empty()) {
    ASSIGN_OR_RETURN(*wanted.mutable_reference_rater(),
                     PersonArgument(options.reference));
  }
  if (options.tolerance_option.Given()) {
    wanted.set_tolerance(options.tolerance);
  }
  if (options.seed_option.Given()) wanted.set_seed(options.seed);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::Calibration created,
      client->Call(&v1::CalibrationService::Stub::CreateCalibration, request));
  return PrintOne(session.terminal, session.output, CalibrationColumns(),
                  created);
}

absl::StatusOr<v1::Calibration> Fetch(RpcClient& client,
                                      const std::string& text) {
  v1::GetCalibrationRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), CalibrationArgument(text));
  return client.Call(&v1::CalibrationService::Stub::GetCalibration, request);
}

absl::Status Show(Session& session, const std::string& text) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Calibration found, Fetch(*client, text));
  return PrintOne(session.terminal, session.output, CalibrationColumns(),
                  found);
}

absl::Status Close(Session& session, const std::string& text) {
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Calibration open, Fetch(*client, text));
  v1::CloseCalibrationRequest request;
  request.set_name(open.name());
  request.set_etag(open.etag());
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Calibration closed,
      client->Call(&v1::CalibrationService::Stub::CloseCalibration, request));
  return PrintOne(session.terminal, session.output, CalibrationColumns(),
                  closed);
}

absl::Status Result(Session& session, const std::string& text) {
  v1::GetCalibrationResultRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), CalibrationArgument(text));
  ASSIGN_OR_RETURN(RpcClient * client, session.Connect());
  ASSIGN_OR_RETURN(
      const v1::CalibrationResult result,
      client->Call(&v1::CalibrationService::Stub::GetCalibrationResult,
                   request));
  if (session.output.format == Format::kJson) {
    session.terminal.out << ToJson(result, true) << '\n';
    return absl::OkStatus();
  }
  if (session.is_table() && session.output.fields.empty()) {
    session.terminal.out << CalibrationResultText(result,
                                                  session.terminal.out_color);
    return absl::OkStatus();
  }
  ListPrinter<v1::CalibrationRating> printer(session.terminal, session.output,
                                             CalibrationRatingColumns());
  RETURN_IF_ERROR(printer.Begin());
  for (const v1::CalibrationRating& rating : result.all_ratings()) {
    printer.Add(rating);
  }
  printer.End();
  return absl::OkStatus();
}

struct ListOptions {
  std::string state;
  std::string rater;
  int limit = 0;
};

absl::Status List(Session& session, const ListOptions& options) {
  v1::ListCalibrationsRequest request;
  if (!options.state.empty()) {
    request.set_state(ValueOf<v1::Calibration::State>(options.state, "STATE_"));
  }
  if (!options.rater.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_rater(), PersonArgument(options.rater));
  }
  return ListAll<v1::Calibration>(
      session, CalibrationColumns(), request, options.limit,
      &v1::CalibrationService::Stub::ListCalibrations,
      &v1::ListCalibrationsResponse::calibrations);
}

void AddCreate(CLI::App& group, Session& session) {
  CLI::App& create = AddCommand(
      group, "create",
      "Open a blind session: several raters score the same calls.",
      "attune calibrations create --title 'March' --form call --call 035edd1d "
      "--call 07b3fe12 --rater reader-a --rater reader-b\n"
      "attune calibrations create --title 'New hires' --form call@2 "
      "--call 28/035edd1d --rater ada --rater abe --reference ada "
      "--tolerance 3");
  auto options = std::make_shared<CreateOptions>();
  AddOption(create, "--title", options->title, "What it is about.").Required();
  AddOption(create, "--form", options->form,
            "On which form: its newest revision, or FORM@N.")
      .Required();
  AddOption(create, "--call", options->calls, "A call; 1 to 50 of them.")
      .TypeName("CALL")
      .Required();
  AddOption(create, "--rater", options->raters, "Who scores; 2 to 20.")
      .TypeName("PERSON")
      .Required();
  AddOption(create, "--reference", options->reference,
            "The rater whose ratings the others are measured against; "
            "default: the mean of the others.")
      .TypeName("PERSON");
  options->tolerance_option =
      AddOption(create, "--tolerance", options->tolerance,
                "Points within which two totals agree; default 5.");
  options->seed_option =
      AddOption(create, "--seed", options->seed,
                "Of the draws behind the intervals; default a new one.");
  OnRun(create, session,
        [&session, options] { return Create(session, *options); });
}

void AddOfOne(CLI::App& group, Session& session, const std::string& name,
              const std::string& summary, const std::string& examples,
              absl::Status (*run)(Session&, const std::string&)) {
  CLI::App& command = AddCommand(group, name, summary, examples);
  auto subject = std::make_shared<std::string>();
  AddOption(command, "calibration", *subject, "Id or full name.").Required();
  OnRun(command, session,
        [&session, subject, run] { return run(session, *subject); });
}

}  // namespace

void AddCalibrationCommands(CLI::App& root, Session& session) {
  CLI::App& group =
      AddGroup(root, "calibrations", "Blind sessions that compare raters.");
  AddCreate(group, session);

  CLI::App& list =
      AddCommand(group, "list", "List sessions, the newest first.",
                 "attune calibrations list --state open\n"
                 "attune calibrations list --rater reader-a -o csv");
  auto options = std::make_shared<ListOptions>();
  AddOption(list, "--state", options->state, "Only in this state.")
      .OneOf({"open", "closed"});
  AddOption(list, "--rater", options->rater, "Only those this person rates in.")
      .TypeName("PERSON");
  AddLimit(list, options->limit);
  OnRun(list, session, [&session, options] { return List(session, *options); });

  AddOfOne(group, session, "show", "Show a session, and how far everybody is.",
           "attune calibrations show 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01",
           &Show);
  AddCalibrationScore(group, session);
  AddOfOne(group, session, "close",
           "End the rating, show it to all its raters, compute the result.",
           "attune calibrations close 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01",
           &Close);
  AddOfOne(group, session, "result",
           "How far the raters of a closed session agree.",
           "attune calibrations result 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01\n"
           "attune calibrations result 01982f6e-7a30-7c11-9d55-6c1f2b8d9e01 "
           "-o json",
           &Result);
}

}  // namespace attune
