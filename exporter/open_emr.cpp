#include "exporter/open_emr.h"

#include "exporter/emr/fhir_source.h"

namespace exporter {
namespace {

constexpr std::size_t kStagingMemory_bytes = 64u << 20;

}  // namespace

SqlSourceOrder sql_order_of(const Options& options, const std::filesystem::path& staging, DocumentKeeper* documents) {
  const EmrOptions& emr = options.emr;
  return {emr.pack, emr.url, options.practice_folder(), staging, kStagingMemory_bytes, options.time_zone, emr.password_file,
          emr.connect_timeout_s, emr.read_timeout_s, emr.rows_per_second, emr.documents, documents, options.policy.entries, options.run.shard};
}

app::Result<std::unique_ptr<ChartSource>> open_emr(const Options& options, const std::filesystem::path& staging, DocumentKeeper* documents) {
  const EmrOptions& emr = options.emr;
  if (emr.kind == EmrKind::sql) return open_sql_source(sql_order_of(options, staging, documents));
  return open_fhir_bulk(emr.path, staging, {.memory_bytes = kStagingMemory_bytes}, options.time_zone,
                        {emr.mrn_system, emr.server, emr.documents, documents, options.policy.entries, options.run.shard});
}

std::filesystem::path staging_beside_copies(const Options& options) {
  std::error_code none;
  return std::filesystem::is_directory(options.copies, none) ? options.copies : std::filesystem::temp_directory_path();
}

}  // namespace exporter
