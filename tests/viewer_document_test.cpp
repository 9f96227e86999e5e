// Scans and attachments in the viewer: their pages beside the chart's banner, drawn by a program that can harm nothing; one
// that is broken or hostile costs itself.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "app/jail_posix.h"
#include "tests/command.h"
#include "tests/sample_documents.h"
#include "tests/temporary_folder.h"
#include "viewer/document_text.h"
#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

app::Document make_document(const std::string& title, const std::string& id, const std::string& type = "application/pdf") {
  app::Document document;
  document.text = title;
  document.media_type = type;
  document.content.state = app::Presence::known;
  document.content.id = id;
  return document;
}

const std::string kThreePages = tests::make_letter({tests::words_of_pdf("one"), "0 0 0 rg 0 421 595 421 re f", tests::words_of_pdf("three")});

FakeRecords with(const std::vector<std::pair<std::string, std::string>>& documents) {
  FakeRecords records = viewer_test::make_records();
  for (const auto& [title, bytes] : documents) {
    records.documents.push_back(make_document(title, title));
    records.document_bytes[title] = bytes;
  }
  return records;
}

struct Reader : Viewer {
  explicit Reader(const FakeRecords& records) : Viewer(records), looks(records.looks) {
    unlock();
    type("GARCIA");
    press(Key::enter);
    press_with_ctrl(Key::character, 'D');
  }
  void open(int down = 0) {
    press(Key::down, down);
    press(Key::enter);
    work();
  }
  // The grey of the pixel that far into the page's area, as the screen paints it.
  unsigned grey_at(float across, float down) {
    screen->resize(1366, 768);
    viewer::Picture picture;
    picture.resize(1366, 768);
    const ImDrawData& data = screen->draw();
    render(data, screen->atlas().image(), 0, picture);
    return picture.pixels[static_cast<std::size_t>(768 * down) * 1366 + static_cast<std::size_t>(1366 * across)] & 0xFF;
  }
  std::shared_ptr<std::vector<app::Look>> looks;
};

TEST(ViewerDocument, IsReadPageByPageBesideWhoItIs) {
  Reader reader(with({{"Cardiology letter", kThreePages}}));
  EXPECT_EQ(reader.session.page(), Page::documents);
  EXPECT_TRUE(reader.shows("1. Cardiology letter"));
  reader.open();
  EXPECT_EQ(reader.session.page(), Page::document);
  EXPECT_TRUE(reader.shows("page 1 of 3"));
  EXPECT_GT(reader.grey_at(0.5f, 0.6f), 240u) << "paper";
  reader.press(Key::right);
  reader.work();
  EXPECT_TRUE(reader.shows("page 2 of 3"));
  EXPECT_LT(reader.grey_at(0.5f, 0.6f), 10u) << "the upper half of the second page is black";
  for (int i = 0; i < 40 && reader.session.document()->page() == 2; ++i) reader.press(Key::page_down);
  EXPECT_TRUE(reader.shows("page 3 of 3")) << "reading on ends on the next page";
  reader.press(Key::page_up);
  EXPECT_TRUE(reader.shows("page 2 of 3"));
  EXPECT_GT(reader.grey_at(0.5f, 0.8f), 240u) << "at its end, which is white";
  reader.press(Key::end);
  reader.press(Key::right);
  EXPECT_TRUE(reader.shows("page 3 of 3")) << "there is no fourth";
  reader.press(Key::escape);
  EXPECT_EQ(reader.session.page(), Page::documents);
  reader.press(Key::escape);
  EXPECT_EQ(reader.session.page(), Page::chart);
}

TEST(ViewerDocument, GetsLargerAndSmallerAndFitsWhole) {
  Reader reader(with({{"Cardiology letter", kThreePages}}));
  reader.open();
  const viewer::OpenDocument& document = *reader.session.document();
  const int width = document.image()->picture.width;
  reader.type("+");
  EXPECT_EQ(reader.session.page(), Page::document) << "a sign is no search";
  EXPECT_FALSE(document.is_sharp());
  reader.work();
  EXPECT_TRUE(document.is_sharp());
  EXPECT_GT(document.image()->picture.width, width);
  for (int i = 0; i < 5; ++i) reader.type("-");
  reader.work();
  EXPECT_LT(document.image()->picture.width, width);
  EXPECT_GT(document.image()->picture.width, width / 3);
  for (int i = 0; i < 20; ++i) reader.type("+");
  reader.work();
  const auto& large = document.image()->picture;
  EXPECT_LE(static_cast<std::size_t>(large.width) * static_cast<std::size_t>(large.height), app::kPicturePixelsMost);
  reader.press(Key::tab);
  reader.work();
  EXPECT_LE(document.image()->picture.height, 768);
  EXPECT_TRUE(reader.shows("full width"));
}

