// Temporary numbers: none twice, and none misread in silence.
#include "app/paper/form_numbers.h"

#include <gtest/gtest.h>

#include <set>

#include "app/snapshot/keys_random.h"

namespace {

const std::string kKey(32, 'k');
const std::string kLetters = "0123456789ABCDEFGHJKMNPQRSTWXYZ";

std::uint32_t always_b(std::uint32_t) {
  static std::uint32_t drawn = 0;
  // B first, again and again, then others: what a binder's numbers begin with is never drawn.
  return drawn++ < 3 ? static_cast<std::uint32_t>(kLetters.find('B')) : 7;
}

TEST(FormNumbers, AreNeverGivenTwiceByBindersCopiesPracticesAndPrintings) {
  std::set<std::string> given;
  std::size_t count = 0;
  const auto give = [&](const app::NumberSpace& space) {
    app::FormNumbers numbers(space);
    for (const char* prefix : {"T", "R"}) {
      for (int i = 0; i < 120; ++i, ++count) given.insert(numbers.next(prefix));
    }
  };
  for (const std::string& key : {kKey, std::string(32, 'l')}) {
    for (const std::uint64_t copy : {1u, 2u, 12u, 21u, 121u}) {
      for (const std::uint32_t serial : {1u, 2u, 12u, 31u, 32u, 28'629'150u}) give(app::binder_numbers(key, copy, serial));
      for (int printing = 0; printing < 20; ++printing) give(app::numbers_on_demand(key, copy, app::random_below));
    }
  }
  EXPECT_EQ(given.size(), count);
}

TEST(FormNumbers, OfPrintingsOnDemandAreNeverLikeABinders) {
  const app::NumberSpace space = app::numbers_on_demand(kKey, 5, always_b);
  EXPECT_EQ(space.printing.size(), 6u);
  EXPECT_NE(space.printing[0], 'B') << space.printing;
  EXPECT_EQ(app::binder_numbers(kKey, 5, 1).printing, "B00001");
}

TEST(FormNumbers, ReadAsTheyAreWritten) {
  app::FormNumbers numbers(app::binder_numbers(kKey, 123, 7));
  const std::string number = numbers.next("T");
  EXPECT_TRUE(number.starts_with("T-" + app::practice_letters(kKey) + "-123-B00007-01-")) << number;
  EXPECT_TRUE(app::is_form_number(number));
  std::string small;
  for (const char c : number) {
    if (c != '-') small += static_cast<char>(std::tolower(c));
  }
  EXPECT_TRUE(app::is_form_number(small)) << "small letters and no dashes";
  EXPECT_FALSE(app::is_form_number(""));
  EXPECT_FALSE(app::is_form_number("T-0"));
  EXPECT_FALSE(app::is_form_number("00104427"));
}

TEST(FormNumbers, WithOneWrongLetterOrTwoThatChangedPlacesAreNoticed) {
  app::FormNumbers numbers(app::numbers_on_demand(kKey, 1234, app::random_below));
  for (int i = 0; i < 8; ++i) {
    const std::string number = numbers.next("T");
    for (std::size_t at = 0; at < number.size(); ++at) {
      if (number[at] == '-') continue;
      for (const char letter : kLetters) {
        std::string wrong = number;
        wrong[at] = letter;
        EXPECT_EQ(app::is_form_number(wrong), wrong == number) << wrong << " for " << number;
      }
      for (std::size_t other = at + 1; other < number.size(); ++other) {
        std::string changed = number;
        std::swap(changed[at], changed[other]);
        if (number[other] == '-' || changed == number) continue;
        EXPECT_FALSE(app::is_form_number(changed)) << changed << " for " << number;
      }
    }
  }
}

}  // namespace
