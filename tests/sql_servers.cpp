#include "tests/sql_servers.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <sstream>

#include "tests/command.h"
#include "tests/running_program_posix.h"

namespace tests {
namespace {

// Neither server runs as root.
std::string as_user(const std::string& user) {
  if (geteuid() != 0) return "";
  return "setpriv --reuid=" + user + " --regid=" + user + " --clear-groups --pdeathsig KILL ";
}

fs::path newest_postgresql() {
  fs::path newest;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path programs = version.path() / "bin";
    if (fs::exists(programs / "postgres", none)) newest = std::max(newest, programs);
  }
  return newest;
}

// In memory where there is room: nobody needs these data tomorrow.
fs::path make_folder() {
  std::error_code none;
  const fs::path memory = "/dev/shm";
  const bool room = fs::space(memory, none).available > (1ull << 30) && !none && access(memory.c_str(), W_OK | X_OK) == 0;
  std::string name = ((room ? memory : fs::temp_directory_path()) / "nightchart-server-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "No database server for the tests: " << why << std::endl;
  std::abort();
}

}  // namespace

SqlServer& SqlServer::shared(ServerKind kind) {
  static std::unique_ptr<SqlServer> servers[2];
  auto& server = servers[static_cast<std::size_t>(kind)];
  if (!server) {
    server.reset(new SqlServer(kind));
    server->install();
    server->start();
  }
  return *server;
}

SqlServer::SqlServer(ServerKind kind) : kind_(kind), folder_(make_folder()), programs_(newest_postgresql()) {}

SqlServer::~SqlServer() {
  kill();
  std::error_code none;
  fs::remove_all(folder_, none);
}

std::string SqlServer::socket() const {
  return (kind_ == ServerKind::mariadb ? folder_ / "socket" : folder_).string();
}

void SqlServer::install() {
  const std::string folder = folder_.string();
  const std::string data = folder + "/data";
  const bool mariadb = kind_ == ServerKind::mariadb;
  const std::string user = mariadb ? "mysql" : "postgres";
  const std::string command =
      (geteuid() != 0 ? std::string() : "chown " + user + " '" + folder + "' && ") + as_user(user) +
      (mariadb ? "mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve "
                 "--innodb-log-file-size=8M --datadir='" + data + "'"
               : "'" + (programs_ / "initdb").string() + "' --no-sync -A trust -U postgres -E UTF8 --locale=C -D '" + data + "'") +
      " && chmod 755 '" + folder + "'";
  const Outcome outcome = tests::run(command);
  if (outcome.exit_code != 0) give_up(command + "\n" + outcome.out + outcome.err);
  // Passwords are asked of everybody but the administrator.
  if (!mariadb) write(folder + "/data/pg_hba.conf", "local all postgres trust\nlocal all all scram-sha-256\n");
}

void SqlServer::start() {
  const std::string folder = folder_.string();
  const std::string data = "'" + folder + "/data'";
  const std::string line =
      kind_ == ServerKind::mariadb
          ? "exec " + as_user("mysql") + "mariadbd --no-defaults --skip-networking --skip-log-bin --innodb-flush-log-at-trx-commit=0 "
                "--innodb-buffer-pool-size=64M --innodb-fast-shutdown=3 --tmpdir='" + folder + "' --datadir=" + data + " --socket='" + socket() + "'"
          : "exec " + as_user("postgres") + "'" + (programs_ / "postgres").string() + "' -c fsync=off -c autovacuum=off -h '' -k '" +
                folder + "' -D " + data;
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execl("/bin/sh", "sh", "-c", (line + " >'" + folder + "/log' 2>&1").c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  const std::string ask = "echo 'SELECT 1' | " + client();
  // On a machine that builds something else meanwhile it has taken over twenty seconds.
  if (!wait_until([&ask] { return tests::run(ask).exit_code == 0; }, std::chrono::minutes(2))) give_up(line + "\n" + contents(folder + "/log"));
}

void SqlServer::kill() {
  if (process_ <= 0) return;
  if (kind_ == ServerKind::postgresql) {
    // Its children end when it does, but a frozen one has to be woken for that.
    ::kill(process_, SIGCONT);
    ::kill(process_, SIGQUIT);
  } else {
    ::kill(process_, SIGKILL);
  }
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

// PostgreSQL answers in processes of their own, which descend from the first.
void SqlServer::signal_all(const char* name) const {
  const std::string process = std::to_string(process_);
  tests::run("kill -" + std::string(name) + " " + process + " $(cat /proc/" + process + "/task/" + process + "/children)");
}

void SqlServer::freeze() { signal_all("STOP"); }
void SqlServer::thaw() { signal_all("CONT"); }

double SqlServer::used_s() const {
  std::istringstream in(contents("/proc/" + std::to_string(process_) + "/stat"));
  std::string word;
  double ticks = 0, some = 0;
  for (int field = 1; field <= 13; ++field) in >> word;
  for (int field = 14; field <= 17 && in >> some; ++field) ticks += some;
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::string SqlServer::client(const std::string& database) const {
  if (kind_ == ServerKind::mariadb) {
    return "mariadb --no-defaults --default-character-set=utf8mb4 -u root -N -B -S '" + socket() + "' " + database;
  }
  return "psql -X -q -A -t -F '\t' -v ON_ERROR_STOP=1 -h '" + socket() + "' -U postgres -d " + (database.empty() ? "postgres" : database);
}

std::string SqlServer::run(const std::string& sql, const std::string& database) {
  const TemporaryFolder folder;
  write(folder.path() / "sql", sql);
  const Outcome outcome = tests::run(client(database) + " < '" + (folder.path() / "sql").string() + "'");
  EXPECT_EQ(outcome.exit_code, 0) << sql.substr(0, 500) << "\n" << outcome.err;
  return outcome.out;
}

void SqlServer::load(const fs::path& script, const std::string& database) {
  const Outcome outcome = tests::run(client(database) + " < '" + script.string() + "'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

std::string SqlServer::make_database() {
  const std::string name = "emr" + std::to_string(++made_);
  run(kind_ == ServerKind::mariadb ? "CREATE DATABASE " + name + " CHARACTER SET utf8mb4" : "CREATE DATABASE " + name + " ENCODING 'UTF8'");
  return name;
}

std::string SqlServer::make_user(const std::string& password) {
  const std::string name = "reader" + std::to_string(++made_);
  run(kind_ == ServerKind::mariadb ? "CREATE USER " + name + "@localhost IDENTIFIED BY '" + password + "'"
                                   : "CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
  return name;
}

std::string SqlServer::url(const std::string& database, const std::string& user) const {
  const bool mariadb = kind_ == ServerKind::mariadb;
  return std::string(mariadb ? "mariadb" : "postgresql") + "://" + (user.empty() ? mariadb ? "root" : "postgres" : user) +
         "@localhost/" + database + "?socket=" + socket();
}

}  // namespace tests