TEST(ViewerDocument, IsRecordedBeforeAnythingOfItIsSeen) {
  Reader reader(with({{"Cardiology letter", kThreePages}}));
  reader.press(Key::enter);
  ASSERT_FALSE(reader.looks->empty());
  EXPECT_EQ(reader.looks->back().kind, "document viewed");
  EXPECT_EQ(reader.looks->back().words, "Cardiology letter");
  EXPECT_EQ(reader.looks->back().name, "GARCIA, Ana");
  EXPECT_FALSE(reader.shows("page 1 of 3"));
}

TEST(ViewerDocument, ThatIsBrokenOrHostileSaysSoAndCostsOnlyItself) {
  const std::string good = kThreePages;
  Reader reader(with({{"cut short", good.substr(0, 200)},
                      {"a program", std::string("MZ\x90\0\3\0", 6) + std::string(500, '\0')},
                      {"empty", ""},
                      {"no bytes at all", "%PDF-1.7\n"},
                      {"good", good}}));
  const std::vector<std::string> reasons = {"damaged or cut short", "neither a PDF, a picture", "it is EMPTY in the record system", "damaged or cut short"};
  for (const std::string& reason : reasons) {
    reader.open();
    EXPECT_TRUE(reader.shows("cannot be shown, because")) << reason;
    std::string all;
    for (const std::string& line : reader.lines) all += line + " ";
    EXPECT_NE(all.find(reason), std::string::npos) << all;
    reader.press(Key::escape);
    reader.press(Key::down);
  }
  reader.open();
  EXPECT_TRUE(reader.shows("page 1 of 3"));
}

TEST(ViewerDocument, WhoseVolumeIsDamagedSaysSo) {
  FakeRecords records = with({{"letter", kThreePages}});
  records.document_bytes.clear();
  Reader reader(records);
  reader.open();
  EXPECT_TRUE(reader.shows("cannot be shown, because"));
  EXPECT_EQ(reader.session.page(), Page::document);
  std::string said;
  for (const viewer::Written& written : reader.screen->written()) said += written.text + " ";
  EXPECT_NE(said.find("nightchart print COPY document " + reader.session.sheet().banner.mrn + " 1 --out FILE"), std::string::npos) << said;
  EXPECT_NE(said.find("Ask the patient"), std::string::npos);
}

TEST(ViewerDocument, ListCountsWhatIsBelowAndAbove) {
  FakeRecords records = with({{"letter", kThreePages}});
  while (records.documents.size() < 50) records.documents.push_back(records.documents[0]);
  Reader reader(records);
  EXPECT_TRUE(reader.shows(" more below: Down"));
  reader.press(Key::down, 49);
  EXPECT_TRUE(reader.shows(" more above"));
  EXPECT_FALSE(reader.shows("more below"));
}

TEST(ViewerDocument, WhosePagesAreNotHereIsListedWithTheReasonAndNotOpened) {
  FakeRecords records = with({{"letter", kThreePages}});
  records.documents[0].content.state = app::Presence::withheld;
  Reader reader(records);
  EXPECT_TRUE(reader.shows("pages withheld by the practice's policy"));
  reader.press(Key::enter);
  EXPECT_EQ(reader.session.page(), Page::documents);
  EXPECT_NE(reader.looks->back().kind, "document viewed");
}

TEST(ViewerDocument, OfPlainTextIsReadWithoutAnyProgram) {
  std::string text = "Dear colleague,\r\nM\xFCller came at ten.\r\n";  // Windows-1252
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(i) + "\n";
  Reader reader(with({{"note", text}}));
  reader.open();
  EXPECT_TRUE(reader.shows("M\u00FCller came at ten."));
  EXPECT_TRUE(reader.shows("page 1 of 2"));
  reader.press(Key::right);
  EXPECT_TRUE(reader.shows("line 60"));
  reader.press(Key::page_down, 3);
  EXPECT_TRUE(reader.shows("line 99"));
  EXPECT_FALSE(viewer::is_plain_text("{\\rtf1 secret}")) << "what a person would not read";
  EXPECT_FALSE(viewer::is_plain_text("<html>"));
  const auto endless = viewer::make_text_pages(std::string(50u << 20, 'x'));
  EXPECT_EQ(endless.size(), viewer::kTextPagesMost);
  EXPECT_NE(endless.back().find("It goes on"), std::string::npos);
}

