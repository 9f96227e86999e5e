#include "exporter/practice/papers.h"

#include <fstream>

#include "app/paper/draw.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr const char* kLines[] = {"This page was invented. Nobody of this name was ever a patient anywhere.",
                                  "It stands for what a practice scans: letters, reports, cards, forms.",
                                  "Seen and filed by the front desk."};

}  // namespace

Result<Papers> Papers::open(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(fs::symlink_status(folder, failure))) {
    return Error{Code::bad_config, folder.string() + " exists already; nothing is written into it.", ""};
  }
  fs::create_directories(folder, failure);
  if (failure) return Error{Code::io, "The folder " + folder.string() + " cannot be made.", failure.message()};
  TRY_GET(app::FontSet fonts, app::FontSet::open(app::find_fonts()));
  return Papers(folder, std::move(fonts));
}

std::string Papers::add(std::int64_t patient, int number, const std::string& title, const std::string& name,
                        const std::string& day) {
  const std::string file = std::to_string(patient / 1000) + "/" + std::to_string(patient) + "-" + std::to_string(number) + ".pdf";
  const auto written = fault_ ? Result<Done>(*fault_) : write(file, title, name, day);
  if (!written.ok()) fault_ = written.error();
  return file;
}

Result<Done> Papers::write(const std::string& file, const std::string& title, const std::string& name,
                           const std::string& day) const {
  app::Page page;
  page.paper = app::kLetter;
  page.boxes.push_back({54, 54, page.paper.width_pt - 108, page.paper.height_pt - 108, 1, app::Filling::none, 0});
  page.texts.push_back({72, 100, title, 18, true, 0});
  page.texts.push_back({72, 130, name, 12, false, 0});
  page.texts.push_back({72, 150, day, 12, false, 0});
  double y_pt = 200;
  for (const char* line : kLines) page.texts.push_back({72, y_pt, line, 11, false, 0}), y_pt += 18;
  TRY_GET(const app::DrawnPdf pdf, app::draw_pdf({page}, fonts_, "Scan"));
  std::error_code failure;
  fs::create_directories((folder_ / file).parent_path(), failure);
  std::ofstream out(folder_ / file, std::ios::binary);
  out.write(pdf.bytes.data(), static_cast<std::streamsize>(pdf.bytes.size()));
  out.close();
  if (!out) return Error{Code::io, "The scans of the invented practice cannot be written.", (folder_ / file).string()};
  return Done{};
}

Result<Done> Papers::close() const {
  if (fault_) return *fault_;
  return Done{};
}

}  // namespace exporter
