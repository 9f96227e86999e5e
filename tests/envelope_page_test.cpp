// The sealed envelope's page, as it comes out of a printer.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/paper/draw.h"
#include "app/snapshot/keys_envelope.h"
#include "exporter/keyholders/envelope_page.h"
#include "tests/command.h"

namespace {

std::string letters_only(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '-' || c == '\f'; });
  return text;
}

class EnvelopePage : public testing::TestWithParam<bool> {
 protected:
  app::Result<std::string> print(const std::string& practice) {
    letters_ = std::string(app::format_recovery_letters(recovery_).view());
    const auto fonts = app::FontSet::open(app::find_fonts());
    TRY_GET(const app::QrCode code, app::make_qr_code(letters_));
    TRY_GET(const app::Page page,
            exporter::lay_out_envelope({practice, "Sealed envelope 3F2A of 22-Nov-2026", "89EB-0D6A-8A69-1DAE-2CD1"},
                                       app::SecretBytes::copy_of(letters_), code, GetParam() ? app::kLetter : app::kA4, fonts.value()));
    TRY_GET(const app::DrawnPdf pdf, app::draw_pdf({page}, fonts.value(), "Sealed envelope"));
    EXPECT_EQ(pdf.pages, 1u);
    EXPECT_EQ(pdf.uncovered, 0u);
    tests::write(folder_.path() / "page.pdf", pdf.bytes);
    return pdf.bytes;
  }
  std::string run(const std::string& command) { return tests::run("cd '" + folder_.path().string() + "'; " + command).out; }

  tests::TemporaryFolder folder_;
  app::Recovery recovery_ = app::make_recovery(app::SigningKey::make().verifying_key());
  std::string letters_;
};

TEST_P(EnvelopePage, HoldsTheSameKeyInLettersAndInItsSquareCode) {
  ASSERT_TRUE(print("Elm Street Family Practice").ok());
  const std::string scanned = run("pdftoppm -r 150 -gray -png page.pdf page && zbarimg -q --raw page-1.png");
  EXPECT_EQ(letters_only(scanned), letters_);
  // A fax, a folded page, a cheap scanner: half as fine.
  EXPECT_EQ(letters_only(run("pdftoppm -r 75 -gray -png page.pdf coarse && zbarimg -q --raw coarse-1.png")), letters_);
  const std::string text = run("pdftotext -layout page.pdf -");
  EXPECT_NE(letters_only(text).find(letters_.substr(0, 16)), std::string::npos) << text;
  EXPECT_TRUE(app::parse_recovery_lines(scanned).ok());
}

TEST_P(EnvelopePage, SaysWhatItIsAndWhatToDo) {
  ASSERT_TRUE(print("Elm Street Family Practice").ok());
  std::string text = run("pdftotext -layout page.pdf -");
  std::replace(text.begin(), text.end(), '\n', ' ');
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both_blank), text.end());  // wherever the lines are broken
  for (const char* said : {"Elm Street Family Practice", "Sealed envelope 3F2A of 22-Nov-2026", "89EB-0D6A-8A69-1DAE-2CD1",
                           "Never with the emergency laptop", "nightchart-viewer", "If a line has a mistake", "Sealed by",
                           "nightchart keyholder envelope"}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
}

TEST_P(EnvelopePage, KeepsToOnePageForALongNameAndSaysSoIfItCannot) {
  EXPECT_TRUE(print("Association of Family Physicians, Paediatricians and Midwives of the Upper Susquehanna Valley, Inc.").ok());
  std::string endless;
  for (int i = 0; i < 100; ++i) endless += "Association of Family Physicians ";
  const auto refused = print(endless);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, app::Code::no_room);
}

INSTANTIATE_TEST_SUITE_P(OfBothPapers, EnvelopePage, testing::Bool());

}  // namespace
