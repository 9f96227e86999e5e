#include "exporter/report/drill_jail_posix.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "app/descriptor_posix.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

Error no_jail(const std::string& call) {
  return Error{Code::io, "This computer cannot shut the drill off from the practice's keys, so it was not held.",
               call + ": " + std::strerror(errno) + " (Landlock: Linux 5.13 or later)"};
}

// Every way to open, change or run a file that any version of Landlock knows; what this system does not know it does not have.
std::uint64_t all_rights(long version) {
  std::uint64_t rights = (1u << 13) - 1;
  if (version >= 2) rights |= 1u << 13;  // to another folder
  if (version >= 3) rights |= 1u << 14;  // truncate
  if (version >= 5) rights |= 1u << 15;  // devices' own commands
  return rights;
}

Result<Done> allow(int rules, const std::filesystem::path& path, std::uint64_t rights) {
  const app::Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!place.is_open()) return Error{Code::not_found, path.string() + " is not there.", std::strerror(errno)};
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) rights &= LANDLOCK_ACCESS_FS_READ_FILE;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = rights;
  rule.parent_fd = place.number();
  if (::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) return no_jail("landlock_add_rule");
  return Done{};
}

}  // namespace

Result<Done> shut_all_but(const OpenDoors& doors) {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return no_jail("landlock_create_ruleset");
  landlock_ruleset_attr order{};
  order.handled_access_fs = all_rights(version);
  const app::Descriptor rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &order, sizeof order.handled_access_fs, 0)));
  if (!rules.is_open()) return no_jail("landlock_create_ruleset");
  for (const auto& path : doors.read) TRY(allow(rules.number(), path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR));
  for (const auto& path : doors.list) TRY(allow(rules.number(), path, LANDLOCK_ACCESS_FS_READ_DIR));
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return no_jail("prctl");
  if (::syscall(SYS_landlock_restrict_self, rules.number(), 0) != 0) return no_jail("landlock_restrict_self");
  return Done{};
}

bool can_read(const std::filesystem::path& file) {
  const app::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char byte = 0;
  return opened.is_open() && ::read(opened.number(), &byte, 1) == 1;
}

}  // namespace exporter
