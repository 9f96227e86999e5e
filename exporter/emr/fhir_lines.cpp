#include "exporter/emr/fhir_lines.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

namespace exporter {
namespace {

constexpr std::size_t kPiece = 1 << 20;
constexpr std::string_view kEnding = ".ndjson";
constexpr std::string_view kWholeEnding = ".json";
constexpr std::string_view kGzip = ".gz";
constexpr std::array kPackedEndings = {".zip", ".bz2", ".xz", ".zst", ".7z", ".z", ".tar", ".tgz", ".tar.gz"};

app::Error not_read(const std::filesystem::path& file, int number) {
  return {app::Code::io, "A file of the EMR's export could not be read.",
          file.string() + ": " + std::generic_category().message(number)};
}

app::Instant written(const std::filesystem::directory_entry& entry, std::error_code& failed) {
  const auto time = entry.last_write_time(failed);
  if (failed) return {};
  const auto system = std::chrono::file_clock::to_sys(time);
  return {std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count()};
}

std::string lower_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

// The ending that says what the file holds, without the .gz behind it.
std::string_view without_gzip(std::string_view lower) {
  if (lower.ends_with(kGzip)) lower.remove_suffix(kGzip.size());
  return lower;
}

bool is_data(std::string_view lower) {
  const std::string_view name = without_gzip(lower);
  return name.ends_with(kEnding) || name.ends_with(kWholeEnding);
}

// Why a file that stands among the data is not read, or "" if nothing says that it is data.
std::string_view reason_to_skip(const std::string& lower) {
  const bool packed = std::any_of(kPackedEndings.begin(), kPackedEndings.end(),
                                  [&lower](const char* ending) { return lower.ends_with(ending); });
  // An archive among the data is taken for data: nobody puts anything else there.
  if (packed) return "is packed in a way that is not read here: unpack it first";
  if (is_data(lower)) return "is no file that can be read";
  const bool alike = lower.find(kEnding) != std::string::npos || lower.find(kWholeEnding) != std::string::npos;
  return alike ? "its name does not end in .ndjson or .json" : "";
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

app::Result<NdjsonFolder> NdjsonFolder::open(const std::filesystem::path& path, std::size_t longest_line) {
  NdjsonFolder folder;
  folder.longest_line_ = longest_line;
  folder.folder_ = path;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return app::Error{app::Code::not_found, "The EMR's export is not there.", path.string()};
  if (const std::error_code failed = folder.list(path)) return not_read(path, failed.value());
  std::sort(folder.files_.begin(), folder.files_.end());
  // Who replaced whom is worth knowing first (fhir_part.h).
  std::stable_partition(folder.files_.begin(), folder.files_.end(), [](const std::filesystem::path& file) { return file.filename().string().starts_with("Patient"); });
  std::sort(folder.skipped_.begin(), folder.skipped_.end(),
            [](const Skipped& a, const Skipped& b) { return a.where < b.where; });
  if (folder.files_.empty()) {
    std::string detail = path.string() + ": no file ending in .ndjson or .json";
    const auto& skipped = folder.skipped_;
    if (!skipped.empty()) detail += "; " + skipped[0].where + ": " + skipped[0].reason;
    return app::Error{app::Code::bad_source, "The EMR's export is not there.", std::move(detail)};
  }
  return folder;
}

std::error_code NdjsonFolder::list(const std::filesystem::path& folder) {
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (const std::error_code fault = consider(*entry)) return fault;
  }
  return failed;
}

std::error_code NdjsonFolder::consider(const std::filesystem::directory_entry& entry) {
  std::error_code failed;
  const std::string lower = lower_name(entry.path());
  const bool is_directory = entry.is_directory(failed);
  // A link to nowhere is named; a file that is gone since the folder was listed is a changing export.
  if (std::error_code ignored; failed && !entry.is_symlink(ignored)) return failed;
  if (is_directory) {
    if (!lower.starts_with('.')) skip_below(entry.path());
    return {};
  }
  if (!is_data(lower) || !entry.is_regular_file(failed)) {
    const std::string_view reason = reason_to_skip(lower);
    if (!reason.empty()) skipped_.push_back({entry.path().filename().string(), std::string(reason)});
    return {};
  }
  const app::Instant time = written(entry, failed);
  if (!failed) states_[entry.path()] = {entry.file_size(failed), entry.last_write_time(failed)};
  if (failed) return failed;
  if (files_.empty() || time.s < oldest_.s) oldest_ = time;
  files_.push_back(entry.path());
  return {};
}

// An export that is being written while it is read would otherwise be a copy that lacks patients, without a word.
app::Result<app::Done> NdjsonFolder::verify_unchanged() const {
  NdjsonFolder now;
  const std::error_code failed = now.list(folder_);
  if (!failed && now.states_ == states_) return app::Done{};
  std::string detail = folder_.string() + ": run the night when the EMR has finished writing";
  for (const auto& [file, state] : states_) {
    const auto found = now.states_.find(file);
    if (found == now.states_.end() || found->second != state) detail = file.string() + "; " + detail;
  }
  return app::Error{app::Code::bad_source, "The EMR's export was changed while it was being read.", std::move(detail)};
}

// Whether what lies below is part of this export or an older one, nobody can tell: it is named, not read.
void NdjsonFolder::skip_below(const std::filesystem::path& folder) {
  const auto where = [&folder](const std::filesystem::path& path) {
    return path.lexically_relative(folder.parent_path()).string();
  };
  std::error_code failed;
  constexpr auto kOptions = std::filesystem::directory_options::skip_permission_denied;
  std::filesystem::recursive_directory_iterator entry(folder, kOptions, failed);
  for (; !failed && entry != std::filesystem::recursive_directory_iterator(); entry.increment(failed)) {
    std::error_code unknown;
    if (entry->is_directory(unknown)) continue;
    if (!is_data(lower_name(entry->path()))) continue;
    skipped_.push_back({where(entry->path()), "lies in a folder below the export's"});
  }
  if (failed) skipped_.push_back({where(folder), "is a folder that cannot be listed"});
}

std::string NdjsonFolder::file_name(std::uint32_t file) const { return files_[file].filename().string(); }

std::string NdjsonFolder::where(std::uint32_t file, std::uint64_t number) const {
  return file_name(file) + (number == 0 ? "" : " line " + std::to_string(number));
}

app::Result<bool> NdjsonFolder::open_next_file() {
  if (next_file_ == files_.size()) return false;
  const std::string name = lower_name(files_[next_file_]);
  TRY_GET(file_, InputFile::open(files_[next_file_], name.ends_with(kGzip)));
  is_one_line_ = without_gzip(name).ends_with(kWholeEnding);
  ++next_file_;
  number_ = 0;
  begin_ = scanned_ = filled_ = 0;
  discarding_ = false;
  return true;
}

// Makes room behind what is held of the current line and reads on. False at the end of the file.
app::Result<bool> NdjsonFolder::read_more() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, filled_ - begin_);
    filled_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
  }
  if (filled_ > longest_line_) {
    discarding_ = true;
    filled_ = scanned_ = 0;
  }
  if (buffer_.size() - filled_ < kPiece) buffer_.resize(std::max(buffer_.size() * 2, filled_ + kPiece));
  TRY_GET(const std::size_t count, file_->read(buffer_.data() + filled_, kPiece));
  if (count == 0 && *file_->fault() != '\0') {
    skipped_.push_back({files_[next_file_ - 1].filename().string(), file_->fault()});
  }
  filled_ += count;
  return count > 0;
}

