// attune admin migrate-store: from one database to another.

#include "tools/attune/store_commands.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/clock.h"
#include "engine/errors.h"
#include "engine/status_macros.h"
#include "engine/store/open_store.h"
#include "engine/store/store_copy.h"
#include "tools/attune/command.h"
#include "tools/attune/failure.h"
#include "tools/attune/progress.h"

namespace attune {
namespace {

struct MoveOptions {
  std::string from;
  std::string to;
  int batch = 1000;
};

// What a run did, with how long it took.
struct Move {
  CopiedStore store;
  int64_t rows = 0;
  int64_t copied = 0;
  double seconds = 0;

  double rows_per_second() const {
    const double copying = absl::ToDoubleSeconds(store.copying);
    return copied == 0 || copying <= 0 ? 0
                                       : static_cast<double>(copied) / copying;
  }
};

std::string LabelOf(CopyPhase phase) {
  switch (phase) {
    case CopyPhase::kCompare:
      return "compare";
    case CopyPhase::kCopy:
      return "copy";
    case CopyPhase::kProve:
      return "prove";
  }
  return "";
}

// One bar after the other.
class CopyProgress {
 public:
  explicit CopyProgress(const Session& session) : session_(session) {}

  void Update(CopyPhase phase, int64_t done, int64_t total) {
    if (!bar_.has_value() || phase != phase_) {
      bar_.emplace(session_, LabelOf(phase), total);
      phase_ = phase;
    }
    bar_->Update(done);
  }

 private:
  const Session& session_;
  CopyPhase phase_ = CopyPhase::kCompare;
  std::optional<Progress> bar_;
};

// Says which of the two it is; an address may hold a password and is not told.
absl::StatusOr<std::unique_ptr<Database>> Open(const Session& session,
                                               const std::string& which,
                                               const std::string& url,
                                               bool must_exist) {
  auto opened = OpenStore({.url = url,
                           .connections = 2,
                           .warn =
                               [&session, which](const std::string& text) {
                                 session.Say(absl::StrCat(which, ": ", text));
                               },
                           .exclusive = true,
                           .must_exist = must_exist});
  if (opened.ok()) return opened;
  return MakeError(opened.status().code(), ReasonOf(opened.status()),
                   absl::StrCat("The ", which, " cannot be used: ",
                                std::string(opened.status().message())));
}

absl::StatusOr<Move> Copy(const Session& session, const MoveOptions& options) {
  const Clock clock = SystemClock();
  const int64_t started_us = clock();
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> from,
                   Open(session, "source", options.from, /*must_exist=*/true));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> to,
                   Open(session, "target", options.to, /*must_exist=*/false));
  CopyProgress progress(session);
  auto copied = CopyStore(
      *from, *to,
      {.page_rows = options.batch,
       .on_progress = [&](CopyPhase phase, int64_t done, int64_t total) {
         progress.Update(phase, done, total);
       }});
  if (!copied.ok()) {
    const std::string reason = ReasonOf(copied.status());
    if (reason == "STORE_NOT_EMPTY") return copied.status();
    return MakeError(
        copied.status().code(), reason,
        absl::StrCat("The copy is not complete: ",
                     std::string(copied.status().message()),
                     "\nRun the same command again: it goes on from there."));
  }
  Move move{.store = *std::move(copied)};
  for (const CopiedTable& table : move.store.tables) {
    move.rows += table.rows;
    move.copied += table.copied;
  }
  move.seconds = static_cast<double>(clock() - started_us) / 1e6;
  return move;
}

nlohmann::ordered_json TableJson(const CopiedTable& table) {
  return {{"table", table.name},
          {"rows", table.rows},
          {"copied", table.copied},
          {"hash", table.hash}};
}

nlohmann::ordered_json MoveJson(const Move& move) {
  nlohmann::ordered_json tables = nlohmann::ordered_json::array();
  for (const CopiedTable& table : move.store.tables) {
    tables.push_back(TableJson(table));
  }
  return {{"rows", move.rows},
          {"copied", move.copied},
          {"tables", tables},
          {"source_hash", move.store.source_hash},
          {"target_hash", move.store.target_hash},
          {"evaluations", move.store.verified.evaluations()},
          {"rollups", move.store.verified.rollups()},
          {"survey_responses", move.store.verified.survey_responses()},
          {"survey_rollups", move.store.verified.survey_rollups()},
          {"differences", move.store.verified.differences_size()},
          {"seconds", move.seconds},
          {"rows_per_second", move.rows_per_second()}};
}