TEST(ViewerDocument, IsForgottenWhenItIsLeftHiddenOrLocked) {
  Reader reader(with({{"letter", kThreePages}}));
  reader.press(Key::enter);
  auto job = reader.session.take_page_job();
  ASSERT_TRUE(job);
  reader.press(Key::escape);
  reader.session.finish((*job)());  // what comes too late is for nobody
  EXPECT_EQ(reader.session.document(), nullptr);
  reader.open();
  reader.press(Key::f8);
  EXPECT_FALSE(reader.shows("page 1 of 3"));
  reader.press(Key::f8);
  EXPECT_TRUE(reader.shows("page 1 of 3"));
  reader.press_with_ctrl(Key::character, 'L');
  EXPECT_EQ(reader.session.page(), Page::unlock);
  EXPECT_EQ(reader.session.document(), nullptr);
  EXPECT_TRUE(reader.session.documents().empty());
}

TEST(ViewerDocument, KeepsOnlyThePageInSightAndItsNeighbours) {
  std::vector<std::string> drawings(30, tests::words_of_pdf("page"));
  Reader reader(with({{"file", tests::make_letter(drawings)}}));
  reader.open();
  const std::size_t one = reader.session.document()->image()->picture.pixels.size();
  for (int i = 0; i < 12; ++i) {
    reader.press(Key::right);
    reader.work();
    EXPECT_LE(reader.session.document()->kept_bytes(), 3 * one);
  }
}

app::Result<app::PagePicture> draw(const std::string& bytes, viewer::PageWish wish = {1, 400, 0}) {
  return viewer::draw_document(bytes, wish, [] { return true; });
}

