// Opens a copy by the text of app/snapshot/FORMAT.md alone: with the command-line programs and libsodium,
// and with nothing of ours. Where this fails and copy_test does not, the text is wrong.
#include <gtest/gtest.h>
#include <sodium.h>
#include <stdio.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>

#include "app/record/chart_json.h"
#include "app/snapshot/fingerprint.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using Bytes = std::basic_string<unsigned char>;

// What a shell command prints; `input` is a file of what it reads.
std::string output_of(const std::string& command, const std::string& input, const fs::path& folder) {
  const fs::path file = folder / "input";
  std::ofstream(file, std::ios::binary) << input;
  FILE* pipe = popen((command + " < '" + file.string() + "' 2>&1").c_str(), "r");
  std::string text;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0) << command << ": " << text;
  return text;
}

// The text or number of the first member of that name at or behind `from`.
std::string member(const std::string& json, const std::string& name, std::size_t from = 0) {
  std::size_t at = json.find("\"" + name + "\":", from);
  if (at == std::string::npos) return "";
  at += name.size() + 3;
  if (json[at] == '"') return json.substr(at + 1, json.find('"', at + 1) - at - 1);
  return json.substr(at, json.find_first_of(",}", at) - at);
}

Bytes unhex(const std::string& digits) {
  Bytes bytes(digits.size() / 2, 0);
  EXPECT_EQ(sodium_hex2bin(bytes.data(), bytes.size(), digits.data(), digits.size(), nullptr, nullptr, nullptr), 0);
  return bytes;
}
std::string hex(const Bytes& bytes) {
  std::string digits(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  digits.pop_back();
  return digits;
}
Bytes letters(const std::string& text) { return Bytes(text.begin(), text.end()); }

// "Slots and unlocking", steps 1 to 4.
Bytes unlock(const std::string& manifest, const std::string& passphrase) {
  const std::size_t slot = manifest.find("\"slots\":"), lock = manifest.find("\"locked_key\":", slot);
  const Bytes public_key = unhex(member(manifest, "public_key", slot));
  const Bytes sealed = unhex(member(manifest, "sealed_key", slot));
  const Bytes salt = unhex(member(manifest, "salt", lock)), nonce = unhex(member(manifest, "nonce", lock));
  const Bytes locked = unhex(member(manifest, "locked", lock));
  Bytes k(32, 0), private_key(32, 0), copy_key(48, 0);
  EXPECT_EQ(crypto_pwhash(k.data(), k.size(), passphrase.data(), passphrase.size(), salt.data(),
                          std::stoull(member(manifest, "passes", lock)),
                          std::stoull(member(manifest, "memory_bytes", lock)), crypto_pwhash_ALG_ARGON2ID13), 0);
  const Bytes vouched =
      letters("nightchart-key-2") + salt + public_key + unhex(member(manifest, "verifying_key", lock)) +
      letters(member(manifest, "keyholder", lock));
  EXPECT_EQ(member(manifest, "verifying_key", lock), member(manifest, "verifying_key", manifest.size() - 300));
  EXPECT_EQ(crypto_aead_xchacha20poly1305_ietf_decrypt(private_key.data(), nullptr, nullptr, locked.data(),
                                                       locked.size(), vouched.data(), vouched.size(),
                                                       nonce.data(), k.data()), 0);
  EXPECT_EQ(crypto_box_seal_open(copy_key.data(), sealed.data(), sealed.size(), public_key.data(),
                                 private_key.data()), 0);
  return copy_key;
}

class FormatTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    auto practice = tests::make_practice(temporary_.path());
    ASSERT_TRUE(practice.ok());
    auto copy = tests::run_small_night(practice.value(), tests::invented_charts(kCharts));
    ASSERT_TRUE(copy.ok()) << app::format_error(copy.error());
    copy_ = copy.value();
    std::ifstream in(copy_ / "manifest.json", std::ios::binary);
    manifest_.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::string run(const std::string& command, const std::string& input) {
    return output_of(command, input, temporary_.path());
  }
  // One line a row, as sqlcipher prints them.
  std::vector<std::string> query(const std::string& sql) {
    const std::string text =
        run("sqlcipher -batch -noheader 'file:" + (copy_ / "charts.db").string() + "?mode=ro&immutable=1'",
            "PRAGMA key = \"x'" + hex(unlock(manifest_, tests::kPassphrase)) +
                "'\";\nPRAGMA cipher_page_size = 16384;\nPRAGMA temp_store = MEMORY;\n" + sql + ";\n");
    std::istringstream lines(text);
    std::vector<std::string> rows;
    for (std::string line; std::getline(lines, line);) rows.push_back(line);
    EXPECT_FALSE(rows.empty());
    EXPECT_EQ(rows.front(), "ok");
    rows.erase(rows.begin());
    return rows;
  }

  static constexpr int kCharts = 150;  // enough for a dictionary
  tests::TemporaryFolder temporary_;
  fs::path copy_;
  std::string manifest_;
};

