#include "app/whole_page.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks which of its pointers is meant
#include <turbojpeg.h>

#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <set>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace app {
namespace {

constexpr std::uint64_t kSideMost = 65'535;
constexpr std::uint64_t kPixelsMost = 120'000'000;
constexpr int kThingsMost = 2'000;  // forms and pictures of a page

// Counts, and has enough at `most`: a stream may unpack to a million times its size.
class Counter : public Pipeline {
 public:
  explicit Counter(std::uint64_t most) : Pipeline("count", nullptr), most_(most) {}
  void write(unsigned char const*, std::size_t size) override {
    count_ += size;
    if (has_enough()) throw std::runtime_error("enough");
  }
  void finish() override {}
  bool has_enough() const { return count_ >= most_; }

 private:
  std::uint64_t most_;
  std::uint64_t count_ = 0;
};

// The names of what a page or a form draws: its list of them often holds those of all pages.
class NamesDrawn : public QPDFObjectHandle::ParserCallbacks {
 public:
  void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
    if (object.isName()) last_ = object.getName();
    else if (object.isOperator() && object.getOperatorValue() == "Do" && !last_.empty()) names.insert(last_);
  }
  void handleEOF() override {}
  std::set<std::string> names;

 private:
  std::string last_;
};

std::uint64_t read_count(QPDFObjectHandle number) {
  if (!number.isInteger() || number.getIntValue() < 0) return 0;
  return static_cast<std::uint64_t>(number.getIntValue());
}

// Numbers for a pixel; 0 where nobody knows.
std::uint64_t count_channels(QPDFObjectHandle space) {
  const bool is_list = space.isArray() && space.getArrayNItems() > 0;
  QPDFObjectHandle kind = is_list ? space.getArrayItem(0) : space;
  if (!kind.isName()) return 0;
  const std::string name = kind.getName();
  if (name == "/DeviceGray" || name == "/CalGray" || name == "/Indexed" || name == "/Separation") return 1;
  if (name == "/DeviceRGB" || name == "/CalRGB" || name == "/Lab") return 3;
  if (name == "/DeviceCMYK") return 4;
  if (!is_list || space.getArrayNItems() < 2) return 0;
  QPDFObjectHandle second = space.getArrayItem(1);
  if (name == "/ICCBased" && second.isStream()) return read_count(second.getDict().getKey("/N"));
  if (name == "/DeviceN" && second.isArray()) return static_cast<std::uint64_t>(second.getArrayNItems());
  return 0;
}

// The least that it must unpack to: all but its last row, which some programs leave out; 0 where nobody knows.
std::uint64_t least_bytes(QPDFObjectHandle image) {
  QPDFObjectHandle head = image.getDict();
  const std::uint64_t width = read_count(head.getKey("/Width")), height = read_count(head.getKey("/Height"));
  QPDFObjectHandle mask = head.getKey("/ImageMask");
  const bool is_mask = mask.isBool() && mask.getBoolValue();
  const std::uint64_t bits = is_mask ? 1 : read_count(head.getKey("/BitsPerComponent"));
  const std::uint64_t channels = is_mask ? 1 : count_channels(head.getKey("/ColorSpace"));
  if (width == 0 || height == 0 || width > kSideMost || height > kSideMost || bits > 16 || channels > 32) return 0;
  return (width * bits * channels + 7) / 8 * (height - 1);
}

bool is_jpeg(QPDFObjectHandle image) {
  QPDFObjectHandle filter = image.getDict().getKey("/Filter");
  if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
  return filter.isName() && filter.getName() == "/DCTDecode";
}

struct Decoder {
  ~Decoder() { tjDestroy(handle); }
  tjhandle handle = tjInitDecompress();
};

// Unpacked to an eighth of its size: every one of its bytes is read for that.
bool is_whole_jpeg(std::string bytes) {
  bytes += "\xFF\xD9";  // whether its end is marked does not matter
  const Decoder decoder;
  const auto* given = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, sampling = 0, space = 0;
  if (decoder.handle == nullptr) return true;
  if (tjDecompressHeader3(decoder.handle, given, bytes.size(), &width, &height, &sampling, &space) != 0) return false;
  if (static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > kPixelsMost) return true;
  const bool inks = space == TJCS_CMYK || space == TJCS_YCCK;
  const tjscalingfactor eighth{1, 8};
  const int wide = TJSCALED(width, eighth), high = TJSCALED(height, eighth);
  std::vector<unsigned char> pixels(static_cast<std::size_t>(wide) * static_cast<std::size_t>(high) * (inks ? 4 : 3));
  return tjDecompress2(decoder.handle, given, bytes.size(), pixels.data(), wide, 0, high, inks ? TJPF_CMYK : TJPF_RGB,
                       TJFLAG_FASTDCT | TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) == 0;
}

