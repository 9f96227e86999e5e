// A thief takes everything that the exporter's host holds between two nights, but no passphrase and no envelope: nothing of
// it opens a copy. The same search finds a key that somebody left in a file, in whatever form.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/digest.h"
#include "app/snapshot/copy.h"
#include "app/snapshot/keys_envelope.h"
#include "app/snapshot/keys_locked.h"
#include "app/snapshot/unlock.h"
#include "exporter/keyholders/envelope.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using Key = std::array<unsigned char, 32>;

constexpr char kPhrase[] = "lantern copper window seven";
constexpr std::size_t kSmallFile = 64u << 10;

// What lies on the host: files by name.
using Loot = std::map<std::string, std::string>;

// What a thief can check without anybody's help.
struct Targets {
  std::set<app::PublicKey> holders;               // whose private key would open a slot
  std::vector<std::string> databases;             // the first pages of SQLCipher files
  std::vector<std::string> locked_keys;
};

bool is_key_of_database(const Key& key, const std::string& file) {
  static EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
  for (std::size_t page = 4096; page <= 65536 && page <= file.size(); page *= 2) {
    // SQLCipher 4: a page ends with its IV and a tag of 64 bytes; page 1 begins with the salt instead of SQLite's name.
    const auto* iv = reinterpret_cast<const unsigned char*>(file.data()) + page - 80;
    const auto* block = reinterpret_cast<const unsigned char*>(file.data()) + 16;
    std::array<unsigned char, 32> clear{};
    int length = 0;
    EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), iv);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_DecryptUpdate(context, clear.data(), &length, block, 16);
    if (clear[4] == 80 && clear[5] == 64 && clear[6] == 32 && clear[7] == 32) return true;
  }
  return false;
}

class Thief {
 public:
  Thief(const Loot& loot, const Targets& targets) : targets_(targets) {
    for (const auto& [name, bytes] : loot) {
      if (bytes.size() > kSmallFile) continue;
      name_ = name;
      try_windows(bytes, "as it stands");
      for (std::size_t from = 0; from < bytes.size();) from = try_hex(bytes, from);
      try_words(bytes);
    }
  }
  std::size_t keys_tried() const { return seen_.size(); }
  std::size_t words_tried() const { return words_.size(); }
  const std::vector<std::string>& findings() const { return findings_; }

 private:
  void try_windows(const std::string& bytes, const std::string& how) {
    for (std::size_t at = 0; at + 16 <= bytes.size(); ++at) {
      // Sixteen letters in a row are a word: of ten million random seeds, one looks so.
      if (is_text(bytes.substr(at, 16))) continue;
      app::Recovery recovery{app::SecretBytes::copy_of(bytes.substr(at, 16)), {}};
      if (seeds_.insert(bytes.substr(at, 16)).second) match(app::envelope_key_pair(recovery).public_key, how + ", the seed of an envelope");
      if (at + 32 > bytes.size()) continue;
      Key key{};
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), key.size(), key.begin());
      try_key(key, how);
    }
  }
  static bool is_text(const std::string& bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n'; });
  }
  // Runs of hexadecimal digits, at both of their two beginnings.
  std::size_t try_hex(const std::string& bytes, std::size_t from) {
    static constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
    std::size_t end = bytes.find_first_not_of(kDigits, from);
    if (end == std::string::npos) end = bytes.size();
    for (const std::size_t skipped : {0u, 1u}) {
      const std::size_t digits = end - from > skipped ? (end - from - skipped) / 2 * 2 : 0;
      std::string decoded;
      if (digits >= 32 && app::parse_hex(std::string_view(bytes).substr(from + skipped, digits), digits / 2, decoded)) try_windows(decoded, "in hexadecimal");
    }
    return end + 1;
  }
  void try_key(const Key& key, const std::string& how) {
    if (!seen_.insert(key).second) return;
    match_private(key, how + ", as a private key");
    std::array<unsigned char, 64> signing{};
    Key verifying{}, converted{}, digest{};
    crypto_sign_seed_keypair(verifying.data(), signing.data(), key.data());
    crypto_sign_ed25519_sk_to_curve25519(converted.data(), signing.data());
    match_private(converted, how + ", as a signing key turned into a private key");
    crypto_generichash(digest.data(), digest.size(), key.data(), key.size(), nullptr, 0);
    match_private(digest, how + ", its BLAKE2b as a private key");
    for (const Key& candidate : {key, converted, digest}) {
      for (const std::string& database : targets_.databases) {
        if (is_key_of_database(candidate, database)) found(how + ", as a database's key");
      }
    }
  }
  void try_words(const std::string& bytes) {
    static constexpr std::string_view kEnds = "\"\n\r\t=:,{}[]";
    for (std::size_t from = 0; from < bytes.size();) {
      const std::size_t end = std::min(bytes.find_first_of(kEnds, from), bytes.size());
      const std::string word = bytes.substr(from, end - from);
      if (!word.empty() && word.size() <= 512 && words_.insert(word).second) {
        for (const std::string& locked : targets_.locked_keys) {
          if (app::unlock_key(locked, word).ok()) found("a passphrase");
        }
      }
      from = end + 1;
    }
  }
  void match_private(const Key& key, const std::string& how) {
    app::PublicKey public_key{};
    crypto_scalarmult_base(public_key.data(), key.data());
    match(public_key, how);
  }
  void match(const app::PublicKey& public_key, const std::string& how) {
    if (targets_.holders.count(public_key) != 0) found(how);
  }
  void found(const std::string& how) { findings_.push_back(name_ + ": " + how); }

  const Targets& targets_;
  std::string name_;
  std::set<Key> seen_;
  std::set<std::string> seeds_, words_;
  std::vector<std::string> findings_;
};

