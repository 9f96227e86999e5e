// What the viewer is doing: which page is open, what was typed, what was found. Every key and click ends
// here; drawing only looks.
//
// Shape:   find a copy → unlock (→ insist, where it is forged) → search → chart, and back. Slow steps are handed out as jobs: whoever runs
//          the program does them beside the window, and gives the outcome back.
// Errors:  become pages in words; the program goes on.
#pragma once

#include <cstdint>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/record/reconciliation.h"
#include "app/snapshot/copy_files.h"
#include "viewer/edit.h"
#include "viewer/keys.h"
#include "viewer/open_document.h"
#include "viewer/paper.h"
#include "viewer/power_posix.h"
#include "viewer/records.h"
#include "viewer/stick.h"

namespace viewer {

class DocumentPaper;
class Session;

// A slow step. It runs on any thread and touches nothing of the session; its outcome is applied to it.
using Outcome = std::function<void(Session&)>;
using Job = std::function<Outcome()>;

// Reads every byte of an open copy, while `goes_on`.
using CheckBytes = std::function<app::Result<app::Done>(const app::CopyInfo&, const std::function<bool()>& goes_on)>;

enum class Page : std::uint8_t { looking, no_copy, unlock, insist, unrecorded, initials, search, chart, documents, document, print, stick, outage };

// One line that can be chosen on the search page: a hit, or an appointment.
struct Choice {
  app::ChartId chart = 0;
  std::size_t index = 0;  // into hits or schedule
};

inline constexpr int kIdleMinutes = 5;

// One thing that can be printed from the page of choices.
struct PrintChoice {
  PaperKind kind = PaperKind::chart;
  std::string title;
  std::string detail;
  std::optional<app::Form> form;
  bool for_patient = false;  // with who it is on it
};
inline constexpr std::string_view kPrintKeys = "123456789";  // no letters: they begin a search here too
inline constexpr int kFormCopiesMost = 50;

class Session {
 public:
  Session(FindCopy find_copy, OpenRecords open_records, CheckBytes check_bytes = app::check_every_byte,
          PrintPaper print_paper = viewer::print_paper, DrawDocument draw_document = viewer::draw_document,
          DrawPaper draw_paper = viewer::draw_paper, ListPrinters list_printers = viewer::list_printers, Sticks sticks = {});

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
  // Another good copy of those that were found, while none is open; or where the open one has a chart that cannot be
  // read: then what was looked for stays typed.
  void choose_spare(std::size_t index);
  // On the unlock page: whose passphrase it is going to be; 0 is anybody's.
  void choose_keyholder(int step);
  // On the unlock page, after a copy turned out to be forged: the page where somebody takes it upon themselves.
  void begin_insisting();
  void set_caps_lock(bool on) { caps_lock_ = on; }
  // At the level that the practice chose it offers once to print the day's list while there is power for it.
  void set_power(std::optional<Power> power);
  bool offers_print() const { return offers_print_; }
  void accept_print_offer();
  // Somebody is there: a key, a click, a turn of the wheel. Without it an open copy locks itself after a while; whoever
  // opened it comes back to where they were by the passphrase.
  void note_activity() { active_ = true; }
  // Whoever opens a copy, or comes back to one that locked itself, says who they are before anything is shown.
  void set_asks_initials(bool asks) { asks_initials_ = asks; }
  // At any time: somebody else sits down.
  void change_initials();
  void set_idle_limit(int minutes) { idle_limit_s_ = std::int64_t{minutes} * 60; }
  // Hides everything from whoever looks over the desk, until the next key.
  void cover() { covered_ = records_ != nullptr; }
  // The open document or chart, the appointments that are listed, or what must be put right after the outage.
  void print();
  // Everything that can be printed, and what is chosen there.
  void show_print();
  void choose_print(int step);
  void choose_printer(int step);
  void print_choice(std::size_t index);
  // There: what is chosen goes on a stick as a locked PDF instead; and which stick.
  void switch_to_stick();
  void choose_stick(int step);
  // The page where the beginning and the end of an outage are marked.
  void show_outage();
  // The open chart's documents, and one of them.
  void show_documents();
  void choose_document(int step);
  void open_document(std::size_t index);

