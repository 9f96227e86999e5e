// Reads every copy under tests/vectors and compares what our reader says with the verdict beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/digest.h"
#include "app/record/json.h"
#include "app/snapshot/trust.h"
#include "tests/house_places.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;

const fs::path kVectors = fs::path(tests::kHouseRoot) / "tests" / "vectors";

const std::map<std::string, Code> kCodes = {
    {"wrong_passphrase", Code::wrong_passphrase}, {"damaged", Code::damaged},       {"newer_format", Code::newer_format},
    {"not_found", Code::not_found},               {"not_a_copy", Code::not_a_copy}, {"forged", Code::forged},
    {"wrong_kind", Code::wrong_kind}};

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<fs::path> vectors() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(kVectors)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

struct Verdict {
  std::string open, charts_of, passphrase, keyholder, stage, code, says;
  std::vector<std::string> warnings, volumes;
  app::Instant now;
};

Verdict read_verdict(const fs::path& folder) {
  app::JsonDocument document;
  const auto parsed = document.parse(read(folder / "verdict.json"));
  EXPECT_TRUE(parsed.ok()) << "no verdict that can be read";
  if (!parsed.ok()) return {};
  const app::Json json = parsed.value();
  const auto text = [&json](const char* name) { return std::string(json[name].text()); };
  Verdict verdict{text("open"),  text("charts_of"), text("passphrase"), text("keyholder"),
                  text("stage"), text("code"),      text("says"),       {}, {}, {}};
  for (const app::Json warning : json["warnings"].items()) verdict.warnings.emplace_back(warning.text());
  for (const app::Json volume : json["volumes"].items()) verdict.volumes.emplace_back(volume.text());
  EXPECT_TRUE(app::parse_utc(json["now"].text(), verdict.now));
  EXPECT_FALSE(json["about"].text().empty());
  EXPECT_TRUE(json["warnings"].is_array());
  const std::set<std::string> stages = {"manifest", "sizes", "hashes", "open", "content", "good"};
  EXPECT_EQ(stages.count(verdict.stage), 1u) << verdict.stage;
  EXPECT_EQ(verdict.code.empty(), verdict.stage == "good");
  EXPECT_TRUE(verdict.code.empty() || kCodes.count(verdict.code) == 1) << verdict.code;
  return verdict;
}

// What our reader says.
struct Said {
  std::string stage = "good";
  std::optional<app::Error> error;
  std::vector<std::string> warnings, volumes;
};

Said judge(const fs::path& vector, const Verdict& verdict, app::Check check) {
  const tests::TemporaryFolder temporary;
  const fs::path folder = temporary.path();
  fs::copy(vector, folder, fs::copy_options::recursive);
  if (!verdict.charts_of.empty()) {
    const Verdict other = read_verdict(kVectors / verdict.charts_of);
    fs::copy_file(kVectors / verdict.charts_of / other.open / app::kChartsName, folder / verdict.open / app::kChartsName);
  }
  app::LaptopMemory memory = app::LaptopMemory::read(folder / "memory");
  const auto manifest = app::parse_manifest(read(folder / verdict.open / app::kManifestName));
  if (!manifest.ok()) return {"manifest", manifest.error(), {}, {}};
  for (const app::Check each : {app::Check::sizes, check}) {
    const auto info = app::read_copy(folder / verdict.open, each);
    if (!info.ok()) return {each == app::Check::sizes ? "sizes" : "hashes", info.error(), {}, {}};
  }
  const app::CopyInfo info = app::read_copy(folder / verdict.open, check).value();
  const auto opened = app::open_trusted(info, {verdict.passphrase, verdict.keyholder}, memory, verdict.now);
  if (!opened.ok()) return {"open", opened.error(), {}, {}};
  Said said;
  for (const app::Warning& warning : opened.value().warnings) said.warnings.emplace_back(app::name_of(warning.kind));
  if (const auto verified = opened.value().copy.verify(); !verified.ok()) said.stage = "content", said.error = verified.error();
  if (said.error) said.warnings.clear();
  for (const app::FoundVolume& volume : info.volumes) said.volumes.emplace_back(volume.fault ? "damaged" : "good");
  const bool all_good = std::count(said.volumes.begin(), said.volumes.end(), "damaged") == 0;
  EXPECT_EQ(opened.value().copy.verify_documents().faults.empty(), all_good) << "the documents themselves say otherwise";
  return said;
}

void expect_same(const Said& said, const Verdict& verdict) {
  EXPECT_EQ(said.stage, verdict.stage) << (said.error ? app::format_error(*said.error) : "");
  EXPECT_EQ(said.warnings, verdict.warnings);
  EXPECT_EQ(said.volumes, verdict.volumes);
  if (verdict.code.empty() || !said.error) return;
  EXPECT_EQ(said.error->code, kCodes.at(verdict.code)) << app::format_error(*said.error);
  EXPECT_NE(said.error->what.find(verdict.says), std::string::npos) << app::format_error(*said.error);
}

TEST(Vectors, EachIsJudgedAsTheVerdictBesideItSays) {
  for (const fs::path& folder : vectors()) {
    SCOPED_TRACE(folder.filename().string());
    const Verdict verdict = read_verdict(folder);
    if (!verdict.stage.empty()) expect_same(judge(folder, verdict, app::Check::hashes), verdict);
  }
}

TEST(Vectors, WhatOnlyTheHashesFindIsNeverShownWhereTheyAreNotWaitedFor) {
  int seen = 0;
  for (const fs::path& folder : vectors()) {
    const Verdict verdict = read_verdict(folder);
    if (verdict.stage != "hashes" || verdict.says.find("charts.db") == std::string::npos) continue;
    // The salt is part of the key, and the file's own is not read: a bit of it changes nothing that is shown.
    if (folder.filename() == "charts-flipped-salt") continue;
    SCOPED_TRACE(folder.filename().string());
    ++seen;
    const Said said = judge(folder, verdict, app::Check::sizes);
    EXPECT_TRUE(said.stage == "open" || said.stage == "content") << said.stage;
    ASSERT_TRUE(said.error);
    EXPECT_EQ(said.error->code, Code::damaged);
  }
  EXPECT_GE(seen, 3);
}

TEST(Vectors, AreManyAndSmall) {
  EXPECT_GE(vectors().size(), 30u);
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kVectors)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_LT(bytes, 4'000'000u);
}

// Who changes a vector changes what another program was promised: make a new one instead.
TEST(Vectors, AreTheBytesThatWereFrozen) {
  std::map<std::string, std::string> frozen;
  std::istringstream lines(read(kVectors / "SUMS"));
  for (std::string sum, name; lines >> sum && std::getline(lines >> std::ws, name);) frozen[name] = sum;
  for (const fs::path& folder : vectors()) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().lexically_relative(kVectors).generic_string();
      EXPECT_EQ(frozen[name], app::format_hex(app::digest_of(read(entry.path())))) << name;
      frozen.erase(name);
    }
  }
  EXPECT_TRUE(frozen.empty()) << frozen.begin()->first << " is gone";
}

}  // namespace
