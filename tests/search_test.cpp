#include "app/snapshot/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/snapshot/search_reason.h"
#include "exporter/copy/search_builder.h"

namespace {

using Parts = std::map<std::string, std::string>;
using Charts = std::vector<app::ChartId>;

app::Chart person(const std::string& family, const std::string& given, const std::string& born, const std::string& mrn,
                  const std::string& phone = "") {
  app::Chart chart;
  chart.emr_key = "key-" + mrn;
  chart.mrn = mrn;
  chart.names = {{"official", "", "", given, family, "", ""}};
  chart.birth_date = app::read_date(born);
  chart.sex = "Female";
  if (!phone.empty()) chart.telecom = {{"phone", "home", phone}};
  chart.addresses = {{"home", "1 Elm Street", "Springfield", "MA", "01101", "US"}};
  return chart;
}

Parts parts_of(const std::vector<app::Chart>& charts) {
  exporter::SearchIndexBuilder builder(std::filesystem::temp_directory_path());
  for (std::size_t i = 0; i < charts.size(); ++i) EXPECT_TRUE(builder.add(static_cast<app::ChartId>(i + 1), charts[i]).ok());
  auto finished = builder.finish();
  EXPECT_TRUE(finished.ok());
  Parts parts;
  for (const exporter::SearchPart& part : finished.value()) parts.emplace(part.name, part.bytes);
  return parts;
}

app::Result<app::SearchIndex> load(const Parts& parts) {
  return app::SearchIndex::load([&parts](std::string_view name) -> app::Result<std::string> {
    const auto found = parts.find(std::string(name));
    if (found == parts.end()) return app::Error{app::Code::damaged, "a part is missing", ""};
    return found->second;
  });
}

class Search : public testing::Test {
 protected:
  Search() : index_(make()) {}

  static app::SearchIndex make() {
    std::vector<app::Chart> charts = {
        person("Smith", "John Robert", "1975-03-04", "10442", "(555) 123-4567"),        // 1
        person("Smythe", "Joan", "1980-12-25", "10443", "555-987-6543"),                // 2
        person("Müller", "Jürgen", "1962-07-01", "20001", "+49 89 1234567"),            // 3
        person("Щербаков", "Ольга", "1990-01-31", "20002"),                             // 4
        person("王", "小明", "2001-05-06", "20003"),                                    // 5
        person("O'Brien", "Siobhán", "1955-11-30", "20004", "07700 900123"),            // 6
        person("Garcia-Lopez", "María José", "1988-02-29", "A-0077", "1-555-333-2222"), // 7
        person("Macdonald", "Fergus", "1947", "20006"),                                 // 8
        person("de la Cruz", "Ana", "1975-03-19", "20007"),                             // 9
        person("John", "Adam", "1999-09-09", "20008"),                                  // 10
        person("محمد", "أحمد", "1970-10-10", "20009"),                                  // 11
    };
    charts[0].names.push_back({"nickname", "", "", "Jack", "", "", ""});
    charts[1].names.push_back({"maiden", "", "", "Joan", "Fotheringay", "", ""});
    charts[3].identifiers = {{"Insurance", "", "QX-99 812"}};
    charts[7].deceased = true;
    charts[10].names.push_back({"official", "Latn", "", "Ahmed", "Mohammed", "", ""});
    return std::move(load(parts_of(charts))).value();
  }

  Charts find(const std::string& typed) {
    Charts charts;
    for (const app::Hit& hit : hits(typed).hits) charts.push_back(hit.chart);
    return charts;
  }
  app::Hits hits(const std::string& typed, std::size_t most = 50) {
    return index_.find(typed, most, app::read_date("2026-11-22").value());
  }
  bool finds(const std::string& typed, app::ChartId chart) {
    const Charts charts = find(typed);
    return std::find(charts.begin(), charts.end(), chart) != charts.end();
  }
  // The first hit, and the only one that fits what was typed without assuming an error.
  bool finds_alone(const std::string& typed, app::ChartId chart) {
    const app::Hits found = hits(typed);
    const auto exact = std::count_if(found.hits.begin(), found.hits.end(), [](const app::Hit& hit) { return hit.exact; });
    return exact == 1 && found.hits[0].chart == chart;
  }

