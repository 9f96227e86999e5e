// Which copies stay in a place and which may go: the newest of so many nights, weeks, months and years.
//
// Of a day that has a night's copy, those taken between the nights stay on the newest day only; they never push a night's out.
// A period without a copy does not count, so nights that fail use nothing up. The order is that of the copies' numbers, for a
// clock may jump; the periods are those of the practice's calendar.
// Errors:  none; the newest copy always stays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/record/calendar.h"

namespace exporter {

struct KeepPolicy {
  int nights = 14;
  int weeks = 8;
  int months = 12;
  int years = 3;
  int floor = 7;  // so many good copies of nights stay whatever their dates
  int hours = 24;  // of the newest day's copies between the nights, so many stay

  friend bool operator==(const KeepPolicy&, const KeepPolicy&) = default;
};

enum class KeptAs : std::uint8_t { newest, of_night, of_week, of_month, of_year, of_floor, of_hour };

// A copy that was found good.
struct GoodCopy {
  std::string name;
  std::uint64_t sequence = 0;
  app::Instant taken;
  bool between_nights = false;
};

// What a copy's name says of it: "2026-11-22T020004Z-000123". Nothing for a name of another form.
std::optional<GoodCopy> parse_name(const std::string& name);

struct KeepVerdict {
  GoodCopy copy;
  std::vector<KeptAs> reasons;  // none: it may go

  bool stays() const { return !reasons.empty(); }
};

// Newest first.
std::vector<KeepVerdict> judge_copies(std::vector<GoodCopy> copies, const KeepPolicy& policy, const std::string& time_zone);

// "the newest; of its week and month", or "no longer kept".
std::string describe(const KeepVerdict& verdict);

}  // namespace exporter
