// Documents for tests: offered as the EMR's reader offers them, counted when they are opened.
#pragma once

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "app/snapshot/copy.h"
#include "exporter/copy/document_night.h"

namespace tests {

class TextBytes final : public exporter::DocumentBytes {
 public:
  // Fails after so many bytes, if it is told to.
  explicit TextBytes(std::string text, std::size_t fails_at = std::string::npos)
      : text_(std::move(text)), fails_at_(fails_at) {}
  app::Result<std::size_t> read(char* to, std::size_t most) override {
    if (at_ >= fails_at_) return app::Error{app::Code::bad_source, "the file cannot be read to its end", ""};
    const std::size_t got = std::min({most, text_.size() - at_, std::size_t{70'001}});
    std::memcpy(to, text_.data() + at_, got);
    at_ += got;
    return got;
  }

 private:
  std::string text_;
  std::size_t fails_at_;
  std::size_t at_ = 0;
};

// So many bytes that nobody can make smaller, the same for the same seed.
inline std::string noise(std::size_t size, unsigned seed) {
  std::string bytes(size, '\0');
  std::uint64_t state = seed * 2'654'435'761u + 1;
  for (char& byte : bytes) {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    byte = static_cast<char>(state >> 56);
  }
  return bytes;
}

// An EMR's documents by key.
struct Emr {
  std::map<std::string, std::string> documents;
  std::map<std::string, int> opened;
  bool is_away = false;

  app::DocumentContent offer(exporter::DocumentKeeper& keeper, const std::string& key) {
    exporter::DocumentOffer offer;
    offer.key = key;
    offer.revision = is_away ? "" : std::to_string(std::hash<std::string>()(documents[key]));
    offer.media_type = "application/pdf";
    offer.bytes = is_away ? 0 : documents[key].size();
    offer.open = [this, key]() -> app::Result<std::unique_ptr<exporter::DocumentBytes>> {
      if (is_away) return app::Error{app::Code::not_found, "the file is not there", ""};
      ++opened[key];
      return std::unique_ptr<exporter::DocumentBytes>(std::make_unique<TextBytes>(documents[key]));
    };
    return keeper.keep(offer);
  }
};

}  // namespace tests
