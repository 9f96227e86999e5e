// Where documents come from: files in the EMR's folder and nowhere else, FHIR attachments of every kind.
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <map>
#include <set>

#include "exporter/emr/document_files_posix.h"
#include "exporter/emr/fhir_source.h"
#include "tests/command.h"

namespace {

namespace fs = std::filesystem;
using app::Code;
using exporter::DocumentFolder;

// Reads whatever is offered, and says what it read.
class Reader : public exporter::DocumentKeeper {
 public:
  app::DocumentContent keep(const exporter::DocumentOffer& offer) override {
    keys.insert(offer.key);
    app::DocumentContent content;
    const auto opened = offer.open();
    content.state = opened.ok() ? app::Presence::known : app::Presence::not_in_copy;
    if (!opened.ok()) {
      content.reason = opened.error().what;
      return content;
    }
    char piece[7];
    for (;;) {
      const auto got = opened.value()->read(piece, sizeof piece);
      if (!got.ok()) return app::DocumentContent{app::Presence::unreadable, "", "", 0, got.error().what};
      if (got.value() == 0) break;
      content.id.append(piece, got.value());
    }
    content.bytes = content.id.size();
    return content;
  }
  std::set<std::string> keys;
};

class DocumentFiles : public testing::Test {
 protected:
  DocumentFiles() {
    fs::create_directories(root() / "1");
    tests::write(root() / "1/a b.pdf", "pages");
    tests::write(folder_.path() / "secret", "secret");
  }
  fs::path root() const { return folder_.path() / "documents"; }
  std::string read(const std::string& place) const {
    Reader reader;
    const auto content = exporter::offer_file(reader, DocumentFolder(root()), place, "key", "", "");
    return content.state == app::Presence::known ? content.id : "NOT " + content.reason;
  }
  tests::TemporaryFolder folder_;
};

TEST_F(DocumentFiles, AreFoundByEveryWayOfNamingThem) {
  const std::string absolute = (root() / "1/a b.pdf").string();
  for (const std::string& place : {std::string("1/a b.pdf"), std::string("./1//a b.pdf"), std::string("1/../1/a b.pdf"), absolute,
                                   "file://" + absolute, "file://localhost" + absolute, "file://" + (root() / "1/a%20b.pdf").string()}) {
    EXPECT_EQ(read(place), "pages") << place;
  }
}

TEST_F(DocumentFiles, OutsideOfTheFolderAreNeverRead) {
  fs::create_symlink(folder_.path() / "secret", root() / "link");
  fs::create_symlink(folder_.path(), root() / "way");
  fs::create_hard_link(folder_.path() / "secret", folder_.path() / "documents-secret");
  ASSERT_EQ(::mkfifo((root() / "pipe").c_str(), 0600), 0);
  for (const std::string& place :
       {std::string("../secret"), std::string("1/../../secret"), (folder_.path() / "secret").string(), std::string("link"),
        std::string("way/secret"), (root() / "../secret").string(), "file://" + (folder_.path() / "secret").string(),
        "file://" + root().string() + "/%2e%2e/secret", (folder_.path() / "documents-secret").string(), std::string("/etc/passwd"),
        std::string(""), std::string("."), std::string("1"), std::string("pipe"), std::string("a\0b", 3)}) {
    EXPECT_EQ(read(place).substr(0, 4), "NOT ") << place;
  }
  EXPECT_EQ(read("https://emr.example/scan.pdf"), "NOT the EMR keeps it at an address that the night does not fetch");
  EXPECT_EQ(read("1/gone.pdf"), "NOT the file is not in the EMR's folder of documents");
  Reader reader;
  EXPECT_EQ(exporter::offer_file(reader, DocumentFolder(fs::path()), "1/a b.pdf", "key", "", "").reason,
            "the settings name no folder of documents");
}

TEST_F(DocumentFiles, ChangeTheirRevisionWhenTheyChange) {
  const DocumentFolder folder(root());
  const std::string before = folder.open("1/a b.pdf").value().revision;
  EXPECT_EQ(folder.open("1/a b.pdf").value().revision, before);
  tests::write(root() / "1/a b.pdf", "other pages");
  EXPECT_NE(folder.open("1/a b.pdf").value().revision, before);
}

TEST(FhirAttachments, ComeFromTheResourceFromABinaryAndFromAFile) {
  const tests::TemporaryFolder folder;
  tests::write(folder.path() / "scan.pdf", "from a file");
  const auto document = [](const std::string& id, const std::string& attachment) {
    return R"({"resourceType":"DocumentReference","id":")" + id + R"(","status":"current","subject":{"reference":"Patient/p"},"content":[{"attachment":)" +
           attachment + "}]}\n";
  };
  tests::write(folder.path() / "all.ndjson",
               document("1", R"({"contentType":"application/pdf","title":"inline","data":"aW4gdGhl\nIHJlc291cmNl"})") +
                   document("2", R"({"contentType":"application/pdf","title":"binary","url":"Binary/b"})") +
                   document("3", R"({"contentType":"application/pdf","title":"file","url":"scan.pdf"})") +
                   document("4", R"({"contentType":"application/pdf","title":"web","url":"https://elsewhere.example/scan.pdf"})") +
                   document("5", R"({"contentType":"application/pdf","title":"foreign","url":"https://elsewhere.example/fhir/Binary/b"})") +
                   document("6", R"({"contentType":"application/pdf","title":"broken","data":"!!!"})") +
                   document("7", R"({"contentType":"application/pdf","title":"nothing"})") +
                   document("8", R"({"contentType":"application/pdf","title":"out","url":"../../etc/passwd"})") +
                   "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Quill\"}]}\n"
                   "{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"application/pdf\",\"data\":\"ZnJvbSBhIEJpbmFyeQ==\"}\n");
  Reader reader;
  exporter::FhirSettings settings;
  settings.keeper = &reader;
  auto source = exporter::open_fhir_bulk(folder.path(), folder.path(), {}, "UTC", settings);
  ASSERT_TRUE(source.ok()) << app::format_error(source.error());
  const auto chart = source.value()->next();
  ASSERT_TRUE(chart.ok() && chart.value());
  std::map<std::string, std::string> said;
  for (const app::Document& one : chart.value()->documents.entries) {
    said[one.text] = one.content.state == app::Presence::known ? one.content.id : one.content.reason;
  }
  EXPECT_EQ(said["inline"], "in the resource");
  EXPECT_EQ(said["binary"], "from a Binary");
  EXPECT_EQ(said["file"], "from a file");
  EXPECT_EQ(said["web"], "the EMR keeps it at an address that the night does not fetch");
  EXPECT_EQ(said["foreign"], "the EMR keeps it at an address that the night does not fetch");
  EXPECT_EQ(said["broken"], "its bytes are no base64");
  EXPECT_EQ(said["nothing"], "");
  EXPECT_NE(said["out"].find("out of the folder"), std::string::npos) << said["out"];
  EXPECT_EQ(reader.keys.size(), 7u) << "each has a key of its own";
}

}  // namespace
