// The parts of a practice, searched together, answer as one copy of all patients does.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "app/snapshot/search.h"
#include "exporter/copy/search_builder.h"
#include "tests/temporary_folder.h"

namespace {

constexpr int kPatients = 400;

app::Chart person(int number) {
  constexpr const char* kFamilies[] = {"Smith", "Smythe", "Smit", "Schmidt", "Garcia", "Garcia Lopez", "O'Brien", "Macdonald", "Müller", "Mueller", "Jones", "Johns"};
  constexpr const char* kGiven[] = {"Anna", "Anne", "Ana", "John", "Joan", "Jon", "Maria", "Mary", "Smith", "Peter"};
  app::Chart chart;
  const std::string digits = std::to_string(1000 + number);
  chart.emr_key = "key-" + digits;
  chart.mrn = digits;
  // Nobody has another's name and birth date: the order of lists is then one.
  chart.names = {{"official", "", "", std::string(kGiven[number / 12 % 10]) + " " + digits, kFamilies[number % 12], "", ""}};
  chart.birth_date = app::read_date(std::to_string(1930 + number % 80) + "-0" + std::to_string(1 + number % 9) + "-1" + std::to_string(number % 7));
  chart.telecom = {{"phone", "home", "555-0" + digits}};
  return chart;
}

app::SearchIndex index_of(const std::vector<app::Chart>& charts) {
  const tests::TemporaryFolder staging;
  exporter::SearchIndexBuilder builder(staging.path());
  for (std::size_t i = 0; i < charts.size(); ++i) EXPECT_TRUE(builder.add(static_cast<app::ChartId>(i + 1), charts[i]).ok());
  std::map<std::string, std::string> parts;
  for (const exporter::SearchPart& part : builder.finish().value()) parts.emplace(part.name, part.bytes);
  return app::SearchIndex::load([&parts](std::string_view name) -> app::Result<std::string> { return parts.at(std::string(name)); }).value();
}

std::vector<std::string> mrns(const app::Hits& hits) {
  std::vector<std::string> all;
  for (const app::Hit& hit : hits.hits) all.push_back(hit.mrn + (hit.exact ? "" : "~"));
  return all;
}

class SearchTogether : public testing::Test {
 protected:
  SearchTogether() : whole_(index_of(charts())) {
    for (int part = 0; part < 3; ++part) {
      std::vector<app::Chart> some;
      // Of different sizes, one of them tiny.
      for (int i = 0; i < kPatients; ++i)
        if ((i % 40 == 0 ? 2 : i % 3 == 0 ? 1 : 0) == part) some.push_back(person(i));
      parts_.push_back(index_of(some));
    }
  }
  static std::vector<app::Chart> charts() {
    std::vector<app::Chart> all;
    for (int i = 0; i < kPatients; ++i) all.push_back(person(i));
    return all;
  }
  app::HitsTogether together(const std::string& typed, std::size_t most) {
    std::vector<app::SearchIndex*> parts;
    for (app::SearchIndex& part : parts_) parts.push_back(&part);
    return app::SearchIndex::find_together(parts, typed, most, today_);
  }

  const app::Date today_ = app::read_date("2026-11-22").value();
  app::SearchIndex whole_;
  std::vector<app::SearchIndex> parts_;
};

TEST_F(SearchTogether, GivesWhatOneIndexGivesInItsOrderAndWithItsTotal) {
  for (const std::size_t most : {5u, 100u, 1000u}) {
    for (const std::string typed : {"smi", "smith", "smith anna", "ann smi", "smiht", "smoth", "garcya", "lopes maria", "mac donald", "schmitt jon", "1012",
                                    "555 01012", "3/1935", "smith 1936", "mueller", "muller an", "obrian", "peeter", "jonez", "q", "", "smithe anna 1001", "jon"}) {
      const app::Hits one = whole_.find(typed, most, today_);
      const app::HitsTogether all = together(typed, most);
      EXPECT_EQ(mrns(all.hits), mrns(one)) << typed << " " << most;
      EXPECT_EQ(all.hits.total, one.total) << typed << " " << most;
      EXPECT_EQ(all.hits.more, one.more) << typed << " " << most;
    }
  }
}

TEST_F(SearchTogether, SaysInWhichPartEachHitIs) {
  const app::HitsTogether all = together("smith", 100);
  ASSERT_FALSE(all.hits.hits.empty());
  ASSERT_EQ(all.parts.size(), all.hits.hits.size());
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    const auto there = parts_[all.parts[i]].find_mrn(all.hits.hits[i].mrn);
    ASSERT_EQ(there.size(), 1u);
    EXPECT_EQ(there[0], all.hits.hits[i].chart);
  }
}

TEST_F(SearchTogether, OfNoIndexIsNobody) {
  EXPECT_EQ(app::SearchIndex::find_together({}, "smith", 10, today_).hits.total, 0u);
}

}  // namespace
