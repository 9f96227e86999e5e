#include "exporter/emr/document_files_posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <optional>
#include <utility>

#include "app/descriptor_posix.h"
#include "app/digest.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Descriptor;
using app::Error;
using app::Result;

Error leads_out() {
  return Error{Code::bad_config, "its path leads through a link, or out of the folder that the exporter may read", ""};
}

class FileBytes final : public DocumentBytes {
 public:
  explicit FileBytes(Descriptor file) : file_(std::move(file)) {}
  Result<std::size_t> read(char* to, std::size_t most) override {
    for (;;) {
      const ssize_t got = ::read(file_.number(), to, most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return Error{Code::bad_source, "the file cannot be read to its end", ""};
    }
  }

 private:
  Descriptor file_;
};

std::optional<char> percent_decoded(std::string_view two) {
  std::string byte;
  if (!app::parse_hex(two, 1, byte)) return std::nullopt;
  return byte[0];
}

// The path that a file URL means; nothing for a URL of another machine or kind.
std::optional<std::string> path_of_url(std::string_view url) {
  for (const std::string_view host : {"file://localhost/", "file:///"}) {
    if (!url.starts_with(host)) continue;
    std::string path = "/";
    const std::string_view rest = url.substr(host.size());
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] != '%') {
        path += rest[i];
        continue;
      }
      const auto byte = percent_decoded(rest.substr(i + 1, 2));
      if (!byte) return std::nullopt;
      path += *byte;
      i += 2;
    }
    return path;
  }
  return std::nullopt;
}

Error open_error() {
  switch (errno) {
    case ENOENT:
      return Error{Code::not_found, "the file is not in the EMR's folder of documents", ""};
    case ELOOP:
    case ENOTDIR:
      return leads_out();
    default:
      return Error{Code::bad_source, "the file may not be read", ""};
  }
}

}  // namespace

DocumentFolder::DocumentFolder(fs::path root) : root_(std::move(root)) {
  if (root_.empty()) return;
  root_ = fs::absolute(root_).lexically_normal();
  std::error_code ignored;
  real_root_ = fs::canonical(root_, ignored);
}

Result<DocumentFile> DocumentFolder::open(const std::string& place) const {
  if (root_.empty()) return Error{Code::bad_config, "the settings name no folder of documents", ""};
  std::string said = place;
  if (place.find("://") != std::string::npos || place.starts_with("file:")) {
    const auto path = path_of_url(place);
    if (!path) return Error{Code::bad_config, "the EMR keeps it at an address that the night does not fetch", ""};
    said = *path;
  }
  if (said.find('\0') != std::string::npos) return leads_out();
  fs::path path = fs::path(said).lexically_normal();
  if (path.is_absolute()) {
    fs::path below = path.lexically_relative(root_);
    if (below.empty() || *below.begin() == "..") below = path.lexically_relative(real_root_);
    path = below;
  }
  if (path.empty() || path == "." || *path.begin() == "..") return leads_out();

  Descriptor at(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (at.number() < 0) return Error{Code::not_found, "the EMR's folder of documents is not there", ""};
  for (auto part = path.begin(); part != path.end(); ++part) {
    const bool last = std::next(part) == path.end();
    // Not to wait for whoever holds the other end of a pipe that stands there.
    const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (last ? 0 : O_DIRECTORY);
    Descriptor next(::openat(at.number(), part->c_str(), flags));
    if (next.number() < 0) return open_error();
    at = std::move(next);
  }
  struct stat status {};
  if (::fstat(at.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return Error{Code::bad_source, "what lies at its path is no file", ""};
  }
  const std::string revision = std::to_string(status.st_size) + " " + std::to_string(status.st_mtim.tv_sec) + "." +
                               std::to_string(status.st_mtim.tv_nsec);
  return DocumentFile{path.generic_string(), revision, static_cast<std::uint64_t>(status.st_size),
                      std::make_unique<FileBytes>(std::move(at))};
}

app::DocumentContent offer_file(DocumentKeeper& keeper, const DocumentFolder& folder, const std::string& place,
                                const std::string& key, const std::string& facts, const std::string& media_type,
                                const UnsealDocument& unseal) {
  const auto file = folder.open(place);
  DocumentOffer offer;
  offer.key = key;
  offer.media_type = media_type;
  offer.revision = place + '\n' + facts + '\n' + (file.ok() ? file.value().revision : "");
  offer.bytes = file.ok() && !unseal ? file.value().bytes : 0;
  // It may be opened much later, or not at all: nothing is held open meanwhile.
  offer.open = [folder, place, unseal]() -> Result<std::unique_ptr<DocumentBytes>> {
    TRY_GET(DocumentFile opened, folder.open(place));
    if (unseal) return unseal(std::move(opened.content));
    return std::move(opened.content);
  };
  return keeper.keep(offer);
}

}  // namespace exporter
