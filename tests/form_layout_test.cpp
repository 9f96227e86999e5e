// Forms as they come out of a printer: room to write, and whose they are on every page.
#include "app/paper/form_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/paper/form_shelf.h"
#include "tests/sample_sheets.h"

namespace {

constexpr double kEightMillimetres_pt = 8 * 72 / 25.4;

const app::FontSet& fonts() {
  static const auto set = app::FontSet::open(app::find_fonts());
  return set.value();
}

std::vector<app::Form> own_forms() {
  std::vector<app::Form> forms;
  for (const app::FormText& text : app::read_form_texts(app::find_own_forms()).value()) {
    forms.push_back(app::parse_form(text.text, text.name).value());
  }
  return forms;
}

app::Form form_of(const std::string& text) { return app::parse_form(text, "visit").value(); }

std::vector<app::Page> lay_out(const app::Form& form, const app::FormOrder& order) {
  app::FormNumbers numbers(app::binder_numbers("key", 123, 1));
  return app::lay_out_form(form, order, numbers, fonts());
}

std::string text_of(const app::Page& page) {
  std::string text;
  for (const app::TextMark& mark : page.texts) text += mark.text + "\n";
  return text;
}

// In any order of lines, without what separates them.
std::string flat(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == ' '; });
  return text;
}

std::set<std::string> numbers_on(const std::vector<app::Page>& pages) {
  std::set<std::string> numbers;
  for (const app::Page& page : pages) {
    for (const app::TextMark& mark : page.texts) {
      if (app::is_form_number(mark.text)) numbers.insert(mark.text);
    }
  }
  return numbers;
}

app::FormPatient patient() { return {sample::full_sheet().banner, "7KD2-M4QX"}; }

// Somebody with more names, addresses and allergies than a form has room for.
app::FormPatient endless_patient() {
  app::FormPatient endless = patient();
  for (int i = 0; i < 60; ++i) endless.banner.allergies += ", substance number " + std::to_string(i) + " (urticaria)";
  for (int i = 0; i < 12; ++i) endless.banner.name += " Maximiliana-Theodora";
  return endless;
}

class FormLayout : public testing::TestWithParam<bool> {
 protected:
  app::FormOrder order() const { return {sample::frame(), GetParam() ? app::kLetter : app::kA4}; }
  app::FormOrder order_for(app::FormPatient whom) const {
    app::FormOrder made = order();
    made.patient = std::move(whom);
    return made;
  }
};

TEST_P(FormLayout, EveryFormOfNightchartFitsOnOnePage) {
  for (const app::Form& form : own_forms()) {
    EXPECT_EQ(lay_out(form, order()).size(), 1u) << form.name;
    if (!app::is_about_a_patient(form)) continue;
    EXPECT_EQ(lay_out(form, order_for(patient())).size(), 1u) << form.name;
  }
}

TEST_P(FormLayout, NothingStandsOutsideThePageOrInItsFoot) {
  for (const app::Form& form : own_forms()) {
    for (const app::FormOrder& whom : {order(), order_for(patient()), order_for(endless_patient())}) {
      if (whom.patient && !app::is_about_a_patient(form)) continue;
      for (const app::Page& page : lay_out(form, whom)) {
        const double foot = app::foot_top_pt(page.paper) + 4.1;
        const double right = page.paper.width_pt - app::kSideMargin_pt + 0.1;
        for (const app::BoxMark& box : page.boxes) {
          EXPECT_GE(box.x_pt, app::kSideMargin_pt - 0.1) << form.name;
          EXPECT_LE(box.x_pt + box.width_pt, right) << form.name;
          EXPECT_LE(box.y_pt + box.height_pt, foot) << form.name;
        }
        for (const app::RuleMark& rule : page.rules) {
          EXPECT_LE(rule.to_x_pt, right) << form.name;
          EXPECT_LE(rule.to_y_pt, foot) << form.name;
        }
        for (const app::TextMark& mark : page.texts) {
          EXPECT_LE(mark.x_pt + fonts().width(mark.text, mark.bold, mark.size_pt), right + 0.5) << form.name << ": " << mark.text;
        }
      }
    }
  }
}

TEST_P(FormLayout, EveryLineToWriteOnIsEightMillimetresHigh) {
  for (const app::Form& form : own_forms()) {
    for (const app::Page& page : lay_out(form, order())) {
      std::vector<double> lines;  // across the page
      for (const app::RuleMark& rule : page.rules) {
        if (rule.y_pt == rule.to_y_pt && rule.to_x_pt - rule.x_pt > 200 && rule.y_pt < app::foot_top_pt(page.paper) + 3.9) lines.push_back(rule.y_pt);
      }
      std::sort(lines.begin(), lines.end());
      for (std::size_t i = 1; i < lines.size(); ++i) {
        EXPECT_TRUE(lines[i] - lines[i - 1] >= kEightMillimetres_pt || lines[i] - lines[i - 1] < 0.01) << form.name << " at " << lines[i];
      }
      // A box with a name in it has room below the name.
      for (const app::BoxMark& box : page.boxes) {
        if (box.filling != app::Filling::none || box.width_pt < 20 || box.height_pt < 20) continue;
        EXPECT_GE(box.height_pt, kEightMillimetres_pt + 8.3) << form.name;
      }
    }
  }
}

