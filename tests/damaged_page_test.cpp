// Scans whose file is damaged inside: half a letter is never shown or printed as if it were the whole, and a good file is
// never called damaged.
#include <gtest/gtest.h>

#include "app/paper/scan_page.h"
#include "exporter/binder/scan.h"
#include "tests/command.h"
#include "tests/document_desk.h"
#include "viewer/document_view.h"

namespace {

using app::Loss;
using viewer_test::DocumentDesk;
using viewer_test::PrintedPages;

constexpr char kJpeg[] = "/Filter /DCTDecode /ColorSpace /DeviceRGB";
constexpr char kPacked[] = "/Filter /FlateDecode /ColorSpace /DeviceGray";

std::string by(const std::string& command) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", tests::make_letter({tests::words_of_pdf("Penicillin: anaphylaxis")}));
  const auto made = tests::run("cd '" + folder.path().string() + "'; " + command);
  EXPECT_EQ(made.exit_code, 0) << made.err;
  return made.out;
}

// A letter of 400 by 560 dots.
std::string jpeg() { return by("pdftoppm -scale-to-x 400 -scale-to-y 560 -singlefile -jpeg in.pdf"); }
// What zlib calls packed, its last four bytes, a sum, left away as some programs do.
std::string pack(const std::string& bytes) {
  std::string packed = "\x78\x01";
  for (std::size_t at = 0; at < bytes.size(); at += 60'000) {
    const std::string piece = bytes.substr(at, 60'000);
    const std::size_t size = piece.size(), rest = ~size;
    packed += at + 60'000 >= bytes.size() ? '\x01' : '\0';
    for (const std::size_t two : {size, rest}) packed += {static_cast<char>(two & 0xFF), static_cast<char>(two >> 8 & 0xFF)};
    packed += piece;
  }
  return packed;
}
std::string packed() { return pack(by("pdftoppm -scale-to-x 400 -scale-to-y 560 -singlefile -gray in.pdf | tail -c 224000")); }

// A page each, that draws its picture from a list which all pages share.
std::string make_scan(const std::vector<std::string>& pictures, const std::string& head, bool in_form = false) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "", ""};
  std::string kids, names;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::string name = "/P" + std::to_string(i);
    const std::string drawing = "q 500 0 0 700 40 70 cm " + name + " Do Q";
    objects.push_back("<< /Type /XObject /Subtype /Image /Width 400 /Height 560 /BitsPerComponent 8 " + head + " /Length " +
                      std::to_string(pictures[i].size()) + " >>\nstream\n" + pictures[i] + "\nendstream");
    const std::string picture = std::to_string(objects.size());
    names += name + " " + picture + " 0 R ";
    if (in_form) {
      objects.push_back("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << " + name + " " + picture +
                        " 0 R >> >> /Length " + std::to_string(drawing.size()) + " >>\nstream\n" + drawing + "\nendstream");
      names += "/F" + std::to_string(i) + " " + std::to_string(objects.size()) + " 0 R ";
    }
    objects.push_back(tests::make_stream(in_form ? "/F" + std::to_string(i) + " Do" : drawing));
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R /Contents " + std::to_string(objects.size()) + " 0 R >>");
    kids += std::to_string(objects.size()) + " 0 R ";
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pictures.size()) + " >>";
  objects[2] = "<< /XObject << " + names + " >> >>";
  return tests::make_pdf(objects);
}

std::string zeroed(const std::string& bytes) { return std::string(bytes.size(), '\0'); }
std::string half(const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); }
std::string broken_inside(std::string bytes) { return bytes.replace(bytes.size() / 2, 12, "\x55\xAA\xFF\xD5 wrong\xFF\xEE"); }

Loss loss_of(const std::string& bytes, int page = 1) {
  const auto drawn = viewer::draw_document(bytes, {page, 300, 0}, [] { return true; });
  EXPECT_TRUE(drawn.ok()) << drawn.error().detail;
  return drawn.ok() ? drawn.value().loss : Loss::pages;
}

TEST(DamagedPage, IsToldFromTheGoodOnesOfItsDocument) {
  const std::string good = jpeg();
  for (const bool in_form : {false, true}) {
    const std::string scan = make_scan({good, zeroed(good), half(good), good, broken_inside(good)}, kJpeg, in_form);
    const std::vector<Loss> expected = {Loss::none, Loss::parts, Loss::parts, Loss::none, Loss::parts};
    for (int page = 1; page <= 5; ++page) EXPECT_EQ(loss_of(scan, page), expected[static_cast<std::size_t>(page - 1)]) << page << in_form;
  }
  const std::string rows = packed();
  const std::string scan = make_scan({rows, zeroed(rows), half(rows), rows.substr(0, rows.size() - 20)}, kPacked);
  const std::vector<Loss> expected = {Loss::none, Loss::parts, Loss::parts, Loss::none};
  for (int page = 1; page <= 4; ++page) EXPECT_EQ(loss_of(scan, page), expected[static_cast<std::size_t>(page - 1)]) << page;
}

