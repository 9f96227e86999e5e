#include "app/page_picture.h"

#include <charconv>
#include <utility>

namespace app {
namespace {

constexpr std::string_view kWord = "page";

Error untrue() { return {Code::bad_source, "The document cannot be shown.", "its program gave no picture of a page"}; }

// The number behind a blank, between 1 and `most`; 0 for anything else.
int take_number(std::string_view& head, int most) {
  if (!head.starts_with(' ')) return 0;
  head.remove_prefix(1);
  int number = 0;
  const auto [end, failure] = std::from_chars(head.data(), head.data() + head.size(), number);
  if (failure != std::errc{} || number < 1 || number > most) return 0;
  head.remove_prefix(static_cast<std::size_t>(end - head.data()));
  return number;
}

constexpr std::pair<Loss, std::string_view> kLossWords[] = {{Loss::parts, " damaged"}, {Loss::pages, " short"}};

}  // namespace

std::string format_picture_head(const PagePicture& picture) {
  std::string head(kWord);
  for (const int number : {picture.pages, picture.width, picture.height, picture.channels}) head += " " + std::to_string(number);
  for (const auto& [loss, word] : kLossWords)
    if (loss == picture.loss) head += word;
  return head + "\n";
}

Result<PagePicture> parse_page_picture(std::string bytes) {
  const std::size_t end = std::string_view(bytes).substr(0, 80).find('\n');
  if (end == std::string::npos || !bytes.starts_with(kWord)) return untrue();
  std::string_view head = std::string_view(bytes).substr(kWord.size(), end - kWord.size());
  PagePicture picture;
  picture.pages = take_number(head, kDocumentPagesMost);
  picture.width = take_number(head, kPictureSideMost);
  picture.height = take_number(head, kPictureSideMost);
  picture.channels = take_number(head, 3);
  for (const auto& [loss, word] : kLossWords)
    if (head == word) picture.loss = loss, head = {};
  const std::size_t pixels = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  if (!head.empty() || picture.pages == 0 || pixels == 0 || pixels > kPicturePixelsMost) return untrue();
  if (picture.channels != 1 && picture.channels != 3) return untrue();
  if (bytes.size() - end - 1 != pixels * static_cast<std::size_t>(picture.channels)) return untrue();
  bytes.erase(0, end + 1);
  picture.pixels = std::move(bytes);
  return picture;
}

}  // namespace app
