// The server's figures, each beside a ceiling of the same run.
//
//   service_benchmark [REPETITIONS]

#include <fcntl.h>
#include <grpcpp/generic/generic_stub.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/clock.h"
#include "engine/ids.h"
#include "engine/store/migrations.h"
#include "grpc/health/v1/health.pb.h"
#include "tests/bench/center.h"
#include "tests/bench/load.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

constexpr int kOutstanding = 64;
constexpr int kBatch = 64;
constexpr double kSeconds = 1.5;
constexpr int kSpareContacts = 150'000;

using Figures = std::map<std::string, std::vector<double>>;

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double MicrosNow() {
  return std::chrono::duration<double, std::micro>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// A server on its own fresh folder.
class Server {
 public:
  Server()
      : start_(MicrosNow()),
        process_(std::vector<std::string>{ATTUNED_PATH, "--data-dir",
                                          dir_.file("data"), "--grpc",
                                          "127.0.0.1:0"},
                 dir_.file("log")),
        line_(process_.ReadLine()),
        ready_ms_((MicrosNow() - start_) / 1000) {
    std::ifstream(dir_.file("data") + "/admin.token") >> admin_;
    if (AddressOf(line_).empty() || admin_.empty()) {
      std::cerr << "attuned said: " << line_ << "\n";
      std::exit(1);
    }
  }

  std::string address() const { return AddressOf(line_); }
  const std::string& admin() const { return admin_; }
  double ready_ms() const { return ready_ms_; }
  double resident_mib() const {
    std::ifstream status(absl::StrCat("/proc/", process_.pid(), "/status"));
    for (std::string line; std::getline(status, line);) {
      if (line.rfind("VmRSS:", 0) == 0) {
        return std::stod(line.substr(6)) / 1024;
      }
    }
    return 0;
  }

 private:
  TempDir dir_;
  double start_;
  Process process_;
  std::string line_;
  double ready_ms_;
  std::string admin_;
};

class Benchmark {
 public:
  Benchmark() : center_(server_.address(), server_.admin()) {
    center_.GrowTo(kSpareContacts);
    for (int lane = 0; lane < kRaters; ++lane) {
      channels_.push_back(center_.NewChannel());
      evaluations_.push_back(v1::EvaluationService::NewStub(channels_.back()));
      forms_.push_back(v1::FormService::NewStub(channels_.back()));
      health_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
      next_.push_back(0);
    }
  }

  LoadResult Preview(int outstanding) {
    return RunLoad<v1::Score>(outstanding, kRaters, kSeconds,
                              [&](int lane, grpc::ClientContext& context,
                                  grpc::CompletionQueue& queue) {
                                v1::PreviewScoreRequest request;
                                request.set_name("forms/benchmark/revisions/1");
                                *request.mutable_answers() =
                                    BenchmarkAnswers(++seed_).answers();
                                Authorize(lane, context);
                                return forms_[Index(lane)]->AsyncPreviewScore(
                                    &context, request, &queue);
                              });
  }

  LoadResult Submit(int outstanding) {
    return RunLoad<v1::Evaluation>(
        outstanding, kRaters, kSeconds,
        [&](int lane, grpc::ClientContext& context,
            grpc::CompletionQueue& queue) {
          const v1::SubmitEvaluationRequest request = NextSubmit(lane, true);
          Authorize(lane, context);
          return evaluations_[Index(lane)]->AsyncSubmitEvaluation(
              &context, request, &queue);
        });
  }

  LoadResult SubmitBatches() {
    return RunLoad<v1::BatchSubmitEvaluationsResponse>(
        kRaters, kRaters, kSeconds,
        [&](int lane, grpc::ClientContext& context,
            grpc::CompletionQueue& queue) {
          v1::BatchSubmitEvaluationsRequest request;
          for (int i = 0; i < kBatch; ++i) {
            *request.add_requests() = NextSubmit(lane, false);
          }
          request.set_request_id(RequestId());
          Authorize(lane, context);
          return evaluations_[Index(lane)]->AsyncBatchSubmitEvaluations(
              &context, request, &queue);
        });
  }

  // An RPC without work: the health service's Check.
  double EmptyRpcMicros() {
    grpc::CompletionQueue queue;
    std::vector<double> micros;
    grpc::health::v1::HealthCheckRequest request;
    const grpc::Slice slice(request.SerializeAsString());
    for (int i = 0; i < 1000; ++i) {
      grpc::ClientContext context;
      grpc::ByteBuffer buffer(&slice, 1);
      grpc::ByteBuffer answer;
      grpc::Status status;
      const double start = MicrosNow();
      auto call = health_[0]->PrepareUnaryCall(
          &context, "/grpc.health.v1.Health/Check", buffer, &queue);
      call->StartCall();
      call->Finish(&answer, &status, nullptr);
      void* tag = nullptr;
      bool ok = false;
      queue.Next(&tag, &ok);
      Expect(status, "health");
      micros.push_back(MicrosNow() - start);
    }
    queue.Shutdown();
    return Median(micros);
  }

  // How large a stored evaluation is: what the server answers is what it keeps.
  size_t StoredBytes() {
    const v1::SubmitEvaluationRequest request = NextSubmit(0, false);
    grpc::ClientContext context;
    Authorize(0, context);
    v1::Evaluation evaluation;
    Expect(evaluations_[0]->SubmitEvaluation(&context, request, &evaluation),
           "submit");
    return evaluation.ByteSizeLong();
  }

  const Server& server() const { return server_; }

 private:
  static size_t Index(int lane) { return static_cast<size_t>(lane); }

  std::string RequestId() { return absl::StrCat("request-", ++requests_); }

  void Authorize(int lane, grpc::ClientContext& context) {
    context.AddMetadata("authorization",
                        "Bearer " + center_.rater_secret(lane));
  }

  // Each lane's rater scores every contact once.
  v1::SubmitEvaluationRequest NextSubmit(int lane, bool with_id) {
    const int number = next_[Index(lane)]++;
    center_.GrowTo(number + 1);
    v1::SubmitEvaluationRequest request;
    request.set_parent("people/-");
    *request.mutable_evaluation() = BenchmarkAnswers(number);
    request.mutable_evaluation()->set_contact(center_.ContactName(number));
    if (with_id) request.set_request_id(RequestId());
    return request;
  }

  Server server_;
  BenchmarkCenter center_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<v1::EvaluationService::Stub>> evaluations_;
  std::vector<std::unique_ptr<v1::FormService::Stub>> forms_;
  std::vector<std::unique_ptr<grpc::GenericStub>> health_;
  std::vector<int> next_;
  int seed_ = 0;
  int requests_ = 0;
};

// The tables of the real schema, without the checks between them.
std::string BareSchema() {
  std::string schema;
  for (const Migration& migration : Migrations()) {
    absl::StrAppend(&schema, migration.sql);
  }
  return absl::StrReplaceAll(schema, {{"{int}", "INTEGER"},
                                      {"{bytes}", "BLOB"},
                                      {"{strict}", "STRICT"},
                                      {"{keyed}", "STRICT, WITHOUT ROWID"}});
}

// A prepared statement with its parameters.
class Statement {
 public:
  Statement(sqlite3* db, const std::string& sql) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr) !=
        SQLITE_OK) {
      std::cerr << sqlite3_errmsg(db) << "\n";
      std::exit(1);
    }
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement& Text(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(),
                      static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& Blob(const std::string& bytes) {
    sqlite3_bind_blob(statement_, ++bound_, bytes.data(),
                      static_cast<int>(bytes.size()), SQLITE_STATIC);
    return *this;
  }
  Statement& Int(int64_t number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
  }
  void Run() {
    sqlite3_step(statement_);
    sqlite3_reset(statement_);
    bound_ = 0;
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

// Inserts what a batch of `kBatch` submits inserts, evaluations and the answer
// that is kept for a retry, in one transaction each, as fast as SQLite alone
// can: evaluations a second.  Rollups, which are no inserts, are left out.
double BareInserts(size_t stored_bytes) {
  TempDir dir;
  sqlite3* db = nullptr;
  sqlite3_open(dir.file("bare.db").c_str(), &db);
  const std::string schema =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536;" +
      BareSchema();
  sqlite3_exec(db, schema.c_str(), nullptr, nullptr, nullptr);
  int rows = 0;
  double seconds = 0;
  {
    Statement begin(db, "BEGIN IMMEDIATE");
    Statement commit(db, "COMMIT");
    Statement evaluation(
        db, "INSERT INTO evaluation VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
    Statement answer(db, "INSERT INTO answered_request VALUES (?,?,?,?,?,?)");
    const std::string body(stored_bytes, 'x');
    const std::string answers(stored_bytes * kBatch, 'x');
    const double start = MicrosNow();
    while (MicrosNow() - start < kSeconds * 1e6) {
      begin.Run();
      for (int i = 0; i < kBatch; ++i, ++rows) {
        evaluation.Text(MakeUuid(SystemClock()()))
            .Text(absl::StrCat("agent-", rows % 50))
            .Text(absl::StrCat("c-", rows))
            .Text("benchmark")
            .Int(1)
            .Text(absl::StrCat("rater-", rows % 4));
        for (int column = 0; column < 4; ++column) evaluation.Int(1);
        evaluation.Int(7345).Int(0).Blob(body).Run();
      }
      answer.Text(absl::StrCat("request-", rows))
          .Text(std::string(36, 't'))
          .Text("/attune.v1.EvaluationService/BatchSubmitEvaluations")
          .Text(std::string(64, 'd'))
          .Int(rows)
          .Blob(answers)
          .Run();
      commit.Run();
    }
    seconds = (MicrosNow() - start) / 1e6;
  }
  sqlite3_close(db);
  return rows / seconds;
}

// Overwrites 4 KiB and waits until it is on the disk.
double SyncMicros() {
  TempDir dir;
  const int file = open(dir.file("sync").c_str(), O_RDWR | O_CREAT, 0600);
  const std::string page(4096, 'x');
  std::vector<double> micros;
  for (int i = 0; i < 300; ++i) {
    const double start = MicrosNow();
    if (pwrite(file, page.data(), page.size(), 0) < 0 || fdatasync(file) != 0) {
      std::exit(1);
    }
    if (i > 0) micros.push_back(MicrosNow() - start);
  }
  close(file);
  return Median(micros);
}

double VersionMillis() {
  std::vector<double> millis;
  for (int i = 0; i < 5; ++i) {
    const double start = MicrosNow();
    Process attune(std::vector<std::string>{ATTUNE_PATH, "--version"},
                   "/dev/null");
    attune.Wait();
    millis.push_back((MicrosNow() - start) / 1000);
  }
  return Median(millis);
}

void Measure(Benchmark& benchmark, Figures& figures) {
  figures["preview"].push_back(
      benchmark.Preview(kOutstanding).calls_per_second);
  figures["submit"].push_back(benchmark.Submit(kOutstanding).calls_per_second);
  figures["batch"].push_back(benchmark.SubmitBatches().calls_per_second *
                             kBatch);
  figures["bare"].push_back(BareInserts(benchmark.StoredBytes()));
  figures["one"].push_back(benchmark.Submit(1).Quantile(0.5));
  figures["empty"].push_back(benchmark.EmptyRpcMicros());
  figures["sync"].push_back(SyncMicros());
}

// A ratio as the median of the repetitions' own ratios: what slows one measure
// of a repetition slows the other.
double Ratio(const Figures& figures, const std::string& a,
             const std::string& b) {
  std::vector<double> ratios;
  for (size_t i = 0; i < figures.at(a).size(); ++i) {
    ratios.push_back(figures.at(a)[i] / figures.at(b)[i]);
  }
  return Median(ratios);
}

void Print(const char* what, const std::string& measured, double figure,
           const char* aim, bool reached) {
  std::printf("%-42s %-34s %8.2f  %-12s %s\n", what, measured.c_str(), figure,
              aim, reached ? "reached" : "MISSED");
}

void Report(Figures figures, const Benchmark& benchmark, double idle_mib,
            const std::vector<double>& ready_ms) {
  const auto rate = [&](const char* name) {
    return absl::StrCat(static_cast<int64_t>(Median(figures[name])), "/s");
  };
  const auto micros = [&](const char* name) {
    return absl::StrCat(static_cast<int64_t>(Median(figures[name])), " us");
  };
  for (size_t i = 0; i < figures["empty"].size(); ++i) {
    figures["floor"].push_back(figures["empty"][i] + figures["sync"][i]);
  }
  std::printf("\n%-42s %-34s %8s  %-12s\n", "figure", "measured (medians)",
              "value", "aim");
  const double unary = Ratio(figures, "submit", "preview");
  Print("submit / preview, unary, 64 outstanding",
        absl::StrCat(rate("submit"), " / ", rate("preview")), unary, ">= 0.6",
        unary >= 0.6);
  const double batch = Ratio(figures, "batch", "submit");
  Print("submit in batches of 64 / unary",
        absl::StrCat(rate("batch"), " / ", rate("submit")), batch, ">= 3",
        batch >= 3);
  const double bare = Ratio(figures, "batch", "bare");
  Print("submit in batches of 64 / bare inserts",
        absl::StrCat(rate("batch"), " / ", rate("bare")), bare, ">= 0.5",
        bare >= 0.5);
  const double one = Ratio(figures, "one", "floor");
  Print("one submit / (empty RPC + 4 KiB fdatasync)",
        absl::StrCat(micros("one"), " / (", micros("empty"), " + ",
                     micros("sync"), ")"),
        one, "<= 2.5", one <= 2.5);
  const double ready = Median(ready_ms);
  Print("attuned ready on an empty store, ms", "", ready, "< 100", ready < 100);
  Print("attuned resident when idle, MiB", "", idle_mib, "< 64", idle_mib < 64);
  Print("attuned resident after the load, MiB", "",
        benchmark.server().resident_mib(), "", true);
  const double version = VersionMillis();
  Print("attune --version, ms", "", version, "< 20", version < 20);
}

int Run(int repetitions) {
  std::vector<double> ready_ms;
  double idle_mib = 0;
  for (int i = 0; i < 5; ++i) {
    const Server server;
    ready_ms.push_back(server.ready_ms());
    idle_mib = std::max(idle_mib, server.resident_mib());
  }
  Benchmark benchmark;
  Figures figures;
  for (int i = 0; i < repetitions; ++i) {
    std::printf("repetition %d of %d\n", i + 1, repetitions);
    std::fflush(stdout);
    Measure(benchmark, figures);
  }
  Report(figures, benchmark, idle_mib, ready_ms);
  return 0;
}

}  // namespace
}  // namespace attune

int main(int argc, char** argv) {
  return attune::Run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