TEST(DocumentProgram, DrawsAFaxInTheProportionsThatItHasOnPaper) {
  const auto fax = draw(tests::make_tiff(200, 100, 200, 100, std::string(20'000, '\x40')));
  ASSERT_TRUE(fax.ok()) << fax.error().detail;
  EXPECT_EQ(fax.value().width, fax.value().height) << "its lines are twice as far apart as its dots";
  EXPECT_EQ(fax.value().channels, 1);
  EXPECT_EQ(fax.value().pixels[0], '\x40');
}

// A mirrored scan shows the wrong side.
TEST(DocumentProgram, TurnsAScanUprightAndNeverMirrorsIt) {
  constexpr char kFirst = '\x00', kSecond = '\x80', kRest = '\xFF';  // the quarters at the beginning and the end of the first row
  std::string grey(200 * 100, kRest);
  for (std::size_t row = 0; row < 50; ++row) grey.replace(row * 200, 100, 100, kFirst).replace(row * 200 + 100, 100, 100, kSecond);
  // Clockwise from the upper left.
  constexpr std::size_t kCorners[][2] = {{0, 1}, {1, 0}, {2, 3}, {3, 2}, {0, 3}, {1, 2}, {2, 1}, {3, 0}};
  for (unsigned orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const auto drawn = draw(tests::make_tiff(200, 100, 100, 100, grey, orientation));
    ASSERT_TRUE(drawn.ok()) << drawn.error().detail;
    const app::PagePicture& picture = drawn.value();
    EXPECT_EQ(picture.width > picture.height, orientation < 5);
    const auto w = static_cast<std::size_t>(picture.width), h = static_cast<std::size_t>(picture.height);
    std::string corners;
    for (const auto& [x, y] : {std::pair(w / 4, h / 4), std::pair(w * 3 / 4, h / 4), std::pair(w * 3 / 4, h * 3 / 4), std::pair(w / 4, h * 3 / 4)}) {
      corners += picture.pixels[y * w + x];
    }
    std::string expected(4, kRest);
    expected[kCorners[orientation - 1][0]] = kFirst;
    expected[kCorners[orientation - 1][1]] = kSecond;
    EXPECT_EQ(corners, expected);
  }
}

TEST(DocumentProgram, StopsAtADocumentThatWouldTakeHoursAndAtOneThatNobodyWaitsFor) {
  const auto endless = viewer::draw_document_within(1, tests::make_endless_pdf(), {1, 400, 0}, [] { return true; });
  ASSERT_FALSE(endless.ok());
  EXPECT_FALSE(viewer::explain_drawing_fault(endless.error()).empty());
  const auto unwanted = viewer::draw_document(tests::make_endless_pdf(), {1, 400, 0}, [] { return false; });
  ASSERT_FALSE(unwanted.ok());
  EXPECT_EQ(unwanted.error().code, app::Code::busy);
}

TEST(DocumentProgram, RefusesAPictureThatUnpacksToFarMoreThanItsBytes) {
  // 60,000 by 60,000 pixels, as its head says.
  const std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0\x67\x3C\x0D\x8F", 33);
  const auto drawn = draw(bomb);
  ASSERT_FALSE(drawn.ok());
  EXPECT_NE(viewer::explain_drawing_fault(drawn.error()).find("damaged"), std::string::npos) << drawn.error().detail;
  const auto wide = draw(tests::make_tiff(65'000, 60'000, 1, 1, "x"));
  EXPECT_EQ(wide.error().detail, "large");
}

TEST(DocumentProgram, SaysThatADocumentIsLockedWithAPassword) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "a.pdf", kThreePages);
  const auto made = tests::run("cd '" + folder.path().string() + "' && qpdf --encrypt secret secret 256 -- a.pdf b.pdf && cat b.pdf");
  const auto drawn = draw(made.out);
  ASSERT_FALSE(drawn.ok());
  EXPECT_NE(viewer::explain_drawing_fault(drawn.error()).find("locked with a password"), std::string::npos) << drawn.error().detail;
}

TEST(DocumentProgram, AnyByteOfAGoodDocumentMayBeWrongAndItIsAPictureOrAReason) {
  for (std::size_t at = 0; at < kThreePages.size(); at += 97) {
    std::string mutant = kThreePages;
    mutant[at] = static_cast<char>(mutant[at] ^ 0x55);
    const auto drawn = draw(mutant, {1, 60, 0});
    if (drawn.ok()) {
      EXPECT_LE(drawn.value().width, 60);
    } else {
      EXPECT_NE(drawn.error().code, app::Code::not_found);
    }
  }
}

TEST(DocumentProgram, IsNotBelievedMoreThanThatItDrewAPage) {
  EXPECT_EQ(app::parse_page_picture("page 3 2 1 1\nab").value().loss, app::Loss::none);
  EXPECT_EQ(app::parse_page_picture("page 3 2 1 1 damaged\nab").value().loss, app::Loss::parts);
  EXPECT_EQ(app::parse_page_picture("page 3 2 1 1 short\nab").value().loss, app::Loss::pages);
  for (const char* answer : {"", "page", "page 1 2 1 1\na", "page 1 2 1 1\nabc", "page 0 2 1 1\nab", "page 1 2 1 2\nabcd", "page 1 -2 -1 1\nab",
                             "page 1 2 1 1 1\nab", "page 1 99999 99999 1\nab", "page 1 30000 30000 3\nab", "Page 1 2 1 1\nab",
                             "page 1 4294967298 1 1\nab", "page 3 2 1 1 \nab", "page 3 2 1 1 damage\nab", "page 3 2 1 1 damaged short\nab",
                             "page 3 2 1 1damaged\nab"})
    EXPECT_FALSE(app::parse_page_picture(answer).ok()) << answer;
}

TEST(DocumentProgram, BehindItsDoorReadsFontsAndNothingElseAndWritesNothing) {
  const tests::TemporaryFolder folder;
  const std::string here = (folder.path() / "a").string();
  tests::write(here, "of somebody");
  const pid_t child = ::fork();
  if (child == 0) {
    const bool locked = app::lock_the_door(app::Window::fonts);
    const bool writes = std::fopen(here.c_str(), "a") != nullptr || std::fopen((here + "b").c_str(), "w") != nullptr;
    const bool starts = ::fork() >= 0 || ::execl("/bin/true", "true", nullptr) == 0;
    const bool fonts = std::fopen("/etc/fonts/fonts.conf", "r") != nullptr;
    ::_exit(!locked ? 1 : writes ? 2 : starts ? 3 : !fonts ? 4 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << WEXITSTATUS(status);
}

TEST(DocumentProgram, LeavesNoFileBehind) {
  const tests::TemporaryFolder folder;
  const std::string program = app::find_program_beside("nightchart-document");
  tests::write(folder.path() / "a.pdf", kThreePages);
  const auto traced = tests::run("cd '" + folder.path().string() + "' && '" + program + "' 1 60 0 < a.pdf > out; ls");
  EXPECT_EQ(traced.out, "a.pdf\nout\n") << "no file of its own";
}

}  // namespace