  app::SearchIndex index_;
};

TEST_F(Search, FindsByFamilyNameWithoutCaseAndAccents) {
  for (const std::string typed : {"smith", "SMITH", "Smith ", "  smith,"}) EXPECT_TRUE(finds_alone(typed, 1)) << typed;
  for (const std::string typed : {"muller", "MÜLLER", "mueller", "Mu\xCC\x88ller"}) EXPECT_TRUE(finds(typed, 3)) << typed;
  EXPECT_TRUE(finds_alone("siobhan", 6));
  EXPECT_TRUE(finds_alone("maria", 7));
}

TEST_F(Search, FindsAnyPartOfAnyNameInAnyOrder) {
  for (const std::string typed : {"smith john", "john smith", "Smith, John", "robert smith", "smi joh", "jack smith", "joh rob smi"}) {
    EXPECT_TRUE(finds_alone(typed, 1)) << typed;
  }
  EXPECT_TRUE(finds_alone("fotheringay", 2));
  EXPECT_TRUE(finds_alone("lopez", 7));
  EXPECT_TRUE(finds_alone("maria lopez garcia", 7));
  EXPECT_TRUE(finds_alone("mr john smith", 1));
}

TEST_F(Search, FindsNamesHoweverTheyAreDivided) {
  for (const std::string typed : {"obrien", "o'brien", "O’Brien", "o brien", "brien"}) EXPECT_TRUE(finds_alone(typed, 6)) << typed;
  for (const std::string typed : {"macdonald", "mac donald"}) EXPECT_TRUE(finds_alone(typed, 8)) << typed;
  for (const std::string typed : {"de la cruz", "delacruz", "cruz"}) EXPECT_TRUE(finds_alone(typed, 9)) << typed;
  for (const std::string typed : {"garcia-lopez", "garcia lopez", "garcialopez"}) EXPECT_TRUE(finds_alone(typed, 7)) << typed;
}

TEST_F(Search, FindsNamesOfOtherScriptsInTheirOwnAndInLatinLetters) {
  for (const std::string typed : {"Щербаков", "щерб", "shcherbakov", "serbakov", "olga"}) EXPECT_TRUE(finds(typed, 4)) << typed;
  for (const std::string typed : {"王小明", "小明", "wang xiaoming", "xiao ming", "wangxiaoming", "王"}) EXPECT_TRUE(finds(typed, 5)) << typed;
  for (const std::string typed : {"محمد", "mohammed", "ahmed mohammed", "muhammad", "mohamed"}) EXPECT_TRUE(finds(typed, 11)) << typed;
}

TEST_F(Search, FindsDespiteOneErrorOfEachKind) {
  for (const std::string typed : {"smoth", "smitth", "smth", "simth", "fothernigay", "fotheringhay", "foteringay", "fotherinxay"}) {
    const Charts charts = find(typed);
    ASSERT_FALSE(charts.empty()) << typed;
    EXPECT_EQ(charts[0], typed[0] == 'f' ? 2u : 1u) << typed;
    EXPECT_FALSE(hits(typed).hits[0].exact) << typed;
  }
  EXPECT_TRUE(finds("smoth jonh", 1));
  EXPECT_TRUE(finds("jon smit", 1));
}

TEST_F(Search, FindsDespiteTwoErrorsInALongNameAndInUnfinishedWords) {
  EXPECT_TRUE(finds("fottheringai", 2));
  EXPECT_TRUE(finds("fothrin", 2));
  EXPECT_TRUE(finds("mcdonnald", 8));
}

TEST_F(Search, FindsWhatSoundsAlike) {
  EXPECT_TRUE(finds("mohamad", 11));
  EXPECT_TRUE(finds("shcherbakof", 4));
  EXPECT_TRUE(finds("smithe", 2));
}

TEST_F(Search, ThreeLettersAreTakenAsTypedAndOnlyNamesThatAreSaidAlikeComeToo) {
  std::vector<app::Chart> charts;
  int number = 0;
  for (const char* family : {"Smith", "Smythe", "Simmons", "Sims", "Amir", "Smalls", "Semir", "Salmi", "Schmidt"})
    charts.push_back(person(family, "Anna", "1975-01-01", std::to_string(++number)));
  app::SearchIndex index = std::move(load(parts_of(charts))).value();
  const auto found = index.find("smi", 50, app::read_date("2026-11-22").value()).hits;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].name, "SMITH, Anna");
  EXPECT_EQ(found[1].name, "SMYTHE, Anna");
  EXPECT_FALSE(found[1].exact);
  // Where nobody is found as typed, an error is assumed as ever.
  EXPECT_FALSE(index.find("smx", 50, app::read_date("2026-11-22").value()).hits.empty());
}

