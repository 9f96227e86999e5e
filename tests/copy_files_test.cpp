// Whatever is done to a file of a copy, it is noticed and said of which file and what.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/snapshot/copy.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using app::Code;

const std::vector<std::string> kFiles = {"manifest.json", "charts.db", "binder/packet.pdf", "binder/labels.pdf"};

std::string bytes_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}
void put(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class CopyFiles : public testing::Test {
 protected:
  void SetUp() override {
    practice_.emplace(tests::make_practice(folder_.path() / "practice").value());
    first_ = make_copy(1);
    second_ = make_copy(2);
  }
  fs::path make_copy(std::uint64_t sequence) {
    const fs::path copy = folder_.path() / "copies" / app::format_copy_name({1'790'000'000}, sequence);
    fs::create_directories(copy);
    const app::CopyKey key = app::CopyKey::make();
    auto writer = exporter::SnapshotWriter::create(copy, {sequence, {1'790'000'000}, app::default_sheet_template()}, key);
    EXPECT_TRUE(writer.value().add(tests::invented_chart(1)).ok());
    const auto summary = writer.value().finish("{}");
    put(copy / "binder" / "packet.pdf", "packet number " + std::to_string(sequence) + " of the night");
    put(copy / "binder" / "labels.pdf", "labels number " + std::to_string(sequence));
    EXPECT_TRUE(tests::seal_copy(copy, *practice_, sequence, summary.value(), key).ok());
    EXPECT_TRUE(app::read_copy(copy, app::Check::hashes).ok());
    return copy;
  }
  static app::Error fault_of(const fs::path& copy) {
    const auto info = app::read_copy(copy, app::Check::hashes);
    return info.ok() ? app::Error{Code{}, "nothing is said", ""} : info.error();
  }

  tests::TemporaryFolder folder_;
  std::optional<tests::Practice> practice_;
  fs::path first_, second_;
};

TEST_F(CopyFiles, AFlippedBitIsNamedWhereverItIsInAnyFile) {
  for (const std::string& name : kFiles) {
    const std::string whole = bytes_of(first_ / name);
    const std::size_t step = whole.size() > 20'000 ? 199 : 1;
    for (std::size_t at = 0; at < whole.size(); at += step) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
      put(first_ / name, flipped);
      const app::Error fault = fault_of(first_);
      EXPECT_NE(fault.what.find(name == "manifest.json" ? "" : name), std::string::npos) << at << ": " << fault.what;
      EXPECT_TRUE(fault.code == Code::damaged || (name == "manifest.json" && (fault.code == Code::forged ||
                  fault.code == Code::newer_format || fault.code == Code::not_a_copy))) << name << " " << at << ": " << fault.what;
    }
    put(first_ / name, whole);
  }
  EXPECT_TRUE(app::read_copy(first_, app::Check::hashes).ok());
}

TEST_F(CopyFiles, EveryPairOfFilesThatTwoCopiesExchangeIsNamedInBoth) {
  for (const std::string& a : kFiles) {
    for (const std::string& b : kFiles) {
      const std::string of_first = bytes_of(first_ / a), of_second = bytes_of(second_ / b);
      put(first_ / a, of_second);
      put(second_ / b, of_first);
      for (const auto& [copy, name] : {std::pair(first_, a), std::pair(second_, b)}) {
        const app::Error fault = fault_of(copy);
        EXPECT_EQ(fault.code, Code::damaged) << a << " and " << b << ": " << fault.what;
        const bool named = name == "manifest.json" || fault.what.find(name) != std::string::npos;
        EXPECT_TRUE(named) << a << " and " << b << ": " << fault.what;
      }
      put(first_ / a, of_first);
      put(second_ / b, of_second);
    }
  }
}

TEST_F(CopyFiles, AnotherCopysFileIsSaidToBeItsAndWhichCopysItIs) {
  for (const std::string name : {"charts.db", "binder/packet.pdf"}) {
    const std::string whole = bytes_of(first_ / name);
    put(first_ / name, bytes_of(second_ / name));
    EXPECT_EQ(fault_of(first_).what,
              name + " belongs to another copy, " + second_.filename().string() + ": the files of two copies are mixed.");
    put(first_ / name, whole);
  }
}

TEST_F(CopyFiles, TwoFilesOfOneCopyThatChangedPlacesAreSaidToHaveDoneSo) {
  const std::string packet = bytes_of(first_ / "binder/packet.pdf");
  put(first_ / "binder/packet.pdf", bytes_of(first_ / "binder/labels.pdf"));
  put(first_ / "binder/labels.pdf", packet);
  EXPECT_EQ(fault_of(first_).what, "binder/labels.pdf of this copy holds what belongs in binder/packet.pdf: files were swapped.");
}

TEST_F(CopyFiles, WhatWasCutSaysHowMuchIsLeft) {
  fs::resize_file(first_ / "charts.db", 32'768);
  const std::string whole = std::to_string(bytes_of(second_ / "charts.db").size());
  EXPECT_NE(fault_of(first_).what.find("charts.db of this copy is cut short: 32768 of "), std::string::npos) << fault_of(first_).what;
  EXPECT_NE(fault_of(first_).detail.find("32768 bytes instead of " + whole), std::string::npos) << fault_of(first_).detail;
  fs::resize_file(first_ / "charts.db", 0);
  EXPECT_EQ(fault_of(first_).what, "charts.db of this copy is empty.");
}

TEST_F(CopyFiles, ADamagedPageIsNamedWhenTheCopyIsOpenedWithoutTheHashes) {
  std::string bytes = bytes_of(second_ / "charts.db");
  bytes.resize(bytes_of(first_ / "charts.db").size());
  put(first_ / "charts.db", bytes);
  const auto info = app::read_copy(first_, app::Check::sizes);
  ASSERT_TRUE(info.ok());
  const auto copy = app::Copy::open(info.value(), tests::kPassphrase);
  ASSERT_FALSE(copy.ok());
  EXPECT_NE(copy.error().what.find("the files of two copies are mixed"), std::string::npos) << copy.error().what;
}

}  // namespace
