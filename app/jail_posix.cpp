#include "app/jail_posix.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>

#include "app/descriptor_posix.h"

namespace app {
namespace {

constexpr std::size_t kSaidMost = 400;

constexpr std::size_t kArgument = sizeof(std::uint64_t);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
constexpr std::size_t kLowHalf = 0;
#else
constexpr std::size_t kLowHalf = 4;
#endif

// A call that opens a file, whose flags are its argument number `flags_at`.
struct OpeningCall {
  long number;
  std::size_t flags_at;
};

// Refuses these calls, and to those that open files anything but reading; all others are as before. Whatever machine this
// is built for names its own numbers.
bool refuse_calls(const std::vector<long>& calls, const std::vector<OpeningCall>& reading_only = {}) {
  std::vector<sock_filter> program = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const OpeningCall& call : reading_only) {
    const auto flags = static_cast<unsigned>(offsetof(seccomp_data, args) + kArgument * call.flags_at + kLowHalf);
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call.number), 0, 4));
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, flags));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
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

// Lets this process read below these folders and nowhere else, where the kernel can do that.
void read_only_below(const std::vector<const char*>& folders) {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE |
                            LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG;
  const int ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
  if (ruleset < 0) return;
  for (const char* folder : folders) {
    const int opened = ::open(folder, O_PATH | O_CLOEXEC);
    if (opened < 0) continue;
    landlock_path_beneath_attr below{};
    below.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    below.parent_fd = opened;
    (void)::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
    ::close(opened);
  }
  (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  (void)::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(ruleset);
}

void limit(int what, rlim_t most) {
  const rlimit both{most, most};
  (void)::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// The bytes as a file that lies in no folder.
bool fill_memory_file(const Descriptor& file, const std::string& input) {
  std::size_t at = 0;
  while (at < input.size()) {
    const ssize_t written = ::write(file.number(), input.data() + at, input.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<std::size_t>(written);
  }
  return ::lseek(file.number(), 0, SEEK_SET) == 0;
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

enum class Heard { all, too_much, too_late, unwanted };

Heard listen(int out, int err, const JailOrder& order, std::string& written, std::string& said) {
  constexpr long kAskAfter_ms = 50;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2 * order.seconds);
  pollfd both[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  char piece[65536];
  while (both[0].fd >= 0 || both[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return Heard::too_late;
    if (order.goes_on && !order.goes_on()) return Heard::unwanted;
    const long wait = order.goes_on ? std::min<long>(left, kAskAfter_ms) : left;
    const int ready = ::poll(both, 2, static_cast<int>(wait));
    if (ready < 0 && errno != EINTR) return Heard::too_much;
    if (ready <= 0) continue;
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
      if (i == 0 && written.size() > order.out_bytes_most) return Heard::too_much;
    }
  }
  return Heard::all;
}

}  // namespace

Result<std::string> run_in_jail(const JailOrder& order, const std::string& input) {
  const Error unready{Code::io, "The program that reads documents cannot be started.", order.command.front()};
  Descriptor in(::memfd_create("scan", MFD_CLOEXEC));
  int out_ends[2], err_ends[2];
  if (!in.is_open() || !fill_memory_file(in, input) || ::pipe2(out_ends, O_CLOEXEC) != 0) return unready;
  Descriptor out(out_ends[0]), out_end(out_ends[1]);
  if (::pipe2(err_ends, O_CLOEXEC) != 0) return unready;
  Descriptor err(err_ends[0]), err_end(err_ends[1]);
  std::vector<std::string> texts = order.command;
  std::vector<char*> command;
  for (std::string& text : texts) command.push_back(text.data());
  command.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return unready;
  if (child == 0) become(command, order, in.number(), out_end.number(), err_end.number());
  out_end.close();
  err_end.close();
  std::string written, said;
  const Heard heard = listen(out.number(), err.number(), order, written, said);
  if (heard != Heard::all) ::kill(-child, SIGKILL), ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const std::string name = order.command.front();
  if (heard == Heard::unwanted) return Error{Code::busy, "Nobody waits for this document any more.", ""};
  if (heard == Heard::too_late) return Error{Code::out_of_time, "The document takes too long to read.", name + " was stopped"};
  if (heard == Heard::too_much) return Error{Code::no_room, "The document becomes too large.", name + " was stopped"};
  if (WIFSIGNALED(status)) return Error{Code::bad_source, "The document cannot be read.", name + " ended by signal " + std::to_string(WTERMSIG(status))};
  if (WEXITSTATUS(status) == 127) return Error{Code::not_found, "There is no program " + name + ".", ""};
  if (WEXITSTATUS(status) != 0) return Error{Code::bad_source, "The document cannot be read.", said.substr(0, kSaidMost)};
  return written;
}

bool lock_the_door(Window window) {
  std::vector<long> calls = {SYS_execve, SYS_execveat, SYS_clone, SYS_kill, SYS_unlinkat, SYS_mkdirat, SYS_linkat, SYS_renameat2};
  std::vector<OpeningCall> opening = {{SYS_openat, 2}};
#ifdef SYS_open
  opening.push_back({SYS_open, 1});
  for (const long call : {SYS_creat, SYS_fork, SYS_vfork, SYS_unlink, SYS_rename, SYS_link}) calls.push_back(call);
#endif
#ifdef SYS_clone3
  calls.push_back(SYS_clone3);
#endif
#ifdef SYS_openat2
  calls.push_back(SYS_openat2);
#endif
  if (window == Window::fonts) {
    read_only_below({"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/usr/share/poppler", "/etc/fonts",
                     "/var/cache/fontconfig"});
    return refuse_calls(calls, opening);
  }
  for (const OpeningCall& call : opening) calls.push_back(call.number);
  return refuse_calls(calls);
}

std::string find_program_beside(const std::string& name) {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return (program.parent_path() / name).string();
}

}  // namespace app