TEST(DamagedPage, IsNoGoodFileOfAnyProducer) {
  const std::string letter = tests::make_letter({tests::words_of_pdf("Letter")});
  std::vector<std::string> good = {letter, make_scan({jpeg()}, kJpeg), make_scan({jpeg() + "\n"}, kJpeg), make_scan({packed()}, kPacked)};
  for (const char* command : {"qpdf --linearize in.pdf out.pdf", "qpdf --object-streams=generate in.pdf out.pdf", "qpdf --qdf in.pdf out.pdf",
                              "pdftocairo -pdf in.pdf out.pdf", "mutool clean in.pdf out.pdf",
                              "gs -q -sDEVICE=pdfwrite -o out.pdf in.pdf", "qpdf --encrypt '' owner 256 -- in.pdf out.pdf",
                              "pdftoppm -r 60 -singlefile -mono -tiff in.pdf a && tiffcp -c g4 a.tif b.tif && tiff2pdf -o out.pdf b.tif",
                              "pdftoppm -r 60 -singlefile -tiff in.pdf a && tiffcp -c lzw a.tif b.tif && tiff2pdf -o out.pdf b.tif",
                              "pdftoppm -r 60 -singlefile -tiff in.pdf a && tiff2pdf -j -o out.pdf a.tif"})
    good.push_back(by(std::string(command) + " >/dev/null 2>&1; cat out.pdf"));
  // A bracket too many, as many programs write.
  good.push_back(tests::make_letter({tests::words_of_pdf("Letter") + " Q Q"}));
  good.push_back(letter + std::string(3000, 'x'));
  good.push_back("Content-Type: application/pdf\n\n" + letter);
  for (std::size_t i = 0; i < good.size(); ++i) {
    EXPECT_EQ(loss_of(good[i]), Loss::none) << i;
    const auto scan = exporter::clean_scan(good[i]);
    ASSERT_TRUE(scan.ok()) << i << scan.error().detail;
    EXPECT_TRUE(scan.value().damaged.empty()) << i;
  }
}

TEST(DamagedPage, OfWhichTheDrawingBreaksOffIsToldToo) {
  const std::string rows = pack(std::string(9000, ' ') + "q Q"), broken = "<< /Filter /FlateDecode /Length " + std::to_string(rows.size() / 2) + " >>\nstream\n" + half(rows) + "\nendstream";
  const std::string letter = tests::make_pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>", broken});
  EXPECT_EQ(loss_of(letter), Loss::parts);
  const auto scan = exporter::clean_scan(letter);
  ASSERT_TRUE(scan.ok());
  EXPECT_EQ(scan.value().damaged, std::vector<std::size_t>{0});
}

TEST(DamagedPage, IsSaidAboveItOnTheScreenAndInItsFrameOnPaper) {
  const std::string good = jpeg();
  DocumentDesk desk(make_scan({good, zeroed(good), half(good), good}, kJpeg));
  desk.open();
  for (const bool damaged : {false, true, true, false}) {
    EXPECT_EQ(viewer::make_document_view(desk.session).warning, damaged ? app::kPartsMayBeMissing : "");
    desk.session.document()->turn(1);
    desk.work();
  }
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  const PrintedPages paper(desk.orders[0].drawn->pdf);
  for (int page = 1; page <= 4; ++page)
    EXPECT_EQ(paper.words(page).find("PARTS OF THIS PAGE MAY BE MISSING") != std::string::npos, page == 2 || page == 3) << page;
}

TEST(DamagedPage, AFaxWhoseChainOfPagesBreaksOffIsSaidToBeCutShort) {
  const std::string one = tests::make_tiff(100, 150, 100, 100, std::string(15'000, '\x30'));
  EXPECT_EQ(loss_of(one), Loss::none);
  std::string cut = one;
  cut.replace(8 + 2 + 12 * 12, 4, std::string("\x00\x00\x7F\x00", 4));  // where its next page would lie
  EXPECT_EQ(loss_of(cut), Loss::pages);
  DocumentDesk desk(cut);
  desk.open();
  EXPECT_NE(viewer::make_document_view(desk.session).warning.find("CUT SHORT"), std::string::npos);
  desk.print();
  ASSERT_EQ(desk.orders.size(), 1u) << desk.session.print_notice();
  EXPECT_NE(PrintedPages(desk.orders[0].drawn->pdf).words().find("CUT SHORT"), std::string::npos);
}

TEST(DamagedPage, IsNamedByWhatMakesScansClean) {
  const std::string good = jpeg();
  for (const bool in_form : {false, true}) {
    const auto scan = exporter::clean_scan(make_scan({good, zeroed(good), half(good), good, broken_inside(good)}, kJpeg, in_form));
    ASSERT_TRUE(scan.ok()) << scan.error().detail;
    EXPECT_EQ(scan.value().pages, 5u);
    EXPECT_EQ(scan.value().damaged, (std::vector<std::size_t>{1, 2, 4}));
  }
  const std::string rows = packed();
  EXPECT_EQ(exporter::clean_scan(make_scan({rows, half(rows)}, kPacked)).value().damaged, std::vector<std::size_t>{1});
  EXPECT_FALSE(exporter::clean_scan(broken_inside(good)).ok()) << "a picture that is no PDF is refused with a reason";
}

}  // namespace
