#include "tests/tools/attune_process.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace attune {
namespace {

// What exec takes, made before fork: the child of a process with threads must
// not allocate.
class Command {
 public:
  Command(const std::string& folder,
          const std::map<std::string, std::string>& environment,
          const std::vector<std::string>& arguments) {
    words_.push_back(ATTUNE);
    words_.insert(words_.end(), arguments.begin(), arguments.end());
    variables_.push_back("HOME=" + folder);
    for (const auto& [name, value] : environment) {
      variables_.push_back(name + "=" + value);
    }
    for (std::string& word : words_) argv_.push_back(word.data());
    for (std::string& variable : variables_) envp_.push_back(variable.data());
    argv_.push_back(nullptr);
    envp_.push_back(nullptr);
  }
  [[noreturn]] void Exec(const char* folder) {
    if (chdir(folder) == 0) execve(argv_[0], argv_.data(), envp_.data());
    _exit(127);
  }

 private:
  std::vector<std::string> words_;
  std::vector<std::string> variables_;
  std::vector<char*> argv_;
  std::vector<char*> envp_;
};

int CodeOf(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

Ended RunAttune(const std::string& folder,
                const std::map<std::string, std::string>& environment,
                const std::vector<std::string>& arguments,
                const std::string& input) {
  const std::string in = folder + "/.in";
  const std::string out = folder + "/.out";
  const std::string err = folder + "/.err";
  std::ofstream(in, std::ios::binary) << input;
  Command command(folder, environment, arguments);
  const pid_t child = fork();
  if (child == 0) {
    const int mode = O_WRONLY | O_CREAT | O_TRUNC;
    dup2(open(in.c_str(), O_RDONLY), STDIN_FILENO);
    dup2(open(out.c_str(), mode, 0600), STDOUT_FILENO);
    dup2(open(err.c_str(), mode, 0600), STDERR_FILENO);
    command.Exec(folder.c_str());
  }
  const int code = CodeOf(child);
  return {code, ContentOf(out), ContentOf(err)};
}

Ended RunAttuneAtTerminal(const std::string& folder,
                          const std::map<std::string, std::string>& environment,
                          const std::vector<std::string>& arguments,
                          const std::string& typed) {
  Command command(folder, environment, arguments);
  int terminal = -1;
  winsize size{};
  size.ws_col = 80;
  size.ws_row = 24;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) command.Exec(folder.c_str());
  Ended ended;
  // Waits for the first words, as a person would.
  char buffer[4096];
  size_t sent = 0;
  while (true) {
    const ssize_t got = read(terminal, buffer, sizeof buffer);
    if (got <= 0) break;  // EIO: the other side is closed
    ended.out.append(buffer, static_cast<size_t>(got));
    while (sent < typed.size()) {
      const ssize_t wrote =
          write(terminal, typed.data() + sent, typed.size() - sent);
      if (wrote <= 0) break;
      sent += static_cast<size_t>(wrote);
    }
  }
  ended.code = CodeOf(child);
  close(terminal);
  return ended;
}

}  // namespace attune
