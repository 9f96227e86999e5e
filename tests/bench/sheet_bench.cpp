// How long it takes to say a chart, beside writing the same chart as JSON.
#include <benchmark/benchmark.h>

#include "app/record/chart_json.h"
#include "tests/invented_charts.h"

namespace {

const app::SheetContext kContext{tests::day("2026-11-22")};

// A chart as years of care make it: some forty entries a section, and one test repeated many times.
app::Chart long_chart() {
  app::Chart chart = tests::invented_chart(3, 40);
  for (int i = 0; i < 400; ++i) {
    app::Observation o;
    o.panel = i % 3 == 0 ? "Lipid panel" : "Metabolic panel";
    o.text = "Test " + std::to_string(i % 20);
    o.value = std::to_string(i);
    o.unit = "mg/dL", o.date = app::read_date("2020-01-01");
    chart.results.add(o);
  }
  return chart;
}

void say(benchmark::State& state, const app::Chart& chart) {
  for (auto _ : state) benchmark::DoNotOptimize(app::make_sheet(chart, app::default_sheet_template(), kContext));
}

void SayPlausibleChart(benchmark::State& state) { say(state, tests::plausible_chart()); }
void SayLongChart(benchmark::State& state) { say(state, long_chart()); }
void FormatLongChartAsJson(benchmark::State& state) {
  const app::Chart chart = long_chart();
  std::string json;
  for (auto _ : state) json.clear(), app::format_chart(chart, json);
}

BENCHMARK(SayPlausibleChart);
BENCHMARK(SayLongChart);
BENCHMARK(FormatLongChartAsJson);

}  // namespace

BENCHMARK_MAIN();
