#include "viewer/records.h"

#include <algorithm>
#include <utility>

#include "viewer/records_parts.h"

namespace viewer {
namespace {

// How copies are opened on this computer.
struct Opening {
  app::LaptopMemory memory;
  ReceiptChoice receipts;

  app::Result<std::unique_ptr<CopyRecords>> open(const app::CopyInfo& info, const app::Request& request) {
    TRY_GET(app::Opened opened, app::open_trusted(info, request, memory, app::now()));
    return std::make_unique<CopyRecords>(std::move(opened), memory.folder(), receipts);
  }
};

// What is said where no part opens: that it is forged, or else of the first.
app::Error heaviest(const std::vector<MissingPart>& closed) {
  const auto forged = std::find_if(closed.begin(), closed.end(), [](const MissingPart& part) { return part.fault.code == app::Code::forged; });
  return forged == closed.end() ? closed.front().fault : forged->fault;
}

app::Result<std::unique_ptr<Records>> open_parts(const Openable& together, app::Request request, Opening& opening) {
  app::TriedKeys tried;
  request.tried = &tried;
  std::vector<PartsRecords::OpenPart> open;
  std::vector<MissingPart> missing, closed;
  for (const app::FoundPart& part : together.parts) {
    if (part.fault) {
      missing.push_back({part.shard, *part.fault});
      continue;
    }
    auto records = opening.open(*part.info, request);
    if (records.ok()) open.push_back({part.shard, std::move(records).value()});
    else closed.push_back({part.shard, records.error()}), missing.push_back(closed.back());
  }
  if (open.empty()) return heaviest(closed);
  return std::unique_ptr<Records>(std::make_unique<PartsRecords>(together, std::move(open), std::move(missing)));
}

}  // namespace

std::vector<app::CopyInfo> Records::copies() const { return {info()}; }

const std::vector<MissingPart>& Records::missing() const {
  static const std::vector<MissingPart> kNone;
  return kNone;
}

const std::vector<MissingPart>& Records::without_schedule() const { return Records::missing(); }

OpenRecords make_opener(std::filesystem::path memory_folder, std::string pair_anew, ReceiptChoice receipts) {
  return [folder = std::move(memory_folder), anew = std::move(pair_anew), receipts = std::move(receipts)](
             const Openable& one, app::Request request) -> app::Result<std::unique_ptr<Records>> {
    request.pair_anew = anew;
    Opening opening{app::LaptopMemory::read(folder), receipts};
    if (!one.parts.empty()) return open_parts(one, std::move(request), opening);
    TRY_GET(std::unique_ptr<CopyRecords> records, opening.open(one, request));
    return std::unique_ptr<Records>(std::move(records));
  };
}

}  // namespace viewer
