// A locked PDF on a stick, for a computer beside the laptop that has a printer: what is on it, who can read it, what remains.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <regex>
#include <set>

#include "app/jail_posix.h"
#include "app/snapshot/pdf_password.h"
#include "app/sticks.h"
#include "tests/command.h"
#include "viewer/print_view.h"
#include "viewer/stick_view.h"
#include "viewer_harness.h"

namespace {

namespace fs = std::filesystem;
using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;

// A desk without a printer; its sticks are folders, and what is put there is put there.
struct StickDesk {
  StickDesk()
      : session(
            [] {
              viewer::Found found;
              found.copy = viewer_test::make_copy_info();
              return found;
            },
            [this](const app::CopyInfo&, const app::Request&) -> app::Result<std::unique_ptr<viewer::Records>> {
              return std::unique_ptr<viewer::Records>(std::make_unique<FakeRecords>(records));
            },
            [](const auto&, const auto&) { return app::Done{}; },
            [](const viewer::PrintOrder&) -> app::Result<app::Done> {
              ADD_FAILURE() << "went to a printer";
              return app::Done{};
            },
            viewer::draw_document, viewer::draw_paper, [] { return viewer::Printers{}; },
            {[this](const fs::path&) { return sticks; },
             [this](const std::string& pdf, const viewer::LockedPdf& target) {
               clear = pdf;
               put = target;
               recorded_before = records.looks->empty() ? app::Look{} : records.looks->back();
               return viewer::put_on_stick(pdf, target);
             }}) {
    session.tick({viewer_test::kNow_s});
    viewer::run_jobs(session);
    session.type(viewer_test::kPassphrase);
    session.submit();
    viewer::run_jobs(session);
  }
  void press(Key key, bool ctrl = false, char character = 0) {
    session.press({key, ctrl, false, false, character});
    viewer::run_jobs(session);
  }
  void type(const std::string& text) {
    session.type(text);
    viewer::run_jobs(session);
  }
  void put_by(const std::string& key) {
    session.type(key);
    session.submit();
    viewer::run_jobs(session);
  }
  void open_choices() {
    session.type("GARCIA");
    session.submit();
    press(Key::f6);
    press(Key::tab);
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) all.push_back(entry.path());
    return all;
  }

  tests::TemporaryFolder folder;
  std::vector<viewer::Stick> sticks = {{folder.path()}};
  FakeRecords records = viewer_test::make_records();
  std::string clear;
  viewer::LockedPdf put;
  app::Look recorded_before;  // the newest look when the stick was written on
  viewer::Session session;
};

tests::Outcome read_words(const fs::path& file, const std::string& password) {
  return tests::run("pdftotext -layout " + (password.empty() ? "" : "-upw '" + password + "' ") + "'" + file.string() + "' -");
}

TEST(ViewerStick, OpensElsewhereWithItsPasswordAndWithNoOther) {
  StickDesk desk;
  desk.open_choices();
  desk.put_by("1");
  ASSERT_EQ(desk.session.page(), Page::stick) << desk.session.print_notice();
  const viewer::LockedPdf shown = *desk.session.on_stick();
  ASSERT_EQ(desk.files(), std::vector<fs::path>{shown.file}) << "one file, and nothing beside it";
  tests::write(desk.folder.path() / "clear.pdf", desk.clear);
  const std::string words = read_words(desk.folder.path() / "clear.pdf", "").out;
  EXPECT_NE(words.find("GARCIA, Ana"), std::string::npos);
  EXPECT_EQ(read_words(shown.file, shown.password).out, words);
  const std::string opened = (desk.folder.path() / "opened.pdf").string();
  EXPECT_EQ(tests::run("qpdf --password='" + shown.password + "' --decrypt '" + shown.file.string() + "' '" + opened + "'").exit_code, 0);
  EXPECT_EQ(read_words(opened, "").out, words);
  for (const std::string& wrong : {std::string(), std::string("wrong"), shown.password.substr(0, 18)}) {
    const auto refused = read_words(shown.file, wrong);
    EXPECT_NE(refused.exit_code, 0) << wrong;
    EXPECT_EQ(refused.out, "") << wrong;
  }
  const std::string how = tests::run("qpdf --show-encryption --password='" + shown.password + "' '" + shown.file.string() + "'").out;
  EXPECT_NE(how.find("R = 6"), std::string::npos) << how;
  EXPECT_NE(how.find("file encryption method: AESv3"), std::string::npos) << how;
}

