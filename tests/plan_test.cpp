// A simulated year of nights: whatever a practice does with its packets, the ring binder that is kept by their lists is the
// one that was confirmed last.
#include "exporter/binder/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace {

using exporter::BinderBook;
using exporter::BinderPlan;
using exporter::BinderSheets;
using exporter::FiledSheet;
using exporter::PatientKey;

PatientKey key_of(int patient) {
  PatientKey key{};
  key[0] = static_cast<std::uint8_t>(patient >> 8);
  key[1] = static_cast<std::uint8_t>(patient);
  return key;
}

FiledSheet sheet_of(int patient, int version) {
  return {"PATIENT" + std::to_string(patient), std::to_string(1000 + patient), std::to_string(patient) + "-" + std::to_string(version), false};
}

// The binder on the shelf: leaves, as a person finds them. A sheet may stand there twice, if somebody put it in twice.
using Shelf = std::multiset<std::pair<PatientKey, std::string>>;

constexpr int kFormsFrom = 60'000;  // numbers of forms, where patients have theirs

// Does with the binder what the list says, and nothing else.
void keep_by(const BinderPlan& plan, Shelf& shelf) {
  if (plan.start_over) std::erase_if(shelf, [&plan](const auto& leaf) { return plan.forms_too || leaf.first < key_of(kFormsFrom); });
  for (const auto& change : plan.changes) {
    for (const FiledSheet& sheet : change.take_out) shelf.erase({change.patient, sheet.id});
    if (change.put_in) shelf.insert({change.patient, change.put_in->id});
  }
}

Shelf shelf_of(const BinderSheets& sheets) {
  Shelf shelf;
  for (const auto& [patient, sheet] : sheets) shelf.insert({patient, sheet.id});
  return shelf;
}

struct Person {
  int version = 0;
  bool there = true;      // in the EMR
  bool withheld = false;  // by the practice's policy
  bool deceased = false;
};

// A practice of some patients, and what may happen to them from one night to the next.
class Practice {
 public:
  explicit Practice(unsigned seed) : random_(seed), people_(60) {}

  void live_on() {
    for (Person& person : people_) {
      if (chance(6)) ++person.version;
      if (chance(150)) person.deceased = true;
      if (chance(100)) person.withheld = !person.withheld;
      // An older state comes back, word for word: somebody took an entry back.
      if (chance(80) && person.version > 0) --person.version;
    }
    if (chance(10)) ++forms_[random_() % forms_.size()];
    if (chance(3)) people_.emplace_back();
    if (chance(5)) merge();
  }

  BinderSheets target(int odds_of_booking) {
    BinderSheets sheets;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const Person& person = people_[i];
      if (!person.there || person.withheld || person.deceased || (odds_of_booking > 1 && !chance(odds_of_booking))) continue;
      sheets.emplace(key_of(static_cast<int>(i)), sheet_of(static_cast<int>(i), person.version));
    }
    for (std::size_t i = 0; i < forms_.size(); ++i) {
      const int number = kFormsFrom + static_cast<int>(i);
      if (forms_[i] % 7 == 6) continue;  // the practice does without it for a while
      FiledSheet form = sheet_of(number, forms_[i]);
      form.is_form = true;
      sheets.emplace(key_of(number), form);
    }
    return sheets;
  }

  bool chance(unsigned one_in) { return random_() % one_in == 0; }
  std::mt19937& random() { return random_; }

 private:
  void merge() {
    Person& gone = people_[random_() % people_.size()];
    Person& kept = people_[random_() % people_.size()];
    if (&gone == &kept) return;
    gone.there = false;
    ++kept.version;
  }

  std::mt19937 random_;
  std::vector<Person> people_;
  std::vector<int> forms_{5, 3, 4, 0};  // by version
};

struct MadePacket {
  std::uint64_t sequence = 0;
  BinderPlan plan;
  BinderSheets target;
};

struct Year {
  int confirmed = 0;
  int starts = 0;
  std::size_t printed = 0;
  std::size_t targets = 0;
  std::size_t forms = 0;  // printed
};

