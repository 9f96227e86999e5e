#include "exporter/commands/terminal.h"

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>

#include "app/record/text.h"

namespace exporter {
namespace {

constexpr std::int64_t kProgressPause_ms = 100;

// Ctrl-C ends the question instead of the program, so that the terminal shows again what is typed.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction gentle {};
    gentle.sa_handler = [](int) {};
    sigaction(SIGINT, &gentle, &before_);
  }
  ~Interruptible() { sigaction(SIGINT, &before_, nullptr); }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction before_ {};
};

// False when it ended before its line did.
bool read_line(int terminal, std::string& line) {
  const Interruptible interruptible;
  for (char c = 0; read(terminal, &c, 1) == 1;) {
    if (c == '\n') return true;
    line += c;
  }
  return false;
}

app::Result<std::string> ask_terminal(const std::string& question, bool echo) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) {
    return app::Error{app::Code::not_found, "There is no terminal to ask at.",
                      "Name the passphrase's file with --passphrase-file, and every other answer with its option."};
  }
  termios before{};
  tcgetattr(terminal, &before);
  termios quiet = before;
  if (!echo) quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(terminal, TCSAFLUSH, &quiet);
  std::string answer;
  (void)!write(terminal, question.data(), question.size());
  const bool answered = read_line(terminal, answer);
  tcsetattr(terminal, TCSAFLUSH, &before);
  if (!echo) (void)!write(terminal, "\n", 1);
  close(terminal);
  if (!answered) return app::Error{app::Code::not_found, "Stopped at a question.", "Ctrl-C, or the end of what was typed"};
  return answer;
}

std::int64_t milliseconds() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace

app::Result<std::string> ask_passphrase(const std::string& question) {
  return ask_terminal(question + " ", false);
}

app::Result<std::string> ask(const std::string& question, const std::string& fallback) {
  TRY_GET(const std::string answer, ask_terminal(question + (fallback.empty() ? " " : " [" + fallback + "] "), true));
  return answer.empty() ? fallback : answer;
}

std::string plain(std::string_view text) {
  const std::string clean = app::clean_text(text).text;
  std::string shown;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t length = app::character_length(clean, at);
    const std::uint32_t code = app::code_point_at(clean, at);
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
                       code == 0x200F || code == 0x061C;
    const bool hides = code == 0x00AD || code == 0x200B || code == 0x2060 || code == 0xFEFF;  // two names that look the same
    const bool controls = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
    shown += turns || hides || controls ? "?" : clean.substr(at, length);
    at += length;
  }
  return shown;
}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(const std::string& text) {
  static const bool terminal = isatty(STDERR_FILENO) != 0;
  if (!terminal || milliseconds() - last_ms_ < kProgressPause_ms) return;
  last_ms_ = milliseconds();
  shown_ = true;
  std::fprintf(stderr, "\r\033[K%s", text.c_str());
  std::fflush(stderr);
}

}  // namespace exporter
