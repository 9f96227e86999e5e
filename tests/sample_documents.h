// Documents as other programs write them, and as nobody should: made here, byte by byte.
#pragma once

#include <string>
#include <vector>

namespace tests {

// A PDF written by hand: `objects` from number 1 on, the catalog first, with a right table of places.
inline std::string make_pdf(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    const std::string digits = std::to_string(place);
    pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return pdf + "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

inline std::string make_stream(const std::string& drawing) {
  return "<< /Length " + std::to_string(drawing.size()) + " >>\nstream\n" + drawing + "\nendstream";
}

// One page a drawing, A4.
inline std::string make_letter(const std::vector<std::string>& drawings) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string kids;
  for (const std::string& drawing : drawings) {
    const std::string page = std::to_string(objects.size() + 1), contents = std::to_string(objects.size() + 2);
    kids += page + " 0 R ";
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + contents +
                      " 0 R /Resources << /Font << /F 3 0 R >> >> >>");
    objects.push_back(make_stream(drawing));
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(drawings.size()) + " >>";
  return make_pdf(objects);
}

inline std::string words_of_pdf(const std::string& words) { return "BT /F 24 Tf 72 700 Td (" + words + ") Tj ET"; }

// Takes hours to draw, and no bytes.
inline std::string make_endless_pdf() {
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
      make_stream("/X Do")};
  for (int level = 0; level < 12; ++level) {
    std::string drawing;
    for (int i = 0; i < 40; ++i) drawing += level == 11 ? "0 0 500 500 re f " : "/X Do ";
    objects.push_back("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X " +
                      std::to_string(objects.size() + 2) + " 0 R >> >> /Length " + std::to_string(drawing.size()) + " >>\nstream\n" + drawing +
                      "\nendstream");
  }
  return make_pdf(objects);
}

inline std::string make_tiff(unsigned width, unsigned height, unsigned x_dpi, unsigned y_dpi, const std::string& grey, unsigned orientation = 1) {
  std::string tiff("II*\0", 4);
  const auto four = [](unsigned value) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    return bytes;
  };
  const auto two = [&](unsigned value) { return four(value).substr(0, 2); };
  const auto entry = [&](unsigned tag, unsigned type, unsigned value) { return two(tag) + two(type) + four(1) + (type == 3 ? two(value) + two(0) : four(value)); };
  constexpr unsigned kEntries = 12;
  const unsigned after = 8 + 2 + kEntries * 12 + 4;
  tiff += four(8) + two(kEntries);
  tiff += entry(256, 4, width) + entry(257, 4, height) + entry(258, 3, 8) + entry(259, 3, 1) + entry(262, 3, 1) + entry(273, 4, after + 16) +
          entry(274, 3, orientation) + entry(277, 3, 1) + entry(278, 4, height) + entry(279, 4, width * height) + entry(282, 5, after) + entry(283, 5, after + 8);
  return tiff + four(0) + four(x_dpi) + four(1) + four(y_dpi) + four(1) + grey;
}

}  // namespace tests
