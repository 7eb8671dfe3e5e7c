// The program `attune` against a server in the test's process.

#ifndef ATTUNE_TESTS_TOOLS_ATTUNE_TEST_H_
#define ATTUNE_TESTS_TOOLS_ATTUNE_TEST_H_

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/service/server_test.h"
#include "tests/tools/attune_process.h"

namespace attune {

inline std::string Source(const std::string& path) {
  return absl::StrCat(ATTUNE_SOURCE_DIR, "/", path);
}

class AttuneTest : public ServerTest {
 protected:
  std::map<std::string, std::string> Environment() {
    return {{"ATTUNE_SERVER", server().grpc_address()},
            {"ATTUNE_TOKEN_FILE", token_file_},
            {"TERM", "dumb"}};
  }
  void SetUp() override {
    ServerTest::SetUp();
    token_file_ = server().token_path();
  }
  Ended Attune(const std::vector<std::string>& arguments,
               const std::string& input = "") {
    return RunAttune(folder().path(), Environment(), arguments, input);
  }
  Ended AttuneAtTerminal(const std::vector<std::string>& arguments,
                         const std::string& typed) {
    return RunAttuneAtTerminal(folder().path(), Environment(), arguments,
                               typed);
  }
  nlohmann::json Json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"-o", "json"});
    const Ended ended = Attune(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return nlohmann::json::parse(ended.out, nullptr, false);
  }
  std::string File(const std::string& name, const std::string& content) {
    std::ofstream(folder().file(name), std::ios::binary) << content;
    return folder().file(name);
  }
  // From now on calls are made with a token of this person.
  void Become(const std::string& person) {
    token_file_ = File(person + ".token", ClientOf(person).token());
  }
  void BecomeAdmin() { token_file_ = server().token_path(); }

  // A team with an agent `ann` with calls c1 and c2, an advocate `rob`, and the
  // form `small`.
  void AddSmallWorld() {
    AddTeam("t");
    AddPerson("ann", {v1::ROLE_AGENT}, "t");
    AddPerson("rob", {v1::ROLE_ADVOCATE}, "");
    AddContact("ann", "c1");
    AddContact("ann", "c2");
    AddForm("small");
  }

 private:
  std::string token_file_;
};

}  // namespace attune

#endif  // ATTUNE_TESTS_TOOLS_ATTUNE_TEST_H_
