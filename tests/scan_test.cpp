// Scans of every kind of producer, and hostile ones: clean pages, or a reason; never harm to the program that asks.
#include "app/paper/protect.h"
#include "exporter/binder/scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <sstream>

#include "app/jail_posix.h"
#include "app/paper/draw.h"
#include "exporter/binder/scan_leaves.h"
#include "exporter/binder/scan_pictures.h"
#include "tests/command.h"
#include "tests/sample_sheets.h"

namespace {

using exporter::ScanWay;

// A PDF as a program writes it by hand: `objects` from number 1 on, the catalog first, with a right table of places.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& head = "%PDF-1.4\n", const std::string& size = "") {
  std::string pdf = head;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t table = pdf.size();
  const std::string count = size.empty() ? std::to_string(objects.size() + 1) : size;
  pdf += "xref\n0 " + count + "\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    const std::string digits = std::to_string(place);
    pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return pdf + "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

const std::string kCatalog = "<< /Type /Catalog /Pages 2 0 R >>";
const std::string kPages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const std::string kFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

std::string drawing(const std::string& words) {
  const std::string text = "BT /F 24 Tf 72 700 Td (" + words + ") Tj ET";
  return "<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream";
}

std::string page(const std::string& more = "/Type /Page") {
  return "<< " + more + " /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>";
}

std::string letter() { return pdf_of({kCatalog, kPages, page(), drawing("Letter from cardiology"), kFont}); }

std::string words_on(const std::string& pdf) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "a.pdf", pdf);
  return tests::run("cd '" + folder.path().string() + "'; qpdf --check a.pdf >check 2>&1 || cat check; pdftotext a.pdf -").out;
}

std::string through(const std::string& pdf, const std::string& command) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", pdf);
  const auto done = tests::run("cd '" + folder.path().string() + "'; " + command);
  return tests::contents(folder.path() / "out.pdf");
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

