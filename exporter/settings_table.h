// One table of nightchart.toml, read key by key; what nobody asked for is an error at the end.
//
// Errors:  Code::bad_config naming the file, the table and the key, and what was perhaps meant by a key that is none.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/json.h"

namespace exporter {

class SettingsTable {
 public:
  // `json` is the table, or absent: then every key is.
  SettingsTable(const std::filesystem::path& file, std::string name, app::Json json);

  app::Error error(const std::string& key, const std::string& reason) const;

  // Without a fallback the key must be there.
  app::Result<std::string> text(const std::string& key, const char* fallback = nullptr);
  app::Result<int> number(const std::string& key, int fallback, int low, int high);
  app::Result<bool> boolean(const std::string& key, bool fallback);
  // A path relative to the file; empty when absent.
  app::Result<std::filesystem::path> path(const std::string& key, const char* fallback = nullptr);
  app::Result<std::vector<std::string>> words(const std::string& key, std::vector<std::string> fallback = {});
  // A table within this one; its keys are the caller's business.
  app::Json table(const std::string& key);

  // Whether nothing else stands there.
  app::Result<app::Done> finish() const;

 private:
  std::filesystem::path file_;
  std::string name_;
  app::Json json_;
  std::vector<std::string> known_;
};

// " Did you mean \"folder\"?", or nothing when none of the words is near.
std::string suggest(std::string_view misspelt, const std::vector<std::string>& words);

}  // namespace exporter
