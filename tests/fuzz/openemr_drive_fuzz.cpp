#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "exporter/emr/openemr_drive.h"

namespace {

class Bytes final : public exporter::DocumentBytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  app::Result<std::size_t> read(char* to, std::size_t most) override {
    const std::size_t size = std::min(most, size_);
    std::memcpy(to, data_, size);
    data_ += size, size_ -= size;
    return size;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  exporter::OpenEmrKeys keys;
  keys.add("sevena", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=");
  keys.add("sevenb", "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=");
  const auto document = exporter::open_openemr_document(std::make_unique<Bytes>(data, size), keys);
  char room[256];
  while (true) {
    const auto got = document->read(room, sizeof room);
    if (!got.ok() || got.value() == 0) return 0;
  }
}