class Theft : public testing::Test {
 protected:
  // A practice with a keyholder and an envelope, and two nights of it.
  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    fs::create_directories(root() / "secret");
    tests::write(root() / "secret/phrase", std::string(kPhrase) + "\n");
    const auto init = in_root(
        "mkdir -p host/tmp host/home; $NIGHTCHART practice --patients 12 --seed 3 --out emr.sqlite && $NIGHTCHART init host/practice --name 'Elm Street' "
        "--keyholder reception --passphrase-file secret/phrase --envelope secret/envelope.pdf --emr-kind sql --pack practice "
        "--url \"sqlite://$PWD/emr.sqlite\" --copies \"$PWD/host/copies\"");
    ASSERT_EQ(init.exit_code, 0) << init.err;
    // The same keyholder, locked so cheaply that a thief can try every word that he finds.
    ASSERT_TRUE(exporter::replace_keyholder(root() / "host/practice", "reception", kPhrase, app::kLockForTests).ok());
    for (int night = 0; night < 2; ++night) {
      const auto ran = in_root("$NIGHTCHART night --config host/practice/nightchart.toml");
      ASSERT_EQ(ran.exit_code, 0) << ran.err;
    }
    for (const app::FoundCopy& found : app::list_copies(root() / "host/copies")) {
      infos_.push_back(app::read_copy(found.folder, app::Check::hashes).value());
    }
    ASSERT_EQ(infos_.size(), 2u);
  }
  fs::path root() const { return folder_.path(); }
  tests::Outcome in_root(const std::string& command) {
    return tests::run("cd '" + root().string() + "'; export XDG_STATE_HOME=$PWD/host/state HOME=$PWD/host/home TMPDIR=$PWD/host/tmp; " + command);
  }
  Loot loot() const {
    Loot files;
    for (const auto& entry : fs::recursive_directory_iterator(root() / "host")) {
      if (entry.is_regular_file()) files[entry.path().lexically_relative(root()).string()] = tests::contents(entry.path());
    }
    return files;
  }
  Targets targets() const {
    Targets targets;
    for (const app::CopyInfo& info : infos_) {
      for (const app::KeySlot& slot : info.manifest.slots) {
        targets.holders.insert(slot.public_key);
        if (!slot.locked_key.empty()) targets.locked_keys.push_back(slot.locked_key);
      }
    }
    for (const auto& [name, bytes] : loot()) {
      if (name.find("copies") != std::string::npos && name.ends_with(".db")) targets.databases.push_back(bytes.substr(0, 65536));
    }
    return targets;
  }
  app::UnlockedSlot unlock(std::size_t copy) const {
    return app::unlock_copy(infos_[copy].manifest, kPhrase, app::Vouching::needed).value();
  }

  tests::TemporaryFolder folder_;
  std::vector<app::CopyInfo> infos_;
};

