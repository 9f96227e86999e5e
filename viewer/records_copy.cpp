#include "viewer/records_copy.h"

#include <charconv>
#include <utility>

#include "app/record/document_list.h"
#include "app/snapshot/print_at_battery.h"
#include "app/snapshot/search_reason.h"
#include "viewer/leave_receipt.h"
#include "viewer/outage_marks.h"

namespace viewer {
namespace {

constexpr int kPrintAtUsually = 30;
constexpr std::size_t kDocumentBytesMost = 128u << 20;

}  // namespace

CopyRecords::CopyRecords(app::Opened opened, std::filesystem::path log_folder, ReceiptChoice receipts)
    : opened_(std::move(opened)), copy_(opened_.copy), log_folder_(std::move(log_folder)), receipts_(std::move(receipts)) {
  const auto officer = copy_.read_kept(app::kPrivacyOfficer);
  app::PublicKey key{};
  if (officer.ok() && app::parse_hex(officer.value(), key)) officer_ = key;
  const app::Manifest& manifest = copy_.info().manifest;
  context_.as_of = app::local_date(manifest.as_of, manifest.time_zone);
}

int CopyRecords::print_at_percent() const {
  const auto kept = copy_.read_kept(app::kPrintAtBattery);
  int percent = kPrintAtUsually;
  if (kept.ok()) std::from_chars(kept.value().data(), kept.value().data() + kept.value().size(), percent);
  return percent;
}

std::optional<app::Instant> CopyRecords::outage_mark() const { return read_outage_mark(log_folder_, practice()); }

void CopyRecords::keep_outage_mark(std::optional<app::Instant> began) {
  (void)viewer::keep_outage_mark(log_folder_, practice(), began).ok();  // else it lasts as long as the program
}

std::function<void()> CopyRecords::receipt() const {
  if (!receipts_.leave || !opened_.verified) return {};
  return [info = copy_.info(), key = read_receipt_key(copy_), laptop = receipts_.laptop] {
    leave_receipt(info, key, laptop, app::now());
  };
}

app::Result<app::Done> CopyRecords::record(app::Look look) {
  if (!officer_) return app::Done{};
  look.time = app::now();
  if (look.who.empty()) look.who = copy_.keyholder();
  look.practice = copy_.info().manifest.practice;
  look.sequence = copy_.info().manifest.sequence;
  return app::append_look(log_folder_, look, *officer_);
}

app::Hits CopyRecords::find(std::string_view typed, std::size_t most, const app::Date& today) {
  return copy_.search().find(typed, most, today);
}

std::vector<std::string> CopyRecords::explain(const app::Hits& hits, std::string_view typed, const app::Date& today) {
  const std::lock_guard lock(volumes_);
  return app::explain_hits(hits, copy_, typed, today);
}

std::optional<app::Appointment> CopyRecords::next_appointment(app::ChartId chart, const app::Date& today) {
  const std::lock_guard lock(volumes_);
  return upcoming_.next(copy_, chart, today);
}

app::Result<app::Sheet> CopyRecords::read_sheet(app::ChartId id) {
  TRY_GET(app::Chart chart, read_chart(id));
  return app::make_sheet(chart, copy_.sheet_template(), context_);
}

app::Result<std::vector<app::ScheduleEntry>> CopyRecords::read_schedule(const app::Date& day) {
  return copy_.read_schedule(day);
}

app::Result<std::vector<app::Document>> CopyRecords::read_documents(app::ChartId id) {
  TRY_GET(app::Chart chart, read_chart(id));
  std::vector<app::Document> documents;
  for (const app::Document* document : app::documents_as_listed(chart)) documents.push_back(*document);
  return documents;
}

app::Result<std::vector<app::FormText>> CopyRecords::read_forms() {
  const auto kept = copy_.read_kept("forms");
  if (kept.ok()) return app::parse_form_texts(kept.value());
  if (kept.error().code != app::Code::not_found) return kept.error();
  return app::read_form_texts(app::find_own_forms());
}

app::Result<std::string> CopyRecords::read_document(const app::DocumentContent& content) {
  const std::lock_guard lock(volumes_);
  std::string bytes;
  TRY(copy_.read_document(content, [&bytes](std::string_view piece) -> app::Result<app::Done> {
    if (bytes.size() + piece.size() > kDocumentBytesMost)
      return app::Error{app::Code::no_room, "The document is too large to be shown.", "large"};
    bytes += piece;
    return app::Done{};
  }));
  return bytes;
}

std::string CopyRecords::practice() const { return app::format_hex(copy_.info().manifest.verifying_key); }

// Reading a chart also asks which volumes of documents are there.
app::Result<app::Chart> CopyRecords::read_chart(app::ChartId id) {
  const std::lock_guard lock(volumes_);
  return copy_.read_chart(id);
}

}  // namespace viewer
