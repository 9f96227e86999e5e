#include "app/snapshot/manifest.h"

#include <gtest/gtest.h>

#include "app/snapshot/keys.h"

namespace {

using app::Code;

app::Manifest good_manifest(const app::SigningKey& key) {
  app::Manifest manifest;
  manifest.practice = "Elm Street \"Family\" Practice";
  manifest.time_zone = "America/New_York";
  manifest.sequence = 123;
  manifest.as_of = app::Instant{1'790'000'000};
  manifest.taken = app::Instant{1'790'000'060};
  manifest.counts = {{"patients", 2}, {"allergies", 5}};
  manifest.skipped = 1;
  manifest.unreadable = 3;
  manifest.files = {{"charts.db", 32768, app::digest_of("a")}, {"binder/packet.pdf", 7, app::digest_of("b")}};
  const app::KeyPair pair = app::make_key_pair();
  manifest.slots = {{"Anna", pair.public_key, app::seal(app::CopyKey::make().bytes().view(), pair.public_key),
                     R"({"any":"object"})"}};
  manifest.volumes = {{"00112233445566778899aabbccddeeff", 65536, app::digest_of("c"), 12,
                       {{pair.public_key, app::seal(app::CopyKey::make().bytes().view(), pair.public_key)}}}};
  manifest.verifying_key = key.verifying_key();
  return manifest;
}

std::string signed_file(const app::Manifest& manifest, const app::SigningKey& key) {
  const std::string text = app::format_manifest(manifest);
  return app::join_signature(text, key.sign(text));
}

// What parse_manifest says of a rightly signed manifest in which `what` was replaced before signing.
Code code_with(const std::string& what, const std::string& with) {
  const app::SigningKey key = app::SigningKey::make();
  std::string text = app::format_manifest(good_manifest(key));
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), with);
  const auto manifest = app::parse_manifest(app::join_signature(text, key.sign(text)));
  EXPECT_FALSE(manifest.ok()) << with;
  return manifest.ok() ? Code{} : manifest.error().code;
}

TEST(Manifest, ComesBackAsItWasSigned) {
  const app::SigningKey key = app::SigningKey::make();
  const app::Manifest manifest = good_manifest(key);
  const auto parsed = app::parse_manifest(signed_file(manifest, key));
  ASSERT_TRUE(parsed.ok()) << parsed.error().detail;
  EXPECT_EQ(app::format_manifest(parsed.value()), app::format_manifest(manifest));
  EXPECT_EQ(parsed.value().files[1].digest, app::digest_of("b"));
  EXPECT_EQ(parsed.value().slots[0].locked_key, R"({"any":"object"})");
  ASSERT_EQ(parsed.value().volumes.size(), 1u);
  EXPECT_EQ(parsed.value().volumes[0].documents, 12u);
  EXPECT_EQ(parsed.value().volumes[0].digest, app::digest_of("c"));
  EXPECT_EQ(parsed.value().volumes[0].slots[0].sealed_key, manifest.volumes[0].slots[0].sealed_key);
}

TEST(Manifest, NamesNoVolumeThatCouldLieElsewhere) {
  const std::string name = "00112233445566778899aabbccddeeff";
  for (const char* bad : {"", "../../../etc/passwd", "00112233445566778899AABBCCDDEEFF", "00112233445566778899aabbccddeef",
                          "00112233445566778899aabbccddeeff0", "00112233445566778899aabbccddeef/"}) {
    EXPECT_EQ(code_with(name, bad), Code::damaged) << bad;
  }
  EXPECT_EQ(code_with("\"documents\":12", "\"documents\":-1"), Code::damaged);
  EXPECT_EQ(code_with("\"volumes\":[", "\"volumes\":[{},"), Code::damaged);
  EXPECT_EQ(code_with("\"volumes\":[", "\"volumes\":7,\"x\":["), Code::damaged);
}

TEST(Manifest, NamesNoVolumeTwice) {
  const app::SigningKey key = app::SigningKey::make();
  app::Manifest manifest = good_manifest(key);
  manifest.volumes.push_back(manifest.volumes[0]);
  EXPECT_EQ(app::parse_manifest(signed_file(manifest, key)).error().code, Code::damaged);
  manifest.volumes.clear();
  EXPECT_TRUE(app::parse_manifest(signed_file(manifest, key)).ok());
}

TEST(Manifest, EveryFlippedByteIsNoticed) {
  const app::SigningKey key = app::SigningKey::make();
  const std::string file = signed_file(good_manifest(key), key);
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    ASSERT_FALSE(app::parse_manifest(flipped).ok()) << "byte " << i << ": " << file[i];
  }
}

