#include "exporter/practice/names.h"

namespace exporter {
namespace {

constexpr NamePart kRussianWomen[] = {{"Анна", "Anna"}, {"Ольга", "Olga"}, {"Наталья", "Natalya"}, {"Екатерина", "Ekaterina"}, {"Юлия", "Yulia"}, {"Любовь", "Lyubov"}};
constexpr NamePart kRussianMen[] = {{"Иван", "Ivan"}, {"Пётр", "Pyotr"}, {"Алексей", "Alexey"}, {"Сергей", "Sergei"}, {"Дмитрий", "Dmitry"}, {"Фёдор", "Fyodor"}};
constexpr NamePart kRussianFamilies[] = {{"Иванов", "Ivanov"}, {"Щербаков", "Shcherbakov"}, {"Хрущёв", "Khrushchev"}, {"Кузнецов", "Kuznetsov"}, {"Пушкин", "Pushkin"}, {"Жуков", "Zhukov"}};
constexpr NamePart kUkrainianWomen[] = {{"Оксана", "Oksana"}, {"Ірина", "Iryna"}, {"Соломія", "Solomiia"}, {"Леся", "Lesia"}};
constexpr NamePart kUkrainianMen[] = {{"Тарас", "Taras"}, {"Андрій", "Andrii"}, {"Богдан", "Bohdan"}, {"Євген", "Yevhen"}};
constexpr NamePart kUkrainianFamilies[] = {{"Коваленко", "Kovalenko"}, {"Шевченко", "Shevchenko"}, {"Гончар", "Honchar"}, {"Їжак", "Yizhak"}};

constexpr NamePart kGreekWomen[] = {{"Μαρία", "Maria"}, {"Ελένη", "Eleni"}, {"Αικατερίνη", "Aikaterini"}, {"Ευαγγελία", "Evangelia"}};
constexpr NamePart kGreekMen[] = {{"Γιώργος", "Giorgos"}, {"Νίκος", "Nikos"}, {"Κωνσταντίνος", "Konstantinos"}, {"Άγγελος", "Angelos"}};
constexpr NamePart kGreekFamilies[] = {{"Αγγέλου", "Angelou"}, {"Δημητρίου", "Dimitriou"}, {"Ξενάκη", "Xenaki"}, {"Οικονόμου", "Oikonomou"}};

constexpr NamePart kArabicWomen[] = {{"فاطمة", "Fatima"}, {"مريم", "Maryam"}, {"عائشة", "Aisha"}, {"ليلى", "Layla"}, {"نور", "Nour"}};
constexpr NamePart kArabicMen[] = {{"محمد", "Mohammed"}, {"أحمد", "Ahmad"}, {"عبد الرحمن", "Abd al-Rahman"}, {"يوسف", "Yusuf"}, {"خالد", "Khalid"}};
constexpr NamePart kArabicFamilies[] = {{"الحسن", "Al-Hassan"}, {"الخطيب", "El-Khatib"}, {"حداد", "Haddad"}, {"النجار", "Al-Najjar"}, {"خوري", "Khoury"}};
constexpr NamePart kPersianWomen[] = {{"شیرین", "Shirin"}, {"پریسا", "Parisa"}, {"ژاله", "Zhaleh"}, {"گلناز", "Golnaz"}};
constexpr NamePart kPersianMen[] = {{"بهرام", "Bahram"}, {"کوروش", "Kourosh"}, {"پرویز", "Parviz"}, {"رضا", "Reza"}};
constexpr NamePart kPersianFamilies[] = {{"تهرانی", "Tehrani"}, {"کریمی", "Karimi"}, {"پارسا", "Parsa"}, {"گلستانی", "Golestani"}};

constexpr NamePart kHebrewWomen[] = {{"שרה", "Sarah"}, {"רחל", "Rachel"}, {"נועה", "Noa"}, {"יעל", "Yael"}};
constexpr NamePart kHebrewMen[] = {{"משה", "Moshe"}, {"יצחק", "Yitzhak"}, {"אברהם", "Avraham"}, {"אורי", "Uri"}};
constexpr NamePart kHebrewFamilies[] = {{"כהן", "Cohen"}, {"לוי", "Levi"}, {"בן־דוד", "Ben-David"}, {"פרידמן", "Friedman"}};

constexpr NamePart kChineseWomen[] = {{"丽华", "Lihua"}, {"秀英", "Xiuying"}, {"雨桐", "Yutong"}, {"芳", "Fang"}, {"淑芬", "Shufen"}};
constexpr NamePart kChineseMen[] = {{"小明", "Xiaoming"}, {"建国", "Jianguo"}, {"伟", "Wei"}, {"志强", "Zhiqiang"}, {"浩然", "Haoran"}};
constexpr NamePart kChineseFamilies[] = {{"王", "Wang"}, {"李", "Li"}, {"张", "Zhang"}, {"陳", "Chen"}, {"歐陽", "Ouyang"}, {"吴", "Wu"}};

constexpr NamePart kJapaneseWomen[] = {{"花子", "Hanako", "ハナコ"}, {"さくら", "Sakura", "サクラ"}, {"美咲", "Misaki", "ミサキ"}, {"陽子", "Yoko", "ヨウコ"}};
constexpr NamePart kJapaneseMen[] = {{"太郎", "Taro", "タロウ"}, {"健一", "Ken'ichi", "ケンイチ"}, {"翔", "Sho", "ショウ"}, {"大輔", "Daisuke", "ダイスケ"}};
constexpr NamePart kJapaneseFamilies[] = {{"田中", "Tanaka", "タナカ"}, {"佐藤", "Sato", "サトウ"}, {"渡邊", "Watanabe", "ワタナベ"}, {"大野", "Ono", "オオノ"}};

constexpr NamePart kKoreanWomen[] = {{"영희", "Younghee"}, {"지민", "Ji-min"}, {"서연", "Seo-yeon"}, {"은주", "Eunju"}};
constexpr NamePart kKoreanMen[] = {{"철수", "Cheolsu"}, {"민준", "Min-jun"}, {"현우", "Hyun-woo"}, {"성호", "Seongho"}};
constexpr NamePart kKoreanFamilies[] = {{"김", "Kim"}, {"이", "Lee"}, {"박", "Park"}, {"최", "Choi"}, {"황보", "Hwangbo"}};

constexpr NamePart kHindiWomen[] = {{"प्रिया", "Priya"}, {"लक्ष्मी", "Lakshmi"}, {"अनीता", "Anita"}, {"कृष्णा", "Krishna"}};
constexpr NamePart kHindiMen[] = {{"राहुल", "Rahul"}, {"विक्रम", "Vikram"}, {"श्रीनिवास", "Shrinivas"}, {"अर्जुन", "Arjun"}};
constexpr NamePart kHindiFamilies[] = {{"शर्मा", "Sharma"}, {"वर्मा", "Verma"}, {"गुप्ता", "Gupta"}, {"त्रिपाठी", "Tripathi"}};

constexpr NamePart kBengaliWomen[] = {{"তাসলিমা", "Taslima"}, {"শ্রাবণী", "Shrabani"}, {"রুমা", "Ruma"}};
constexpr NamePart kBengaliMen[] = {{"রহিম", "Rahim"}, {"সৌরভ", "Sourav"}, {"অমিত", "Amit"}};
constexpr NamePart kBengaliFamilies[] = {{"চৌধুরী", "Chowdhury"}, {"ব্যানার্জি", "Banerjee"}, {"ইসলাম", "Islam"}};

constexpr NamePart kTamilWomen[] = {{"மீனாட்சி", "Meenakshi"}, {"கமலா", "Kamala"}, {"செல்வி", "Selvi"}};
constexpr NamePart kTamilMen[] = {{"முருகன்", "Murugan"}, {"கார்த்திக்", "Karthik"}, {"செந்தில்", "Senthil"}};
constexpr NamePart kTamilFamilies[] = {{"சுப்பிரமணியன்", "Subramanian"}, {"ராஜன்", "Rajan"}, {"ஐயர்", "Iyer"}};

constexpr NamePart kThaiWomen[] = {{"สมหญิง", "Somying"}, {"มาลี", "Mali"}, {"พิมพ์ใจ", "Pimjai"}};
constexpr NamePart kThaiMen[] = {{"สมชาย", "Somchai"}, {"ณัฐพล", "Natthaphon"}, {"วิชัย", "Wichai"}};
constexpr NamePart kThaiFamilies[] = {{"ศรีสุวรรณ", "Srisuwan"}, {"แก้วมณี", "Kaewmanee"}, {"วงศ์ไพศาลสุวรรณ", "Wongpaisarnsuwan"}};

constexpr NamePart kAmharicWomen[] = {{"አልማዝ", "Almaz"}, {"ትዕግስት", "Tigist"}, {"ሰላም", "Selam"}};
constexpr NamePart kAmharicMen[] = {{"አበበ", "Abebe"}, {"ተስፋዬ", "Tesfaye"}, {"ዳዊት", "Dawit"}};
constexpr NamePart kAmharicFamilies[] = {{"በቀለ", "Bekele"}, {"ገብረ", "Gebre"}, {"ኃይሉ", "Hailu"}};

constexpr NamePart kGeorgianWomen[] = {{"ნინო", "Nino"}, {"თამარ", "Tamar"}, {"ქეთევან", "Ketevan"}};
constexpr NamePart kGeorgianMen[] = {{"გიორგი", "Giorgi"}, {"ლევან", "Levan"}, {"ზურაბ", "Zurab"}};
constexpr NamePart kGeorgianFamilies[] = {{"მჭედლიშვილი", "Mchedlishvili"}, {"ბერიძე", "Beridze"}, {"კაპანაძე", "Kapanadze"}};

constexpr NamePart kArmenianWomen[] = {{"Անահիտ", "Anahit"}, {"Մարիամ", "Mariam"}, {"Նարե", "Nare"}};
constexpr NamePart kArmenianMen[] = {{"Արամ", "Aram"}, {"Հայկ", "Hayk"}, {"Տիգրան", "Tigran"}};
constexpr NamePart kArmenianFamilies[] = {{"Հակոբյան", "Hakobyan"}, {"Սարգսյան", "Sargsyan"}, {"Տեր-Պետրոսյան", "Ter-Petrosyan"}};

constexpr People kOther[] = {
    {"Russian", "Cyrl", 25, false, kRussianWomen, kRussianMen, kRussianFamilies},
    {"Ukrainian", "Cyrl", 12, false, kUkrainianWomen, kUkrainianMen, kUkrainianFamilies},
    {"Greek", "Grek", 8, false, kGreekWomen, kGreekMen, kGreekFamilies},
    {"Arabic", "Arab", 22, false, kArabicWomen, kArabicMen, kArabicFamilies},
    {"Persian", "Arab", 10, false, kPersianWomen, kPersianMen, kPersianFamilies},
    {"Hebrew", "Hebr", 8, false, kHebrewWomen, kHebrewMen, kHebrewFamilies},
    {"Chinese", "Hani", 30, false, kChineseWomen, kChineseMen, kChineseFamilies},
    {"Japanese", "Hani", 10, false, kJapaneseWomen, kJapaneseMen, kJapaneseFamilies},
    {"Korean", "Hang", 15, false, kKoreanWomen, kKoreanMen, kKoreanFamilies},
    {"Hindi", "Deva", 15, false, kHindiWomen, kHindiMen, kHindiFamilies},
    {"Bengali", "Beng", 8, false, kBengaliWomen, kBengaliMen, kBengaliFamilies},
    {"Tamil", "Taml", 8, true, kTamilWomen, kTamilMen, kTamilFamilies},
    {"Thai", "Thai", 8, false, kThaiWomen, kThaiMen, kThaiFamilies},
    {"Amharic", "Ethi", 10, false, kAmharicWomen, kAmharicMen, kAmharicFamilies},
    {"Georgian", "Geor", 5, false, kGeorgianWomen, kGeorgianMen, kGeorgianFamilies},
    {"Armenian", "Armn", 6, false, kArmenianWomen, kArmenianMen, kArmenianFamilies},
};

}  // namespace

std::span<const People> peoples_in_other_letters() { return kOther; }

}  // namespace exporter
