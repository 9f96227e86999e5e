#include "exporter/binder/assembly.h"

#include <podofo/podofo.h>

#include <exception>

namespace exporter {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfMemDocument;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

app::Error damaged(const std::string& detail) {
  return {app::Code::damaged, "The drawn pages can't be bound.", detail};
}

PdfString text_of(const std::string& utf8) {
  return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(utf8.c_str()));
}

PoDoFo::PdfVariant number_of(std::size_t number) {
  return PoDoFo::PdfVariant(static_cast<PoDoFo::pdf_int64>(number));
}

// The pages in order; walked without recursion and without PoDoFo's search for each number.
std::vector<PdfReference> pages_of(PdfMemDocument& document) {
  std::vector<PdfReference> pages;
  std::vector<PdfReference> open = {document.GetPagesTree()->GetObject()->Reference()};
  while (!open.empty()) {
    const PdfReference reference = open.back();
    open.pop_back();
    PdfObject* node = document.GetObjects().GetObject(reference);
    if (node == nullptr) continue;
    if (!node->GetDictionary().HasKey("Kids")) {
      pages.push_back(reference);
      continue;
    }
    const PdfArray kids = node->GetIndirectKey("Kids")->GetArray();
    for (std::size_t i = kids.size(); i-- > 0;) open.push_back(kids[i].GetReference());
  }
  return pages;
}

void set_link(PdfObject& from, const char* key, const PdfObject& to) {
  from.GetDictionary().AddKey(PdfName(key), to.Reference());
}

// Items of one level below `parent`, in order.
void chain(PdfObject& parent, const std::vector<PdfObject*>& items) {
  if (items.empty()) return;
  for (std::size_t i = 0; i < items.size(); ++i) {
    set_link(*items[i], "Parent", parent);
    if (i > 0) set_link(*items[i], "Prev", *items[i - 1]);
    if (i + 1 < items.size()) set_link(*items[i], "Next", *items[i + 1]);
  }
  set_link(parent, "First", *items.front());
  set_link(parent, "Last", *items.back());
  parent.GetDictionary().AddKey("Count", number_of(items.size()));
}

void add_bookmarks(PdfMemDocument& document, const Assembly& assembly, const std::vector<PdfReference>& pages) {
  if (assembly.bookmarks.empty()) return;
  PoDoFo::PdfVecObjects& objects = document.GetObjects();
  PdfObject* root = objects.CreateObject("Outlines");
  std::vector<PdfObject*> tops;
  std::vector<PdfObject*> below;
  for (const Bookmark& bookmark : assembly.bookmarks) {
    PdfObject* item = objects.CreateObject();
    PdfArray destination;
    destination.push_back(pages[bookmark.page]);
    destination.push_back(PdfName("Fit"));
    item->GetDictionary().AddKey("Title", text_of(bookmark.title));
    item->GetDictionary().AddKey("Dest", destination);
    if (bookmark.nested && !tops.empty()) {
      below.push_back(item);
      continue;
    }
    if (!tops.empty()) chain(*tops.back(), below);
    below.clear();
    tops.push_back(item);
  }
  chain(*tops.back(), below);
  chain(*root, tops);
  root->GetDictionary().AddKey("Count", number_of(assembly.bookmarks.size()));  // all are open
  set_link(*document.GetCatalog(), "Outlines", *root);
  document.GetCatalog()->GetDictionary().AddKey("PageMode", PdfName("UseOutlines"));
}

void add_labels(PdfMemDocument& document, const Assembly& assembly) {
  PdfArray numbers;
  for (const PageLabel& label : assembly.labels) {
    PdfDictionary range;
    range.AddKey("S", PdfName("D"));
    range.AddKey("P", text_of(label.prefix));
    numbers.push_back(number_of(label.page));
    numbers.push_back(range);
  }
  PdfDictionary labels;
  labels.AddKey("Nums", numbers);
  document.GetCatalog()->GetDictionary().AddKey("PageLabels", labels);
}

// Nothing from the clock: the same pages are bound to the same bytes.
void set_information(PdfMemDocument& document, const Assembly& assembly) {
  PdfDictionary& information = document.GetInfo()->GetObject()->GetDictionary();
  for (const char* key : {"CreationDate", "ModDate"}) information.RemoveKey(PdfName(key));
  information.AddKey("Producer", PdfString("Nightchart"));
  information.AddKey("Title", text_of(assembly.title));
}

}  // namespace

app::Result<std::string> assemble(const std::string& pdf, const Assembly& assembly) {
  try {
    PoDoFo::PdfError::EnableDebug(false);
    PoDoFo::PdfError::EnableLogging(false);
    PdfMemDocument document;
    document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
    document.SetPdfVersion(PoDoFo::ePdfVersion_1_7);
    const std::vector<PdfReference> pages = pages_of(document);
    for (const Bookmark& bookmark : assembly.bookmarks) {
      if (bookmark.page >= pages.size()) return damaged("a bookmark points behind the last page");
    }
    add_bookmarks(document, assembly, pages);
    add_labels(document, assembly);
    set_information(document, assembly);
    PoDoFo::PdfRefCountedBuffer buffer;
    PoDoFo::PdfOutputDevice device(&buffer);
    document.Write(&device);
    return std::string(buffer.GetBuffer(), device.GetLength());
  } catch (const PoDoFo::PdfError& error) {
    return damaged("PoDoFo error " + std::to_string(static_cast<int>(error.GetError())));
  } catch (const std::exception& error) {
    return damaged(error.what());
  }
}

}  // namespace exporter
