#include "app/snapshot/keys.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/digest.h"
#include "app/snapshot/keys_locked.h"
#include "app/snapshot/passphrase.h"
#include "tests/temporary_folder.h"

namespace {

using app::Code;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

const app::PublicKey kPractice = app::SigningKey::make().verifying_key();

std::string lock(const app::KeyPair& pair, const std::string& passphrase, app::LockCost cost = app::kLockForTests) {
  return app::lock_key("Anna", pair, kPractice, passphrase, cost).value();
}

TEST(Keys, ASealedKeyOpensForItsHolderOnly) {
  const app::KeyPair anna = app::make_key_pair(), ben = app::make_key_pair();
  const app::CopyKey key = app::CopyKey::make();
  std::string box = app::seal(key.bytes().view(), anna.public_key);
  const auto opened = app::open_sealed(box, anna);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened.value().view(), key.bytes().view());
  EXPECT_FALSE(app::open_sealed(box, ben).ok());
  box[60] = static_cast<char>(box[60] ^ 1);
  ASSERT_FALSE(app::open_sealed(box, anna).ok());
  EXPECT_EQ(app::open_sealed("short", anna).error().code, Code::damaged);
}

TEST(Keys, NoTwoCopiesShareAKey) {
  EXPECT_NE(app::CopyKey::make().bytes().view(), app::CopyKey::make().bytes().view());
  EXPECT_EQ(app::CopyKey::make().hex().size(), 96u);
  EXPECT_FALSE(app::CopyKey::from(app::SecretBytes(47)).ok());
}

TEST(Keys, ALockedKeyOpensWithItsPassphraseAndNoOther) {
  const app::KeyPair pair = app::make_key_pair();
  const std::string locked = lock(pair, "correct horse");
  const auto opened = app::unlock_key(locked, "correct horse");
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened.value().pair.secret_key.view(), pair.secret_key.view());
  EXPECT_EQ(opened.value().pair.public_key, pair.public_key);
  EXPECT_EQ(app::unlock_key(locked, "Correct horse").error().code, Code::wrong_passphrase);
  EXPECT_EQ(app::unlock_key(locked, "").error().code, Code::wrong_passphrase);
}

TEST(Keys, AnAccentTypedInEitherFormIsTheSamePassphrase) {
  const app::KeyPair pair = app::make_key_pair();
  const std::string locked = lock(pair, "caf\u00e9");
  EXPECT_TRUE(app::unlock_key(locked, "cafe\u0301").ok());
}

TEST(Keys, ALockedKeyIsBoundToItsHoldersName) {
  const std::string locked =
      lock(app::make_key_pair(), "correct horse");
  const auto renamed = app::unlock_key(replaced(locked, "Anna", "Otto"), "correct horse");
  ASSERT_FALSE(renamed.ok());
  EXPECT_EQ(renamed.error().code, Code::wrong_passphrase);
}

TEST(Keys, ALockedKeyVouchesForItsPractice) {
  const std::string locked = lock(app::make_key_pair(), "correct horse");
  EXPECT_EQ(app::unlock_key(locked, "correct horse").value().verifying_key, kPractice);
  const std::string other = app::format_hex(app::SigningKey::make().verifying_key());
  const auto passed_off = app::unlock_key(replaced(locked, app::format_hex(kPractice), other), "correct horse");
  ASSERT_FALSE(passed_off.ok());
  EXPECT_EQ(passed_off.error().code, Code::wrong_passphrase);
}

TEST(Keys, ALockedKeyThatVouchesForNobodyIsNotOpened) {
  const std::string earlier = replaced(lock(app::make_key_pair(), "x"), "\"version\":2", "\"version\":1");
  const auto refused = app::unlock_key(earlier, "x");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::wrong_kind);
  EXPECT_NE(refused.error().what.find("add the keyholder anew"), std::string::npos);
}

