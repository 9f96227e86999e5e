// The house checks itself: who may include whom, where a library may be named, how long a file may
// grow. To change a rule, change the table, in a commit that says why.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/house_places.h"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = tests::kHouseRoot;

// A folder may include itself and these. The longest folder that fits a file decides.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"app", {}},
    {"app/record", {"app"}},
    {"app/snapshot", {"app", "app/record"}},
    {"app/paper", {"app", "app/record"}},
    {"exporter", {"app", "app/record", "app/snapshot", "app/paper"}},
    {"viewer", {"app", "app/record", "app/snapshot", "app/paper"}},
    {"viewer/drawer", {"app"}},
    {"viewer/locker", {"app", "app/paper"}},
};

// A library's headers may be named only in files whose path begins with one of these.
const std::map<std::string, std::vector<std::string>> kFence = {
    {"sqlcipher/",
     {"app/snapshot/database.", "exporter/copy/database_writer.", "exporter/emr/sqlite_rows.cpp",
      "exporter/practice/table_store_sqlite.cpp"}},
    {"mysql", {"exporter/emr/mariadb"}},
    {"errmsg.h", {"exporter/emr/mariadb"}},
    {"libpq", {"exporter/emr/postgresql_link.cpp"}},
    {"sql.h", {"exporter/emr/odbc"}},
    {"sqlext.h", {"exporter/emr/odbc"}},
    {"sodium", {"app/digest.cpp", "app/snapshot/keys", "app/snapshot/manifest", "exporter/copy/sealing", "exporter/staging/sorter"}},
    {"zstd", {"app/snapshot/chart_codec", "exporter/copy/chart_encoder"}},
    {"openssl/", {"exporter/emr/openemr_drive."}},
    {"zlib", {"exporter/emr/input_file.cpp"}},
    {"zdict", {"exporter/copy/chart_encoder"}},
    {"unicode/", {"app/record/"}},
    {"simdjson", {"app/record/json.cpp"}},
    {"hb", {"app/paper/shape", "app/paper/font_subset"}},
    {"hpdf", {"app/paper/draw"}},
    {"libdeflate", {"app/paper/draw"}},
    {"podofo/", {"exporter/binder/"}},
    {"qpdf/", {"app/paper/protect.", "app/whole_page.cpp", "exporter/binder/scan"}},
    {"toml++/", {"exporter/toml.cpp"}},
    {"CLI/", {"exporter/main.cpp", "exporter/commands", "viewer/main.cpp", "viewer/options"}},
    {"GLFW/", {"viewer/window"}},
    {"X11/", {"viewer/window"}},
    {"imgui", {"viewer/"}},
    {"ft2build", {"viewer/text_atlas"}},
    {"freetype", {"viewer/text_atlas"}},
    {"png.h", {"viewer/screenshot.cpp", "viewer/drawer/png_page.cpp", "exporter/binder/png_pixels.cpp"}},
    {"poppler/", {"viewer/drawer/pdf_page.cpp"}},
    {"turbojpeg", {"viewer/drawer/jpeg_page.cpp", "app/whole_page.cpp"}},
    {"tiff", {"viewer/drawer/tiff_page.cpp"}},
    {"zxcvbn", {"exporter/keyholders/passphrase_strength.cpp"}},
    {"curl/", {"exporter/report/ping.cpp"}},
    {"qrencode", {"app/paper/qr_code.cpp"}},
};

constexpr int kFileLinesMax = 400;

std::string folder_rule_of(const std::string& file) {
  std::string best;
  for (const auto& [folder, allowed] : kMayInclude) {
    if (file.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
  }
  return best;
}

void check_include(const std::string& file, const std::string& folder, const std::string& target,
                   const std::string& where) {
  const std::string owner = folder_rule_of(target);
  if (!owner.empty() && owner != folder) {
    EXPECT_TRUE(kMayInclude.at(folder).count(owner)) << where << "may not include " << target;
  }
  for (const auto& [header, places] : kFence) {
    if (!target.starts_with(header)) continue;
    const bool at_home = std::any_of(places.begin(), places.end(),
                                     [&](const std::string& place) { return file.starts_with(place); });
    EXPECT_TRUE(at_home) << where << target << " has its keeper elsewhere";
    EXPECT_TRUE(!file.ends_with(".h") || file.starts_with("viewer/"))
        << where << "our headers include no library's header";
  }
}

void check_file(const fs::path& path) {
  static const std::regex include(R"re(^\s*#\s*include\s+[<"]([^>"]+)[>"])re");
  const std::string file = fs::relative(path, kRoot).generic_string();
  const std::string folder = folder_rule_of(file);
  std::ifstream in(path);
  int line_number = 0;
  for (std::string line; std::getline(in, line);) {
    ++line_number;
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    check_include(file, folder, match[1], file + ":" + std::to_string(line_number) + ": ");
  }
  EXPECT_LE(line_number, kFileLinesMax) << file << " is too long to hold in mind";
}

TEST(House, KeepsItsRules) {
  int files = 0;
  for (const char* folder : {"app", "exporter", "viewer"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".h") continue;
      check_file(entry.path());
      ++files;
    }
  }
  EXPECT_GT(files, 20) << "looked in the wrong place";
}

TEST(House, NoFileOfOursIsTooLongToHoldInMind) {
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    std::ifstream in(entry.path());
    const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    EXPECT_LE(lines, kFileLinesMax) << entry.path();
  }
}

}  // namespace