TEST_F(FormatTest, TheLast145BytesAreTheSignatureOfAllBytesBefore) {
  const std::string text = manifest_.substr(0, manifest_.size() - 145);
  const std::string tail = manifest_.substr(manifest_.size() - 145);
  ASSERT_EQ(tail.substr(0, 14), R"(,"signature":")");
  const Bytes signature = unhex(tail.substr(14, 128)), message = letters(text);
  EXPECT_EQ(crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                        unhex(member(manifest_, "verifying_key")).data()), 0);
}

TEST_F(FormatTest, EveryFileIsAsLongAndHashesAsTheManifestSays) {
  const std::size_t files = manifest_.find("\"files\":");
  EXPECT_EQ(member(manifest_, "name", files), "charts.db");
  EXPECT_EQ(member(manifest_, "bytes", files), std::to_string(fs::file_size(copy_ / "charts.db")));
  const std::string sum = run("b2sum -l 256 '" + (copy_ / "charts.db").string() + "'", "");
  EXPECT_EQ(member(manifest_, "blake2b", files), sum.substr(0, 64));
}

TEST_F(FormatTest, AChartComesOutOfSqlcipherAndZstd) {
  const auto dictionary = query("SELECT hex(value) FROM meta WHERE name = 'dictionary'");
  ASSERT_EQ(dictionary.size(), 1u);
  const fs::path dictionary_file = temporary_.path() / "dictionary";
  const Bytes dictionary_bytes = unhex(dictionary[0]);
  std::ofstream(dictionary_file, std::ios::binary)
      .write(reinterpret_cast<const char*>(dictionary_bytes.data()),
             static_cast<std::streamsize>(dictionary_bytes.size()));

  const auto charts = query("SELECT hex(z) FROM chart ORDER BY chart_id");
  ASSERT_EQ(charts.size(), static_cast<std::size_t>(kCharts));
  std::string frames, expected;
  for (int number = 1; number <= kCharts; ++number) {
    const Bytes frame = unhex(charts[static_cast<std::size_t>(number - 1)]);
    frames.append(reinterpret_cast<const char*>(frame.data()), frame.size());
    app::format_chart(tests::invented_chart(number), expected);
  }
  // Frames one after the other are a Zstandard file.
  EXPECT_EQ(run("zstd -d -c -D '" + dictionary_file.string() + "'", frames), expected);
}

TEST_F(FormatTest, TheDigestIsThatOfTheChartsAsLines) {
  std::string lines;
  for (int number = 1; number <= kCharts; ++number) {
    app::format_chart(tests::invented_chart(number), lines);
    lines += '\n';
  }
  const auto digest = query("SELECT value FROM meta WHERE name = 'charts_digest'");
  ASSERT_EQ(digest.size(), 1u);
  EXPECT_EQ(digest[0], run("b2sum -l 256", lines).substr(0, 64));
}

