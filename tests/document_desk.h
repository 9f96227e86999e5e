// A desk with a printer and a stick, where a patient's document is open: what goes there is kept for the test to read.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/command.h"
#include "tests/sample_documents.h"
#include "viewer_harness.h"

namespace viewer_test {

inline app::Document make_document(const std::string& title) {
  app::Document document;
  document.text = title;
  document.media_type = "application/pdf";
  document.date = app::read_date("2026-03-03");
  document.content.state = app::Presence::known;
  document.content.id = title;
  return document;
}

struct DocumentDesk {
  explicit DocumentDesk(const std::string& bytes, viewer::DrawDocument draw = viewer::draw_document,
                        app::Result<app::Done> outcome = app::Done{})
      : session(
            [] {
              viewer::Found found;
              found.copy = make_copy_info();
              return found;
            },
            [this](const app::CopyInfo&, const app::Request&) -> app::Result<std::unique_ptr<viewer::Records>> {
              return std::unique_ptr<viewer::Records>(std::make_unique<FakeRecords>(records));
            },
            [](const auto&, const auto&) { return app::Done{}; },
            [this, outcome](const viewer::PrintOrder& order) {
              orders.push_back(order);
              recorded_before = records.looks->back();
              return outcome;
            },
            std::move(draw), viewer::draw_paper, [] { return viewer::Printers{{"office"}, ""}; },
            {[this](const std::filesystem::path&) { return std::vector<viewer::Stick>{{folder.path()}}; }, viewer::put_on_stick}) {
    records.documents = {make_document("Cardiology letter")};
    records.document_bytes["Cardiology letter"] = bytes;
    session.tick({kNow_s});
    viewer::run_jobs(session);
    session.type(kPassphrase);
    session.submit();
    viewer::run_jobs(session);
  }
  void press(viewer::Key key, bool ctrl = false, char character = 0) { session.press({key, ctrl, false, false, character}); }
  void work() { viewer::run_jobs(session); }
  void open() {
    session.type("GARCIA");
    session.submit();
    press(viewer::Key::character, true, 'D');
    session.submit();
    if (session.document() != nullptr) session.document()->set_room(400, 600);
    work();
  }
  void print() {
    press(viewer::Key::character, true, 'P');
    work();
  }
  // One step of what is waited for.
  void step() {
    auto job = session.take_job();
    ASSERT_TRUE(job);
    session.finish((*job)());
  }
  std::string looks() const {
    std::string all;
    for (const app::Look& look : *records.looks) all += look.kind + ": " + look.words + "\n";
    return all;
  }

  FakeRecords records = make_records();
  tests::TemporaryFolder folder;  // the stick
  std::vector<viewer::PrintOrder> orders;
  app::Look recorded_before;  // the newest look when the printer was asked
  viewer::Session session;
};

// A PDF in a folder of its own, as other programs read it.
class PrintedPages {
 public:
  explicit PrintedPages(const std::string& pdf) { tests::write(folder_.path() / "a.pdf", pdf); }
  std::string said_by(const std::string& program, const std::string& after = "") const {
    const auto done = tests::run("cd '" + folder_.path().string() + "' && " + program + " a.pdf " + after);
    EXPECT_EQ(done.exit_code, 0) << program << done.err;
    return done.out;
  }
  std::string words(int page = 0) const {
    return said_by("pdftotext -layout" + (page == 0 ? "" : " -f " + std::to_string(page) + " -l " + std::to_string(page)), "-");
  }
  int count() const { return std::atoi(said_by("qpdf --show-npages").c_str()); }
  // The grey of a dot of a page, its place in points from the upper left.
  int grey(int page, double x_pt, double y_pt) {
    std::string& image = drawn_[page];
    if (image.empty()) image = said_by("pdftoppm -gray -r 72 -singlefile -f " + std::to_string(page) + " -l " + std::to_string(page));
    int width = 0, height = 0, most = 0, head = 0;
    if (std::sscanf(image.c_str(), "P5 %d %d %d%n", &width, &height, &most, &head) != 3) return -1;
    const auto at = static_cast<std::size_t>(y_pt) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x_pt);
    return static_cast<unsigned char>(image.at(static_cast<std::size_t>(head) + 1 + at));
  }

 private:
  tests::TemporaryFolder folder_;
  std::map<int, std::string> drawn_;
};

}  // namespace viewer_test
