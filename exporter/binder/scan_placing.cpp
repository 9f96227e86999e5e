#include "exporter/binder/scan_placing.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <cmath>
#include <exception>
#include <map>
#include <stdexcept>

namespace exporter {
namespace {

constexpr double kTurnedFrom = 1.1;  // width : height
constexpr double kSideMost_pt = 20'000;

struct OpenScan {
  std::unique_ptr<QPDF> pdf;
  std::vector<QPDFPageObjectHelper> pages;
};

OpenScan open_scan(const std::string& bytes) {
  OpenScan scan{std::make_unique<QPDF>(), {}};
  scan.pdf->setSuppressWarnings(true);
  scan.pdf->processMemoryFile("scan", bytes.data(), bytes.size());
  scan.pages = QPDFPageDocumentHelper(*scan.pdf).getAllPages();
  return scan;
}

QPDFObjectHandle form_of(QPDFPageObjectHelper page) {
  const QPDFObjectHandle::Rectangle box = page.getTrimBox().getArrayAsRectangle();
  double width = std::abs(box.urx - box.llx);
  double height = std::abs(box.ury - box.lly);
  if (!(width >= 1 && height >= 1 && width < kSideMost_pt && height < kSideMost_pt)) throw std::runtime_error("a page of no size");
  QPDFObjectHandle rotation = page.getAttribute("/Rotate", false);
  if (rotation.isInteger() && rotation.getIntValueAsInt() % 180 != 0) std::swap(width, height);
  if (width > height * kTurnedFrom) page.rotatePage(270, true);
  return page.getFormXObjectForPage(true);
}

// Draws the form below what the page draws itself.
void put_on(QPDF& pdf, QPDFPageObjectHelper page, QPDFObjectHandle form, const PlacedScan& place) {
  const double top = page.getMediaBox().getArrayAsRectangle().ury;
  const QPDFObjectHandle::Rectangle box(place.x_pt, top - place.y_pt - place.height_pt, place.x_pt + place.width_pt, top - place.y_pt);
  const std::string drawing = page.placeFormXObject(form, "/Scan", box, true, true, false);
  if (drawing.empty()) throw std::runtime_error("a page without a box");
  // Pages share their resources; the scan is this one's alone.
  QPDFObjectHandle resources = page.getAttribute("/Resources", false).shallowCopy();
  QPDFObjectHandle drawn = resources.getKey("/XObject");
  drawn = drawn.isDictionary() ? drawn.shallowCopy() : QPDFObjectHandle::newDictionary();
  drawn.replaceKey("/Scan", form);
  resources.replaceKey("/XObject", drawn);
  page.getObjectHandle().replaceKey("/Resources", resources);
  page.addPageContents(QPDFObjectHandle::newStream(&pdf, drawing), true);
}

std::string write(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setMinimumPDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

app::Result<std::string> place_scans(const std::string& pdf, const std::vector<PlacedScan>& scans) {
  try {
    std::map<const std::string*, OpenScan> open;  // live until all is written: their streams are copied then
    QPDF bound;
    bound.setSuppressWarnings(true);
    bound.processMemoryFile("binder", pdf.data(), pdf.size());
    std::vector<QPDFPageObjectHelper> pages;
    if (!scans.empty()) pages = QPDFPageDocumentHelper(bound).getAllPages();
    for (const PlacedScan& place : scans) {
      auto found = open.find(place.pdf.get());
      if (found == open.end()) found = open.emplace(place.pdf.get(), open_scan(*place.pdf)).first;
      const QPDFObjectHandle form = form_of(found->second.pages.at(place.scan_page));
      put_on(bound, pages.at(place.page), bound.copyForeignObject(form), place);
    }
    return write(bound);
  } catch (const std::exception& error) {
    return app::Error{app::Code::damaged, "The scans can't be bound.", error.what()};
  }
}

app::Result<app::Done> check_placing(const std::string& scan) {
  try {
    const OpenScan open = open_scan(scan);
    QPDF tried;
    tried.emptyPDF();
    for (const QPDFPageObjectHelper& page : open.pages) {
      QPDFPageObjectHelper sheet(tried.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 595 842] /Resources << >> >>")));
      QPDFPageDocumentHelper(tried).addPage(sheet, false);
      put_on(tried, QPDFPageDocumentHelper(tried).getAllPages().back(), tried.copyForeignObject(form_of(page)), {0, nullptr, 0, 36, 90, 520, 690});
    }
    write(tried);
    return app::Done{};
  } catch (const std::exception& error) {
    return app::Error{app::Code::bad_source, "The document cannot be read.", error.what()};
  }
}

}  // namespace exporter