TEST_F(Search, FindsWhomSomebodyCallsForByTheirTelephone) {
  std::vector<app::Chart> charts = {person("Young", "Tim", "2019-01-01", "1"), person("Other", "Ann", "1950-01-01", "2")};
  app::Contact mother;
  mother.text = "Mary Jones";
  mother.relationship = "mother";
  mother.telecom = {{"phone", "mobile", "(555) 018-7766"}, {"email", "", "mary5550181111@example.org"}};
  charts[0].contacts.add(mother);
  app::SearchIndex index = std::move(load(parts_of(charts))).value();
  const app::Date today = app::read_date("2026-11-22").value();
  const auto found = index.find("0187766", 50, today).hits;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(app::explains_itself(found[0], "0187766", today));
  EXPECT_EQ(app::explain_hit(found[0], charts[0], "0187766", today), "phone of Mary Jones (mother)");
  EXPECT_TRUE(index.find("5550181111", 50, today).hits.empty());
}

TEST_F(Search, SaysWhyAHitIsThereThatShowsNothingOfWhatWasTyped) {
  const app::Date today = app::read_date("2026-11-22").value();
  app::Chart chart = person("Smythe", "Joan", "1980-12-25", "10443", "555-987-6543");
  chart.names.push_back({"maiden", "", "", "Joan", "Fotheringay", "", ""});
  chart.names.push_back({"nickname", "", "", "Jo-Jo", "", "", ""});
  chart.telecom.push_back({"phone", "work", "555-222-3333"});
  chart.identifiers = {{"Insurance", "", "QX-99 812"}};
  const app::Hit hit = hits("10443").hits[0];
  const std::map<std::string, std::string> reasons = {{"fother", "maiden name FOTHERINGAY, Joan"},
                                                      {"joan fother", "maiden name FOTHERINGAY, Joan"},
                                                      {"2223333", "work phone 555-222-3333"},
                                                      {"qx99", "Insurance QX-99 812"},
                                                      {"fother 2223333", "maiden name FOTHERINGAY, Joan, work phone 555-222-3333"}};
  for (const auto& [typed, reason] : reasons) {
    EXPECT_FALSE(app::explains_itself(hit, typed, today)) << typed;
    EXPECT_EQ(app::explain_hit(hit, chart, typed, today), reason) << typed;
  }
  for (const std::string typed : {"smy", "joan smy", "10443", "smy 25/12/80", "6543", "dec 1980", "joan 10443"})
    EXPECT_TRUE(app::explains_itself(hit, typed, today)) << typed;
}

TEST_F(Search, SaysWhichFormerNameAHitIsLikeThatIsNotSpelledAsTyped) {
  const app::Date today = app::read_date("2026-11-22").value();
  app::Chart chart = person("Brookbourne", "Zoe", "1984-11-20", "10443");
  chart.names.push_back({"maiden", "", "", "Zoe", "Smythe", "", ""});
  app::Hit hit;
  hit.name = "BROOKBOURNE, Zoe";
  hit.born = "1984-11-20";
  hit.exact = false;
  for (const std::string typed : {"smi", "smith", "zoe smith", "smiht"}) {
    EXPECT_FALSE(app::explains_itself(hit, typed, today)) << typed;
    EXPECT_EQ(app::explain_hit(hit, chart, typed, today), "maiden name SMYTHE, Zoe") << typed;
  }
  for (const std::string typed : {"brokbourne", "zeo", "brookburn 1984"}) EXPECT_TRUE(app::explains_itself(hit, typed, today)) << typed;
}

TEST_F(Search, FindsByBirthDateHoweverItIsTyped) {
  for (const std::string typed : {"4/3/1975", "1975-03-04", "04.03.75", "4 3 75", "4 mar 1975", "March 4, 1975", "04031975", "19750304", "3/4/75"}) {
    EXPECT_TRUE(finds_alone(typed, 1)) << typed;
  }
  EXPECT_EQ(find("mar 1975"), (Charts{9, 1}));
  EXPECT_TRUE(finds_alone("1947", 8));
  EXPECT_EQ(find("31/2/1975"), Charts{});
}

TEST_F(Search, FindsByTheFirstOrLastDigitsOfATelephoneNumber) {
  for (const std::string typed : {"5551234567", "555 123 4567", "(555) 123-4567", "555-123-4567", "4567", "567", "555123", "555-12", "1234567"}) {
    EXPECT_TRUE(finds(typed, 1)) << typed;
  }
  EXPECT_TRUE(finds_alone("555-123-4567", 1));
  for (const std::string typed : {"+1 555 333 2222", "555 333 2222", "5553332222", "555333", "15553332222"}) EXPECT_TRUE(finds(typed, 7)) << typed;
  for (const std::string typed : {"07700 900123", "077009", "7700900", "900123"}) {
    EXPECT_TRUE(finds(typed, 6)) << typed;
  }
  for (const std::string typed : {"+49 89 1234567", "089 1234567", "0049 89 123", "89 123"}) EXPECT_TRUE(finds(typed, 3)) << typed;
}