absl::Status PrintTables(Session& session, const CopiedStore& store) {
  RowPrinter printer(session.terminal, session.output,
                     {{"table", Align::kLeft},
                      {"rows", Align::kRight},
                      {"copied", Align::kRight},
                      {"hash", Align::kLeft}});
  RETURN_IF_ERROR(printer.Begin());
  for (const CopiedTable& table : store.tables) {
    printer.Add({table.name, absl::StrCat(table.rows),
                 absl::StrCat(table.copied), table.hash},
                [&table] { return TableJson(table).dump(); });
  }
  printer.End();
  return absl::OkStatus();
}

absl::Status Print(Session& session, const Move& move) {
  if (session.output.format == Format::kJson) {
    session.terminal.out << MoveJson(move).dump(2) << '\n';
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(PrintTables(session, move.store));
  if (!session.is_table()) return absl::OkStatus();
  const v1::VerifyResponse& verified = move.store.verified;
  session.terminal.out << absl::StrFormat(
      "\nCopied %d of %d rows in %.1f s (%.0f rows/s); the whole took %.1f s.\n"
      "Source  %s\nTarget  %s\n"
      "Read %d evaluations and %d survey responses, compared %d rollups: %s\n",
      move.copied, move.rows, absl::ToDoubleSeconds(move.store.copying),
      move.rows_per_second(), move.seconds, move.store.source_hash,
      move.store.target_hash, verified.evaluations(),
      verified.survey_responses(),
      verified.rollups() + verified.survey_rollups(),
      verified.differences_size() == 0
          ? "everything agrees."
          : absl::StrCat(verified.differences_size(), " differences."));
  return absl::OkStatus();
}

absl::Status MigrateStore(Session& session, const MoveOptions& options) {
  for (const std::string& url : {options.from, options.to}) {
    if (IsStoreUrl(url)) continue;
    return UsageError(
        "A store is sqlite:FOLDER or postgresql://HOST/DATABASE.");
  }
  if (options.from == options.to) {
    return UsageError("--from and --to are the same store.");
  }
  ASSIGN_OR_RETURN(const Move move, Copy(session, options));
  RETURN_IF_ERROR(Print(session, move));
  if (!move.store.difference.empty()) {
    return MakeError(absl::StatusCode::kDataLoss, "COPY_DIFFERS",
                     absl::StrCat("The target differs from the source: ",
                                  move.store.difference,
                                  ".  Copy again into an empty store."));
  }
  if (move.store.verified.differences_size() > 0) {
    session.exit_code = kExitFound;
    session.Say(
        "The copy is exact: the source's rollups differ from what they count "
        "in the same way.");
  }
  return absl::OkStatus();
}

}  // namespace

void AddStoreCommands(CLI::App& group, Session& session) {
  CLI::App& command = AddCommand(
      group, "migrate-store",
      "Copy a store to another database, both without a server, and prove it; "
      "a run that was interrupted is gone on with by the next.",
      "attune admin migrate-store --from sqlite:/var/lib/attune "
      "--to postgresql://attune@db/attune\n"
      "attune admin migrate-store --from postgresql://attune@db/attune "
      "--to sqlite:/var/lib/attune -o json");
  auto options = std::make_shared<MoveOptions>();
  AddOption(
      command, "--from", options->from,
      "The store to copy, sqlite:FOLDER or postgresql://HOST/DATABASE; it "
      "stays as it is.")
      .Required()
      .TypeName("URL");
  AddOption(command, "--to", options->to,
            "An empty one, or what an earlier run left in it.")
      .Required()
      .TypeName("URL");
  AddOption(command, "--batch", options->batch,
            "Most rows of one transaction; default 1000.")
      .Between(1, 10'000)
      .TypeName("N");
  OnRun(command, session,
        [&session, options] { return MigrateStore(session, *options); });
}

}  // namespace attune
