// The other process: reads a scan from standard input, writes to standard output which of its pages are damaged and then all
// of them clean, and can do nothing else.
#include "exporter/binder/scan.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "app/jail_posix.h"
#include "app/whole_page.h"
#include "exporter/binder/scan_pictures.h"

namespace exporter {
namespace {

constexpr double kEdge_pt = 24;

std::string number_of(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", number);
  return text;
}

// Pages draw; they do not act, link, or carry anything along.
void take_away_all_but_drawing(QPDFObjectHandle page) {
  for (const char* key : {"/AA", "/Annots", "/Metadata", "/PieceInfo", "/B", "/Thumb", "/Tabs", "/Trans", "/Dur", "/StructParents", "/VP"}) {
    if (page.hasKey(key)) page.removeKey(key);
  }
}

// A page whose drawing cannot be unpacked would come out empty in silence.
void insist_on_contents(QPDFObjectHandle page) {
  for (QPDFObjectHandle stream : page.getPageContents()) {
    Pl_Discard nowhere;
    bool tried = false;
    if (!stream.pipeStreamData(&nowhere, &tried, 0, qpdf_dl_generalized, true, false) || !tried) {
      throw std::runtime_error("a page's contents cannot be unpacked");
    }
  }
}

// The line before the clean pages: those of which parts may be missing. Looking takes no more than a part of the time there
// is: a document of a thousand photographs is printed, its last pages unlooked at.
std::string name_damaged(QPDF& pdf) {
  constexpr std::clock_t kLongest = 8 * CLOCKS_PER_SEC;
  std::string line = "damaged";
  std::size_t number = 0;
  for (QPDFPageObjectHelper page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    if (std::clock() > kLongest) break;
    if (!app::is_whole_page(page.getObjectHandle())) line += " " + std::to_string(number);
    ++number;
  }
  return line + "\n";
}

void copy_pages(QPDF& from, QPDF& to) {
  QPDFPageDocumentHelper pages(from);
  pages.pushInheritedAttributesToPage();
  // What was filled in or stamped becomes part of the drawing.
  pages.flattenAnnotations();
  QPDFPageDocumentHelper made(to);
  for (QPDFPageObjectHelper page : pages.getAllPages()) {
    insist_on_contents(page.getObjectHandle());
    take_away_all_but_drawing(page.getObjectHandle());
    made.addPage(page, false);
  }
}

QPDFObjectHandle image_of(QPDF& pdf, const Picture& picture) {
  QPDFObjectHandle image = QPDFObjectHandle::newStream(&pdf, picture.bytes);
  QPDFObjectHandle head = image.getDict();
  const std::string channels = std::to_string(picture.channels);
  std::string space = picture.channels == 1 ? "/DeviceGray" : picture.channels == 3 ? "/DeviceRGB" : "/DeviceCMYK";
  head.replaceKey("/ColorSpace", QPDFObjectHandle::newName(space));
  if (!picture.palette.empty()) {
    head.replaceKey("/ColorSpace", QPDFObjectHandle::newArray({QPDFObjectHandle::newName("/Indexed"), QPDFObjectHandle::newName("/DeviceRGB"),
                                                              QPDFObjectHandle::newInteger(static_cast<long long>(picture.palette.size() / 3) - 1),
                                                              QPDFObjectHandle::newString(picture.palette)}));
  }
  head.replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
  head.replaceKey("/Subtype", QPDFObjectHandle::newName("/Image"));
  head.replaceKey("/Width", QPDFObjectHandle::newInteger(picture.width));
  head.replaceKey("/Height", QPDFObjectHandle::newInteger(picture.height));
  head.replaceKey("/BitsPerComponent", QPDFObjectHandle::newInteger(picture.bits));
  // What is not packed yet the writer packs.
  if (picture.packing == Packing::jpeg) head.replaceKey("/Filter", QPDFObjectHandle::newName("/DCTDecode"));
  if (picture.packing == Packing::png_lines) {
    head.replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
    head.replaceKey("/DecodeParms", QPDFObjectHandle::parse("<< /Predictor 15 /Colors " + channels + " /BitsPerComponent " +
                                                            std::to_string(picture.bits) + " /Columns " + std::to_string(picture.width) + " >>"));
  }
  if (picture.channels == 4 && picture.inverted) head.replaceKey("/Decode", QPDFObjectHandle::parse("[1 0 1 0 1 0 1 0]"));
  return image;
}

// Where the unit square of an image goes so that it is seen upright, by its orientation: a b c d e f of PDF's "cm".
constexpr std::array<std::array<int, 6>, 8> kUpright = {{{1, 0, 0, 1, 0, 0}, {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
                                                         {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0}, {0, 1, -1, 0, 1, 0}}};

// A page of the picture alone, as large as A4 and Letter both take it: whoever prints it gives it its margins.
void place(QPDF& pdf, const Picture& picture) {
  const auto& upright = kUpright.at(static_cast<std::size_t>(picture.orientation - 1));
  const bool lies = upright[0] == 0;
  const double wide = lies ? picture.height : picture.width;
  const double high = lies ? picture.width : picture.height;
  const double scale = std::min((app::kA4.width_pt - 2 * kEdge_pt) / wide, (app::kLetter.height_pt - 2 * kEdge_pt) / high);
  const double width = wide * scale;
  const double height = high * scale;
  std::string drawing = "q ";
  for (std::size_t i = 0; i < upright.size(); ++i) drawing += number_of(upright[i] * (i % 2 == 0 ? width : height)) + " ";
  drawing += "cm /Scan Do Q\n";
  QPDFObjectHandle page = QPDFObjectHandle::parse("<< /Type /Page /Resources << /XObject << >> >> >>");
  page.replaceKey("/MediaBox", QPDFObjectHandle::parse("[0 0 " + number_of(width) + " " + number_of(height) + "]"));
  page.getKey("/Resources").getKey("/XObject").replaceKey("/Scan", image_of(pdf, picture));
  page.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, drawing));
  QPDFPageDocumentHelper(pdf).addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(page)), false);
}

