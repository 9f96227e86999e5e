#include "exporter/emr/fhir_attachment.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "app/digest.h"
#include "exporter/emr/fhir_reference.h"

namespace exporter {
namespace {

using app::Code;
using app::DocumentContent;
using app::Error;
using app::Json;
using app::Result;

int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Decodes as it is read: no second copy of a large attachment is made.
class Base64Bytes final : public DocumentBytes {
 public:
  explicit Base64Bytes(std::shared_ptr<const std::string> text) : held_text_(std::move(text)), text_(*held_text_) {}

  Result<std::size_t> read(char* to, std::size_t most) override {
    std::size_t written = 0;
    while (written < most && at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
      if (c == '=') {
        ++padding_;
        continue;
      }
      const int digit = digit_of(c);
      if (digit < 0 || padding_ > 0) return no_base64();
      ++digits_;
      held_ = held_ << 6 | static_cast<std::uint32_t>(digit);
      bits_ += 6;
      if (bits_ < 8) continue;
      bits_ -= 8;
      to[written++] = static_cast<char>(held_ >> bits_ & 0xFF);
    }
    if (written == 0 && (digits_ % 4 == 1 || padding_ > 2)) return no_base64();
    return written;
  }

 private:
  static Error no_base64() { return Error{Code::bad_source, "its bytes are no base64", ""}; }

  std::shared_ptr<const std::string> held_text_;
  std::string_view text_;
  std::size_t at_ = 0, digits_ = 0, padding_ = 0;
  std::uint32_t held_ = 0;
  int bits_ = 0;
};

}  // namespace

FhirAttachments::FhirAttachments(DocumentKeeper* keeper, const std::filesystem::path& root, std::filesystem::path staging)
    : keeper_(keeper), folder_(root), staging_(std::move(staging)) {}

DocumentContent FhirAttachments::keep_data(std::string_view base64, const std::string& owner,
                                           const std::string& media_type) const {
  DocumentOffer offer;
  offer.key = "fhir\n" + owner;
  offer.revision = app::format_hex(app::digest_of(base64));
  offer.media_type = media_type;
  offer.bytes = base64.size() / 4 * 3;
  offer.open = [held = std::make_shared<const std::string>(base64)]() -> Result<std::unique_ptr<DocumentBytes>> {
    return std::unique_ptr<DocumentBytes>(std::make_unique<Base64Bytes>(held));
  };
  return keeper_->keep(offer);
}

Result<app::Done> FhirAttachments::take_binary(Json binary, bool is_withheld) {
  const std::string id(binary["id"].text());
  if (is_withheld && !id.empty()) withheld_.insert(id);
  if (withheld_.contains(id)) {
    binaries_.erase(id);
    return app::Done{};
  }
  const std::string_view base64 = binary["data"].text();
  if (keeper_ == nullptr || id.empty() || !binary["data"].is_text()) return app::Done{};
  if (!aside_) aside_ = std::make_shared<BytesAside>(staging_);
  TRY_GET(const PlaceAside place, aside_->put(base64));
  binaries_[id] = {place, app::format_hex(app::digest_of(base64)), std::string(binary["contentType"].text())};
  return app::Done{};
}

DocumentContent FhirAttachments::keep_binary(const std::string& id, const Binary& binary) const {
  DocumentOffer offer;
  offer.key = "fhir\nBinary/" + id;
  offer.revision = binary.revision;
  offer.media_type = binary.media_type;
  offer.bytes = binary.place.bytes / 4 * 3;
  offer.open = [aside = aside_, place = binary.place]() -> Result<std::unique_ptr<DocumentBytes>> {
    TRY_GET(std::string base64, aside->get(place));
    return std::unique_ptr<DocumentBytes>(std::make_unique<Base64Bytes>(std::make_shared<const std::string>(std::move(base64))));
  };
  return keeper_->keep(offer);
}

DocumentContent FhirAttachments::keep(Json attachment, const std::string& owner, const LocalServers& servers) const {
  if (keeper_ == nullptr) return {};
  const std::string media_type(attachment["contentType"].text());
  if (attachment["data"].is_text()) return keep_data(attachment["data"].text(), owner, media_type);
  const std::string url(attachment["url"].text());
  if (url.empty()) return {};
  const Reference to = parse_reference_text(url);
  if (to.type == "Binary" && !to.id.empty() && servers.is_local(to.server)) {
    if (withheld_.contains(to.id)) {
      DocumentContent content;
      content.state = app::Presence::withheld;
      return content;
    }
    if (const auto found = binaries_.find(to.id); found != binaries_.end()) return keep_binary(to.id, found->second);
  }
  const std::string facts = std::string(attachment["hash"].text()) + '\n' + attachment["size"].scalar();
  return offer_file(*keeper_, folder_, url, "fhir\n" + owner + '\n' + url, facts, media_type);
}

}  // namespace exporter