  // The slow step that waits to be run, if any; and its end.
  std::optional<Job> take_job();
  void finish(const Outcome& outcome) { outcome(*this); }
  bool is_working() const { return working_; }
  // A slow step that nobody waits for: every byte of the open copy is read. Ends soon after stop_check().
  std::optional<Job> take_check();
  void stop_check() { goes_on_->store(false); }
  // A slow step that blocks nothing: the next page of the open document.
  std::optional<Job> take_page_job();
  void stop_drawing() { document_goes_on_->store(false), print_goes_on_->store(false); }

  // What there is to show.
  Page page() const { return page_; }
  app::Instant now() const { return now_; }
  app::Date today() const;  // in the practice's time
  const Found& found() const { return found_; }
  const Openable* copy() const { return found_.copy ? &*found_.copy : nullptr; }
  // Of a practice in parts: those whose patients are not found, as far as is known; those whose appointments are not listed;
  // and those that lag behind.
  std::vector<MissingPart> missing_parts() const;
  std::vector<MissingPart> parts_without_schedule() const;
  std::vector<app::LatePart> late_parts() const;
  // The copy that the open chart is in.
  const app::CopyInfo& copy_of_chart() const { return open_chart_ ? records_->info_of(*open_chart_) : records_->info(); }
  const std::optional<app::Error>& problem() const { return problem_; }
  bool caps_lock() const { return caps_lock_; }
  // What became of the last printing, until the next key: in words, and whether it failed.
  const std::string& print_notice() const { return print_notice_; }
  bool print_failed() const { return print_failed_; }
  // The pages of a document are being drawn for paper: Esc stops that, and does nothing else.
  bool prints_document() const { return prints_document_; }
  bool may_print() const {
    return page_ == Page::chart || (page_ == Page::search && shows_schedule() && !schedule_.empty()) ||
           (page_ == Page::outage && outage() != nullptr) || page_ == Page::document;
  }
  const std::vector<PrintChoice>& print_choices() const { return print_choices_; }
  std::size_t selected_print() const { return selected_print_; }
  const std::vector<std::string>& printers() const { return printers_; }
  const std::string& spool_keeps() const { return spool_keeps_; }
  std::size_t chosen_printer() const { return chosen_printer_; }
  bool is_for_stick() const { return to_stick_; }
  const std::vector<Stick>& sticks() const { return found_sticks_; }
  std::size_t chosen_stick() const { return chosen_stick_; }
  // On its page alone.
  const std::optional<LockedPdf>& on_stick() const { return on_stick_; }
  int form_copies() const { return form_copies_; }
  const std::optional<app::Error>& forms_fault() const { return forms_fault_; }
  Page page_before_print() const { return before_print_; }
  // Of the practice whose copy is open: the outage that was marked last in this program, and its looks.
  struct Outage {
    app::Instant start;
    std::optional<app::Instant> end;
    std::vector<app::Look> looks;
    std::optional<app::Instant> resumed;  // by a program that was started again: looks before are not among these
    std::optional<app::Instant> carried;  // the beginning of an earlier one whose list nobody had printed: its looks are among these
    std::size_t printed = 0;              // so many of the looks stand on paper
    bool runs() const { return !end; }
  };
  const Outage* outage() const;
  app::Reconciliation reconciliation() const;
  // Whether something that has to be put right stands on no paper yet.
  bool has_unprinted_looks() const;
  const std::optional<Power>& power() const { return power_; }
  bool is_covered() const { return covered_; }
  // Minutes after which it locked itself, if that is why it is locked.
  int idle_minutes() const { return resume_ ? static_cast<int>(idle_limit_s_ / 60) : 0; }
  const EditLine& line() const { return line_; }  // the passphrase, or what is searched for
  const app::Hits& hits() const { return hits_; }
  // One a hit, as Records::explain() says it.
  const std::vector<std::string>& reasons() const { return reasons_; }
  // One a hit, of those around the chosen one; the others' charts are not read for it.
  const std::vector<std::optional<app::Appointment>>& next_appointments() const { return next_; }
  const std::vector<app::ScheduleEntry>& schedule() const { return schedule_; }
  const app::Date& schedule_day() const { return schedule_day_; }
  // Why the appointments of schedule_day() could not be read.
  const std::optional<app::Error>& schedule_fault() const { return schedule_fault_; }
  bool shows_schedule() const { return line_.text.empty(); }
  // The day by provider and time, or by time alone.
  bool is_by_time() const { return by_time_; }
  void order_by_time(bool by_time);
  std::size_t rows() const { return shows_schedule() ? schedule_.size() : hits_.hits.size(); }
  std::size_t selected() const { return selected_; }
  // False until somebody chose: no row is opened by chance.
  bool has_selection() const { return !shows_schedule() || moved_; }
  const std::string& keyholder() const;
  // "reception", or "reception (AB)": as each look is recorded.
  std::string who() const;
  // Those who may be chosen, and the chosen one's place among them.
  const std::vector<std::string>& keyholders() const { return keyholders_; }
  std::size_t chosen_keyholder() const { return chosen_keyholder_; }
  // How far the check of every byte of the open copy is.
  enum class Bytes : std::uint8_t { unknown, being_checked, right, wrong };
  Bytes bytes() const;
  // Why the chosen copy is not what the practice signed, if its bytes were read.
  const app::Error* failed_check() const;
  // A newer copy that stayed closed, because the passphrase does not vouch for whoever signed it.
  const std::optional<app::CopyInfo>& passed_over() const { return passed_over_; }
  // What whoever reads the chosen copy must know, heaviest first.
  std::vector<app::Warning> warnings() const;
  // False once somebody opens, or is about to open, a copy that is forged, and of one whose bytes are not those signed.
  bool is_verified() const;
  // Enter was pressed on what are no initials; until the next letter.
  bool are_initials_refused() const { return initials_refused_; }
  const app::Insistence& insistence() const { return insistence_; }
  bool may_insist() const;
  // Whether this computer keeps a record of who looks at what; why it cannot; and why it was opened all the same.
  bool has_privacy_officer() const { return records_ && records_->has_privacy_officer(); }
  const std::optional<app::Error>& record_fault() const { return record_fault_; }
  const std::string& unrecorded_reason() const { return unrecorded_reason_; }
  // Whether a spare copy may be chosen now.
  bool may_choose_spare() const;
  const app::Sheet& sheet() const { return sheet_; }
  const std::vector<app::Document>& documents() const { return documents_; }
  std::size_t selected_document() const { return selected_document_; }
  // None but on its page.
  OpenDocument* document() { return document_.get(); }
  const OpenDocument* document() const { return document_.get(); }
  // Goes up whenever another chart is opened.
  std::uint64_t chart_number() const { return chart_number_; }

