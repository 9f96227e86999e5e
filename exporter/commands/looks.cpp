#include "exporter/commands/looks.h"

#include <iostream>

#include "app/record/sheet.h"
#include "app/snapshot/access_log.h"

namespace exporter {
namespace {

app::Result<app::Done> append(const app::Opened& opened, const CopyArguments& arguments, app::Look look) {
  const auto kept = opened.copy.read_kept(app::kPrivacyOfficer);
  app::PublicKey officer{};
  if (!kept.ok() || !app::parse_hex(kept.value(), officer)) return app::Done{};
  look.time = app::now();
  look.who = opened.copy.keyholder();
  look.practice = opened.copy.info().manifest.practice;
  look.sequence = opened.copy.info().manifest.sequence;
  const auto recorded = app::append_look(app::LaptopMemory::read(arguments.memory).folder(), look, officer);
  if (recorded.ok()) return app::Done{};
  if (arguments.unrecorded.empty()) {
    return app::Error{recorded.error().code, "This computer cannot keep the record of who looks at what, so nothing is shown.",
                      recorded.error().detail + ". If it must be all the same, say why: --unrecorded REASON"};
  }
  std::cerr << "nightchart: NOT RECORDED: write on paper, for the privacy officer, whose chart it was, when, and why ("
            << arguments.unrecorded << ")." << std::endl;
  return app::Done{};
}

}  // namespace

app::Result<app::Done> record_look(const app::Opened& opened, const CopyArguments& arguments, const std::string& kind,
                                   const std::string& words) {
  app::Look look;
  look.kind = kind;
  look.words = words;
  return append(opened, arguments, std::move(look));
}

app::Result<app::Done> record_look(const app::Opened& opened, const CopyArguments& arguments, const std::string& kind,
                                   const app::Chart& chart) {
  app::Look look;
  look.kind = kind;
  look.mrn = chart.mrn;
  look.name = app::format_name(app::shown_name(chart));
  return append(opened, arguments, std::move(look));
}

}  // namespace exporter
