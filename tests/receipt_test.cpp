// A laptop's receipt: what it proves, and what it does not take.
#include "app/snapshot/receipt.h"

#include <gtest/gtest.h>

namespace {

using app::Code;

const std::string kKey(64, '7');

app::Receipt reception() {
  app::Receipt receipt{"Reception laptop", 123, {}, {1'790'000'000}};
  receipt.manifest[3] = 0xAB;
  return receipt;
}

app::Result<app::Receipt> parse(const std::string& text, const std::string& key = kKey) {
  return app::parse_receipt(text, [&](std::uint64_t sequence) { return sequence == 123 ? std::optional(key) : std::nullopt; });
}

TEST(Receipt, IsReadBackAsItWasWritten) {
  const auto back = parse(app::format_receipt(reception(), kKey));
  ASSERT_TRUE(back.ok()) << back.error().what;
  EXPECT_EQ(back.value().laptop, "Reception laptop");
  EXPECT_EQ(back.value().sequence, 123u);
  EXPECT_EQ(back.value().manifest, reception().manifest);
  EXPECT_EQ(back.value().opened, reception().opened);
}

TEST(Receipt, WithAnyOtherLetterProvesNothing) {
  const std::string text = app::format_receipt(reception(), kKey);
  int refused = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    std::string changed = text;
    changed[at] = changed[at] == '1' ? '2' : '1';
    const auto parsed = parse(changed);
    EXPECT_FALSE(parsed.ok()) << changed;
    refused += !parsed.ok() && parsed.error().code == Code::forged;
  }
  EXPECT_GT(refused, 100) << "most of them are receipts still, of another key";
}

TEST(Receipt, OfWhoDidNotOpenTheCopyIsNoticed) {
  EXPECT_EQ(parse(app::format_receipt(reception(), std::string(64, '8'))).error().code, Code::forged);
  app::Receipt other = reception();
  other.sequence = 124;
  EXPECT_EQ(parse(app::format_receipt(other, kKey)).error().code, Code::not_found);
}

TEST(Receipt, ThatIsSomethingElseIsRefusedAsThat) {
  for (const char* text : {"", "{}", "[1]", "no JSON", R"({"nightchart":"receipt"})", R"({"nightchart":"manifest","version":1})"}) {
    EXPECT_FALSE(parse(text).ok()) << text;
  }
  EXPECT_EQ(parse(R"({"nightchart":"receipt","version":2})").error().code, Code::newer_format);
  EXPECT_EQ(parse(std::string(5000, ' ') + app::format_receipt(reception(), kKey)).error().code, Code::wrong_kind);
  app::Receipt long_name = reception();
  long_name.laptop = std::string(101, 'x');
  EXPECT_EQ(parse(app::format_receipt(long_name, kKey)).error().code, Code::wrong_kind);
  long_name.laptop = "two\nlines";
  EXPECT_EQ(parse(app::format_receipt(long_name, kKey)).error().code, Code::wrong_kind);
}

TEST(Receipt, HasAFileForEachLaptopWithAPlainName) {
  EXPECT_EQ(app::receipt_file_name("Reception laptop").substr(0, 17), "reception-laptop-");
  EXPECT_NE(app::receipt_file_name("Zimmer ä"), app::receipt_file_name("Zimmer ö"));
  for (const char c : app::receipt_file_name("../../etc/passwd \"; rm")) EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.') << c;
}

}  // namespace
