// The program: flags, exit codes, the line it prints when ready.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/temp_dir.h"

namespace attune {
namespace {

struct Ended {
  int exit_code = -1;
  std::string output;  // standard output and standard error
};

Ended RunWith(const std::string& arguments) {
  const std::string command = absl::StrCat(ATTUNED " ", arguments, " 2>&1");
  FILE* pipe = popen(command.c_str(), "r");
  Ended ended;
  char buffer[4096];
  while (const size_t n = fread(buffer, 1, sizeof buffer, pipe)) {
    ended.output.append(buffer, n);
  }
  const int status = pclose(pipe);
  ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ended;
}

TEST(AttunedTest, TellsItsVersionAndItsFlags) {
  const Ended version = RunWith("--version");
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(version.output, "attuned " ATTUNE_VERSION "\n");
  const Ended help = RunWith("--help");
  EXPECT_EQ(help.exit_code, 0);
  for (const char* flag :
       {"--config", "--data-dir", "--grpc", "--tls-cert", "--tls-key",
        "--max-request-bytes", "--max-in-flight", "--deadline-seconds",
        "--shutdown-grace-seconds", "--reader-threads"}) {
    EXPECT_TRUE(absl::StrContains(help.output, flag)) << flag;
  }
}

TEST(AttunedTest, WrongUseIsTwo) {
  for (const char* arguments :
       {"--no-such-flag", "--max-in-flight 0", "--max-in-flight many",
        "--grpc nowhere", "--config /nowhere/at.all", "--tls-cert x"}) {
    const Ended ended = RunWith(arguments);
    EXPECT_EQ(ended.exit_code, 2) << arguments;
    EXPECT_FALSE(ended.output.empty()) << arguments;
  }
}

TEST(AttunedTest, AnOpenListenerWithoutTlsIsRefused) {
  TempDir folder;
  const Ended ended = RunWith(
      absl::StrCat("--grpc 0.0.0.0:0 --data-dir ", folder.file("data")));
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(ended.output,
            "attuned: Other machines could reach 0.0.0.0:0, and tokens would "
            "travel in the clear: give --tls-cert and --tls-key, or listen on "
            "127.0.0.1.\n");
  EXPECT_NE(access(folder.file("data").c_str(), F_OK), 0);
}

TEST(AttunedTest, AFolderThatCannotBeMadeIsOne) {
  TempDir folder;
  std::ofstream(folder.file("file")) << "x";
  const Ended ended = RunWith(
      absl::StrCat("--grpc 127.0.0.1:0 --data-dir ", folder.file("file")));
  EXPECT_EQ(ended.exit_code, 1);
}

TEST(AttunedTest, ServesUntilItIsToldToStop) {
  TempDir folder;
  std::ofstream(folder.file("config")) << "grpc: '[::1]:0' data_dir: '/x'";
  int out[2];
  ASSERT_EQ(pipe(out), 0);
  const std::string config = folder.file("config");
  const std::string data = folder.file("data");
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(out[1], STDOUT_FILENO);
    close(out[0]);
    close(out[1]);
    execl(ATTUNED, ATTUNED, "--config", config.c_str(), "--grpc", "127.0.0.1:0",
          "--data-dir", data.c_str(), nullptr);
    _exit(127);
  }
  close(out[1]);
  FILE* lines = fdopen(out[0], "r");
  char line[256] = "";
  ASSERT_NE(fgets(line, sizeof line, lines), nullptr);
  int port = 0;
  char rest[256] = "";
  EXPECT_EQ(sscanf(line,
                   "attuned " ATTUNE_VERSION
                   " ready on 127.0.0.1:%d (data in %255[^)])",
                   &port, rest),
            2)
      << line;
  EXPECT_GT(port, 0);
  EXPECT_EQ(rest, data);
  EXPECT_EQ(access(absl::StrCat(data, "/admin.token").c_str(), R_OK), 0);
  ASSERT_EQ(kill(pid, SIGTERM), 0);
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  fclose(lines);
}

}  // namespace
}  // namespace attune
