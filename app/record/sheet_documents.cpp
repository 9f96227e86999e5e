// Documents: what each is, and where its pages are.
#include <algorithm>
#include <array>
#include <utility>

#include "app/record/document_list.h"
#include "app/record/sheet_parts.h"

namespace app {
namespace {

constexpr std::array kMediaTypes = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"application/pdf", "PDF"},
     {"image/jpeg", "JPEG picture"},
     {"image/jpg", "JPEG picture"},
     {"image/png", "PNG picture"},
     {"image/tiff", "TIFF picture"},
     {"text/plain", "plain text"},
     {"text/html", "web page"},
     {"text/xml", "XML"},
     {"application/xml", "XML"},
     {"application/rtf", "RTF text"},
     {"text/rtf", "RTF text"},
     {"application/msword", "Word document"},
     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"},
     {"application/dicom", "DICOM pictures"}});

std::string with_reason(std::string_view said, const std::string& reason) {
  return std::string(said) + (reason.empty() ? "" : ": " + reason);
}

Span say_content(const DocumentContent& content) {
  switch (content.state) {
    case Presence::known:
      return {"pages in the emergency copy (" + words_of_size(content.bytes) + ")" +
                  (content.reason.empty() ? "" : ", " + content.reason),
              content.reason.empty() ? Weight::plain : Weight::missing};
    case Presence::known_none:
      return {"has no pages", Weight::plain};
    case Presence::not_in_copy:
      return {with_reason("PAGES NOT IN THIS COPY", content.reason), Weight::missing};
    case Presence::withheld:
      return {with_reason("pages withheld by the practice's policy", content.reason), Weight::missing};
    case Presence::unreadable:
      return {with_reason("PAGES UNREADABLE", content.reason), Weight::missing};
    case Presence::not_recorded:
      break;
  }
  return {"its pages are not in this copy", Weight::muted};
}

}  // namespace

std::vector<const Document*> documents_as_listed(const Chart& chart) {
  std::vector<const Document*> listed;
  for (const Document& document : chart.documents.entries) listed.push_back(&document);
  std::stable_sort(listed.begin(), listed.end(),
                   [](const Document* a, const Document* b) { return sort_key(a->date) > sort_key(b->date); });
  return listed;
}

std::string words_of_media_type(const std::string& media_type) {
  if (media_type.empty()) return "document";
  const std::string_view plain = std::string_view(media_type).substr(0, media_type.find(';'));
  for (const auto& [type, words] : kMediaTypes) {
    if (same_ignoring_case(plain, type)) return std::string(words);
  }
  return media_type;
}

std::string words_of_size(std::uint64_t bytes) {
  if (bytes < 1'000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  if (bytes < 1'000'000) return std::to_string(bytes / 1'000) + " KB";
  const std::uint64_t tenths = bytes / 100'000;
  return std::to_string(tenths / 10) + (tenths < 100 ? "." + std::to_string(tenths % 10) : "") + " MB";
}

Draft draft_documents(const SheetSource& source) {
  Draft draft;
  std::size_t number = 0;
  for (const Document* document : documents_as_listed(source.chart)) {
    Row row;
    row.label = std::to_string(++number) + ". " + (document->text.empty() ? "Document without a title" : document->text);
    row.value.push_back({words_of_media_type(document->media_type), Weight::plain});
    if (is_entered_in_error(document->status)) row.weight = Weight::muted;
    const bool usual = std::ranges::any_of(std::array<std::string_view, 3>{"", "current", "final"},
                                           [&](auto word) { return same_ignoring_case(word, document->status); });
    if (!usual) row.value.push_back({"(" + words_of_code(document->status) + ")", Weight::strong});
    row.value.push_back(say_content(document->content));
    row.when = when_of(document->date);
    Particulars small;
    small.add("by", document->author).add("note:", document->note).add_codes(document->codes, document->text);
    row.detail = small.text();
    draft.facts.push_back({{std::move(row)}});
  }
  return draft;
}

}  // namespace app