  // For --open: the chart whose record number this is; the search for it if several patients have it.
  // Errors: Code::not_found, which the page says too.
  app::Result<app::Done> open_mrn(std::string_view mrn);

 private:
  void start(Job job);
  bool takes_letters() const {
    return page_ == Page::unlock || page_ == Page::insist || page_ == Page::unrecorded || page_ == Page::initials ||
           page_ == Page::search;
  }
  void start_unlock();
  void opened(std::unique_ptr<Records> records);
  void start_check();
  void copy_changed();
  void close_records();
  void lock_idle();
  void go_on_after_opening();
  void take_initials();
  void record(std::string kind, std::string words = "", bool of_chart = false);
  void record_look(app::Look look);
  PrintOrder start_order(PaperKind kind) const;
  void print_order(PrintOrder order);
  void print_document(PrintOrder order);
  void draw_next_page(PrintOrder order, std::shared_ptr<DocumentPaper> paper, std::shared_ptr<const std::string> bytes);
  bool stop_printing();
  void send_order(const PrintOrder& order, const std::shared_ptr<Records>& records);
  void put_order(const PrintOrder& order, const app::Look& look, const std::shared_ptr<Records>& records);
  void take_back(app::Look look, const std::shared_ptr<Records>& records);
  void leave_stick_page();
  void note_pairing();
  bool type_on_print(std::string_view text);
  void mark_outage();
  void note_printed(const PrintOrder& order);
  void remember_for_reconciling(app::Look look);
  void resume_outage();
  void consider_print_offer();
  void note_search();
  void end_search();
  void give_reason();
  void resume();
  void insist_further();
  void query_changed();
  void read_schedule();
  void sort_day();
  void read_next_appointments();
  void open_chart(app::ChartId chart);
  void close_document();
  bool is_about_a_chart() const { return page_ == Page::chart || page_ == Page::documents || page_ == Page::document; }  // the page of choices is left first

