// What an EMR's database and its mapping pack give, for whoever is writing or mending the pack: counts and faults.
//
// Holds no word of any patient but the EMR's own keys of the first few.
// Errors:  as open_sql_source(); faults of single files are told in the result instead.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/error.h"
#include "exporter/emr/chart_source.h"
#include "exporter/emr/sql_source.h"

namespace exporter {

inline constexpr std::size_t kChartsShown = 10;

struct EmrCheck {
  std::string pack;
  std::string reads;    // what the pack says that it is for
  std::string version;  // the EMR's, as the pack asks for it
  std::string product;  // the database's
  struct File {
    std::string name;
    std::string part;
  };
  std::vector<File> files;          // that are read
  std::vector<app::Error> faults;   // of files that must be mended
  std::vector<app::Error> unread;   // of tables that are not there or may not be read
  std::vector<std::string> left_out;     // "medications.2.sql: lists_medication is not there"
  std::vector<std::string> not_in_copy;  // sections
  struct Shown {
    std::string key;
    std::map<std::string, std::size_t> counts;  // by section
    std::size_t unreadable = 0;
  };
  std::vector<Shown> charts;
  ReadReport report;
  std::map<std::string, std::uint64_t> unreadable;  // by "section, field: reason"
  double took_s = 0;

  // Whether all that the pack asks for was read.
  bool whole() const { return faults.empty() && unread.empty() && report.skipped == 0 && report.unreadable == 0; }
};

app::Result<EmrCheck> check_emr(const SqlSourceOrder& order, const std::function<void(const std::string&)>& progress);

std::string format_check(const EmrCheck& check);
std::string format_check_json(const EmrCheck& check);

}  // namespace exporter
