// A locked key vouches for its practice: what a forger can do who has an old copy and no passphrase.
#include <gtest/gtest.h>

#include "app/snapshot/copy.h"
#include "tests/copy_maker.h"
#include "tests/temporary_folder.h"

namespace {

using app::Code;

TEST(Vouching, ACopyMadeAroundAnOldCopysSlotIsForgedThoughThePassphraseOpensIt) {
  const tests::TemporaryFolder ours, forgers;
  const tests::Practice practice = tests::make_practice(ours.path()).value();
  const auto real = tests::run_small_night(practice, tests::invented_charts(2));
  ASSERT_TRUE(real.ok());
  const app::Manifest seen = app::read_copy(real.value(), app::Check::sizes).value().manifest;

  tests::Practice forger{forgers.path(), forgers.path() / "copies", app::SigningKey::make(), {}};
  for (const app::KeySlot& slot : seen.slots) forger.keyholders.push_back({slot.keyholder, slot.public_key, slot.locked_key});
  const auto forged = tests::run_small_night(forger, tests::invented_charts(1));
  ASSERT_TRUE(forged.ok());
  const auto info = app::read_copy(forged.value(), app::Check::hashes);
  ASSERT_TRUE(info.ok()) << "without a passphrase it looks like any other copy";

  const auto opened = app::Copy::open(info.value(), tests::kPassphrase);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::forged);
  EXPECT_EQ(app::Copy::open(info.value(), "another").error().code, Code::wrong_passphrase);
}

}  // namespace