  FindCopy find_copy_;
  OpenRecords open_records_;
  CheckBytes check_bytes_;
  PrintPaper print_paper_;
  DrawDocument draw_document_;
  DrawPaper draw_paper_;
  ListPrinters list_printers_;
  std::vector<PrintChoice> print_choices_;
  std::size_t selected_print_ = 0;
  std::vector<std::string> printers_;
  std::string spool_keeps_;
  std::size_t chosen_printer_ = 0;
  Sticks sticks_;
  std::vector<Stick> found_sticks_;
  std::size_t chosen_stick_ = 0;
  bool to_stick_ = false;
  std::optional<LockedPdf> on_stick_;
  int form_copies_ = 1;
  std::optional<app::Error> forms_fault_;
  Page before_print_ = Page::search;
  std::vector<app::Document> documents_;
  std::size_t selected_document_ = 0;
  std::unique_ptr<OpenDocument> document_;
  std::uint64_t document_number_ = 0;
  std::shared_ptr<std::atomic<bool>> document_goes_on_ = std::make_shared<std::atomic<bool>>(true);
  bool prints_document_ = false;
  std::shared_ptr<std::atomic<bool>> print_goes_on_ = std::make_shared<std::atomic<bool>>(true);
  std::string print_notice_;
  bool print_failed_ = false;
  std::optional<Job> job_;
  std::optional<Job> check_;
  std::shared_ptr<std::atomic<bool>> goes_on_ = std::make_shared<std::atomic<bool>>(false);
  bool checked_ = false;                            // to the end, and right
  std::map<std::string, app::Error> failed_checks_;  // by identity_of()
  std::optional<app::CopyInfo> passed_over_;
  std::vector<std::string> keyholders_;
  std::size_t chosen_keyholder_ = 0;
  // Where somebody was when it locked itself.
  struct Place {
    std::string keyholder, copy, typed;
    std::optional<app::ChartId> chart;
  };
  std::optional<Place> resume_;
  std::optional<app::ChartId> open_chart_;
  std::optional<app::Error> record_fault_;
  std::string unrecorded_reason_;
  Page after_reason_ = Page::search;
  Page before_outage_ = Page::search;
  std::map<std::string, Outage> outages_;  // by the practice's key; they outlive a locking
  bool asks_initials_ = false;
  std::string initials_;
  bool initials_refused_ = false;
  EditLine typed_ahead_;  // while the copy opens
  std::optional<Page> before_initials_;  // none: they belong to the unlocking
  std::string searched_;  // typed and not yet in the record
  std::optional<Power> power_;
  bool offers_print_ = false, offered_print_ = false;
  bool active_ = true;
  bool covered_ = false;
  app::Instant last_active_;
  std::int64_t idle_limit_s_ = kIdleMinutes * 60;
  std::string look_for_;  // what to search for once a copy is open
  bool working_ = false;
  bool caps_lock_ = false;

  Page page_ = Page::looking;
  app::Instant now_;
  Found found_;
  std::optional<app::Error> problem_;
  std::shared_ptr<Records> records_;  // a page that is being read keeps it, too
  EditLine line_;
  app::Insistence insistence_;  // with a reason and initials it is complete
  app::Hits hits_;
  std::vector<std::string> reasons_;
  std::vector<std::optional<app::Appointment>> next_;
  std::vector<app::ScheduleEntry> schedule_;
  app::Date schedule_day_;
  int schedule_read_on_ = 0;  // the day that was today when it was read
  std::optional<app::Error> schedule_fault_;
  std::size_t selected_ = 0;
  bool moved_ = false;
  bool by_time_ = false;
  app::Sheet sheet_;
  std::uint64_t chart_number_ = 0;
};

inline constexpr std::size_t kInitialsLeast = 2, kInitialsMost = 3;
inline constexpr std::size_t kReasonLeast = 4;  // characters: a word, not a slip of the finger
inline constexpr std::size_t kHitsMost = 100;
inline constexpr std::size_t kHitsAhead = 24;  // of these the next appointment is known before anyone moves there
inline constexpr int kScheduleDays = 7;

}  // namespace viewer
