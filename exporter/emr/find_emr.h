// Looks where EMRs usually are on this computer, so that nobody must know it by heart. It opens no database and changes nothing.
//
// Errors:  none: what cannot be looked at was not found.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exporter {

struct FoundEmr {
  std::string what;  // for a person: "OpenEMR, in /var/www/html/openemr"
  bool sql = false;
  std::string pack;                 // sql; "" where nobody can tell
  std::string url;                  // sql; without a database's name where nobody can tell
  std::filesystem::path path;       // a folder of FHIR bulk data
  std::filesystem::path documents;  // where its scans are, if it says so
  std::string user;                 // sql, of a server: whom Nightchart signs in as
};

// `root` is "/", or where another system's files are to be seen. Surest first.
std::vector<FoundEmr> find_emr(const std::filesystem::path& root = "/");

// What a person typed in place of one that was found: a folder, or a database's address.
FoundEmr emr_of(const std::string& typed);

// What to type into the database, as its administrator, so that Nightchart can read it and do nothing else. "" for a file's.
std::string format_grants(const FoundEmr& emr, const std::string& password);

}  // namespace exporter
