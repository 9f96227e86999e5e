#include "exporter/practice/practice.h"

#include <chrono>
#include <optional>

#include "app/record/calendar.h"
#include "exporter/practice/record_of.h"

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr std::int64_t kMostPatients = 100'000'000;
constexpr std::int64_t kTellEvery = 1000;
constexpr std::int64_t kScansEvery = 5;  // drawing one takes longer than inventing a patient

Result<int> today_of(const PracticeOrder& order) {
  if (order.today.empty()) return static_cast<int>(app::now().s / 86'400);
  const auto read = app::read_date(order.today);
  if (!read.is_known() || read.value().precision != app::Precision::day) {
    return Error{Code::bad_config, "\"" + order.today + "\" is no day; write it as 2026-11-22.", ""};
  }
  const app::Date& date = read.value();
  const std::chrono::year_month_day day{std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
                                        std::chrono::day{static_cast<unsigned>(date.day)}};
  return static_cast<int>(std::chrono::sys_days{day}.time_since_epoch().count());
}

}  // namespace

Result<Done> make_practice(const PracticeOrder& order, const PracticeProgress& progress) {
  if (order.patients < 1 || order.patients > kMostPatients) {
    return Error{Code::bad_config, "A practice has between 1 and 100,000,000 patients.", ""};
  }
  TRY_GET(const int today_d, today_of(order));
  TRY_GET(Tables tables, Tables::create(order.out, order.dialect));
  std::optional<Papers> papers;
  if (!order.documents.empty()) {
    TRY_GET(papers, Papers::open(order.documents));
  }
  Random random(order.seed);
  write_catalogues(tables, random);
  for (std::int64_t id = 1; id <= order.patients;) {
    const Household household = make_household(random, id, today_d);
    for (const Person& person : household.people) {
      if (id > order.patients) break;
      write_particulars(person, household, tables, random, papers && id % kScansEvery == 1 ? &*papers : nullptr);
      Health health = write_health(person, tables, random, today_d);
      write_care(person, health, tables, random, today_d);
      if (progress && id % kTellEvery == 0) progress(id, order.patients);
      ++id;
    }
  }
  if (papers) TRY(papers->close());
  TRY(tables.close());
  if (progress) progress(order.patients, order.patients);
  return Done{};
}

}  // namespace exporter
