// What the viewer is doing: which page is open, what was typed, what was found. Every key and click ends
// here; drawing only looks.
//
// Shape:   find a copy → unlock (→ insist, where it is forged) → search → chart, and back. Slow steps are handed out as jobs: whoever runs
//          the program does them beside the window, and gives the outcome back.
// Errors:  become pages in words; the program goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/edit.h"
#include "viewer/keys.h"
#include "viewer/records.h"

namespace viewer {

class Session;

// A slow step. It runs on any thread and touches nothing of the session; its outcome is applied to it.
using Outcome = std::function<void(Session&)>;
using Job = std::function<Outcome()>;

enum class Page : std::uint8_t { looking, no_copy, unlock, insist, search, chart };

// One line that can be chosen on the search page: a hit, or an appointment.
struct Choice {
  app::ChartId chart = 0;
  std::size_t index = 0;  // into hits or schedule
};

class Session {
 public:
  Session(FindCopy find_copy, OpenRecords open_records);

  // What happened.
  void tick(app::Instant now);
  void type(std::string_view text);
  void press(const KeyPress& press);
  void move_selection(int rows);
  void open_row(std::size_t row);
  void submit();
  void back();
  void lock();
  void look_again();
  // On the unlock page: another good copy of those that were found.
  void choose_spare(std::size_t index);
  // On the unlock page, after a copy turned out to be forged: the page where somebody takes it upon themselves.
  void begin_insisting();
  void set_caps_lock(bool on) { caps_lock_ = on; }

  // The slow step that waits to be run, if any; and its end.
  std::optional<Job> take_job();
  void finish(const Outcome& outcome) { outcome(*this); }
  bool is_working() const { return working_; }

  // What there is to show.
  Page page() const { return page_; }
  app::Instant now() const { return now_; }
  app::Date today() const;  // in the practice's time
  const Found& found() const { return found_; }
  const app::CopyInfo* copy() const { return found_.copy ? &*found_.copy : nullptr; }
  const std::optional<app::Error>& problem() const { return problem_; }
  bool caps_lock() const { return caps_lock_; }
  const EditLine& line() const { return line_; }  // the passphrase, or what is searched for
  const app::Hits& hits() const { return hits_; }
  const std::vector<app::ScheduleEntry>& schedule() const { return schedule_; }
  const app::Date& schedule_day() const { return schedule_day_; }
  // Why the appointments of schedule_day() could not be read.
  const std::optional<app::Error>& schedule_fault() const { return schedule_fault_; }
  bool shows_schedule() const { return line_.text.empty(); }
  std::size_t rows() const { return shows_schedule() ? schedule_.size() : hits_.hits.size(); }
  std::size_t selected() const { return selected_; }
  const std::string& keyholder() const;
  // What whoever reads the chosen copy must know, heaviest first.
  std::vector<app::Warning> warnings() const;
  // False once somebody opens, or is about to open, a copy that is forged.
  bool is_verified() const;
  const app::Insistence& insistence() const { return insistence_; }
  bool may_insist() const;
  const app::Sheet& sheet() const { return sheet_; }
  // Goes up whenever another chart is opened.
  std::uint64_t chart_number() const { return chart_number_; }

  // For --open: the chart whose record number this is; the search for it if several patients have it.
  // Errors: Code::not_found, which the page says too.
  app::Result<app::Done> open_mrn(std::string_view mrn);

 private:
  void start(Job job);
  void start_unlock();
  void insist_further();
  void query_changed();
  void read_schedule();
  void open_chart(app::ChartId chart);

  FindCopy find_copy_;
  OpenRecords open_records_;
  std::optional<Job> job_;
  bool working_ = false;
  bool caps_lock_ = false;

  Page page_ = Page::looking;
  app::Instant now_;
  Found found_;
  std::optional<app::Error> problem_;
  std::unique_ptr<Records> records_;
  EditLine line_;
  app::Insistence insistence_;  // with a reason and initials it is complete
  app::Hits hits_;
  std::vector<app::ScheduleEntry> schedule_;
  app::Date schedule_day_;
  int schedule_read_on_ = 0;  // the day that was today when it was read
  std::optional<app::Error> schedule_fault_;
  std::size_t selected_ = 0;
  app::Sheet sheet_;
  std::uint64_t chart_number_ = 0;
};

inline constexpr std::size_t kReasonLeast = 4;  // characters: a word, not a slip of the finger
inline constexpr std::size_t kHitsMost = 100;
inline constexpr int kScheduleDays = 7;

}  // namespace viewer
