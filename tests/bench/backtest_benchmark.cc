// A backtest of stored evaluations of 20 questions beside merely reading those
// rows and parsing them, on one thread and without the store's own code.
//
//   backtest_benchmark [EVALUATIONS [REPETITIONS]]

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/form_service.pb.h"
#include "engine/clock.h"
#include "engine/evaluation/evaluation_rows.h"
#include "engine/form/forms.h"
#include "engine/form/revisions.h"
#include "engine/ids.h"
#include "engine/names.h"
#include "engine/report/backtests.h"
#include "engine/scoring/score.h"
#include "engine/store/sqlite.h"
#include "tests/bench/center.h"
#include "tests/bench/figures.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

constexpr int kPeople = 500;
constexpr int kPerCommit = 5'000;
constexpr int kDifferent = 997;  // answers

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::exit(1);
}

Caller Admin() {
  Caller caller;
  caller.roles.Add(v1::ROLE_ADMIN);
  caller.reach.all = true;
  return caller;
}

constexpr char kInsertPerson[] = R"sql(
  INSERT INTO person (id, team, roles, version, body)
  VALUES ($1, NULL, 2, 1, $2))sql";
constexpr char kInsertContact[] = R"sql(
  INSERT INTO contact (id, person, start_us, channel, body)
  VALUES ($1, $2, $3, 1, $4))sql";

// What submitting would have stored.
std::vector<v1::Evaluation> MakeScored() {
  const auto form = CompiledForm::Make(BenchmarkForm());
  Check(form.status());
  std::vector<v1::Evaluation> scored;
  for (int i = 0; i < kDifferent; ++i) {
    v1::Evaluation evaluation = BenchmarkAnswers(i);
    *evaluation.mutable_score() = ExplainScore(*form, evaluation.answers());
    evaluation.set_kind(v1::Evaluation::KIND_QA);
    evaluation.set_state(v1::Evaluation::STATE_SUBMITTED);
    evaluation.set_rater("people/rater-1");
    evaluation.set_etag("1");
    scored.push_back(std::move(evaluation));
  }
  return scored;
}

absl::Status Publish(Transaction& tx, const Forms& forms) {
  v1::CreateFormRequest create;
  create.set_form_id("benchmark");
  *create.mutable_form() = BenchmarkForm();
  Check(forms.Create(tx, Admin(), create).status());
  v1::PublishFormRequest publish;
  publish.set_name("forms/benchmark");
  publish.set_etag("1");
  publish.set_change_note("For the benchmark.");
  return forms.Publish(tx, Admin(), publish).status();
}

absl::Status AddOne(Transaction& tx, const SectionSlots& slots, int64_t number,
                    int64_t day, v1::Evaluation& evaluation) {
  const std::string person = absl::StrCat("agent-", number % kPeople);
  const std::string contact = absl::StrCat("contact-", number);
  const int64_t now_us = day * kMicrosPerDay + number;
  if (absl::Status status =
          tx.Send(kInsertContact,
                  {contact, person, now_us, Bytes{std::string(60, 'c')}});
      !status.ok()) {
    return status;
  }
  evaluation.set_name(EvaluationName(person, MakeUuid(now_us)));
  evaluation.set_contact(ContactName(person, contact));
  for (auto* time :
       {evaluation.mutable_contact_time(), evaluation.mutable_create_time(),
        evaluation.mutable_update_time(), evaluation.mutable_submit_time()}) {
    *time = ToTimestamp(now_us);
  }
  if (absl::Status status = InsertEvaluation(tx, evaluation); !status.ok()) {
    return status;
  }
  return CountEvaluation(tx, evaluation, slots);
}