TEST(Keys, ALockedKeyCannotAskForAllOfTheMemory) {
  const std::string locked =
      lock(app::make_key_pair(), "correct horse");
  for (const char* cost : {"\"memory_bytes\":99999999999", "\"memory_bytes\":-1", "\"memory_bytes\":1"}) {
    const auto greedy = app::unlock_key(replaced(locked, "\"memory_bytes\":65536", cost), "correct horse");
    ASSERT_FALSE(greedy.ok()) << cost;
    EXPECT_EQ(greedy.error().code, Code::wrong_kind);
  }
  const auto slow = app::unlock_key(replaced(locked, "\"passes\":1", "\"passes\":4000000"), "correct horse");
  EXPECT_EQ(slow.error().code, Code::wrong_kind);
}

TEST(Keys, ALockedKeyOfALaterReleaseIsNotGuessedAt) {
  const std::string locked =
      lock(app::make_key_pair(), "correct horse");
  EXPECT_EQ(app::unlock_key(replaced(locked, "\"version\":2", "\"version\":3"), "x").error().code,
            Code::newer_format);
  EXPECT_EQ(app::unlock_key("{}", "x").error().code, Code::wrong_kind);
  EXPECT_EQ(app::unlock_key("", "x").error().code, Code::wrong_kind);
}

TEST(Keys, TheCostThatProtectsRealKeysIsTheModerateOne) {
  const app::KeyPair pair = app::make_key_pair();
  const std::string locked = lock(pair, "correct horse", app::kLockModerate);
  EXPECT_EQ(app::parse_locked_key(locked).value().cost.memory_bytes, 256ull << 20);
  EXPECT_TRUE(app::unlock_key(locked, "correct horse").ok());
}

TEST(Keys, ASignatureFitsItsBytesAndItsKeyOnly) {
  const app::SigningKey key = app::SigningKey::make();
  app::Signature signature = key.sign("what was read");
  EXPECT_TRUE(app::verify_signature("what was read", signature, key.verifying_key()));
  EXPECT_FALSE(app::verify_signature("what was reed", signature, key.verifying_key()));
  EXPECT_FALSE(app::verify_signature("what was read", signature, app::SigningKey::make().verifying_key()));
  const auto again = app::SigningKey::from_seed(key.seed());
  EXPECT_EQ(again.value().verifying_key(), key.verifying_key());
  signature[0] ^= 1;
  EXPECT_FALSE(app::verify_signature("what was read", signature, key.verifying_key()));
}

TEST(Keys, APassphraseFileIsItsFirstLine) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "passphrase";
  auto read = [&file](const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    return app::read_passphrase_file(file);
  };
  EXPECT_EQ(read("two words\nand a note\n").value(), "two words");
  EXPECT_EQ(read("two words\r\n").value(), "two words");
  EXPECT_EQ(read(" two words ").value(), " two words ");
  EXPECT_EQ(read("\xEF\xBB\xBFtwo words\r\n").value(), "two words");  // as Windows' editor saves it
  EXPECT_EQ(read("\nsecond line\n").error().code, Code::wrong_kind);
  EXPECT_EQ(read("").error().code, Code::wrong_kind);
  EXPECT_EQ(read(std::string(5000, 'x')).error().code, Code::wrong_kind);
  const auto missing = app::read_passphrase_file(folder.path() / "no such");
  EXPECT_EQ(missing.error().code, Code::not_found);
  EXPECT_NE(missing.error().what.find("no such"), std::string::npos);
}

TEST(Digest, HexComesBack) {
  const app::Digest digest = app::digest_of("abc");
  EXPECT_EQ(app::format_hex(digest), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  app::Digest again{};
  EXPECT_TRUE(app::parse_hex(app::format_hex(digest), again));
  EXPECT_EQ(again, digest);
  EXPECT_FALSE(app::parse_hex("bddd", again));
  EXPECT_FALSE(app::parse_hex(std::string(64, 'g'), again));
}

}  // namespace