// One year in which the packets are put in or not, confirmed or not, now or later.
Year live_a_year(unsigned seed, int odds_of_booking, bool may_start_over) {
  Practice practice(seed);
  BinderBook book;
  Shelf shelf;
  std::vector<MadePacket> made;
  std::uint64_t newest_put_in = 0;
  Year year;
  for (std::uint64_t night = 1; night <= 365; ++night) {
    practice.live_on();
    const BinderSheets target = practice.target(odds_of_booking);
    made.push_back({night, book.make_plan(target, may_start_over), target});
    book.note_packet(night, target);
    year.starts += made.back().plan.start_over ? 1 : 0;
    year.printed += made.back().plan.put_in_count();
    year.targets += target.size();
    for (const auto& change : made.back().plan.changes) year.forms += change.put_in && change.put_in->is_form ? 1 : 0;
    // Some packets lie about for days.
    for (std::size_t back = 1; back <= std::min<std::size_t>(made.size(), 5); ++back) {
      const MadePacket& packet = made[made.size() - back];
      if (packet.sequence <= newest_put_in || !practice.chance(back == 1 ? 2 : 8)) continue;
      keep_by(packet.plan, shelf);
      newest_put_in = packet.sequence;
      EXPECT_EQ(shelf, shelf_of(packet.target)) << "seed " << seed << ", packet " << packet.sequence;
      if (practice.chance(3)) break;  // and nobody says so
      EXPECT_TRUE(book.confirm(packet.sequence, 0).ok());
      EXPECT_EQ(shelf, shelf_of(book.confirmed()));
      ++year.confirmed;
      break;
    }
    // Somebody remembers to confirm what they put in days ago.
    if (newest_put_in > book.confirmed_sequence() && practice.chance(7)) {
      const bool known = std::any_of(book.pending().begin(), book.pending().end(),
                                     [&](const auto& packet) { return packet.sequence == newest_put_in; });
      EXPECT_EQ(book.confirm(newest_put_in, 0).ok(), known);
      if (known) {
        EXPECT_EQ(shelf, shelf_of(book.confirmed()));
        ++year.confirmed;
      }
    }
    if (::testing::Test::HasFailure()) return year;
  }
  return year;
}

TEST(BinderPlan, ThroughAYearTheBinderKeptByTheListsIsTheOneConfirmedLast) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Year whole = live_a_year(seed, 1, false);
    const Year booked = live_a_year(seed, 3, true);
    ASSERT_FALSE(HasFailure());
    EXPECT_GT(whole.confirmed, 50);
    EXPECT_GT(booked.confirmed, 50);
    EXPECT_LT(whole.starts, 20) << "only until the first one is confirmed";
    EXPECT_LT(whole.printed * 2, whole.targets) << "what stays must not be printed again";
    EXPECT_GT(booked.starts, whole.starts);
    EXPECT_LT(booked.forms, 4u * 365 / 4) << "forms stay where the sheets are all taken out";
  }
}

TEST(BinderPlan, OneThatIsNeverConfirmedBeginsAnewEachTimeAndRemembersLittle) {
  Practice practice(7);
  BinderBook book;
  for (std::uint64_t night = 1; night <= 200; ++night) {
    practice.live_on();
    const BinderSheets target = practice.target(2);
    const BinderPlan plan = book.make_plan(target, false);
    EXPECT_TRUE(plan.start_over);
    EXPECT_EQ(plan.put_in_count(), target.size());
    book.note_packet(night, target);
    EXPECT_LE(book.pending().size(), exporter::kPendingMost);
    EXPECT_TRUE(book.strays().empty());
  }
}

TEST(BinderPlan, OfPacketsBeforeTheFirstConfirmedOneOnlyWhatDiffersIsRemembered) {
  BinderBook book;
  BinderSheets target;
  for (int patient = 0; patient < 1000; ++patient) target.emplace(key_of(patient), sheet_of(patient, 0));
  std::vector<BinderSheets> targets;
  for (int night = 0; night <= 20; ++night) {
    target[key_of(night)] = sheet_of(night, 1);
    target.erase(key_of(500 + night));
    targets.push_back(target);
    book.note_packet(static_cast<std::uint64_t>(night) + 1, target);
    if (night == 9) book.note_packet(10, target);  // the night ran twice
  }
  std::size_t remembered = 0;
  for (const auto& packet : book.pending()) remembered += packet.changes.size();
  EXPECT_EQ(book.pending().size(), 21u);
  EXPECT_LE(remembered, 1000u + 20 * 2);
  for (std::uint64_t put_in = 1; put_in <= 21; ++put_in) {
    BinderBook confirmed = book;
    ASSERT_TRUE(confirmed.confirm(put_in, 0).ok());
    EXPECT_EQ(confirmed.confirmed(), targets[put_in - 1]);
    for (const auto& packet : confirmed.pending()) {
      EXPECT_EQ(packet.changes.size(), 2 * (packet.sequence - put_in)) << "packet " << packet.sequence << " after " << put_in;
    }
    Shelf shelf = shelf_of(targets[put_in - 1]);
    keep_by(confirmed.make_plan(targets[0], false), shelf);
    EXPECT_EQ(shelf, shelf_of(targets[0]));
  }
}

TEST(BinderPlan, APacketFromBeforeTrackWasLostCanStillBeConfirmed) {
  BinderSheets target;
  for (int patient = 0; patient < 10; ++patient) target.emplace(key_of(patient), sheet_of(patient, 0));
  BinderBook book;
  book.note_packet(1, target);
  ASSERT_TRUE(book.confirm(1, 0).ok());
  std::vector<BinderSheets> targets;
  for (std::uint64_t night = 2; night <= 4; ++night) {
    target[key_of(static_cast<int>(night))] = sheet_of(static_cast<int>(night), 1);
    targets.push_back(target);
    book.note_packet(night, target);
  }
  book.lose_track();
  book.lose_track();
  for (std::uint64_t put_in = 2; put_in <= 4; ++put_in) {
    BinderBook confirmed = book;
    ASSERT_TRUE(confirmed.confirm(put_in, 0).ok());
    EXPECT_EQ(confirmed.confirmed(), targets[put_in - 2]);
  }
}

