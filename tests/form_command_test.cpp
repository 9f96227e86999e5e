// `nightchart print COPY form`, `labels` and `nightchart form`, as somebody types them.
#include <gtest/gtest.h>

#include "app/paper/form_shelf.h"
#include "tests/command.h"
#include "tests/copy_maker.h"

namespace {

class FormCommands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new tests::TemporaryFolder;
    auto practice = tests::make_practice(folder_->path() / "practice");
    ASSERT_TRUE(practice.ok());
    const auto copy = tests::run_small_night(practice.value(), tests::invented_charts(5));
    ASSERT_TRUE(copy.ok()) << copy.error().what;
    mrn_ = tests::invented_charts(1)[0].mrn;
    name_ = tests::invented_charts(1)[0].names[0].given;
    copy_ = copy.value().string();
    tests::write(folder_->path() / "key.txt", tests::kPassphrase);
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  static tests::Outcome print(const std::string& what) {
    return tests::run("cd '" + folder_->path().string() + "'; $NIGHTCHART print '" + copy_ + "' " + what + " --passphrase-file key.txt");
  }
  static std::string text_of(const std::string& pdf) {
    return tests::run("cd '" + folder_->path().string() + "'; qpdf --check " + pdf + " >/dev/null && pdftotext -layout " + pdf + " -").out;
  }

  static tests::TemporaryFolder* folder_;
  static std::string copy_;
  static std::string mrn_;
  static std::string name_;
};
tests::TemporaryFolder* FormCommands::folder_ = nullptr;
std::string FormCommands::copy_;
std::string FormCommands::mrn_;
std::string FormCommands::name_;

TEST_F(FormCommands, PrintAFormBlankAndForAPatient) {
  const auto blank = print("form progress-note --out blank.pdf");
  ASSERT_EQ(blank.exit_code, 0) << blank.err;
  EXPECT_NE(text_of("blank.pdf").find("Family name"), std::string::npos);
  const auto theirs = print("form progress-note " + mrn_ + " --letter --out theirs.pdf");
  ASSERT_EQ(theirs.exit_code, 0) << theirs.err;
  const std::string text = text_of("theirs.pdf");
  EXPECT_NE(text.find(name_), std::string::npos) << text;
  EXPECT_NE(text.find(mrn_), std::string::npos);
  EXPECT_NE(text.find("llergies"), std::string::npos);
  EXPECT_EQ(text.find("Family name"), std::string::npos);
}

TEST_F(FormCommands, PrintSeveralCopiesWithOtherNumbersEachTime) {
  ASSERT_EQ(print("form arrival-log --copies 2 --out one.pdf").exit_code, 0);
  ASSERT_EQ(print("form arrival-log --out two.pdf").exit_code, 0);
  const auto numbers = tests::run("cd '" + folder_->path().string() + "'; for f in one two; do pdftotext $f.pdf - | grep -o '^T-[0-9A-Z-]*'; done");
  const auto twice = tests::run("cd '" + folder_->path().string() + "'; for f in one two; do pdftotext $f.pdf - | grep -o '^T-[0-9A-Z-]*'; done | sort | uniq -d");
  EXPECT_GE(std::count(numbers.out.begin(), numbers.out.end(), '\n'), 54) << numbers.out;
  EXPECT_EQ(twice.out, "");
}

TEST_F(FormCommands, SayWhatFormsThereAreAndWhatIsWrong) {
  const auto unknown = print("form progres-note --out x.pdf");
  EXPECT_EQ(unknown.exit_code, 13);
  EXPECT_NE(unknown.err.find("progress-note"), std::string::npos) << unknown.err;
  const auto of_nobody = print("form arrival-log " + mrn_ + " --out x.pdf");
  EXPECT_EQ(of_nobody.exit_code, 18);
  EXPECT_NE(of_nobody.err.find("without an MRN"), std::string::npos) << of_nobody.err;
  EXPECT_EQ(print("form progress-note 99999999 --out x.pdf").exit_code, 13);
  EXPECT_EQ(print("form --out x.pdf").exit_code, 2);

  const auto list = tests::run("$NIGHTCHART form list");
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_NE(list.out.find("lab-requisition"), std::string::npos) << list.out;
}

TEST_F(FormCommands, DrawAFormThatSomebodyIsWritingOrSayWhichLineIsWrong) {
  tests::write(folder_->path() / "ferry.form", "title Ferry list\nrows rest: Name *3 | Born\n");
  const std::string cd = "cd '" + folder_->path().string() + "'; ";
  EXPECT_EQ(tests::run(cd + "$NIGHTCHART form draw ferry.form --out ferry.pdf").exit_code, 0);
  EXPECT_NE(text_of("ferry.pdf").find("Trial print"), std::string::npos);
  tests::write(folder_->path() / "ferry.form", "title Ferry list\n\nrowz rest: Name *3 | Born\n");
  const auto wrong = tests::run(cd + "$NIGHTCHART form draw ferry.form --out ferry.pdf");
  EXPECT_EQ(wrong.exit_code, 18);
  EXPECT_NE(wrong.err.find("ferry.form, line 3"), std::string::npos) << wrong.err;
}

TEST_F(FormCommands, PrintLabelsFromTheFirstFreeOneOfASheet) {
  const auto labels = print("labels " + mrn_ + " --letter --from 29 --count 3 --out labels.pdf");
  ASSERT_EQ(labels.exit_code, 0) << labels.err;
  const auto pages = tests::run("cd '" + folder_->path().string() + "'; pdfinfo labels.pdf | grep Pages; pdftoppm -r 300 -gray -png labels.pdf l; zbarimg -q --raw l-1.png | grep -c ^" + mrn_);
  EXPECT_NE(pages.out.find("2\n"), std::string::npos) << pages.out;
  EXPECT_NE(pages.out.find("\n3\n"), std::string::npos) << pages.out << "two square codes; of equal bar codes the reader names one";
  EXPECT_EQ(print("labels " + mrn_ + " --from 22 --out x.pdf").exit_code, 18) << "A4 sheets have 21";
}

}  // namespace
