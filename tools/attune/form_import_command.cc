// attune forms import: other vendors' forms, without a server.

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/errors.h"
#include "engine/form/vendors/vendor_form.h"
#include "engine/status_macros.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/files.h"
#include "tools/attune/finding_view.h"
#include "tools/attune/form_commands.h"

namespace attune {
namespace {

constexpr int kShownText = 60;

const std::map<std::string, Vendor>& Vendors() {
  static const auto& vendors = *new std::map<std::string, Vendor>{
      {"amazon-connect", Vendor::kAmazonConnect},
      {"genesys", Vendor::kGenesys},
      {"google", Vendor::kGoogle}};
  return vendors;
}

struct FormImportOptions {
  std::string from;
  std::string file;
  std::string na_weight;
  std::string out;
  bool force = false;
};

absl::Status CheckOptions(const Session& session,
                          const FormImportOptions& options) {
  if (!options.na_weight.empty() && options.from != "amazon-connect") {
    return UsageError(
        "--na-weight is for forms with weights on two levels: those of "
        "amazon-connect.");
  }
  if (options.force && options.out.empty()) {
    return UsageError("--force is about the file of --out.");
  }
  if (session.output.format == Format::kCsv || !session.output.fields.empty()) {
    return UsageError("A form is text or JSON: leave out -o csv and --fields.");
  }
  return absl::OkStatus();
}

absl::StatusOr<ImportedForm> ReadVendorFile(Session& session,
                                            const FormImportOptions& options) {
  ASSIGN_OR_RETURN(std::string json,
                   ReadFileOr(options.file, session.terminal.in));
  absl::StatusOr<ImportedForm> imported = ImportVendorForm(
      Vendors().at(options.from), json,
      options.na_weight == "section" ? NaWeight::kSection : NaWeight::kForm);
  if (imported.ok()) return imported;
  // The same error, with the file's name before it.
  absl::Status status =
      MakeError(imported.status().code(), ReasonOf(imported.status()),
                absl::StrCat(options.file, ": ",
                             std::string(imported.status().message())));
  if (const auto details = imported.status().GetPayload(kBadRequestUrl)) {
    status.SetPayload(kBadRequestUrl, *details);
  }
  return status;
}

absl::StatusOr<std::string> FormFileText(const v1::Form& form) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  if (!printer.PrintToString(form, &text)) {
    return absl::InternalError("The form cannot be printed.");
  }
  return text;
}

std::string NoteLine(const ImportNote& note) {
  return absl::StrCat(
      "  ", Printable(note.path),
      note.count == 1 ? "" : absl::StrCat(" and ", note.count - 1, " more"),
      ": ", Shortened(Printable(note.what), kShownText), ": ",
      Printable(note.why));
}

void SayWhatCame(Session& session, const FormImportOptions& options,
                 const ImportedForm& imported,
                 const std::vector<PlacedFinding>& findings) {
  int questions = 0;
  for (const v1::Section& section : imported.form.sections()) {
    questions += section.questions_size();
  }
  const size_t notes = imported.notes.size();
  session.Say(absl::StrCat(
      options.file, ": ", questions,
      questions == 1 ? " question" : " questions", " in ",
      imported.form.sections_size(),
      imported.form.sections_size() == 1 ? " section" : " sections",
      notes == 0 ? "; everything was carried over."
                 : "; carried over in another way, or not at all:"));
  for (const ImportNote& note : imported.notes) session.Say(NoteLine(note));
  for (const PlacedFinding& finding : findings) {
    session.Say(FindingLine(finding, session.terminal.err_color));
  }
  session.Say(absl::StrCat("Lint: ", CountText(findings), "."));
}

std::string DocumentOf(const ImportedForm& imported,
                       const std::vector<PlacedFinding>& findings,
                       bool indented) {
  using Json = nlohmann::ordered_json;
  Json document;
  document["form"] = Json::parse(ToJson(imported.form, false), nullptr, false);
  document["notes"] = Json::array();
  for (const ImportNote& note : imported.notes) {
    document["notes"].push_back({{"path", note.path},
                                 {"what", note.what},
                                 {"why", note.why},
                                 {"count", note.count}});
  }
  document["findings"] = Json::array();
  for (const PlacedFinding& finding : findings) {
    document["findings"].push_back(FindingJson(finding));
  }
  return document.dump(indented ? 2 : -1, ' ', false,
                       Json::error_handler_t::replace);
}

absl::Status ImportForm(Session& session, const FormImportOptions& options) {
  RETURN_IF_ERROR(CheckOptions(session, options));
  ASSIGN_OR_RETURN(ImportedForm imported, ReadVendorFile(session, options));
  ASSIGN_OR_RETURN(std::string text, FormFileText(imported.form));
  ASSIGN_OR_RETURN(FormText form, FormText::Parse(text));
  const std::vector<PlacedFinding> findings =
      LintText(options.out.empty() ? "-" : options.out, form);
  if (!options.out.empty()) {
    RETURN_IF_ERROR(WriteFile(options.out, text, options.force));
  }
  if (!session.is_table()) {
    session.terminal.out << DocumentOf(imported, findings,
                                       session.output.format == Format::kJson)
                         << '\n';
  } else {
    if (options.out.empty()) session.terminal.out << text;
    SayWhatCame(session, options, imported, findings);
  }
  if (std::any_of(findings.begin(), findings.end(), IsError)) {
    session.exit_code = kExitInvalid;
  }
  return absl::OkStatus();
}

}  // namespace

void AddFormImport(CLI::App& group, Session& session) {
  CLI::App& import = AddCommand(
      group, "import",
      "Make a form file of another vendor's form, without a server; says what "
      "could not be carried over and exits with 6 if lint finds errors.",
      "attune forms import --from amazon-connect evaluation.json\n"
      "attune forms import --from genesys form.json --out form.textproto\n"
      "attune forms import --from google scorecard.json -o json");
  auto options = std::make_shared<FormImportOptions>();
  std::vector<std::string> vendors;
  for (const auto& [word, unused] : Vendors()) vendors.push_back(word);
  AddOption(import, "--from", options->from, "Whose form it is.")
      .Required()
      .OneOf(vendors);
  AddOption(import, "file", options->file, "JSON file; - is stdin.").Required();
  AddOption(import, "--na-weight", options->na_weight,
            "amazon-connect: where the weight of a question goes that "
            "does not apply: to all others (form, the default), or to "
            "those of its section.")
      .OneOf({"form", "section"});
  AddOption(import, "--out", options->out,
            "File for the form, instead of stdout; must not be there.")
      .TypeName("FILE");
  AddFlag(import, "--force", options->force,
          "Replace the file of --out if it is there.");
  OnRun(import, session,
        [&session, options] { return ImportForm(session, *options); });
}

}  // namespace attune
