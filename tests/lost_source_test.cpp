// The EMR goes away, or changes, while the night reads it.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdio>
#include <fstream>

#include "exporter/practice/practice.h"
#include "tests/command.h"
#include "tests/night_faults.h"
#include "tests/sql_servers.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallEmr;
using tests::SmallPractice;

// Either all that the EMR had is in the copy, or the night says that it has failed and publishes nothing.
void expect_all_or_nothing(const SmallPractice& practice, const std::string& before, const NightOutcome& night, int& failed) {
  EXPECT_EQ(night.signal, 0);
  EXPECT_FALSE(night.hung);
  if (night.exit_code == 0) {
    EXPECT_EQ(tests::counts_of_newest(practice.copies()), practice.counts()) << "less than all, without a word";
    return;
  }
  ++failed;
  EXPECT_FALSE(night.err.empty());
  for (const fs::path& home : practice.homes_of_copies()) EXPECT_EQ(tests::newest_whole_copy(home), before) << night.out << night.err;
}

// Something befalls the EMR's file or folder at some of the night's calls there. `mend` undoes it.
template <typename Befall, typename Mend>
int befall_the_emr(const SmallPractice& practice, const std::string& sorts, std::size_t first, Befall befall, Mend mend) {
  std::string before = tests::expect_a_good_night(practice);
  const std::size_t calls = tests::count_calls(tests::run_night(practice), sorts, practice.emr());
  before = tests::expect_a_good_night(practice);
  EXPECT_GT(calls, first + 5);
  const auto count = static_cast<std::size_t>(tests::how_many(10, static_cast<int>(calls - first)));
  int failed = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = first + i * (calls - first) / (count - 1);
    SCOPED_TRACE(number);
    const auto night = befall(number);
    expect_all_or_nothing(practice, before, night, failed);
    mend();
    before = tests::expect_survival(practice, before);
  }
  return failed;
}

class LostSource : public testing::TestWithParam<SmallEmr> {};

TEST_P(LostSource, ThatCannotBeReadAnyMorePublishesNothing) {
  const SmallPractice practice({.emr = GetParam()});
  int failed = 0;
  for (const char* how_long : {"once", "ever"}) {
    failed += befall_the_emr(practice, "", 1, [&](std::size_t number) {
      return tests::run_night(practice, {.fault = tests::fault(std::to_string(EIO), number, how_long, "", practice.emr())});
    }, [] {});
  }
  EXPECT_GE(failed, 12);
}

// `what` happens to the EMR while the night has been stopped at a call on it.
template <typename What>
int meanwhile(const SmallPractice& practice, What what) {
  const fs::path kept = practice.beside() / "kept";
  fs::copy(practice.emr(), kept, fs::copy_options::recursive);
  // Before these the night has only looked at sizes and times, and not seen what the EMR had.
  const auto entries = fs::is_directory(practice.emr()) ? std::distance(fs::directory_iterator(practice.emr()), {}) : 0;
  const std::size_t first = 4 + 2 * static_cast<std::size_t>(entries) + (entries == 0 ? 0 : 1);
  const int failed = befall_the_emr(practice, "r", first, [&](std::size_t number) {
    return tests::run_night(practice, {.fault = tests::fault("stop", number, "once", "r", practice.emr()), .on_stop = [&](int) { what(); }});
  }, [&] {
    fs::remove_all(practice.emr());
    fs::copy(kept, practice.emr(), fs::copy_options::recursive);
  });
  fs::remove_all(kept);
  return failed;
}

template <typename Each>
void each_file(const SmallPractice& practice, Each each) {
  if (fs::is_regular_file(practice.emr())) return each(practice.emr());
  for (const auto& entry : fs::directory_iterator(practice.emr())) each(entry.path());
}

TEST_P(LostSource, ThatShrinksWhileItIsReadPublishesAllOrNothing) {
  const SmallPractice practice({.emr = GetParam()});
  const int failed = meanwhile(practice, [&] {
    each_file(practice, [](const fs::path& file) {
      const std::string text = tests::contents(file);
      const auto half = text.find('\n', text.size() / 2);
      fs::resize_file(file, file.extension() == ".ndjson" && half != std::string::npos ? half + 1 : text.size() / 2);
    });
  });
  EXPECT_GE(failed, 5);
}

