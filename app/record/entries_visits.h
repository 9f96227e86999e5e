// What happened in the practice and what is kept of it: visits, notes, appointments, documents.
//
// See entries.h for how an entry names its fields.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/record/calendar.h"
#include "app/record/entries_person.h"
#include "app/record/known.h"

namespace app {

struct Visit {
  std::string key;   // the EMR's own key, which notes refer to
  std::string text;  // what kind of visit
  std::vector<Coding> codes;
  std::string status;
  Known<Date> start;
  Known<Date> end;
  std::string reason;
  std::string clinician;
  std::string place;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("key", s.key), v("text", s.text), v("codes", s.codes), v("status", s.status);
    v("start", s.start), v("end", s.end), v("reason", s.reason), v("clinician", s.clinician);
    v("place", s.place);
  }
};

struct Note {
  std::string visit;  // Visit.key, or empty
  std::string text;   // the title
  std::string status;
  Known<Date> date;
  std::string author;
  std::string body;  // the whole text, lines separated by \n

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("visit", s.visit), v("text", s.text), v("status", s.status), v("date", s.date);
    v("author", s.author), v("body", s.body);
  }
};

struct Appointment {
  std::string text;  // what kind of appointment
  std::string status;
  Known<Date> start;
  std::string minutes;
  std::string clinician;
  std::string place;
  std::string reason;
  std::string note;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("text", s.text), v("status", s.status), v("start", s.start), v("minutes", s.minutes);
    v("clinician", s.clinician), v("place", s.place), v("reason", s.reason), v("note", s.note);
  }
};

// The bytes of a document: where this copy keeps them, or why it does not hold them.
struct DocumentContent {
  Presence state = Presence::not_recorded;
  std::string volume;       // known: the volume's name, …
  std::string id;           // … and what its bytes are called there (see app/snapshot/volume.h)
  std::uint64_t bytes = 0;  // 0 where nobody said how many
  std::string reason;       // not known: why, in words
};

// A scanned or attached document: what it is, and where its pages are.
struct Document {
  std::string key;
  std::string text;  // the title
  std::vector<Coding> codes;
  std::string status;
  Known<Date> date;
  std::string author;
  std::string media_type;
  std::string note;
  DocumentContent content;

  template <typename Self, typename V>
  static void fields(Self& s, V& v) {
    v("key", s.key), v("text", s.text), v("codes", s.codes), v("status", s.status);
    v("date", s.date), v("author", s.author), v("media_type", s.media_type), v("note", s.note);
    v("content", s.content);
  }
};

}  // namespace app
