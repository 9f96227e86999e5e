#include "exporter/emr/openemr_drive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/command.h"
#include "tests/openemr_sealing.h"

namespace {

using exporter::OpenEmrKeys;
using tests::base64;
using tests::sealed;

// Gives its bytes in pieces of an odd length, as a slow disk may.
class Pieces final : public exporter::DocumentBytes {
 public:
  explicit Pieces(std::string bytes) : bytes_(std::move(bytes)) {}
  app::Result<std::size_t> read(char* to, std::size_t most) override {
    const std::size_t size = std::min({most, bytes_.size() - at_, std::size_t{4097}});
    std::copy_n(bytes_.data() + at_, size, to);
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

struct Opened {
  std::string plain;
  std::string fault;
};

Opened open(const std::string& file, const OpenEmrKeys& keys) {
  const auto document = exporter::open_openemr_document(std::make_unique<Pieces>(file), keys);
  Opened opened;
  while (true) {
    char room[1000];
    const auto got = document->read(room, sizeof room);
    if (!got.ok()) return {opened.plain, got.error().what};
    if (got.value() == 0) return opened;
    opened.plain.append(room, got.value());
  }
}

const std::string kCipherKey(32, 'A');
const std::string kMacKey(32, 'B');

class OpenEmrDrive : public testing::Test {
 protected:
  OpenEmrDrive() {
    keys_.add("sevena", base64(kCipherKey));
    keys_.add("sevenb", base64(kMacKey));
  }
  OpenEmrKeys keys_;
};

TEST_F(OpenEmrDrive, OpensWhatOpenEmrSealedWhateverItsLength) {
  for (const std::size_t length : {0u, 1u, 15u, 16u, 17u, 1000u, 36'863u, 36'864u, 200'000u, 3'000'001u}) {
    std::string plain;
    for (std::size_t i = 0; i < length; ++i) plain += static_cast<char>(i * 31 % 251);
    const Opened opened = open(sealed(plain, "007", kCipherKey, kMacKey), keys_);
    EXPECT_EQ(opened.fault, "") << length;
    EXPECT_TRUE(opened.plain == plain) << length;
  }
}

TEST_F(OpenEmrDrive, EachVersionHasKeysOfItsOwn) {
  const std::string other(32, 'C');
  keys_.add("fivea", base64(other)), keys_.add("fiveb", base64(kMacKey));
  EXPECT_EQ(open(sealed("letter", "005", other, kMacKey), keys_).plain, "letter");
  EXPECT_EQ(open(sealed("letter", "006", kCipherKey, kMacKey), keys_).fault,
            "the EMR keeps it encrypted, and the exporter has no key for it");
}

TEST_F(OpenEmrDrive, AChangedFileIsNoticedWhereverItWasChanged) {
  const std::string file = sealed(std::string(300, 'x'), "007", kCipherKey, kMacKey);
  for (std::size_t at = 3; at < file.size(); at += 7) {
    std::string changed = file;
    changed[at] = changed[at] == 'Q' ? 'R' : 'Q';
    EXPECT_NE(open(changed, keys_).fault, "") << at;
  }
  for (const std::size_t left : {3u, 10u, 90u, 120u}) EXPECT_NE(open(file.substr(0, left), keys_).fault, "") << left;
  EXPECT_NE(open(file.substr(0, file.size() - 4), keys_).fault, "");
  EXPECT_NE(open(file + "QUFB", keys_).fault, "");
}

TEST_F(OpenEmrDrive, WhatIsInNoKnownShapeIsSaid) {
  for (const std::string file : {"", "00", "%PDF-1.4 plain", "001abcd", "0a7abcd"}) {
    EXPECT_EQ(open(file, keys_).fault, "the EMR says it is encrypted, in a way that is not known here") << file;
  }
}

TEST_F(OpenEmrDrive, TheFlagCountsAndNotTheFirstLetters) {
  // A plain file may begin with 007: whoever asks knows from the EMR's row which it is. This one says "encrypted"
  // and is not.
  EXPECT_NE(open("007 is the number of the room", keys_).fault, "");
}

TEST(OpenEmrKeys, AreReadFromTheFolderUpToVersionFourAndAreNothingElse) {
  const tests::TemporaryFolder folder;
  const auto methods = folder.path() / "logs_and_misc" / "methods";
  std::filesystem::create_directories(methods);
  tests::write(methods / "foura", base64(kCipherKey) + "\n");
  tests::write(methods / "fourb", base64(kMacKey));
  tests::write(methods / "sixa", base64(kMacKey));
  tests::write(methods / "threea", "short");
  OpenEmrKeys keys;
  keys.read_folder(folder.path());
  EXPECT_EQ(keys.find(4, 'a'), kCipherKey);
  EXPECT_EQ(keys.find(4, 'b'), kMacKey);
  EXPECT_EQ(keys.find(6, 'a'), "") << "later ones lie there encrypted";
  EXPECT_EQ(keys.find(3, 'a'), "");
  EXPECT_EQ(open(sealed("old letter", "004", kCipherKey, kMacKey), keys).plain, "old letter");
  keys.add("foura", base64(kMacKey));
  EXPECT_EQ(keys.find(4, 'a'), kCipherKey) << "the first that is found counts";
}

}  // namespace
