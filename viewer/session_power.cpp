// What the battery asks for: the day's list on paper, while there is power for a printer.
#include "viewer/session.h"

namespace viewer {

void Session::set_power(std::optional<Power> power) {
  power_ = power;
  consider_print_offer();
}

void Session::consider_print_offer() {
  if (power_ && power_->charging) offers_print_ = offered_print_ = false;
  if (!records_ || !power_ || power_->charging || offered_print_ || schedule_.empty()) return;
  if (power_->percent > records_->print_at_percent()) return;
  offers_print_ = offered_print_ = true;
}

void Session::accept_print_offer() {
  if (!offers_print_ || working_ || !records_ || page_ == Page::unrecorded || page_ == Page::initials) return;
  offers_print_ = false;
  print_order(start_order(PaperKind::day));
}

}  // namespace viewer
