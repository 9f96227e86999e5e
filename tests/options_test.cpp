#include "exporter/options.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/record/sheet.h"
#include "exporter/toml.h"
#include "tests/house_places.h"
#include "tests/temporary_folder.h"

namespace {

namespace fs = std::filesystem;

class OptionsTest : public testing::Test {
 protected:
  app::Result<exporter::Options> read(const std::string& text) {
    std::ofstream(folder_ / "nightchart.toml") << text;
    return exporter::read_options(folder_ / "nightchart.toml");
  }
  std::string fault(const std::string& text) {
    const auto options = read(text);
    if (options.ok()) return "";
    EXPECT_EQ(options.error().code, app::Code::bad_config);
    return options.error().what + " " + options.error().detail;
  }

  const tests::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

const char kSmallest[] = R"(
[practice]
name = "Elm Street"
time_zone = "America/New_York"
[emr]
kind = "fhir-bulk"
path = "export"
[copy]
folder = "copies"
)";

TEST_F(OptionsTest, APracticesNameIsOneLineThatEveryManifestCanCarry) {
  for (const std::string& name : {std::string("Elm\\nStreet"), std::string("Elm \\u001b[2J Street"), std::string(201, 'e')}) {
    std::string text = kSmallest;
    text.replace(text.find("Elm Street"), 10, name);
    EXPECT_NE(fault(text).find("one line"), std::string::npos) << name;
  }
}

TEST_F(OptionsTest, TheSmallestFileIsEnoughAndItsPathsAreRelativeToIt) {
  const auto options = read(kSmallest);
  ASSERT_TRUE(options.ok()) << options.error().what;
  EXPECT_EQ(options.value().practice, "Elm Street");
  EXPECT_EQ(options.value().emr.path, folder_ / "export");
  EXPECT_EQ(options.value().copies, folder_ / "copies");
  EXPECT_EQ(options.value().practice_folder(), folder_);
  EXPECT_TRUE(options.value().paper.enabled);
}

TEST_F(OptionsTest, WhatInitWritesIsReadBackAsItWas) {
  exporter::Options options;
  options.practice = "Dr \"Quote\" & Söhne\\";
  options.time_zone = "Europe/Berlin";
  options.emr.kind = exporter::EmrKind::sql;
  options.emr.pack = "./my pack";
  options.emr.url = "sqlite:///var/emr.sqlite";
  options.copies = folder_ / "copies";
  options.paper = {.enabled = false, .letter = true, .days = 5, .forms = {}};
  options.keep.nights = 30;
  options.emr.password_file = folder_ / "emr-password";
  options.emr.rows_per_second = 5000;
  options.drill = {"drill", folder_ / "drill-passphrase", 7, 90};
  options.destinations = {{"laptop", "/media/laptop", options.keep}, {"stick", "/media/stick", {1, 2, 3, 4, 5}}};
  options.destinations[1].must_be_mounted = true;
  exporter::DestinationOptions office{"second office", "", options.keep, exporter::DestinationKind::rclone};
  office.remote = "office-sftp:copies";
  office.rclone_config = folder_ / "rclone.conf";
  options.destinations.push_back(office);
  const auto back = read(exporter::format_options(options));
  ASSERT_TRUE(back.ok()) << back.error().what << back.error().detail;
  EXPECT_EQ(back.value().practice, options.practice);
  EXPECT_EQ(back.value().time_zone, options.time_zone);
  EXPECT_EQ(back.value().emr.kind, exporter::EmrKind::sql);
  EXPECT_EQ(back.value().emr.pack, folder_ / "my pack");
  EXPECT_EQ(back.value().emr.url, options.emr.url);
  EXPECT_EQ(back.value().copies, options.copies);
  EXPECT_EQ(back.value().emr.password_file, options.emr.password_file);
  EXPECT_EQ(back.value().emr.rows_per_second, 5000);
  EXPECT_EQ(back.value().emr.read_timeout_s, 300);
  EXPECT_EQ(back.value().drill.keyholder, "drill");
  EXPECT_EQ(back.value().drill.passphrase_file, options.drill.passphrase_file);
  EXPECT_EQ(back.value().drill.sample, 7);
  EXPECT_EQ(back.value().drill.every_days, 90);
  EXPECT_EQ(back.value().paper.enabled, false);
  EXPECT_EQ(back.value().paper.letter, true);
  EXPECT_EQ(back.value().paper.days, 5);
  ASSERT_EQ(back.value().destinations.size(), 3u);
  EXPECT_FALSE(back.value().destinations[0].must_be_mounted);
  EXPECT_TRUE(back.value().destinations[1].must_be_mounted);
  EXPECT_EQ(back.value().destinations[2].kind, exporter::DestinationKind::rclone);
  EXPECT_EQ(back.value().destinations[2].remote, "office-sftp:copies");
  EXPECT_EQ(back.value().destinations[2].rclone_config, folder_ / "rclone.conf");
  EXPECT_EQ(back.value().destinations[1].path, "/media/stick");
  EXPECT_EQ(back.value().keep, options.keep);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(back.value().destinations[i].keep, options.destinations[i].keep);
}

TEST_F(OptionsTest, AMisspeltKeyIsNamedInsteadOfIgnored) {
  EXPECT_NE(fault(std::string(kSmallest) + "fodler = \"x\"\n").find("[copy] fodler"), std::string::npos);
  EXPECT_NE(fault(std::string(kSmallest) + "[papper]\n").find("[papper]"), std::string::npos);
  EXPECT_NE(fault(std::string(kSmallest) + "fodler = \"x\"\n").find("Did you mean \"folder\"?"), std::string::npos);
  EXPECT_NE(fault(std::string(kSmallest) + "[papper]\n").find("Did you mean \"paper\"?"), std::string::npos);
  EXPECT_NE(fault(std::string(kSmallest) + "[keep]\nmounths = 3\n").find("Did you mean \"months\"?"), std::string::npos);
  std::string text = kSmallest;
  EXPECT_NE(fault(text.replace(text.find("folder ="), 6, "foldr")).find("[copy] foldr is no key of this table. Did you mean \"folder\"?"), std::string::npos);
  EXPECT_EQ(fault(std::string(kSmallest) + "[keep]\nxyzzy = 3\n").find("Did you mean"), std::string::npos);
}

TEST_F(OptionsTest, EveryImpossibleValueIsNamedWithItsKey) {
  const std::string text = kSmallest;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    return changed.replace(changed.find(from), from.size(), to);
  };
  EXPECT_NE(fault(with("America/New_York", "Elm/Street")).find("[practice] time_zone"), std::string::npos);
  EXPECT_NE(fault(with("fhir-bulk", "fhr")).find("[emr] kind"), std::string::npos);
  EXPECT_NE(fault(with("name = \"Elm Street\"", "name = 3")).find("[practice] name"), std::string::npos);
  EXPECT_NE(fault(with("folder = \"copies\"", "")).find("[copy] folder"), std::string::npos);
  EXPECT_NE(fault(text + "[paper]\ndays = 0\n").find("[paper] days"), std::string::npos);
  EXPECT_NE(fault(text + "[paper]\nsize = \"A5\"\n").find("[paper] size"), std::string::npos);
  EXPECT_NE(fault(text + "[[destination]]\nname = \"x\"\nkind = \"tape\"\npath = \"/x\"\n").find("[destination] kind"), std::string::npos);
  EXPECT_NE(fault(text + "[[destination]]\nname = \"x\"\nkind = \"rclone\"\nremote = \"no colon\"\n").find("[destination] remote"), std::string::npos);
  EXPECT_NE(fault(text + "[[destination]]\nname = \"x\"\nkind = \"rclone\"\npath = \"/x\"\n").find("[destination] remote is missing"), std::string::npos);
  EXPECT_NE(fault(text + "[report]\nping = \"ftp://x\"\n").find("[report] ping"), std::string::npos);
  EXPECT_NE(fault(text + "[copy").find("nightchart.toml"), std::string::npos);
}

