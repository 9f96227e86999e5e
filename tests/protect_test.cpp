// The key of a locked PDF comes from nothing that a thief can guess.
#include "app/paper/protect.h"

#include <gtest/gtest.h>
#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>

#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/paper/draw.h"
#include "app/snapshot/pdf_password.h"

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::time_t kAround_s = 3600;
constexpr unsigned kProcesses = 33'000;

// Ways in which a program may come to a key from one number.
using Recipe = std::function<std::string(unsigned seed)>;

std::string from_rand(unsigned seed, int modulus) {
  std::srand(seed);
  std::string key;
  for (std::size_t i = 0; i < kKeyBytes; ++i) key += static_cast<char>(std::rand() % modulus);
  return key;
}

template <typename Engine>
std::string from_engine(unsigned seed) {
  Engine engine(seed);
  std::string key;
  while (key.size() < kKeyBytes) key += static_cast<char>(engine() & 0xFF);
  return key;
}

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = {
      [](unsigned seed) { return from_rand(seed, 255); },  // a well-known library's own
      [](unsigned seed) { return from_rand(seed, 256); },
      from_engine<std::minstd_rand0>,
      from_engine<std::minstd_rand>,
  };
  return all;
}

// Every key that comes of a second around `about`, or of a process number.
std::unordered_set<std::string> guesses(std::time_t about) {
  std::unordered_set<std::string> keys;
  for (const Recipe& recipe : recipes()) {
    for (std::time_t second = about - kAround_s; second <= about + kAround_s; ++second) keys.insert(recipe(static_cast<unsigned>(second)));
    for (unsigned process = 0; process < kProcesses; ++process) keys.insert(recipe(process));
  }
  return keys;
}

std::string small_pdf() {
  const auto fonts = app::FontSet::open(app::find_fonts());
  EXPECT_TRUE(fonts.ok());
  app::Page page;
  page.texts.push_back({100, 100, "Xylocanary", 12, false, 0});
  const auto drawn = app::draw_pdf({page}, fonts.value(), "t");
  EXPECT_TRUE(drawn.ok());
  return drawn.value().bytes;
}

std::string key_of(const std::string& locked, const std::string& password) {
  QPDF pdf;
  pdf.processMemoryFile("packet", locked.data(), locked.size(), password.c_str());
  return pdf.getEncryptionKey();
}

TEST(Protect, TheKeyOfAPdfCannotBeGuessedFromTheClock) {
  const std::time_t now = std::time(nullptr);
  const std::string pdf = small_pdf();
  std::set<std::string> keys;
  // A program that seeds by the clock is found out by the same search.
  const auto guessed = guesses(now);
  for (const Recipe& recipe : recipes()) EXPECT_TRUE(guessed.contains(recipe(static_cast<unsigned>(now - 100))));
  for (int i = 0; i < 3; ++i) {
    std::srand(static_cast<unsigned>(now));  // what it is must not matter
    const std::string password = app::make_pdf_password();
    const auto locked = app::protect_pdf(pdf, password, app::make_pdf_password());
    ASSERT_TRUE(locked.ok());
    const std::string key = key_of(locked.value(), password);
    ASSERT_EQ(key.size(), kKeyBytes);
    keys.insert(key);
    keys.insert(password);
    EXPECT_FALSE(guessed.contains(key));
    EXPECT_FALSE(guessed.contains(password));
  }
  EXPECT_EQ(keys.size(), 6u) << "no two are alike within a second, with the same seed";
}

TEST(Protect, TheSamePasswordOpensEveryFileThatItLocked) {
  const std::string pdf = small_pdf();
  const std::string password = app::make_pdf_password();
  const auto locked = app::protect_pdf(pdf, password, app::make_pdf_password());
  ASSERT_TRUE(locked.ok());
  EXPECT_EQ(locked.value().find("Xylocanary"), std::string::npos);
  EXPECT_EQ(locked.value().find(password), std::string::npos);
  const auto opened = app::open_protected_pdf(locked.value(), password);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(app::count_pages(opened.value()).value(), 1u);
  EXPECT_FALSE(app::count_pages(locked.value()).ok());
}

}  // namespace
