// The language that practices write their forms in, and the forms that come with Nightchart.
#include <gtest/gtest.h>

#include "app/paper/form.h"
#include "app/paper/form_shelf.h"
#include "tests/command.h"

namespace {

std::string error_of(const std::string& text) {
  const auto form = app::parse_form(text, "visit");
  return form.ok() ? "" : form.error().what;
}

TEST(Form, IsReadLineByLineAsItIsWritten) {
  const auto parsed = app::parse_form(
      "\xEF\xBB\xBF# what we use at the desk\r\n"
      "title   Visit\r\n"
      "slips 2 same\n"
      "\n"
      "patient identity\n"
      "fields Date *2 | Receipt {number R} *3 | By\n"
      "choose Kind: new: first | other ___\n"
      "write Told to: whom, when: 4\n"
      "rows rest: No. {line} | Number {temporary number} *6\n"
      "sign\n",
      "visit");
  ASSERT_TRUE(parsed.ok()) << parsed.error().what;
  const app::Form& form = parsed.value();
  EXPECT_EQ(form.title, "Visit");
  EXPECT_EQ(form.slips, 2);
  EXPECT_TRUE(form.same_numbers);
  EXPECT_TRUE(app::is_about_a_patient(form));
  ASSERT_EQ(form.parts.size(), 6u);
  EXPECT_TRUE(form.parts[0].is_identity_only);
  ASSERT_EQ(form.parts[1].cells.size(), 3u);
  EXPECT_EQ(form.parts[1].cells[1].name, "Receipt");
  EXPECT_EQ(form.parts[1].cells[1].prefix, "R");
  EXPECT_EQ(form.parts[1].cells[1].share, 3);
  EXPECT_EQ(form.parts[1].cells[2].share, 1);
  EXPECT_EQ(form.parts[2].text, "Kind");
  EXPECT_EQ(form.parts[2].cells[0].name, "new: first");
  EXPECT_EQ(form.parts[3].text, "Told to: whom, when");
  EXPECT_EQ(form.parts[3].count, 4);
  EXPECT_EQ(form.parts[4].count, 0);
  EXPECT_EQ(form.parts[4].cells[0].fill, app::FormFill::line);
  EXPECT_EQ(form.parts[4].cells[1].fill, app::FormFill::temporary_number);
  EXPECT_EQ(form.parts[5].cells[1].name, "Signature");
}

TEST(Form, WithAMistakeSaysInWhichFileAndLine) {
  const struct {
    const char* text;
    const char* line;
    const char* said;
  } kMistakes[] = {
      {"title Visit\nfeilds Date\n", "line 2", "\"feilds\" is no word"},
      {"title Visit\n\n# x\nfields Date | \n", "line 4", "a name is missing"},
      {"title Visit\nfields Date *0\n", "line 2", "share of the width"},
      {"title Visit\nfields Date *x\n", "line 2", "share of the width"},
      {"title Visit\nfields {line} No.\n", "line 2", ""},
      {"title Visit\nfields No. {line}\n", "line 2", "{line} is not known"},
      {"title Visit\nfields No. {number T}\n", "line 2", "one capital letter"},
      {"title Visit\nfields No. {number O}\n", "line 2", "one capital letter"},
      {"title Visit\nwrite What: 61\n", "line 2", "a number from 1 to 60"},
      {"title Visit\nwrite What 3\n", "line 2", "a colon is missing"},
      {"title Visit\nrows 3 Date\n", "line 2", "wants a number and columns"},
      {"title Visit\nslips 5\n", "line 2", "from 1 to 4"},
      {"title Visit\npatient please\n", "line 2", "\"patient\" stands alone"},
      {"title Visit\ntitle Again\n", "line 2", "a title already"},
      {"title Visit\ntext \xFF\n", "line 2", "no UTF-8"},
      {"patient\n", "line 1", "no title"},
      {"title Visit\n", "line 1", "nothing to fill in"},
      {"title Visit\nfields a|b|c|d|e|f|g|h|i|j|k|l|m\n", "line 2", "too many places"},
  };
  for (const auto& mistake : kMistakes) {
    const std::string said = error_of(mistake.text);
    if (std::string(mistake.said).empty()) continue;
    EXPECT_TRUE(said.starts_with("visit.form, " + std::string(mistake.line))) << mistake.text << said;
    EXPECT_NE(said.find(mistake.said), std::string::npos) << mistake.text << said;
  }
}

TEST(Form, ThatIsEndlessIsRefused) {
  std::string text = "title Visit\n";
  for (int i = 0; i < 201; ++i) text += "patient\n";
  EXPECT_NE(error_of(text).find("too long"), std::string::npos);
  EXPECT_NE(error_of("title " + std::string(70'000, 'x')).find("too large"), std::string::npos);
}

TEST(FormShelf, HasTheTenFormsOfAnOutage) {
  const auto forms = app::read_form_texts(app::find_own_forms());
  ASSERT_TRUE(forms.ok()) << forms.error().what;
  for (const char* name : {"registration", "arrival-log", "progress-note", "orders", "prescription", "medication-administration",
                           "vital-signs", "lab-requisition", "phone-message", "receipt"}) {
    const auto form = app::find_form(forms.value(), name);
    ASSERT_TRUE(form.ok()) << form.error().what;
    const bool of_several = form.value().name == "arrival-log" || form.value().name == "phone-message";
    EXPECT_EQ(app::is_about_a_patient(form.value()), !of_several) << name;
  }
  const auto none = app::find_form(forms.value(), "vists");
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().detail.find("vital-signs"), std::string::npos) << "the names that there are";
}

TEST(FormShelf, PutsThePracticesFormsInThePlaceOfItsOwnAndBesideThem) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "receipt.form", "title Our receipt\nwrite Paid: 2\n");
  tests::write(folder.path() / "ferry.form", "title Ferry list\nrows rest: Name\n");
  tests::write(folder.path() / "notes.txt", "no form");
  const auto forms = app::read_forms_of_practice(folder.path());
  ASSERT_TRUE(forms.ok()) << forms.error().what;
  EXPECT_EQ(app::find_form(forms.value(), "receipt").value().title, "Our receipt");
  EXPECT_EQ(app::find_form(forms.value(), "ferry").value().title, "Ferry list");
  EXPECT_TRUE(app::find_form(forms.value(), "orders").ok());

  const auto kept = app::parse_form_texts(app::format_form_texts(forms.value()));
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(app::format_form_texts(kept.value()), app::format_form_texts(forms.value()));

  tests::write(folder.path() / "ferry.form", "title Ferry list\nrow 3: Name\n");
  const auto broken = app::read_forms_of_practice(folder.path());
  ASSERT_FALSE(broken.ok());
  EXPECT_NE(broken.error().what.find((folder.path() / "ferry.form, line 2").string()), std::string::npos) << broken.error().what;
}

TEST(FormShelf, RefusesAListThatIsNone) {
  for (const char* json : {"", "{}", "7", "[{\"name\":\"../x\",\"text\":\"\"}]", "[{\"name\":\"x\"}]", "[{\"text\":\"x\"}]"}) {
    EXPECT_FALSE(app::parse_form_texts(json).ok()) << json;
  }
}

}  // namespace
