#include "exporter/binder/scan_jail_posix.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>

namespace exporter {
namespace {

using app::Code;
using app::Error;
using app::Result;

constexpr std::size_t kSaidMost = 400;

// Refuses these calls; all others are as before. Whatever machine this is built for names its own numbers.
bool refuse_calls(const std::vector<long>& calls) {
  std::vector<sock_filter> program = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const long call : calls) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
  }
#ifdef __x86_64__
  // The other ways to number calls: of 32-bit programs.
  program.insert(program.begin(), {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
                                   BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL),
                                   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                                   BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL)});
#endif
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

std::vector<long> calls_of_the_network() {
  return {SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_io_uring_setup};
}

void limit(int what, rlim_t most) {
  const rlimit both{most, most};
  (void)::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

struct Descriptor {
  explicit Descriptor(int given = -1) : number(given) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void close() {
    if (number >= 0) ::close(std::exchange(number, -1));
  }
  int number;
};

// The bytes as a file that lies in no folder.
bool fill_memory_file(const Descriptor& file, const std::string& input) {
  std::size_t at = 0;
  while (at < input.size()) {
    const ssize_t written = ::write(file.number, input.data() + at, input.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<std::size_t>(written);
  }
  return ::lseek(file.number, 0, SEEK_SET) == 0;
}

[[noreturn]] void become(std::vector<char*>& command, const JailOrder& order, int in, int out, int err) {
  ::setpgid(0, 0);
  (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  limit(RLIMIT_AS, order.memory_bytes);
  limit(RLIMIT_CPU, static_cast<rlim_t>(order.seconds));
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NPROC, 4096);
  char path[] = "PATH=/usr/bin:/bin";
  char* environment[] = {path, nullptr};
  if (refuse_calls(calls_of_the_network())) ::execvpe(command[0], command.data(), environment);
  ::_exit(errno == ENOENT ? 127 : 126);
}

// False when it said too much or took too long.
bool listen(int out, int err, const JailOrder& order, std::string& written, std::string& said) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2 * order.seconds);
  pollfd both[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  char piece[65536];
  while (both[0].fd >= 0 || both[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    if (::poll(both, 2, static_cast<int>(left)) < 0 && errno != EINTR) return false;
    for (int i = 0; i < 2; ++i) {
      if (both[i].fd < 0 || both[i].revents == 0) continue;
      const ssize_t got = ::read(both[i].fd, piece, sizeof piece);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {
        both[i].fd = -1;
        continue;
      }
      std::string& text = i == 0 ? written : said;
      if (i == 0 || text.size() < kSaidMost) text.append(piece, static_cast<std::size_t>(got));
      if (i == 0 && written.size() > order.out_bytes_most) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::string> run_in_jail(const JailOrder& order, const std::string& input) {
  const Error unready{Code::io, "The program that reads scans cannot be started.", order.command.front()};
  Descriptor in(::memfd_create("scan", MFD_CLOEXEC));
  int out_ends[2], err_ends[2];
  if (in.number < 0 || !fill_memory_file(in, input) || ::pipe2(out_ends, O_CLOEXEC) != 0) return unready;
  Descriptor out(out_ends[0]), out_end(out_ends[1]);
  if (::pipe2(err_ends, O_CLOEXEC) != 0) return unready;
  Descriptor err(err_ends[0]), err_end(err_ends[1]);
  std::vector<std::string> texts = order.command;
  std::vector<char*> command;
  for (std::string& text : texts) command.push_back(text.data());
  command.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return unready;
  if (child == 0) become(command, order, in.number, out_end.number, err_end.number);
  out_end.close();
  err_end.close();
  std::string written, said;
  const bool in_bounds = listen(out.number, err.number, order, written, said);
  if (!in_bounds) ::kill(-child, SIGKILL), ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const std::string name = order.command.front();
  if (!in_bounds) return Error{Code::no_room, "The document takes too long to read, or becomes too large.", name + " was stopped"};
  if (WIFSIGNALED(status)) return Error{Code::bad_source, "The document cannot be read.", name + " ended by signal " + std::to_string(WTERMSIG(status))};
  if (WEXITSTATUS(status) == 127) return Error{Code::not_found, "There is no program " + name + ".", ""};
  if (WEXITSTATUS(status) != 0) return Error{Code::bad_source, "The document cannot be read.", said.substr(0, kSaidMost)};
  return written;
}

bool lock_the_door() {
  std::vector<long> calls = {SYS_openat, SYS_execve, SYS_execveat, SYS_clone, SYS_kill, SYS_unlinkat, SYS_mkdirat, SYS_linkat, SYS_renameat2};
#ifdef SYS_open
  for (const long call : {SYS_open, SYS_creat, SYS_fork, SYS_vfork, SYS_unlink, SYS_rename, SYS_link}) calls.push_back(call);
#endif
#ifdef SYS_clone3
  calls.push_back(SYS_clone3);
#endif
#ifdef SYS_openat2
  calls.push_back(SYS_openat2);
#endif
  return refuse_calls(calls);
}

std::string find_nightchart() {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return (program.parent_path() / "nightchart").string();
}

}  // namespace exporter
