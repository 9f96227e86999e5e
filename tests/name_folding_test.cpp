#include "app/record/name_folding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace {

using Tokens = std::vector<std::string>;

bool finds(const std::string& name, const std::string& token) {
  const Tokens tokens = app::fold_name(name);
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

TEST(NameFolding, PlainNamesLoseCaseAndPunctuation) {
  EXPECT_EQ(app::fold_name("Smith-JONES"), (Tokens{"smith", "jones"}));
  EXPECT_EQ(app::fold_name("O'Brien, J.R. 3rd"), (Tokens{"obrien", "jr", "3rd"}));
  EXPECT_EQ(app::fold_name("O’Brien"), (Tokens{"obrien"}));
  EXPECT_EQ(app::fold_name(" - "), Tokens{});
}

TEST(NameFolding, GermanAndNordicLettersAreFoundInBothSpellings) {
  EXPECT_EQ(app::fold_name("Müller-Sørensen"), (Tokens{"muller", "mueller", "sorensen", "soerensen"}));
  EXPECT_EQ(app::fold_name("Åberg"), (Tokens{"aberg", "aaberg"}));
  EXPECT_EQ(app::fold_name("Weiß"), (Tokens{"weiss"}));
  EXPECT_EQ(app::fold_name("Mu\xCC\x88ller"), (Tokens{"muller", "mueller"}));
  EXPECT_EQ(app::fold_name("MÜLLER"), (Tokens{"muller", "mueller"}));
}

TEST(NameFolding, AccentsAreDropped) {
  EXPECT_EQ(app::fold_name("Łódź"), (Tokens{"lodz"}));
  EXPECT_EQ(app::fold_name("Nguyễn Đức"), (Tokens{"nguyen", "duc"}));
  EXPECT_EQ(app::fold_name("José Ñuñez"), (Tokens{"jose", "nunez"}));
}

TEST(NameFolding, CyrillicIsFoundInBothTransliterations) {
  EXPECT_TRUE(finds("Щербаков", "shcherbakov"));
  EXPECT_TRUE(finds("Щербаков", "serbakov"));
  EXPECT_TRUE(finds("Хрущёв", "khrushchev"));
}

TEST(NameFolding, HanIsFoundBySyllableAndJoined) {
  EXPECT_EQ(app::fold_name("小明"), (Tokens{"xiao", "ming", "xiaoming"}));
  EXPECT_TRUE(finds("王小明", "wangxiaoming"));
  EXPECT_TRUE(finds("王小明", "xiaoming"));
}

TEST(NameFolding, KoreanFamilyNamesAreFoundAsTheyAreWritten) {
  EXPECT_TRUE(finds("김", "kim"));
  EXPECT_TRUE(finds("이", "lee"));
  EXPECT_TRUE(finds("김민수", "minsu"));
}

TEST(NameFolding, ArabicMeetsItsLatinSpellingBySound) {
  ASSERT_EQ(app::fold_name("محمد").size(), 1u);
  EXPECT_EQ(app::sound_skeleton(app::fold_name("محمد")[0]), app::sound_skeleton("mohammed"));
  EXPECT_EQ(app::sound_skeleton("stephen"), app::sound_skeleton("steven"));
  EXPECT_EQ(app::sound_skeleton("catherine"), app::sound_skeleton("kathryn"));
  EXPECT_NE(app::sound_skeleton("smith"), app::sound_skeleton("jones"));
}

TEST(NameFolding, TokensAreNeverAnythingButLowerCaseLettersAndDigits) {
  for (const std::string name : {"Ольга Щ.", "كهن", "כהן, דוד", "สมชาย ทรงศักดิ์", "शर्मा", "প্রিয়া", "たなか タナカ", "田中", "김민수", "Ωμέγα", "\xFF\xFE", "😀", "𠮷野", "ﬁ Ⅷ", "Ḥ̱ʿ"}) {
    for (const std::string& token : app::fold_name(name)) {
      EXPECT_FALSE(token.empty()) << name;
      EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << name << ": " << token;
    }
  }
}

TEST(NameFolding, WhatIsTypedIsFoldedOnceAndInOrder) {
  EXPECT_EQ(app::fold_query("Smith smith, JOHN"), (Tokens{"smith", "smith", "john"}));
  EXPECT_EQ(app::fold_query("Müller"), (Tokens{"muller"}));
  EXPECT_EQ(app::fold_query("小明"), (Tokens{"xiao", "ming"}));
}

TEST(NameFolding, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  std::vector<int> found(4);
  for (std::size_t t = 0; t < found.size(); ++t) {
    threads.emplace_back([&found, t] {
      for (int i = 0; i < 50; ++i) found[t] += finds("Щербаков Müller 小明 " + std::to_string(i), "shcherbakov");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, std::vector<int>(4, 50));
}

}  // namespace