TEST(Manifest, EveryCutIsNoticed) {
  const app::SigningKey key = app::SigningKey::make();
  const std::string file = signed_file(good_manifest(key), key);
  for (std::size_t length = 0; length < file.size(); ++length) {
    ASSERT_FALSE(app::parse_manifest(file.substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(app::parse_manifest(file + " ").ok());
}

TEST(Manifest, AnotherKeysSignatureIsAForgery) {
  const app::SigningKey key = app::SigningKey::make(), thief = app::SigningKey::make();
  const auto forged = app::parse_manifest(signed_file(good_manifest(key), thief));
  ASSERT_FALSE(forged.ok());
  EXPECT_EQ(forged.error().code, Code::forged);
}

TEST(Manifest, ANewerFormatIsSaidEvenIfItsSignatureIsOfAnotherKind) {
  EXPECT_EQ(code_with("\"version\":1", "\"version\":2"), Code::newer_format);
  EXPECT_EQ(app::parse_manifest(R"({"nightchart":"copy","version":7})").error().code, Code::newer_format);
}

TEST(Manifest, AnotherProgramsJsonIsNoCopy) {
  EXPECT_EQ(app::parse_manifest(R"({"name":"an app"})").error().code, Code::not_a_copy);
  EXPECT_EQ(app::parse_manifest("").error().code, Code::damaged);
  EXPECT_EQ(app::parse_manifest("[]").error().code, Code::not_a_copy);
}

TEST(Manifest, NoFileNameLeadsOutOfTheCopy) {
  for (const char* name : {"../../etc/passwd", "/etc/passwd", "a/../b", "a//b", "C:/x", "a\\\\b", "", ".", "x/",
                           "a\\u0000b", "aux."}) {
    EXPECT_EQ(code_with("binder/packet.pdf", name), Code::damaged) << name;
  }
}

TEST(Manifest, NothingIsNamedTwiceAndNothingIsMissing) {
  EXPECT_EQ(code_with("binder/packet.pdf", "Charts.DB"), Code::damaged);
  EXPECT_EQ(code_with("charts.db", "other.db"), Code::damaged);
  EXPECT_EQ(code_with("\"bytes\":7", "\"bytes\":-7"), Code::damaged);
  EXPECT_EQ(code_with("\"bytes\":7", "\"bytes\":1e400"), Code::damaged);
  EXPECT_EQ(code_with(",\"patients\":2", ""), Code::damaged);
  EXPECT_EQ(code_with("\"sequence\":123", "\"sequence\":0"), Code::damaged);
  EXPECT_EQ(code_with("\"taken\":\"2", "\"taken\":\"x"), Code::damaged);
  EXPECT_EQ(code_with("\"sealed_key\":\"", "\"sealed_key\":\"00"), Code::damaged);
  EXPECT_EQ(code_with("\"keyholder\":\"Anna\"", "\"keyholder\":\"\""), Code::damaged);
}

TEST(Manifest, ACopysFolderIsNamedByTimeAndNumber) {
  EXPECT_EQ(app::format_copy_name(app::Instant{1'790'000'000}, 123), "2026-09-21T141320Z-000123");
  std::uint64_t sequence = 0;
  EXPECT_TRUE(app::parse_copy_name("2026-09-21T141320Z-000123", sequence));
  EXPECT_EQ(sequence, 123u);
  EXPECT_TRUE(app::parse_copy_name("2026-09-21T141320Z-1234567", sequence));
  EXPECT_EQ(sequence, 1'234'567u);
  for (const char* name : {"", "2026-09-21T141320Z", "2026-09-21T141320Z-", "2026-09-21T141320Z-00012x",
                           ".2026-09-21T141320Z-000123", "2026-09-21T141320Z-999999999999999999999999"}) {
    EXPECT_FALSE(app::parse_copy_name(name, sequence)) << name;
  }
}

}  // namespace
