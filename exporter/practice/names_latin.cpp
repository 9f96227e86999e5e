#include "exporter/practice/names.h"

namespace exporter {
namespace {

constexpr NamePart kEnglishWomen[] = {
    {"Emma", ""}, {"Olivia", ""}, {"Grace", ""}, {"Hannah", ""}, {"Abigail", ""}, {"Lily", ""}, {"Claire", ""},
    {"Megan", ""}, {"Rachel", ""}, {"Ruth", ""}, {"Dorothy", ""}, {"Helen", ""}, {"Margaret", ""}, {"Susan", ""},
    {"Karen", ""}, {"Linda", ""}, {"Patricia", ""}, {"Barbara", ""}, {"Elizabeth", ""}, {"Jennifer", ""},
    {"Amy", ""}, {"Nicole", ""}, {"Brianna", ""}, {"Destiny", ""}, {"Imani", ""}, {"Latoya", ""}, {"Mary-Kate", ""},
    {"Jo", ""}, {"Ivy", ""}, {"Penelope", ""}, {"Winifred", ""}, {"Beatrice", ""}, {"Zoe", ""}, {"Stephanie", ""}};
constexpr NamePart kEnglishMen[] = {
    {"James", ""}, {"John", ""}, {"Robert", ""}, {"Michael", ""}, {"William", ""}, {"David", ""}, {"Joseph", ""},
    {"Thomas", ""}, {"Charles", ""}, {"Daniel", ""}, {"Matthew", ""}, {"Anthony", ""}, {"Mark", ""}, {"Steven", ""},
    {"Paul", ""}, {"Andrew", ""}, {"Joshua", ""}, {"Kevin", ""}, {"Brian", ""}, {"George", ""}, {"Ethan", ""},
    {"Liam", ""}, {"Noah", ""}, {"Mason", ""}, {"Jayden", ""}, {"Tyrone", ""}, {"DeShawn", ""}, {"Al", ""},
    {"Bartholomew", ""}, {"Walter", ""}, {"Harold", ""}, {"Raymond", ""}, {"Ezekiel", ""}, {"Jon", ""}};
constexpr NamePart kEnglishFamilies[] = {
    {"Smith", ""}, {"Johnson", ""}, {"Williams", ""}, {"Brown", ""}, {"Jones", ""}, {"Miller", ""}, {"Davis", ""},
    {"Wilson", ""}, {"Anderson", ""}, {"Taylor", ""}, {"Moore", ""}, {"Jackson", ""}, {"White", ""}, {"Harris", ""},
    {"Clark", ""}, {"Lewis", ""}, {"Walker", ""}, {"Hall", ""}, {"Young", ""}, {"King", ""}, {"Wright", ""},
    {"Green", ""}, {"Baker", ""}, {"Carter", ""}, {"Phillips", ""}, {"Evans", ""}, {"Parker", ""}, {"Smythe", ""},
    {"Stewart", ""}, {"Stuart", ""}, {"Cooper", ""}, {"Washington", ""}, {"Freeman", ""}, {"Ox", ""},
    {"Featherstonehaugh", ""}, {"Fortescue-Cholmondeley", ""}, {"St. John", ""}, {"Van Buren", ""}};

constexpr NamePart kIrishWomen[] = {{"Siobhán", ""}, {"Aoife", ""}, {"Niamh", ""}, {"Maeve", ""}, {"Caoimhe", ""}, {"Bridget", ""}};
constexpr NamePart kIrishMen[] = {{"Seán", ""}, {"Ciarán", ""}, {"Pádraig", ""}, {"Eoin", ""}, {"Declan", ""}, {"Brendan", ""}};
constexpr NamePart kIrishFamilies[] = {{"O'Brien", ""}, {"O’Connor", ""}, {"O'Neill", ""}, {"McCarthy", ""}, {"MacDonald", ""}, {"Ní Dhomhnaill", ""}, {"Kelly", ""}};

constexpr NamePart kSpanishWomen[] = {
    {"María", ""}, {"María José", ""}, {"Guadalupe", ""}, {"Lucía", ""}, {"Sofía", ""}, {"Carmen", ""}, {"Ana", ""},
    {"Inés", ""}, {"Ximena", ""}, {"Rosa", ""}, {"Valentina", ""}, {"Esperanza", ""}, {"María del Carmen", ""}, {"Paz", ""}};
constexpr NamePart kSpanishMen[] = {
    {"José", ""}, {"Juan", ""}, {"Luis", ""}, {"Carlos", ""}, {"Jesús", ""}, {"Miguel Ángel", ""}, {"Andrés", ""},
    {"Iñigo", ""}, {"Raúl", ""}, {"Santiago", ""}, {"Ramón", ""}, {"Héctor", ""}, {"Diego", ""}, {"Mateo", ""}};
constexpr NamePart kSpanishFamilies[] = {
    {"García", ""}, {"Rodríguez", ""}, {"Martínez", ""}, {"Hernández", ""}, {"López", ""}, {"González", ""},
    {"Pérez", ""}, {"Sánchez", ""}, {"Ramírez", ""}, {"Torres", ""}, {"Núñez", ""}, {"Muñoz", ""}, {"Peña", ""},
    {"de la Cruz", ""}, {"Ibáñez", ""}, {"Garcia", ""}, {"Gonzales", ""}, {"Agüero", ""}};

constexpr NamePart kPortugueseWomen[] = {{"Fátima", ""}, {"Conceição", ""}, {"Inês", ""}, {"Beatriz", ""}, {"Luíza", ""}, {"Antônia", ""}};
constexpr NamePart kPortugueseMen[] = {{"João", ""}, {"António", ""}, {"Estêvão", ""}, {"Gonçalo", ""}, {"Caetano", ""}, {"Luís", ""}};
constexpr NamePart kPortugueseFamilies[] = {{"Conceição", ""}, {"Guimarães", ""}, {"da Silva", ""}, {"dos Santos", ""}, {"Araújo", ""}, {"Lourenço", ""}};

constexpr NamePart kFrenchWomen[] = {{"Élodie", ""}, {"Françoise", ""}, {"Anaïs", ""}, {"Zoë", ""}, {"Geneviève", ""}, {"Marie-Claude", ""}};
constexpr NamePart kFrenchMen[] = {{"François", ""}, {"Jean-Luc", ""}, {"Étienne", ""}, {"Benoît", ""}, {"Loïc", ""}, {"Noël", ""}};
constexpr NamePart kFrenchFamilies[] = {{"Lefèvre", ""}, {"Côté", ""}, {"L'Écuyer", ""}, {"Œuvrard", ""}, {"d'Aubigné", ""}, {"Bélanger", ""}, {"Toussaint", ""}};

constexpr NamePart kGermanWomen[] = {{"Käthe", ""}, {"Jördis", ""}, {"Ursula", ""}, {"Gudrun", ""}, {"Annegret", ""}, {"Heike", ""}};
constexpr NamePart kGermanMen[] = {{"Jürgen", ""}, {"Götz", ""}, {"Wolfgang", ""}, {"Karl-Heinz", ""}, {"Björn", ""}, {"Dietrich", ""}};
constexpr NamePart kGermanFamilies[] = {{"Müller", ""}, {"Groß", ""}, {"Schäfer", ""}, {"Weiß", ""}, {"Köhler", ""}, {"von der Heydt", ""}, {"Mueller", ""}, {"Wolfeschlegelsteinhausen", ""}};

constexpr NamePart kNordicWomen[] = {{"Åse", ""}, {"Sólveig", ""}, {"Þóra", ""}, {"Ingrid", ""}, {"Bergljót", ""}, {"Päivi", ""}};
constexpr NamePart kNordicMen[] = {{"Bjørn", ""}, {"Øystein", ""}, {"Þór", ""}, {"Åke", ""}, {"Jörgen", ""}, {"Ægir", ""}};
constexpr NamePart kNordicFamilies[] = {{"Sørensen", ""}, {"Ångström", ""}, {"Guðmundsdóttir", ""}, {"Hämäläinen", ""}, {"Ås", ""}, {"Bjørnstad", ""}};

constexpr NamePart kPolishWomen[] = {{"Małgorzata", ""}, {"Łucja", ""}, {"Zofia", ""}, {"Agnieszka", ""}, {"Żaneta", ""}, {"Grażyna", ""}};
constexpr NamePart kPolishMen[] = {{"Łukasz", ""}, {"Stanisław", ""}, {"Wojciech", ""}, {"Zbigniew", ""}, {"Michał", ""}, {"Józef", ""}};
constexpr NamePart kPolishFamilies[] = {{"Wójcik", ""}, {"Grzegorz", ""}, {"Błaszczyk", ""}, {"Dąbek", ""}, {"Wiśniewicz", ""}, {"Brzęczyszczykiewicz", ""}, {"Nowak", ""}};

constexpr NamePart kCzechWomen[] = {{"Božena", ""}, {"Šárka", ""}, {"Ľudmila", ""}, {"Jiřina", ""}, {"Kateřina", ""}};
constexpr NamePart kCzechMen[] = {{"Jiří", ""}, {"Ondřej", ""}, {"Čeněk", ""}, {"Zdeněk", ""}, {"Ľubomír", ""}};
constexpr NamePart kCzechFamilies[] = {{"Dvořák", ""}, {"Kříž", ""}, {"Šťastný", ""}, {"Ďurica", ""}, {"Őrsi", ""}, {"Erdős", ""}};

constexpr NamePart kTurkishWomen[] = {{"Ayşe", ""}, {"Gülşen", ""}, {"Çiğdem", ""}, {"İpek", ""}, {"Işıl", ""}};
constexpr NamePart kTurkishMen[] = {{"Oğuz", ""}, {"İsmail", ""}, {"Çağlar", ""}, {"Işık", ""}, {"Şükrü", ""}};
constexpr NamePart kTurkishFamilies[] = {{"Yıldız", ""}, {"Öztürk", ""}, {"Çelik", ""}, {"Şahin", ""}, {"Kılıç", ""}};

constexpr NamePart kVietnameseWomen[] = {{"Thị Hồng", ""}, {"Ngọc Ánh", ""}, {"Phương", ""}, {"Mỹ Linh", ""}, {"Thùy Dương", ""}, {"Lệ", ""}};
constexpr NamePart kVietnameseMen[] = {{"Văn Dũng", ""}, {"Minh Đức", ""}, {"Quốc Việt", ""}, {"Hữu Phước", ""}, {"Tuấn", ""}, {"Ý", ""}};
constexpr NamePart kVietnameseFamilies[] = {{"Nguyễn", ""}, {"Trần", ""}, {"Phạm", ""}, {"Lê", ""}, {"Đặng", ""}, {"Võ", ""}, {"Bùi", ""}};

constexpr NamePart kYorubaWomen[] = {{"Ọláídé", ""}, {"Adébọ́lá", ""}, {"Fọlákẹ́", ""}, {"Chidinma", ""}, {"Ngozi", ""}, {"Abẹ́ní", ""}};
constexpr NamePart kYorubaMen[] = {{"Olúṣẹ́gun", ""}, {"Adéwálé", ""}, {"Babátúndé", ""}, {"Chukwuemeka", ""}, {"Kọ́lá", ""}, {"Ayọ̀", ""}};
constexpr NamePart kYorubaFamilies[] = {{"Adéyẹmí", ""}, {"Ọbásànjọ́", ""}, {"Okonkwo", ""}, {"Balógun", ""}, {"Ṣówándé", ""}, {"Nwachukwu-Ogbonnaya", ""}};

constexpr NamePart kPacificWomen[] = {{"Keʻala", ""}, {"Leilani", ""}, {"Māhina", ""}, {"Kahelelani", ""}, {"Tjahaya", ""}};
constexpr NamePart kPacificMen[] = {{"Kekoa", ""}, {"Kaʻimi", ""}, {"Tāne", ""}, {"Wiremu", ""}, {"Slamet", ""}};
constexpr NamePart kPacificFamilies[] = {{"Kāneʻohe", ""}, {"Kamakawiwoʻole", ""}, {"Ngāwati", ""}, {"ʻAkana", ""}, {"Keihanaikukauakahihuliheekahaunaele", ""}};

constexpr NamePart kOneNameWomen[] = {{"Sukarti", ""}, {"Wulandari", ""}, {"Sri", ""}, {"Parwin", ""}, {"Dewi", ""}};
constexpr NamePart kOneNameMen[] = {{"Suparman", ""}, {"Harjono", ""}, {"Wibowo", ""}, {"Zalmai", ""}, {"U", ""}};

constexpr People kLatin[] = {
    {"English", "Latn", 430, false, kEnglishWomen, kEnglishMen, kEnglishFamilies},
    {"English", "Latn", 25, false, kIrishWomen, kIrishMen, kIrishFamilies},
    {"Spanish", "Latn", 170, false, kSpanishWomen, kSpanishMen, kSpanishFamilies},
    {"Portuguese", "Latn", 15, false, kPortugueseWomen, kPortugueseMen, kPortugueseFamilies},
    {"French", "Latn", 20, false, kFrenchWomen, kFrenchMen, kFrenchFamilies},
    {"German", "Latn", 25, false, kGermanWomen, kGermanMen, kGermanFamilies},
    {"English", "Latn", 15, false, kNordicWomen, kNordicMen, kNordicFamilies},
    {"Polish", "Latn", 15, false, kPolishWomen, kPolishMen, kPolishFamilies},
    {"Czech", "Latn", 6, false, kCzechWomen, kCzechMen, kCzechFamilies},
    {"Turkish", "Latn", 8, false, kTurkishWomen, kTurkishMen, kTurkishFamilies},
    {"Vietnamese", "Latn", 25, false, kVietnameseWomen, kVietnameseMen, kVietnameseFamilies},
    {"Yoruba", "Latn", 15, false, kYorubaWomen, kYorubaMen, kYorubaFamilies},
    {"English", "Latn", 6, false, kPacificWomen, kPacificMen, kPacificFamilies},
    {"Indonesian", "Latn", 5, true, kOneNameWomen, kOneNameMen, {}},
};

}  // namespace

std::span<const People> peoples_in_latin_letters() { return kLatin; }

}  // namespace exporter