TEST(Scan, OfEveryProducerAndManyABrokenOneIsMadeClean) {
  const std::string good = letter();
  const std::string weak = "qpdf --allow-weak-crypto --encrypt '' owner ";
  std::string carriage;
  for (const char c : good) carriage += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const std::pair<const char*, std::string> kScans[] = {
      {"as written", good},
      {"object streams", through(good, "qpdf --object-streams=generate in.pdf out.pdf")},
      {"linearized", through(good, "qpdf --linearize in.pdf out.pdf")},
      {"qdf", through(good, "qpdf --qdf in.pdf out.pdf")},
      {"locked with RC4 of 40 bits, no password", through(good, weak + "40 -- in.pdf out.pdf")},
      {"locked with RC4 of 128 bits, no password", through(good, weak + "128 --use-aes=n -- in.pdf out.pdf")},
      {"locked with AES of 128 bits, no password", through(good, weak + "128 --use-aes=y -- in.pdf out.pdf")},
      {"locked with AES of 256 bits, no password", through(good, weak + "256 -- in.pdf out.pdf")},
      {"poppler's own", through(good, "pdftocairo -pdf in.pdf out.pdf")},
      {"mupdf's own", through(good, "mutool clean in.pdf out.pdf")},
      {"version 2.0", pdf_of({kCatalog, kPages, page(), drawing("Letter from cardiology"), kFont}, "%PDF-2.0\n")},
      {"junk behind it", good + std::string(3000, 'x')},
      {"a line before it", "Content-Type: application/pdf\n\n" + good},
      {"no end mark", good.substr(0, good.size() - 6)},
      {"a wrong place of the table", replaced(good, "startxref\n", "startxref\n9")},
      {"no table", good.substr(0, good.find("xref\n")) + good.substr(good.find("trailer"))},
      {"mangled line ends", carriage},
      {"a page without type", pdf_of({kCatalog, kPages, page(""), drawing("Letter from cardiology"), kFont})},
      {"a page inside the list", pdf_of({kCatalog, "<< /Type /Pages /Count 1 /Kids [" + page() + "] >>", "null", drawing("Letter from cardiology"), kFont})},
      {"inherited rotation", pdf_of({kCatalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 >>", page(), drawing("Letter from cardiology"), kFont})},
      {"a list elsewhere", pdf_of({kCatalog, "<< /Type /Pages /Kids 6 0 R /Count 1 >>", page(), drawing("Letter from cardiology"), kFont, "[3 0 R]"})},
  };
  for (const auto& [name, bytes] : kScans) {
    const auto scan = exporter::clean_scan(bytes);
    ASSERT_TRUE(scan.ok()) << name << ": " << scan.error().what << " " << scan.error().detail;
    EXPECT_EQ(scan.value().way, ScanWay::cleaned) << name;
    EXPECT_EQ(scan.value().pages, 1u) << name;
    const std::string words = words_on(scan.value().pdf);
    EXPECT_NE(words.find("Letter from cardiology"), std::string::npos) << name << ": " << words;
  }
}

TEST(Scan, LosesItsScriptsActionsLinksAndAttachments) {
  const std::string acting = pdf_of(
      {"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << /JavaScript << /Names [(a) 6 0 R] >> >> >>",
       kPages, page("/Type /Page /AA << /O 6 0 R >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://evil.example) >> >>]"),
       drawing("Letter"), kFont, "<< /S /JavaScript /JS (app.alert\\(2\\)) >>"});
  const auto scan = exporter::clean_scan(acting);
  ASSERT_TRUE(scan.ok()) << scan.error().detail;
  const std::string plain = through(scan.value().pdf, "qpdf --qdf in.pdf out.pdf");
  EXPECT_NE(plain.find("/Contents"), std::string::npos);
  for (const char* trace : {"JavaScript", "OpenAction", "/AA", "evil", "/Annots", "/Names"}) EXPECT_EQ(plain.find(trace), std::string::npos) << trace;
}

TEST(Scan, ThatCannotBeReadSaysWhyAndCostsNothingElse) {
  const std::string good = letter();
  const std::pair<std::string, const char*> kScans[] = {
      {"", "empty"},
      {"just text, as a fax server writes it", "neither PDF nor a picture"},
      {std::string(5000, '\0'), "neither PDF nor a picture"},
      {"%PDF-1.4\n", "cannot be read"},
      {good.substr(0, good.find("4 0 obj")), "damaged or cut short"},
      {through(good, "qpdf --encrypt secret owner 256 -- in.pdf out.pdf"), "cannot be read: it is locked with a password"},
      {"\xFF\xD8\xFF\xE0 cut", "cannot be read: its file is cut short"},
      {"\x89PNG\r\n\x1A\n cut", "cannot be read"},
      {std::string("II*\0\xFF\xFF\xFF\xFF", 8), ""},
  };
  for (const auto& [bytes, said] : kScans) {
    const auto scan = exporter::clean_scan(bytes);
    ASSERT_FALSE(scan.ok()) << bytes.substr(0, 40);
    EXPECT_NE(scan.error().what.find(said), std::string::npos) << scan.error().what;
  }
  exporter::ScanLimits small;
  small.bytes_most = 100;
  EXPECT_EQ(exporter::clean_scan(good, small).error().code, app::Code::no_room);
}

TEST(Scan, ThatIsHostileEndsInItsOwnProcess) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<</A ";
  const std::string kHostile[] = {
      pdf_of({deep, kPages, page(), drawing("x"), kFont}),
      pdf_of({"[" + std::string(400'000, '[') + "]", kPages, page(), drawing("x"), kFont}),
      pdf_of({kCatalog, kPages, page(), drawing("x"), kFont}, "%PDF-1.4\n", "8000000"),
      pdf_of({kCatalog, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 >>", page(), drawing("x"), kFont}),
      pdf_of({kCatalog, kPages, page(), "<< /Length 999999999 >>\nstream\nq\nendstream", kFont}),
      pdf_of({kCatalog, kPages, page(), "<< /Length 4 /Filter /FlateDecode >>\nstream\nabcd\nendstream", kFont}),
  };
  for (const std::string& bytes : kHostile) {
    const auto scan = exporter::clean_scan(bytes, {.seconds = 5});
    EXPECT_TRUE(scan.ok() ? scan.value().pages <= 2 : !scan.error().what.empty());
  }
}

TEST(Scan, WithAnyByteChangedIsPagesOrAReason) {
  const std::string good = letter();
  std::mt19937 random(7);
  int read = 0;
  for (int i = 0; i < 20; ++i) {
    std::string mutant = good;
    for (int k = 0; k < 6; ++k) mutant[random() % mutant.size()] = static_cast<char>(random() % 256);
    const auto scan = exporter::clean_scan(mutant, {.seconds = 5});
    if (scan.ok()) ++read;
    EXPECT_TRUE(scan.ok() ? scan.value().pages >= 1 : !scan.error().what.empty());
  }
  EXPECT_GT(read, 0);
}

TEST(Scan, ThatLibqpdfDoesNotTakeIsDrawnToPictures) {
  // Its contents say that they are packed and are not, which poppler draws as far as it gets.
  const std::string broken = pdf_of({kCatalog, kPages, page(), "<< /Length 4 /Filter /FlateDecode >>\nstream\nabcd\nendstream", kFont});
  const auto scan = exporter::clean_scan(broken);
  ASSERT_TRUE(scan.ok()) << scan.error().what << scan.error().detail;
  EXPECT_EQ(scan.value().way, ScanWay::drawn_as_pictures);
  EXPECT_EQ(scan.value().pages, 1u);
}

TEST(Scan, ThatIsAPictureIsPlacedOnAPageAsItLooks) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", letter());
  const std::string cd = "cd '" + folder.path().string() + "'; ";
  for (const char* kind : {"-jpeg", "-jpeg -gray", "-png", "-png -gray", "-png -mono", "-tiff -tiffcompression deflate", "-tiff -mono"}) {
    tests::run(cd + "rm -f p.*; pdftoppm -r 60 -singlefile " + kind + " in.pdf p");
    const auto made = tests::run(cd + "cat p.*");
    const auto scan = exporter::clean_scan(made.out);
    ASSERT_TRUE(scan.ok()) << kind << ": " << scan.error().what << " " << scan.error().detail;
    EXPECT_EQ(scan.value().way, ScanWay::placed);
    EXPECT_EQ(scan.value().pages, 1u);
    tests::write(folder.path() / "out.pdf", scan.value().pdf);
    // There is ink, and most of the page has none.
    const auto ink = tests::run(cd + "qpdf --check out.pdf >/dev/null && pdftoppm -r 20 -gray -singlefile out.pdf o && tail -c 38000 o.pgm | od -An -v -tu1 -w1 | awk '$1<200{d++} END{print d+0, NR}'");
    std::istringstream counts(ink.out);
    int dark = 0, all = 0;
    counts >> dark >> all;
    EXPECT_GT(dark, 10) << kind;
    EXPECT_LT(dark, all / 10) << kind;
  }
}

// Where the ink is on the first page, from -1 (left, top) to 1; and how many times as wide as high the page is.
struct Ink {
  double across = 0;
  double down = 0;
  double shape = 0;
};

Ink ink_of(const tests::TemporaryFolder& folder, const std::string& pdf) {
  tests::write(folder.path() / "seen.pdf", pdf);
  tests::run("cd '" + folder.path().string() + "'; pdftoppm -r 20 -gray -singlefile seen.pdf seen");
  std::istringstream picture(tests::contents(folder.path() / "seen.pgm"));
  std::string kind;
  int width = 0, height = 0, white = 0, black = 0;
  picture >> kind >> width >> height >> white;
  picture.get();
  Ink ink;
  for (int i = 0; i < width * height; ++i) {
    if (picture.get() > 200) continue;
    ++black;
    ink.across += 2.0 * (i % width) / width - 1;
    ink.down += 2.0 * (i / width) / height - 1;
  }
  EXPECT_GT(black, 5);
  return {ink.across / std::max(black, 1), ink.down / std::max(black, 1), static_cast<double>(width) / std::max(height, 1)};
}

TEST(Scan, ThatACameraTookHeldSomehowIsSeenUpright) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", letter());
  tests::run("cd '" + folder.path().string() + "'; pdftoppm -r 60 -singlefile -jpeg in.pdf p");
  const std::string jpeg = tests::contents(folder.path() / "p.jpg");
  ASSERT_TRUE(jpeg.starts_with("\xFF\xD8"));
  // By orientation: is what stands at the top left of the picture seen at the left, at the top, and does the page lie?
  constexpr bool kSeen[8][3] = {{true, true, false}, {false, true, false}, {false, false, false}, {true, false, false},
                                {true, true, true},  {false, true, true},  {false, false, true},  {true, false, true}};
  for (int held = 1; held <= 8; ++held) {
    for (const bool little : {true, false}) {
      const std::string tiff = little ? std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + static_cast<char>(held) + std::string(7, '\0')
                                      : std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) + static_cast<char>(held) + std::string(6, '\0');
      const std::string exif = std::string("Exif\0\0", 6) + tiff;
      const std::string head = std::string("\xFF\xE1") + '\0' + static_cast<char>(exif.size() + 2) + exif;
      const auto scan = exporter::clean_scan(jpeg.substr(0, 2) + head + jpeg.substr(2));
      ASSERT_TRUE(scan.ok()) << held << scan.error().what << scan.error().detail;
      const Ink ink = ink_of(folder, scan.value().pdf);
      const auto& [left, top, lies] = kSeen[held - 1];
      EXPECT_EQ(ink.across < 0, left) << held << ' ' << ink.across;
      EXPECT_EQ(ink.down < 0, top) << held << ' ' << ink.down;
      EXPECT_EQ(ink.shape > 1, lies) << held;
    }
  }
}

TEST(Scan, ThatSaysNonsenseOfHowItWasHeldIsPlacedAsItIs) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", letter());
  tests::run("cd '" + folder.path().string() + "'; pdftoppm -r 60 -singlefile -jpeg in.pdf p");
  const std::string jpeg = tests::contents(folder.path() / "p.jpg");
  const std::string kNonsense[] = {"", "Exif", std::string("Exif\0\0II*\0\xFF\xFF\xFF\xFF", 14), std::string("Exif\0\0MM\0*\0\0\0\x08\xFF\xFF", 16),
                                   std::string("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x99\0\0\0", 28)};
  for (const std::string& exif : kNonsense) {
    const std::string head = std::string("\xFF\xE1") + '\0' + static_cast<char>(exif.size() + 2) + exif;
    const auto scan = exporter::clean_scan(jpeg.substr(0, 2) + head + jpeg.substr(2));
    ASSERT_TRUE(scan.ok()) << scan.error().detail;
    const Ink ink = ink_of(folder, scan.value().pdf);
    EXPECT_TRUE(ink.across < 0 && ink.down < 0 && ink.shape < 1);
  }
}

TEST(Scan, OfSeveralFaxedPagesKeepsAllOfThem) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "in.pdf", letter());
  const auto made = tests::run("cd '" + folder.path().string() + "'; qpdf --empty --pages in.pdf 1 in.pdf 1 in.pdf 1 -- three.pdf; "
                               "pdftoppm -r 60 -tiff -mono three.pdf p; tiffcp p-*.tif all.tif; cat all.tif");
  const auto scan = exporter::clean_scan(made.out);
  ASSERT_TRUE(scan.ok()) << scan.error().what << scan.error().detail << made.err;
  EXPECT_EQ(scan.value().pages, 3u);
}

std::string words_of(const std::vector<app::Page>& pages) {
  std::string words;
  for (const app::Page& page : pages) {
    for (const app::TextMark& mark : page.texts) words += mark.text + " ";
    words += "\n";
  }
  return words;
}

TEST(ScanLeaves, OfALongerScanThanIsPrintedSayOnEachPageHowManyThereAreAndOnTheLastThatItIsNotTheEnd) {
  const auto fonts = app::FontSet::open(app::find_fonts());
  const std::string sixty = through(letter(), "qpdf --empty --pages $(for i in $(seq 60); do echo in.pdf 1; done) -- out.pdf");
  // The same, of which every page's contents say that they are packed and are not: poppler draws it.
  std::string broken = through(sixty, "qpdf --qdf --stream-data=uncompress in.pdf out.pdf");
  for (const std::string& bytes : {sixty, replaced(broken, "BT", "(T")}) {
    exporter::BinderPart part;
    exporter::ScanCounts counts;
    exporter::lay_out_scans({{"Letter, 04-Mar-2026", bytes}}, {"SMITH, John (Mr)", "10442", "7KD2-M4QX+AAAA", "14-Jul-1945"}, sample::frame(), app::kA4, fonts.value(),
                            std::chrono::steady_clock::now() + std::chrono::minutes(5), part, counts);
    ASSERT_EQ(part.pages.size(), 30u);
    EXPECT_EQ(part.scans.size(), 30u);
    EXPECT_EQ(counts.missing(), 0u);
    const std::string words = words_of(part.pages);
    for (const char* said : {"its page 1 of 60", "its page 30 of 60", "NOT THE END: 30 pages more are not printed", "born 14-Jul-1945"}) {
      EXPECT_NE(words.find(said), std::string::npos) << said;
    }
    EXPECT_EQ(words.find("NOT THE END"), words.rfind("NOT THE END"));
  }
}

TEST(ScanLeaves, ThatNoTimeWasLeftForSayWhichTheyAreAndAreCounted) {
  const auto fonts = app::FontSet::open(app::find_fonts());
  exporter::BinderPart part;
  exporter::ScanCounts counts;
  exporter::lay_out_scans({{"ECG, 03-Mar-2026", letter()}, {"Letter, 04-Mar-2026", letter()}}, {"SMITH, John (Mr)", "10442", "7KD2-M4QX+AAAA"}, sample::frame(),
                          app::kLetter, fonts.value(), std::chrono::steady_clock::now(), part, counts);
  EXPECT_EQ(counts.left_over, 2u);
  EXPECT_EQ(counts.another_night, 2u);
  EXPECT_EQ(counts.missing(), 2u);
  ASSERT_EQ(part.pages.size(), 2u);
  std::string words;
  for (const app::Page& page : part.pages) {
    for (const app::TextMark& mark : page.texts) words += mark.text + " ";
  }
  for (const char* said : {"ECG, 03-Mar-2026", "Letter, 04-Mar-2026", "no time left", "SMITH, John", "MRN 10442"}) EXPECT_NE(words.find(said), std::string::npos) << said;
}

TEST(ScanJail, HasNoNetworkLittleMemoryAndLittleTime) {
  const app::JailOrder shell{{"sh", "-c", ""}, 256u << 20, 1u << 20, 2};
  const auto run = [&](const std::string& line) {
    app::JailOrder order = shell;
    order.command[2] = line;
    return app::run_in_jail(order, "what comes in");
  };
  EXPECT_EQ(run("cat").value(), "what comes in");
  EXPECT_FALSE(run("bash -c 'exec 3<>/dev/tcp/127.0.0.1/9' 2>/dev/null || bash -c 'exec 3<>/dev/udp/127.0.0.1/9'").ok()) << "a socket";
  EXPECT_FALSE(run("echo secret > \"${TMPDIR:-/tmp}/nightchart-jail-test\"").ok()) << "a file with something in it";
  EXPECT_FALSE(run("while :; do :; done").ok()) << "for ever";
  EXPECT_FALSE(run("yes").ok()) << "without end";
  EXPECT_NE(run("echo broken >&2; exit 3").error().detail.find("broken"), std::string::npos);
  app::JailOrder none = shell;
  none.command = {"no-such-program"};
  EXPECT_EQ(app::run_in_jail(none, "").error().code, app::Code::not_found);
}

TEST(Scan, ThatIsMissingHasAPageThatNamesItAndTheReason) {
  const auto fonts = app::FontSet::open(app::find_fonts());
  const auto page = exporter::lay_out_missing_scan("Letter from cardiology, 03-Mar-2026", "SMITH, John (Mr)   MRN 10442",
                                                   {app::Code::bad_source, "The document cannot be read.", ""}, sample::frame(), app::kA4, fonts.value());
  std::string words;
  for (const app::TextMark& mark : page.texts) words += mark.text + " ";
  for (const char* said : {"EMERGENCY COPY", "Letter from cardiology, 03-Mar-2026", "MRN 10442", "cannot be read", "emergency viewer"}) {
    EXPECT_NE(words.find(said), std::string::npos) << said;
  }
}

}  // namespace
