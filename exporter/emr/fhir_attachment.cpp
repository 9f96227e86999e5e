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
  explicit Base64Bytes(std::string_view text) : text_(text) {}

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

  std::string_view text_;
  std::size_t at_ = 0, digits_ = 0, padding_ = 0;
  std::uint32_t held_ = 0;
  int bits_ = 0;
};

}  // namespace

FhirAttachments::FhirAttachments(DocumentKeeper* keeper, const std::filesystem::path& root) : keeper_(keeper), folder_(root) {}

DocumentContent FhirAttachments::keep_data(std::string_view base64, const std::string& owner,
                                           const std::string& media_type) const {
  DocumentOffer offer;
  offer.key = "fhir\n" + owner;
  offer.revision = app::format_hex(app::digest_of(base64));
  offer.media_type = media_type;
  offer.bytes = base64.size() / 4 * 3;
  offer.open = [base64]() -> Result<std::unique_ptr<DocumentBytes>> {
    return std::unique_ptr<DocumentBytes>(std::make_unique<Base64Bytes>(base64));
  };
  return keeper_->keep(offer);
}

void FhirAttachments::take_binary(Json binary) {
  const std::string id(binary["id"].text());
  if (keeper_ == nullptr || id.empty() || !binary["data"].is_text()) return;
  binaries_[id] = keep_data(binary["data"].text(), "Binary/" + id, std::string(binary["contentType"].text()));
}

DocumentContent FhirAttachments::keep(Json attachment, const std::string& owner, const LocalServers& servers) const {
  if (keeper_ == nullptr) return {};
  const std::string media_type(attachment["contentType"].text());
  if (attachment["data"].is_text()) return keep_data(attachment["data"].text(), owner, media_type);
  const std::string url(attachment["url"].text());
  if (url.empty()) return {};
  const Reference to = parse_reference_text(url);
  if (to.type == "Binary" && !to.id.empty() && servers.is_local(to.server)) {
    if (const auto found = binaries_.find(to.id); found != binaries_.end()) return found->second;
  }
  const std::string facts = std::string(attachment["hash"].text()) + '\n' + attachment["size"].scalar();
  return offer_file(*keeper_, folder_, url, "fhir\n" + owner + '\n' + url, facts, media_type);
}

}  // namespace exporter
