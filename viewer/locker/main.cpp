// nightchart-lock-pdf: locks a PDF with AES-256, for the viewer that started it. Nobody types this.
//
// Through standard input come the password, the owner's password, a line each, and then the PDF; the locked one goes to
// standard output. Between the two this process can open no file, reach no network and start nothing; who started it has
// bounded its memory and time.
#include <cstdio>
#include <exception>
#include <string>

#include "app/jail_posix.h"
#include "app/paper/protect.h"
#include "app/process_faults_posix.h"

namespace {

constexpr std::size_t kPasswordLeast = 16;

std::string read_input() {
  std::string bytes;
  char piece[65536];
  for (std::size_t got = std::fread(piece, 1, sizeof piece, stdin); got > 0; got = std::fread(piece, 1, sizeof piece, stdin))
    bytes.append(piece, got);
  return bytes;
}

std::string take_line(std::string& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string::npos) return "";
  std::string line = bytes.substr(0, end);
  bytes.erase(0, end + 1);
  return line;
}

int fail(const char* why) {
  std::fputs(why, stderr);
  return 1;
}

}  // namespace

int main(int argc, char**) {
  app::forbid_core_dumps();
  if (argc != 1) {
    std::fputs("nightchart-lock-pdf is started by nightchart-viewer, to lock what it puts on a stick.\n", stderr);
    return app::kExitUsage;
  }
  try {
    std::string bytes = read_input();
    if (!app::lock_the_door()) return fail("door");
    const std::string password = take_line(bytes), owner = take_line(bytes);
    // Whatever went wrong in between: nothing is locked with a password that anybody could guess.
    if (password.size() < kPasswordLeast || owner.size() < kPasswordLeast) return fail("password");
    const auto locked = app::protect_pdf(bytes, password, owner);
    if (!locked.ok()) return fail("pdf");
    const std::string& out = locked.value();
    return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? 0 : fail("large");
  } catch (const std::exception&) {
    return fail("large");
  }
}
