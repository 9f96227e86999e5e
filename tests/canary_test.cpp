// Looks for patients in every byte that a night writes anywhere: kept, deleted, printed; also when it fails or dies.
#include <gtest/gtest.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>

#include "app/digest.h"
#include "app/record/chart.h"
#include "app/snapshot/copy.h"
#include "tests/command.h"
#include "tests/night_faults.h"

namespace {

namespace fs = std::filesystem;
using tests::NightOutcome;
using tests::SmallEmr;
using tests::SmallPractice;

constexpr std::size_t kShortest = 8;  // a shorter word may stand anywhere by chance

void add_canary(const std::string& word, std::set<std::string>& canaries) {
  if (word.size() >= kShortest) canaries.insert(word);
}

// 1951-03-01 of 19510301.
std::string iso(int day) {
  std::string text = std::to_string(day);
  return text.size() == 8 ? text.insert(6, "-").insert(4, "-") : text;
}

std::set<std::string> canaries_of(const SmallPractice& practice) {
  std::set<std::string> canaries;
  const auto info = app::read_copy(practice.copies(), app::Check::sizes);
  const auto copy = app::Copy::open(info.value(), tests::kPassphrase);
  for (app::ChartId id = 1; id <= copy.value().charts(); ++id) {
    const app::Chart chart = copy.value().read_chart(id).value();
    for (const app::HumanName& name : chart.names) add_canary(name.family, canaries), add_canary(name.given, canaries);
    for (const auto& contact : chart.telecom) add_canary(contact.value, canaries);
    for (const auto& each : chart.results.entries) add_canary(each.text, canaries);
    for (const auto& each : chart.medications.entries) add_canary(each.text, canaries);
    for (const auto& each : chart.allergies.entries) add_canary(each.text, canaries);
    for (const auto& each : chart.problems.entries) add_canary(each.text, canaries);
    if (chart.birth_date.is_known()) add_canary(iso(app::format_day_number(chart.birth_date.value())), canaries);
    add_canary(chart.mrn, canaries);
  }
  return canaries;
}

std::string as_utf16(const std::string& text, bool big_end_first) {
  std::string wide;
  for (const char c : text) wide += big_end_first ? std::string(1, '\0') + c : c + std::string(1, '\0');
  return wide;
}

std::string as_base64(const std::string& text) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at + 3 <= text.size(); at += 3) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
    const unsigned three = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (int shift = 18; shift >= 0; shift -= 6) out += kDigits[three >> shift & 63];
  }
  return out;
}

// A word as it may stand in a file.
std::vector<std::string> disguises(const std::string& word) {
  std::vector<std::string> all{word, as_utf16(word, true), as_utf16(word, false), app::format_hex(word)};
  for (std::size_t skipped = 0; skipped < 3; ++skipped) all.push_back(as_base64(word.substr(skipped)));
  return all;
}

