// What a practice has decided of its ring binder ([binder] in the settings), kept in each copy so that whoever prints
// from the copy prints the same.
//
// Errors:  parse: damaged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/error.h"
#include "app/record/chart.h"
#include "exporter/binder/contacts.h"

namespace exporter {

enum class BinderScope : std::uint8_t {
  booked,  // who has an appointment in the next days
  active,  // and everybody who was here lately
  none,    // no sheets: index and schedule only
};

// Whose scans are printed behind their sheets.
enum class ScanScope : std::uint8_t {
  none,
  booked,
  active,  // everybody whose sheet is in the binder
};

struct BinderSettings {
  BinderScope sheets = BinderScope::booked;
  int active_years = 3;      // active: seen or booked within so many years; 0: everybody who is alive
  bool index = true;         // every patient on one line, in each packet
  int days = 2;              // schedule and booked patients of so many days
  int volume_pages = 1000;   // of one file: what a wide ring binder holds, printed on both sides
  int packet_sheets = 1000;  // more than these are left to the printing of the whole binder
  ScanScope scans = ScanScope::none;
  std::vector<std::string> scan_categories;  // empty: of all
  int scan_newest = 3;                       // of each patient
  int scan_minutes = 60;                     // of a night: what is left then has a page that says so
  std::vector<std::string> forms = {"all"};  // blank ones, by name
  bool letter = false;
  PracticeContacts contacts;
};

std::string format_binder_settings(const BinderSettings& settings);  // as JSON
app::Result<BinderSettings> parse_binder_settings(std::string_view json);

// Whether this patient's sheet belongs into the binder, apart from those booked.
bool is_active(const app::Chart& chart, const BinderSettings& settings, const app::Date& today);

// Sentences for the cover: whose sheets are not there, and what no sheet can say. `policy` is what describe_policy() says.
std::vector<std::string> sentences_of_absence(const BinderSettings& settings,
                                              const std::vector<std::string>& sections_not_in_copy,
                                              const std::string& policy, bool copy_holds_scans);

}  // namespace exporter
