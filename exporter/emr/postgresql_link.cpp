#include "exporter/emr/postgresql_link.h"

#include <libpq-fe.h>

#include <algorithm>
#include <optional>

#include "exporter/emr/postgresql_faults.h"
#include "exporter/emr/socket_wait_posix.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr int kConnectLeast_s = 2;  // libpq takes less for no limit

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

PostgresqlFault fault_of(const PGconn* connection, const PGresult* answer) {
  PostgresqlFault fault;
  if (answer != nullptr) {
    fault.sqlstate = text_of(PQresultErrorField(answer, PG_DIAG_SQLSTATE));
    fault.message = text_of(PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY));
  }
  if (fault.message.empty()) fault.message = text_of(PQerrorMessage(connection));
  while (!fault.message.empty() && fault.message.back() == '\n') fault.message.pop_back();
  fault.lost = PQstatus(connection) != CONNECTION_OK || fault.sqlstate.starts_with("57P");
  return fault;
}

}  // namespace

struct PostgresqlLink::State {
  PGconn* connection = nullptr;
  PostgresqlPlace place;
  char* line = nullptr;
  bool copying = false;

  ~State() {
    PQfreemem(line);
    PQfinish(connection);
  }

  Error read_error(const PGresult* answer) const { return postgresql_read_error(place, fault_of(connection, answer)); }

  // Until something can be read without waiting.
  Result<Done> await() const {
    switch (wait_to_read(PQsocket(connection), place.read_timeout_s)) {
      case Waited::ready: break;
      case Waited::too_long: return postgresql_read_error(place, {"", "no answer", true});
      case Waited::failed: return read_error(nullptr);
    }
    if (PQconsumeInput(connection) == 0) return read_error(nullptr);
    return Done{};
  }

  Result<Answer> next_answer() const {
    while (PQisBusy(connection) == 1) TRY(await());
    return Answer(PQgetResult(connection), PQclear);
  }

  // The answer to what was sent, once all of it is here.
  Result<Answer> whole_answer() const {
    Answer last(nullptr, PQclear);
    while (true) {
      TRY_GET(Answer answer, next_answer());
      if (!answer) return last;
      last = std::move(answer);
      const auto status = PQresultStatus(last.get());
      if (status == PGRES_COPY_OUT || status == PGRES_COPY_IN || status == PGRES_COPY_BOTH) return last;
    }
  }

  Result<Answer> run(const std::string& sql) const {
    if (PQsendQuery(connection, sql.c_str()) == 0) return read_error(nullptr);
    return whole_answer();
  }
};

PostgresqlLink::PostgresqlLink(std::unique_ptr<State> state) : state_(std::move(state)) {}
PostgresqlLink::~PostgresqlLink() = default;

Result<std::unique_ptr<PostgresqlLink>> PostgresqlLink::open(const SqlUrl& url, const SqlLogin& login,
                                                             const std::string& password) {
  std::string host = url.option("socket");
  std::string port = url.port == 0 ? "" : std::to_string(url.port);
  // The socket is a file in a folder, and libpq wants the folder and the number in the file's name.
  if (const auto at = host.rfind("/.s.PGSQL."); at != std::string::npos) {
    port = host.substr(at + 10);
    host.resize(at);
  }
  if (host.empty()) host = url.host;
  std::string tls = url.option("tls");
  if (tls.empty()) tls = url.is_local() ? "off" : "verify";
  const std::string authority = url.option("tls_ca").empty() ? "/etc/ssl/certs/ca-certificates.crt"
                                                             : (login.folder / url.option("tls_ca")).lexically_normal().string();
  const std::string wait_s = std::to_string(std::max(login.connect_timeout_s, kConnectLeast_s));
  const std::pair<const char*, std::string> given[] = {
      {"host", host}, {"port", port}, {"user", url.user}, {"password", password}, {"dbname", url.database},
      {"connect_timeout", wait_s}, {"client_encoding", "UTF8"}, {"application_name", "nightchart"},
      {"sslmode", tls == "off" ? "disable" : tls == "trust" ? "require" : "verify-full"},
      {"sslrootcert", tls == "verify" ? authority : ""}};
  std::vector<const char*> words, values;
  for (const auto& [word, value] : given) {
    if (!value.empty()) words.push_back(word), values.push_back(value.c_str());
  }
  words.push_back(nullptr), values.push_back(nullptr);

  auto state = std::make_unique<State>();
  state->place = {url.place(), url.user, url.database, login.read_timeout_s};
  state->connection = PQconnectdbParams(words.data(), values.data(), 0);
  if (state->connection == nullptr) return Error{Code::io, "No memory is left.", "PQconnectdbParams"};
  if (PQstatus(state->connection) != CONNECTION_OK) {
    return postgresql_connect_error(state->place, PQconnectionNeedsPassword(state->connection) != 0,
                                    fault_of(state->connection, nullptr));
  }
  state->place.user = text_of(PQuser(state->connection));
  // What the server remarks belongs in no terminal.
  PQsetNoticeProcessor(state->connection, [](void*, const char*) {}, nullptr);
  auto link = std::unique_ptr<PostgresqlLink>(new PostgresqlLink(std::move(state)));
  // Such a database never looked at its texts, and would refuse to give one that is no UTF-8.
  if (text_of(PQparameterStatus(link->state_->connection, "server_encoding")) == "SQL_ASCII") {
    TRY(link->ask("SET client_encoding = 'SQL_ASCII'"));
  }
  return link;
}

