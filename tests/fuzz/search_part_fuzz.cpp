// A hostile search index: loads or is refused, and a loaded one answers; never more than that.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "app/snapshot/search_tables.h"
#include "app/snapshot/search.h"
#include "exporter/copy/search_builder.h"

namespace {

std::map<std::string, std::string> good_parts() {
  app::Chart chart;
  chart.mrn = "10442", chart.names = {{"", "", "", "John", "Smith", "", ""}};
  chart.birth_date = app::read_date("1975-03-04"), chart.telecom = {{"phone", "", "555-123-4567"}};
  exporter::SearchIndexBuilder builder(std::filesystem::temp_directory_path());
  (void)builder.add(1, chart).ok();
  chart.names[0].family = "Müller";
  (void)builder.add(2, chart).ok();
  std::map<std::string, std::string> parts;
  auto built = std::move(builder.finish()).value();
  for (exporter::SearchPart& part : built) parts.emplace(part.name, std::move(part.bytes));
  return parts;
}

}  // namespace

// Each two bytes and their length name a part and replace its bytes from some place on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::map<std::string, std::string> good = good_parts();
  std::map<std::string, std::string> parts = good;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (rest.size() > 3) {
    const auto part = static_cast<unsigned char>(rest[0]) % app::kSearchParts.size();
    std::string& bytes = parts[std::string(app::kSearchParts[part])];
    bytes.resize(std::min<std::size_t>(bytes.size(), static_cast<unsigned char>(rest[1])));
    const std::size_t length = std::min<std::size_t>(rest.size() - 3, static_cast<unsigned char>(rest[2]));
    bytes += rest.substr(3, length);
    rest.remove_prefix(3 + length);
  }
  auto index = app::SearchIndex::load(
      [&parts](std::string_view name) -> app::Result<std::string> { return parts[std::string(name)]; });
  if (!index.ok()) return 0;
  const app::Date today = app::read_date("2026-11-22").value();
  for (const char* typed : {"s", "smiht", "john smoth", "muller 4/3/75", "4567", "555", "1975", "10442"}) {
    index.value().find(typed, 20, today);
  }
  index.value().find_mrn("10442");
  return 0;
}
