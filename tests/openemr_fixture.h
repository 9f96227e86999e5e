// An invented practice in an OpenEMR database of a real MariaDB server, in the shape of version 5.0.2 and of 8.x. Each of its
// patients sets traps; who sets which stands beside the rows (openemr_rows.cpp).
#pragma once

#include <map>
#include <string>

#include "app/record/chart.h"
#include "exporter/emr/sql_source.h"
#include "tests/temporary_folder.h"

namespace tests {

enum class OpenEmrVersion { v5, v8 };

std::string openemr_tables(OpenEmrVersion version);
std::string openemr_rows(OpenEmrVersion version);

class OpenEmrPractice {
 public:
  // Made and read once for all tests of a run.
  static const OpenEmrPractice& shared(OpenEmrVersion version);
  explicit OpenEmrPractice(OpenEmrVersion version);

  // Fails the test when there is no such patient.
  const app::Chart& chart(const std::string& pid) const;
  const std::map<std::string, app::Chart>& charts() const { return charts_; }
  const exporter::ReadReport& report() const { return report_; }

  const std::string& database() const { return database_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  exporter::SqlSourceOrder order(const std::string& user = "") const;

 private:
  TemporaryFolder folder_;
  std::string database_;
  std::map<std::string, app::Chart> charts_;
  exporter::ReadReport report_;
};

// Reads all charts by their pid.
std::map<std::string, app::Chart> read_openemr(const exporter::SqlSourceOrder& order, exporter::ReadReport& report);

}  // namespace tests
