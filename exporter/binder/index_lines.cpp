#include "exporter/binder/index_lines.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace exporter {
namespace {

constexpr std::size_t kPiece_bytes = 256u << 10;  // from the system, and given back to it
constexpr unsigned kLow = 0x7F;                   // a length is written seven bits at a time, the lowest first
constexpr unsigned kMore = 0x80;

constexpr std::array kFields = {&IndexLine::tab,   &IndexLine::name, &IndexLine::born, &IndexLine::mrn,
                                &IndexLine::phone, &IndexLine::died, &IndexLine::id,   &IndexLine::since};

void pack(std::string_view text, std::string& packed) {
  std::size_t length = text.size();
  for (; length > kLow; length >>= 7) packed += static_cast<char>((length & kLow) | kMore);
  packed += static_cast<char>(length);
  packed += text;
}

std::string unpack(const char*& at) {
  std::size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    length |= static_cast<std::size_t>(byte & kLow) << shift;
    if ((byte & kMore) == 0) break;
  }
  const char* const text = at;
  at += length;
  return {text, length};
}

}  // namespace

IndexLines::IndexLines(std::initializer_list<IndexLine> lines) {
  for (const IndexLine& line : lines) push_back(line);
}

IndexLines::Place IndexLines::push_back(const IndexLine& line) {
  std::string packed;
  for (const auto field : kFields) pack(line.*field, packed);
  packed += line.filed ? '\1' : '\0';
  if (pieces_.empty() || pieces_.back().capacity() - pieces_.back().size() < packed.size()) {
    pieces_.emplace_back().reserve(std::max(kPiece_bytes, packed.size()));
  }
  std::string& piece = pieces_.back();
  const std::size_t at = piece.size();
  piece += packed;
  ++count_;
  has_ages_ = has_ages_ || !line.since.empty();
  return piece.data() + at;
}

IndexLine IndexLines::read(Place& place) {
  IndexLine line;
  for (const auto field : kFields) line.*field = unpack(place);
  line.filed = *place++ != '\0';
  return line;
}

IndexLines::Iterator::Iterator(const IndexLines* lines, std::size_t piece) : lines_(lines), piece_(piece) {
  if (piece_ == lines_->pieces_.size()) return;
  next_ = lines_->pieces_[piece_].data();
  line_ = read(next_);
}

IndexLines::Iterator& IndexLines::Iterator::operator++() {
  const std::string& piece = lines_->pieces_[piece_];
  if (next_ == piece.data() + piece.size()) {
    *this = Iterator(lines_, piece_ + 1);
  } else {
    line_ = read(next_);
  }
  return *this;
}

}  // namespace exporter
