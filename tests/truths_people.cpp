// Who people are: names in the scripts they are named in, and particulars that are easily got wrong.
#include "tests/truths.h"

namespace tests {
namespace {

Truth named(const std::string& trap, const std::string& given, const std::string& family, const std::string& script) {
  Truth truth;
  truth.trap = trap;
  truth.names = {{"official", "", given, family, "", ""}};
  truth.must = {"\"script\":\"" + script + "\"", "\"given\":\"" + given + "\"", "\"family\":\"" + family + "\""};
  return truth;
}

std::vector<Truth> in_every_script() {
  return {
      named("Polish letters", "Żółcisława", "Brzęczyszczykiewicz", "Latn"),
      named("Vietnamese letters with two marks", "Nguyễn Thị Ngọc", "Ánh", "Latn"),
      named("Turkish dotted and dotless i", "İsmail Işık", "Yıldız", "Latn"),
      named("Icelandic thorn and eth", "Þórður", "Ásgeirsdóttir", "Latn"),
      named("Czech and Slovak carons", "Řehoř Ľubomír", "Dvořáček-Šťastný", "Latn"),
      named("German sharp s", "Jörg", "Weiß-Großmann", "Latn"),
      named("two Spanish surnames", "María José", "Núñez de la Peña y Ibáñez", "Latn"),
      named("an Irish apostrophe", "Siobhán", "O'Súilleabháin", "Latn"),
      named("a typographic apostrophe", "Niamh", "O’Brien", "Latn"),
      named("Hawaiian okina", "Kaʻiulani", "Kawānanakoa", "Latn"),
      named("a Yoruba name with marks below", "Ọlájùmọ̀kẹ́", "Adébáyọ̀", "Latn"),
      named("Cyrillic", "Артём", "Щербаков-Ёлкин", "Cyrl"),
      named("Ukrainian letters", "Їжакевич", "Ґалаґан", "Cyrl"),
      named("Mongolian in Cyrillic", "Өнөрбаяр", "Цэрэндорж", "Cyrl"),
      named("Greek", "Ανδρέας", "Παπαδημητρίου", "Grek"),
      named("Hebrew with points", "שָׂרָה", "בן־דוד", "Hebr"),
      named("Arabic", "محمد عبد الرحمن", "القحطاني", "Arab"),
      named("Persian letters", "پژمان", "چگینی", "Arab"),
      named("Urdu", "ڈاکٹر ٹیپو", "گھمن", "Arab"),
      named("Thai with vowels above and below", "กิตติ์ธนา", "ศิริวัฒน์", "Thai"),
      named("Lao", "ສົມພອນ", "ພົມມະຈັນ", "Laoo"),
      named("Devanagari conjuncts", "श्रीकृष्ण", "क्षत्रिय", "Deva"),
      named("Bengali", "শ্রীকান্ত", "বন্দ্যোপাধ্যায়", "Beng"),
      named("Gurmukhi", "ਗੁਰਪ੍ਰੀਤ", "ਸਿੰਘ", "Guru"),
      named("Gujarati", "જિજ્ઞેશ", "ત્રિવેદી", "Gujr"),
      named("Tamil", "கிருஷ்ணமூர்த்தி", "ஸ்ரீநிவாசன்", "Taml"),
      named("Telugu", "శ్రీనివాస్", "కృష్ణమూర్తి", "Telu"),
      named("Kannada", "ಶ್ರೀನಿವಾಸ", "ಕೃಷ್ಣಮೂರ್ತಿ", "Knda"),
      named("Malayalam", "ശ്രീകുമാർ", "കൃഷ്ണൻ", "Mlym"),
      named("Sinhala", "ශ්‍රියානි", "වික්‍රමසිංහ", "Sinh"),
      named("Burmese", "အောင်ကြီး", "ဦးသန့်", "Mymr"),
      named("Khmer", "សុខា", "ស្រីនាង", "Khmr"),
      named("Chinese", "小明", "王", "Hani"),
      named("a rare Han letter beyond the basic plane", "野", "𠮷", "Hani"),
      named("Japanese kana", "さくら", "ナカムラ", "Kana"),
      named("Korean", "길동", "홍", "Hang"),
      named("Georgian", "გიორგი", "ჯუღაშვილი", "Geor"),
      named("Armenian", "Հրաչյա", "Ղազարյան", "Armn"),
      named("Amharic", "ዓለምነህ", "ገብረ ማርያም", "Ethi"),
      named("Tibetan", "བསྟན་འཛིན", "རྒྱ་མཚོ", "Tibt"),
      named("Cherokee", "ᏍᏏᏉᏯ", "ᎠᏂᏴᏫᏯ", "Cher"),
  };
}

std::vector<Truth> of_names() {
  std::vector<Truth> all;
  all.push_back({.trap = "a name in decomposed letters is composed", .names = {{"official", "", "Jose\xCC\x81", "Nu\xCC\x83" "ez", "", ""}},
                 .must = {"\"given\":\"José\"", "\"family\":\"Nũez\""}});
  all.push_back({.trap = "two scripts of one name both stay", .names = {{"official", "", "Xiaoming", "Wang", "", ""}, {"usual", "", "小明", "王", "", ""}},
                 .must = {"Wang", "王", "\"script\":\"Hani\"", "\"script\":\"Latn\""}});
  all.push_back({.trap = "one name only", .names = {{"official", "", "Suharto", "", "", ""}}, .must = {"\"given\":\"Suharto\""}, .must_not = {"\"family\":"}});
  all.push_back({.trap = "a name given whole", .names = {{"official", "", "", "", "", "Sister Mary of the Cross"}},
                 .must = {"\"text\":\"Sister Mary of the Cross\""}});
  all.push_back({.trap = "a maiden name and a nickname stay behind the official one",
                 .names = {{"official", "Dr.", "Ada", "Quill", "III", ""}, {"nickname", "", "Addie", "", "", ""}, {"maiden", "", "Ada", "Vane", "", ""}},
                 .must = {"\"names\":[{\"use\":\"official\"", "\"use\":\"maiden\"", "\"suffix\":\"III\""}});
  all.push_back({.trap = "a very long name is not cut", .names = {{"official", "", std::string(100, 'a'), std::string(100, 'b') + "-end", "", ""}},
                 .must = {std::string(100, 'b') + "-end"}});
  all.push_back({.trap = "a name of quotation marks and backslashes", .names = {{"official", "", "\"Q\" \\ Ada", "</name>", "", ""}},
                 .must = {R"("given":"\"Q\" \\ Ada","family":"</name>")"}});
  all.push_back({.trap = "a name that says NULL", .names = {{"official", "", "True", "Null", "", ""}}, .must = {"\"family\":\"Null\""}});
  all.push_back({.trap = "direction marks in a name are kept as text", .names = {{"official", "", "דוד\xE2\x80\x8F", "Levi", "", ""}},
                 .must = {"\"family\":\"Levi\""}});
  return all;
}

std::vector<Truth> of_particulars() {
  std::vector<Truth> all;
  all.push_back({.trap = "a number with leading noughts keeps them", .mrn = "0007", .must = {"\"mrn\":\"0007\""}});
  all.push_back({.trap = "a number too large for a machine", .mrn = "900719925474099312345", .must = {"\"mrn\":\"900719925474099312345\""}});
  all.push_back({.trap = "a number with blanks and letters", .mrn = "NHS 943 476 5919", .must = {"NHS 943 476 5919"}});
  all.push_back({.trap = "two of one name and birthday: the first", .mrn = "TW-1", .must = {"TW-1"}, .must_not = {"TW-2"}});
  all.push_back({.trap = "two of one name and birthday: the second", .mrn = "TW-2", .must = {"TW-2"}, .must_not = {"TW-1"}});
  all.push_back({.trap = "born in a year that is known and no more", .born = "1931", .must = {"\"birth_date\":\"1931\""}});
  all.push_back({.trap = "born in a month that is known and no more", .born = "1931-02", .must = {"\"birth_date\":\"1931-02\""}});
  all.push_back({.trap = "born on a leap day", .born = "2000-02-29", .must = {"\"birth_date\":\"2000-02-29\""}});
  all.push_back({.trap = "born on a day that was none is unreadable and not guessed", .born = "1900-02-29",
                 .must = {R"("birth_date":{"state":"unreadable","as_recorded":"1900-02-29"})"}});
  all.push_back({.trap = "born on no date at all", .born = "31/02/1975", .must = {"31/02/1975", "unreadable"}});
  all.push_back({.trap = "no birth date", .born = "", .must_not = {"birth_date"}});
  all.push_back({.trap = "born more than a hundred years ago", .born = "1899-12-31", .must = {"1899-12-31"}});
  all.push_back({.trap = "dead on a day", .died = "2026-02-01", .dead = true, .must = {"\"deceased\":true", "\"deceased_date\":\"2026-02-01\""}});
  all.push_back({.trap = "dead on a day that nobody recorded", .dead = true, .must = {"\"deceased\":true"}, .must_not = {"deceased_date"}});
  all.push_back({.trap = "sex is neither", .sex = "other", .must = {"\"sex\":\"other\""}});
  all.push_back({.trap = "sex is not recorded", .sex = "", .must_not = {"\"sex\""}});
  all.push_back({.trap = "a language in its own script", .language = "አማርኛ", .must = {"አማርኛ"}});
  all.push_back({.trap = "phones with an extension and from abroad", .phones = {"+44 20 7946 0958", "(555) 014-2000 x12"},
                 .must = {"+44 20 7946 0958", "(555) 014-2000 x12"}});
  return all;
}

}  // namespace

std::vector<Truth> truths_of_people() {
  std::vector<Truth> all = in_every_script();
  for (auto& part : {of_names(), of_particulars()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace tests
