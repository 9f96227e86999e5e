// The search index that is made through files against one made in memory without a thought for room.
#include "exporter/copy/search_builder.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "app/record/name_folding.h"
#include "app/record/sheet.h"
#include "app/snapshot/search_tables.h"
#include "exporter/copy/search_terms.h"
#include "tests/temporary_folder.h"

namespace {

using Parts = std::map<std::string, std::string>;
using app::ChartId;

constexpr std::size_t kVeryLittle_bytes = 64 << 10;

// Few enough names that many are alike, and some are none.
app::Chart random_chart(std::mt19937& random, int number) {
  const auto one_of = [&random](std::initializer_list<const char*> texts) {
    return std::string(texts.begin()[random() % texts.size()]);
  };
  app::Chart chart;
  chart.emr_key = std::to_string(number);
  chart.mrn = random() % 8 == 0 ? one_of({"", "A-1", "a 1"}) : "M-" + std::to_string(random() % 5000);
  const int names = static_cast<int>(random() % 4);
  for (int i = 0; i < names; ++i) {
    chart.names.push_back({"official", "", one_of({"", "", "Anna of the Hill"}),
                           one_of({"", "Anna", "María José", "小明", "Ольга", "أحمد", "Jo"}),
                           one_of({"", "Smith", "O'Brien", "Müller", "王", "Щербаков", "محمد", "de la Cruz", "García-López",
                                   "A name that is longer than anybody's word of a vocabulary may be in the end"}),
                           one_of({"", "Jr"}), ""});
  }
  if (random() % 5 != 0) chart.birth_date = app::read_date(one_of({"1975-03-04", "1975-03", "1975", "2001-05-06", "not a date"}));
  if (random() % 9 == 0) chart.deceased = true;
  chart.sex = one_of({"", "Female", "Male"});
  if (random() % 4 != 0) chart.addresses = {{"home", "1 Elm Street", one_of({"", "Springfield", "Łódź"}) + std::to_string(random() % 40), "", "", ""}};
  const auto numbers = random() % 3;
  for (unsigned i = 0; i < numbers; ++i) {
    chart.telecom.push_back({"phone", "home", one_of({"+49 89 1234567", "555-0100", "(555) 010-0199", "12", "0044 7700 900123"})});
    chart.identifiers.push_back({"Insurance", "", one_of({"QX-99 812", "qx99812", "0001"})});
  }
  return chart;
}

void put(std::string& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

std::string cut(const std::string& text) {
  std::size_t size = std::min<std::size_t>(text.size(), 4000);
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// By the words of FORMAT.md.
class PlainIndex {
 public:
  explicit PlainIndex(const std::vector<app::Chart>& charts) : charts_(charts) {
    std::vector<std::pair<std::string, std::size_t>> order;
    for (std::size_t i = 0; i < charts.size(); ++i) order.emplace_back(exporter::sorting_key(charts[i]), i);
    std::sort(order.begin(), order.end());
    place_.resize(charts.size());
    for (std::size_t i = 0; i < order.size(); ++i) place_[order[i].second] = static_cast<std::uint32_t>(i), order_.push_back(order[i].second);
    for (const std::string_view name : app::kSearchParts) parts_[std::string(name)];
  }

  Parts make() {
    patients();
    words();
    numbers();
    phones();
    return parts_;
  }

 private:
  std::string& part(std::string_view name) { return parts_[std::string(name)]; }
  std::uint32_t said(const std::string& text) {
    const auto found = said_.emplace(cut(text), static_cast<std::uint32_t>(said_.size()));
    if (found.second) part("said") += cut(text), put(part("said-ends"), part("said").size(), 4);
    return found.first->second;
  }
  void patients() {
    std::vector<std::string> lines;
    said("");
    for (const app::Chart& chart : charts_) {
      const std::string name = cut(app::format_name(app::shown_name(chart))), mrn = cut(chart.mrn);
      std::string line;
      app::append_small(said(chart.sex), line);
      app::append_small(said(chart.addresses.empty() ? "" : chart.addresses[0].city), line);
      app::append_small(static_cast<std::uint32_t>(name.size()), line);
      app::append_small(static_cast<std::uint32_t>(mrn.size()), line);
      lines.push_back(line + name + mrn + cut(exporter::shown_phone(chart)));
    }
    std::vector<std::pair<int, std::uint32_t>> born;
    for (const std::size_t i : order_) {
      const app::Chart& chart = charts_[i];
      const int birth = chart.birth_date.is_known() ? app::format_day_number(chart.birth_date.value()) : 0;
      if (birth != 0) born.emplace_back(birth, place_[i]);
      put(part("charts"), i + 1, 4);
      put(part("births"), static_cast<std::uint64_t>(birth), 4);
      put(part("deceased"), chart.deceased.value_or(false) || chart.deceased_date.is_known() ? 1 : 0, 1);
      part("lines") += lines[i];
      put(part("line-ends"), part("lines").size(), 4);
    }
    std::sort(born.begin(), born.end());
    for (const auto& [birth, patient] : born) put(part("by-birth"), patient, 4);
  }
  void words() {
    std::map<std::string, std::vector<std::uint32_t>> owners;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      for (const auto& word : exporter::search_words(charts_[i])) owners[word.word].push_back(place_[i] * 2 + (word.family ? 0 : 1));
    }
    std::vector<std::pair<std::string, std::uint32_t>> sounds;
    for (auto& [word, of] : owners) {
      std::sort(of.begin(), of.end());
      sounds.emplace_back(app::sound_skeleton(word), static_cast<std::uint32_t>(sounds.size()));
      part("words") += word;
      put(part("word-ends"), part("words").size(), 4);
      for (const std::uint32_t owner : of) put(part("word-owners"), owner, 4);
      put(part("word-owner-ends"), part("word-owners").size() / 4, 4);
    }
    std::sort(sounds.begin(), sounds.end());
    for (const auto& [sound, word] : sounds) put(part("words-by-sound"), word, 4);
  }
  void numbers() {
    std::vector<std::pair<std::string, std::uint32_t>> all;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      for (const auto& number : exporter::search_numbers(charts_[i])) all.emplace_back(number.number, place_[i] * 2 + (number.of_chart ? 0 : 1));
    }
    std::sort(all.begin(), all.end());
    for (const auto& [number, owner] : all) {
      part("numbers") += number;
      put(part("number-ends"), part("numbers").size(), 4);
      put(part("number-owners"), owner, 4);
    }
  }
  void phones() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> all, reversed;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      for (const std::string& phone : exporter::search_phones(charts_[i])) all.emplace_back(app::pack_digits(phone), place_[i]);
    }
    std::sort(all.begin(), all.end());
    for (const auto& [digits, patient] : all) {
      reversed.emplace_back(app::reverse_digits(digits), static_cast<std::uint32_t>(reversed.size()));
      put(part("phones"), digits, 8);
      put(part("phone-patients"), patient, 4);
    }
    std::sort(reversed.begin(), reversed.end());
    for (const auto& [digits, phone] : reversed) put(part("phones-reversed"), phone, 4);
  }

  const std::vector<app::Chart>& charts_;
  std::vector<std::uint32_t> place_;
  std::vector<std::size_t> order_;
  std::map<std::string, std::uint32_t> said_;
  Parts parts_;
};

