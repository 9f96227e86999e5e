#include "exporter/emr/input_file.h"

#include <zlib.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace exporter {
namespace {

constexpr std::size_t kPacked = 256 << 10;
constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for gzip and nothing else
// Records pack to a fiftieth at the very best; what claims more than this is made to fill disks.
constexpr std::uint64_t kMostRatio = 400;
constexpr std::uint64_t kAlwaysAllowed = 64 << 20;

app::Error not_read(const std::filesystem::path& file, int number) {
  return {app::Code::io, "A file of the EMR's export could not be read.",
          file.string() + ": " + std::generic_category().message(number)};
}

}  // namespace

struct InputFile::Inflater {
  Inflater() { ready = inflateInit2(&stream, kGzipWindow) == Z_OK; }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool too_much() const { return out > kAlwaysAllowed && out / kMostRatio > in; }

  z_stream stream{};
  bool ready = false;
  bool between_members = true;
  std::uint64_t in = 0, out = 0;
  std::array<unsigned char, kPacked> packed;
};

InputFile::~InputFile() = default;
InputFile::InputFile(InputFile&&) noexcept = default;
InputFile& InputFile::operator=(InputFile&&) noexcept = default;

app::Result<InputFile> InputFile::open(const std::filesystem::path& file, bool packed) {
  InputFile opened;
  opened.path_ = file;
  opened.file_.reset(std::fopen(file.c_str(), "rb"));
  if (!opened.file_) return not_read(file, errno);
  std::setvbuf(opened.file_.get(), nullptr, _IONBF, 0);
  if (packed) opened.inflater_ = std::make_unique<Inflater>();
  if (packed && !opened.inflater_->ready) return not_read(file, ENOMEM);
  return opened;
}

app::Result<std::size_t> InputFile::read(char* bytes, std::size_t most) {
  return inflater_ ? read_packed(bytes, most) : read_plain(bytes, most);
}

app::Result<std::size_t> InputFile::read_plain(char* bytes, std::size_t most) {
  const std::size_t count = std::fread(bytes, 1, most, file_.get());
  if (count == 0 && std::ferror(file_.get()) != 0) return not_read(path_, errno);
  return count;
}

app::Result<std::size_t> InputFile::read_packed(char* bytes, std::size_t most) {
  Inflater& inflater = *inflater_;
  z_stream& stream = inflater.stream;
  stream.next_out = reinterpret_cast<unsigned char*>(bytes);
  stream.avail_out = static_cast<uInt>(most);
  while (*fault_ == '\0' && stream.avail_out == most) {
    if (stream.avail_in == 0) {
      TRY_GET(const std::size_t count,
              read_plain(reinterpret_cast<char*>(inflater.packed.data()), inflater.packed.size()));
      if (count == 0) {
        if (!inflater.between_members) fault_ = "is a compressed file that is cut off";
        break;
      }
      inflater.in += count;
      stream.next_in = inflater.packed.data();
      stream.avail_in = static_cast<uInt>(count);
    }
    const int said = inflate(&stream, Z_NO_FLUSH);
    inflater.between_members = said == Z_STREAM_END;
    if (said == Z_STREAM_END) inflateReset(&stream);
    else if (said != Z_OK && said != Z_BUF_ERROR) fault_ = "is a compressed file that is damaged";
  }
  const std::size_t count = most - stream.avail_out;
  inflater.out += count;
  if (inflater.too_much()) {
    fault_ = "is a compressed file that unpacks to far more than records do";
    return std::size_t{0};
  }
  return count;
}

}  // namespace exporter
