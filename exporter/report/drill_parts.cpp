// What a drill found of the parts of a practice, as one.
#include <algorithm>

#include "app/snapshot/copy_parts.h"
#include "exporter/report/drill.h"

namespace exporter {
namespace {

void add(const DrillPlace& part, DrillPlace& place) {
  place.patients += part.patients, place.sampled += part.sampled, place.found += part.found, place.absent += part.absent;
  place.volumes += part.volumes, place.same += part.same, place.pages += part.pages, place.documents += part.documents, place.document_bytes += part.document_bytes;
  place.took_s += part.took_s;
  for (const auto& [section, count] : part.differences) place.differences[section] += count;
  for (const auto& [step, seconds] : part.steps_s) {
    const auto known = std::find_if(place.steps_s.begin(), place.steps_s.end(), [&](const auto& one) { return one.first == step; });
    if (known == place.steps_s.end()) place.steps_s.emplace_back(step, seconds);
    else known->second += seconds;
  }
}

app::Error of_part(const app::Shard& shard, const app::Error& fault) { return {fault.code, app::name_of(shard) + ": " + fault.what, fault.detail}; }

std::optional<app::Error> judge_nights(const std::vector<std::pair<app::Shard, DrillPlace>>& parts) {
  std::int64_t newest = 0;
  for (const auto& [shard, part] : parts) newest = std::max(newest, part.as_of.s);
  std::vector<app::LatePart> late;
  for (const auto& [shard, part] : parts) {
    if (newest - part.as_of.s > app::kPartsApartMost_s) late.push_back({shard, newest - part.as_of.s});
  }
  if (late.empty()) return std::nullopt;
  return app::Error{app::Code::not_found, "The parts there are of different nights.", app::describe_late(late)};
}

}  // namespace

DrillPlace join_parts(const std::string& name, std::vector<std::pair<app::Shard, DrillPlace>> parts) {
  DrillPlace place;
  place.name = name;
  place.digest_known = true;
  for (const auto& [shard, part] : parts) {
    add(part, place);
    place.digest_known = place.digest_known && part.digest_known;
    if (part.sequence != 0 && (place.sequence == 0 || part.as_of.s < place.as_of.s)) place.sequence = part.sequence, place.as_of = part.as_of;
    if (place.keyholder.empty()) place.keyholder = part.keyholder;
    if (!place.fault && part.fault) place.fault = of_part(shard, *part.fault);
    if (!place.not_compared && part.not_compared) place.not_compared = part.not_compared;
  }
  if (!place.fault) place.fault = judge_nights(parts);
  place.parts = std::move(parts);
  return place;
}

}  // namespace exporter