bool is_unpacked_here(QPDFObjectHandle filter) {
  constexpr std::array<std::string_view, 6> kHere = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/DCTDecode"};
  const auto is_here = [&](QPDFObjectHandle one) { return one.isName() && std::ranges::find(kHere, one.getName()) != kHere.end(); };
  if (filter.isNull()) return true;
  if (!filter.isArray()) return is_here(filter);
  return std::ranges::all_of(filter.getArrayAsVector(), is_here);
}

bool is_whole_image(QPDFObjectHandle image) {
  if (is_jpeg(image)) {
    const auto raw = image.getRawStreamData();
    return is_whole_jpeg({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()});
  }
  const std::uint64_t least = least_bytes(image);
  if (!is_unpacked_here(image.getDict().getKey("/Filter"))) return true;
  Counter counter(std::max<std::uint64_t>(1, least));
  bool unpacked = false;
  try {
    bool tried = false;
    unpacked = image.pipeStreamData(&counter, &tried, 0, qpdf_dl_all, true, true) && tried;
  } catch (const std::runtime_error&) {  // broken, or enough: the counter knows
  }
  return counter.has_enough() || (unpacked && least == 0);
}

// A stream that ends too early is a warning to libqpdf, and no more.
bool is_whole_drawing(QPDF& pdf, QPDFObjectHandle stream) {
  const std::size_t warned = pdf.numWarnings();
  Pl_Discard nowhere;
  bool tried = false;
  return stream.pipeStreamData(&nowhere, &tried, 0, qpdf_dl_all, false, true) && tried && pdf.numWarnings() == warned;
}

// Pages and forms alike: what they draw, and what that draws.
class Look {
 public:
  explicit Look(QPDF& pdf) : pdf_(pdf) {}

  bool is_whole(QPDFPageObjectHelper drawn) {
    if (QPDFObjectHandle object = drawn.getObjectHandle(); object.isFormXObject()) {
      if (!is_whole_drawing(pdf_, object)) return false;
    } else {
      for (QPDFObjectHandle stream : object.getPageContents())
        if (!is_whole_drawing(pdf_, stream)) return false;
    }
    QPDFObjectHandle resources = drawn.getAttribute("/Resources", false);
    QPDFObjectHandle things = resources.isDictionary() ? resources.getKey("/XObject") : QPDFObjectHandle::newNull();
    if (!things.isDictionary() || things.getKeys().empty()) return true;
    NamesDrawn drawing;
    drawn.parseContents(&drawing);
    return std::ranges::all_of(drawing.names, [&](const std::string& name) { return is_whole_thing(things.getKey(name)); });
  }

 private:
  bool is_whole_thing(QPDFObjectHandle thing) {
    if (!thing.isStream()) return false;
    if (seen_.contains(thing.getObjGen()) || seen_.size() >= kThingsMost) return true;
    seen_.insert(thing.getObjGen());
    if (thing.isFormXObject()) {
      if (depth_ >= 20) return true;
      ++depth_;
      const bool whole = is_whole(QPDFPageObjectHelper(thing));
      --depth_;
      return whole;
    }
    if (!is_whole_image(thing)) return false;
    return std::ranges::all_of(std::vector<std::string>{"/SMask", "/Mask"}, [&](const std::string& key) {
      QPDFObjectHandle mask = thing.getDict().getKey(key);
      return !mask.isStream() || is_whole_thing(mask);
    });
  }

  QPDF& pdf_;
  std::set<QPDFObjGen> seen_;
  int depth_ = 0;
};

}  // namespace

bool is_whole_page(const QPDFObjectHandle& page) {
  try {
    QPDFObjectHandle looked_at = page;
    return Look(looked_at.getQPDF()).is_whole(QPDFPageObjectHelper(looked_at));
  } catch (const std::bad_alloc&) {
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool is_whole_page(const std::string& pdf, int page) {
  try {
    QPDF given;
    given.setSuppressWarnings(true);
    given.processMemoryFile("document", pdf.data(), pdf.size());
    const auto pages = QPDFPageDocumentHelper(given).getAllPages();
    if (page < 1 || static_cast<std::size_t>(page) > pages.size()) return true;
    return is_whole_page(pages[static_cast<std::size_t>(page - 1)].getObjectHandle());
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace app
