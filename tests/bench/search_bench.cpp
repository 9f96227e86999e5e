// How long a keystroke takes: builds an index of N invented patients and types queries into it.
// Usage: search_bench [N]. Times are CPU time, in milliseconds; a plain scan of all names is the yardstick.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "app/record/name_folding.h"
#include "app/snapshot/search.h"
#include "exporter/copy/search_builder.h"

namespace {

double cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

std::size_t resident_bytes() {
  std::size_t total = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%zu %zu", &total, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * 4096;
}

// Names of many peoples, made of their usual beginnings and endings.
class Names {
 public:
  std::string family(std::mt19937& random) const {
    const bool blended = random() % 10 < 2;
    const std::string base = pick(kFamilyFronts, random) + pick(kFamilyEnds, random);
    if (!blended) return base;
    return pick(kFamilyFronts, random) + pick(kMiddles, random) + pick(kFamilyEnds, random) +
           (random() % 8 == 0 ? "-" + pick(kFamilyFronts, random) + pick(kFamilyEnds, random) : "");
  }
  std::string given(std::mt19937& random) const { return pick(kGivenFronts, random) + pick(kGivenEnds, random); }

 private:
  // Names near the front of a list are far more common.
  static std::string pick(const std::vector<std::string>& list, std::mt19937& random) {
    const double share = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    const auto place = static_cast<std::size_t>(share * share * static_cast<double>(list.size()));
    return list[std::min(place, list.size() - 1)];
  }

