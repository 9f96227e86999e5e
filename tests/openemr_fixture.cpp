#include "tests/openemr_fixture.h"

#include <gtest/gtest.h>

#include "tests/house_places.h"
#include "tests/sql_servers.h"

namespace tests {

std::map<std::string, app::Chart> read_openemr(const exporter::SqlSourceOrder& order, exporter::ReadReport& report) {
  std::map<std::string, app::Chart> charts;
  auto source = exporter::open_sql_source(order);
  if (!source.ok()) {
    ADD_FAILURE() << app::format_error(source.error());
    return charts;
  }
  while (true) {
    auto next = source.value()->next();
    if (!next.ok()) {
      ADD_FAILURE() << app::format_error(next.error());
      break;
    }
    if (!next.value()) break;
    const std::string key = next.value()->emr_key;
    charts[key] = std::move(*next.value());
  }
  report = source.value()->report();
  return charts;
}

OpenEmrPractice::OpenEmrPractice(OpenEmrVersion version) {
  SqlServer& server = SqlServer::shared(ServerKind::mariadb);
  database_ = server.make_database();
  server.run(openemr_tables(version) + openemr_rows(version), database_);
  charts_ = read_openemr(order(), report_);
}

exporter::SqlSourceOrder OpenEmrPractice::order(const std::string& user) const {
  const std::filesystem::path pack = std::filesystem::path(tests::kHouseRoot) / "templates" / "emr" / "openemr";
  exporter::SqlSourceOrder order{pack, SqlServer::shared(ServerKind::mariadb).url(database_, user), folder(), folder()};
  order.time_zone = "America/Chicago";
  return order;
}

const OpenEmrPractice& OpenEmrPractice::shared(OpenEmrVersion version) {
  static const OpenEmrPractice v5(OpenEmrVersion::v5);
  static const OpenEmrPractice v8(OpenEmrVersion::v8);
  return version == OpenEmrVersion::v5 ? v5 : v8;
}

const app::Chart& OpenEmrPractice::chart(const std::string& pid) const {
  static const app::Chart none;
  const auto found = charts_.find(pid);
  if (found != charts_.end()) return found->second;
  ADD_FAILURE() << "no chart " << pid;
  return none;
}

}  // namespace tests