TEST_F(FormatTest, TheTablesAreThoseOfTheText) {
  EXPECT_EQ(query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"),
            (std::vector<std::string>{"chart", "meta", "schedule", "search"}));
  EXPECT_EQ(query("SELECT value FROM meta WHERE name = 'sequence'")[0], member(manifest_, "sequence"));
  EXPECT_EQ(query("SELECT count(*) FROM schedule WHERE day = 20260922")[0], std::to_string(kCharts / 3));
  EXPECT_EQ(query("SELECT entry FROM schedule WHERE chart_id = 7")[0], "0");
  EXPECT_EQ(query("SELECT max(chart_id), count(*) FROM chart")[0],
            std::to_string(kCharts) + "|" + member(manifest_, "patients"));
}

// "Whose copy it is".
TEST_F(FormatTest, TheFingerprintIsTheFrontOfTheKeysDigest) {
  const Bytes key = unhex(member(manifest_, "verifying_key"));
  const std::string sum = run("b2sum -l 256", std::string(key.begin(), key.end())).substr(0, 20);
  std::string fingerprint;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    if (i > 0 && i % 4 == 0) fingerprint += '-';
    fingerprint += static_cast<char>(std::toupper(static_cast<unsigned char>(sum[i])));
  }
  app::PublicKey verifying_key{};
  std::copy(key.begin(), key.end(), verifying_key.begin());
  EXPECT_EQ(fingerprint, app::format_fingerprint(verifying_key));
}

// "The search index": who stands where, by the table of parts alone.
TEST_F(FormatTest, TheSearchIndexSaysWhoIsWhoAndWhoseEachWordIs) {
  const auto part = [this](const std::string& name) {
    return unhex(query("SELECT hex(bytes) FROM search WHERE part = '" + name + "'").at(0));
  };
  const auto number = [](const Bytes& bytes, std::size_t at) {
    return std::size_t{bytes.at(4 * at)} | std::size_t{bytes.at(4 * at + 1)} << 8 | std::size_t{bytes.at(4 * at + 2)} << 16 |
           std::size_t{bytes.at(4 * at + 3)} << 24;
  };
  const Bytes charts = part("charts"), births = part("births"), lines = part("lines"), line_ends = part("line-ends");
  ASSERT_EQ(charts.size(), 4u * kCharts);
  for (std::size_t patient = 0; patient < kCharts; ++patient) {
    const std::size_t id = number(charts, patient), begin = patient == 0 ? 0 : number(line_ends, patient - 1);
    EXPECT_EQ(number(births, patient), (1910 + id % 90) * 10'000 + 304);
    const Bytes line = lines.substr(begin, number(line_ends, patient) - begin);
    const std::size_t name = line.at(2), mrn = line.at(3);  // small numbers of one byte all
    const std::string shown(line.begin() + 4 + static_cast<std::ptrdiff_t>(name), line.end());
    EXPECT_EQ(shown, std::to_string(10'000 + id) + "555-0" + std::to_string(id));
    EXPECT_EQ(mrn, 5u);
  }

  const Bytes words = part("words"), word_ends = part("word-ends"), owner_ends = part("word-owner-ends"), owners = part("word-owners");
  std::string before;
  for (std::size_t word = 0; word < word_ends.size() / 4; ++word) {
    const std::size_t begin = word == 0 ? 0 : number(word_ends, word - 1), end = number(word_ends, word);
    const std::string text(words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end));
    EXPECT_LT(before, text);
    before = text;
    if (text != "xylocanary") continue;
    const std::size_t first = word == 0 ? 0 : number(owner_ends, word - 1);
    ASSERT_EQ(number(owner_ends, word) - first, std::size_t{kCharts}) << "everybody's family name";
    EXPECT_EQ(number(owners, first + 7), 14u) << "of first rank: twice the patient's number";
    return;
  }
  ADD_FAILURE() << "nobody has the family name that everybody has";
}

}  // namespace