Parts built(const std::vector<app::Chart>& charts, const std::filesystem::path& staging, std::size_t memory_bytes) {
  exporter::SearchIndexBuilder builder(staging, memory_bytes);
  for (std::size_t i = 0; i < charts.size(); ++i) EXPECT_TRUE(builder.add(static_cast<ChartId>(i + 1), charts[i]).ok());
  auto finished = builder.finish();
  EXPECT_TRUE(finished.ok());
  Parts parts;
  for (exporter::SearchPart& part : finished.value()) parts.emplace(part.name, std::move(part.bytes));
  return parts;
}

TEST(SearchBuilder, MakesTheSameIndexHoweverLittleOfItFitsIntoMemory) {
  const tests::TemporaryFolder folder;
  for (const int patients : {0, 1, 7, 3000}) {
    std::mt19937 random(static_cast<unsigned>(patients));
    std::vector<app::Chart> charts;
    for (int i = 0; i < patients; ++i) charts.push_back(random_chart(random, i));
    const Parts plain = PlainIndex(charts).make();
    ASSERT_EQ(plain.size(), app::kSearchParts.size());
    for (const std::size_t memory : {kVeryLittle_bytes, exporter::SearchIndexBuilder::kMemory_bytes}) {
      const Parts parts = built(charts, folder.path(), memory);
      for (const auto& [name, bytes] : plain) {
        EXPECT_TRUE(parts.contains(name)) << name;
        EXPECT_TRUE(parts.contains(name) && parts.at(name) == bytes) << name << " of " << patients << " patients differs";
      }
      EXPECT_EQ(parts.size(), plain.size());
    }
  }
}

// Counts what the process holds at each piece, and drops the pieces.
class Weighing final : public exporter::SearchPartKeeper {
 public:
  app::Result<app::Done> begin(std::string_view, std::uint64_t) override { return app::Done{}; }
  app::Result<app::Done> add(std::string_view piece) override {
    bytes += piece.size();
    weigh();
    return app::Done{};
  }
  app::Result<app::Done> end() override { return app::Done{}; }
  void weigh() { most = std::max(most, held()); }
  static std::size_t held() {
    const auto all = mallinfo2();
    return all.uordblks + all.hblkhd;
  }

  std::size_t bytes = 0;
  std::size_t most = 0;
};

TEST(SearchBuilder, HoldsNoMoreThanItMayAndThePlacesOfPatientsHoweverManyThereAre) {
  if (Weighing::held() == 0) GTEST_SKIP() << "this allocator does not say what is held";
  const tests::TemporaryFolder folder;
  constexpr int kPatients = 20'000;
  constexpr std::size_t kBlocks_bytes = 2u << 20;  // of parts, runs and batches, however many patients there are
  const auto weigh = [&folder](int patients) {
    const std::size_t before = Weighing::held();
    Weighing weighing;
    exporter::SearchIndexBuilder builder(folder.path(), kVeryLittle_bytes);
    std::mt19937 random(7);
    for (int i = 0; i < patients; ++i) {
      app::Chart chart = random_chart(random, i);
      chart.mrn = "M-" + std::to_string(random());
      EXPECT_TRUE(builder.add(static_cast<ChartId>(i + 1), chart).ok());
      weighing.weigh();
    }
    EXPECT_TRUE(builder.finish(weighing).ok());
    EXPECT_GT(weighing.bytes, static_cast<std::size_t>(patients) * 100) << "too little to tell";
    return weighing.most - before;
  };
  (void)weigh(100);  // what is kept for good: tables of letters, names' keys
  EXPECT_LT(weigh(kPatients), kVeryLittle_bytes + kBlocks_bytes + kPatients * 16);
}

}  // namespace
