// The other yardstick of paper: sheets as a web page that chromium prints to a PDF, as many programs make theirs.
//
// All patients are in one page, so that chromium starts once. Its time is that of a clock: its work is in many processes.
#pragma once

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "app/paper/page_frame.h"
#include "app/paper/protect.h"
#include "app/record/sheet.h"

namespace bench {

inline std::string escaped(const std::string& text) {
  std::string html;
  for (const char c : text) {
    if (c == '<') html += "&lt;";
    else if (c == '&') html += "&amp;";
    else html += c;
  }
  return html;
}

inline std::string format_html(const app::Sheet& sheet, const app::PrintFrame& frame) {
  const app::Banner& who = sheet.banner;
  std::string html = "<article><header>EMERGENCY COPY – not the live record <small>Data as of " + escaped(frame.as_of) +
                     "</small></header><h1>" + escaped(who.name) + "</h1>";
  for (const std::string& line : {who.other_names, "Born " + who.born + "  Sex " + who.sex + "  MRN " + who.mrn,
                                  "Phone " + who.phone + "  Address " + who.address, who.language, who.deceased, who.allergies, who.alerts}) {
    if (!line.empty()) html += "<p>" + escaped(line) + "</p>";
  }
  for (const app::SheetSection& section : sheet.sections) {
    html += "<h2>" + escaped(section.title) + "</h2><p>" + escaped(section.statement) + "</p><table>";
    for (const app::Row& row : section.rows) {
      html += "<tr><td class=label>" + escaped(row.label) + "<td class=value>";
      for (const app::Span& span : row.value) html += escaped(span.text) + " ";
      html += "<br><small>" + escaped(row.detail) + "</small><td>" + escaped(row.when);
    }
    html += "</table>";
  }
  return html + "<footer>MRN " + escaped(who.mrn) + " · sheet " + escaped(sheet.id) + "</footer></article>\n";
}

struct ChromiumFigures {
  double pages_a_second = 0;
  double bytes_a_page = 0;
};

// Nothing where there is no chromium.
inline std::optional<ChromiumFigures> print_with_chromium(const app::Sheet& sheet, const app::PrintFrame& frame, int patients) {
  namespace fs = std::filesystem;
  if (std::system("command -v chromium >/dev/null 2>&1") != 0) return std::nullopt;
  std::string pattern = (fs::temp_directory_path() / "paper-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return std::nullopt;
  const fs::path folder = pattern;
  {
    std::ofstream page(folder / "sheets.html");
    page << "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:14mm 20mm}body{margin:0;font:9.5pt 'Noto Sans'}"
            "article{break-after:page}p,h1,h2{margin:2pt 0}h1{font-size:15pt}h2{font-size:11pt}table{width:100%}"
            "td{vertical-align:top}.label{width:30%}.value{width:50%}small{font-size:8.3pt}</style>\n";
    for (int i = 0; i < patients; ++i) page << format_html(sheet, frame);
  }
  const std::string command = "cd '" + pattern + "' && chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir='" +
                              pattern + "/profile' --print-to-pdf=sheets.pdf sheets.html >chromium.log 2>&1";
  const auto begin = std::chrono::steady_clock::now();
  const bool printed = std::system(command.c_str()) == 0;
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::ifstream file(folder / "sheets.pdf", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto pages = app::count_pages(bytes);
  fs::remove_all(folder);
  if (!printed || !pages.ok() || pages.value() == 0) return std::nullopt;
  const auto count = static_cast<double>(pages.value());
  return ChromiumFigures{count / took_s, static_cast<double>(bytes.size()) / count};
}

}  // namespace bench