TEST_F(Theft, OfEverythingOnTheHostOpensNoCopy) {
  const Loot taken = loot();
  const Targets wanted = targets();
  EXPECT_EQ(wanted.holders.size(), 2u) << "the keyholder and the envelope";
  EXPECT_GE(wanted.databases.size(), 2u);
  EXPECT_TRUE(taken.count("host/practice/keys/signing.key"));
  EXPECT_TRUE(taken.count("host/practice/keyholders/ENVELOPE.json"));
  const Thief thief(taken, wanted);
  EXPECT_TRUE(thief.findings().empty()) << thief.findings().front();
  EXPECT_GT(thief.keys_tried(), 500u);
  EXPECT_GT(thief.words_tried(), 100u);
}

TEST_F(Theft, OfTheSameWithAKeyLeftInAFileIsFound) {
  const Targets wanted = targets();
  const app::UnlockedSlot slot = unlock(0);
  const std::map<std::string, std::string> left = {
      {"the copy's key, raw", "..." + std::string(slot.key.bytes().view()) + "..."},
      {"the copy's key in hexadecimal", "key = " + std::string(slot.key.hex().view()) + "\n"},
      {"the private key", "x" + std::string(slot.pair.secret_key.view())},
      {"the private key in a JSON", "{\"secret\":\"" + app::format_hex(slot.pair.secret_key.view()) + "\"}"},
      {"the passphrase", "# note to self\npassphrase=" + std::string(kPhrase) + "\n"},
  };
  for (const auto& [what, bytes] : left) {
    EXPECT_FALSE(Thief({{"left", bytes}}, wanted).findings().empty()) << what;
  }
  const app::Recovery recovery = app::make_recovery(app::SigningKey::make().verifying_key());
  Targets envelope;
  envelope.holders = {app::envelope_key_pair(recovery).public_key};
  EXPECT_FALSE(Thief({{"left", "seed " + app::format_hex(recovery.seed.view())}}, envelope).findings().empty());
}

TEST_F(Theft, FindsNoKeyInAnyByteOfAnyFile) {
  std::map<std::string, std::string> secrets = {{"the passphrase", kPhrase}};
  for (std::size_t copy = 0; copy < infos_.size(); ++copy) {
    const app::UnlockedSlot slot = unlock(copy);
    const std::string number = " of copy " + std::to_string(copy);
    secrets["the key" + number] = std::string(slot.key.bytes().view().substr(0, 32));
    secrets["the private key" + number] = std::string(slot.pair.secret_key.view());
    const auto opened = app::Copy::open(infos_[copy], kPhrase);
    ASSERT_TRUE(opened.ok());
    if (const auto password = opened.value().read_kept("binder_password"); password.ok()) secrets["the binder's password" + number] = password.value();
  }
  EXPECT_GE(secrets.size(), 5u);
  for (const auto& [name, bytes] : loot()) {
    for (const auto& [what, secret] : secrets) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << what << " in " << name;
      EXPECT_EQ(bytes.find(app::format_hex(secret)), std::string::npos) << what << " in " << name;
    }
  }
}

TEST_F(Theft, OfTheEnvelopesPageOpensEveryCopyOfItsTime) {
  // So the page is worth stealing, and the searches above had something to miss.
  const std::string scanned = in_root("pdftoppm -r 150 -gray -png secret/envelope.pdf page && zbarimg -q --raw page-1.png").out;
  for (const app::CopyInfo& info : infos_) {
    const auto opened = app::Copy::open(info, scanned);
    ASSERT_TRUE(opened.ok()) << app::format_error(opened.error());
    EXPECT_TRUE(opened.value().keyholder().starts_with("Sealed envelope"));
  }
}

}  // namespace