TEST_F(Search, FindsByMrnOtherNumbersAndTheirBeginnings) {
  EXPECT_EQ(find("10442")[0], 1u);
  EXPECT_TRUE(finds("1044", 1));
  EXPECT_TRUE(finds("1044", 2));
  for (const std::string typed : {"A-0077", "a0077", "A 0077", "a-00", "77"}) EXPECT_TRUE(finds(typed, 7)) << typed;
  for (const std::string typed : {"QX-99 812", "qx99812", "qx99"}) EXPECT_TRUE(finds(typed, 4)) << typed;
  EXPECT_TRUE(finds("key-20001", 3));
}

TEST_F(Search, ExactMrnComesBeforeEverythingElse) {
  std::vector<app::Chart> charts = {person("Adams", "Ann", "1975-01-01", "1", "19751975"), person("Baker", "Bob", "1950-01-01", "19750"), person("Zuse", "Zoe", "1950-01-01", "1975")};
  app::SearchIndex index = std::move(load(parts_of(charts))).value();
  const app::Hits found = index.find("1975", 10, app::read_date("2026-11-22").value());
  ASSERT_EQ(found.hits.size(), 3u);
  EXPECT_EQ(found.hits[0].chart, 3u);
  EXPECT_EQ(found.hits[1].chart, 2u);
}

TEST_F(Search, FindsByMixtures) {
  for (const std::string typed : {"smi 4/3/75", "4/3/75 smi", "smith 555", "75 john smith", "smith 10442", "john 1975-03-04 smi", "smith mar 1975", "smith 4 3 75 4567", "smith 4567 4 mar 75", "smith born 4/3/75", "SMITH, John MRN 10442"}) {
    EXPECT_TRUE(finds_alone(typed, 1)) << typed;
  }
  EXPECT_EQ(find("smith 1980"), Charts{2});  // only as a typing error of Smythe
  EXPECT_EQ(find("fergus 31/12/1999"), Charts{});
  EXPECT_TRUE(finds_alone("75 ana", 9));
  EXPECT_TRUE(finds("smoth 75", 1));
}

TEST_F(Search, KeepsOnFindingWhileADateIsBeingTyped) {
  const std::string typed = "smi 4/3/1975";
  for (std::size_t length = 1; length <= typed.size(); ++length) {
    EXPECT_TRUE(finds(typed.substr(0, length), 1)) << typed.substr(0, length);
  }
}

TEST_F(Search, NonsenseFindsNobody) {
  for (const std::string typed : {"xqzwkv", "smith xqzwkv", "99999999999", "smith 31/02/1975", "\xFF\xFE", "😀", "(", "---"}) {
    EXPECT_EQ(find(typed), Charts{}) << typed;
    EXPECT_EQ(hits(typed).total, 0u) << typed;
  }
}

TEST_F(Search, NothingTypedFindsNobody) {
  EXPECT_EQ(find(""), Charts{});
  EXPECT_EQ(find("   "), Charts{});
}

TEST_F(Search, HitsCarryWhatAListShows) {
  const app::Hits found = hits("smith 10442");
  ASSERT_EQ(found.hits.size(), 1u);
  const app::Hit& hit = found.hits[0];
  EXPECT_EQ(hit.name, "SMITH, John Robert");
  EXPECT_EQ(hit.born, "1975-03-04");
  EXPECT_EQ(hit.sex, "Female");
  EXPECT_EQ(hit.mrn, "10442");
  EXPECT_EQ(hit.phone, "(555) 123-4567");
  EXPECT_EQ(hit.town, "Springfield");
  EXPECT_FALSE(hit.deceased);
  EXPECT_TRUE(hit.exact);
  EXPECT_TRUE(hits("macdonald").hits[0].deceased);
  EXPECT_EQ(hits("macdonald").hits[0].born, "1947");
}

TEST_F(Search, FamilyNamesComeBeforeGivenNamesAndWholeNamesBeforeBeginnings) {
  EXPECT_EQ(find("john"), (Charts{10, 1, 2}));
  EXPECT_EQ(find("smi")[0], 1u);
}