Result<std::vector<std::vector<std::string>>> PostgresqlLink::ask(const std::string& sql) {
  TRY_GET(const Answer answer, state_->run(sql));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return state_->read_error(answer.get());
  std::vector<std::vector<std::string>> rows(static_cast<std::size_t>(PQntuples(answer.get())));
  for (int r = 0; r < PQntuples(answer.get()); ++r) {
    for (int c = 0; c < PQnfields(answer.get()); ++c) {
      rows[static_cast<std::size_t>(r)].emplace_back(PQgetvalue(answer.get(), r, c));
    }
  }
  return rows;
}

Result<std::vector<PostgresqlColumn>> PostgresqlLink::describe(const std::string& sql) {
  // An error would end the transaction, and with it the one moment that is read.
  TRY(ask("SAVEPOINT nightchart"));
  std::vector<PostgresqlColumn> columns;
  std::optional<Error> fault;
  PGconn* connection = state_->connection;
  const auto answered = [&](int sent) -> Result<Answer> {
    if (sent == 0) return state_->read_error(nullptr);
    TRY_GET(Answer answer, state_->whole_answer());
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
    return postgresql_select_error(state_->place, fault_of(connection, answer.get()));
  };
  const auto look = [&]() -> Result<Done> {
    TRY(answered(PQsendPrepare(connection, "nightchart", sql.c_str(), 0, nullptr)));
    TRY_GET(const Answer shape, answered(PQsendDescribePrepared(connection, "nightchart")));
    for (int c = 0; c < PQnfields(shape.get()); ++c) {
      columns.push_back({text_of(PQfname(shape.get(), c)), PQftype(shape.get(), c)});
    }
    if (PQnfields(shape.get()) == 0) return Error{Code::bad_config, "This is not a SELECT.", ""};
    if (PQnparams(shape.get()) != 0) {
      return Error{Code::bad_config, "A \"$1\" stands in this SELECT, and nothing can be put in its place.", ""};
    }
    // Rights are asked for only when a statement begins, or would.
    TRY(answered(PQsendQuery(connection, "EXPLAIN EXECUTE nightchart")));
    TRY(answered(PQsendQuery(connection, "DEALLOCATE nightchart")));
    return Done{};
  };
  const auto looked = look();
  if (looked.ok()) {
    TRY(ask("RELEASE SAVEPOINT nightchart"));
    return columns;
  }
  TRY(ask("ROLLBACK TO SAVEPOINT nightchart"));
  state_->run("DEALLOCATE ALL").ok();
  return looked.error();
}

Result<Done> PostgresqlLink::begin_copy(const std::string& sql) {
  // On lines of its own, so that a SELECT may end with a comment.
  TRY_GET(const Answer answer, state_->run("COPY (\n" + sql + "\n) TO STDOUT"));
  if (PQresultStatus(answer.get()) != PGRES_COPY_OUT) return state_->read_error(answer.get());
  state_->copying = true;
  return Done{};
}

Result<PostgresqlLink::Line> PostgresqlLink::next_line() {
  State& state = *state_;
  while (state.copying) {
    PQfreemem(state.line);
    state.line = nullptr;
    const int size = PQgetCopyData(state.connection, &state.line, 1);
    if (size > 0) return Line{state.line, static_cast<std::size_t>(size) - 1};
    if (size == 0) {
      TRY(state.await());
      continue;
    }
    if (size == -2) return state.read_error(nullptr);
    state.copying = false;
    TRY_GET(const Answer answer, state.whole_answer());
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return state.read_error(answer.get());
  }
  return Line{};
}

std::string PostgresqlLink::version() const {
  const std::string version = text_of(PQparameterStatus(state_->connection, "server_version"));
  return version.substr(0, version.find(' '));
}

}  // namespace exporter
