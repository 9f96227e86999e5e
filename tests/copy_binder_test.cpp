// The whole binder out of a copy in which something cannot be read.
#include "exporter/binder/copy_binder.h"

#include <gtest/gtest.h>
#include <sqlcipher/sqlite3.h>

#include <algorithm>

#include "app/snapshot/database.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

namespace fs = std::filesystem;

void run_in(const fs::path& file, const app::CopyKey& key, const std::string& sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  EXPECT_TRUE(app::set_key(handle, key, "charts.db").ok());
  EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

// A copy of twelve patients, of whose charts somebody spoiled some.
class BinderOfACopy : public testing::Test {
 protected:
  app::Result<exporter::BinderOrder> order(const std::string& spoiled) {
    const fs::path staging = folder_.path() / "copy";
    fs::create_directories(staging);
    TRY_GET(const tests::Practice practice, tests::make_practice(folder_.path() / "made"));
    const app::CopyKey key = app::CopyKey::make();
    TRY_GET(exporter::SnapshotWriter writer,
            exporter::SnapshotWriter::create(staging, {1, {1'790'000'000}, app::default_sheet_template()}, key));
    for (const app::Chart& chart : tests::invented_charts(12)) TRY(writer.add(chart));
    TRY_GET(const exporter::SnapshotSummary summary, writer.finish("{}"));
    run_in(staging / "charts.db", key, "UPDATE chart SET z = x'00' WHERE " + spoiled);
    TRY(tests::seal_copy(staging, practice, 1, summary, key));
    TRY_GET(const app::CopyInfo info, app::read_copy(staging, app::Check::sizes));
    TRY_GET(app::Copy copy, app::Copy::open_with_key(info, key));
    copy_.emplace(std::move(copy));
    exporter::BinderSettings settings;
    settings.sheets = exporter::BinderScope::active;
    settings.active_years = 0;
    return exporter::order_binder(*copy_, settings, {"Elm Street", "Sun 22-Nov-2026 02:10", "c"});
  }

  tests::TemporaryFolder folder_;
  std::optional<app::Copy> copy_;
};

TEST_F(BinderOfACopy, IsPrintedWithAPageThatSaysWhichChartCouldNotBeRead) {
  auto made = order("chart_id = 5");
  ASSERT_TRUE(made.ok()) << app::format_error(made.error());
  EXPECT_EQ(made.value().index.size(), 12u);
  const auto line = std::find_if(made.value().index.begin(), made.value().index.end(), [](const auto& any) { return any.id == "none"; });
  ASSERT_NE(line, made.value().index.end());
  const auto fonts = app::FontSet::open(app::find_fonts());
  ASSERT_TRUE(fonts.ok());
  const exporter::CopySheets sheets(*copy_);
  const auto read = [&](const exporter::BinderSheet& sheet) { return sheets.read(sheet); };
  const auto counts = exporter::print_binder(made.value(), read, fonts.value(), [](const auto&, const std::string&) { return app::Result<app::Done>(app::Done{}); });
  ASSERT_TRUE(counts.ok()) << app::format_error(counts.error());
  EXPECT_EQ(counts.value().missing, 1u);
  EXPECT_EQ(counts.value().sheets, made.value().sheets.size());
  EXPECT_TRUE(exporter::estimate_pages(made.value(), read, fonts.value()).ok());
}

TEST_F(BinderOfACopy, OfWhichHardlyAnythingCanBeReadIsNotPrinted) { EXPECT_FALSE(order("chart_id > 3").ok()); }

}  // namespace