std::string write_clean(const std::string& bytes) {
  QPDF made;
  made.emptyPDF();
  QPDF given;  // lives until all is written: its streams are copied then
  given.setSuppressWarnings(true);
  std::string damaged;
  if (std::string_view(bytes).starts_with("\xFF\xD8") || std::string_view(bytes).starts_with("\x89PNG")) {
    const auto pictures = read_pictures(bytes);
    if (!pictures.ok()) throw std::runtime_error(pictures.error().detail);
    for (const Picture& picture : pictures.value()) place(made, picture);
    damaged = name_damaged(made);
  } else {
    given.processMemoryFile("scan", bytes.data(), bytes.size());
    copy_pages(given, made);
    damaged = name_damaged(given);
  }
  QPDFWriter writer(made);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setMinimumPDFVersion("1.7");
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return damaged.append(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
}

std::string read_input() {
  std::string bytes;
  char piece[65536];
  for (std::size_t got = std::fread(piece, 1, sizeof piece, stdin); got > 0; got = std::fread(piece, 1, sizeof piece, stdin)) bytes.append(piece, got);
  return bytes;
}

}  // namespace

int run_scan_cleaner() {
  try {
    const std::string bytes = read_input();
    if (!app::lock_the_door()) {
      std::fputs("this system cannot shut a process in", stderr);
      return 3;
    }
    const std::string pdf = write_clean(bytes);
    return std::fwrite(pdf.data(), 1, pdf.size(), stdout) == pdf.size() && std::fflush(stdout) == 0 ? 0 : 2;
  } catch (const QPDFExc& error) {
    std::fputs(error.getErrorCode() == qpdf_e_password ? "it is locked with a password" : error.getMessageDetail().c_str(), stderr);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
  }
  return 1;
}

}  // namespace exporter
