// The program against the real server: a small year, a short load, and a store
// that is sound afterwards.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <sys/wait.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attune/v1/admin_service.grpc.pb.h"
#include "tests/process.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

class AttuneLoadTest : public testing::Test {
 protected:
  void SetUp() override {
    address_ = AddressOf(server_.ReadLine());
    ASSERT_FALSE(address_.empty());
  }

  Ended Load(std::vector<std::string> arguments) {
    const std::string log = dir_.file(absl::StrCat("err", ++runs_));
    arguments.insert(arguments.begin(), ATTUNE_LOAD_PATH);
    arguments.insert(arguments.end(), {"--server", address_, "--token-file",
                                       dir_.file("data") + "/admin.token"});
    Process process(arguments, log);
    Ended ended;
    for (std::string line = process.ReadLine(); !line.empty();
         line = process.ReadLine()) {
      ended.out += line + "\n";
    }
    const int status = process.Wait();
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::ifstream file(log);
    ended.err = std::string(std::istreambuf_iterator<char>(file), {});
    return ended;
  }

  Json LoadJson(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", "json"});
    const Ended ended = Load(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err << ended.out;
    EXPECT_EQ(ended.err, "");
    return Json::parse(ended.out, nullptr, false);
  }

  Json Generate() {
    return LoadJson(
        {"generate", "--agents", "6", "--advocates", "3", "--teams", "2",
         "--days", "30", "--end", "2025-06-30", "--evaluations", "400",
         "--batch", "50", "--form-file",
         absl::StrCat(ATTUNE_SOURCE_DIR, "/config/forms/call.textproto"),
         "--truth", dir_.file("truth.json")});
  }

  v1::VerifyResponse Verify() {
    std::string token;
    std::ifstream(dir_.file("data") + "/admin.token") >> token;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    v1::VerifyResponse response;
    const grpc::Status status =
        v1::AdminService::NewStub(
            grpc::CreateChannel(address_, grpc::InsecureChannelCredentials()))
            ->Verify(&context, v1::VerifyRequest(), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  TempDir dir_;
  Process server_{
      {ATTUNED_PATH, "--data-dir", dir_.file("data"), "--grpc", "127.0.0.1:0"},
      dir_.file("log")};
  std::string address_;
  int runs_ = 0;
};

TEST_F(AttuneLoadTest, GeneratesOnceAndFindsItThereTheSecondTime) {
  const Json first = Generate();
  EXPECT_EQ(first["form_published"], true);
  EXPECT_EQ(first["people"], Json({{"created", 11}, {"existing", 0}}));
  EXPECT_EQ(first["evaluations"], Json({{"created", 400}, {"existing", 0}}));
  const Json second = Generate();
  EXPECT_EQ(second["form_published"], false);
  EXPECT_EQ(second["teams"], Json({{"created", 0}, {"existing", 2}}));
  EXPECT_EQ(second["people"], Json({{"created", 0}, {"existing", 11}}));
  EXPECT_EQ(second["contacts"]["existing"], first["contacts"]["created"]);
  EXPECT_EQ(second["evaluations"], Json({{"created", 0}, {"existing", 400}}));
  std::ifstream file(dir_.file("truth.json"));
  const Json truth = Json::parse(file, nullptr, false);
  EXPECT_EQ(truth["advocates"], first["advocates"]);
  EXPECT_EQ(truth["agents"].size(), 6u);
  EXPECT_EQ(truth["first_day"], "2025-06-01");
  const v1::VerifyResponse verified = Verify();
  EXPECT_EQ(verified.evaluations(), 400);
  EXPECT_EQ(verified.differences_size(), 0) << verified.ShortDebugString();
}

TEST_F(AttuneLoadTest, ALoadHasNoErrorsAndLeavesASoundStore) {
  Generate();
  const Json closed =
      LoadJson({"run", "--seconds", "1", "--window", "16", "--channels", "3"});
  EXPECT_EQ(closed["loop"], "closed");
  EXPECT_EQ(closed["total"]["errors"], 0) << closed.dump(2);
  int64_t calls = 0;
  int64_t submits = 0;
  for (const Json& method : closed["methods"]) {
    calls += method["calls"].get<int64_t>();
    if (method["method"] == "submit") submits = method["calls"];
    EXPECT_LE(method["latency_ms"]["p50"], method["latency_ms"]["p99"]);
    EXPECT_LE(method["latency_ms"]["p99"], method["latency_ms"]["max"]);
  }
  EXPECT_GT(submits, 0);
  EXPECT_EQ(closed["total"]["calls"], calls);
  const v1::VerifyResponse verified = Verify();
  EXPECT_EQ(verified.evaluations(), 400 + submits);
  EXPECT_EQ(verified.differences_size(), 0) << verified.ShortDebugString();
}

TEST_F(AttuneLoadTest, AnOpenLoopMakesTheCallsThatAreDue) {
  Generate();
  const Json open = LoadJson({"run", "--seconds", "1", "--rate", "50", "--mix",
                              "list=1,get=1", "--window", "64"});
  EXPECT_EQ(open["loop"], "open");
  EXPECT_EQ(open["rate"], 50);
  EXPECT_EQ(open["total"]["errors"], 0) << open.dump(2);
  EXPECT_EQ(
      open["total"]["calls"].get<int64_t>() + open["unsent"].get<int64_t>(),
      50);
}

TEST_F(AttuneLoadTest, AnOpenLoopThatFallsBehindShowsTheWait) {
  Generate();
  // One at a time, no server answers in 50 us, so at the end a call goes out
  // that was due long before.
  const Json open =
      LoadJson({"run", "--seconds", "1", "--rate", "20000", "--mix", "list=1",
                "--window", "1", "--channels", "1", "--threads", "1"});
  EXPECT_EQ(open["total"]["errors"], 0) << open.dump(2);
  EXPECT_GT(open["unsent"], 0);
  EXPECT_EQ(
      open["total"]["calls"].get<int64_t>() + open["unsent"].get<int64_t>(),
      20'000);
  EXPECT_GT(open["total"]["latency_ms"]["max"], 500);
}

TEST_F(AttuneLoadTest, AnEmptyServerIsToldOf) {
  const Ended ended = Load({"run", "--seconds", "1"});
  EXPECT_EQ(ended.code, 5);
  EXPECT_THAT(ended.err, HasSubstr("attune-load: The server has no published "
                                   "form; `attune-load generate` makes"));
}

TEST_F(AttuneLoadTest, WrongArgumentsAreUsageErrors) {
  EXPECT_EQ(Load({"run", "--mix", "walk=1"}).code, 2);
  EXPECT_EQ(Load({"run", "--window", "1", "--threads", "2"}).code, 2);
  EXPECT_EQ(Load({"generate", "--end", "June"}).code, 2);
  EXPECT_EQ(Load({"generate", "--batch", "1001"}).code, 2);
}

}  // namespace
}  // namespace attune
