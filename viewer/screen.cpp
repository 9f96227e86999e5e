#include "viewer/screen.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "viewer/intent.h"
#include "viewer/outage_view.h"
#include "viewer/panel_chart.h"
#include "viewer/panel_document.h"
#include "viewer/panel_fault.h"
#include "viewer/panel_frame.h"
#include "viewer/panel_insist.h"
#include "viewer/panel_outage.h"
#include "viewer/panel_print.h"
#include "viewer/panel_search.h"
#include "viewer/panel_stick.h"
#include "viewer/panel_unlock.h"
#include "viewer/views.h"

namespace viewer {

constexpr std::pair<float, float> kWindowLeast_em{24, 15};

struct Screen::State {
  State(Session& shown_session, TextAtlas text_atlas, ImGuiContext* imgui_context)
      : session(shown_session), context(imgui_context), atlas(std::move(text_atlas)) {}
  ~State() { ImGui::DestroyContext(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Session& session;
  ImGuiContext* context;
  TextAtlas atlas;
  ThemeName theme = ThemeName::light;
  float display_scale = 1;
  float scale = 1;
  int width_px = 1366;
  int height_px = 768;
  Pointer pointer;
  ListWindow list;
  ChartScroll chart;
  DocumentScroll document;
  OutageScroll outage;
  std::vector<Written> written;

  // So that the frame, who it is, the allergies and some lines of the record fit whatever size is asked for.
  float most_px() const {
    return std::max(kBodySize_px * kScaleLeast,
                    std::min(static_cast<float>(width_px) / kWindowLeast_em.first, static_cast<float>(height_px) / kWindowLeast_em.second));
  }
  void fit_type() { atlas.set_body_size(std::min(kBodySize_px * scale * display_scale, most_px())); }
  // The chosen scale as far as it shows: what a key makes larger or smaller.
  float shown_scale() const { return std::min(scale, std::max(kScaleLeast, most_px() / (kBodySize_px * display_scale))); }
};

namespace {

// Whether another frame is needed to show what came of it.
bool apply(const Intent& intent, Session& session, ChartScroll& chart, DocumentScroll& document, OutageScroll& outage) {
  switch (intent.kind) {
    case Intent::Kind::none:
      return false;
    case Intent::Kind::submit:
      session.submit();
      break;
    case Intent::Kind::back:
      session.back();
      break;
    case Intent::Kind::insist:
      session.begin_insisting();
      break;
    case Intent::Kind::choose_spare:
      session.choose_spare(static_cast<std::size_t>(intent.value));
      break;
    case Intent::Kind::choose_keyholder:
      session.choose_keyholder(intent.value);
      break;
    case Intent::Kind::open_row:
      session.open_row(static_cast<std::size_t>(intent.value));
      break;
    case Intent::Kind::move_selection:
      session.move_selection(intent.value);
      break;
    case Intent::Kind::jump_to_section:
      chart.to_section(intent.value);
      break;
    case Intent::Kind::open_document:
      session.open_document(static_cast<std::size_t>(intent.value));
      break;
    case Intent::Kind::print_choice:
      session.print_choice(static_cast<std::size_t>(intent.value));
      break;
    case Intent::Kind::choose_document:
      session.choose_document(intent.value);
      break;
    case Intent::Kind::scroll:
      if (session.page() == Page::document) document.scroll_by(0, intent.distance);
      else if (session.page() == Page::outage) outage.scroll_by(intent.distance);
      else chart.scroll_by(intent.distance);
      break;
  }
  return true;
}

// Keys that move about in what is in sight.
bool press_in_list(const KeyPress& press, const ListWindow& list, Session& session) {
  const int page = static_cast<int>(list.rows);
  switch (press.key) {
    case Key::up:
      session.move_selection(-1);
      return true;
    case Key::down:
      session.move_selection(1);
      return true;
    case Key::tab:
      session.move_selection(press.shift ? -1 : 1);
      return true;
    case Key::page_up:
      session.move_selection(-page);
      return true;
    case Key::page_down:
      session.move_selection(page);
      return true;
    default:
      return false;
  }
}

bool press_in_chart(const KeyPress& press, const app::Sheet& sheet, ChartScroll& chart) {
  switch (press.key) {
    case Key::up:
      chart.scroll_lines(-2);
      return true;
    case Key::down:
      chart.scroll_lines(2);
      return true;
    case Key::page_up:
      chart.scroll_pages(-1);
      return true;
    case Key::page_down:
      chart.scroll_pages(1);
      return true;
    case Key::home:
      chart.to_start();
      return true;
    case Key::end:
      chart.to_end();
      return true;
    case Key::tab:
      chart.next_section(press.shift ? -1 : 1);
      return true;
    case Key::character:
      if (!press.alt || section_of_key(sheet, press.character) < 0) return false;
      chart.to_section(section_of_key(sheet, press.character));
      return true;
    default:
      return false;
  }
}

bool press_in_outage(const KeyPress& press, OutageScroll& outage) {
  switch (press.key) {
    case Key::up: return outage.scroll_lines(-2), true;
    case Key::down: return outage.scroll_lines(2), true;
    case Key::page_up: return outage.scroll_pages(-1), true;
    case Key::page_down: return outage.scroll_pages(1), true;
    default: return false;
  }
}

Intent draw_page(Session& session, ListWindow& list, ChartScroll& chart, DocumentScroll& document, OutageScroll& outage, Surface& surface) {
  surface.fill(surface.whole(), Ground::page);
  const Box inside = draw_frame_panel(make_frame_view(session), surface);
  if (session.is_covered()) return draw_fault_panel(make_fault_view(session), inside, surface);
  switch (session.page()) {
    case Page::looking:
    case Page::no_copy:
      return draw_fault_panel(make_fault_view(session), inside, surface);
    case Page::unlock:
      return draw_unlock_panel(make_unlock_view(session), inside, surface);
    case Page::insist:
    case Page::unrecorded:
    case Page::initials:
      return draw_insist_panel(make_insist_view(session), inside, surface);
    case Page::search:
      return draw_search_panel(make_search_view(session), inside, list, surface);
    case Page::documents:
      return draw_documents_panel(make_documents_view(session), inside, surface);
    case Page::document:
      return draw_document_panel(make_document_view(session), *session.document(), inside, document, surface);
    case Page::print:
      return draw_print_panel(make_print_view(session), inside, surface);
    case Page::stick:
      return draw_stick_panel(make_stick_view(session), inside, surface);
    case Page::outage:
      return draw_outage_panel(make_outage_view(session), inside, outage, surface);
    case Page::chart:
      return draw_chart_panel(make_chart_view(session), session.chart_number(), inside, chart, surface);
  }
  return {};
}

}  // namespace

Screen::Screen(std::unique_ptr<State> state) : state_(std::move(state)) {}
Screen::~Screen() = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(Screen&&) noexcept = default;

app::Result<Screen> Screen::open(const std::filesystem::path& fonts_folder, Session& session) {
  TRY_GET(TextAtlas atlas, TextAtlas::open(fonts_folder));
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  // Nothing is ever written: no settings, no log.
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DeltaTime = 1.0f / 60;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  Screen screen(std::make_unique<State>(session, std::move(atlas), context));
  screen.set_scale(1);
  return screen;
}

void Screen::resize(int width_px, int height_px) {
  state_->width_px = std::max(width_px, 1);
  state_->height_px = std::max(height_px, 1);
  state_->fit_type();
}

void Screen::set_theme(ThemeName theme) { state_->theme = theme; }

void Screen::set_display_scale(float scale) {
  if (state_->display_scale == scale || !(scale > 0)) return;
  state_->display_scale = scale;
  set_scale(state_->scale);
}

void Screen::set_scale(float scale) {
  state_->scale = std::clamp(scale, kScaleLeast, kScaleMost);
  state_->fit_type();
}

float Screen::scale() const { return state_->scale; }

void Screen::press(const KeyPress& press) {
  Session& session = state_->session;
  session.note_activity();
  if (session.is_covered()) return session.press(press);
  if (press.ctrl && press.key == Key::plus) return set_scale(state_->shown_scale() * kScaleStep);
  if (press.ctrl && press.key == Key::minus) return set_scale(state_->shown_scale() / kScaleStep);
  if (press.ctrl && press.key == Key::character && press.character == '0') return set_scale(1);
  if (press.key == Key::f9) return set_theme(next_theme(state_->theme));
  if (session.page() == Page::search && press_in_list(press, state_->list, session)) return;
  if (session.page() == Page::unlock && (press.key == Key::up || press.key == Key::down))
    return session.choose_keyholder(press.key == Key::down ? 1 : -1);
  if (session.page() == Page::chart && press_in_chart(press, session.sheet(), state_->chart)) return;
  if (session.page() == Page::outage && press_in_outage(press, state_->outage)) return;
  if (session.page() == Page::document && press_in_document(press, *session.document(), state_->document)) return;
  session.press(press);
}

void Screen::type(std::string_view text) {
  Session& session = state_->session;
  if (session.page() == Page::document && !session.is_covered() && (text == "+" || text == "=" || text == "-")) {
    session.note_activity();
    return session.document()->zoom(text == "-" ? -1 : 1);
  }
  session.type(text);
}

void Screen::point_at(float x, float y) { state_->pointer.x = x, state_->pointer.y = y; }
void Screen::click() {
  state_->session.note_activity();
  if (state_->session.is_covered()) return state_->session.press({});
  state_->pointer.clicked = true;
}
void Screen::turn_wheel(float steps) {
  state_->session.note_activity();
  state_->pointer.wheel += steps;
}

const ImDrawData& Screen::draw() {
  State& state = *state_;
  ImGui::SetCurrentContext(state.context);
  ImGui::GetIO().DisplaySize = {static_cast<float>(state.width_px), static_cast<float>(state.height_px)};
  // A frame that met new letters, or was clicked, is made once more before anyone sees it.
  for (int attempt = 0; attempt < 4; ++attempt) {
    if (state.atlas.stale()) state.atlas.rebuild();
    ImGui::NewFrame();
    const Box whole{0, 0, static_cast<float>(state.width_px), static_cast<float>(state.height_px)};
    Surface surface(state.atlas, theme_of(state.theme), state.pointer, whole);
    const Intent intent = draw_page(state.session, state.list, state.chart, state.document, state.outage, surface);
    ImGui::Render();
    state.written = surface.written();
    state.pointer.clicked = false;
    state.pointer.wheel = 0;
    if (!apply(intent, state.session, state.chart, state.document, state.outage) && !state.atlas.stale()) break;
  }
  return *ImGui::GetDrawData();
}

const TextAtlas& Screen::atlas() const { return state_->atlas; }
const Theme& Screen::theme() const { return theme_of(state_->theme); }
const std::vector<Written>& Screen::written() const { return state_->written; }

}  // namespace viewer
