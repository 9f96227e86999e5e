#include "exporter/binder/assembly.h"

#include <podofo/podofo.h>

#include <algorithm>
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

struct Node {
  PdfReference reference;
  std::size_t pages = 1;
};

constexpr std::size_t kKidsMost = 64;

// A fresh tree above the pages, whose own nodes no longer pass anything on to them.
void plant_page_tree(PdfMemDocument& document, const std::vector<PdfReference>& pages) {
  PoDoFo::PdfVecObjects& objects = document.GetObjects();
  PdfObject* root = document.GetPagesTree()->GetObject();
  std::vector<Node> level;
  for (const PdfReference& page : pages) {
    PdfObject* object = objects.GetObject(page);
    for (const char* key : {"MediaBox", "Resources"}) {
      const PdfObject* from = object;
      while (from != nullptr && !from->GetDictionary().HasKey(key)) from = from->GetIndirectKey("Parent");
      if (from != nullptr && from != object) object->GetDictionary().AddKey(key, *from->GetDictionary().GetKey(key));
    }
    level.push_back({page, 1});
  }
  for (bool is_root = false; !is_root;) {
    is_root = level.size() <= kKidsMost;
    std::vector<Node> above;
    for (std::size_t at = 0; at < level.size(); at += kKidsMost) {
      PdfObject* node = is_root ? root : objects.CreateObject("Pages");
      PdfArray kids;
      std::size_t count = 0;
      for (std::size_t i = at; i < std::min(level.size(), at + kKidsMost); ++i) {
        kids.push_back(level[i].reference);
        count += level[i].pages;
        objects.GetObject(level[i].reference)->GetDictionary().AddKey("Parent", node->Reference());
      }
      node->GetDictionary().AddKey("Kids", kids);
      node->GetDictionary().AddKey("Count", number_of(count));
      above.push_back({node->Reference(), count});
    }
    level = std::move(above);
  }
}

void add_links(PdfMemDocument& document, const Assembly& assembly, const std::vector<PdfReference>& pages) {
  for (const PageLink& link : assembly.links) {
    PdfDictionary& page = document.GetObjects().GetObject(pages[link.page])->GetDictionary();
    const double height = page.GetKey("MediaBox")->GetArray()[3].GetReal();
    PdfObject* annotation = document.GetObjects().CreateObject("Annot");
    PdfArray box;
    for (const double side : {link.x_pt, height - link.y_pt - link.height_pt, link.x_pt + link.width_pt, height - link.y_pt}) {
      box.push_back(PoDoFo::PdfVariant(side));
    }
    PdfArray border;
    for (int i = 0; i < 3; ++i) border.push_back(number_of(0));
    PdfArray destination;
    destination.push_back(pages[link.to]);
    destination.push_back(PdfName("Fit"));
    annotation->GetDictionary().AddKey("Subtype", PdfName("Link"));
    annotation->GetDictionary().AddKey("Rect", box);
    annotation->GetDictionary().AddKey("Border", border);
    annotation->GetDictionary().AddKey("Dest", destination);
    PdfArray annotations;
    if (page.HasKey("Annots")) annotations = page.GetKey("Annots")->GetArray();
    annotations.push_back(annotation->Reference());
    page.AddKey("Annots", annotations);
  }
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

bool points_to_pages(const Assembly& assembly, std::size_t pages) {
  return assembly.front_from < std::max<std::size_t>(pages, 1) &&
         std::all_of(assembly.bookmarks.begin(), assembly.bookmarks.end(), [&](const Bookmark& it) { return it.page < pages; }) &&
         std::all_of(assembly.links.begin(), assembly.links.end(), [&](const PageLink& it) { return it.page < pages && it.to < pages; });
}

}  // namespace

app::Result<std::string> assemble(const std::string& pdf, const Assembly& assembly) {
  try {
    PoDoFo::PdfError::EnableDebug(false);
    PoDoFo::PdfError::EnableLogging(false);
    PdfMemDocument document;
    document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
    document.SetPdfVersion(PoDoFo::ePdfVersion_1_7);
    std::vector<PdfReference> pages = pages_of(document);
    if (!points_to_pages(assembly, pages.size())) return damaged("something points behind the last page");
    std::rotate(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(assembly.front_from), pages.end());
    plant_page_tree(document, pages);
    add_links(document, assembly, pages);
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
