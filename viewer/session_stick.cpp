// What goes on a stick as a locked PDF instead of to a printer; recorded like paper, for somebody will print it.
#include <system_error>
#include <utility>

#include "app/snapshot/pdf_password.h"
#include "viewer/session.h"

namespace viewer {

// Looks anew each time: the stick may have been put in since.
void Session::switch_to_stick() {
  if (working_ || page_ != Page::print) return;
  if (std::exchange(to_stick_, false)) return;
  start([list = sticks_.list, copy = found_.copy->folder]() -> Outcome {
    return [found = list(copy)](Session& session) {
      session.working_ = false;
      session.found_sticks_ = found;
      session.chosen_stick_ = 0;
      session.to_stick_ = !found.empty();
      if (session.to_stick_) return;
      session.print_failed_ = true;
      session.print_notice_ = "No stick that can be written on: put one in, and open it once if this computer asks. "
                               "Then press Tab again.";
    };
  });
}

void Session::choose_stick(int step) {
  const auto count = static_cast<int>(found_sticks_.size());
  if (count > 1) chosen_stick_ = static_cast<std::size_t>((static_cast<int>(chosen_stick_) + step + count) % count);
}

void Session::put_order(const PrintOrder& order, const app::Look& look, const std::shared_ptr<Records>& records) {
  start([put = sticks_.put, order, look, records]() -> Outcome {
    const LockedPdf target{*order.file, app::make_typed_password()};
    auto done = put(order.drawn->pdf, target);
    return [done, target, look, records, partly = order.partly](Session& session) mutable {
      session.working_ = false;
      std::error_code ignored;
      if (done.ok() && session.records_ != records) {
        // Nobody ever read the password: what it would open is of no use to anybody.
        std::filesystem::remove(target.file, ignored);
        done = app::Error{app::Code::busy, "the copy was locked first.", ""};
      }
      session.print_failed_ = !done.ok();
      if (!done.ok()) {
        session.print_notice_ = "NOT ON THE STICK: " + done.error().what;
        return session.take_back(look, records);
      }
      session.print_notice_ = partly.empty() ? "" : "On the stick: " + partly + ".";
      session.on_stick_ = std::move(target);
      session.page_ = Page::stick;
    };
  });
}

void Session::leave_stick_page() {
  if (on_stick_) EditLine{std::move(on_stick_->password)}.wipe();
  on_stick_.reset();
  if (page_ == Page::stick) page_ = Page::print;
}

}  // namespace viewer