TEST_P(FormLayout, EveryPageSaysWhoFromWhenAndWhatTheyMustNotBeGiven) {
  const app::Form form = form_of("title Visit\npatient\nwrite Story: 60\npage\nwrite Plan: rest\n");
  const auto pages = lay_out(form, order_for(patient()));
  ASSERT_GE(pages.size(), 3u);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string text = text_of(pages[i]);
    for (const char* said : {"AL-RASHIDI-MONTGOMERY, Fatima Zahra Elisabeth (Mrs)", "14-Jul-1945", "00104427", "Allergies:", "penicillin",
                             "EMERGENCY COPY", "Sun 22-Nov-2026 02:10", "Visit", "sheet 7KD2-M4QX", "Elm Street Family Practice"}) {
      EXPECT_NE(flat(text).find(flat(said)), std::string::npos) << "page " << i + 1 << " lacks " << said << "\n" << text;
    }
    EXPECT_NE(text.find("page " + std::to_string(i + 1) + " of " + std::to_string(pages.size())), std::string::npos);
  }
  EXPECT_NE(flat(text_of(pages[1])).find(flat("Story (continued)")), std::string::npos);
}

TEST_P(FormLayout, NothingOfAPatientIsShortenedHoweverMuchThereIs) {
  const app::FormPatient endless = endless_patient();
  for (const app::Form& form : own_forms()) {
    if (!app::is_about_a_patient(form)) continue;
    std::string all;
    for (const app::Page& page : lay_out(form, order_for(endless))) all += text_of(page);
    EXPECT_NE(flat(all).find(flat(endless.banner.name)), std::string::npos) << form.name;
    if (form.name == "receipt") continue;
    EXPECT_NE(flat(all).find(flat(endless.banner.allergies)), std::string::npos) << form.name;
  }
}

TEST_P(FormLayout, AReceiptTellsWhoeverPaysNothingClinical) {
  const auto forms = own_forms();
  const auto receipt = std::find_if(forms.begin(), forms.end(), [](const app::Form& form) { return form.name == "receipt"; });
  const std::string text = text_of(lay_out(*receipt, order_for(patient())).front());
  EXPECT_NE(text.find("00104427"), std::string::npos);
  for (const char* clinical : {"penicillin", "llerg", "DNR", "lert"}) EXPECT_EQ(text.find(clinical), std::string::npos) << clinical;
}

TEST_P(FormLayout, ABlankOneHasRoomForNameBirthNumberAndAllergies) {
  const std::string text = text_of(lay_out(form_of("title Visit\npatient\nwrite Story: rest\n"), order()).front());
  for (const char* field : {"Family name", "Given names", "Born", "MRN or temporary number", "Allergies"}) {
    EXPECT_NE(text.find(field), std::string::npos) << field;
  }
}

TEST_P(FormLayout, CopiesAndSlipsHaveNumbersOfTheirOwnUnlessTheySaySame) {
  app::FormOrder three = order();
  three.copies = 3;
  EXPECT_EQ(numbers_on(lay_out(form_of("title Slip\nslips 2\nfields No {number R}\n"), three)).size(), 6u);
  EXPECT_EQ(numbers_on(lay_out(form_of("title Slip\nslips 2 same\nfields No {number R}\n"), three)).size(), 3u);
  const auto log = lay_out(form_of("title Log\nrows rest: Number {temporary number} *2 | Name *3\n"), three);
  ASSERT_EQ(log.size(), 3u);
  const std::size_t one = numbers_on({log[0]}).size();
  EXPECT_GE(one, 18u) << "lines on a page";
  EXPECT_EQ(numbers_on(log).size(), 3 * one);
}

TEST_P(FormLayout, WhoeverHasAnMrnGetsNoTemporaryNumber) {
  const app::Form form = form_of("title Visit\npatient\nfields Temporary number {temporary number} | Date\n");
  EXPECT_EQ(numbers_on(lay_out(form, order())).size(), 1u);
  EXPECT_EQ(numbers_on(lay_out(form, order_for(patient()))).size(), 0u);
  app::FormPatient nobody = patient();
  nobody.banner.mrn.clear();
  EXPECT_EQ(numbers_on(lay_out(form, order_for(nobody))).size(), 1u);
}

TEST_P(FormLayout, SlipsThatGetTooSmallAreFewerOnAPage) {
  const app::Form form = form_of("title Slip\nslips 3\npatient\nfields A\n");
  const auto slips_on = [](const app::Page& page) {
    return std::count_if(page.texts.begin(), page.texts.end(), [](const app::TextMark& mark) { return mark.text == "Slip" && mark.size_pt > 10; });
  };
  EXPECT_EQ(slips_on(lay_out(form, order()).front()), 3);
  EXPECT_EQ(slips_on(lay_out(form, order_for(patient())).front()), 3);
  EXPECT_EQ(slips_on(lay_out(form, order_for(endless_patient())).front()), 1);
}

INSTANTIATE_TEST_SUITE_P(OfBothPapers, FormLayout, testing::Bool());

}  // namespace
