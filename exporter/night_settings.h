// [night] of the settings: the copies between two nights, and how much of the computer a night may use.
//
// Shape:   every = "1h" or "30min", from and to as "07:00", days = ["Mon", …], workers, rows_per_second.
// Errors:  Code::bad_config with the file and the key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/error.h"
#include "app/record/json.h"
#include "app/snapshot/manifest.h"

namespace exporter {

struct NightSettings {
  int every_min = 0;  // 0: none between the nights
  int from_min = 7 * 60;
  int to_min = 19 * 60;
  std::vector<std::string> days = {"Mon", "Tue", "Wed", "Thu", "Fri"};
  int rows_per_second = 0;  // of a database, while staff work with it; 0: as [emr] says
  int workers = 0;          // cores that all threads of a run may use together; 0: all
};

// What the command line says of one run.
struct RunOrder {
  app::Occasion occasion = app::Occasion::night;
  int within_s = 0;  // 0: it may take as long as it takes
  app::Shard shard;
};

app::Result<NightSettings> read_night_settings(const std::filesystem::path& file, app::Json json);
std::string format_night_settings(const NightSettings& settings);

// The times of day, in minutes since midnight, at which a copy between the nights begins.
std::vector<int> times_of_day(const NightSettings& settings);
// "07:30".
std::string format_minutes(int minutes);

}  // namespace exporter