// Takes the line that ends at `end` and `skip` bytes of line end. False for a blank one.
bool NdjsonFolder::take_line(std::size_t end, std::size_t skip, NdjsonLine& line) {
  std::string_view text = std::string_view(buffer_).substr(begin_, end - begin_);
  begin_ = scanned_ = end + skip;
  ++number_;
  const bool too_long = discarding_ || text.size() > longest_line_;
  discarding_ = false;
  if (number_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!too_long && is_blank(text)) return false;
  const std::uint32_t number = is_one_line_ ? 0 : number_;
  line = {too_long ? std::string_view() : text, static_cast<std::uint32_t>(next_file_ - 1), number, too_long};
  return true;
}

app::Result<bool> NdjsonFolder::next(NdjsonLine& line) {
  for (;;) {
    if (!file_) {
      TRY_GET(const bool opened, open_next_file());
      if (!opened) {
        TRY(verify_unchanged());
        return false;
      }
    }
    const auto* const found =
        is_one_line_ ? nullptr
                     : static_cast<const char*>(std::memchr(buffer_.data() + scanned_, '\n', filled_ - scanned_));
    if (found != nullptr) {
      if (take_line(static_cast<std::size_t>(found - buffer_.data()), 1, line)) return true;
      continue;
    }
    scanned_ = filled_;
    TRY_GET(const bool more, read_more());
    if (more) continue;
    // The last line may lack its line end.
    const bool is_line = (filled_ > begin_ || discarding_) && take_line(filled_, 0, line);
    file_.reset();
    if (is_line) return true;
  }
}

}  // namespace exporter
