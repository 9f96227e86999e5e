#include "exporter/settings_table.h"

#include <algorithm>
#include <numeric>

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Error;
using app::Json;
using app::Result;

// How many letters to change, drop or put in to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace

std::string suggest(std::string_view misspelt, const std::vector<std::string>& words) {
  const std::string* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(1, misspelt.size() / 3) + 1;
  for (const std::string& word : words) {
    if (const std::size_t far = distance(misspelt, word); far < least) nearest = &word, least = far;
  }
  return nearest == nullptr ? "" : " Did you mean \"" + *nearest + "\"?";
}

SettingsTable::SettingsTable(const fs::path& file, std::string name, Json json)
    : file_(file), name_(std::move(name)), json_(json) {}

Error SettingsTable::error(const std::string& key, const std::string& reason) const {
  return Error{Code::bad_config, file_.string() + ": [" + name_ + "] " + key + " " + reason, ""};
}

Result<std::string> SettingsTable::text(const std::string& key, const char* fallback) {
  known_.push_back(key);
  const Json value = json_[key];
  if (!value.exists()) {
    if (fallback) return std::string(fallback);
    // A misspelt key is why this one is missing, more often than not.
    for (const auto& [name, other] : json_.members()) {
      if (!suggest(name, {key}).empty()) return error(std::string(name), "is no key of this table." + suggest(name, {key}));
    }
    return error(key, "is missing.");
  }
  if (!value.is_text()) return error(key, "must be a text in quotation marks.");
  return std::string(value.text());
}

Result<int> SettingsTable::number(const std::string& key, int fallback, int low, int high) {
  known_.push_back(key);
  const Json value = json_[key];
  if (!value.exists()) return fallback;
  const auto number = value.integer();
  if (!number || *number < low || *number > high) {
    return error(key, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  return static_cast<int>(*number);
}

Result<bool> SettingsTable::boolean(const std::string& key, bool fallback) {
  known_.push_back(key);
  const Json value = json_[key];
  if (!value.exists()) return fallback;
  if (!value.boolean()) return error(key, "must be true or false.");
  return *value.boolean();
}

Result<fs::path> SettingsTable::path(const std::string& key, const char* fallback) {
  TRY_GET(const std::string value, text(key, fallback));
  if (value.empty()) return fs::path();
  return fs::absolute(file_.parent_path() / value).lexically_normal();
}

app::Result<std::vector<std::string>> SettingsTable::words(const std::string& key, std::vector<std::string> fallback) {
  const app::Json list = table(key);
  if (!list.exists()) return fallback;
  const app::Error refusal = error(key, "must be a list of texts: [\"…\", \"…\"].");
  std::vector<std::string> words;
  if (!list.is_array()) return refusal;
  for (const app::Json item : list.items()) {
    if (!item.is_text() || item.text().empty()) return refusal;
    words.emplace_back(item.text());
  }
  return words;
}

Json SettingsTable::table(const std::string& key) {
  known_.push_back(key);
  return json_[key];
}

Result<app::Done> SettingsTable::finish() const {
  for (const auto& [key, value] : json_.members()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    std::string allowed;
    for (const std::string& name : known_) allowed += (allowed.empty() ? "" : ", ") + name;
    return error(std::string(key), "is no key of this table." + suggest(key, known_) + " Its keys are: " + allowed + ".");
  }
  return app::Done{};
}

}  // namespace exporter