  const std::vector<std::string> kFamilyFronts = {
      "Smi", "Joh", "Wil", "Brow", "Gar", "Mil", "Mart", "Rodr", "Hern", "Lop", "Ngu", "Kow", "Mül", "Schmi", "Pet",
      "Iva", "Kuzn", "Щерб", "Hoss", "Al-", "Ö", "Wan", "Zha", "Tan", "Kim", "Par", "O'Br", "Mac", "de la ", "Øst",
      "Ber", "Dub", "Ross", "Fer", "Sil", "Kay", "Yil", "Pap", "Hor", "Nov", "Jan", "Ste", "Cohe", "Lev", "Abd", "Oka"};
  const std::vector<std::string> kMiddles = {"a", "er", "in", "ov", "el", "an", "ar", "en", "is", "or", "ul", "ich", "ed",
                                             "ak", "om", "est", "al", "un", "ib", "og", "et", "id", "av", "iz", "urs"};
  const std::vector<std::string> kFamilyEnds = {"th", "nson", "son", "ez", "ia", "man", "er", "ski", "ova", "berg", "yen"};
  const std::vector<std::string> kGivenFronts = {
      "Jo", "Ma", "An", "Mi", "Da", "El", "Ro", "Sa", "Ka", "Li", "Мар", "Mo", "Al", "Ju", "Jü", "Be", "Ch", "Ste",
      "Pa", "Th", "Fa", "Ni", "Em", "So", "Wil", "Ed", "Is", "José ", "Xi", "Yu", "Oli", "Re", "Vi", "Na", "Ge", "Ca"};
  const std::vector<std::string> kGivenEnds = {"hn", "ria", "na", "chael", "vid", "beth", "bert", "rah", "ren", "sa",
                                               "ette", "mad", "ex", "lie", "ine"};
};

app::Chart make_patient(const Names& names, std::uint32_t id) {
  std::mt19937 random(id);
  app::Chart chart;
  chart.emr_key = std::to_string(id);
  chart.mrn = std::to_string(1'000'000 + id);
  chart.names = {{"official", "", "", names.given(random) + (random() % 3 == 0 ? " " + names.given(random) : ""), names.family(random), "", ""}};
  char text[32];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u", static_cast<unsigned>(1925 + random() % 100),
                static_cast<unsigned>(1 + random() % 12), static_cast<unsigned>(1 + random() % 28));
  chart.birth_date = app::read_date(text);
  for (auto n = 1 + random() % 2; n > 0; --n) {
    std::snprintf(text, sizeof text, "(%03u) %03u-%04u", static_cast<unsigned>(200 + random() % 60),
                  static_cast<unsigned>(200 + random() % 800), static_cast<unsigned>(random() % 10'000));
    chart.telecom.push_back({"phone", "home", text});
  }
  chart.sex = random() % 2 == 0 ? "Female" : "Male";
  chart.addresses = {{"home", "", "Town " + std::to_string(random() % 40), "", "", ""}};
  return chart;
}

// What people type for one patient: names with and without an error, with date or number.
std::vector<std::string> typed_for(const app::Chart& chart, std::mt19937& random) {
  const std::string &family = chart.names[0].family, &given = chart.names[0].given;
  std::string wrong = family;
  const std::size_t at = random() % wrong.size();
  if (static_cast<unsigned char>(wrong[at]) < 0x80) wrong[at] = static_cast<char>('a' + random() % 26);
  const std::string& iso = chart.birth_date.value().iso;
  const std::string born = iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
  const std::string phone = chart.telecom[0].value;
  switch (random() % 10) {
    case 0: return {family};
    case 1: return {family + " " + given};
    case 2: return {given + " " + family};
    case 3: return {wrong};
    case 4: return {wrong + " " + given};
    case 5: return {wrong + " " + born};
    case 6: return {born};
    case 7: return {phone};
    case 8: return {chart.mrn};
    default: return {phone.substr(phone.size() - 4) + " " + family};
  }
}

void print(const char* what, std::vector<double>& times_ms) {
  std::sort(times_ms.begin(), times_ms.end());
  const std::size_t count = times_ms.size();
  std::printf("%-12s %6zu keystrokes  p50 %.3f  p99 %.3f  max %.3f ms\n", what, count, times_ms[count / 2],
              times_ms[count * 99 / 100], times_ms.back());
}

}  // namespace

int main(int argc, char** argv) {
  const auto patients = static_cast<std::uint32_t>(argc > 1 ? std::atol(argv[1]) : 100'000);
  const Names names;
  std::vector<std::string> plain;
  double start = cpu_ms(), made_ms = 0;
  for (std::uint32_t id = 1; id <= patients; ++id) {
    const app::Chart chart = make_patient(names, id);
    std::string all;
    for (const std::string& token : app::fold_query(chart.names[0].family + " " + chart.names[0].given)) all += token + ' ';
    plain.push_back(std::move(all));
  }
  const std::size_t before = resident_bytes();
  std::size_t peak = 0;
  std::map<std::string, std::string> parts;
  {
    exporter::SearchIndexBuilder builder(std::filesystem::temp_directory_path());
    start = cpu_ms();
    for (std::uint32_t id = 1; id <= patients; ++id) {
      const double making = cpu_ms();
      const app::Chart chart = make_patient(names, id);
      made_ms += cpu_ms() - making;
      if (!builder.add(id, chart).ok()) return 1;
    }
    const double add_ms = cpu_ms() - start - made_ms;
    peak = resident_bytes() - before;
    start = cpu_ms();
    auto finished = builder.finish();
    const double finish_ms = cpu_ms() - start;
    std::printf("%u patients: add %.2f us, finish %.2f us a patient; %zu bytes a patient while adding\n", patients,
                add_ms * 1e3 / patients, finish_ms * 1e3 / patients, peak / patients);
    for (exporter::SearchPart& part : finished.value()) parts.emplace(part.name, std::move(part.bytes));
  }
  std::size_t bytes = 0;
  for (const auto& [name, part] : parts) bytes += part.size();
  start = cpu_ms();
  auto index = app::SearchIndex::load([&parts](std::string_view name) -> app::Result<std::string> { return parts.at(std::string(name)); });
  if (!index.ok()) return 1;
  std::printf("index %zu bytes a patient, loaded in %.1f ms\n", bytes / patients, cpu_ms() - start);

  std::vector<double> single, several, scan, letters;
  std::mt19937 random(99);
  const app::Date today = app::read_date("2026-11-22").value();
  index.value().find("щ", 50, today);  // the transliterator is made at the first use
  std::size_t found = 0, wanted = 0;
  for (int query = 0; query < 400; ++query) {
    const app::Chart chart = make_patient(names, static_cast<std::uint32_t>(1 + random() % patients));
    for (const std::string& typed : typed_for(chart, random)) {
      for (std::size_t length = 1; length <= typed.size(); ++length) {
        const std::string text = typed.substr(0, length);
        start = cpu_ms();
        const app::Hits hits = index.value().find(text, 50, today);
        (text.find(' ') == std::string::npos ? single : several).push_back(cpu_ms() - start);
        if (length < typed.size()) continue;
        ++wanted;
        found += std::any_of(hits.hits.begin(), hits.hits.end(), [&](const app::Hit& hit) { return hit.mrn == chart.mrn; });
        start = cpu_ms();
        std::size_t seen = 0;
        for (const std::string& name : plain) seen += name.find(text) != std::string::npos;
        scan.push_back(cpu_ms() - start);
        if (seen > patients) return 1;
      }
    }
  }
  for (char a = 'a'; a <= 'z'; ++a) {
    for (const std::string& text : {std::string(1, a), std::string(1, a) + " b", std::string(1, a) + "xq zq vw kj"}) {
      start = cpu_ms();
      index.value().find(text, 50, today);
      letters.push_back(cpu_ms() - start);
    }
  }
  print("one word", single);
  print("several", several);
  print("hardest", letters);
  print("plain scan", scan);
  std::vector<double> all = single;
  all.insert(all.end(), several.begin(), several.end());
  print("all", all);
  std::printf("median keystroke / median plain scan: %.4f; the patient meant is among 50 hits: %.1f %%\n",
              all[all.size() / 2] / scan[scan.size() / 2], 100.0 * static_cast<double>(found) / static_cast<double>(wanted));
}
