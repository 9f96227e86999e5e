#include "exporter/policy/policy.h"

#include "app/record/chart.h"
#include "app/record/sheet_words.h"

namespace exporter {

const std::vector<std::string_view>& sections_with_age() {
  static const std::vector<std::string_view> sections = {"medications", "problems", "results", "vital_signs", "procedures",
                                                         "visits",      "notes",    "appointments", "documents"};
  return sections;
}

app::Date first_day_kept(const app::Date& today, int months) {
  int count = today.year * 12 + today.month - 1 - months;
  if (months % 12 == 0) count -= today.month - 1;
  app::Date day;
  day.year = count / 12;
  day.month = count % 12 + 1;
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  day.iso = std::to_string(day.year) + "-" + two(day.month) + "-01";
  return day;
}

namespace {

std::string title_of(std::string_view id) {
  for (const app::SectionInfo& info : app::kSections) {
    if (info.id == id) return app::lower_ascii(info.title);
  }
  return std::string(id);
}

std::string describe_patients(const Policy& policy, const app::Date& today) {
  std::vector<std::string> only;
  if (policy.only_active) only.push_back("seen since " + app::format_day(first_day_kept(today, policy.active_months)));
  if (!policy.sites.empty()) only.push_back("of " + app::join(policy.sites, ", "));
  if (policy.with_provider) only.push_back("with a provider of their own");
  if (only.empty()) return {};
  return "Only patients " + app::join(only, ", ") + " are in the copy" +
         (policy.left_out == Listing::named ? "; of others only the name. " : ". ");
}

}  // namespace

std::string describe_policy(const Policy& policy, const app::Date& today) {
  std::string text = describe_patients(policy, today);
  std::vector<std::string> cuts;
  for (const auto& [section, months] : policy.months) {
    if (months > 0) cuts.push_back(title_of(section) + " before " + app::format_day(first_day_kept(today, months)));
  }
  if (!cuts.empty()) text += "Not in it by their age: " + app::join(cuts, ", ") + ". ";
  const bool withholds_any = !policy.entries.kinds.empty() || !policy.entries.codes.empty() || !policy.entries.places.empty() ||
                             !policy.entries.titles.empty() || !policy.withheld.empty();
  if (withholds_any) text += "What the practice's policy withholds is not in it; where that is so, the sheet says how much. ";
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace exporter