TEST(ViewerStick, SaysNothingOfThePatientInTheClear) {
  StickDesk desk;
  desk.open_choices();
  desk.put_by("2");
  ASSERT_EQ(desk.session.page(), Page::stick);
  const viewer::LockedPdf shown = *desk.session.on_stick();
  EXPECT_EQ(shown.file.filename(), "nightchart-2025-10-14-0910.pdf");
  const std::string bytes = tests::contents(shown.file);
  EXPECT_GT(bytes.size(), 1000u);
  for (const std::string& word : {std::string("GARCIA"), std::string("100004"), std::string("penicillin"), std::string("Elm Street"),
                                  std::string("Nightchart: "), shown.password})
    EXPECT_EQ(bytes.find(word), std::string::npos) << word;
  // Words in a PDF are packed: nothing that is packed in the clear one stands there as it was.
  std::size_t streams = 0;
  constexpr std::string_view kBegin = "stream\r\n";
  for (std::size_t at = desk.clear.find(kBegin); at != std::string::npos; at = desk.clear.find(kBegin, at + 1)) {
    const std::string packed = desk.clear.substr(at + kBegin.size(), 24);
    if (packed.starts_with("\nendobj") || desk.clear.compare(at - 3, 3, "end") == 0) continue;
    ++streams;
    EXPECT_EQ(bytes.find(packed), std::string::npos) << "of " << at;
  }
  EXPECT_GT(streams, 1u) << "looked in the wrong place";
  EXPECT_EQ(read_words(shown.file, "").out, "");
  desk.press(Key::escape);
  desk.put_by("2");
  ASSERT_EQ(desk.session.page(), Page::stick);
  EXPECT_EQ(desk.session.on_stick()->file.filename(), "nightchart-2025-10-14-0910-2.pdf") << "within the same minute";
  EXPECT_NE(desk.session.on_stick()->password, shown.password);
  EXPECT_EQ(tests::contents(shown.file), bytes);
}

TEST(ViewerStick, StandsInTheRecordBeforeItIsWrittenAndOnTheListOfTheOutage) {
  StickDesk desk;
  desk.press(Key::character, true, 'O');
  desk.session.submit();
  desk.press(Key::escape);
  desk.open_choices();
  desk.put_by("1");
  EXPECT_EQ(desk.recorded_before.kind, "printed");
  EXPECT_EQ(desk.recorded_before.words, "put on a stick as PDF, nightchart-2025-10-14-0910.pdf");
  EXPECT_EQ(desk.recorded_before.name, "GARCIA, Ana");
  EXPECT_EQ(desk.records.looks->back().words, desk.recorded_before.words) << "once";
  desk.press(Key::escape);
  desk.put_by("4");
  EXPECT_EQ(desk.recorded_before.kind, "form printed");
  EXPECT_NE(desk.recorded_before.words.find("put on a stick as PDF"), std::string::npos) << desk.recorded_before.words;
  const app::Reconciliation list = desk.session.reconciliation();
  ASSERT_EQ(list.patients.size(), 1u);
  EXPECT_EQ(list.patients[0].printed, 2);
  ASSERT_EQ(list.forms.size(), 1u);
  EXPECT_NE(list.forms[0].what.find("put on a stick as PDF"), std::string::npos);
}

TEST(ViewerStick, TakesTheListOfTheDayAndTheListOfTheOutageToo) {
  StickDesk desk;
  desk.press(Key::character, true, 'O');
  desk.session.submit();
  desk.press(Key::escape);
  desk.press(Key::f6);
  desk.press(Key::tab);
  const auto words_of_kind = [&](viewer::PaperKind kind) {
    const auto& choices = desk.session.print_choices();
    const auto at = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return choice.kind == kind; });
    if (at == choices.end()) return std::string("not offered");
    desk.session.print_choice(static_cast<std::size_t>(at - choices.begin()));
    viewer::run_jobs(desk.session);
    const auto pdf = desk.session.on_stick();
    desk.press(Key::escape);
    return pdf ? read_words(pdf->file, pdf->password).out : desk.session.print_notice();
  };
  const std::string day = words_of_kind(viewer::PaperKind::day), list = words_of_kind(viewer::PaperKind::reconciliation);
  EXPECT_NE(day.find("SMITH, Andrew"), std::string::npos) << day;
  EXPECT_NE(list.find("Elm Street"), std::string::npos) << list;
  EXPECT_NE(list.find("day's list, put on a stick"), std::string::npos) << list;
}

