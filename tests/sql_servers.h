// Real database servers of a test run's own: no network, a socket in a temporary folder, gone when the tests are.
//
// A server is started when a test first asks for it, and serves all tests of the run; each has a database of its own.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

#include "exporter/emr/sql_source.h"

namespace tests {

enum class ServerKind { mariadb, postgresql };

class SqlServer {
 public:
  // Aborts the test run when the server's programs are not installed: ./test installs them.
  static SqlServer& shared(ServerKind kind);
  ~SqlServer();
  SqlServer(const SqlServer&) = delete;
  SqlServer& operator=(const SqlServer&) = delete;

  // As the server's administrator; returns what it answers, cells apart by tabs. What it complains of fails the test.
  std::string run(const std::string& sql, const std::string& database = "");
  void load(const std::filesystem::path& script, const std::string& database);
  // A new and empty database in UTF-8.
  std::string make_database();
  // A user who may do nothing yet.
  std::string make_user(const std::string& password = "");
  std::string url(const std::string& database, const std::string& user = "") const;
  ServerKind kind() const { return kind_; }
  std::string socket() const;
  // A command line of the server's own client, as administrator.
  std::string client(const std::string& database = "") const;

  // Of the processor, so far, by the server and by its children that have ended.
  double used_s() const;

  void kill();  // as a power cut would
  void start();
  // Stops it from answering, and lets it go on.
  void freeze();
  void thaw();

 private:
  explicit SqlServer(ServerKind kind);
  void install();
  void signal_all(const char* name) const;

  ServerKind kind_;
  std::filesystem::path folder_;
  std::filesystem::path programs_;  // of PostgreSQL
  pid_t process_ = -1;
  int made_ = 0;
};

}  // namespace tests
