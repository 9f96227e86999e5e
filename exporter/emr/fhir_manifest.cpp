#include "exporter/emr/fhir_manifest.h"

#include <string_view>

namespace exporter {
namespace {

using app::Json;

// "https://emr.example/fhir/Group/7/$export?_type=Patient" → "https://emr.example/fhir".
std::string server_of(std::string_view request) {
  request = request.substr(0, request.find('?'));
  const std::size_t end = request.find("/$");
  if (end == std::string_view::npos) return {};
  request = request.substr(0, end);
  const std::size_t group = request.rfind("/Group/");
  if (group != std::string_view::npos) request = request.substr(0, group);
  constexpr std::string_view kPatients = "/Patient";
  if (request.ends_with(kPatients)) request.remove_suffix(kPatients.size());
  return std::string(request);
}

std::string last_part(std::string_view address) {
  address = address.substr(0, address.find('?'));
  return std::string(address.substr(address.rfind('/') + 1));
}

}  // namespace

std::optional<ExportManifest> read_export_manifest(Json json) {
  const auto moment = app::read_moment(json["transactionTime"].text());
  if (!moment || !json["output"].is_array()) return std::nullopt;
  ExportManifest manifest{{moment->s}, server_of(json["request"].text()), {}};
  for (const Json file : json["output"].items()) {
    const auto count = file["count"].integer();
    ExportedFile named{last_part(file["url"].text()), std::nullopt};
    if (count && *count >= 0) named.resources = static_cast<std::uint64_t>(*count);
    if (!named.name.empty()) manifest.files.push_back(std::move(named));
  }
  return manifest;
}

}  // namespace exporter
