#include "exporter/binder/scan_choice.h"

#include <algorithm>
#include <string_view>

#include "app/digest.h"
#include "app/record/document_list.h"
#include "app/record/sheet_parts.h"
#include "app/record/sheet_words.h"

namespace exporter {
namespace {

// What stands before the colon of a title are the categories in which the record system files it.
bool title_names(std::string_view title, const std::string& category) {
  std::string_view filed = title.substr(0, title.find(": "));
  while (!filed.empty()) {
    const std::size_t end = filed.find(", ");
    if (app::same_ignoring_case(filed.substr(0, end), category)) return true;
    filed = end == std::string_view::npos ? std::string_view() : filed.substr(end + 2);
  }
  return false;
}

bool is_of(const app::Document& document, const std::vector<std::string>& categories) {
  return categories.empty() || std::any_of(categories.begin(), categories.end(), [&](const std::string& category) {
           return title_names(document.text, category) ||
                  std::any_of(document.codes.begin(), document.codes.end(), [&](const app::Coding& coding) {
                    return app::same_ignoring_case(coding.code, category) || app::same_ignoring_case(coding.display, category);
                  });
         });
}

}  // namespace

std::vector<app::Document> choose_scans(const app::Chart& chart, const BinderSettings& settings, bool booked, bool wanted) {
  std::vector<app::Document> chosen;
  const bool theirs = settings.scans == ScanScope::booked ? booked : settings.scans == ScanScope::active && wanted;
  if (!theirs) return chosen;
  for (const app::Document* document : app::documents_as_listed(chart)) {
    if (chosen.size() == static_cast<std::size_t>(settings.scan_newest)) break;
    const bool has_pages = document->content.state == app::Presence::known && !document->content.id.empty();
    if (has_pages && !app::is_entered_in_error(document->status) && is_of(*document, settings.scan_categories)) chosen.push_back(*document);
  }
  return chosen;
}

std::string scans_id(const std::vector<app::Document>& scans) {
  if (scans.empty()) return "";
  app::Hasher hasher;
  for (const app::Document& scan : scans) {
    for (const std::string& words : {scan.content.id, title_of_scan(scan)}) hasher.add(words + '\x1f');
  }
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const app::Digest digest = hasher.finish();
  std::string id = "+";
  for (std::size_t i = 0; i < 4; ++i) id += kAlphabet[digest[i] & 31u];
  return id;
}

std::string title_of_scan(const app::Document& scan) {
  const std::string title = scan.text.empty() ? "Document without a title" : scan.text;
  return scan.date.is_known() ? title + ", " + app::format_known_date(scan.date) : title;
}

}  // namespace exporter
