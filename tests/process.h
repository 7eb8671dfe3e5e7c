// A program started by a test or benchmark, and ended with it.

#ifndef ATTUNE_TESTS_PROCESS_H_
#define ATTUNE_TESTS_PROCESS_H_

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace attune {

class Process {
 public:
  // Starts `arguments[0]`; its standard output can be read line by line, its
  // standard error goes to `log`.
  Process(const std::vector<std::string>& arguments, const std::string& log) {
    int pipe_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
      argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    if (posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) !=
        0) {
      pid_ = -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    close(pipe_ends[1]);
    output_ = fdopen(pipe_ends[0], "r");
  }
  ~Process() {
    if (pid_ > 0) {
      Signal(SIGKILL);
      Wait();
    }
    if (output_ != nullptr) fclose(output_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }

  // The next line of its output without the newline; empty at its end.
  std::string ReadLine() {
    std::string line;
    int c = 0;
    while ((c = fgetc(output_)) != EOF && c != '\n') {
      line += static_cast<char>(c);
    }
    return line;
  }

  void Signal(int signal) const { kill(pid_, signal); }

  // The raw wait status.
  int Wait() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_ = -1;
  FILE* output_ = nullptr;
};

// The HOST:PORT of `attuned`'s ready line; empty if it is not one.
inline std::string AddressOf(const std::string& ready_line) {
  const std::string before = " ready on ";
  const size_t start = ready_line.find(before);
  if (start == std::string::npos) return "";
  const size_t end = ready_line.find(' ', start + before.size());
  return ready_line.substr(start + before.size(), end - start - before.size());
}

}  // namespace attune

#endif  // ATTUNE_TESTS_PROCESS_H_
