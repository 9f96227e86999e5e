#include "exporter/emr/shard_source.h"

#include <utility>

namespace exporter {
namespace {

class ShardSource final : public ChartSource {
 public:
  ShardSource(std::unique_ptr<ChartSource> whole, const app::Shard& shard) : whole_(std::move(whole)), shard_(shard) {}

  app::Instant as_of() const override { return whole_->as_of(); }
  const PatientFacts& facts() const override { return whole_->facts(); }

  app::Result<std::optional<app::Chart>> next() override {
    for (;;) {
      TRY_GET(std::optional<app::Chart> chart, whole_->next());
      if (!chart) {
        report_ = whole_->report();
        report_.patients -= elsewhere_;
        return chart;
      }
      if (part_of(chart->emr_key, shard_.of) == shard_.number) return chart;
      ++elsewhere_;
    }
  }
  const ReadReport& report() const override { return report_; }

 private:
  std::unique_ptr<ChartSource> whole_;
  app::Shard shard_;
  std::uint64_t elsewhere_ = 0;
  ReadReport report_;
};

}  // namespace

std::unique_ptr<ChartSource> take_shard(std::unique_ptr<ChartSource> whole, const app::Shard& shard) {
  if (shard.is_whole()) return whole;
  return std::make_unique<ShardSource>(std::move(whole), shard);
}

}  // namespace exporter
