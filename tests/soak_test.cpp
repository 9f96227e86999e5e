// An hour of whatever a crowded desk does to a keyboard. Short here; NIGHTCHART_SOAK_S=3600 makes it an hour.
#include <malloc.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "viewer_harness.h"

namespace {

using viewer::Key;
using viewer::Page;
using viewer_test::FakeRecords;
using viewer_test::Viewer;

std::size_t bytes_in_use() { return mallinfo2().uordblks; }

class Monkey {
 public:
  explicit Monkey(std::uint32_t seed) : random_(seed), records_(viewer_test::make_records()), at_(records_) {
    at_.work();
  }

  void step() {
    ++seen_[at_.session.page()];
    switch (pick(14)) {
      case 0:
      case 1:
      case 2:
        return at_.type(pick_of({"S", "SMI", "GARCIA", "1000", "zz", " ", "\u0645", "\u00E9", "\U0001F600", "SMITH, Anna", "\xFF\xC3"}));
      case 3:
        return at_.press_with_ctrl(Key::character, pick_of({"PLEOTDI123450"[pick(13)]}));
      case 4:
        return at_.press_with_alt("123456789ABCXYZ"[pick(15)]);
      case 5:
        return at_.press_with_ctrl(pick(2) == 0 ? Key::plus : Key::minus);
      case 6:
        return resize();
      case 7:
        return point();
      case 8:
        return pass_time();
      case 9:
      case 10:
        if (at_.session.page() == Page::unlock) at_.press(Key::escape, 2), at_.unlock();
        return;
      case 11:
      case 12:
        if (at_.session.page() != Page::search) return at_.press(Key::escape);
        at_.press(Key::escape), at_.type("SMI"), at_.press(Key::enter);
        return;
      default:
        return at_.press(static_cast<Key>(1 + pick(static_cast<std::uint32_t>(Key::character) - 1)));
    }
  }

  // Locked, in the first size and theme, with nothing left of what was done: what is held then must not grow.
  std::size_t held_at_rest() {
    at_.session.cover();
    at_.press(Key::escape);
    at_.unlock();
    if (at_.session.page() == Page::unrecorded) at_.type("soak"), at_.press(Key::enter);
    empty_outage_list();
    at_.session.lock();
    records_.looks->clear();
    records_.looks->shrink_to_fit();
    at_.screen->set_scale(1);
    at_.screen->set_display_scale(1);
    at_.screen->resize(1366, 768);
    at_.frame();
    return bytes_in_use();
  }

  int seen(Page page) { return seen_[page]; }

 private:
  // A list that is printed makes room for another, which holds its own marks alone.
  void empty_outage_list() {
    const auto mark = [this] { at_.session.show_outage(), at_.session.submit(); };
    at_.session.show_outage();
    if (at_.session.outage() == nullptr) mark(), mark();
    if (at_.session.outage()->runs()) at_.session.submit();
    *records_.has_printer = true;
    at_.session.print();
    at_.work();
    *records_.has_printer = false;
    mark(), mark();
    ASSERT_LT(at_.session.outage()->looks.size(), 3u);
  }

  std::uint32_t pick(std::uint32_t of) { return static_cast<std::uint32_t>(random_() % of); }
  template <typename T>
  T pick_of(std::initializer_list<T> all) { return all.begin()[pick(static_cast<std::uint32_t>(all.size()))]; }
  std::string pick_of(std::initializer_list<const char*> all) { return all.begin()[pick(static_cast<std::uint32_t>(all.size()))]; }

  void resize() {
    const int widths[] = {800, 1366, 1920, 2560, 3840}, heights[] = {600, 768, 1080, 1440, 2160};
    const std::uint32_t size = pick(5);
    at_.screen->resize(widths[size], heights[size]);
    at_.screen->set_display_scale(size < 3 ? 1.0f : 2.0f);
    at_.frame();
  }
  void point() {
    at_.screen->point_at(static_cast<float>(pick(4000)) - 50, static_cast<float>(pick(2300)) - 50);
    if (pick(3) == 0) at_.screen->turn_wheel(static_cast<float>(pick(7)) - 3);
    else at_.screen->click();
    at_.frame();
    if (pick(2) == 0) at_.work();
  }
  void pass_time() {
    now_s_ += pick(10) == 0 ? 400 : pick(50);
    at_.session.tick({now_s_});
    const int percent = static_cast<int>(pick(101));
    at_.session.set_power(pick(4) == 0 ? std::nullopt : std::optional(viewer::Power{percent, pick(3) == 0, percent * 2}));
    *records_.unwritable = pick(8) == 0;
    at_.frame();
  }

  std::mt19937 random_;
  std::map<Page, int> seen_;
  FakeRecords records_;
  Viewer at_;
  std::int64_t now_s_ = viewer_test::kNow_s;
};

TEST(Soak, WhateverIsPressedTheFrameAndTheBannerStayAndMemoryEndsFlat) {
  const char* asked = std::getenv("NIGHTCHART_SOAK_S");
  const int soak_s = asked == nullptr ? 0 : std::atoi(asked);
  constexpr int kShort = 400;
  Monkey monkey(20261122);
  const auto start = std::chrono::steady_clock::now();
  const auto is_over = [&](int steps) {
    if (soak_s == 0) return steps >= kShort;
    return std::chrono::steady_clock::now() - start >= std::chrono::seconds(soak_s) / 2;
  };
  int steps = 0;
  for (; !is_over(steps) && !testing::Test::HasFailure(); ++steps) monkey.step();
  const std::size_t once = monkey.held_at_rest();
  // As much again may hold no more, but for what the first half did not meet.
  for (int again = 0; again < steps && !testing::Test::HasFailure(); ++again) monkey.step();
  const std::size_t twice = monkey.held_at_rest();
  EXPECT_LT(twice, once + 256 * 1024) << "after " << steps << " steps " << once << " bytes, after as many more " << twice;
  for (const Page page : {Page::unlock, Page::search, Page::chart, Page::outage, Page::unrecorded})
    EXPECT_GT(monkey.seen(page), 3) << "it hardly came to page " << static_cast<int>(page);
  if (soak_s > 0) std::printf("%d steps; %zu bytes held, then %zu\n", steps * 2, once, twice);
}

}  // namespace