TEST_F(Search, TheFirstFamilyNameComesBeforeOneThatStandsLater) {
  std::vector<app::Chart> charts;
  int number = 0;
  for (const auto& [family, given] : {std::pair{"Ag\u00FCero Garcia", "Eva"}, {"Garc\u00EDa", "Mar\u00EDa"}, {"Abad", "Garc"},
                                      {"De la Garcia", "Ana"}, {"GARCIA-LOPEZ", "Ana"}, {"Garbo", "Greta"}, {"Garden", "Eva"}})
    charts.push_back(person(family, given, "1975-01-01", std::to_string(++number)));
  app::SearchIndex index = std::move(load(parts_of(charts))).value();
  const auto names = [&](std::string_view typed) {
    Charts found;
    for (const app::Hit& hit : index.find(typed, 50, app::read_date("2026-11-22").value()).hits)
      if (hit.exact) found.push_back(hit.chart);
    return found;
  };
  EXPECT_EQ(names("garci"), (Charts{2, 5, 1, 4}));
  EXPECT_EQ(names("garcia"), (Charts{2, 5, 1, 4}));
  EXPECT_EQ(names("garcia 1975"), (Charts{2, 5, 1, 4}));
  EXPECT_EQ(names("ana garci"), (Charts{5, 4}));
  EXPECT_EQ(names("e gar"), (Charts{7, 1})) << "whichever word of what was typed it is";
}

TEST_F(Search, HitsOfOneKindComeInTheOrderOfNames) {
  EXPECT_EQ(find("2000"), (Charts{9, 10, 8, 3, 6, 4, 11, 5}));
}

TEST_F(Search, TotalCountsThoseThatAreNotListed) {
  const app::Hits found = hits("2000", 3);
  EXPECT_EQ(found.hits.size(), 3u);
  EXPECT_EQ(found.total, 8u);
  EXPECT_FALSE(found.more);
}

TEST_F(Search, FindsMrnExactly) {
  EXPECT_EQ(index_.find_mrn("10442"), Charts{1});
  EXPECT_EQ(index_.find_mrn("a-0077"), Charts{7});
  EXPECT_EQ(index_.find_mrn("KEY-20001"), Charts{3});
  EXPECT_EQ(index_.find_mrn("1044"), Charts{});
  EXPECT_EQ(index_.find_mrn("QX-99 812"), Charts{});
  EXPECT_EQ(index_.find_mrn(""), Charts{});
  app::SearchIndex alike = std::move(load(parts_of({person("A", "A", "", "1-23"), person("B", "B", "", "12-3")}))).value();
  EXPECT_EQ(alike.find_mrn("12-3"), Charts{2});
}

TEST(SearchIndex, OfNobodyFindsNobody) {
  auto index = load(parts_of({}));
  ASSERT_TRUE(index.ok());
  EXPECT_EQ(index.value().patients(), 0u);
  EXPECT_EQ(index.value().find("smith 75", 10, app::read_date("2026-11-22").value()).total, 0u);
}

TEST(SearchIndex, PatientWithoutAnythingIsKeptAndNamelessOnesDoNoHarm) {
  auto index = load(parts_of({app::Chart{}, person("Smith", "John", "", "1")}));
  ASSERT_TRUE(index.ok());
  EXPECT_EQ(index.value().patients(), 2u);
  EXPECT_EQ(index.value().find("smith", 10, app::read_date("2026-11-22").value()).total, 1u);
}

TEST(SearchIndex, DamageIsNoticedOrHarmless) {
  const Parts whole = parts_of({person("Smith", "John", "1975-03-04", "10442", "555-123-4567"), person("Müller", "Eva", "1980-01-01", "2", "555-765-4321")});
  for (const auto& [name, bytes] : whole) {
    Parts parts = whole;
    parts.erase(name);
    EXPECT_FALSE(load(parts).ok()) << name << " is missing";
    if (bytes.empty()) continue;
    parts = whole;
    parts[name].pop_back();
    const auto cut = load(parts);
    EXPECT_FALSE(cut.ok()) << name << " is cut";
    if (!cut.ok()) { EXPECT_EQ(cut.error().code, app::Code::damaged); }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const char value : {'\x00', '\x7F', '\xFF'}) {
        parts = whole;
        parts[name][at] = value;
        auto index = load(parts);
        if (!index.ok()) continue;
        for (const char* typed : {"smith", "smoth", "muller 2", "555", "4567", "1975", "10"}) {
          EXPECT_LE(index.value().find(typed, 10, app::read_date("2026-11-22").value()).total, 2u);
        }
      }
    }
  }
}

}  // namespace