// What Zstandard frames in `bytes` hold, if they are in the clear.
std::string unpacked(const std::string& bytes) {
  static const std::string magic("\x28\xB5\x2F\xFD", 4);
  std::string out(1 << 16, '\0'), all;
  for (auto at = bytes.find(magic); at != std::string::npos; at = bytes.find(magic, at + 1)) {
    ZSTD_DCtx* context = ZSTD_createDCtx();
    ZSTD_inBuffer in{bytes.data() + at, bytes.size() - at, 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    (void)ZSTD_decompressStream(context, &to, &in);
    all += out.substr(0, to.pos);
    ZSTD_freeDCtx(context);
  }
  return all;
}

class Search {
 public:
  explicit Search(const std::set<std::string>& canaries) {
    for (const std::string& word : canaries) {
      for (std::string& disguise : disguises(word)) {
        if (disguise.size() < kShortest) continue;
        begins_[begin_of(disguise)].push_back(words_.size());
        words_.push_back(std::move(disguise));
      }
    }
  }
  void expect_none(const std::string& bytes, const std::string& where) {
    bytes_ += bytes.size();
    expect_none_plain(bytes, where);
    expect_none_plain(unpacked(bytes), where + ", unpacked");
  }
  std::size_t words() const { return words_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  void expect_none_plain(std::string_view bytes, const std::string& where) const {
    for (std::size_t at = 0; at + kShortest <= bytes.size(); ++at) {
      const auto begin = begins_.find(begin_of(bytes.substr(at)));
      if (begin == begins_.end()) continue;
      for (const std::size_t word : begin->second) {
        EXPECT_FALSE(bytes.substr(at).starts_with(words_[word])) << where << " holds " << words_[word];
      }
    }
  }
  static std::uint32_t begin_of(std::string_view text) {
    std::uint32_t begin = 0;
    std::memcpy(&begin, text.data(), sizeof begin);
    return begin;
  }

  std::vector<std::string> words_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> begins_;  // words by their first four bytes
  std::size_t bytes_ = 0;
};

// Every byte that was written to any file of the machine, file by file, whether it is still there or not.
void expect_none_written(const NightOutcome& night, Search& search) {
  std::map<std::string, std::string> written;
  for (const tests::FileCall& call : night.calls) written[call.path] += call.data;
  for (const auto& [path, bytes] : written) search.expect_none(bytes, path);
  search.expect_none(night.out + night.err, "what the night said");
}

void expect_none_left(const SmallPractice& practice, Search& search) {
  for (const auto& entry : fs::recursive_directory_iterator(practice.root())) {
    if (!entry.is_regular_file() || entry.path().string().starts_with(practice.emr().string())) continue;
    search.expect_none(tests::contents(entry.path()), entry.path().string());
    search.expect_none(entry.path().filename().string(), "a file's name");
  }
}

class Canary : public testing::TestWithParam<SmallEmr> {};

TEST_P(Canary, OfNoPatientIsInAnyByteThatANightWritesAnywhereWhetherItEndsFailsOrDies) {
  const SmallPractice practice({.emr = GetParam(), .paper = true});
  const auto canaries = canaries_of(practice);
  ASSERT_GE(canaries.size(), 5u);
  Search search(canaries);
  std::string emr;
  for (const auto& entry : fs::recursive_directory_iterator(practice.emr().parent_path())) {
    if (entry.path().string().starts_with(practice.emr().string()) && entry.is_regular_file()) emr += tests::contents(entry.path());
  }
  std::size_t known = 0;
  for (const std::string& word : canaries) known += emr.find(word) != std::string::npos;
  EXPECT_GE(known, 5u) << "the canaries are not of this EMR";

  const auto clean = tests::run_night(practice, {.with_data = true, .below = "/"});
  EXPECT_EQ(clean.exit_code, 0) << clean.err;
  expect_none_written(clean, search);
  expect_none_left(practice, search);
  const auto writes = tests::count_calls(clean, "cwn", practice.root());
  ASSERT_GT(writes, 10u);
  const int nights = tests::how_many(7, static_cast<int>(writes));
  for (int i = 0; i < nights; ++i) {
    const std::size_t number = 1 + static_cast<std::size_t>(i) * writes / static_cast<std::size_t>(nights);
    for (const std::string& action : {std::string("kill"), std::to_string(EIO), std::to_string(ENOSPC)}) {
      const auto night = tests::run_night(
          practice, {.fault = tests::fault(action, number, "ever", "cwn", practice.root()), .with_data = true, .below = "/"});
      SCOPED_TRACE(action + " at " + std::to_string(number));
      EXPECT_NE(night.exit_code, 0);
      expect_none_written(night, search);
      expect_none_left(practice, search);
    }
  }
  EXPECT_GT(search.bytes(), 1'000'000u);
  std::printf("%zu bytes searched for %zu words and their disguises\n", search.bytes(), search.words());
}

TEST_P(Canary, ANightThatCrashesLeavesNoCoreDump) {
  const SmallPractice practice({.emr = GetParam()});
  const auto crashed = tests::run_night(practice, {.fault = tests::fault("abort", 3, "once", "w", practice.copies()), .prefix = "ulimit -c unlimited;"});
  EXPECT_EQ(crashed.signal, 6);
  EXPECT_FALSE(crashed.dumped_core);
  EXPECT_TRUE(fs::is_empty(practice.root() / "here"));
  tests::expect_a_good_night(practice);
}

INSTANTIATE_TEST_SUITE_P(OfEach, Canary, testing::Values(SmallEmr::sqlite, SmallEmr::fhir),
                         [](const auto& each) { return each.param == SmallEmr::fhir ? "Fhir" : "Sqlite"; });

}  // namespace
