#include "viewer/stick.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <system_error>

#include "app/jail_posix.h"
#include "app/snapshot/pdf_password.h"
#include "app/sticks.h"

namespace viewer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPdfBytesMost = 256u << 20;
constexpr int kSecondsMost = 20;
constexpr int kNamesMost = 100;

bool lies_below(const fs::path& place, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), place.begin(), place.end()).first == folder.end();
}

std::string explain_locking_fault(const app::Error& error) {
  if (error.code == app::Code::not_found)
    return "The program nightchart-lock-pdf, which locks it, is not beside this program: it must be copied along.";
  return "It could not be locked, so nothing was written.";
}

}  // namespace

std::string name_of(const Stick& stick) {
  return stick.folder.has_filename() ? stick.folder.filename().string() : stick.folder.parent_path().filename().string();
}

std::vector<Stick> choose_sticks(std::string_view mounts, const fs::path& copy) {
  std::vector<Stick> sticks;
  for (const fs::path& folder : app::parse_sticks(mounts)) sticks.push_back({folder, lies_below(copy, folder)});
  std::stable_sort(sticks.begin(), sticks.end(),
                   [](const Stick& a, const Stick& b) { return a.holds_copy < b.holds_copy; });
  return sticks;
}

std::vector<Stick> list_sticks(const fs::path& copy) {
  std::ostringstream text;
  text << std::ifstream("/proc/mounts").rdbuf();
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(copy, ignored);
  return choose_sticks(text.str(), ignored ? copy : whole);
}

fs::path free_pdf_name(const fs::path& folder, app::Instant now, const std::string& time_zone) {
  const app::Date at = app::local_date(now, time_zone);
  char name[64];
  std::snprintf(name, sizeof name, "nightchart-%04d-%02d-%02d-%02d%02d", at.year, at.month, at.day, at.hour, at.minute);
  std::error_code ignored;
  fs::path file = folder / (std::string(name) + ".pdf");
  for (int i = 2; i <= kNamesMost && fs::exists(fs::symlink_status(file, ignored)); ++i)
    file = folder / (std::string(name) + "-" + std::to_string(i) + ".pdf");
  return file;
}

app::Result<std::string> lock_pdf(const std::string& pdf, const std::string& password) {
  app::JailOrder order;
  order.command = {app::find_program_beside("nightchart-lock-pdf")};
  order.memory_bytes = 2u << 30;
  order.out_bytes_most = kPdfBytesMost;
  order.seconds = kSecondsMost;
  auto locked = app::run_in_jail(order, password + "\n" + app::make_pdf_password() + "\n" + pdf);
  if (locked.ok()) return locked;
  return app::Error{locked.error().code, explain_locking_fault(locked.error()), locked.error().detail};
}

app::Result<app::Done> put_on_stick(const std::string& pdf, const LockedPdf& target) {
  TRY_GET(const std::string locked, lock_pdf(pdf, target.password));
  const bool is_locked = locked.starts_with("%PDF-") && locked.find("/Encrypt ") != std::string::npos && locked != pdf;
  if (is_locked) return write_on_stick(target.file, locked);
  return app::Error{app::Code::damaged, "It could not be locked, so nothing was written.", "not an encrypted PDF"};
}

}  // namespace viewer