// Straight into the store, some thousand in a commit.
void Fill(Database& store, int64_t count) {
  const Forms forms(SystemClock(), std::make_shared<Revisions>());
  SectionSlots slots;
  Check(store.WriteAndWait([&](Transaction& tx) -> absl::Status {
    Check(Publish(tx, forms));
    const auto found = FindSlots(tx, "benchmark");
    Check(found.status());
    slots = *found;
    for (int i = 0; i < kPeople; ++i) {
      Check(tx.Send(kInsertPerson,
                    {absl::StrCat("agent-", i), Bytes{std::string()}}));
    }
    return absl::OkStatus();
  }));
  std::vector<v1::Evaluation> scored = MakeScored();
  for (int64_t first = 0; first < count; first += kPerCommit) {
    const int64_t end = std::min<int64_t>(first + kPerCommit, count);
    Check(store.WriteAndWait([&](Transaction& tx) {
      for (int64_t i = first; i < end; ++i) {
        const absl::Status status =
            AddOne(tx, slots, i, 20'000 + i * 360 / count,
                   scored[static_cast<size_t>(i) % scored.size()]);
        if (!status.ok()) return status;
      }
      return absl::OkStatus();
    }));
  }
}

// Steps through the rows and parses each; the evaluations a second.
double BareRead(const std::string& file, int64_t count) {
  sqlite3* database = nullptr;
  sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "SELECT body FROM evaluation", -1, &statement,
                     nullptr);
  const double start = MicrosNow();
  v1::Evaluation evaluation;
  int64_t read = 0;
  int64_t answers = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const void* bytes = sqlite3_column_blob(statement, 0);
    if (!evaluation.ParseFromArray(bytes, sqlite3_column_bytes(statement, 0))) {
      std::exit(1);
    }
    answers += evaluation.answers_size();
    ++read;
  }
  const double seconds = (MicrosNow() - start) / 1e6;
  sqlite3_finalize(statement);
  sqlite3_close(database);
  if (read != count || answers < count) std::exit(1);
  return static_cast<double>(read) / seconds;
}

// Another weight for every section.
v1::BacktestFormRequest Request() {
  v1::BacktestFormRequest request;
  *request.mutable_form() = BenchmarkForm();
  int weight = 10;
  for (v1::Section& section : *request.mutable_form()->mutable_sections()) {
    section.set_weight(weight += 5);
  }
  request.set_against("forms/benchmark");
  return request;
}

double Backtest(Database& store, int64_t count) {
  const Backtests backtests{SystemClock()};
  const v1::BacktestFormRequest request = Request();
  const double start = MicrosNow();
  v1::BacktestFormResponse response;
  Check(store.ReadAndWait([&](Transaction& tx) -> absl::Status {
    const auto result = backtests.Run(
        tx, Admin(), request,
        [](const v1::BacktestFormResponse&) { return absl::OkStatus(); });
    Check(result.status());
    response = *result;
    return absl::OkStatus();
  }));
  const double seconds = (MicrosNow() - start) / 1e6;
  if (response.result().compared() != count) std::exit(1);
  return static_cast<double>(count) / seconds;
}

int Run(int64_t count, int repetitions) {
  const TempDir dir;
  const std::string folder = dir.file("data");
  auto store = OpenSqlite({.folder = folder});
  Check(store.status());
  const double start = MicrosNow();
  Fill(**store, count);
  std::printf("%lld evaluations made in %.1f s\n",
              static_cast<long long>(count), (MicrosNow() - start) / 1e6);
  Figures figures;
  for (int i = 0; i < repetitions; ++i) {
    figures["bare"].push_back(BareRead(folder + "/attune.db", count));
    figures["backtest"].push_back(Backtest(**store, count));
    std::printf("bare read %.0f/s, backtest %.0f/s (%.1f s)\n",
                figures["bare"].back(), figures["backtest"].back(),
                static_cast<double>(count) / figures["backtest"].back());
  }
  PrintHead();
  const double ratio = Ratio(figures, "backtest", "bare");
  Print("backtest / reading and parsing alone",
        absl::StrCat(Rate(figures, "backtest"), " / ", Rate(figures, "bare")),
        ratio, "at least 0.5", ratio >= 0.5);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? std::atoll(argv[1]) : 1'000'000,
                     argc > 2 ? std::atoi(argv[2]) : 3);
}