TEST_F(OptionsTest, NoTwoDestinationsAreOnePlace) {
  const auto with = [&](const std::string& first, const std::string& second) {
    const auto one = [](const std::string& name, const std::string& place) { return "[[destination]]\nname = \"" + name + "\"\n" + place + "\n"; };
    return fault(std::string(kSmallest) + one("stick", first) + (second.empty() ? "" : one("laptop", second)));
  };
  EXPECT_EQ(with("path = \"/media/a\"", "path = \"/media/ab\""), "");
  EXPECT_NE(with("path = \"/media/a\"", "path = \"/media/a\"").find("is the place of \"stick\""), std::string::npos);
  EXPECT_NE(with("path = \"/media/a\"", "path = \"/media/b/../a/\"").find("is the place of \"stick\""), std::string::npos);
  EXPECT_NE(with("path = \"/media/a/b\"", "path = \"/media/a\"").find("lies in it or around it"), std::string::npos);
  EXPECT_NE(with("path = \"copies\"", "").find("is the folder of [copy]"), std::string::npos);
  EXPECT_NE(with("path = \"copies/more\"", "").find("is the folder of [copy]"), std::string::npos);
  const std::string remote = "kind = \"rclone\"\nremote = \"box:copies\"";
  EXPECT_NE(with(remote, remote).find("is the place of \"stick\""), std::string::npos);
  EXPECT_NE(fault(std::string(kSmallest) + "[[destination]]\nname = \"x\"\npath = \"/a\"\n[[destination]]\nname = \"x\"\npath = \"/b\"\n").find("is there twice"),
            std::string::npos);
}

TEST(SheetTemplateFile, TheOneThatIsShippedSaysWhatIsSaidWithoutOne) {
  const auto json = exporter::read_toml_as_json(fs::path(tests::kHouseRoot) / "templates/sheet/patient.toml");
  ASSERT_TRUE(json.ok()) << json.error().what;
  const auto shipped = app::parse_sheet_template(json.value());
  ASSERT_TRUE(shipped.ok()) << shipped.error().detail;
  EXPECT_EQ(app::format_sheet_template(shipped.value()), app::format_sheet_template(app::default_sheet_template()));
}

}  // namespace
