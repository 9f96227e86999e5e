// What the night did with scans and attachments.
#include <algorithm>

#include "exporter/report/report_words.h"

namespace exporter {
namespace {

void append_left_out(const DocumentReport& documents, std::string& text) {
  const struct {
    std::uint64_t count;
    const char* why;
  } kinds[] = {{documents.waiting, "come with the next night's copy"},
               {documents.too_large, "larger than the settings allow ([documents] largest_mb)"},
               {documents.elsewhere, "lie where the night does not look (a web address, or outside of [emr] documents)"},
               {documents.not_found, "name a file that is not there"},
               {documents.unreadable, "could not be read"},
               {documents.withheld, "are kept out by the settings ([documents] keep)"},
               {documents.no_room, "found no room, or the disk failed"}};
  for (const auto& kind : kinds) {
    if (kind.count != 0) text += line("", "NOT in the copy: the pages of " + counted(kind.count, "document", "documents") + ", which " + kind.why);
  }
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
  return grouped(number) + ' ' + (number == 1 ? one : many);
}

std::string size_of(std::uint64_t bytes) {
  if (bytes < 10'000'000) return grouped(std::max<std::uint64_t>(1, bytes / 1000)) + " KB";
  return grouped(bytes / 1'000'000) + " MB";
}

std::string line(const std::string& word, const std::string& text) {
  return "  " + word + std::string(word.size() < 13 ? 13 - word.size() : 1, ' ') + text + '\n';
}

void append_documents(const DocumentReport& documents, std::string& text) {
  if (documents.kept == 0) {
    text += line("Documents", "no pages of scans are in the copy, only their titles");
  } else {
    text += line("Documents", "the pages of " + counted(documents.kept, "document", "documents") + " (" + size_of(documents.kept_bytes) + ") in " +
                                  counted(documents.volumes, "volume", "volumes") + "; read tonight: " + grouped(documents.fresh));
  }
  if (documents.earlier != 0) {
    text += line("", counted(documents.earlier, "document is", "documents are") + " as on an earlier night: tonight they could not be read");
  }
  append_left_out(documents, text);
  if (!documents.lost_volumes.empty()) {
    text += line("", counted(documents.lost_volumes.size(), "volume was", "volumes were") +
                         " found missing or damaged: what lay there was read from the EMR again");
  }
  if (documents.forgot) text += line("", "ALL documents were read again: " + documents.forgot->what);
  if (documents.fault) text += line("", "FAILED: " + documents.fault->what);
}

void append_documents(const DocumentReport& documents, app::JsonWriter& json) {
  json.key("document_pages");
  json.open_object();
  const struct {
    const char* name;
    std::uint64_t count;
  } counts[] = {{"kept", documents.kept},           {"kept_bytes", documents.kept_bytes}, {"read_tonight", documents.fresh},
                {"written_bytes", documents.fresh_bytes}, {"as_on_an_earlier_night", documents.earlier},
                {"waiting_for_the_night", documents.waiting},
                {"too_large", documents.too_large}, {"elsewhere", documents.elsewhere},   {"not_found", documents.not_found},
                {"unreadable", documents.unreadable}, {"withheld", documents.withheld},   {"no_room", documents.no_room},
                {"volumes", documents.volumes},     {"new_volumes", documents.fresh_volumes},
                {"removed_volumes", documents.removed_volumes}};
  for (const auto& count : counts) json.member(count.name, static_cast<std::int64_t>(count.count));
  json.key("lost_volumes");
  json.open_array();
  for (const std::string& volume : documents.lost_volumes) json.text(volume);
  json.close_array();
  if (documents.forgot) json.member("forgot", std::string_view(documents.forgot->what));
  if (documents.fault) json.member("fault", std::string_view(documents.fault->what));
  json.close_object();
}

}  // namespace exporter