void expect_nothing_written(StickDesk& desk, const std::string& why) {
  EXPECT_EQ(desk.session.page(), Page::print);
  EXPECT_FALSE(desk.session.on_stick());
  const viewer::FrameView frame = viewer::make_frame_view(desk.session);
  ASSERT_EQ(frame.alerts.size(), 1u);
  EXPECT_EQ(frame.alerts[0].find("NOT ON THE STICK: "), 0u) << frame.alerts[0];
  EXPECT_NE(frame.alerts[0].find(why), std::string::npos) << frame.alerts[0];
  EXPECT_EQ(desk.records.looks->back().kind, "not printed after all");
  EXPECT_EQ(desk.records.looks->back().name, "GARCIA, Ana");
  EXPECT_EQ(desk.files(), std::vector<fs::path>{}) << "nothing half-written";
}

// A file system of its own on the stick's folder, gone at the end.
class Medium {
 public:
  Medium(fs::path folder, unsigned long flags, const char* options) : folder_(std::move(folder)) {
    mounted_ = mount("none", folder_.c_str(), "tmpfs", flags, options) == 0;
    if (!mounted_) why_ = std::strerror(errno);
  }
  ~Medium() {
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  Medium(const Medium&) = delete;
  Medium& operator=(const Medium&) = delete;
  const std::string& why_not() const { return why_; }

 private:
  fs::path folder_;
  bool mounted_ = false;
  std::string why_;
};

TEST(ViewerStick, ThatIsFullKeepsNoHalfOfIt) {
  StickDesk desk;
  const Medium full(desk.folder.path(), 0, "size=8k");
  if (!full.why_not().empty()) GTEST_SKIP() << "no file system can be mounted here: " << full.why_not();
  desk.open_choices();
  desk.put_by("1");
  expect_nothing_written(desk, "The stick is full");
}

TEST(ViewerStick, ThatIsReadOnlyIsSaidToBe) {
  StickDesk desk;
  const Medium locked(desk.folder.path(), MS_RDONLY, "size=1m");
  if (!locked.why_not().empty()) GTEST_SKIP() << "no file system can be mounted here: " << locked.why_not();
  desk.open_choices();
  desk.put_by("1");
  expect_nothing_written(desk, "The stick is read-only");
}

TEST(ViewerStick, ThatWasPulledOutMeanwhileIsAskedFor) {
  StickDesk desk;
  desk.sticks = {{desk.folder.path() / "gone"}};
  desk.open_choices();
  desk.put_by("1");
  expect_nothing_written(desk, "The stick was pulled out");
}

TEST(ViewerStick, NeverReplacesAFile) {
  const tests::TemporaryFolder folder;
  const fs::path file = folder.path() / "nightchart-2025-10-14-0910.pdf";
  tests::write(file, "theirs");
  const auto written = viewer::write_on_stick(file, "ours");
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(tests::contents(file), "theirs");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(ViewerStick, IsWrittenOnForNobodyOnceTheCopyWasLocked) {
  StickDesk desk;
  desk.open_choices();
  desk.session.type("1");
  desk.session.submit();
  auto drawing = desk.session.take_job();
  ASSERT_TRUE(drawing);
  desk.session.finish((*drawing)());
  const auto writing = desk.session.take_job();
  ASSERT_TRUE(writing);
  desk.session.lock();
  desk.session.finish((*writing)());
  EXPECT_EQ(desk.session.page(), Page::unlock);
  EXPECT_FALSE(desk.session.on_stick());
  EXPECT_EQ(desk.files(), std::vector<fs::path>{}) << "nobody ever saw its password";
  EXPECT_EQ(desk.records.looks->back().kind, "not printed after all");
}

TEST(ViewerStick, PasswordIsShownUntilThePageIsLeftAndNoLonger) {
  StickDesk desk;
  desk.open_choices();
  EXPECT_NE(viewer::make_print_view(desk.session).target.find("locked PDF onto the stick"), std::string::npos);
  desk.put_by("1");
  const std::string password = desk.session.on_stick()->password;
  const viewer::StickView view = viewer::make_stick_view(desk.session);
  EXPECT_EQ(view.password, password);
  desk.type("a");
  EXPECT_EQ(desk.session.page(), Page::stick) << "a letter is no way out";
  desk.press(Key::escape);
  EXPECT_EQ(desk.session.page(), Page::print);
  EXPECT_FALSE(desk.session.on_stick());
  EXPECT_EQ(viewer::make_stick_view(desk.session).password, "");
  desk.put_by("1");
  desk.press(Key::character, true, 'L');
  EXPECT_FALSE(desk.session.on_stick()) << "locked";
}

TEST(ViewerStick, WithoutOneSaysWhatToDoAndLooksAgain) {
  StickDesk desk;
  const auto sticks = std::exchange(desk.sticks, {});
  desk.open_choices();
  EXPECT_FALSE(desk.session.is_for_stick());
  EXPECT_NE(desk.session.print_notice().find("put one in"), std::string::npos);
  EXPECT_NE(viewer::make_print_view(desk.session).target.find("Tab"), std::string::npos) << "no printer: but there is another way";
  desk.sticks = sticks;
  desk.press(Key::tab);
  EXPECT_TRUE(desk.session.is_for_stick());
  desk.press(Key::tab);
  EXPECT_FALSE(desk.session.is_for_stick()) << "back to the printer";
}

TEST(ViewerStick, TheOneThatCarriesTheCopyIsOfferedLast) {
  const char* const mounts =
      "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/anna/COPIES vfat rw,nosuid 0 0\nserver:/x /mnt/share nfs rw 0 0\n"
      "/dev/sdc1 /media/anna/BLUE\\040STICK vfat rw 0 0\n/dev/sr0 /media/anna/CD iso9660 ro 0 0\n";
  const auto sticks = viewer::choose_sticks(mounts, "/media/anna/COPIES/2025-10-14T061004Z-000123");
  ASSERT_EQ(sticks.size(), 2u) << "no share, no disc";
  EXPECT_EQ(viewer::name_of(sticks[0]), "BLUE STICK");
  EXPECT_FALSE(sticks[0].holds_copy);
  EXPECT_EQ(viewer::name_of(sticks[1]), "COPIES");
  EXPECT_TRUE(sticks[1].holds_copy);
  EXPECT_FALSE(viewer::choose_sticks(mounts, "/media/anna/COPIES2/x")[0].holds_copy);
}

TEST(ViewerStick, PageShowsTheWholePasswordAlsoOnASmallScreen) {
  for (const auto& [width, height] : {std::pair{1366, 768}, {800, 600}, {3840, 2160}}) {
    viewer_test::Viewer at;
    at.screen->resize(width, height);
    at.unlock();
    at.type("GARCIA");
    at.press(Key::enter);
    at.press(Key::f6);
    at.work();
    EXPECT_TRUE(at.shows("as a PDF onto a stick"));
    at.press(Key::tab);
    at.work();
    EXPECT_TRUE(at.shows("BLUE STICK"));
    at.type("1");
    at.press(Key::enter);
    at.work();
    at.work();
    ASSERT_EQ(at.session.page(), Page::stick);
    std::string letters;
    for (const viewer::Written& written : at.screen->written())
      if (written.face == viewer::Face::title && written.ground == viewer::Ground::field) letters += written.text;
    EXPECT_EQ(letters, at.session.on_stick()->password);
    EXPECT_TRUE(at.shows("nightchart-2025-10-14-0910.pdf"));
    EXPECT_TRUE(at.shows("You may take the stick out")) << width;
    EXPECT_FALSE(at.shows("GARCIA")) << "whoever stands there reads a password and no name";
    at.press(Key::f8);
    at.press(Key::escape);
    EXPECT_EQ(at.session.page(), Page::stick) << "the key that uncovers leaves nothing";
    at.press(Key::escape);
    EXPECT_EQ(at.session.page(), Page::print);
  }
}

TEST(TypedPassword, IsFourGroupsWithoutLettersThatLookAlikeAndNeverTheSame) {
  const std::regex shape("([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}");
  std::set<std::string> all;
  std::set<char> letters;
  for (int i = 0; i < 500; ++i) {
    const std::string password = app::make_typed_password();
    EXPECT_TRUE(std::regex_match(password, shape)) << password;
    all.insert(password);
    letters.insert(password.begin(), password.end());
  }
  EXPECT_EQ(all.size(), 500u);
  EXPECT_EQ(letters.size(), 33u) << "32 letters, each of them drawn, and the dash: 80 bits";
}

TEST(LockerProgram, LocksNothingWithoutAPasswordAndLeavesNoFile) {
  const tests::TemporaryFolder folder;
  const std::string here = "cd '" + folder.path().string() + "' && '" + app::find_program_beside("nightchart-lock-pdf") + "' ";
  for (const char* input : {"", "short\\nshort\\n%%PDF-1.7", "long-enough-for-once\\n", "long-enough-for-once\\nlong-enough-for-once\\nnonsense"}) {
    const auto piped = tests::run("printf '" + std::string(input) + "' | (" + here + ")");
    EXPECT_EQ(piped.exit_code, 1) << input;
    EXPECT_EQ(piped.out, "") << input;
  }
  EXPECT_EQ(tests::run(here + "x").exit_code, 2);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