TEST(BinderPlan, NothingChangedIsNothingToDo) {
  BinderBook book;
  const BinderSheets target = {{key_of(1), sheet_of(1, 1)}, {key_of(2), sheet_of(2, 1)}};
  book.note_packet(5, target);
  ASSERT_TRUE(book.confirm(5, 100).ok());
  const BinderPlan plan = book.make_plan(target, true);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_FALSE(plan.start_over);
  EXPECT_EQ(plan.kept, 2u);
  EXPECT_EQ(plan.base, 5u);
  EXPECT_TRUE(book.holds(key_of(1), sheet_of(1, 1)));
  EXPECT_FALSE(book.holds(key_of(1), sheet_of(1, 2)));
  EXPECT_FALSE(book.holds(key_of(3), sheet_of(3, 1)));
}

TEST(BinderPlan, ALongFormIsAnotherSheetThanAShortOneOfTheSameWords) {
  BinderBook book;
  FiledSheet sheet = sheet_of(1, 1);
  book.note_packet(1, {{key_of(1), sheet}});
  ASSERT_TRUE(book.confirm(1, 0).ok());
  sheet.long_form = true;
  EXPECT_EQ(book.make_plan({{key_of(1), sheet}}, false).changes.size(), 1u);
}

TEST(BinderPlan, ThePacketAfterOneNobodyConfirmedNamesEverySheetThatMayBeThere) {
  BinderBook book;
  BinderSheets target;
  for (int patient = 1; patient <= 20; ++patient) target.emplace(key_of(patient), sheet_of(patient, 1));
  book.note_packet(1, target);
  ASSERT_TRUE(book.confirm(1, 0).ok());
  target[key_of(1)] = sheet_of(1, 2);
  book.note_packet(2, target);
  target[key_of(1)] = sheet_of(1, 3);
  target[key_of(2)] = sheet_of(2, 2);
  const BinderPlan plan = book.make_plan(target, true);
  ASSERT_EQ(plan.changes.size(), 2u);
  EXPECT_EQ(plan.changes[0].take_out, (std::vector<FiledSheet>{sheet_of(1, 1), sheet_of(1, 2)}));
  EXPECT_EQ(plan.changes[0].put_in, sheet_of(1, 3));
  // Back to what was confirmed: it may not be there.
  target[key_of(1)] = sheet_of(1, 1);
  EXPECT_EQ(book.make_plan(target, true).changes[0].put_in, sheet_of(1, 1));
}

TEST(BinderPlan, APacketThatIsOlderUnknownOrForgottenIsNotConfirmed) {
  BinderBook book;
  const BinderSheets target = {{key_of(1), sheet_of(1, 1)}};
  EXPECT_FALSE(book.confirm(0, 0).ok());
  EXPECT_FALSE(book.confirm(1, 0).ok());
  for (std::uint64_t night = 1; night <= exporter::kPendingMost + 3; ++night) book.note_packet(night, target);
  EXPECT_FALSE(book.confirm(3, 0).ok());
  EXPECT_TRUE(book.confirm(10, 77).ok());
  EXPECT_EQ(book.confirmed_when_s(), 77);
  EXPECT_TRUE(book.confirm(10, 99).ok());
  EXPECT_EQ(book.confirmed_when_s(), 77);
  const auto older = book.confirm(9, 0);
  ASSERT_FALSE(older.ok());
  EXPECT_NE(older.error().what.find("older"), std::string::npos);
  EXPECT_EQ(book.pending().front().sequence, 11u);
}

TEST(BinderPlan, WhatAForgottenPacketMayHaveLeftIsTakenOutAllTheSame) {
  BinderBook book;
  BinderSheets target;
  for (int patient = 1; patient <= 20; ++patient) target.emplace(key_of(patient), sheet_of(patient, 1));
  book.note_packet(1, target);
  ASSERT_TRUE(book.confirm(1, 0).ok());
  Shelf shelf = shelf_of(target);
  BinderSheets strange = target;
  strange[key_of(30)] = sheet_of(30, 1);
  strange.erase(key_of(4));
  keep_by(book.make_plan(strange, false), shelf);  // put in, and nobody said so
  book.note_packet(2, strange);
  for (std::uint64_t night = 3; night <= 3 + exporter::kPendingMost; ++night) book.note_packet(night, target);
  ASSERT_EQ(book.strays().size(), 2u);
  keep_by(book.make_plan(target, false), shelf);
  EXPECT_EQ(shelf, shelf_of(target));
}

TEST(BinderPlan, WhenTrackIsLostTheNextOneBeginsAnew) {
  BinderBook book;
  const BinderSheets target = {{key_of(1), sheet_of(1, 1)}};
  book.note_packet(1, target);
  ASSERT_TRUE(book.confirm(1, 0).ok());
  book.lose_track();
  EXPECT_TRUE(book.make_plan(target, false).start_over);
  EXPECT_FALSE(book.holds(key_of(1), sheet_of(1, 1)));
  book.note_packet(2, target);
  ASSERT_TRUE(book.confirm(2, 0).ok());
  EXPECT_FALSE(book.make_plan(target, false).start_over);
}

}  // namespace
