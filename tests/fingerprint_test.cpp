// The form of a practice's key that people compare.
#include "app/snapshot/fingerprint.h"

#include <gtest/gtest.h>

namespace {

app::PublicKey key_of(std::uint8_t last) {
  app::PublicKey key{};
  key.back() = last;
  return key;
}

TEST(Fingerprint, IsTheFirstEightyBitsOfTheKeysDigestInGroupsOfFour) {
  // head -c 32 /dev/zero | b2sum -l 256
  EXPECT_EQ(app::format_fingerprint(key_of(0)), "89EB-0D6A-8A69-1DAE-2CD1");
  EXPECT_NE(app::format_fingerprint(key_of(1)), app::format_fingerprint(key_of(0)));
}

TEST(Fingerprint, IsKnownHoweverItIsTyped) {
  EXPECT_TRUE(app::is_fingerprint_of(key_of(0), "89EB-0D6A-8A69-1DAE-2CD1"));
  EXPECT_TRUE(app::is_fingerprint_of(key_of(0), " 89eb 0d6a8a69 1dae-2cd1 "));
  for (const char* wrong : {"", "89EB", "89EB-0D6A-8A69-1DAE-2CD", "89EB-0D6A-8A69-1DAE-2CD1-", "89EB-0D6A-8A69-1DAE-2CD2"}) {
    EXPECT_EQ(app::is_fingerprint_of(key_of(0), wrong), std::string_view(wrong).ends_with("1-")) << wrong;
  }
}

}  // namespace