TEST_P(LostSource, ThatIsDeletedWhileItIsReadPublishesAllOrNothing) {
  const SmallPractice practice({.emr = GetParam()});
  const int failed = meanwhile(practice, [&] { fs::remove_all(practice.emr()); });
  EXPECT_GE(failed, GetParam() == SmallEmr::fhir ? 1 : 0);  // a database that is open is read to its end
}

TEST_P(LostSource, ThatIsWrittenAnewWhileItIsReadPublishesAllOrNothing) {
  const SmallPractice practice({.emr = GetParam()});
  (void)meanwhile(practice, [&] {
    each_file(practice, [](const fs::path& file) {
      const std::string text = tests::contents(file);
      std::ofstream(file, std::ios::binary | std::ios::trunc) << text.substr(0, text.size() / 3);
    });
  });
}

INSTANTIATE_TEST_SUITE_P(OfEach, LostSource, testing::Values(SmallEmr::sqlite, SmallEmr::fhir),
                         [](const auto& each) { return each.param == SmallEmr::fhir ? "Fhir" : "Sqlite"; });

class LostServer : public testing::TestWithParam<tests::ServerKind> {
 protected:
  tests::SqlServer& server() { return tests::SqlServer::shared(GetParam()); }

  // Three invented patients on the server, so that a night takes long enough to be hit.
  std::string url() {
    const tests::TemporaryFolder folder;
    const auto dialect = GetParam() == tests::ServerKind::mariadb ? exporter::PracticeDialect::mariadb : exporter::PracticeDialect::postgresql;
    EXPECT_TRUE(exporter::make_practice({3, 3, folder.path() / "script", "", dialect}).ok());
    const std::string database = server().make_database();
    server().load(folder.path() / "script", database);
    return server().url(database);
  }
};

// The night's own calls do not show where it talks to a server: it is hit at calls on its own files.
template <typename What, typename Mend>
int hit_the_server(const SmallPractice& practice, What what, Mend mend) {
  std::string before = tests::expect_a_good_night(practice);
  const auto clean = tests::run_night(practice);
  before = tests::expect_a_good_night(practice);
  int failed = 0;
  // Before the night connects, and when it begins to write: then it has a statement open.
  for (const std::string sorts : {"c", "w"}) {
    const std::size_t calls = tests::count_calls(clean, sorts, practice.copies());
    for (const std::size_t number : {std::size_t{1}, std::size_t{2}, calls / 2}) {
      SCOPED_TRACE(sorts + std::to_string(number));
      const auto night = tests::run_night(
          practice, {.fault = tests::fault("stop", number, "once", sorts, practice.copies()), .on_stop = [&](int) { what(); }});
      expect_all_or_nothing(practice, before, night, failed);
      mend();
      before = tests::expect_survival(practice, night.exit_code == 0 ? "" : before);
    }
  }
  return failed;
}

TEST_P(LostServer, ThatIsKilledInTheMiddlePublishesAllOrNothing) {
  const SmallPractice practice({.emr = SmallEmr::server, .url = url()});
  EXPECT_GE(hit_the_server(practice, [&] { server().kill(); }, [&] { server().start(); }), 1);
}

TEST_P(LostServer, ThatStopsAnsweringEndsTheNightInTheTimeThatTheSettingsSay) {
  const SmallPractice practice({.emr = SmallEmr::server, .url = url()});
  EXPECT_GE(hit_the_server(practice, [&] { server().freeze(); }, [&] { server().thaw(); }), 1);
}

INSTANTIATE_TEST_SUITE_P(OfEach, LostServer, testing::Values(tests::ServerKind::mariadb, tests::ServerKind::postgresql),
                         [](const auto& each) { return each.param == tests::ServerKind::mariadb ? "MariaDb" : "PostgreSql"; });

}  // namespace
