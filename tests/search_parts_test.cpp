// The check of a search index, in pieces as the night makes it and in memory as a laptop does.
#include "app/snapshot/search_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "app/snapshot/search_tables.h"
#include "exporter/copy/search_builder.h"
#include "tests/temporary_folder.h"

namespace {

using Parts = std::map<std::string, std::string, std::less<>>;

// Gives eight bytes at a time, from a place that the next reading of the part makes useless.
class InCrumbs final : public app::SearchParts {
 public:
  explicit InCrumbs(const Parts& parts) : parts_(parts) {}
  app::Result<std::uint64_t> size(std::string_view part) override { return std::uint64_t{parts_.find(part)->second.size()}; }
  app::Result<std::string_view> read(std::string_view part, std::uint64_t offset) override {
    if (--reads_left_ == 0) return app::Error{app::Code::io, "The disk went away.", ""};
    std::string& crumb = crumbs_[std::string(part)];
    crumb = parts_.find(part)->second.substr(offset, 8);
    return std::string_view(crumb);
  }
  void fail_after(int reads) { reads_left_ = reads; }

 private:
  const Parts& parts_;
  std::map<std::string, std::string> crumbs_;
  int reads_left_ = -1;
};

app::Chart person(int number) {
  app::Chart chart;
  chart.mrn = std::to_string(10'000 + number);
  chart.names = {{"official", "", "", "Given" + std::string(static_cast<std::size_t>(number % 30), 'a'), "Family" + std::to_string(number % 7), "", ""}};
  chart.birth_date = app::read_date(number % 5 == 0 ? "" : "1975-03-04");
  chart.telecom = {{"phone", "home", "555-010-" + std::to_string(1000 + number)}};
  return chart;
}

Parts good_parts(int patients) {
  const tests::TemporaryFolder folder;
  exporter::SearchIndexBuilder builder(folder.path());
  for (int i = 1; i <= patients; ++i) EXPECT_TRUE(builder.add(static_cast<app::ChartId>(i), person(i)).ok());
  auto finished = builder.finish();
  EXPECT_TRUE(finished.ok());
  Parts parts;
  for (exporter::SearchPart& part : finished.value()) parts.emplace(part.name, std::move(part.bytes));
  return parts;
}

// "" if it is whole; else what is amiss.
std::string fault_in_memory(const Parts& parts) {
  const auto loaded = app::SearchTables::load(
      [&parts](std::string_view name) -> app::Result<std::string> { return parts.find(name)->second; });
  return loaded.ok() ? "" : loaded.error().detail;
}
std::string fault_in_crumbs(const Parts& parts) {
  InCrumbs crumbs(parts);
  const auto checked = app::check_search_parts(crumbs);
  return checked.ok() ? "" : checked.error().detail;
}

TEST(SearchParts, AreFoundWholeInWhateverPiecesTheyCome) {
  for (const int patients : {0, 1, 2, 300}) {
    const Parts parts = good_parts(patients);
    EXPECT_EQ(fault_in_crumbs(parts), "") << patients;
    EXPECT_EQ(fault_in_memory(parts), "") << patients;
  }
}

TEST(SearchParts, OfEachKindOfDamageTheSameIsSaidInPiecesAndInMemory) {
  const Parts good = good_parts(40);
  std::mt19937 random(3);
  std::map<std::string, int> faults;
  for (int i = 0; i < 4000; ++i) {
    Parts parts = good;
    std::string& bytes = parts.find(app::kSearchParts[random() % app::kSearchParts.size()])->second;
    switch (random() % 3) {
      case 0: bytes.resize(random() % (bytes.size() + 1)); break;
      case 1: bytes += std::string(random() % 9, '\1'); break;
      default:
        if (!bytes.empty()) bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const std::string in_memory = fault_in_memory(parts);
    ASSERT_EQ(fault_in_crumbs(parts), in_memory);
    ++faults[in_memory];
  }
  for (const char* fault : {"", "its parts do not fit together", "it names patients that are not in it",
                            "its words are out of order", "a line of it cannot be read"}) {
    EXPECT_GT(faults[fault], 0) << fault;
  }
}

TEST(SearchParts, EndsThatDescendOrStopShortAreFoundThoughTheyStayWithinTheirBytes) {
  for (const char* part : {"word-ends", "number-ends", "line-ends", "word-owner-ends"}) {
    Parts descending = good_parts(40), short_of = descending;
    std::string& ends = descending.find(part)->second;
    for (std::size_t i = 0; i < 4; ++i) std::swap(ends[i], ends[4 + i]);
    EXPECT_EQ(fault_in_crumbs(descending), "its parts do not fit together") << part;
    std::string& others = short_of.find(part)->second;
    others.replace(others.size() - 4, 4, others.substr(others.size() - 8, 4));
    EXPECT_EQ(fault_in_crumbs(short_of), "its parts do not fit together") << part;
  }
}

TEST(SearchParts, ADiskThatGoesAwayIsNoWholeIndexWhereverItHappens) {
  const Parts parts = good_parts(20);
  int reads = 1;
  for (;; ++reads) {
    InCrumbs crumbs(parts);
    crumbs.fail_after(reads);
    const auto checked = app::check_search_parts(crumbs);
    if (checked.ok()) break;
    ASSERT_EQ(checked.error().code, app::Code::io) << reads;
  }
  EXPECT_GT(reads, 100);
}

}  // namespace
