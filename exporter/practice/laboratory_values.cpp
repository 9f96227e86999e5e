#include "exporter/practice/laboratory_values.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace exporter {
namespace {

constexpr int kPower[] = {1, 10, 100};

// Whole numbers of the last digit shown, so that every machine writes the same.
int in_last_digit(double value, int digits) { return static_cast<int>(std::lround(value * kPower[digits])); }

std::string format_value(int scaled, int digits) {
  std::string text = std::to_string(scaled / kPower[digits]);
  if (digits == 0) return text;
  const std::string rest = std::to_string(kPower[digits] + scaled % kPower[digits]);
  return text + '.' + rest.substr(1);
}

const LabEffect* effect_on(const LabTest& test, const Health& health, int day) {
  for (const LabEffect& effect : lab_effects()) {
    if (std::string_view(effect.test) != test.text) continue;
    const std::string_view cause = effect.cause;
    const bool ill = std::any_of(health.ills.begin(), health.ills.end(), [&](const Ill& i) { return cause == i.condition->text && i.onset_d <= day; });
    const bool taken = std::any_of(health.drugs.begin(), health.drugs.end(), [&](const Drug* d) { return cause == d->name; });
    if (ill || taken) return &effect;
  }
  return nullptr;
}

// Whether a value is asked for at all when nothing is wrong.
int usual_share(std::string_view panel, const Person& person, int age) {
  if (panel == "Complete blood count") return 45;
  if (panel == "Basic metabolic panel") return age >= 18 ? 60 : 10;
  if (panel == "Lipid panel") return age >= 30 ? 35 : 0;
  if (panel == "Hemoglobin A1c") return age >= 40 ? 15 : 0;
  if (panel == "Thyroid") return age >= 25 ? 14 : 0;
  if (panel == "PSA") return !person.woman && age >= 50 ? 30 : 0;
  if (panel == "C-reactive protein") return 3;
  if (panel == "Lead") return age < 6 ? 80 : 0;
  return 0;
}

}  // namespace

void write_laboratory(const Person& person, const Health& health, int day, int minutes, int clinician, Tables& tables, Random& random) {
  const std::string taken = format_iso_time(day, minutes + 20);
  const std::string reported = format_iso_day(std::min(day + random.between(0, 3), person.last_d));
  const int age = person.age_on(day);
  std::string_view panel;
  bool wanted = false;
  for (std::size_t i = 0; i < lab_tests().size(); ++i) {
    const LabTest& test = lab_tests()[i];
    const LabEffect* effect = effect_on(test, health, day);
    if (panel != test.panel) {
      panel = test.panel;
      wanted = random.percent(usual_share(panel, person, age));
    }
    if (!wanted && effect == nullptr) continue;
    const int low = in_last_digit(person.woman ? test.women_low : test.low, test.digits);
    const int high = in_last_digit(person.woman ? test.women_high : test.high, test.digits);
    const int from = effect != nullptr ? in_last_digit(effect->from, test.digits) : low;
    const int to = effect != nullptr ? in_last_digit(effect->to, test.digits) : high;
    int value = random.between(from, to);
    if (effect == nullptr && random.percent(5)) value = random.percent(50) ? high + 1 + (high - low) / 12 : std::max(0, low - 1 - (high - low) / 12);
    const char* flag = value > high + (high - low) ? "HH" : value > high ? "H" : value < low - (high - low) / 2 ? "LL" : value < low ? "L" : "";
    const std::string range = format_value(low, test.digits) + '-' + format_value(high, test.digits);
    std::string text = format_value(value, test.digits);
    if (std::string_view(test.text) == "eGFR" && value > 90) text = ">90", flag = "";
    const bool spoiled = random.in_thousand(4);
    tables.append(Table::lab_results, person.id,
                  {static_cast<int>(i) + 1, spoiled ? std::string("Hemolyzed, not reported") : text, range, spoiled ? "" : flag,
                   random.percent(97) ? "final" : "preliminary", taken, reported, clinician, ""});
  }
}

}  // namespace exporter
