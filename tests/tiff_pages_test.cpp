// Faxed pages that break off, and those that do not say how large they are.
#include "exporter/binder/tiff_pages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "exporter/binder/scan.h"
#include "tests/command.h"

namespace {

// Three pages of grey, as large on paper as `options` say.
std::string three_pages(const std::string& options) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "p.pgm", "P5\n510 660\n255\n" + std::string(510 * 660, '\x55'));
  return tests::run("cd '" + folder.path().string() + "'; ppm2tiff -c none " + options + " p.pgm p.tif; tiffcp p.tif p.tif p.tif all.tif; cat all.tif").out;
}

double width_of(const std::string& pdf) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "a.pdf", pdf);
  return std::stod("0" + tests::run("pdfinfo '" + (folder.path() / "a.pdf").string() + "' | sed -n 's/^Page size: *//p'").out);
}

TEST(TiffPages, ThatBreakOffSaySo) {
  const std::string fax = three_pages("-R 60");
  ASSERT_TRUE(exporter::look_at_tiff(fax).whole);
  EXPECT_EQ(exporter::look_at_tiff(fax).pages, 3u);
  EXPECT_FALSE(exporter::clean_scan(fax).value().cut_short);
  int printed = 0;
  for (std::size_t left = fax.size() - 1; left > 8; left -= std::min(left, fax.size() / 9)) {
    EXPECT_FALSE(exporter::look_at_tiff(fax.substr(0, left)).whole) << left;
    const auto scan = exporter::clean_scan(fax.substr(0, left));
    if (!scan.ok()) continue;
    ++printed;
    EXPECT_TRUE(scan.value().cut_short) << left << " of " << fax.size();
  }
  EXPECT_GT(printed, 0) << "what there is of it is printed";
}

TEST(TiffPages, ThatFollowThemselvesOrLieOutsideComeToAnEnd) {
  for (const std::string& bytes : {std::string("II*\0\x08\0\0\0\0\0\x08\0\0\0", 14), std::string("II*\0\xFF\xFF\xFF\xFF", 8), std::string("MM\0*", 4),
                                   std::string("II*\0\x08\0\0\0\xFF\xFF", 10), std::string("no TIFF at all")}) {
    EXPECT_FALSE(exporter::look_at_tiff(bytes).whole);
    EXPECT_LE(exporter::look_at_tiff(bytes).pages, 1u);
  }
}

TEST(TiffPages, ThatDoNotSayHowLargeTheyAreFillAPage) {
  const std::string said = three_pages("-R 300");
  const std::string unsaid = three_pages("");
  ASSERT_TRUE(exporter::look_at_tiff(said).has_resolution);
  EXPECT_NEAR(width_of(exporter::clean_scan(said).value().pdf), 122, 3) << "a card stays as small as it is";
  ASSERT_FALSE(exporter::look_at_tiff(unsaid).has_resolution);
  const auto scan = exporter::clean_scan(unsaid);
  ASSERT_TRUE(scan.ok()) << scan.error().detail;
  EXPECT_GT(width_of(scan.value().pdf), 450);
  EXPECT_LT(width_of(scan.value().pdf), 600);
}

}  // namespace
