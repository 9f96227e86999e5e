// Each table of nightchart.toml, read into its part of the Options.
//
// Errors:  Code::bad_config naming the file, the table and the key; a key that means nothing is one too.
#pragma once

#include <filesystem>
#include <string>

#include "app/error.h"
#include "app/record/json.h"
#include "exporter/options.h"

namespace exporter {

inline constexpr std::uint64_t kMegabyte = 1'000'000;

app::Result<EmrOptions> read_emr(const std::filesystem::path& file, app::Json json);
app::Result<PaperOptions> read_paper(const std::filesystem::path& file, app::Json json);
app::Result<BinderOptions> read_binder(const std::filesystem::path& file, app::Json json, const PaperOptions& paper);
app::Result<DocumentOptions> read_documents(const std::filesystem::path& file, app::Json json);
app::Result<GuardPolicy> read_guard(const std::filesystem::path& file, app::Json json);
app::Result<ReportOptions> read_report(const std::filesystem::path& file, app::Json json);
// What is not said there is as in `usual`.
app::Result<KeepPolicy> read_keep(const std::filesystem::path& file, const std::string& name, app::Json json, KeepPolicy usual);
app::Result<DestinationOptions> read_destination(const std::filesystem::path& file, app::Json json, const KeepPolicy& keep);
app::Result<DrillOptions> read_drill(const std::filesystem::path& file, app::Json json);

}  // namespace exporter
